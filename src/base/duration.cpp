#include "base/duration.hpp"

#include <array>
#include <charconv>
#include <cmath>

#include <fmt/format.h>

#include "base/error.hpp"

namespace detente {
namespace {

constexpr double day_seconds = 86400;

struct NamedUnit {
  std::string_view suffix;
  TimeUnit unit;
  double seconds;  // whole, so that lengths round once
};

constexpr std::array<NamedUnit, 7> units{{{"s", TimeUnit::second, 1},
                                          {"min", TimeUnit::minute, 60},
                                          {"h", TimeUnit::hour, 3600},
                                          {"d", TimeUnit::day, day_seconds},
                                          {"w", TimeUnit::week, 7 * day_seconds},
                                          {"mo", TimeUnit::month, mean_month* day_seconds},
                                          {"y", TimeUnit::year, 365.25 * day_seconds}}};

double seconds_in(TimeUnit unit) {
  for (const NamedUnit& one : units)
    if (one.unit == unit) return one.seconds;
  return std::numeric_limits<double>::quiet_NaN();
}

struct Split {
  double amount;
  std::string_view suffix;
};

// The number at the front and what follows it.
std::optional<Split> split(std::string_view text) {
  double amount = 0;
  const auto [end, code] = std::from_chars(text.data(), text.data() + text.size(), amount);
  if (code != std::errc{} || !std::isfinite(amount)) return std::nullopt;
  return Split{amount, text.substr(static_cast<std::size_t>(end - text.data()))};
}

}  // namespace

std::optional<TimeUnit> time_unit_named(std::string_view suffix) {
  for (const NamedUnit& one : units)
    if (one.suffix == suffix) return one.unit;
  return std::nullopt;
}

std::string_view to_string(TimeUnit unit) {
  for (const NamedUnit& one : units)
    if (one.unit == unit) return one.suffix;
  return "";
}

double days_in(TimeUnit unit) { return seconds_in(unit) / day_seconds; }

std::optional<double> Duration::on(double unit_days) const {
  const double length = unit == TimeUnit::own ? amount : amount * seconds_in(unit) / (unit_days * day_seconds);
  return std::isfinite(length) && length > 0 ? std::optional(length) : std::nullopt;
}

std::string to_string(const Duration& duration) {
  return fmt::format("{}{}", duration.amount, to_string(duration.unit));
}

std::optional<Duration> parse_duration(std::string_view text) {
  const std::optional<Split> parts = split(text);
  if (!parts || !(parts->amount > 0)) return std::nullopt;
  if (parts->suffix.empty()) return Duration{parts->amount};
  const std::optional<TimeUnit> unit = time_unit_named(parts->suffix);
  if (!unit || !std::isfinite(parts->amount * seconds_in(*unit))) return std::nullopt;
  return Duration{parts->amount, *unit};
}

std::optional<double> duration_on(std::string_view text, double unit_days) {
  const std::optional<Duration> duration = parse_duration(text);
  return duration ? duration->on(unit_days) : std::nullopt;
}

DurationAdvice duration_advice(std::string_view text, double unit_days) {
  const std::string examples = std::isnan(unit_days) ? "a positive length in the record's own unit of time, such as 90"
                                                     : "a positive duration such as 90d, 12h, 5min, 6mo or 2y";
  const std::optional<Split> parts = split(text);
  if (parts && parts->suffix == "m")
    return {fmt::format("{0}min (minutes) or {0}mo (months)", parts->amount),
            "'m' alone is not read: it may mean either"};
  if (parts && parts->amount > 0 && time_unit_named(parts->suffix)) {
    if (!parse_duration(text)) return {examples, "it is longer than any number can say"};
    if (std::isnan(unit_days))
      return {examples,
              fmt::format("the record counts time in plain numbers; [clock] unit = \"s\" in the model says that one of "
                          "them is a second, and then {} can be read",
                          printable(text, 30))};
  }
  return {examples, ""};
}

std::string describe_length(double length, double unit_days) {
  if (std::isnan(unit_days)) return fmt::format("{:.6g}", length);
  const double days = length * unit_days;
  for (const TimeUnit unit : {TimeUnit::day, TimeUnit::hour, TimeUnit::minute})
    if (const double amount = days / days_in(unit); amount >= 1)
      return fmt::format("{:.6g}{}", amount, to_string(unit));
  return fmt::format("{:.6g}{}", days / days_in(TimeUnit::second), to_string(TimeUnit::second));
}

}  // namespace detente
