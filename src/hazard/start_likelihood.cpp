#include "hazard/start_likelihood.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>

#include "hazard/end_likelihood.hpp"
#include "hazard/replay.hpp"

namespace detente {

std::size_t start_columns(const Hazard& hazard) { return end_columns(hazard); }

std::vector<std::string> start_names(const Hazard& hazard, Clock clock) { return end_names(hazard, clock); }

void fill_start_terms(const Hazard& hazard, const Memory& memory, Dyad pair, Time since, std::span<double> x) {
  const Link link = memory.link(pair);
  const double age = memory.fade_time() - since;
  std::size_t k = 0;
  x[k++] = 1;
  for (const double cut : hazard.age_cuts) x[k++] = reaches(age, cut, memory) ? 1 : 0;
  for (const Term& term : hazard.terms) x[k++] = term.value_both_ways(memory, link);
}

double start_rate(const Hazard& hazard, const Memory& memory, const PairSpell& spell,
                  const Eigen::VectorXd& coefficients, std::vector<double>& x) {
  if (!memory.both_present(spell.pair)) return 0;
  x.resize(start_columns(hazard));
  fill_start_terms(hazard, memory, spell.pair, spell.since, x);
  return std::exp(std::inner_product(x.begin(), x.end(), coefficients.data(), 0.0));
}

StartLikelihood::StartLikelihood(const Record& record, const Model& model, const Hazard& hazard, Time until)
    : EpisodeLikelihood(EndBaseline::piecewise, Simultaneous::breslow, start_columns(hazard),
                        start_names(hazard, record.clock)) {
  const std::vector<PairSpell> spells = pair_spells(record, hazard);  // by the time they begin
  const double tick = model.memory.tick.length();
  Memory memory(record, model.memory);
  std::vector<double> x(columns());
  std::vector<std::size_t> unit(spells.size(), no_id);  // by spell: the place of its pair
  std::vector<std::size_t> last_row;                    // by pair
  std::map<std::pair<ActorId, ActorId>, std::size_t> place;
  std::vector<std::size_t> open;  // spells that have begun and are not over
  std::size_t next = 0;
  Replay replay(record, model.memory.tick, until);
  for (Moment moment; replay.next(moment);) {
    memory.advance(moment.time);
    if (moment.tick) {
      for (; next < spells.size() && spells[next].since < moment.time; ++next) open.push_back(next);
      std::erase_if(open, [&](std::size_t s) { return !spells[s].at_risk(moment.time); });
    }
    for (std::size_t k = 0; moment.tick && k < open.size(); ++k) {
      const PairSpell& spell = spells[open[k]];
      if (unit[open[k]] == no_id) {
        const auto [at, is_new] = place.try_emplace({spell.pair.sender, spell.pair.receiver}, pairs_.size());
        unit[open[k]] = at->second;
        if (is_new) pairs_.push_back(spell.pair);
        if (is_new) last_row.push_back(no_id);
      }
      const std::size_t pair = unit[open[k]];
      fill_start_terms(hazard, memory, spell.pair, spell.since, x);
      const bool starts = spell.started && spell.until < moment.next_tick;
      if (moment.time < record.observed_from || !memory.both_present(spell.pair)) continue;
      add({static_cast<TieId>(pair), moment.time, moment.time - spell.since, starts ? 0.5 * tick : tick, starts}, x,
          last_row[pair]);
    }
    enter(memory, moment);
    for (const Event& event : moment.events) memory.apply(event);
    memory.clear_touched();
  }
}

}  // namespace detente
