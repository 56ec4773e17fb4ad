#include "memory/infer_ties.hpp"

#include <algorithm>
#include <cmath>
#include <tuple>
#include <unordered_map>

#include <fmt/format.h>

#include "base/error.hpp"

namespace detente {
namespace {

struct Pair {
  double net = 0;  // n at `time`
  Time time = always;
  std::size_t open = no_id;         // the episode in force
  std::size_t episodes = 0;         // so far
  const Event* conflict = nullptr;  // the latest act of conflict
};

int sign_of(QuadClass quad) { return is_cooperation(quad) ? 1 : is_conflict(quad) ? -1 : 0; }

class Inference {
 public:
  Inference(const Record& record, const InferOptions& options) : record_(record), options_(options) {}

  void add(const Event& event) {
    const int sign = sign_of(record_.types[event.type].quad);
    if (sign == 0 || event.sender == event.receiver) return;
    const std::uint64_t key = key_of(event);
    Pair& pair = pairs_[key];
    if (pair.time < event.time) {
      fade(pair, event.time);
      moved_.push_back(key);
    }
    pair.net += sign * std::abs(static_cast<double>(event.intensity));
    if (sign < 0) pair.conflict = &event;
  }

  // All events at one time have been added: what begins or ends with them?
  void settle() {
    for (const std::uint64_t key : moved_) {
      Pair& pair = pairs_[key];
      if (pair.open == no_id && pair.net >= options_.start) open(key, pair);
      if (pair.open != no_id && pair.net < options_.end) {
        const bool conflict = pair.conflict != nullptr && pair.conflict->time == pair.time;
        close(pair, pair.time, conflict);
      }
    }
    moved_.clear();
  }

  std::vector<Tie> finish(Time until) {
    for (auto& [key, pair] : pairs_) fade(pair, until);
    std::sort(ties_.begin(), ties_.end(),
              [](const Tie& a, const Tie& b) { return std::tie(a.start, a.id) < std::tie(b.start, b.id); });
    return std::move(ties_);
  }

 private:
  [[nodiscard]] std::uint64_t key_of(const Event& event) const {
    return std::uint64_t{std::min(event.sender, event.receiver)} << 32 | std::max(event.sender, event.receiver);
  }

  [[nodiscard]] Time day_of(Time time) const { return record_.clock == Clock::calendar ? std::floor(time) : time; }

  // Time passes until `now`, and an alliance may fade away before it.
  void fade(Pair& pair, Time now) {
    if (pair.open != no_id) {
      const Time crossing = pair.time + options_.half_life * std::log2(pair.net / options_.end);
      if (crossing < now) close(pair, crossing, false);
    }
    pair.net = pair.time == always ? 0 : pair.net * std::exp2(-(now - pair.time) / options_.half_life);
    pair.time = now;
  }

  // The order of the two is that of their ids: numbers of actors change when a record is masked.
  void open(std::uint64_t key, Pair& pair) {
    auto a = static_cast<ActorId>(key >> 32);
    auto b = static_cast<ActorId>(key);
    if (record_.actors[b].id < record_.actors[a].id) std::swap(a, b);
    const Precision precision = record_.clock == Clock::calendar ? Precision::day : Precision::number;
    pair.open = ties_.size();
    ties_.push_back({.id = fmt::format("{}~{}#{}", record_.actors[a].id, record_.actors[b].id, ++pair.episodes),
                     .a = a,
                     .b = b,
                     .kind = std::string(inferred_kind),
                     .start = day_of(pair.time),
                     .ending = {},
                     .how_it_ended = {},
                     .reference = {},
                     .start_precision = precision,
                     .end_precision = precision});
  }

  void close(Pair& pair, Time time, bool rupture) {
    Tie& tie = ties_[pair.open];
    tie.end = day_of(time);
    tie.ending = rupture ? "rupture" : "faded";
    tie.how_it_ended = fmt::format("net cooperation {} below {:g}", rupture ? "fell" : "faded", options_.end);
    if (rupture) {
      const EventType& type = record_.types[pair.conflict->type];
      tie.how_it_ended += fmt::format(" at '{}' by {}", type.label.empty() ? type.code : type.label,
                                      record_.actors[pair.conflict->sender].id);
    }
    pair.open = no_id;
  }

  const Record& record_;
  const InferOptions& options_;
  std::unordered_map<std::uint64_t, Pair> pairs_;
  std::vector<std::uint64_t> moved_;  // pairs with an event at this time
  std::vector<Tie> ties_;
};

}  // namespace

void check_infer_options(const InferOptions& options) {
  if (!(options.half_life > 0) || !std::isfinite(options.half_life))
    throw Error({.what = "the half-life of inferred alliances is no duration",
                 .where = {.file = "--infer-halflife"},
                 .got = fmt::format("{}", options.half_life),
                 .expected = "a number above 0"});
  if (!(options.end >= 0) || !(options.end < options.start) || !std::isfinite(options.start))
    throw Error({.what = "an inferred alliance must end below where it starts",
                 .where = {.file = "--infer-end"},
                 .got = fmt::format("{:g}, with a start at {:g}", options.end, options.start),
                 .expected = "0 or more, and less than --infer-start"});
}

std::vector<Tie> infer_ties(const Record& record, const InferOptions& options, Time until) {
  check_infer_options(options);
  Inference inference(record, options);
  Time now = always;
  for (const Event& event : record.events) {
    if (event.time >= until) break;
    if (event.time != now) inference.settle();
    now = event.time;
    inference.add(event);
  }
  inference.settle();
  return inference.finish(until);
}

}  // namespace detente
