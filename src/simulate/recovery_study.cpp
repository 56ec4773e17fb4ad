#include "simulate/recovery_study.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>

#include "base/parallel.hpp"
#include "log/blank_record.hpp"
#include "simulate/coupled_path.hpp"

namespace detente::test {
namespace {

constexpr double z95 = 1.959963984540054;
constexpr Time begin = 1 - 1e-9;  // just before the first tick that is simulated

// What writes the records of a study.
struct Design {
  std::size_t actors;
  std::size_t ticks;
  ModelSpec spec;
  std::vector<std::vector<double>> truth;  // by hazard
  std::size_t fitted;                      // which hazard is fitted again
  std::vector<double> recovered{};         // what its fit should find; empty = its truth
};

Design tie_design() {
  HazardText acts{.name = "acts"};
  acts.formula.text = "log1p(inertia(warm)) + log1p(reciprocity(warm)) + receive(size) + log1p(otp(fresh, unique))";
  ModelSpec spec{.tick = 1, .hazards = {acts}};
  spec.traces = {{.name = "warm", .fade = Fade::half_life, .span = 4},
                 {.name = "fresh", .fade = Fade::window, .span = 8}};
  return {.actors = 12, .ticks = 100, .spec = spec, .truth = {{-4.9, 0.8, 0.5, 0.6, 0.3}}, .fitted = 0};
}

Design marks_design(Timing timing) {
  HazardText acts{.name = "acts"};
  acts.marks = {{"cooperation", {"cooperation"}}, {"conflict", {"conflict"}}};
  acts.formula.text = "by_mark(log1p(inertia(warm)) + log1p(reciprocity(cold))) + receive(size)";
  ModelSpec spec{.tick = 1, .hazards = {acts}};
  spec.traces = {{.name = "warm", .events = {"cooperation"}, .fade = Fade::half_life, .span = 6},
                 {.name = "cold", .events = {"conflict"}, .fade = Fade::half_life, .span = 6}};
  // Baselines, inertia and reciprocity, each of cooperation and of conflict; and what both share.
  Design design{
      .actors = 12, .ticks = 150, .spec = spec, .truth = {{-5.4, -5.8, 0.8, -0.4, -0.5, 0.9, 0.5}}, .fitted = 0};
  if (timing == Timing::ordinal) design.recovered = {-0.4, 0.8, -0.4, -0.5, 0.9, 0.5};
  return design;
}

Design rate_design() {
  HazardText acts{.name = "acts"};
  acts.formula.text = "log1p(out_degree(warm)) + log1p(in_degree(warm)) + send(size)";
  ModelSpec spec{.tick = 1, .hazards = {acts}};
  spec.traces = {{.name = "warm", .fade = Fade::half_life, .span = 6}};
  const std::vector<double> truth{-5.2, 0.4, 0.3, 0.6};
  std::vector<double> of_sender = truth;
  of_sender.front() += std::log(11.0);  // receivers of each
  return {.actors = 12, .ticks = 300, .spec = spec, .truth = {truth}, .fitted = 0, .recovered = of_sender};
}

// A rate and a choice write the records; `fitted` is one of them.
Design steps_design(std::size_t fitted) {
  HazardText who{.name = "who", .kind = HazardKind::rate};
  who.formula.text = "log1p(out_degree(warm)) + send(size)";
  HazardText whom{.name = "whom", .kind = HazardKind::choice, .timing = Timing::ordinal};
  whom.formula.text = "log1p(inertia(warm)) + log1p(reciprocity(warm)) + receive(size)";
  ModelSpec spec{.tick = 1, .hazards = {who, whom}};
  spec.traces = {{.name = "warm", .fade = Fade::half_life, .span = 5}};
  return {.actors = 12, .ticks = 200, .spec = spec, .truth = {{-3, 0.4, 0.6}, {0.7, 0.5, 0.5}}, .fitted = fitted};
}

Design end_design() {
  HazardText acts{.name = "acts"};
  acts.formula.text = "send(size)";
  HazardText rupture{.name = "rupture", .kind = HazardKind::end, .age_cuts = {40}};
  rupture.formula.text = "log1p(inertia(warm)) + send(size)";
  ModelSpec spec{.tick = 1, .hazards = {acts, rupture}};
  spec.traces = {{.name = "warm", .fade = Fade::half_life, .span = 8}};
  return {.actors = 22, .ticks = 100, .spec = spec, .truth = {{-4.6, 0.5}, {-5, 0.5, -0.8, 0.6}}, .fitted = 1};
}

// Followers hear who acts towards whom, and how many like an actor moves how often others turn against that actor.  Everybody
// hears of every act, so that the layer is the same function of the events when it is fitted as when it was simulated.
Design layer_design() {
  HazardText conflict{.name = "conflict", .events = {"blame"}};
  conflict.formula.text = "log1p(inertia(warm)) + receive(approval)";
  HazardText cooperation{.name = "cooperation", .events = {"help"}};
  ModelSpec spec{.tick = 1, .hazards = {conflict, cooperation}};
  spec.traces = {{.name = "warm", .events = {"blame"}, .fade = Fade::half_life, .span = 8}};
  spec.layers.push_back({.layer = "publics",
                         .model = "followers",
                         .settings = {{"leaders", {std::vector<std::string>{"0", "1", "2", "3", "4", "5"}, {}}},
                                      {"people", {60.0, {}}},
                                      {"start_spread", {0.8, {}}},
                                      {"unit", {100.0, {}}},
                                      {"cue_gain", {2.0, {}}},
                                      {"reach", {1.0, {}}}}});
  return {.actors = 6, .ticks = 150, .spec = spec, .truth = {{-3.4, 0.4, -1.0}, {-3.4}}, .fitted = 0};
}

// Ties start, rupture and start again.
Design start_design() {
  HazardText acts{.name = "acts"};
  acts.formula.text = "send(size)";
  HazardText rupture{.name = "rupture", .kind = HazardKind::end};
  HazardText formation{.name = "formation", .kind = HazardKind::start, .age_cuts = {40}, .pairs = PairsAtRisk::all};
  formation.formula.text = "log1p(inertia(warm)) + send(size)";
  ModelSpec spec{.tick = 1, .hazards = {acts, rupture, formation}};
  spec.traces = {{.name = "warm", .fade = Fade::half_life, .span = 8}};
  return {.actors = 20, .ticks = 100, .spec = spec, .truth = {{-4.4, 0.5}, {-3}, {-5.4, 0.5, 0.8, 0.6}}, .fitted = 2};
}

// Help and blame are told apart, and a record begins with one of each.
bool starts_signed(const Design& design) {
  return !design.spec.layers.empty() || !design.spec.hazards.front().marks.empty();
}

Record start_record(const Design& design, DrawKey key) {
  Record record = blank_record(design.actors);
  Attribute size{.name = "size", .levels = {}, .values = {}};
  for (ActorId i = 0; i < design.actors; ++i) {
    key.entity = i;
    size.values.push_back({i, always, 2 * uniform(key)});
  }
  record.attributes = {std::move(size)};
  record.events = {{begin, 0, 1, 1, 0, Precision::number, 0, 1}};  // before all that is fitted: a type to draw
  if (starts_signed(design)) {
    record.types = {{"help", "Help", QuadClass::material_cooperation, 10},
                    {"blame", "Blame", QuadClass::verbal_conflict, -10}};
    record.events = {{begin, 0, 1, 10, 0, Precision::number, 0, 1}, {begin, 1, 2, -10, 1, Precision::number, 0, 2}};
    return record;
  }
  const bool of_events = std::all_of(design.spec.hazards.begin(), design.spec.hazards.end(),
                                     [](const HazardText& hazard) { return is_of_events(hazard.kind); });
  if (of_events) return record;
  const bool starts = design.spec.hazards[design.fitted].kind == HazardKind::start;
  for (ActorId a = 0; a < design.actors; ++a)
    for (ActorId b = a + 1; b < design.actors && (!starts || record.ties.empty()); ++b)  // one, to be like
      record.ties.push_back({.id = std::to_string(record.ties.size()),
                             .a = a,
                             .b = b,
                             .kind = "alliance",
                             .start = 0,
                             .ending = "",
                             .how_it_ended = "",
                             .reference = ""});
  return record;
}

// Adds a path to the record it starts from; false when its rates exploded.
bool simulate(const Design& design, PathKey key, Record& record) {
  Record known = record;
  CoupledLayers layers = complete_record(known, design.spec, {.until = begin});
  const Model model = bind_model(design.spec, known);
  std::vector<bool> starts;
  for (const HazardText& hazard : design.spec.hazards) starts.push_back(hazard.kind == HazardKind::start);
  const PathStart start(known, model, begin, starts);
  Coefficients theta;
  for (const std::vector<double>& truth : design.truth)
    theta.fixed.emplace_back(Eigen::Map<const Eigen::VectorXd>(truth.data(), static_cast<Eigen::Index>(truth.size())));
  PathObserver observer;
  observer.on_event = [&](const Event& event, std::size_t) { record.events.push_back(event); };
  const auto rupture = [&](std::size_t tick, TieId id) {
    record.ties[id].end = start.at(tick);
    record.ties[id].ending = "rupture";
  };
  observer.on_end = [&](std::size_t tick, std::size_t index, std::size_t) { rupture(tick, start.ties()[index]); };
  Path path(start, theta, key);
  observer.on_start = [&](std::size_t, TieId id, std::size_t) { record.ties.push_back(path.memory().ties().tie(id)); };
  observer.on_new_end = [&](std::size_t tick, TieId id, std::size_t) { rupture(tick, id); };
  const std::vector<SignalAttribute> attributes = signal_attributes(start.memory().attributes());
  bool sound = true;
  for (std::uint32_t tick = 0; tick < design.ticks; ++tick) {
    const Time now = start.at(tick);
    const LayerStep step{now, start.at(tick + 1) - now, tick, {key.seed, key.replicate}};
    sound = tick_together(path, layers, attributes, step, observer) && sound;
  }
  return sound;
}

struct Outcome {
  std::string status = "exploded";
  HazardFit fit;
};

Outcome simulate_and_fit(const RecoveryStudy& study, const Design& design, std::uint32_t number) {
  Record record = start_record(design, {study.seed, number, Purpose::generate, 0, 0});
  if (!simulate(design, {study.seed, number}, record)) return {};
  ModelSpec fitted = design.spec;
  fitted.hazards = {design.spec.hazards[design.fitted]};
  if (study.kind == Recovered::ordinal || study.kind == Recovered::choice || study.kind == Recovered::marks_in_order)
    fitted.hazards.front().timing = Timing::ordinal;
  if (study.kind == Recovered::choice) fitted.hazards.front().kind = HazardKind::choice;
  if (study.kind == Recovered::rate) fitted.hazards.front().kind = HazardKind::rate;
  const Time end = begin + static_cast<double>(design.ticks);
  (void)complete_record(record, fitted, {.until = end});
  const Model model = bind_model(fitted, record);
  Fit all = fit(record, model, {.first = starts_signed(design) ? 3U : 2U, .until = end, .threads = 1});
  return {all.status(), std::move(all.hazards.front())};
}

void add(const HazardFit& fit, Recovery& sum) {
  for (std::size_t p = 0; p < sum.coefficients.size(); ++p) {
    RecoveredCoefficient& c = sum.coefficients[p];
    const double estimate = fit.newton.estimate(static_cast<Eigen::Index>(p));
    const double error = fit.standard_error(p);
    c.name = fit.names[p];
    c.covered += std::abs(estimate - c.truth) <= z95 * error ? 1 : 0;
    c.mean += estimate;
    c.spread += (estimate - c.truth) * (estimate - c.truth);
    c.mean_error += error;
  }
}

}  // namespace

namespace {

Design design_of(Recovered kind) {
  switch (kind) {
    case Recovered::end: return end_design();
    case Recovered::start: return start_design();
    case Recovered::layer: return layer_design();
    case Recovered::rate: return rate_design();
    case Recovered::rate_of_steps: return steps_design(0);
    case Recovered::choice_of_steps: return steps_design(1);
    case Recovered::marks: return marks_design(Timing::exact);
    case Recovered::marks_in_order: return marks_design(Timing::ordinal);
    case Recovered::ordinal:
    case Recovered::exact:
    case Recovered::choice: break;
  }
  return tie_design();
}

}  // namespace

Recovery recover(const RecoveryStudy& study) {
  const Design design = design_of(study.kind);
  std::vector<Outcome> outcomes(study.records);
  for_each_block(study.records, study.threads,
                 [&](std::size_t k) { outcomes[k] = simulate_and_fit(study, design, static_cast<std::uint32_t>(k)); });
  Recovery sum;
  sum.records = study.records;
  const std::vector<double>& truth = design.recovered.empty() ? design.truth[design.fitted] : design.recovered;
  const bool without_baseline = study.kind == Recovered::ordinal || study.kind == Recovered::choice;
  for (std::size_t p = without_baseline ? 1 : 0; p < truth.size(); ++p)
    sum.coefficients.push_back({.name = "", .truth = truth[p]});
  for (const Outcome& outcome : outcomes) {
    sum.mean_events += static_cast<double>(outcome.fit.events) / study.records;
    if (outcome.status != "converged") {
      ++sum.other[outcome.status];
      continue;
    }
    ++sum.converged;
    add(outcome.fit, sum);
  }
  for (RecoveredCoefficient& c : sum.coefficients) {
    c.mean /= sum.converged;
    c.mean_error /= sum.converged;
    c.spread = std::sqrt(std::max(0.0, c.spread / sum.converged - (c.mean - c.truth) * (c.mean - c.truth)));
  }
  return sum;
}

}  // namespace detente::test
