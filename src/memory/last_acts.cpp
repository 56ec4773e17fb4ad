#include "memory/last_acts.hpp"

#include <algorithm>

namespace detente {
namespace {

void move_to_end(std::vector<Time>& times, Time before, Time now) {
  if (before != always) times.erase(std::lower_bound(times.begin(), times.end(), before));
  times.push_back(now);
}

}  // namespace

LastActs::LastActs(Keeps keeps, std::size_t actors)
    : keeps_(keeps),
      last_sent_(keeps.actors ? actors : 0, always),
      last_received_(keeps.actors ? actors : 0, always),
      out_times_(keeps.ranks ? actors : 0),
      in_times_(keeps.ranks ? actors : 0) {}

void LastActs::apply(Dyad dyad, PairId pair, Clocks now) {
  if (keeps_.latest) {
    if (replaces_latest(now.of_events)) latest_.clear();
    latest_time_ = now.of_events;
    latest_.push_back(dyad);
  }
  if (keeps_.actors) last_sent_[dyad.sender] = last_received_[dyad.receiver] = now.of_fading;
  if (keeps_.ranks) {
    if (pair >= times_.size()) times_.resize(pair + 1, always);
    move_to_end(out_times_[dyad.sender], times_[pair], now.of_events);
    move_to_end(in_times_[dyad.receiver], times_[pair], now.of_events);
    times_[pair] = now.of_events;
  }
}

std::size_t LastActs::rank(const std::vector<Time>& times, PairId pair) const {
  if (pair >= times_.size() || times_[pair] == always) return 0;
  return 1 + static_cast<std::size_t>(times.end() - std::upper_bound(times.begin(), times.end(), times_[pair]));
}

std::size_t LastActs::bytes() const {
  std::size_t times = last_sent_.size() + last_received_.size() + times_.capacity();
  for (const std::vector<Time>& of_actor : out_times_) times += of_actor.capacity();
  for (const std::vector<Time>& of_actor : in_times_) times += of_actor.capacity();
  return times * sizeof(Time) + latest_.capacity() * sizeof(Dyad);
}

std::vector<double> LastActs::state() const {
  std::vector<double> all;
  for (const Dyad dyad : latest_)
    all.insert(all.end(), {latest_time_, static_cast<double>(dyad.sender), static_cast<double>(dyad.receiver)});
  for (const std::vector<Time>* times : {&last_sent_, &last_received_, &times_})
    all.insert(all.end(), times->begin(), times->end());
  return all;
}

}  // namespace detente
