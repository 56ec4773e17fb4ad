// A trace remembers some events and lets them fade: w_ij(t) = sum over remembered events from i to j of weight x fade.
//
//   fade none       1
//   fade half-life  2^(-(t - t_e)/h)
//   fade window     1 while t - t_e <= span, then 0
//   fade interval   1 while from <= t - t_e < span, before and after that 0
//
// A half-life trace stores each weight in the units of one reference time, w'_ij = sum of weight x 2^((t_e - t_ref)/h),
// so that a read is one product with a factor that all pairs share, and nothing is touched when time passes.  An event waits
// until its interval begins: for sums and last times it has not happened yet, and a weight may grow with time alone.
#pragma once

#include <deque>
#include <string>
#include <vector>

#include "base/ids.hpp"
#include "base/large_pages.hpp"
#include "log/record.hpp"
#include "memory/last_acts.hpp"
#include "memory/pair_table.hpp"

namespace detente {

enum class Fade : std::uint8_t { none, half_life, window, interval };
enum class Weight : std::uint8_t { count, intensity };  // |intensity|: the sign of an event comes from its quad class

struct TraceSpec {
  std::string name;
  std::vector<bool> types{};  // by TypeId: is it remembered?  empty = every type
  Fade fade = Fade::none;
  double span = 0;  // half-life, window or end of the interval, in the record's unit of time
  double from = 0;  // beginning of the interval
  Weight weight = Weight::count;
  Keeps keeps{};  // beside the weights; set by the effects that read it

  [[nodiscard]] bool remembers(TypeId type) const { return types.empty() || (type < types.size() && types[type]); }
};

// Of a window or an interval: whether an event of that time counts by `now`, and no longer counts; and the moments at which
// that changes, so that between them a weight stays as it is.  A window's last moment still counts: it is over just after.
[[nodiscard]] bool has_begun(const TraceSpec& spec, Time event, Time now);
[[nodiscard]] bool is_over(const TraceSpec& spec, Time event, Time now);
[[nodiscard]] std::vector<Time> turns_of(const TraceSpec& spec, Time event);

// What applying an event did to one pair of a trace: its weight before and after, in stored units.
struct WeightChange {
  double before;
  double after;
};

class Trace {
 public:
  Trace(TraceSpec spec, std::size_t actors);

  [[nodiscard]] const TraceSpec& spec() const { return spec_; }
  [[nodiscard]] bool drifts() const { return spec_.fade != Fade::none; }
  [[nodiscard]] bool ripens() const { return spec_.fade == Fade::interval; }  // weights may grow with time alone
  [[nodiscard]] double factor() const { return factor_; }                     // stored units -> weight now

  // Moves the clock; counts what has come of age and forgets what left the window.  Returns what stored values were
  // multiplied by: 1, or a power of two when the reference time moved.
  double advance(Time now, const PairTable& pairs);
  // The event, at `now`, counts in `dyad`, which is `pair`: its own, or the reverse where events have no direction.
  WeightChange apply(const Event& event, Dyad dyad, PairId pair, Time now);

  void prefetch(PairId pair) const {
    if (pair < stored_.size()) __builtin_prefetch(&stored_[pair]);
  }
  void prefetch_sums(Dyad dyad) const {
    __builtin_prefetch(&out_sum_[dyad.sender]);
    __builtin_prefetch(&in_sum_[dyad.receiver]);
  }
  void prefetch_last(PairId pair) const {
    if (pair < last_.size()) __builtin_prefetch(&last_[pair]);
  }
  [[nodiscard]] double stored(PairId pair) const { return pair < stored_.size() ? stored_[pair] : 0; }
  [[nodiscard]] double weight(PairId pair) const { return stored(pair) * factor_; }
  [[nodiscard]] double out_sum(ActorId actor) const { return out_sum_[actor] * factor_; }
  [[nodiscard]] double in_sum(ActorId actor) const { return in_sum_[actor] * factor_; }
  [[nodiscard]] double total() const { return total_ * factor_; }
  // Of an actor: those with a weight above 0 from it, or towards it.  Only where Keeps::partners asks for them.
  [[nodiscard]] double out_partners(ActorId actor) const { return out_partners_[actor]; }
  [[nodiscard]] double in_partners(ActorId actor) const { return in_partners_[actor]; }
  [[nodiscard]] const LastActs& last_acts() const { return last_acts_; }
  [[nodiscard]] std::size_t bytes() const;
  [[nodiscard]] Time last(PairId pair) const { return pair < last_.size() ? last_[pair] : always; }

 private:
  struct Remembered {
    Time time;
    PairId pair;
    double weight;
  };

  void count(const Remembered& event, Dyad dyad);
  void add(Dyad dyad, PairId pair, double amount);
  double rebase(Time now);

  TraceSpec spec_;
  double factor_ = 1;
  Time reference_ = 0;
  Time now_ = always;
  bool started_ = false;
  double total_ = 0;
  LargeVector<double> stored_;  // by pair
  std::vector<Time> last_;      // by pair
  std::vector<double> out_sum_;
  std::vector<double> in_sum_;
  std::vector<double> out_partners_;  // by actor; empty where nothing asks for them
  std::vector<double> in_partners_;
  std::deque<Remembered> waiting_;  // for their interval to begin
  std::deque<Remembered> window_;
  LastActs last_acts_;
};

}  // namespace detente
