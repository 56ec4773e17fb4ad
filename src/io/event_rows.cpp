#include "io/event_rows.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <limits>

#include <fmt/format.h>

namespace detente {
namespace {

constexpr std::size_t most_types = std::numeric_limits<TypeId>::max();
constexpr std::string_view only_type = "event";  // of records whose events have no type

std::optional<QuadClass> quad_class_named(std::string_view text) {
  if (text.empty()) return QuadClass::none;
  for (const QuadClass q : {QuadClass::verbal_cooperation, QuadClass::material_cooperation, QuadClass::verbal_conflict,
                            QuadClass::material_conflict, QuadClass::none})
    if (text == to_string(q)) return q;
  return std::nullopt;
}

// The precision that the record's own column states; empty text leaves it to the date.
std::optional<Precision> precision_named(std::string_view text, Precision otherwise) {
  if (text.empty()) return otherwise;
  if (text == "day") return otherwise == Precision::month ? Precision::month : Precision::day;
  if (text == "month") return Precision::month;
  if (text == "instant" || text == "time") return otherwise;
  if (text == "number" && otherwise == Precision::number) return Precision::number;
  return std::nullopt;
}

Time end_of_month(Time time) {
  const CivilDate date = civil_from_days(static_cast<std::int64_t>(std::floor(time)));
  const bool december = date.month == 12;
  return static_cast<Time>(days_from_civil(date.year + (december ? 1 : 0), december ? 1 : date.month + 1, 1) - 1);
}

}  // namespace

bool TypeRows::add() {
  const std::string_view code = cell(TypeColumn::code);
  if (code.empty()) return refuse_empty(name_of(TypeColumn::code));
  if (draft().types.find(code))
    return refuse("duplicate-type", {.what = fmt::format("the type '{}' is there twice", printable(code))});
  const std::string_view quad_text = cell(TypeColumn::quad_class);
  const auto quad = quad_class_named(quad_text);
  if (!quad)
    return refuse("unknown-quad-class",
                  {.what = fmt::format("unknown quad class '{}'", printable(quad_text)),
                   .got = fmt::format("'{}'", printable(quad_text)),
                   .expected = "verbal-cooperation, material-cooperation, verbal-conflict, material-conflict or none"});
  const std::string_view intensity_text = cell(TypeColumn::default_intensity);
  const auto intensity = intensity_text.empty() ? std::optional(1.0) : read_number(intensity_text);
  if (!intensity) return refuse_number(name_of(TypeColumn::default_intensity), intensity_text);
  if (record().types.size() >= most_types)
    throw Error({.what = "too many types", .where = {.file = file(), .line = line()}});
  draft().types.add(code, static_cast<std::uint32_t>(record().types.size()));
  const std::string_view label = cell(TypeColumn::label);
  record().types.push_back({std::string(code), std::string(label.empty() ? code : label), *quad, *intensity});
  return true;
}

void EventRows::begin() {
  with_text_ = has(EventColumn::sphere) || has(EventColumn::description) || has(EventColumn::reference) ||
               has(EventColumn::verified);
}

bool EventRows::add() {
  Event event{};
  EventText text;
  const std::string_view source = cell(EventColumn::source);
  const std::string_view target = cell(EventColumn::target);
  event.line = line();
  if (!read_when(event) || !accept_actor(name_of(EventColumn::source), source) ||
      !accept_actor(name_of(EventColumn::target), target) || !accept_type() || !read_intensity(event) ||
      !read_text(text))
    return false;
  if (source == target) {
    find(Level::warning, "self-loop",
         {.what = fmt::format("'{}' acts on itself: the row is set aside", printable(source)),
          .expected = "a source and a target that differ"});
    return false;
  }
  event.sender = actor_of(source);
  event.receiver = actor_of(target);
  event.type = type_of();
  if (cell(EventColumn::intensity).empty())
    event.intensity = static_cast<float>(record().types[event.type].default_intensity);
  record().events.push_back(event);
  if (with_text_) record().texts.push_back(std::move(text));
  return true;
}

bool EventRows::read_when(Event& event) {
  const auto moment = time_in(name_of(EventColumn::date), cell(EventColumn::date));
  if (!moment) return false;
  const std::string_view precision_text = cell(EventColumn::precision);
  const auto precision = precision_named(precision_text, moment->precision);
  if (!precision || (*precision == Precision::month && record().clock == Clock::number))
    return refuse(
        "unknown-precision",
        {.what = fmt::format("unknown precision '{}'", printable(precision_text)),
         .got = fmt::format("'{}'", printable(precision_text)),
         .expected = record().clock == Clock::number ? "number, or nothing" : "day, month, instant or nothing"});
  event.precision = *precision;
  event.time = *precision == Precision::month ? end_of_month(moment->time) : moment->time;
  const std::string_view order = cell(EventColumn::order);
  if (order.empty()) return true;
  const auto [end, code] = std::from_chars(order.data(), order.data() + order.size(), event.order);
  if (code != std::errc{} || end != order.data() + order.size())
    return refuse_number(name_of(EventColumn::order), order);
  return true;
}

std::string_view EventRows::type_code() const { return has(EventColumn::type) ? cell(EventColumn::type) : only_type; }

bool EventRows::accept_type() {
  const std::string_view code = type_code();
  if (code.empty()) return refuse_empty(name_of(EventColumn::type));
  if (!record().closed_types || draft().types.find(code)) return true;
  return refuse("unknown-type",
                {.what = fmt::format("unknown type '{}' in column '{}'", printable(code), name_of(EventColumn::type)),
                 .got = fmt::format("'{}'", printable(code)),
                 .expected = "a type that the record declares",
                 .hint = type_hint(draft(), code)});
}

TypeId EventRows::type_of() {
  const std::string_view code = type_code();
  if (const auto known = draft().types.find(code)) return static_cast<TypeId>(*known);
  const std::size_t type = record().types.size();
  if (type >= most_types)
    throw Error({.what = fmt::format("more than {} types", most_types),
                 .where = {.file = file(), .line = line()},
                 .hint = fmt::format("is '{}' the column of types?", name_of(EventColumn::type))});
  draft().types.add(code, static_cast<std::uint32_t>(type));
  record().types.push_back({std::string(code), std::string(code)});
  return static_cast<TypeId>(type);
}

bool EventRows::read_intensity(Event& event) {
  const std::string_view text = cell(EventColumn::intensity);
  if (text.empty()) return true;
  const auto intensity = read_number(text);
  const bool finite = intensity && std::isfinite(static_cast<float>(*intensity));
  if (!finite) return refuse_number(name_of(EventColumn::intensity), text);
  event.intensity = static_cast<float>(*intensity);
  return true;
}

bool EventRows::read_text(EventText& text) {
  if (!with_text_) return true;
  text.description = cell(EventColumn::description);
  text.reference = cell(EventColumn::reference);
  text.sphere = cell(EventColumn::sphere);
  const std::string_view verified = cell(EventColumn::verified);
  text.verified = verified.empty() || verified == "yes" || verified == "true" || verified == "1";
  if (text.verified || verified == "no" || verified == "false" || verified == "0") return true;
  return refuse("bad-verified", {.what = fmt::format("unreadable cell in column '{}'", name_of(EventColumn::verified)),
                                 .got = fmt::format("'{}'", printable(verified)),
                                 .expected = "yes or no"});
}

void EventRows::end() {
  if (record().closed_types || record().types.empty()) return;
  draft().findings.add(
      Level::note, "no-types",
      {.what = fmt::format("the record declares no types: {} taken from its events, neither cooperation nor conflict",
                           record().types.size()),
       .where = {.file = file()},
       .hint = "add types.csv with the columns code, label, quad_class and default_intensity"});
}

void ClockProbe::header(std::span<const std::string> names, std::size_t) {
  for (const std::string& name : names_) {
    const auto found = std::find(names.begin(), names.end(), name);
    if (found == names.end()) continue;
    place_ = static_cast<std::size_t>(found - names.begin());
    break;
  }
}

bool ClockProbe::row(std::span<const std::string_view> cells, std::size_t) {
  return place_ && !read_time(draft_, cells[*place_]);
}

}  // namespace detente
