#include "memory/series_values.hpp"

#include <limits>

namespace detente {

SeriesBook::SeriesBook(const Record& record)
    : series_(&record.series),
      next_(record.series.size(), 0),
      current_(record.series.size(), std::numeric_limits<double>::quiet_NaN()) {}

bool SeriesBook::advance(Time now) {
  bool changed = false;
  for (SeriesId id = 0; id < next_.size(); ++id) {
    const std::vector<SeriesValue>& values = (*series_)[id].values;
    for (; next_[id] < values.size() && values[next_[id]].time <= now; ++next_[id]) {
      current_[id] = values[next_[id]].value;
      changed = true;
    }
  }
  return changed;
}

}  // namespace detente
