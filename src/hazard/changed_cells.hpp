// The cells whose counts of two-paths the last event changed, with their coded parts (coded_parts.hpp) before and after.  An
// event changes cells of a few rows and columns, so that they are cut into runs of one line each, which sums take in one
// pass.  A cell costs two table entries for each layer of counts; with several layers, also a sort.
#pragma once

#include <span>
#include <vector>

#include "hazard/coded_parts.hpp"

namespace detente {

struct ChangedCell {
  struct Coded {
    double weight;         // e^c
    const double* values;  // as many as the layout has coded ones
  };
  Dyad dyad;
  Coded before, after;
};

// Cells of one line, each once.
struct ChangedRun {
  ActorId actor;  // whose row or column it is
  bool is_row;
  std::span<const ChangedCell> cells;
  [[nodiscard]] ActorId partner(const ChangedCell& cell) const {
    return is_row ? cell.dyad.receiver : cell.dyad.sender;
  }
};

class ChangedCells {
 public:
  explicit ChangedCells(const Layout& layout) : layout_(&layout) {}  // which must outlive it

  // Those that the memory's two_path_changes() name; until the next call.
  [[nodiscard]] std::span<const ChangedRun> read(const Memory& memory, CodedParts& coded);

 private:
  void read_layer(const Memory& memory, CodedParts& coded);
  void read_layers(const Memory& memory, CodedParts& coded);
  void add(const Memory& memory, CodedParts& coded, Dyad dyad);
  void cut(std::size_t actors);

  const Layout* layout_;
  std::vector<std::uint32_t> before_, after_;  // counts of one cell, by layer
  std::vector<TwoPathChange> sorted_;
  std::vector<ChangedCell> cells_;
  std::vector<double> values_;
  std::vector<ChangedRun> runs_;
  std::vector<std::size_t> seen_;  // by actor: the run it was last in
  std::size_t run_ = 0;
};

}  // namespace detente
