// The coded parts of a formula (layout.hpp): what a pair of groups or a count of two-paths adds to the exponent, in tables
// made anew when the coefficients or the groups change.
#pragma once

#include <span>
#include <vector>

#include "hazard/dense_line.hpp"
#include "hazard/layout.hpp"

namespace detente {

class CodedParts {
 public:
  // Both must outlive it.
  CodedParts(const Hazard& hazard, const Layout& layout) : hazard_(&hazard), layout_(&layout) {}

  void refresh(const Memory& memory, std::span<const double> theta);

  [[nodiscard]] std::size_t groups() const { return groups_; }
  [[nodiscard]] std::uint16_t group_of(ActorId i) const { return group_of_.empty() ? 0 : group_of_[i]; }
  // e^{theta x} of a pair of groups, and the values x of the group terms.
  [[nodiscard]] double of_groups(std::size_t g, std::size_t h, double* values) const;

  // The cells of a line, until the next call.
  [[nodiscard]] std::span<const CodedCells> row(const Memory& memory, ActorId i) { return line(memory, i, true); }
  [[nodiscard]] std::span<const CodedCells> column(const Memory& memory, ActorId j) { return line(memory, j, false); }

  // One cell: its weight; its values, groups first, are written to `values`.
  [[nodiscard]] double cell(const Memory& memory, Dyad dyad, double* values);
  // The same with counts given, one for each layer of counts.
  [[nodiscard]] double cell(const Memory& memory, Dyad dyad, std::span<const std::uint32_t> counts, double* values);

 private:
  struct CountTable {
    std::vector<double> weight;               // by count
    std::vector<std::vector<double>> values;  // by term, by count
    std::vector<bool> is_count;               // by term: is the value the count itself?
  };
  void make_groups(const Memory& memory);
  void make_group_tables(const Memory& memory);
  void extend(std::size_t layer, const Memory& memory) {
    const std::size_t needed = memory.two_paths_of(layout_->counts[layer].sums).counts().highest() + std::size_t{1};
    if (needed > tables_[layer].weight.size()) grow(layer, needed);
  }
  void grow(std::size_t layer, std::size_t needed);
  [[nodiscard]] std::span<const CodedCells> line(const Memory& memory, ActorId actor, bool is_row);

  const Hazard* hazard_;
  const Layout* layout_;
  std::vector<double> theta_;
  std::size_t groups_ = 1;
  std::vector<std::uint16_t> group_of_;  // by actor; empty = one group
  std::vector<ActorId> member_;          // one of each group
  // [0] by (sender's group, receiver's group), [1] the other way round
  std::vector<double> group_weight_[2];
  std::vector<std::vector<double>> group_values_[2];  // by term
  std::vector<CountTable> tables_;                    // by layer
  std::vector<CodedCells> line_;
  std::vector<const double*> pointers_;
  std::vector<std::uint32_t> counts_;
};

}  // namespace detente
