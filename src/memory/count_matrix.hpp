// Whole numbers for every ordered pair of actors, kept by row and by column, so that either is one contiguous read.  Two
// bytes each where they cannot exceed the number of actors, four otherwise.
#pragma once

#include <cstdint>

#include "base/ids.hpp"
#include "base/large_pages.hpp"

namespace detente {

// One row or column; exactly one of the two is set.
struct CountLine {
  const std::uint16_t* narrow = nullptr;
  const std::uint32_t* wide = nullptr;

  [[nodiscard]] std::uint32_t operator[](std::size_t k) const { return narrow ? narrow[k] : wide[k]; }
};

class CountMatrix {
 public:
  CountMatrix() = default;
  CountMatrix(std::size_t actors, bool wide);

  [[nodiscard]] bool empty() const { return actors_ == 0; }
  [[nodiscard]] CountLine row(ActorId i) const { return line(narrow_rows_, wide_rows_, i); }
  [[nodiscard]] CountLine column(ActorId j) const { return line(narrow_columns_, wide_columns_, j); }
  [[nodiscard]] std::uint32_t at(ActorId i, ActorId j) const { return row(i)[j]; }
  [[nodiscard]] std::uint32_t highest() const { return highest_; }  // ever held
  [[nodiscard]] std::size_t bytes() const;

  void add(ActorId i, ActorId j, std::int32_t amount);

 private:
  template <class Narrow, class Wide>
  [[nodiscard]] CountLine line(const Narrow& narrow, const Wide& wide, std::size_t k) const {
    if (!narrow.empty()) return {narrow.data() + k * actors_, nullptr};
    return {nullptr, wide.data() + k * actors_};
  }

  std::size_t actors_ = 0;
  std::uint32_t highest_ = 0;
  LargeVector<std::uint16_t> narrow_rows_, narrow_columns_;
  LargeVector<std::uint32_t> wide_rows_, wide_columns_;
};

}  // namespace detente
