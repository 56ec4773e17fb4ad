#include "forecast/event_summary.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <utility>

#include <fmt/format.h>

#include "base/quantile.hpp"

namespace detente {
namespace {

std::uint64_t key_of(ActorId a, ActorId b) { return std::uint64_t{a} << 32 | std::uint64_t{b}; }
ActorId first_of(std::uint64_t key) { return static_cast<ActorId>(key >> 32); }
ActorId second_of(std::uint64_t key) { return static_cast<ActorId>(key & 0xffffffffU); }

double share(std::size_t part, std::size_t whole) {
  return whole == 0 ? std::nan("") : static_cast<double>(part) / static_cast<double>(whole);
}

void add_count(std::vector<SummaryStatistic>& rows, const char* group, std::string name, std::size_t count) {
  rows.push_back({group, std::move(name), static_cast<double>(count)});
}

void add_distribution(std::vector<SummaryStatistic>& rows, const char* group, const char* verb,
                      const std::vector<std::size_t>& degrees, const std::vector<std::size_t>& steps) {
  for (const std::size_t step : steps)
    add_count(rows, group, fmt::format("actors that {} at least {}", verb, step),
              static_cast<std::size_t>(
                  std::count_if(degrees.begin(), degrees.end(), [&](std::size_t d) { return d >= step; })));
  const auto most = std::max_element(degrees.begin(), degrees.end());
  add_count(rows, group, fmt::format("most that one {}", verb), most == degrees.end() ? 0 : *most);
}

std::size_t common(const std::vector<ActorId>& a, const std::vector<ActorId>& b) {
  std::size_t count = 0;
  for (auto i = a.begin(), j = b.begin(); i != a.end() && j != b.end();) {
    if (*i < *j) {
      ++i;
    } else if (*j < *i) {
      ++j;
    } else {
      ++count;
      ++i;
      ++j;
    }
  }
  return count;
}

struct SignedNeighbour {
  ActorId actor;
  bool positive;
};

}  // namespace

std::vector<std::size_t> summary_steps(std::size_t most) {
  std::vector<std::size_t> steps;
  for (std::size_t ten = 1; ten <= most; ten *= 10)
    for (const std::size_t k : {ten, 2 * ten, 5 * ten})
      if (k <= most) steps.push_back(k);
  return steps;
}

EventSummary::EventSummary(const SummaryPlan& plan)
    : plan_(plan), by_hazard_(plan.hazards.size(), 0), sent_(plan.actors, 0), received_(plan.actors, 0) {}

void EventSummary::add(const Event& event, std::size_t hazard) {
  const Time time = plan_.grain > 0 ? std::floor((event.time - plan_.origin) / plan_.grain) * plan_.grain : event.time;
  if (events_ > 0) gaps_.push_back(time - last_);
  last_ = time;
  ++events_;
  ++by_hazard_[hazard];
  const std::uint64_t pair = key_of(std::min(event.sender, event.receiver), std::max(event.sender, event.receiver));
  ++sent_[event.sender];
  ++(plan_.directed ? received_ : sent_)[event.receiver];
  ++dyads_[plan_.directed ? key_of(event.sender, event.receiver) : pair];
  const QuadClass quad = plan_.quads[event.type];
  if (is_cooperation(quad)) ++signs_[pair];
  if (is_conflict(quad)) --signs_[pair];
}

EventSummary::Most EventSummary::most() const {
  Most most;
  for (const std::size_t d : sent_) most.sent = std::max(most.sent, d);
  for (const std::size_t d : received_) most.received = std::max(most.received, d);
  for (const auto& dyad : dyads_) most.of_dyad = std::max(most.of_dyad, dyad.second);
  return most;
}

std::vector<SummaryStatistic> EventSummary::statistics() const {
  Rows rows;
  add_count(rows, "events", "events", events_);
  const auto named = [](const std::string& name) { return !name.empty(); };
  const bool several = std::count_if(plan_.hazards.begin(), plan_.hazards.end(), named) > 1;
  for (std::size_t k = 0; k < by_hazard_.size() && several; ++k)
    if (named(plan_.hazards[k]))
      add_count(rows, "events", fmt::format("events of {}", plan_.hazards[k]), by_hazard_[k]);
  add_waiting(rows);
  add_degrees(rows);
  add_dyads(rows);
  if (plan_.directed) {
    add_reciprocity(rows);
    add_triads(rows);
  } else {
    add_triangles(rows);
  }
  if (plan_.signs) add_signs(rows);
  return rows;
}

void EventSummary::add_waiting(Rows& rows) const {
  std::vector<double> sorted = gaps_;
  std::sort(sorted.begin(), sorted.end());
  for (const int percent : {25, 50, 75, 90, 100})
    rows.push_back({"waiting", percent == 100 ? "longest wait" : fmt::format("{} % quantile of waits", percent),
                    sorted.empty() ? std::nan("") : quantile(sorted, percent / 100.0)});
}

void EventSummary::add_degrees(Rows& rows) const {
  if (!plan_.directed) return add_distribution(rows, "degree", "took part in", sent_, plan_.sent_steps);
  add_distribution(rows, "out", "sent", sent_, plan_.sent_steps);
  add_distribution(rows, "in", "received", received_, plan_.received_steps);
}

void EventSummary::add_dyads(Rows& rows) const {
  const char* const noun = plan_.directed ? "dyads" : "pairs";
  for (const std::size_t step : plan_.dyad_steps)
    add_count(rows, "dyads", fmt::format("{} with at least {}", noun, step),
              static_cast<std::size_t>(
                  std::count_if(dyads_.begin(), dyads_.end(), [&](const auto& d) { return d.second >= step; })));
  add_count(rows, "dyads", fmt::format("most of one {}", plan_.directed ? "dyad" : "pair"), most().of_dyad);
  rows.push_back({"dyads", "share of events that repeat", share(events_ - dyads_.size(), events_)});
}

std::size_t EventSummary::count(ActorId sender, ActorId receiver) const {
  const auto found = dyads_.find(key_of(sender, receiver));
  return found == dyads_.end() ? 0 : found->second;
}

void EventSummary::add_reciprocity(Rows& rows) const {
  std::size_t answered = 0;
  std::size_t returned = 0;
  for (const auto& [key, events] : dyads_) {
    const std::size_t back = count(second_of(key), first_of(key));
    if (back > 0) ++answered;
    returned += std::min(events, back);  // each pair is met from both sides
  }
  rows.push_back({"reciprocity", "share of dyads answered", share(answered, dyads_.size())});
  rows.push_back({"reciprocity", "share of events answered", share(returned, events_)});
}

void EventSummary::add_triads(Rows& rows) const {
  Adjacency out(plan_.actors);
  Adjacency in(plan_.actors);
  for (const auto& dyad : dyads_) {
    out[first_of(dyad.first)].push_back(second_of(dyad.first));
    in[second_of(dyad.first)].push_back(first_of(dyad.first));
  }
  for (auto* lists : {&out, &in})
    for (std::vector<ActorId>& list : *lists) std::sort(list.begin(), list.end());
  std::size_t two_paths = 0;
  std::size_t transitive = 0;
  std::size_t cyclic = 0;
  for (std::size_t k = 0; k < plan_.actors; ++k) two_paths += in[k].size() * out[k].size() - common(in[k], out[k]);
  for (const auto& dyad : dyads_) {
    const ActorId i = first_of(dyad.first);
    const ActorId j = second_of(dyad.first);
    transitive += common(out[i], in[j]);  // i -> k -> j under i -> j
    cyclic += common(out[j], in[i]);      // j -> k -> i over i -> j
  }
  add_count(rows, "triads", "two-paths", two_paths);
  add_count(rows, "triads", "transitive triads", transitive);
  rows.push_back({"triads", "share of two-paths closed", share(transitive, two_paths)});
  add_count(rows, "triads", "cyclic triads", cyclic / 3);
}

void EventSummary::add_triangles(Rows& rows) const {
  Adjacency of(plan_.actors);
  for (const auto& dyad : dyads_) {
    of[first_of(dyad.first)].push_back(second_of(dyad.first));
    of[second_of(dyad.first)].push_back(first_of(dyad.first));
  }
  for (std::vector<ActorId>& list : of) std::sort(list.begin(), list.end());
  std::size_t two_paths = 0;
  for (const std::vector<ActorId>& list : of) two_paths += list.empty() ? 0 : list.size() * (list.size() - 1) / 2;
  std::size_t corners = 0;
  for (const auto& dyad : dyads_) corners += common(of[first_of(dyad.first)], of[second_of(dyad.first)]);
  add_count(rows, "triads", "two-paths", two_paths);
  add_count(rows, "triads", "triangles", corners / 3);
  rows.push_back({"triads", "share of two-paths closed", share(corners, two_paths)});
}

void EventSummary::add_signs(Rows& rows) const {
  std::vector<std::vector<SignedNeighbour>> higher(plan_.actors);  // of each actor, those after it
  std::size_t positive = 0;
  std::size_t negative = 0;
  for (const auto& [pair, sign] : signs_) {
    if (sign == 0) continue;
    ++(sign > 0 ? positive : negative);
    higher[first_of(pair)].push_back({second_of(pair), sign > 0});
  }
  const auto sign_of = [&](ActorId a, ActorId b) {
    const auto found = signs_.find(key_of(std::min(a, b), std::max(a, b)));
    return found == signs_.end() ? 0 : found->second;
  };
  std::size_t triangles = 0;
  std::size_t balanced = 0;
  for (const std::vector<SignedNeighbour>& list : higher)
    for (std::size_t a = 0; a < list.size(); ++a)
      for (std::size_t b = a + 1; b < list.size(); ++b) {
        const std::int64_t third = sign_of(list[a].actor, list[b].actor);
        if (third == 0) continue;
        ++triangles;
        if ((list[a].positive == list[b].positive) == (third > 0)) ++balanced;
      }
  add_count(rows, "signs", "positive pairs", positive);
  add_count(rows, "signs", "negative pairs", negative);
  add_count(rows, "signs", "triangles of signed pairs", triangles);
  rows.push_back({"signs", "share of them balanced", share(balanced, triangles)});
}

}  // namespace detente
