// Two-paths i - h - j over two traces, combined over the third actors h:
//
//   min-sum   sum_h min(leg1(i, h), leg2(h, j))
//   sum       sum_h leg1(i, h) + leg2(h, j)    over the h with both legs above 0
//   product   sum_h leg1(i, h) x leg2(h, j)
//   unique    #{h : leg1(i, h) > 0 and leg2(h, j) > 0}
//
// A leg reads its trace forwards (w_ih), backwards (w_hi) or both ways (w_ih + w_hi).  Where both traces fade alike, the
// sums are kept up to date event by event (in stored units): as whole numbers for every pair where they are whole and the
// actors few or densely met, else for the pairs they reach.  Where the traces fade differently, or by a window or an
// interval, a read goes over the partners of i.  Where a memory keeps no sums (MemorySpec::maintain_two_paths), a read goes
// over the third actors that both have met, exactly and without a limit on them.
#pragma once

#include <span>
#include <vector>

#include "memory/count_matrix.hpp"
#include "memory/neighbours.hpp"
#include "memory/pair_table.hpp"
#include "memory/trace.hpp"

namespace detente {

enum class Leg : std::uint8_t { forward, backward, both };
enum class Combine : std::uint8_t { min_sum, sum, product, unique };

struct TwoPathSpec {
  TraceId first;
  Leg first_leg;
  TraceId second;
  Leg second_leg;
  Combine combine;
  friend bool operator==(const TwoPathSpec&, const TwoPathSpec&) = default;
};

using TwoPathId = std::uint32_t;

// A sum that an event changed; in stored units, and unknown (NaN) where sums are not maintained.
struct TwoPathChange {
  TwoPathId id;
  Dyad dyad;
  double before;
  double after;
};

class TwoPaths {
 public:
  static constexpr std::size_t counted_below = 2048;  // actors up to which counts are kept for every pair

  enum class Keep : std::uint8_t { sums, dense_counts, nothing };
  // `dense_counts` asks for whole numbers to be kept for every pair, however many the actors.
  TwoPaths(TwoPathId id, TwoPathSpec spec, std::span<const Trace> traces, std::size_t actors, Keep keep = Keep::sums);

  [[nodiscard]] const TwoPathSpec& spec() const { return spec_; }
  [[nodiscard]] bool maintained() const { return maintained_; }
  // The sums of all pairs, where they are kept as whole numbers; else empty.
  [[nodiscard]] const CountMatrix& counts() const { return counts_; }
  [[nodiscard]] bool drifts(std::span<const Trace> traces) const;
  [[nodiscard]] std::size_t bytes() const;

  [[nodiscard]] double value(const PairTable& pairs, std::span<const Trace> traces, Dyad dyad) const;

  // Are sums kept for the pairs they reach?
  [[nodiscard]] bool keeps_sums() const { return maintained_ && counts_.empty(); }
  // Those of one sender's dyads, where they are: values[k] of receivers[k], in one pass over the sender's sums.
  void sums_from(std::span<const Trace> traces, ActorId sender, std::span<const ActorId> receivers,
                 double* values) const;

  // The part that one third actor of (i, j) has in value(i, j).
  [[nodiscard]] double through(std::span<const Trace> traces, const CommonNeighbour& third) const;

  // Appends every dyad whose value may be other than zero now.
  void append_reached(const PairTable& pairs, std::span<const Trace> traces, std::vector<Dyad>& dyads) const;

  void rebase(double shrink);  // the traces' stored units were multiplied by this

  // One pair of one trace changed: brings the sums up to date and appends what may have changed.
  void update(const PairTable& pairs, std::span<const Trace> traces, TraceId trace, Dyad changed, WeightChange change,
              std::vector<TwoPathChange>& changes);

 private:
  struct LegChange {  // the leg between i (or j) and the third actor h
    ActorId end;
    ActorId third;
    double before;
    double after;
  };

  void update_first(const PairTable& pairs, std::span<const Trace> traces, const LegChange& leg,
                    std::vector<TwoPathChange>& changes);
  void update_second(const PairTable& pairs, std::span<const Trace> traces, const LegChange& leg,
                     std::vector<TwoPathChange>& changes);
  // Of a kept sum: what it is multiplied by when it is read.
  [[nodiscard]] double unit_of_sums(std::span<const Trace> traces) const;
  void change(Dyad dyad, double amount, std::vector<TwoPathChange>& changes);

  TwoPathId id_;
  TwoPathSpec spec_;
  bool maintained_;
  CountMatrix counts_;
  PairTable sums_pairs_;
  std::vector<double> sums_;
};

}  // namespace detente
