#include "io/record_draft.hpp"

#include <array>
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

namespace {

std::optional<double> number_in(std::string_view text) { return read_number(text); }

// "1/3/2017", "20.2.2016 10:30", "1-3-2017": three numbers and perhaps a time of day, in the order told.
std::optional<ParsedTime> read_slashed(std::string_view text, bool day_first) {
  std::array<unsigned, 3> numbers{};
  std::size_t at = 0;
  for (std::size_t k = 0; k < 3; ++k) {
    const auto [end, code] = std::from_chars(text.data() + at, text.data() + text.size(), numbers[k]);
    const std::size_t stop = static_cast<std::size_t>(end - text.data());
    if (code != std::errc{} ||
        (k < 2 && (stop >= text.size() || std::string_view("/.-").find(text[stop]) == std::string_view::npos)))
      return std::nullopt;
    at = k < 2 ? stop + 1 : stop;
  }
  const unsigned day = day_first ? numbers[0] : numbers[1];
  const unsigned month = day_first ? numbers[1] : numbers[0];
  if (numbers[2] < 1000 || numbers[2] > 9999) return std::nullopt;
  std::string rest(text.substr(at));
  if (rest.size() == 5 && rest[2] == ':') rest.insert(0, " 0");  // " 9:30"
  return parse_time(fmt::format("{:04}-{:02}-{:02}{}", numbers[2], month, day, rest), Clock::calendar);
}

std::optional<ParsedTime> instant_of(double seconds) {
  const double days = seconds / 86400;
  if (!std::isfinite(days) || std::abs(days) > 4e6) return std::nullopt;
  return ParsedTime{days, days == std::floor(days) ? Precision::day : Precision::instant};
}

std::optional<ParsedTime> read_in_order(DateOrder order, std::string_view text) {
  switch (order) {
    case DateOrder::as_written: return parse_time(text, Clock::calendar);
    case DateOrder::day_first: return read_slashed(text, true);
    case DateOrder::month_first: return read_slashed(text, false);
    case DateOrder::yyyymmdd:
      if (text.size() != 8) return std::nullopt;
      return parse_time(fmt::format("{}-{}-{}", text.substr(0, 4), text.substr(4, 2), text.substr(6, 2)),
                        Clock::calendar);
    case DateOrder::year:
      if (text.size() != 4) return std::nullopt;
      return parse_time(fmt::format("{}-12-31", text), Clock::calendar);
    default: break;
  }
  const std::optional<double> number = number_in(text);
  if (!number) return std::nullopt;
  switch (order) {
    case DateOrder::unix: return instant_of(*number);
    case DateOrder::unix_ms: return instant_of(*number / 1e3);
    case DateOrder::unix_ns: return instant_of(std::round(*number / 1e3) / 1e6);
    default: return instant_of(std::round((*number - 25569) * 86400));  // a spreadsheet's day 25569 is 1970-01-01
  }
}

}  // namespace

std::optional<ParsedTime> read_time(RecordDraft& draft, std::string_view text) {
  if (draft.dates != DateOrder::as_written) {
    draft.record.clock = Clock::calendar;
    const std::optional<ParsedTime> told = read_in_order(draft.dates, text);
    return told ? told : parse_time(text, Clock::calendar);
  }
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
  if (draft.dates == DateOrder::as_written && (read_slashed(text, true) || read_slashed(text, false))) {
    const bool both = read_slashed(text, true) && read_slashed(text, false);
    problem.hint = both                       ? "--dates day-first or --dates month-first says which number is the day"
                   : read_slashed(text, true) ? "--dates day-first reads it"
                                              : "--dates month-first reads it";
  }
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

std::optional<double> read_number(std::string_view text, bool decimal_comma) {
  if (text.starts_with('+')) text.remove_prefix(1);
  if (const std::size_t comma = text.find(','); decimal_comma && comma != std::string_view::npos) {
    std::string pointed(text);
    if (pointed.find('.') != std::string::npos) return std::nullopt;
    pointed[comma] = '.';
    return read_number(pointed);
  }
  double value = 0;
  const auto [end, code] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (code != std::errc{} || end != text.data() + text.size() || !std::isfinite(value)) return std::nullopt;
  return value;
}

}  // namespace detente
