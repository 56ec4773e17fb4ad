#include "io/record_draft.hpp"

#include <charconv>
#include <cmath>
#include <vector>

#include <fmt/format.h>

namespace detente {
namespace {

constexpr std::size_t most_hints = 500;  // searching for a similar name is slow where thousands are unknown

template <class Range, class Name>
std::string hint_for(RecordDraft& draft, std::string_view noun, std::string_view word, const Range& range, Name name) {
  const std::string key = fmt::format("{} {}", noun, word);
  if (const auto known = draft.hints.find(key); known != draft.hints.end()) return known->second;
  if (draft.hints.size() >= most_hints) return {};
  std::vector<std::string> names;
  for (const auto& item : range) names.push_back(name(item));
  const std::string near = closest(word, names);
  std::string hint = near.empty() ? "" : fmt::format("a similar {} exists: '{}'", noun, printable(near));
  draft.hints.emplace(key, hint);
  return hint;
}

}  // namespace

std::optional<ParsedTime> read_time(RecordDraft& draft, std::string_view text) {
  if (!draft.clock) {
    draft.clock = guess_clock(text);
    if (!draft.clock) return std::nullopt;
    draft.record.clock = *draft.clock;
  }
  return parse_time(text, *draft.clock);
}

Problem bad_date(const RecordDraft& draft, std::string_view column, std::string_view text) {
  const bool mixed = draft.clock && guess_clock(text);
  const bool calendar = !draft.clock || *draft.clock == Clock::calendar;
  Problem problem{
      .what = fmt::format("unreadable date in column '{}'", column),
      .got = text.empty() ? "an empty cell" : fmt::format("'{}'", printable(text)),
      .expected = calendar ? "a date such as 2025-01-22, 2025-01 or 2025-01-22T10:30:00Z" : "a finite number"};
  if (mixed) {
    problem.what = fmt::format("a {} in column '{}' of a record of {}", calendar ? "number" : "calendar date", column,
                               calendar ? "calendar dates" : "plain numbers");
    problem.hint = "one record has one clock: that of its first event";
  }
  return problem;
}

Time earliest(const ParsedTime& moment) {
  if (moment.precision != Precision::month) return moment.time;
  const CivilDate last = civil_from_days(static_cast<std::int64_t>(moment.time));
  return static_cast<Time>(days_from_civil(last.year, last.month, 1));
}

ActorId add_actor(RecordDraft& draft, std::string_view id, std::uint32_t line) {
  const auto actor = static_cast<ActorId>(draft.record.actors.size());
  draft.actors.add(id, actor);
  Actor mentioned;
  mentioned.id = mentioned.name = id;
  mentioned.line = line;
  draft.record.actors.push_back(std::move(mentioned));
  return actor;
}

std::string actor_hint(RecordDraft& draft, std::string_view name) {
  return hint_for(draft, "actor", name, draft.record.actors, [](const Actor& actor) { return actor.id; });
}

std::string type_hint(RecordDraft& draft, std::string_view name) {
  return hint_for(draft, "type", name, draft.record.types, [](const EventType& type) { return type.code; });
}

std::optional<double> read_number(std::string_view text) {
  if (text.starts_with('+')) text.remove_prefix(1);
  double value = 0;
  const auto [end, code] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (code != std::errc{} || end != text.data() + text.size() || !std::isfinite(value)) return std::nullopt;
  return value;
}

}  // namespace detente
