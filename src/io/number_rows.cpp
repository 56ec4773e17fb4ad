#include "io/number_rows.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace detente {
namespace {

// The place of a name in a list that takes in new ones.
template <class Named>
std::uint32_t place_of(std::string_view name, NameIndex& names, std::vector<Named>& list) {
  if (const auto known = names.find(name)) return *known;
  const auto id = static_cast<std::uint32_t>(list.size());
  names.add(name, id);
  list.push_back({std::string(name), {}});
  return id;
}

}  // namespace

std::size_t PairRows::Hash::operator()(const Key& key) const {
  std::uint64_t hash = (std::uint64_t{key.dyad.sender} << 32) | key.dyad.receiver;
  hash = (hash ^ key.attribute) * 0x9E3779B97F4A7C15U;
  return (hash ^ (hash >> 29) ^ std::hash<Time>{}(key.time)) * 0xBF58476D1CE4E5B9U;
}

bool PairRows::add() {
  const std::string_view sender = cell(PairColumn::sender);
  const std::string_view receiver = cell(PairColumn::receiver);
  const auto from = draft().actors.find(sender);
  if (!from) return refuse_unknown_actor(name_of(PairColumn::sender), sender);
  const auto to = draft().actors.find(receiver);
  if (!to) return refuse_unknown_actor(name_of(PairColumn::receiver), receiver);
  if (*from == *to)
    return refuse("self-pair", {.what = fmt::format("a number of '{}' with itself", printable(sender)),
                                .expected = "two actors that differ"});
  const std::string_view name = cell(PairColumn::attribute);
  if (name.empty()) return refuse_empty(name_of(PairColumn::attribute));
  const std::optional<double> value = number_in(cell(PairColumn::value));
  if (!value) return refuse_number(name_of(PairColumn::value), cell(PairColumn::value));
  const std::optional<Time> time = time_or_always(name_of(PairColumn::time), cell(PairColumn::time));
  if (!time) return false;
  const Key key{place_of(name, names_, record().pair_attributes), {*from, *to}, *time};
  if (const auto [known, is_new] = lines_.try_emplace(key, line()); !is_new)
    return refuse("duplicate-pair",
                  {.what = fmt::format("'{}' from '{}' to '{}' is there twice{}", printable(name), printable(sender),
                                       printable(receiver), *time == always ? "" : " at one time"),
                   .expected = "one number of a pair at a time",
                   .hint = fmt::format("the first is in line {}", known->second)});
  record().pair_attributes[key.attribute].values.push_back({key.dyad, *time, *value});
  return true;
}

void PairRows::end() {
  for (PairAttribute& attribute : record().pair_attributes) sort_values(attribute);
}

bool SeriesRows::add() {
  const std::string_view name = cell(SeriesColumn::series);
  if (name.empty()) return refuse_empty(name_of(SeriesColumn::series));
  const std::optional<double> value = number_in(cell(SeriesColumn::value));
  if (!value) return refuse_number(name_of(SeriesColumn::value), cell(SeriesColumn::value));
  const std::optional<Time> time = time_or_always(name_of(SeriesColumn::time), cell(SeriesColumn::time));
  if (!time) return false;
  const std::uint32_t id = place_of(name, names_, record().series);
  if (const auto [known, is_new] = lines_.try_emplace({id, *time}, line()); !is_new)
    return refuse("duplicate-value", {.what = fmt::format("'{}' has two numbers at one time", printable(name)),
                                      .expected = "one number of a series at a time",
                                      .hint = fmt::format("the first is in line {}", known->second)});
  record().series[id].values.push_back({*time, *value});
  return true;
}

void SeriesRows::end() {
  for (Series& series : record().series)
    std::stable_sort(series.values.begin(), series.values.end(),
                     [](const SeriesValue& a, const SeriesValue& b) { return a.time < b.time; });
}

}  // namespace detente
