#include "hazard/control_sampler.hpp"

#include <algorithm>
#include <cmath>

namespace detente {
namespace {

constexpr std::size_t most_tries = 32;  // rounds of as many as are missing, before the risk set is written out
constexpr std::size_t few_met = 4;      // times what is drawn: below, they are written out
constexpr std::size_t few_present = 2;  // candidates for each who is present: above, those who left are dropped

std::size_t index_at(double share, std::size_t size) {
  return std::min(static_cast<std::size_t>(share * static_cast<double>(size)), size - 1);
}

}  // namespace

ControlSampler::ControlSampler(const Record& record, const Hazard& hazard, bool follows_met, std::uint64_t seed)
    : hazard_(&hazard),
      follows_met_(follows_met),
      key_{seed, 0, Purpose::control, 0, 0},
      list_(hazard.risk_set),
      met_(hazard.risk_set) {
  for (ActorId i = 0; i < record.actors.size(); ++i) {
    arrivals_.push_back({record.actors[i].enters, i});
    if (const Time gone = gone_from(record.actors[i], record.clock); gone != never) departures_.push_back({gone, i});
  }
  const auto earlier = [](const Passage& a, const Passage& b) { return a.time < b.time; };
  std::stable_sort(arrivals_.begin(), arrivals_.end(), earlier);
  std::stable_sort(departures_.begin(), departures_.end(), earlier);
}

void ControlSampler::follow(Memory& memory) {
  if (started_)
    list_.advance(memory);
  else
    list_.refresh(memory);
  if (follows_met_) {
    met_.add_new_pairs(memory);
    for (const Dyad dyad : list_.changed()) met_.check(memory, dyad);
  }
  if (!started_ || memory.epoch() != epoch_) pass(memory);
  started_ = true;
  epoch_ = memory.epoch();
  memory.clear_touched();
}

void ControlSampler::pass(const Memory& memory) {
  for (; next_arrival_ < arrivals_.size() && arrivals_[next_arrival_].time <= memory.now(); ++next_arrival_) {
    const ActorId actor = arrivals_[next_arrival_].actor;
    if (!memory.present(actor)) continue;
    if (hazard_->risk_set.may_send(actor)) senders_.push_back(actor);
    if (hazard_->risk_set.may_receive(actor)) receivers_.push_back(actor);
    if (follows_met_) met_.check_actor(memory, actor);
  }
  for (; next_departure_ < departures_.size() && departures_[next_departure_].time <= memory.now(); ++next_departure_)
    if (follows_met_) met_.check_actor(memory, departures_[next_departure_].actor);
  for (std::vector<ActorId>* candidates : {&senders_, &receivers_})
    if (candidates->size() > few_present * memory.present_count())
      std::erase_if(*candidates, [&](ActorId actor) { return !memory.present(actor); });
}

void ControlSampler::draw(const Memory& memory, const SampledEvent& event, const Sampling& sampling, SampledSet& set) {
  set.dyads.assign(1, event.dyad);
  set.log_weight.clear();
  key_.replicate = event.replicate;
  key_.step = event.number;
  key_.entity = 0;
  if (sampling.design == SamplingDesign::uniform) return draw_from(memory, Stratum::any, sampling.controls, set);

  const std::size_t size = at_risk(memory);
  const std::size_t met = met_.size();
  const std::size_t apart = size - met;
  const std::size_t wanted = std::min(sampling.controls + 1, size);
  std::size_t take_met = std::min(met, (wanted + 1) / 2);
  const std::size_t take_apart = std::min(apart, wanted - take_met);
  take_met = std::min(met, wanted - take_apart);
  const bool case_met = belongs(memory, event.dyad, Stratum::met);
  draw_met(memory, take_met - (case_met ? 1 : 0), set);
  const std::size_t drawn_met = set.dyads.size();
  draw_from(memory, Stratum::not_met, take_apart - (case_met ? 0 : 1), set);

  const auto log_weight = [](std::size_t all, std::size_t taken) {
    return taken == 0 ? 0 : std::log(static_cast<double>(all) / static_cast<double>(taken));
  };
  const double of_met = log_weight(met, take_met);
  const double of_apart = log_weight(apart, take_apart);
  if (of_met == of_apart) return;
  const double of_case = case_met ? of_met : of_apart;
  set.log_weight.assign(set.dyads.size(), of_apart - of_case);
  std::fill_n(set.log_weight.begin(), drawn_met, of_met - of_case);
  set.log_weight.front() = 0;
}

void ControlSampler::take_all(const Memory& memory, const SampledEvent& event, SampledSet& set) {
  set.dyads.assign(1, event.dyad);
  set.log_weight.clear();
  for_each_at_risk(hazard_->risk_set, list_, memory, [&](Dyad dyad) {
    if (dyad != event.dyad) set.dyads.push_back(dyad);
  });
}

bool ControlSampler::belongs(const Memory& memory, Dyad dyad, Stratum stratum) const {
  if (stratum == Stratum::any) return true;
  const Link link = memory.link(dyad);
  return (link.there != no_id || link.back != no_id) == (stratum == Stratum::met);
}

Dyad ControlSampler::propose(const DrawKey& key) const {
  const auto [first, second] = uniform_pair(key);
  if (hazard_->risk_set.kind() == RiskSet::Kind::listed) return list_.dyads()[index_at(first, list_.dyads().size())];
  return {senders_[index_at(first, senders_.size())], receivers_[index_at(second, receivers_.size())]};
}

void ControlSampler::draw_met(const Memory& memory, std::size_t count, SampledSet& set) {
  const Dyad own = set.dyads.front();
  if (met_.size() <= few_met * (count + 1)) {
    others_.clear();
    for (std::size_t k = 0; k < met_.size(); ++k)
      if (const Dyad dyad = met_.at(memory, k); dyad != own) others_.push_back(dyad);
    for (std::size_t k = 0; k < count; ++k, ++key_.entity) {
      std::swap(others_[k], others_[k + index_at(uniform(key_), others_.size() - k)]);
      set.dyads.push_back(others_[k]);
    }
    return;
  }
  const std::size_t until = set.dyads.size() + count;
  while (set.dyads.size() < until) {
    places_.clear();
    for (std::size_t k = set.dyads.size(); k < until; ++k, ++key_.entity) {
      places_.push_back(index_at(uniform(key_), met_.size()));
      met_.prefetch(places_.back());
    }
    for (const std::size_t place : places_) met_.prefetch_pair(memory, place);
    for (const std::size_t place : places_) add(met_.at(memory, place), set);
  }
}

void ControlSampler::add(Dyad dyad, SampledSet& set) {
  if (std::find(set.dyads.begin(), set.dyads.end(), dyad) == set.dyads.end()) set.dyads.push_back(dyad);
}

// Drawing again until enough are found, and writing the stratum out where that fails, are both blind to which dyads it
// holds: either way each set of them is as likely.
void ControlSampler::draw_from(const Memory& memory, Stratum stratum, std::size_t count, SampledSet& set) {
  const std::size_t before = set.dyads.size();
  if (count == 0 || reject(memory, stratum, count, set)) return;
  set.dyads.resize(before, Dyad{});
  enumerate(memory, stratum, count, set);
}

bool ControlSampler::reject(const Memory& memory, Stratum stratum, std::size_t count, SampledSet& set) {
  const bool listed = hazard_->risk_set.kind() == RiskSet::Kind::listed;
  if (listed ? list_.dyads().size() <= count : senders_.size() * receivers_.size() <= 2 * count) return false;
  const std::size_t until = set.dyads.size() + count;
  for (std::size_t tries = 0; tries < most_tries && set.dyads.size() < until; ++tries) {
    others_.clear();
    for (std::size_t k = set.dyads.size(); k < until; ++k, ++key_.entity) {
      const Dyad proposed = propose(key_);
      if (proposed.sender == proposed.receiver) continue;
      others_.push_back(hazard_->risk_set.canonical(proposed));
      if (stratum != Stratum::any) memory.pairs().prefetch(proposed.sender, proposed.receiver);
    }
    for (const Dyad dyad : others_)
      if (hazard_->risk_set.contains(memory, dyad) && belongs(memory, dyad, stratum)) add(dyad, set);
  }
  return set.dyads.size() == until;
}

void ControlSampler::enumerate(const Memory& memory, Stratum stratum, std::size_t count, SampledSet& set) {
  const Dyad own = set.dyads.front();
  others_.clear();
  for_each_at_risk(hazard_->risk_set, list_, memory, [&](Dyad dyad) {
    if (dyad != own && belongs(memory, dyad, stratum)) others_.push_back(dyad);
  });
  for (std::size_t k = 0; k < std::min(count, others_.size()); ++k, ++key_.entity)
    std::swap(others_[k], others_[k + index_at(uniform(key_), others_.size() - k)]);
  set.dyads.insert(set.dyads.end(), others_.begin(),
                   others_.begin() + static_cast<std::ptrdiff_t>(std::min(count, others_.size())));
}

}  // namespace detente
