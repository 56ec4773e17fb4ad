#include "simulate/leaders_fit.hpp"

#include <fmt/format.h>

#include "hazard/clock.hpp"
#include "log/as_of.hpp"

namespace detente {

void fit_leaders(LeadersFit& leaders, const Record& record, const ModelSpec& spec, const Scenario& scenario,
                 unsigned threads, const std::function<void(const std::string& hazard, double share)>& progress) {
  require_event_by(record, scenario.start, {.file = scenario.path},
                   "nothing is known yet at the start of the scenario");
  leaders.known = as_of(record, scenario.start);
  const Time until = last_known(record.clock, scenario.start);
  CompletionOptions along{.until = until, .everybody = record.actors, .threads = threads};
  if (progress) along.progress = [&](double share) { progress("of what the layers say", share); };
  const ModelSpec ticking = simulated(spec);
  leaders.layers = complete_record(leaders.known, ticking, along);
  leaders.cast = layer_cast(leaders.known, record.actors, spec.layers);
  leaders.model = bind_model(ticking, leaders.known);
  FitOptions options;
  options.until = until;
  options.threads = threads;
  if (progress) options.progress = [&](const std::string& hazard, int, double share) { progress(hazard, share); };
  leaders.fit = fit(leaders.known, leaders.model, options);
  for (const HazardFit& one : leaders.fit.hazards) {
    if (one.newton.status == FitStatus::converged || one.kind == HazardKind::start) continue;
    if (one.newton.status == FitStatus::no_events) continue;  // what never happened does not
    throw Error(
        {.what = fmt::format("the hazard '{}' could not be estimated from what was known by {} ({})", one.hazard,
                             format_time(scenario.start, record.clock), to_string(one.newton.status)),
         .where = {.file = scenario.model},
         .got = one.newton.message,
         .expected = "a fit that converges",
         .hint = "fewer effects, or prior = 1.0 on the hazard"});
  }
}

}  // namespace detente
