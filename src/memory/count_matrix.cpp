#include "memory/count_matrix.hpp"

#include <algorithm>

namespace detente {

CountMatrix::CountMatrix(std::size_t actors, bool wide) : actors_(actors) {
  const std::size_t cells = actors * actors;
  if (wide) {
    wide_rows_.assign(cells, 0);
    wide_columns_.assign(cells, 0);
  } else {
    narrow_rows_.assign(cells, 0);
    narrow_columns_.assign(cells, 0);
  }
}

std::size_t CountMatrix::bytes() const {
  return 2 * (narrow_rows_.size() * sizeof(std::uint16_t) + wide_rows_.size() * sizeof(std::uint32_t));
}

void CountMatrix::add(ActorId i, ActorId j, std::int32_t amount) {
  const std::size_t in_row = i * actors_ + j;
  const std::size_t in_column = j * actors_ + i;
  const std::uint32_t count = at(i, j) + static_cast<std::uint32_t>(amount);
  highest_ = std::max(highest_, count);
  if (narrow_rows_.empty()) {
    wide_rows_[in_row] = wide_columns_[in_column] = count;
  } else {
    narrow_rows_[in_row] = narrow_columns_[in_column] = static_cast<std::uint16_t>(count);
  }
}

}  // namespace detente
