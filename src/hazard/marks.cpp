#include "hazard/marks.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "hazard/vocabulary.hpp"

namespace detente {

void bind_marks(Hazard& hazard, const Record& record) {
  const HazardText& text = hazard.text;
  const auto refuse = [&](const std::string& what, const std::string& hint) {
    throw Error({.what = fmt::format("{}, in the hazard '{}'", what, hazard.name), .where = text.where, .hint = hint});
  };
  if (text.kind != HazardKind::tie) refuse("marks are for kind tie", "leave marks out, or kind = \"tie\"");
  if (text.sampling.controls > 0) refuse("sampled controls and marks do not go together", "leave controls out");
  if (text.marks.size() < 2) refuse("one mark alone", R"(two or more, such as marks = ["cooperation", "conflict"])");
  hazard.makes_events.assign(record.types.size(), false);
  for (const MarkText& mark : text.marks) {
    Mark bound{.name = mark.name, .makes_events = match_types(mark.events, record, text.where)};
    for (std::size_t type = 0; type < record.types.size(); ++type) {
      if (!bound.makes_events[type]) continue;
      if (hazard.makes_events[type])
        refuse(fmt::format("events of type '{}' have two marks: '{}' and '{}'", record.types[type].code,
                           hazard.marks[hazard.mark_of(static_cast<TypeId>(type))].name, mark.name),
               "marks have no events in common");
      hazard.makes_events[type] = true;
    }
    hazard.marks.push_back(std::move(bound));
  }
}

std::size_t Hazard::mark_of(TypeId type) const {
  for (std::size_t m = 0; m < marks.size(); ++m)
    if (marks[m].makes_events[type]) return m;
  return 0;
}

Hazard of_mark(const Hazard& hazard, std::size_t mark) {
  Hazard one = hazard;
  one.text.marks.clear();
  one.makes_events = hazard.marks[mark].makes_events;
  one.marks.clear();
  one.by_mark.clear();
  return one;
}

MarkPlaces::MarkPlaces(const Hazard& hazard) {
  const bool exact = hazard.text.timing == Timing::exact;
  const std::size_t marks = std::max<std::size_t>(1, hazard.marks.size());
  places_.assign(marks, {});
  const auto name = [&](std::size_t mark, const std::string& of) {
    return hazard.marks.empty() ? of : fmt::format("{} [{}]", of, hazard.marks[mark].name);
  };
  const auto add_separate = [&](const std::string& of, std::size_t first) {
    for (std::size_t mark = 0; mark < marks; ++mark) {
      places_[mark].push_back(mark < first ? none : names_.size());
      if (mark >= first) names_.push_back(name(mark, of));
    }
  };
  add_separate("baseline", exact ? 0 : 1);
  for (std::size_t p = 0; p < hazard.terms.size(); ++p) {
    if (!hazard.marks.empty() && hazard.by_mark[p]) {
      add_separate(hazard.terms[p].name(), 0);
      continue;
    }
    for (std::vector<std::size_t>& places : places_) places.push_back(names_.size());
    names_.push_back(hazard.terms[p].name());
  }
  const Eigen::Index before = exact ? 0 : 1;  // the 1
  rows_ = before + static_cast<Eigen::Index>(names_.size());
  for (const std::vector<std::size_t>& places : places_) {
    std::vector<Entry>& entries = entries_.emplace_back();
    if (!exact) entries.push_back({0, 0});
    for (std::size_t p = 0; p < places.size(); ++p)
      if (places[p] != none)
        entries.push_back({before + static_cast<Eigen::Index>(places[p]), static_cast<Eigen::Index>(p)});
  }
}

double MarkPlaces::baseline(std::size_t mark, const Eigen::VectorXd& coefficients) const {
  const std::size_t place = places_[mark].front();
  return place == none ? 0 : coefficients(static_cast<Eigen::Index>(place));
}

std::vector<double> MarkPlaces::effects(std::size_t mark, const Eigen::VectorXd& coefficients) const {
  std::vector<double> effects;
  for (std::size_t p = 1; p < places_[mark].size(); ++p)
    effects.push_back(coefficients(static_cast<Eigen::Index>(places_[mark][p])));
  return effects;
}

void MarkPlaces::spread(std::size_t mark, const Eigen::VectorXd& z, Eigen::VectorXd& row) const {
  row.setZero(rows_);
  for (const Entry& entry : entries_[mark]) row(entry.row) = z(entry.of);
}

void MarkPlaces::add(std::size_t mark, const Eigen::MatrixXd& moments, double weight, Eigen::MatrixXd& sum) const {
  for (const Entry& a : entries_[mark])
    for (const Entry& b : entries_[mark]) sum(b.row, a.row) += weight * moments(b.of, a.of);
}

}  // namespace detente
