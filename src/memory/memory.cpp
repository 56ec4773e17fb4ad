#include "memory/memory.hpp"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <cstring>
#include <utility>

#include "base/hash.hpp"

namespace detente {

Time gone_after(Time leaves, Clock clock) {
  if (leaves == never) return never;
  return clock == Clock::calendar ? std::floor(leaves) + 1 : std::nextafter(leaves, never);
}

Time gone_from(const Actor& actor, Clock clock) { return gone_after(actor.leaves, clock); }

double most_pairs(const Record& record, const MemorySpec& spec) {
  const auto n = static_cast<double>(record.actors.size());
  return std::min(static_cast<double>(record.events.size()) * (spec.directed ? 1 : 2), n * n);
}

Memory::Memory(const Record& record, MemorySpec spec)
    : spec_(std::move(spec)),
      pairs_(record.actors.size()),
      ties_(record),
      attributes_(record),
      pair_values_(record),
      series_(record),
      present_(record.actors.size(), false) {
  for (const TraceSpec& trace : spec_.traces) traces_.emplace_back(trace, record.actors.size());
  using Keep = TwoPaths::Keep;
  const Keep keep = !spec_.maintain_two_paths ? Keep::nothing : spec_.dense_two_paths ? Keep::dense_counts : Keep::sums;
  for (TwoPathId id = 0; id < spec_.two_paths.size(); ++id)
    two_paths_.emplace_back(id, spec_.two_paths[id], traces_, record.actors.size(), keep);
  if (!spec_.maintain_two_paths && !spec_.two_paths.empty()) neighbours_ = Neighbours(record.actors.size());
  for (ActorId i = 0; i < record.actors.size(); ++i) {
    const Actor& actor = record.actors[i];
    const Time gone = gone_from(actor, record.clock);
    if (gone <= actor.enters) continue;
    passages_.push_back({actor.enters, i, true});
    if (gone != never) passages_.push_back({gone, i, false});
    for (const Absence& away : actor.absences) {
      const Time from = gone_after(away.leaves, record.clock);
      if (from >= away.returns) continue;
      passages_.push_back({from, i, false});
      passages_.push_back({away.returns, i, true});
    }
  }
  std::stable_sort(passages_.begin(), passages_.end(),
                   [](const Passage& a, const Passage& b) { return a.time < b.time; });
}

void Memory::advance(Time now) {
  assert(now >= now_);
  scales_.expire();
  now_ = now;
  const Time fade_time = spec_.tick.last(now);
  if (fade_time != fade_time_) {
    fade_time_ = fade_time;
    shrink_.clear();
    for (Trace& trace : traces_) shrink_.push_back(trace.advance(fade_time, pairs_));
    for (TwoPaths& two_paths : two_paths_) two_paths.rebase(shrink_[two_paths.spec().first]);
  }
  if (attributes_.advance(now)) ++epoch_;
  if (pair_values_.advance(now)) ++epoch_;
  if (series_.advance(now)) ++epoch_;
  for (; next_passage_ < passages_.size() && passages_[next_passage_].time <= now; ++next_passage_) {
    const Passage& passage = passages_[next_passage_];
    if (present_[passage.actor] == passage.enters) continue;
    present_[passage.actor] = passage.enters;
    present_count_ += passage.enters ? 1 : std::size_t{0} - 1;
    ++epoch_;
  }
}

void Memory::prefetch_traces(const Event& event) const {
  const PairId pair = pairs_.find(event.sender, event.receiver);
  for (TraceId id = 0; id < traces_.size() && pair != no_id; ++id) {
    if (!traces_[id].spec().remembers(event.type)) continue;
    traces_[id].prefetch(pair);
    traces_[id].prefetch_last(pair);
  }
}

void Memory::apply(const Event& event) {
  assert(event.sender != event.receiver);
  apply(event, {event.sender, event.receiver});
  if (!spec_.directed) apply(event, {event.receiver, event.sender});
}

void Memory::apply(const Event& event, Dyad dyad) {
  scales_.expire();
  const std::size_t met = pairs_.size();
  const PairId pair = pairs_.insert(dyad.sender, dyad.receiver);
  if (neighbours_.kept() && pairs_.size() > met) neighbours_.insert(dyad, pair);
  touch(dyad);
  for (TraceId id = 0; id < traces_.size(); ++id) {
    if (!traces_[id].spec().remembers(event.type)) continue;
    touch_latest(traces_[id].last_acts(), dyad);
    const WeightChange change = traces_[id].apply(event, dyad, pair, now_);
    if (!spec_.maintain_two_paths) continue;
    for (TwoPaths& two_paths : two_paths_)
      if (two_paths.spec().first == id || two_paths.spec().second == id)
        two_paths.update(pairs_, traces_, id, dyad, change, two_path_changes_);
  }
}

// An act takes the place of those before it; one at the same moment joins them, and matters to those that share an actor.
void Memory::touch_latest(const LastActs& acts, Dyad next) {
  const bool replaced = acts.replaces_latest(now_);
  for (const Dyad dyad : acts.latest()) {
    const bool shared = dyad.sender == next.sender || dyad.sender == next.receiver || dyad.receiver == next.sender ||
                        dyad.receiver == next.receiver;
    if (replaced || shared) touch(dyad);
  }
}

void Memory::touch(Dyad dyad) {
  touched_.push_back(dyad);
  touched_.push_back(reversed(dyad));
}

void Memory::two_paths_from(TwoPathId id, ActorId sender, std::span<const ActorId> receivers, double* values) const {
  if (two_paths_[id].keeps_sums()) return two_paths_[id].sums_from(traces_, sender, receivers, values);
  for (std::size_t k = 0; k < receivers.size(); ++k) values[k] = two_paths(id, {sender, receivers[k]});
}

double Memory::sum_two_paths(TwoPathId id, Dyad dyad) const {
  double sum = 0;
  neighbours_.for_each_common(dyad.sender, dyad.receiver,
                              [&](const CommonNeighbour& third) { sum += two_paths_[id].through(traces_, third); });
  return sum;
}

void Memory::start_tie(TieId tie) {
  scales_.expire();
  ties_.start(tie);
  touch({ties_.tie(tie).a, ties_.tie(tie).b});
}

TieId Memory::start_tie_like(TieId like, Dyad pair) {
  scales_.expire();
  touch(pair);
  return ties_.add(like, pair, now_);
}

void Memory::end_tie(TieId tie, bool ruptured) {
  scales_.expire();
  ties_.end(tie, now_, ruptured);
  touch({ties_.tie(tie).a, ties_.tie(tie).b});
}

std::size_t Memory::bytes() const {
  std::size_t sum = pairs_.bytes() + neighbours_.bytes();
  for (const Trace& trace : traces_) sum += trace.bytes();
  for (const TwoPaths& two_paths : two_paths_) sum += two_paths.bytes();
  return sum;
}

std::string Memory::fingerprint() const {
  std::string bytes;
  const auto put = [&](const auto& value) {
    char raw[sizeof value];
    std::memcpy(raw, &value, sizeof value);
    bytes.append(raw, sizeof value);
  };
  put(now_);
  for (PairId pair = 0; pair < pairs_.size(); ++pair) {
    put(pairs_.dyad(pair));
    for (const Trace& trace : traces_) {
      put(trace.weight(pair));
      put(trace.last(pair));
    }
  }
  for (const Trace& trace : traces_) {
    const std::vector<double> last_acts = trace.last_acts().state();
    for (const double number : last_acts) put(number);
  }
  for (ActorId i = 0; i < actors(); ++i) {
    put(static_cast<char>(present_[i]));
    for (const TieId tie : ties_.of(i)) {
      put(tie);
      if (ties_.like(tie) == tie) continue;  // those of the record say the rest themselves
      put(ties_.like(tie));
      put(ties_.tie(tie).start);
    }
    for (AttributeId id = 0; id < attributes_.size(); ++id) put(attributes_.value(id, i));
  }
  for (PairAttributeId id = 0; id < pair_values_.size(); ++id)
    for (const double value : pair_values_.values(id)) put(value);
  for (const double value : series_.values()) put(value);
  for (const EndedTie& ended : ties_.ended()) {
    put(ended.tie);
    put(ended.time);
    put(static_cast<char>(ended.ruptured));
  }
  return detente::fingerprint(bytes);
}

}  // namespace detente
