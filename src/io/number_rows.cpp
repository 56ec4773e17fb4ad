#include "io/number_rows.hpp"

#include <fmt/format.h>

namespace detente {

std::size_t PairRows::Hash::operator()(const Key& key) const {
  std::uint64_t hash = (std::uint64_t{key.dyad.sender} << 32) | key.dyad.receiver;
  hash = (hash ^ key.attribute) * 0x9E3779B97F4A7C15U;
  return (hash ^ (hash >> 29) ^ std::hash<Time>{}(key.time)) * 0xBF58476D1CE4E5B9U;
}

std::uint32_t PairRows::attribute_of(std::string_view name) {
  if (const auto known = names_.find(name)) return *known;
  const auto id = static_cast<std::uint32_t>(record().pair_attributes.size());
  names_.add(name, id);
  record().pair_attributes.push_back({std::string(name), {}});
  return id;
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
  const std::optional<double> value = read_number(cell(PairColumn::value));
  if (!value) return refuse_number(name_of(PairColumn::value), cell(PairColumn::value));
  Time time = always;
  if (const std::string_view date = cell(PairColumn::time); !date.empty()) {
    const auto moment = time_in(name_of(PairColumn::time), date);
    if (!moment) return false;
    time = moment->time;
  }
  const Key key{attribute_of(name), {*from, *to}, time};
  if (const auto [known, is_new] = lines_.try_emplace(key, line()); !is_new)
    return refuse("duplicate-pair",
                  {.what = fmt::format("'{}' from '{}' to '{}' is there twice{}", printable(name), printable(sender),
                                       printable(receiver), time == always ? "" : " at one time"),
                   .expected = "one number of a pair at a time",
                   .hint = fmt::format("the first is in line {}", known->second)});
  record().pair_attributes[key.attribute].values.push_back({key.dyad, time, *value});
  return true;
}

void PairRows::end() {
  for (PairAttribute& attribute : record().pair_attributes) sort_values(attribute);
}

}  // namespace detente
