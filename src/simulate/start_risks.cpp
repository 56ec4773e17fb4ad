#include "simulate/start_risks.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "hazard/start_likelihood.hpp"

namespace detente {
namespace {

constexpr std::size_t most_actors = 65535;

int width(PairsAtRisk pairs) {
  switch (pairs) {
    case PairsAtRisk::ruptured: return 0;
    case PairsAtRisk::met: return 1;
    case PairsAtRisk::all: return 2;
  }
  return 2;
}

Dyad unordered(Dyad pair) { return pair.sender < pair.receiver ? pair : reversed(pair); }

bool precedes(const PairSpell& spell, Dyad pair) {
  return std::pair(spell.pair.sender, spell.pair.receiver) < std::pair(pair.sender, pair.receiver);
}

template <class Spells>
auto place_of(Spells& spells, Dyad pair) {
  return std::lower_bound(spells.begin(), spells.end(), pair, precedes);
}

bool make_same_ties(const Hazard& a, const Hazard& b) {
  for (std::size_t id = 0; id < a.at_risk_ties.size(); ++id)
    if (a.at_risk_ties[id] && b.at_risk_ties[id]) return true;
  return false;
}

}  // namespace

std::uint32_t pair_number(Dyad pair, std::size_t actors) {
  const Dyad one = unordered(pair);
  return static_cast<std::uint32_t>(one.sender * actors + one.receiver);
}

StartRisks::StartRisks(const Record& record, const Model& model, const std::vector<bool>& draws, Time first_tick)
    : record_(&record), model_(&model) {
  for (std::size_t k = 0; k < draws.size(); ++k) {
    const Hazard& one = model.hazards[k];
    const bool any = std::find(one.at_risk_ties.begin(), one.at_risk_ties.end(), true) != one.at_risk_ties.end();
    if (draws[k] && any && one.text.kind == HazardKind::start) hazards_.push_back(k);
  }
  if (any() && record.actors.size() > most_actors)
    throw Error({.what = "too many actors for ties that start",
                 .where = {},
                 .got = fmt::format("{} actors", record.actors.size()),
                 .expected = fmt::format("at most {}", most_actors),
                 .hint = "new_ties = false"});
  std::stable_sort(hazards_.begin(), hazards_.end(), [&](std::size_t a, std::size_t b) {
    return width(model.hazards[a].text.pairs) < width(model.hazards[b].text.pairs);
  });
  for (std::size_t place = 0; place < hazards_.size(); ++place) {
    before_.emplace_back();
    for (std::size_t earlier = 0; earlier < place; ++earlier)
      if (make_same_ties(hazard(earlier), hazard(place))) before_.back().push_back(earlier);
    recorded_.emplace_back();
    for (TieId id = 0; id < record.ties.size(); ++id)
      if (hazard(place).at_risk_ties[id]) recorded_.back().push_back(id);
    spells_.emplace_back();
    for (const PairSpell& spell : pair_spells(record, hazard(place)))
      if (!spell.started && first_tick < spell.until) spells_.back().push_back(spell);
    std::sort(spells_.back().begin(), spells_.back().end(),
              [](const PairSpell& a, const PairSpell& b) { return precedes(a, b.pair); });
  }
}

std::vector<TieStart> StartRisks::draw(const Memory& memory, const Coefficients& theta, DrawKey key, std::size_t tick) {
  std::vector<TieStart> starts;
  const double length = memory.spec().tick.length();
  for (std::size_t place = 0; place < hazards_.size(); ++place) {
    key.purpose = Purpose::tie_starts;
    key.step = static_cast<std::uint32_t>(tick * model_->hazards.size() + hazards_[place]);
    for (const PairSpell& spell : spells_[place]) {
      if (!spell.at_risk(memory.now()) || is_silent(place, spell.pair, memory.now())) continue;
      const double rate = start_rate(hazard(place), memory, spell, theta[hazards_[place]], x_);
      if (rate <= 0) continue;
      key.entity = pair_number(spell.pair, record_->actors.size());
      const auto [whether, which] = uniform_pair(key);
      if (whether < -std::expm1(-rate * length))
        starts.push_back({hazards_[place], spell.pair, like(memory, place, spell.pair, which)});
    }
  }
  return starts;
}

void StartRisks::meet(const Memory& memory, Dyad dyad, Time time) {
  const Dyad pair = unordered(dyad);
  for (std::size_t place = 0; place < hazards_.size(); ++place)
    if (hazard(place).text.pairs == PairsAtRisk::met && !has_tie(memory, place, pair)) open(place, pair, time);
}

void StartRisks::started(const Memory& memory, TieId tie) {
  const Dyad pair = unordered({memory.ties().tie(tie).a, memory.ties().tie(tie).b});
  meet(memory, pair, memory.now());
  for (std::size_t place = 0; place < hazards_.size(); ++place) {
    if (!hazard(place).at_risk_ties[memory.ties().like(tie)]) continue;
    const auto at = place_of(spells_[place], pair);
    if (at != spells_[place].end() && at->pair == pair) spells_[place].erase(at);
  }
}

void StartRisks::ended(const Memory& memory, TieId tie) {
  const Dyad pair = unordered({memory.ties().tie(tie).a, memory.ties().tie(tie).b});
  for (std::size_t place = 0; place < hazards_.size(); ++place) {
    const bool of_kind = hazard(place).at_risk_ties[memory.ties().like(tie)];
    if (!of_kind || has_tie(memory, place, pair)) continue;
    if (hazard(place).text.pairs != PairsAtRisk::ruptured || has_ruptured(memory, place, pair))
      open(place, pair, memory.now());
  }
}

// Where another hazard speaks for the pair.
bool StartRisks::is_silent(std::size_t place, Dyad pair, Time now) const {
  return std::any_of(before_[place].begin(), before_[place].end(), [&](std::size_t earlier) {
    const auto at = place_of(spells_[earlier], pair);
    return at != spells_[earlier].end() && at->pair == pair && at->at_risk(now);
  });
}

TieId StartRisks::like(const Memory& memory, std::size_t place, Dyad pair, double u) const {
  const std::vector<EndedTie>& ended = memory.ties().ended();
  for (auto one = ended.rbegin(); one != ended.rend(); ++one) {
    const Tie& tie = memory.ties().tie(one->tie);
    const TieId like = memory.ties().like(one->tie);
    if (hazard(place).at_risk_ties[like] && unordered({tie.a, tie.b}) == pair) return like;
  }
  const auto kinds = [&](ActorId a, ActorId b) {
    return std::minmax(record_->actors[a].kind, record_->actors[b].kind);
  };
  std::vector<TieId> alike;
  for (const TieId id : recorded_[place])
    if (kinds(record_->ties[id].a, record_->ties[id].b) == kinds(pair.sender, pair.receiver)) alike.push_back(id);
  const std::vector<TieId>& among = alike.empty() ? recorded_[place] : alike;
  return among[static_cast<std::size_t>(u * static_cast<double>(among.size()))];
}

bool StartRisks::has_tie(const Memory& memory, std::size_t place, Dyad pair) const {
  const std::vector<TieId> ties = memory.ties().between(pair);
  return std::any_of(ties.begin(), ties.end(),
                     [&](TieId id) { return hazard(place).at_risk_ties[memory.ties().like(id)]; });
}

bool StartRisks::has_ruptured(const Memory& memory, std::size_t place, Dyad pair) const {
  const std::vector<EndedTie>& ended = memory.ties().ended();
  return std::any_of(ended.begin(), ended.end(), [&](const EndedTie& one) {
    const Tie& tie = memory.ties().tie(one.tie);
    return one.ruptured && hazard(place).at_risk_ties[memory.ties().like(one.tie)] && unordered({tie.a, tie.b}) == pair;
  });
}

// Who is at risk already stays so since then.
void StartRisks::open(std::size_t place, Dyad pair, Time since) {
  Spells& spells = spells_[place];
  const auto at = place_of(spells, pair);
  if (at != spells.end() && at->pair == pair) return;
  const Actor& a = record_->actors[pair.sender];
  const Actor& b = record_->actors[pair.receiver];
  const Time gone = std::min(gone_from(a, record_->clock), gone_from(b, record_->clock));
  if (since < gone) spells.insert(at, {pair, since, gone, false});
}

}  // namespace detente
