// Goodness of fit by simulation (Hunter, Goodreau & Handcock 2008): a record is fitted, its events from a date on are
// simulated many times from the fit, and statistics of what was recorded are compared with those of what was simulated.
//
//   p = min(1, 2 min(1 + #{s <= o}, 1 + #{s >= o}) / (R + 1))     Monte-Carlo, two-sided (Davison & Hinkley 1997, 4.2)
//
// with o the recorded value of a statistic and s those of R replicates.  What is simulated are the events of the model's tie
// hazards.  All else is as recorded: ties that start and end, attributes, actors that come and go, events of types that
// no hazard makes and events of dyads that were not at risk; what falls within a tick is known from the next one on.  The model was fitted to the very events it is
// compared with, so that p-values lean towards 1: a statistic outside the bands is a finding, one inside is not a proof.
#pragma once

#include <functional>
#include <optional>

#include "forecast/event_summary.hpp"
#include "simulate/coupled_path.hpp"
#include "simulate/ensemble_run.hpp"

namespace detente {

struct GoodnessOptions {
  std::optional<Time> from{};    // first moment simulated; empty: the last tick from which on come 90 % of the events
  std::size_t replicates = 200;  // each with coefficients of its own, drawn from their posterior ...
  bool drawn = true;             // ... or all with those estimated
  std::uint64_t seed = 1;
  unsigned threads = 0;
  // How high the fit ranked what was recorded visits every dyad at every event: where that is more, it is left out.
  double most_rank_visits = 3e8;
  std::function<void(const std::string& stage, double share)> progress{};  // from several threads
  std::function<bool()> cancelled{};
};

struct GoodnessRow {
  std::string group;
  std::string name;
  double recorded;
  Band simulated;       // over replicates in which the statistic is defined
  std::size_t defined;  // so many
  double p;             // NaN where the record or all replicates leave it undefined
  bool outside;         // the 95 % band
};

// How many statistics leave the 95 % bands.  By chance: how many those of one replicate do, over replicates.
struct OutsideCount {
  std::size_t recorded = 0;
  double chance_mean = 0;
  double chance_high = 0;  // 95 % quantile
};

struct Goodness {
  Fit fit;
  Time begins = 0;              // the first tick simulated
  Time ends = 0;                // the last moment compared
  std::size_t before = 0;       // events of the hazards before it
  std::size_t compared = 0;     // ... and after
  std::size_t given = 0;        // events as recorded that no hazard makes ...
  std::size_t not_at_risk = 0;  // ... of them, of a hazard's types: EventMakers::not_at_risk
  double grain = 0;             // of recorded times: SummaryPlan::grain
  std::size_t replicates = 0;   // compared with: those that exploded are left out
  std::size_t exploded = 0;
  std::vector<GoodnessRow> rows{};
  OutsideCount outside{};
  bool cancelled = false;  // then there are no rows
};

// Throws Error: no hazard of events, one that cannot be simulated (PathStart), two that make the same events, a date outside
// the record, a fit without an estimate, or rates that explode in more than half of the replicates.
[[nodiscard]] Goodness goodness_of_fit(const Record& record, const ModelSpec& spec, const GoodnessOptions& options);

// The parts of it.
struct EventMakers {
  std::vector<std::size_t> hazard;  // by event of the record, the one with a rate that makes it; no_id: as recorded
  std::size_t not_at_risk = 0;  // events of a hazard's types whose dyad was outside its risk set, or an actor absent
};
[[nodiscard]] EventMakers find_makers(const Record& record, const Model& model);
[[nodiscard]] SummaryPlan plan_summary(const Record& record, const Model& model, const EventMakers& makers, Time begins,
                                       Time ends);
[[nodiscard]] EventSummary summarize_recorded(const SummaryPlan& plan, const Record& record, const EventMakers& makers,
                                              Time begins, Time ends);

struct GoodnessPaths {
  const PathStart& start;
  const SummaryPlan& plan;
  const EventMakers& makers;
  Time ends;
  const CoupledLayers& layers;
  std::function<Coefficients(std::uint32_t replicate)> theta;
  std::size_t most_events;  // a replicate with more has exploded
};
// By replicate; empty where it exploded, or was cancelled.
[[nodiscard]] std::vector<std::vector<SummaryStatistic>> simulate_statistics(const GoodnessPaths& paths,
                                                                             const GoodnessOptions& options);
// Takes out those that exploded, and says how many.  Throws Error when they are more than half.
std::size_t drop_exploded(std::vector<std::vector<SummaryStatistic>>& simulated);
// `simulated`: none of them empty.
[[nodiscard]] std::vector<GoodnessRow> compare_statistics(const std::vector<SummaryStatistic>& recorded,
                                                          const std::vector<std::vector<SummaryStatistic>>& simulated);
[[nodiscard]] OutsideCount count_outside(const std::vector<GoodnessRow>& rows,
                                         const std::vector<std::vector<SummaryStatistic>>& simulated);

}  // namespace detente
