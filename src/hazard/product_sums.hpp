// The sum over all ordered pairs of what factors, without visiting them:
//
//   sum_{i != j} a_i b_j w_{g(i) g(j)} y y'   =  sum_{g,h} w_gh (sum_{i in g} a_i s s') x (sum_{j in h} b_j r r')  -  diagonal
//
// with y = (1, sender values s, receiver values r, values of the pair of groups).  Sums are kept in extended precision: an
// actor who is enormous both as sender and as receiver cancels between the product and the diagonal.
#pragma once

#include <span>
#include <vector>

#include "hazard/coded_parts.hpp"

namespace detente {

// One actor's own parts: e^u, e^v (0 for the absent), values.
struct ActorParts {
  double send = 0;
  double receive = 0;
  std::span<const double> sender_values;
  std::span<const double> receiver_values;
};

class ProductSums {
 public:
  void clear(std::size_t groups, std::size_t sender_values, std::size_t receiver_values);
  void add(std::size_t group, const ActorParts& actor, double sign);

  [[nodiscard]] double total(const CodedParts& coded) const;
  // Adds the upper triangle, in rows of `stride`, of y with `group_values` values at its end.
  void add_moments(const CodedParts& coded, std::size_t group_values, std::size_t stride, double* out) const;

 private:
  using Wide = long double;
  struct Group {
    std::vector<Wide> senders, receivers, diagonal;
  };
  [[nodiscard]] Wide entry(const Group& g, const Group& h, bool same, std::size_t p, std::size_t q) const;

  std::size_t s_ = 0, r_ = 0;
  std::vector<Group> groups_;
};

}  // namespace detente
