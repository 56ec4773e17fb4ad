// Tables of hazards of events: what a walk over the record shows, moment by moment.
#include <algorithm>

#include <fmt/format.h>

#include "hazard/case_control.hpp"
#include "hazard/dyad_reader.hpp"
#include "hazard/row_table.hpp"
#include "hazard/tie_walk.hpp"

namespace detente {

// Adds what a walk over the events shows, dyads at risk together.
struct RowTable::Filling {
  Filling(RowTable& to, const Hazard& with_slopes)
      : table(to), wide(with_slopes), reader(with_slopes), lead(to.columns_ - to.hazard_->terms.size()) {}

  // x of the k-th dyad, after read().
  std::span<const double> row(std::size_t k) {
    values.assign(lead, 1.0);
    for (std::size_t p = 0; p < wide.terms.size(); ++p) values.push_back(x[p * dyads.size() + k]);
    return values;
  }

  void at_risk(const Memory& memory, const RiskList& list) {
    dyads.clear();
    for_each_at_risk(wide.risk_set, list, memory, [&](Dyad dyad) { dyads.push_back(dyad); });
    reader.read(memory, dyads, x);
  }

  void time_passes(const Memory& memory, const RiskList& list, double time) {
    at_risk(memory, list);
    for (std::size_t k = 0; k < dyads.size(); ++k) table.add_or_merge(dyads[k], row(k), time, 0);
  }

  // Exact timing: only those who act.
  void events(const Memory& memory, const std::vector<const Event*>& modelled) {
    dyads.clear();
    for (const Event* event : modelled) dyads.push_back(dyad_of(wide, *event));
    reader.read(memory, dyads, x);
    for (std::size_t k = 0; k < dyads.size(); ++k) table.add_or_merge(dyads[k], row(k), 0, 1);
  }

  // Ordinal timing: one stratum for the events of a moment.
  void stratum(const Memory& memory, const RiskList& list, const std::vector<const Event*>& modelled) {
    at_risk(memory, list);
    Stratum stratum;
    for (std::size_t k = 0; k < dyads.size(); ++k) {
      const auto acts = std::count_if(modelled.begin(), modelled.end(),
                                      [&](const Event* event) { return dyad_of(wide, *event) == dyads[k]; });
      const std::uint32_t number = table.add(dyads[k], row(k), 0, static_cast<double>(acts), 0);
      stratum.at_risk.push_back(number);
      if (acts > 0) stratum.ended.push_back(number);
    }
    stratum.events = static_cast<double>(modelled.size());
    table.at_risk_ += static_cast<double>(dyads.size());
    table.strata_.push_back(std::move(stratum));
  }

  void controls(const Record& record, const Model& model, const RowTableOptions& options) {
    CaseControlOptions sampled{.seed = options.seed, .first = options.first, .until = options.until};
    sampled.threads = 1;
    sampled.matrix_bytes = 1;  // nothing is kept: the table does
    const CaseControlLikelihood likelihood(record, model, wide, sampled);
    likelihood.walk([](std::size_t) { return true; },
                    [&](CaseControlLikelihood::Visit& at) {
                      at.sampler.draw(at.memory, at.event, wide.text.sampling, at.set);
                      at.reader.read(at.memory, at.set.dyads, at.x);
                      this->sampled(at.set, at.x);
                    });
  }

  // An event, first, and its controls.
  void sampled(const SampledSet& set, std::span<const double> read) {
    x.assign(read.begin(), read.end());
    dyads = set.dyads;
    Stratum stratum{{}, {}, 1};
    for (std::size_t k = 0; k < set.dyads.size(); ++k) {
      const double weight = set.log_weight.empty() ? 0 : set.log_weight[k];
      stratum.at_risk.push_back(table.add(set.dyads[k], row(k), weight, k == 0 ? 1 : 0, 0));
    }
    stratum.ended.push_back(stratum.at_risk.front());
    table.at_risk_ += static_cast<double>(set.dyads.size());
    table.strata_.push_back(std::move(stratum));
  }

  RowTable& table;
  const Hazard& wide;
  DyadReader reader;
  std::size_t lead;  // columns before the terms: the baseline
  std::vector<Dyad> dyads;
  std::vector<double> x, values;
};

namespace {

// How often a dyad at risk is to be read.
double visits(TieWalk walk, const Hazard& hazard, bool exact) {
  RiskList list(hazard.risk_set);
  list.refresh(walk.memory());
  double sum = 0;
  while (walk.next()) {
    if (exact && walk.counted_before() > 0) sum += static_cast<double>(list.size(walk.memory()));
    walk.arrive();
    list.advance(walk.memory());
    if (!exact && !walk.modelled().empty()) sum += static_cast<double>(list.size(walk.memory()));
    walk.apply();
    list.advance(walk.memory());
    walk.memory().clear_touched();
  }
  return sum;
}

}  // namespace

RowTable RowTable::of_events(const Record& record, const Model& model, const Hazard& hazard,
                             const RowTableOptions& options) {
  const Hazard wide = with_slopes(hazard);
  const bool exact = hazard.text.timing == Timing::exact;
  RowTable table(hazard, exact ? Kind::poisson : Kind::conditional, hazard.terms.size() + (exact ? 1 : 0), options);
  Filling filling(table, wide);
  if (hazard.text.sampling.controls > 0) {
    filling.controls(record, model, options);
    table.finish();
    return table;
  }
  TieWalk walk(record, model.memory, wide, options.first, options.until, exact);
  const double reads = visits(walk, wide, exact);
  if (reads > (exact ? options.most_visits : options.most_rows))
    table.refuse(fmt::format("{:.0f} times a dyad at risk", reads));
  RiskList list(wide.risk_set);
  list.refresh(walk.memory());
  while (walk.next()) {
    if (exact && walk.counted_before() > 0) filling.time_passes(walk.memory(), list, walk.counted_before());
    walk.arrive();
    list.advance(walk.memory());
    if (!walk.modelled().empty()) {
      if (exact)
        filling.events(walk.memory(), walk.modelled());
      else
        filling.stratum(walk.memory(), list, walk.modelled());
    }
    walk.apply();
    list.advance(walk.memory());
    walk.memory().clear_touched();
  }
  if (exact && walk.remaining() > 0) filling.time_passes(walk.memory(), list, walk.remaining());
  table.finish();
  return table;
}

}  // namespace detente
