// The parts of a formula (layout.hpp) in every dyad, kept up with a memory: what the factorised sums are made of.
#pragma once

#include <algorithm>

#include "hazard/met_pairs.hpp"
#include "hazard/own_parts.hpp"

namespace detente {

struct Parts {
  // Hazard and layout must outlive it.
  Parts(const Hazard& hazard, const Layout& layout, std::size_t actors, bool with_moments);

  // All but the pair terms of the pairs that have met, of which rows may be enough.
  void refresh(const Memory& now, const RiskList& list, std::span<const double> theta);

  // The side of a line's actor, and that of its partners.
  [[nodiscard]] OwnParts& own(bool is_row) { return is_row ? senders : receivers; }
  [[nodiscard]] OwnParts& partners(bool is_row) { return is_row ? receivers : senders; }
  [[nodiscard]] std::span<const double* const> partner_columns(bool is_row) {
    return partners(is_row).columns(is_row ? shape.receiver : shape.sender);
  }
  [[nodiscard]] double own_weight(Dyad dyad) const {
    return senders.weight(dyad.sender) * receivers.weight(dyad.receiver);
  }

  struct Cell {
    double rate;
    std::span<const double> values;  // coded ones, and pair values where the pair has met; until the next call
  };
  [[nodiscard]] Cell cell(Dyad dyad);
  // z of a dyad with these coded and pair values, zeros where they end.
  void fill(Dyad dyad, std::span<const double> values, double* z) const {
    z[0] = 1;
    senders.copy_values(dyad.sender, shape.sender, z + 1);
    receivers.copy_values(dyad.receiver, shape.receiver, z + 1 + shape.sender);
    double* end = std::copy(values.begin(), values.end(), z + shape.own());
    std::fill(end, z + shape.size(), 0.0);
  }

  Shape shape;
  bool listed;    // the risk set is a list: only pairs that have met are in it
  bool by_lines;  // coded parts are summed line by line, since they do not come from a few groups
  OwnParts senders, receivers;
  CodedParts coded;
  MetPairs pairs;
  const Memory* memory = nullptr;

 private:
  std::vector<double> coded_values_;
  bool counts_;
};

}  // namespace detente
