// The numbers of the times at one time, one for each series of the record.
#pragma once

#include <span>
#include <vector>

#include "log/record.hpp"

namespace detente {

using SeriesId = std::uint32_t;

class SeriesBook {
 public:
  explicit SeriesBook(const Record& record);  // which must outlive it

  // Moves on to `now`; true when any number changed.
  bool advance(Time now);

  [[nodiscard]] double value(SeriesId id) const { return current_[id]; }  // NaN = unknown
  [[nodiscard]] std::span<const double> values() const { return current_; }

 private:
  const std::vector<Series>* series_;
  std::vector<std::size_t> next_;  // of each series: the first value that is not in force yet
  std::vector<double> current_;
};

}  // namespace detente
