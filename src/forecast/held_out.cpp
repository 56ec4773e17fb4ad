#include "forecast/held_out.hpp"

#include <algorithm>
#include <numeric>

#include <fmt/format.h>

#include "base/parallel.hpp"
#include "estimate/cross_validation.hpp"
#include "forecast/baselines.hpp"
#include "hazard/replay.hpp"
#include "simulate/path.hpp"

namespace detente {
namespace {

// What a fit without one fold's ties says.
struct Held {
  Coefficients theta;
  Baselines baselines;
};

// Fold of each tie, by TieId; `folds` for those that are not at risk.
std::vector<std::size_t> folds_of(const std::vector<bool>& at_risk, std::size_t folds, std::uint64_t seed,
                                  std::uint32_t number) {
  std::vector<TieId> ties;
  for (TieId id = 0; id < at_risk.size(); ++id)
    if (at_risk[id]) ties.push_back(id);
  const std::vector<std::size_t> dealt = deal(ties, folds, seed, number);
  std::vector<std::size_t> fold(at_risk.size(), folds);
  for (std::size_t k = 0; k < ties.size(); ++k) fold[ties[k]] = dealt[k];
  return fold;
}

// Which ties end is all that is asked: hazards of acts are left out.
ModelSpec ends_only(ModelSpec spec) {
  std::erase_if(spec.hazards, [](const HazardText& hazard) { return hazard.kind != HazardKind::end; });
  return spec;
}

Held fit_without(const Record& record, const ModelSpec& spec, const std::vector<std::size_t>& fold, std::size_t held) {
  Model model = bind_model(spec, record);
  for (Hazard& hazard : model.hazards)
    for (TieId id = 0; id < fold.size(); ++id)
      if (fold[id] == held) hazard.at_risk_ties[id] = hazard.makes_endings[id] = false;
  const Fit made = fit(record, model, {.until = known_until(record), .threads = 1});
  for (const HazardFit& one : made.hazards) {
    const FitStatus status = one.newton.status;
    if (status != FitStatus::converged && !(status == FitStatus::no_events && one.hazard != "rupture"))
      throw Error({.what = fmt::format("the hazard '{}' could not be estimated without one fold of its ties ({})",
                                       one.hazard, to_string(status)),
                   .where = {.file = "--folds"},
                   .got = one.newton.message,
                   .hint = "fewer effects, prior = 1.0 on the hazard, or fewer folds"});
  }
  return {estimated_coefficients(made), Baselines(record, model, rupture_of(model, spec.path), known_until(record))};
}

std::size_t place_of(const Model& model, const Hazard& rupture) {
  return static_cast<std::size_t>(&rupture - model.hazards.data());
}

// Every tie at every tick it was at risk, by the fit without its fold.
std::vector<Scored> forecast_held_out(const Record& record, const Model& model, const std::string& path,
                                      const std::vector<std::size_t>& fold, const std::vector<Held>& fits) {
  const Hazard& rupture = rupture_of(model, path);
  const std::size_t which = place_of(model, rupture);
  Memory memory(record, model.memory);
  std::vector<Scored> all;
  std::vector<double> probability(model.hazards.size());
  std::vector<double> room;
  std::size_t date = 0;
  Replay replay(record, model.memory.tick, known_until(record));
  for (Moment moment; replay.next(moment);) {
    memory.advance(moment.time);
    for (TieId id = 0; moment.tick && id < record.ties.size(); ++id) {
      const Tie& tie = record.ties[id];
      if (!rupture.at_risk_ties[id] || !memory.ties().in_force(id) || tie.start >= moment.time) continue;
      const Held& held = fits[fold[id]];
      memory.set_own_values(held.theta.own);
      end_probabilities(model, memory, id, held.theta, probability, room);
      const bool happened = tie.end < moment.next_tick && rupture.makes_endings[id];
      const double tick = model.memory.tick.length();
      all.push_back({probability[which], held.baselines.constant(tick),
                     held.baselines.duration(moment.time - tie.start, tick), happened, happened ? tie.end : never, date,
                     id});
    }
    if (moment.tick) ++date;
    enter(memory, moment);
    for (const Event& event : moment.events) memory.apply(event);
    memory.clear_touched();
  }
  return all;
}

// Each forecast's mean over the deals; what happened is the same in all.
std::vector<Scored> mean_of(const std::vector<std::vector<Scored>>& deals) {
  std::vector<Scored> mean = deals.front();
  for (std::size_t k = 0; k < mean.size(); ++k)
    for (double Scored::*field : {&Scored::probability, &Scored::constant, &Scored::duration}) {
      double sum = 0;
      for (const std::vector<Scored>& one : deals) sum += one[k].*field;
      mean[k].*field = sum / static_cast<double>(deals.size());
    }
  return mean;
}

Scores mean_of(const std::vector<Scores>& deals) {
  Scores mean{.n = deals.front().n, .events = deals.front().events};
  const auto average = [&](auto field) {
    double sum = 0;
    for (const Scores& one : deals) sum += field(one);
    return sum / static_cast<double>(deals.size());
  };
  for (double Scores::*field :
       {&Scores::log_loss, &Scores::log_loss_constant, &Scores::log_loss_duration, &Scores::brier,
        &Scores::brier_constant, &Scores::brier_duration, &Scores::auc, &Scores::concordance, &Scores::recall_top_tenth,
        &Scores::skill_constant, &Scores::skill_duration})
    mean.*field = average([&](const Scores& one) { return one.*field; });
  for (double Decomposition::*field :
       {&Decomposition::reliability, &Decomposition::resolution, &Decomposition::uncertainty})
    mean.parts.*field = average([&](const Scores& one) { return one.parts.*field; });
  return mean;
}

}  // namespace

HeldOutTrack track_held_out(const Record& record, const ModelSpec& spec, const HeldOutOptions& options) {
  const ModelSpec ends = ends_only(spec);
  const Model model = bind_model(ends, record);
  const Hazard& rupture = rupture_of(model, spec.path);
  if (!model.memory.tick.any())
    throw Error({.what = "ties that are held out are forecast tick by tick: the model needs a clock that ticks",
                 .where = {.file = "--folds"},
                 .hint = "[clock] tick = 1"});
  const auto ties =
      static_cast<std::size_t>(std::count(rupture.at_risk_ties.begin(), rupture.at_risk_ties.end(), true));
  if (ties < options.folds)
    throw Error({.what = "there are fewer ties than folds",
                 .where = {.file = "--folds"},
                 .got = fmt::format("{} ties, {} folds", ties, options.folds)});
  HeldOutTrack result;
  for (std::uint32_t number = 0; number < options.repeats; ++number) {
    const std::vector<std::size_t> fold = folds_of(rupture.at_risk_ties, options.folds, options.seed, number);
    std::vector<std::unique_ptr<Held>> fits(options.folds);
    for_each_block(options.folds, options.threads, [&](std::size_t held) {
      fits[held] = std::make_unique<Held>(fit_without(record, ends, fold, held));
    });
    std::vector<Held> by_fold;
    for (const auto& one : fits) by_fold.push_back(*one);
    result.forecasts.push_back(forecast_held_out(record, model, spec.path, fold, by_fold));
    result.deals.push_back(score(result.forecasts.back()));
  }
  result.mean = mean_of(result.deals);
  result.bands = bootstrap(
      mean_of(result.forecasts),
      {.resamples = options.resamples, .level = options.level, .seed = options.seed, .threads = options.threads});
  return result;
}

}  // namespace detente
