#include "hazard/product_sums.hpp"

#include <algorithm>
#include <array>

#include "hazard/line_moments.hpp"

namespace detente {

void ProductSums::clear(std::size_t groups, std::size_t sender_values, std::size_t receiver_values) {
  s_ = sender_values;
  r_ = receiver_values;
  groups_.resize(groups);
  for (Group& group : groups_) {
    group.senders.assign(triangle(1 + s_), 0);
    group.receivers.assign(triangle(1 + r_), 0);
    group.diagonal.assign(triangle(1 + s_ + r_), 0);
  }
}

void ProductSums::add(std::size_t group, const ActorParts& actor, double sign) {
  if (actor.send == 0 && actor.receive == 0) return;
  Group& sums = groups_[group];
  const auto value = [](std::span<const double> x, std::size_t p) { return p == 0 ? Wide{1} : Wide{x[p - 1]}; };
  for (std::size_t p = 0, at = 0; p <= s_; ++p)
    for (std::size_t q = p; q <= s_; ++q)
      sums.senders[at++] += sign * actor.send * value(actor.sender_values, p) * value(actor.sender_values, q);
  for (std::size_t p = 0, at = 0; p <= r_; ++p)
    for (std::size_t q = p; q <= r_; ++q)
      sums.receivers[at++] += sign * actor.receive * value(actor.receiver_values, p) * value(actor.receiver_values, q);
  const Wide both = Wide{sign} * actor.send * actor.receive;
  const auto own = [&](std::size_t p) {
    return p <= s_ ? value(actor.sender_values, p) : Wide{actor.receiver_values[p - s_ - 1]};
  };
  for (std::size_t p = 0, at = 0; p <= s_ + r_; ++p)
    for (std::size_t q = p; q <= s_ + r_; ++q) sums.diagonal[at++] += both * own(p) * own(q);
}

// Sum over the dyads from one group to another of a b y_p y_q, for p <= q among the own values.
ProductSums::Wide ProductSums::entry(const Group& g, const Group& h, bool same, std::size_t p, std::size_t q) const {
  const std::size_t sp = p <= s_ ? p : 0, sq = q <= s_ ? q : 0;
  const std::size_t rp = p > s_ ? p - s_ : 0, rq = q > s_ ? q - s_ : 0;
  const Wide product = g.senders[triangle_at(1 + s_, std::min(sp, sq), std::max(sp, sq))] *
                       h.receivers[triangle_at(1 + r_, std::min(rp, rq), std::max(rp, rq))];
  return same ? product - g.diagonal[triangle_at(1 + s_ + r_, p, q)] : product;
}

double ProductSums::total(const CodedParts& coded) const {
  Wide sum = 0;
  std::array<double, most_terms> values;
  for (std::size_t g = 0; g < groups_.size(); ++g)
    for (std::size_t h = 0; h < groups_.size(); ++h)
      sum += coded.of_groups(g, h, values.data()) * entry(groups_[g], groups_[h], g == h, 0, 0);
  return static_cast<double>(sum);
}

void ProductSums::add_moments(const CodedParts& coded, std::size_t group_values, std::size_t stride,
                              double* out) const {
  const std::size_t own = 1 + s_ + r_;
  const std::size_t size = own + group_values;
  std::array<double, most_terms> values;
  for (std::size_t g = 0; g < groups_.size(); ++g)
    for (std::size_t h = 0; h < groups_.size(); ++h) {
      const double weight = coded.of_groups(g, h, values.data());
      for (std::size_t p = 0; p < size; ++p)
        for (std::size_t q = p; q < size; ++q) {
          const double factor = (p >= own ? values[p - own] : 1) * (q >= own ? values[q - own] : 1);
          const Wide sum = entry(groups_[g], groups_[h], g == h, q < own ? p : 0, q < own ? q : p < own ? p : 0);
          out[p * stride + q] += static_cast<double>(weight * factor * sum);
        }
    }
}

}  // namespace detente
