// The numbers of pairs at one time.  A sender's receivers that ever have a number stand in a row, in order, so that a
// number is found by one binary search in a short list.
#pragma once

#include <algorithm>
#include <limits>
#include <memory>
#include <span>
#include <string_view>
#include <vector>

#include "log/record.hpp"

namespace detente {

using PairAttributeId = std::uint32_t;

class PairBook {
 public:
  explicit PairBook(const Record& record);

  // Moves on to `now`; true when any number changed.
  bool advance(Time now);

  [[nodiscard]] std::size_t size() const { return current_.size(); }
  [[nodiscard]] double value(PairAttributeId id, Dyad dyad) const {  // NaN = unknown
    const Rows& rows = plan_->rows[id];
    const auto row = rows.receivers.begin();
    const auto end = row + rows.first[dyad.sender + 1];
    const auto found = std::lower_bound(row + rows.first[dyad.sender], end, dyad.receiver);
    if (found == end || *found != dyad.receiver) return std::numeric_limits<double>::quiet_NaN();
    return current_[id][static_cast<std::size_t>(found - row)];
  }
  // Calls body(Dyad) for every pair that ever has a number.
  template <class Body>
  void for_each_pair(PairAttributeId id, Body body) const {
    const Rows& rows = plan_->rows[id];
    for (ActorId i = 0; i + 1 < rows.first.size(); ++i)
      for (auto at = static_cast<std::size_t>(rows.first[i]); at < static_cast<std::size_t>(rows.first[i + 1]); ++at)
        body(Dyad{i, rows.receivers[at]});
  }
  [[nodiscard]] std::span<const double> values(PairAttributeId id) const { return current_[id]; }

 private:
  struct Rows {
    std::vector<std::int32_t> first;  // by sender: where its row begins; one more than there are actors
    std::vector<ActorId> receivers;
  };
  struct Change {
    Time time;
    PairAttributeId attribute;
    std::uint32_t place;  // in the receivers
    double value;
  };
  struct Plan {
    std::vector<Rows> rows;       // by attribute
    std::vector<Change> changes;  // in time order
  };
  [[nodiscard]] static Plan make_plan(const Record& record);

  std::shared_ptr<const Plan> plan_;          // by copies
  std::vector<std::vector<double>> current_;  // [attribute][place]
  std::size_t next_ = 0;                      // of the changes
};

}  // namespace detente
