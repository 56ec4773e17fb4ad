#include "hazard/clock.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <cmath>

#include <fmt/format.h>

#include "log/describe.hpp"

namespace detente {
namespace {

constexpr double ticks_in_the_shortest = 8;

bool names(std::string_view formula, std::string_view word) {
  const auto is_part = [](char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_'; };
  for (std::size_t at = formula.find(word); at != std::string_view::npos; at = formula.find(word, at + 1)) {
    const std::size_t end = at + word.size();
    if ((at == 0 || !is_part(formula[at - 1])) && (end == formula.size() || !is_part(formula[end]))) return true;
  }
  return false;
}

// Effects that are told no trace read the one that is called `all`.
bool is_read(const TraceText& trace, const ModelSpec& spec) {
  if (trace.name == "all") return true;
  return std::any_of(spec.hazards.begin(), spec.hazards.end(),
                     [&](const HazardText& hazard) { return names(hazard.formula.text, trace.name); }) ||
         std::any_of(spec.terms.begin(), spec.terms.end(),
                     [&](const NamedTerm& term) { return names(term.formula.text, trace.name); });
}

struct Shortest {
  double length = never;  // of all half-lives, windows and beginnings of intervals
  const TraceText* trace = nullptr;
};

Shortest shortest_memory(const ModelSpec& spec, const Record& record) {
  Shortest shortest;
  for (const TraceText& trace : spec.traces) {
    if (trace.fade == Fade::none || !is_read(trace, spec)) continue;
    double length = length_on(trace.span, spec, record, fmt::format("the trace '{}'", trace.name), trace.where);
    if (trace.from.amount > 0)
      length =
          std::min(length, length_on(trace.from, spec, record, fmt::format("the trace '{}'", trace.name), trace.where));
    if (length < shortest.length) shortest = {length, &trace};
  }
  return shortest;
}

// Does every event stand at the beginning of a day?
bool is_dated_to_days(const Record& record, double unit) {
  if (record.clock == Clock::calendar)
    return std::none_of(record.events.begin(), record.events.end(),
                        [](const Event& e) { return e.precision == Precision::instant; });
  return std::all_of(record.events.begin(), record.events.end(), [&](const Event& e) {
    const double days = e.time * unit;
    return std::abs(days - std::round(days)) <= time_tolerance(days);
  });
}

bool needs_ticks(const ModelSpec& spec) {
  const bool of_ties = std::any_of(spec.hazards.begin(), spec.hazards.end(),
                                   [](const HazardText& hazard) { return !is_of_events(hazard.kind); });
  return of_ties || spec.clock.simulated || !spec.layers.empty();
}

// As the model has it; or else a day, where a unit of the clock is known: for what needs ticks, and for events that are
// dated to days.
double named_tick(const ModelSpec& spec, const Record& record) {
  const double unit = unit_of(spec, record);
  if (!spec.tick) return !std::isnan(unit) && (needs_ticks(spec) || is_dated_to_days(record, unit)) ? 1 / unit : 0;
  if (spec.tick->amount == 0) return 0;
  return length_on(*spec.tick, spec, record, "the tick", spec.clock.tick_where);
}

// At most `longest`, and a part of `tick`: of a calendar's day hours, minutes and seconds that divide it.
double finer_tick(double tick, double longest, const Record& record) {
  if (record.clock == Clock::calendar) {
    constexpr std::array<double, 26> seconds{43200, 28800, 21600, 14400, 10800, 7200, 3600, 1800, 1200,
                                             900,   600,   300,   240,   180,   120,  60,   30,   20,
                                             15,    10,    6,     5,     4,     3,    2,    1};
    for (const double part : seconds)
      if (part / 86400 <= longest) return part / 86400;
  }
  return tick / std::ceil(tick / longest);
}

std::string memory_words(const TraceText& trace) {
  const char* kind = trace.fade == Fade::half_life ? "half-life" : trace.fade == Fade::window ? "window" : "interval";
  const Duration& length = trace.fade == Fade::interval && trace.from.amount > 0 ? trace.from : trace.span;
  return fmt::format("the {} of {} of the trace '{}'", kind, to_string(length), trace.name);
}

// The event at one end of the record, for a message.
std::string place_of(const Record& record, bool last) {
  if (record.events.empty()) return format_time(last ? time_span(record).last : time_span(record).first, record.clock);
  return describe_event(record, last ? record.events.size() - 1 : 0, "");
}

}  // namespace

double unit_of(const ModelSpec& spec, const Record& record) {
  if (record.clock == Clock::calendar) return 1;
  return std::isnan(record.unit_days) ? days_in(spec.clock.unit) : record.unit_days;
}

double length_on(const Duration& duration, const ModelSpec& spec, const Record& record, const std::string& what,
                 const Place& where) {
  const double unit = unit_of(spec, record);
  if (const std::optional<double> length = duration.on(unit)) return *length;
  const DurationAdvice advice = duration_advice(to_string(duration), unit);
  throw Error({.what = fmt::format("{} cannot be {} long on this record's clock", what, to_string(duration)),
               .where = where,
               .expected = advice.expected,
               .hint = advice.hint});
}

void set_clock(Record& record, const ModelSpec& spec) {
  const ClockText& clock = spec.clock;
  if (clock.unit != TimeUnit::own && record.clock == Clock::calendar)
    throw Error({.what = "the record is dated by the calendar, whose unit is the day",
                 .where = clock.unit_where,
                 .hint = "remove unit: it is for a record that counts time in plain numbers"});
  record.unit_days = unit_of(spec, record);
  if (clock.from_the_start.value_or(false))
    for (Actor& actor : record.actors)
      if (!actor.enters_declared) actor.enters = always;
  if (clock.observe_from.text.empty() || record.observed_from_is_given) return;
  const auto from = parse_time(clock.observe_from.text, record.clock);
  if (!from)
    throw Error({.what = fmt::format("cannot read the start of observation '{}'", printable(clock.observe_from.text)),
                 .where = clock.observe_from.where,
                 .expected = record.clock == Clock::calendar ? "a date such as 2025-01-22" : "a number"});
  record.observed_from = from->time;
}

Ticks ticks_of(const ModelSpec& spec, const Record& record) {
  const double tick = named_tick(spec, record);
  if (tick == 0) return {};
  const Shortest shortest = shortest_memory(spec, record);
  if (shortest.length >= tick) return {tick, record.clock};
  if (!needs_ticks(spec)) return {};
  return {finer_tick(tick, shortest.length / ticks_in_the_shortest, record), record.clock};
}

std::string clock_note(const ModelSpec& spec, const Record& record) {
  const double tick = named_tick(spec, record);
  const Shortest shortest = shortest_memory(spec, record);
  if (tick == 0 || shortest.length >= tick) return {};
  const double unit = unit_of(spec, record);
  const std::string why =
      fmt::format("{} is below the tick of {}", memory_words(*shortest.trace), describe_length(tick, unit));
  const Ticks ticks = ticks_of(spec, record);
  if (!ticks.any())
    return fmt::format("{}: the clock does not tick here, and what fades is exact at every moment", why);
  const Span span = time_span(record);
  const auto count = [&](double length) { return std::ceil((span.last - span.first) / length); };
  return fmt::format("{}: the tick is {} here, {:.0f} of them in the record for {:.0f}", why,
                     describe_length(ticks.length(), unit), count(ticks.length()), count(tick));
}

void check_record_ticks(const ModelSpec& spec, const Record& record, const Ticks& ticks, Time until) {
  const Span span = time_span(record);
  if (!ticks.any() || span.first > span.last) return;
  const Time first = std::min(span.first, observation_start(record));
  const Time last = until == never ? span.last : until;
  const double count = (last - first) / ticks.length();
  if (count <= most_ticks_of_record) return;
  const double unit = unit_of(spec, record);
  const bool asked = last > span.last;
  const double enough = (last - first) / most_ticks_of_record;
  throw Error(
      {.what = fmt::format("too many ticks of {} between the first time and the last",
                           describe_length(ticks.length(), unit)),
       .where = asked                                ? Place{.file = "--until"}
                : spec.clock.tick_where.file.empty() ? Place{.file = spec.path}
                                                     : spec.clock.tick_where,
       .got = fmt::format("{:.0f} ticks from {} to {}", count, place_of(record, false),
                          asked ? format_time(last, record.clock) : place_of(record, true)),
       .expected = fmt::format("at most {:.0f}", most_ticks_of_record),
       .hint = fmt::format("a tick of {} or more in [clock]; or is one of these times far from all others by mistake? "
                           "`detente check` says so",
                           describe_length(enough, unit))});
}

ModelSpec simulated(ModelSpec spec) {
  spec.clock.simulated = true;
  return spec;
}

std::string tick_hint(const ModelSpec& spec, const Record& record) {
  const Shortest shortest = shortest_memory(spec, record);
  if (shortest.length == never) return "[clock] tick = 1";
  return fmt::format("[clock] tick = {:.6g}, an eighth of the shortest time that a trace remembers",
                     shortest.length / ticks_in_the_shortest);
}

}  // namespace detente
