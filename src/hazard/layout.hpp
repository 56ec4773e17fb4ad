// A formula compiled by scope.  The exponent of a dyad is the sum of
//
//   own parts     of the sender, of the receiver: one number for each actor
//   coded parts   what few whole numbers decide: the groups the two actors belong to, counts of two-paths
//   pair part     the rest: zero unless the pair has met
//
// and its values stand in z = (1, sender, receiver, groups, counts, pair).  In an undirected model a term of one actor is
// the mean over both, so that it stands in z twice with half its value; and an effect that is a sum of parts stands in z once
// for each.
#pragma once

#include <span>
#include <vector>

#include "hazard/model.hpp"

namespace detente {

struct Layout {
  // The terms of the formula, where one is a sum of parts (Effect::parts) these; and which term of the formula each is of.
  std::vector<Term> terms;
  std::vector<std::size_t> term_of;
  // Which of them stand where, as indices.
  std::vector<std::size_t> sender, receiver, group, pair;
  struct Counts {
    TwoPathId sums;
    std::vector<std::size_t> terms;
  };
  std::vector<Counts> counts;
  std::vector<AttributeId> group_attributes;

  double own_share = 1;    // of a term of one actor: 1/2 where it stands twice
  bool both_ways = false;  // values are means of both directions, and dyads unordered
  bool twice = false;      // each dyad stands in the sums both ways; not where kinds of actor give it one
  bool sender_drifts = false, receiver_drifts = false;
  std::vector<std::size_t> drifting_pair, shifting_pair;  // positions in `pair`
  bool pair_reads_two_paths = false, pair_reads_numbers = false, pair_spreads = false, shifts_all = false;
  bool zeros_wake = false;  // a pair part that is zero where it was touched may change later without being touched

  std::vector<std::size_t> target;  // by position in z: 0, or 1 + the term of the formula

  [[nodiscard]] std::vector<double> coefficients(std::span<const double> of_formula) const;
  [[nodiscard]] std::size_t coded() const;  // values
  [[nodiscard]] std::size_t plain() const {
    return 1 + sender.size() + receiver.size() + coded();
  }  // before the pair part
  [[nodiscard]] std::size_t size() const { return plain() + pair.size(); }
};

// How many values of each part enter the moments: all, or none where only the rate is kept.
struct Shape {
  std::size_t sender = 0, receiver = 0, coded = 0, pair = 0;
  [[nodiscard]] std::size_t own() const { return 1 + sender + receiver; }
  [[nodiscard]] std::size_t plain() const { return own() + coded; }
  [[nodiscard]] std::size_t size() const { return plain() + pair; }
};
constexpr std::size_t most_positions = 1 + 2 * most_terms;  // in z: a term of one actor, or of two parts, stands twice

// `counted` tells which two-paths are kept as counts of every pair.
[[nodiscard]] Layout make_layout(const Hazard& hazard, const std::vector<bool>& counted);

}  // namespace detente
