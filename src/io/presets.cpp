#include "io/presets.hpp"

#include <algorithm>
#include <array>

#include <fmt/ranges.h>

#include "base/error.hpp"
#include "io/layouts.hpp"

namespace detente {
namespace {

constexpr bool required = true;

// In the order of EventColumn.
std::vector<ColumnSpec> event_columns(ColumnSpec date, ColumnSpec source, ColumnSpec target, ColumnSpec type,
                                      ColumnSpec intensity) {
  return {std::move(date),   {{"precision"}}, {{"time_order"}},     std::move(source),
          std::move(target), std::move(type), std::move(intensity), {{"sphere"}},
          {{"description"}}, {{"reference"}}, {{"verified"}}};
}

const std::array<Preset, 7>& presets() {
  static const std::array<Preset, 7> all{
      Preset{.name = "detente",
             .events = event_columns({{"date", "time", "timestamp", "datetime", "when"}, required},
                                     {{"source", "sender", "from"}, required}, {{"target", "receiver", "to"}, required},
                                     {{"type"}}, {{"intensity", "weight"}})},
      // Quadruples of temporal knowledge graphs, as in the ICEWS14 benchmark; a fifth cell, often -1, is not read.
      Preset{.name = "tkg",
             .clock = Clock::number,
             .delimiter = '\t',
             .quoted = false,
             .columns = {"subject", "relation", "object", "time", "extra"},
             .events = event_columns({{"time"}, required}, {{"subject"}, required}, {{"object"}, required},
                                     {{"relation"}, required}, {{"intensity"}})},
      // Event lists of the R packages remify and remstats.
      Preset{.name = "remify",
             .clock = Clock::number,
             .observed_from = 0,
             .always_present = true,
             .events = event_columns({{"time"}, required}, {{"sender", "actor1"}, required},
                                     {{"receiver", "actor2"}, required}, {{"type"}}, {{"weight", "intensity"}})},
      icews_preset(), gdelt_preset(), polecat_preset(),
      // Data frames of the R package goldfish, written by write.csv.
      Preset{.name = "goldfish",
             .always_present = true,
             .events = event_columns({{"time"}, required}, {{"sender"}, required}, {{"receiver"}, required}, {{"type"}},
                                     {{"increment"}})}};
  return all;
}

std::span<const ColumnSpec> own_columns(Table table) {
  static const std::vector<ColumnSpec> actors{{{"id"}, required}, {{"name"}},   {{"kind"}},
                                              {{"enters"}},       {{"leaves"}}, {{"note"}}};
  static const std::vector<ColumnSpec> ties{{{"id"}},
                                            {{"a", "source", "sender"}, required},
                                            {{"b", "target", "receiver"}, required},
                                            {{"kind"}},
                                            {{"start"}, required},
                                            {{"end"}},
                                            {{"ending"}},
                                            {{"how_it_ended"}},
                                            {{"reference"}}};
  static const std::vector<ColumnSpec> types{
      {{"code"}, required}, {{"label"}}, {{"quad_class", "quad"}}, {{"default_intensity"}}};
  static const std::vector<ColumnSpec> attributes{
      {{"actor"}, required}, {{"date", "time"}}, {{"attribute"}, required}, {{"value"}, required}};
  static const std::vector<ColumnSpec> pairs{{{"sender", "source", "a"}, required},
                                             {{"receiver", "target", "b"}, required},
                                             {{"time", "date"}},
                                             {{"attribute"}, required},
                                             {{"value"}, required}};
  static const std::vector<ColumnSpec> series{
      {{"series"}, required}, {{"time", "date"}, required}, {{"value"}, required}};
  switch (table) {
    case Table::actors: return actors;
    case Table::ties: return ties;
    case Table::types: return types;
    case Table::pairs: return pairs;
    case Table::series: return series;
    default: return attributes;
  }
}

}  // namespace

std::optional<std::size_t> column_named(std::string_view name, std::span<const std::string> columns) {
  const auto plain = [](std::string_view text) {
    const std::size_t begin = std::min(text.find_first_not_of(" \t"), text.size());
    std::string out(text.substr(begin, text.find_last_not_of(" \t") + 1 - begin));
    for (char& c : out) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    return out;
  };
  if (name.empty()) return std::nullopt;
  if (const auto exact = std::find(columns.begin(), columns.end(), name); exact != columns.end())
    return static_cast<std::size_t>(exact - columns.begin());
  for (std::size_t c = 0; c < columns.size(); ++c)
    if (plain(columns[c]) == plain(name)) return c;
  return std::nullopt;
}

std::string_view to_string(Table table) {
  constexpr std::array<std::string_view, 7> names{"types", "actors", "events", "ties", "attributes", "pairs", "series"};
  return names[static_cast<std::size_t>(table)];
}

std::vector<std::string> preset_names() {
  std::vector<std::string> names;
  for (const Preset& preset : presets()) names.push_back(preset.name);
  return names;
}

const Preset& preset_named(std::string_view name) {
  const auto found =
      std::find_if(presets().begin(), presets().end(), [&](const Preset& preset) { return preset.name == name; });
  if (found != presets().end()) return *found;
  const std::vector<std::string> names = preset_names();
  throw Error({.what = fmt::format("unknown preset '{}'", printable(name)),
               .expected = fmt::format("one of {}", fmt::join(names, ", ")),
               .hint = hint_for(name, names)});
}

std::string preset_with_columns(std::span<const std::string> columns) {
  const auto is_there = [&](const std::string& name) { return column_named(name, columns).has_value(); };
  const auto fits = [&](const Preset& preset) {
    return std::ranges::all_of(
        preset.events, [&](const ColumnSpec& c) { return !c.required || std::ranges::any_of(c.names, is_there); });
  };
  const auto found = std::ranges::find_if(presets(), fits);
  return found == presets().end() ? std::string{} : found->name;
}

std::span<const ColumnSpec> columns_of(Table table, const Preset& preset) {
  return table == Table::events ? std::span<const ColumnSpec>(preset.events) : own_columns(table);
}

}  // namespace detente
