// Statistics of a stretch of events, for comparing what was recorded with what a fitted model simulates (Hunter, Goodreau &
// Handcock 2008; for events Brandenberger 2019).  w_ij is how many events go from i to j in the stretch.
//
//   waiting      quantiles of the times between successive events
//   out, in      actors that sent, or received, at least k events; the most of any
//   dyads        that acted at all, and at least k times; the share of events whose dyad had acted before
//   reciprocity  of dyads: the share of {i -> j} with w_ji > 0; of events: sum over pairs of 2 min(w_ij, w_ji) / sum w
//                (Squartini, Picciolo, Ruzzenenti & Garlaschelli 2013)
//   triads       two-paths i -> k -> j; those that i -> j closes (transitive) and that j -> i closes (cyclic, each cycle once)
//   signs        a pair is positive where more of its events are cooperation than conflict, negative the other way round;
//                triangles of such pairs, and the share that is balanced: whose product is positive (Cartwright & Harary 1956)
//
// Where events have no direction, w is symmetric: one distribution of degrees, triangles, no reciprocity.  A statistic that
// is not defined (a share of nothing) is NaN.  Events are seen once and counted; nothing grows with the square of the
// actors.
#pragma once

#include <cstdint>
#include <string>
#include <unordered_map>
#include <vector>

#include "log/record.hpp"

namespace detente {

struct SummaryPlan {
  std::size_t actors = 0;
  std::vector<std::string> hazards{};  // that make the events; empty: towards whom, of another's events
  std::vector<QuadClass> quads{};      // by TypeId
  bool directed = true;
  bool signs = false;  // some types are cooperation and some conflict
  // Recorded times stand `grain` apart, or multiples of it, from `origin` on (days, say), and waiting times are compared in
  // such steps; 0 = times of any kind.
  double grain = 0;
  Time origin = 0;
  // The k of "at least k": those of 1, 2, 5, 10, ... that the record reaches.
  std::vector<std::size_t> sent_steps{};
  std::vector<std::size_t> received_steps{};
  std::vector<std::size_t> dyad_steps{};
};

struct SummaryStatistic {
  std::string group;  // events, waiting, out, in, degree, dyads, reciprocity, triads, signs
  std::string name;
  double value;
};

class EventSummary {
 public:
  explicit EventSummary(const SummaryPlan& plan);  // must outlive it

  void add(const Event& event, std::size_t hazard);  // in the order of time
  [[nodiscard]] std::size_t events() const { return events_; }
  // The same statistics in the same order for every summary of a plan.
  [[nodiscard]] std::vector<SummaryStatistic> statistics() const;

  struct Most {
    std::size_t sent = 0;
    std::size_t received = 0;
    std::size_t of_dyad = 0;
  };
  [[nodiscard]] Most most() const;

 private:
  using Rows = std::vector<SummaryStatistic>;
  using Adjacency = std::vector<std::vector<ActorId>>;  // sorted
  void add_waiting(Rows& rows) const;
  void add_degrees(Rows& rows) const;
  void add_dyads(Rows& rows) const;
  void add_reciprocity(Rows& rows) const;
  void add_triads(Rows& rows) const;
  void add_triangles(Rows& rows) const;
  void add_signs(Rows& rows) const;
  [[nodiscard]] std::size_t count(ActorId sender, ActorId receiver) const;

  const SummaryPlan& plan_;
  std::size_t events_ = 0;
  Time last_ = always;
  std::vector<double> gaps_;
  std::vector<std::size_t> by_hazard_;
  std::vector<std::size_t> sent_;
  std::vector<std::size_t> received_;
  std::unordered_map<std::uint64_t, std::size_t> dyads_;   // events; the lower actor first where they have no direction
  std::unordered_map<std::uint64_t, std::int64_t> signs_;  // of a pair, the lower first: cooperation less conflict
};

// 1, 2, 5, 10, 20, 50, ... up to `most`.
[[nodiscard]] std::vector<std::size_t> summary_steps(std::size_t most);

}  // namespace detente
