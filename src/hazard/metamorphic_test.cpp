// What must not change a likelihood, on random records and random models: where the clock begins, and in which order actors
// are numbered.  A fault of a kind that nobody thought of shows here before it has a case of its own.
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <cmath>
#include <numeric>

#include <fmt/format.h>

#include "hazard/end_likelihood.hpp"
#include "hazard/reference/any_model.hpp"
#include "hazard/reference/dense.hpp"
#include "hazard/start_likelihood.hpp"
#include "hazard/tie_likelihood.hpp"
#include "memory/reference/any_record.hpp"

namespace detente::metamorphic_test {

using reference::RandomModel;

Likelihood likelihood_of(const Record& record, const ModelSpec& spec, std::uint64_t seed) {
  const Model model = bind_model(spec, record);
  const Hazard& hazard = model.hazards.front();
  const auto at = [&](const auto& likelihood) {
    return likelihood(reference::make_coefficients(seed, likelihood.names().size()));
  };
  const Time until = time_span(record).last;
  if (hazard.text.kind == HazardKind::end) return at(EndLikelihood(record, model, hazard, until));
  if (hazard.text.kind == HazardKind::start) return at(StartLikelihood(record, model, hazard, until));
  return at(TieLikelihood(record, model, hazard, {}));
}

RandomModel any_kind_of_model() {
  RandomModel options = reference::any_model();
  options.kind = *rc::gen::element(HazardKind::tie, HazardKind::tie, HazardKind::end, HazardKind::start).as("kind");
  options.timing = *rc::gen::element(Timing::ordinal, Timing::exact).as("timing");
  options.tick = *rc::gen::element(1.0, 0.25, 7.0).as("tick");
  return options;
}

// Every moment of a record.
template <class Change>
void for_each_time(Record& record, Change change) {
  const auto finite = [&](Time& time) {
    if (std::isfinite(time)) change(time);
  };
  finite(record.observed_from);
  for (Event& event : record.events) finite(event.time);
  for (Actor& actor : record.actors) finite(actor.enters), finite(actor.leaves);
  for (Actor& actor : record.actors)
    for (Absence& away : actor.absences) finite(away.leaves), finite(away.returns);
  for (Tie& tie : record.ties) finite(tie.start), finite(tie.end);
  for (Attribute& attribute : record.attributes)
    for (AttributeValue& value : attribute.values) finite(value.time);
  for (PairAttribute& attribute : record.pair_attributes)
    for (PairValue& value : attribute.values) finite(value.time);
  for (Series& series : record.series)
    for (SeriesValue& value : series.values) finite(value.time);
}

// Actor k becomes actor to[k].
Record renumbered(const Record& record, const std::vector<ActorId>& to) {
  Record other = record;
  for (ActorId k = 0; k < to.size(); ++k) other.actors[to[k]] = record.actors[k];
  for (Event& event : other.events) event.sender = to[event.sender], event.receiver = to[event.receiver];
  for (Tie& tie : other.ties) tie.a = to[tie.a], tie.b = to[tie.b];
  for (Attribute& attribute : other.attributes) {
    for (AttributeValue& value : attribute.values) value.actor = to[value.actor];
    std::stable_sort(attribute.values.begin(), attribute.values.end(),
                     [](const AttributeValue& a, const AttributeValue& b) {
                       return std::tie(a.actor, a.time) < std::tie(b.actor, b.time);
                     });
  }
  for (PairAttribute& attribute : other.pair_attributes) {
    for (PairValue& value : attribute.values) value.dyad = {to[value.dyad.sender], to[value.dyad.receiver]};
    sort_values(attribute);
  }
  return other;
}

void expect_same(const Likelihood& a, const Likelihood& b, double tolerance, const std::string& formula) {
  if (!reference::close(a, b, tolerance)) RC_FAIL(formula + ": " + reference::difference(a, b));
}

RC_GTEST_PROP(Likelihoods, do_not_depend_on_where_the_clock_begins, ()) {
  auto record_options = reference::any_record({2, 6}, {2, 24}, {0, 8});
  record_options.clock = Clock::number;
  const RandomModel options = any_kind_of_model();
  const Record record = reference::make_record(record_options);
  const ModelSpec spec = reference::make_model(options);
  // Whole weeks of ticks, so that moments stand in the ticks they stood in.
  const double by = 7.0 * *rc::gen::inRange(-280'000'000, 280'000'000).as("weeks");
  Record later = record;
  for_each_time(later, [&](Time& time) { time += by; });
  const std::string& formula = spec.hazards.front().formula.text;
  if (formula.find("time(") != std::string::npos || formula.find("series(") != std::string::npos) return;
  expect_same(likelihood_of(later, spec, options.seed), likelihood_of(record, spec, options.seed), 1e-4, formula);
}

RC_GTEST_PROP(Likelihoods, do_not_depend_on_the_order_of_actors, ()) {
  const auto record_options = reference::any_record({2, 6}, {2, 24}, {0, 8});
  const RandomModel options = any_kind_of_model();
  const Record record = reference::make_record(record_options);
  const ModelSpec spec = reference::make_model(options);
  std::vector<ActorId> to(record.actors.size());
  std::iota(to.begin(), to.end(), ActorId{0});
  std::rotate(to.begin(), to.begin() + 1, to.end());
  const auto swapped = static_cast<std::size_t>(*rc::gen::inRange<std::size_t>(0, to.size()));
  std::swap(to.front(), to[swapped]);
  expect_same(likelihood_of(renumbered(record, to), spec, options.seed), likelihood_of(record, spec, options.seed),
              1e-8, spec.hazards.front().formula.text);
}

}  // namespace detente::metamorphic_test
