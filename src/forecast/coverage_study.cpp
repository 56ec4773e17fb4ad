#include "forecast/coverage_study.hpp"

#include <cmath>
#include <vector>

#include "base/parallel.hpp"
#include "forecast/forecast.hpp"
#include "log/blank_record.hpp"
#include "simulate/path.hpp"

namespace detente::test {
namespace {

constexpr std::size_t actors = 14;
constexpr std::size_t first_ties = 24;
constexpr std::size_t stretches = 6;  // of known time; after each, new ties are dealt
constexpr std::size_t ticks_a_stretch = 20;
constexpr std::size_t new_ties = 4;
constexpr double horizon = 30;
constexpr Time begin = 1 - 1e-9;  // just before the first tick

struct Design {
  ModelSpec spec;
  Coefficients truth;
};

// Two hazards of acts, which feed goodwill and grievance; ties rupture with grievance, or expire.
Design design_of(const CoverageStudy& study) {
  HazardText helps{.name = "helps"};
  helps.events = {"help"};
  helps.formula.text = "log1p(inertia(goodwill))";
  HazardText blames{.name = "blames"};
  blames.events = {"blame"};
  blames.formula.text = "log1p(reciprocity(grievance))";
  HazardText rupture{.name = "rupture", .kind = HazardKind::end};
  rupture.endings = {"rupture"};
  rupture.formula.text = "log1p(inertia(grievance)) + log1p(inertia(goodwill))";
  HazardText expiry{.name = "expiry", .kind = HazardKind::end};
  expiry.endings = {"other"};
  ModelSpec spec{.tick = 1, .hazards = {helps, blames, rupture, expiry}};
  for (HazardText& hazard : spec.hazards) hazard.prior_scale = study.prior;
  spec.traces = {{.name = "goodwill", .events = {"help"}, .fade = Fade::half_life, .span = 12},
                 {.name = "grievance", .events = {"blame"}, .fade = Fade::half_life, .span = 8}};
  return {std::move(spec),
          {Eigen::Vector2d(-4.7, 0.6), Eigen::Vector2d(-4.9, 0.9),
           Eigen::Vector3d(std::log(study.rupture_rate), 1.0, -0.6), Eigen::VectorXd::Constant(1, std::log(0.003))}};
}

void deal_tie(Record& record, Time start, DrawKey key) {
  const auto drawn = [&](double below) {
    ++key.step;
    return static_cast<ActorId>(uniform(key) * below);
  };
  const ActorId a = drawn(actors);
  const auto b = static_cast<ActorId>((a + 1 + drawn(actors - 1)) % actors);
  record.ties.push_back({.id = std::to_string(record.ties.size()),
                         .a = a,
                         .b = b,
                         .kind = "alliance",
                         .start = start,
                         .ending = "",
                         .how_it_ended = "",
                         .reference = ""});
}

// One act of each kind stands before all that is simulated, so that there is a type to draw.
Record start_record(DrawKey key) {
  Record record = blank_record(actors);
  record.types = {{"help", "Help", QuadClass::material_cooperation, 1},
                  {"blame", "Blame", QuadClass::verbal_conflict, -1}};
  record.events = {{begin, 0, 1, 1, 0, Precision::number, 0, 1}, {begin, 1, 2, -1, 1, Precision::number, 0, 2}};
  for (key.entity = 0; key.entity < first_ties; ++key.entity) deal_tie(record, 0, key);
  return record;
}

// Adds a stretch of the path to the record; false when its rates exploded.
bool simulate(const Design& design, PathKey key, Time end, Record& record) {
  const Record known = record;
  const Model model = bind_model(design.spec, known);
  const PathStart start(known, model, end);
  PathObserver observer;
  observer.on_event = [&](const Event& event, std::size_t) { record.events.push_back(event); };
  observer.on_end = [&](std::size_t tick, std::size_t index, std::size_t hazard) {
    Tie& tie = record.ties[start.ties()[index]];
    tie.end = start.at(tick);
    tie.ending = design.spec.hazards[hazard].name == "rupture" ? "rupture" : "fulfilled";
  };
  return run_path(start, design.truth, key, ticks_a_stretch, observer);
}

Time end_of(std::size_t stretch) { return begin + static_cast<double>(stretch * ticks_a_stretch); }

// The whole of what is known: stretch by stretch, with new ties in between.
bool simulate_record(const Design& design, std::uint64_t seed, std::uint32_t number, Record& record) {
  for (std::size_t stretch = 0; stretch < stretches; ++stretch) {
    const auto part = static_cast<std::uint32_t>(stretch);
    if (!simulate(design, {seed + part * 0x9e3779b97f4a7c15U, number}, end_of(stretch), record)) return false;
    for (std::uint32_t k = 0; k < new_ties; ++k)
      deal_tie(record, std::floor(end_of(stretch + 1)), {seed, number, Purpose::generate, 1000 + part * 100 + k, 0});
  }
  return true;
}

struct Truth {
  std::vector<double> probability;  // by TieId
  std::vector<double> error;
};

// The mean over paths of each tie's compensator of rupture, at the true coefficients.
Truth true_probabilities(const Record& known, const Design& design, std::uint64_t seed, std::size_t paths) {
  const Model model = bind_model(design.spec, known);
  const PathStart start(known, model, end_of(stretches));
  Truth truth{std::vector<double>(known.ties.size()), std::vector<double>(known.ties.size())};
  std::vector<double> sum(start.ties().size());
  for (std::uint32_t path = 0; path < paths; ++path) {
    std::fill(sum.begin(), sum.end(), 0.0);
    PathObserver observer;
    observer.on_risk = [&](std::size_t, std::size_t index, std::span<const double> ends) { sum[index] += ends[2]; };
    run_path(start, design.truth, {seed, path}, static_cast<std::size_t>(horizon), observer);
    for (std::size_t index = 0; index < sum.size(); ++index) {
      truth.probability[start.ties()[index]] += sum[index];
      truth.error[start.ties()[index]] += sum[index] * sum[index];
    }
  }
  const auto n = static_cast<double>(paths);
  for (std::size_t tie = 0; tie < truth.error.size(); ++tie) {
    truth.probability[tie] /= n;
    truth.error[tie] = std::sqrt((truth.error[tie] / n - std::pow(truth.probability[tie], 2)) / (n - 1));
  }
  return truth;
}

// Sums over the ties of one record.
struct OfRecord {
  std::string refused{};  // why there is no forecast
  double ruptures = 0;
  std::size_t ties = 0, covered = 0, below = 0, above = 0;
  double truth = 0, truth_variance = 0, width = 0, off = 0, squares = 0;
};

OfRecord compare(const Forecast& made, const Truth& truth) {
  OfRecord found;
  for (const Tie& tie : made.known.ties) found.ruptures += tie.ending == "rupture" ? 1 : 0;
  for (const AllianceForecast& one : made.alliances) {
    const double p = truth.probability[one.tie];
    ++found.ties;
    ++(p < one.low ? found.below : p > one.high ? found.above : found.covered);
    found.truth += p;
    found.truth_variance += std::pow(truth.error[one.tie], 2);
    found.width += one.high - one.low;
    found.off += one.probability - p;
    found.squares += std::pow(one.probability - p, 2);
  }
  return found;
}

OfRecord study_record(const CoverageStudy& study, const Design& design, std::uint32_t number) {
  Record record = start_record({study.seed, number, Purpose::generate, 0, 0});
  if (!simulate_record(design, study.seed, number, record)) return {.refused = "exploded"};
  try {
    const Forecast made = forecast(record, design.spec,
                                   {.as_of = end_of(stretches),
                                    .horizon = horizon,
                                    .interval = study.interval,
                                    .replicates = study.replicates,
                                    .seed = study.seed + 1 + number,
                                    .threads = 1});
    // Its paths share no draw with those of the forecast.
    return compare(made, true_probabilities(made.known, design, ~(study.seed + 1 + number), study.truth_paths));
  } catch (const Error& error) { return {.refused = error.problem().what}; }
}

}  // namespace

Coverage cover(const CoverageStudy& study) {
  const Design design = design_of(study);
  std::vector<OfRecord> all(study.records);
  for_each_block(study.records, study.threads,
                 [&](std::size_t k) { all[k] = study_record(study, design, static_cast<std::uint32_t>(k)); });
  Coverage sum{.records = study.records};
  for (const OfRecord& one : all) {
    if (!one.refused.empty()) {
      ++sum.not_forecast[one.refused];
      continue;
    }
    ++sum.forecast;
    sum.mean_ruptures += one.ruptures;
    sum.ties += one.ties;
    sum.covered += one.covered;
    sum.below += one.below;
    sum.above += one.above;
    sum.mean_truth += one.truth;
    sum.truth_error += one.truth_variance;
    sum.mean_width += one.width;
    sum.bias += one.off;
    sum.root_mean_square += one.squares;
  }
  const auto n = static_cast<double>(sum.ties);
  sum.mean_ruptures /= sum.forecast;
  for (double* mean : {&sum.mean_truth, &sum.truth_error, &sum.mean_width, &sum.bias, &sum.root_mean_square})
    *mean /= n;
  sum.truth_error = std::sqrt(sum.truth_error);
  sum.root_mean_square = std::sqrt(sum.root_mean_square);
  for (const OfRecord& one : all) {
    const auto ties = static_cast<double>(one.ties);
    sum.error += std::pow(static_cast<double>(one.covered) - sum.share() * ties, 2);
    sum.bias_error += std::pow(one.off - sum.bias * ties, 2);
  }
  sum.error = std::sqrt(sum.error) / n;
  sum.bias_error = std::sqrt(sum.bias_error) / n;
  return sum;
}

}  // namespace detente::test
