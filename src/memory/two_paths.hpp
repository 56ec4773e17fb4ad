// Two-paths i - h - j over two traces, combined over the third actors h:
//
//   min-sum   sum_h min(leg1(i, h), leg2(h, j))
//   unique    #{h : leg1(i, h) > 0 and leg2(h, j) > 0}
//
// A leg reads its trace forwards (w_ih), backwards (w_hi) or both ways (w_ih + w_hi).  Where both traces fade alike, the
// sums are kept up to date event by event (in stored units); where they do not, a read goes over the partners of i.
#pragma once

#include <span>
#include <vector>

#include "memory/pair_table.hpp"
#include "memory/trace.hpp"

namespace detente {

enum class Leg : std::uint8_t { forward, backward, both };
enum class Combine : std::uint8_t { min_sum, unique };

struct TwoPathSpec {
  TraceId first;
  Leg first_leg;
  TraceId second;
  Leg second_leg;
  Combine combine;
  friend bool operator==(const TwoPathSpec&, const TwoPathSpec&) = default;
};

class TwoPaths {
 public:
  TwoPaths(TwoPathSpec spec, std::span<const Trace> traces, std::size_t actors);

  [[nodiscard]] const TwoPathSpec& spec() const { return spec_; }
  [[nodiscard]] bool maintained() const { return maintained_; }
  [[nodiscard]] bool drifts(std::span<const Trace> traces) const;

  [[nodiscard]] double value(const PairTable& pairs, std::span<const Trace> traces, Dyad dyad) const;

  void rebase(double shrink);  // the traces' stored units were multiplied by this

  // One pair of one trace changed: brings the sums up to date and appends the dyads whose value may have changed.
  void update(const PairTable& pairs, std::span<const Trace> traces, TraceId trace, Dyad changed, WeightChange change,
              std::vector<Dyad>& touched);

 private:
  struct LegChange {  // the leg between i (or j) and the third actor h
    ActorId end;
    ActorId third;
    double before;
    double after;
  };

  void update_first(const PairTable& pairs, std::span<const Trace> traces, const LegChange& leg,
                    std::vector<Dyad>& touched);
  void update_second(const PairTable& pairs, std::span<const Trace> traces, const LegChange& leg,
                     std::vector<Dyad>& touched);
  void change(Dyad dyad, double amount, std::vector<Dyad>& touched);

  TwoPathSpec spec_;
  bool maintained_;
  PairTable sums_pairs_;
  std::vector<double> sums_;
};

}  // namespace detente
