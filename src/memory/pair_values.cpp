#include "memory/pair_values.hpp"

namespace detente {

PairBook::Plan PairBook::make_plan(const Record& record) {
  Plan plan;
  for (const PairAttribute& attribute : record.pair_attributes) {
    const auto id = static_cast<PairAttributeId>(plan.rows.size());
    Rows& rows = plan.rows.emplace_back();
    rows.first.assign(record.actors.size() + 1, 0);
    const PairValue* before = nullptr;
    for (const PairValue& v : attribute.values) {
      if (before == nullptr || before->dyad != v.dyad) {
        rows.receivers.push_back(v.dyad.receiver);
        ++rows.first[v.dyad.sender + 1];
      }
      plan.changes.push_back({v.time, id, static_cast<std::uint32_t>(rows.receivers.size() - 1), v.value});
      before = &v;
    }
    for (std::size_t i = 1; i < rows.first.size(); ++i) rows.first[i] += rows.first[i - 1];
  }
  std::stable_sort(plan.changes.begin(), plan.changes.end(),
                   [](const Change& a, const Change& b) { return a.time < b.time; });
  return plan;
}

PairBook::PairBook(const Record& record) : plan_(std::make_shared<const Plan>(make_plan(record))) {
  for (const Rows& rows : plan_->rows)
    current_.emplace_back(rows.receivers.size(), std::numeric_limits<double>::quiet_NaN());
}

bool PairBook::advance(Time now) {
  const std::size_t start = next_;
  for (; next_ < plan_->changes.size() && plan_->changes[next_].time <= now; ++next_) {
    const Change& change = plan_->changes[next_];
    current_[change.attribute][change.place] = change.value;
  }
  return next_ != start;
}

}  // namespace detente
