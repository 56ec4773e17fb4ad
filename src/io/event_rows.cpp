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

std::string_view trimmed(std::string_view text) {
  text.remove_prefix(std::min(text.find_first_not_of(' '), text.size()));
  return text.substr(0, text.find_last_not_of(' ') + 1);
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
  const auto intensity = intensity_text.empty() ? std::optional(1.0) : number_in(intensity_text);
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
  event.line = line();
  return read_when(event) && read_actors(EventColumn::source, sources_) && read_actors(EventColumn::target, targets_) &&
         accept_type() && read_intensity(event) && read_text(text) && add_events(event, text);
}

bool EventRows::add_events(const Event& event, const EventText& text) {
  bool added = false;
  for (const std::string_view source : sources_)
    for (const std::string_view target : targets_) {
      if (source == target) continue;
      Event one = event;
      one.sender = actor_of(source);
      one.receiver = actor_of(target);
      one.type = type_of();
      if (value(EventColumn::intensity).empty())
        one.intensity = static_cast<float>(record().types[one.type].default_intensity);
      record().events.push_back(one);
      if (with_text_) record().texts.push_back(text);
      added = true;
    }
  if (!added) return refuse_loop(sources_.front());
  if (sources_.size() + targets_.size() > 2)
    tally(Level::note, "several-actors",
          {.what = "the row names several actors on a side: it is read as one event for each two of them"});
  return true;
}

bool EventRows::refuse_loop(std::string_view actor) {
  if (preset().coded)
    return set_aside_and_tally("self-loop", {.what = "an actor acts on itself: the row is set aside",
                                             .got = fmt::format("'{}'", printable(actor)),
                                             .expected = "a source and a target that differ"});
  return set_aside("self-loop", {.what = fmt::format("'{}' acts on itself: the row is set aside", printable(actor)),
                                 .expected = "a source and a target that differ"});
}

std::string_view EventRows::value(EventColumn column) const {
  const std::string_view text = cell(column);
  return preset().coded && text == preset().coded->no_value ? std::string_view{} : text;
}

bool EventRows::read_actors(EventColumn column, std::vector<std::string_view>& actors) {
  std::string_view text = value(column);
  actors.clear();
  if (!preset().coded) {
    actors.push_back(text);
    return accept_actor(name_of(column), text);
  }
  const char separator = preset().coded->separator;
  while (!text.empty()) {
    const std::size_t end = separator == '\0' ? text.size() : std::min(text.find(separator), text.size());
    const std::string_view name = trimmed(text.substr(0, end));
    const bool is_new = std::find(actors.begin(), actors.end(), name) == actors.end();
    if (!name.empty() && name != preset().coded->no_value && is_new) actors.push_back(name);
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  if (actors.empty())
    return set_aside_and_tally("no-actor",
                               {.what = fmt::format("no actor in column '{}': the row is set aside", name_of(column))});
  return std::all_of(actors.begin(), actors.end(),
                     [&](std::string_view name) { return accept_actor(name_of(column), name); });
}

bool EventRows::read_when(Event& event) {
  const std::string_view date = cell(EventColumn::date);
  const bool compact =
      preset().coded && date.size() == 8 && date.find_first_not_of("0123456789") == std::string_view::npos;
  const auto moment = compact ? time_in(name_of(EventColumn::date), fmt::format("{}-{}-{}", date.substr(0, 4),
                                                                                date.substr(4, 2), date.substr(6, 2)))
                              : time_in(name_of(EventColumn::date), date);
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

std::string_view EventRows::type_code() const { return has(EventColumn::type) ? value(EventColumn::type) : only_type; }

bool EventRows::accept_type() {
  const std::string_view code = type_code();
  if (code.empty()) return refuse_empty(name_of(EventColumn::type));
  if (draft().types.find(code) || draft().ontology_codes.find(code)) return true;
  return !record().closed_types && draft().ontology.empty() ? true : refuse_type(code);
}

bool EventRows::refuse_type(std::string_view code) {
  if (!draft().ontology.empty()) {
    const bool lost = draft().ontology_codes.find(fmt::format("0{}", code)).has_value();
    tally(Level::error, "unknown-type",
          {.what = fmt::format("'{}' in column '{}' is no code of {}: the row is set aside", printable(code),
                               name_of(EventColumn::type), preset().coded->ontology),
           .hint = lost ? fmt::format("0{} is one: have leading zeros been lost?", printable(code)) : ""});
    return false;
  }
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
  const auto known = draft().ontology_codes.find(code);
  record().types.push_back(known ? draft().ontology[*known] : EventType{std::string(code), std::string(code)});
  return static_cast<TypeId>(type);
}

bool EventRows::read_intensity(Event& event) {
  const std::string_view text = value(EventColumn::intensity);
  if (text.empty()) return true;
  const auto intensity = number_in(text);
  const bool finite = intensity && std::isfinite(static_cast<float>(*intensity));
  if (!finite) return refuse_number(name_of(EventColumn::intensity), text);
  event.intensity = static_cast<float>(*intensity);
  return true;
}

bool EventRows::read_text(EventText& text) {
  if (!with_text_) return true;
  text.description = cell(EventColumn::description);
  text.reference = cell(EventColumn::reference);
  text.sphere = value(EventColumn::sphere);
  const std::string_view verified = cell(EventColumn::verified);
  text.verified = verified.empty() || verified == "yes" || verified == "true" || verified == "1";
  if (text.verified || verified == "no" || verified == "false" || verified == "0") return true;
  return refuse("bad-verified", {.what = fmt::format("unreadable cell in column '{}'", name_of(EventColumn::verified)),
                                 .got = fmt::format("'{}'", printable(verified)),
                                 .expected = "yes or no"});
}

void EventRows::end() {
  if (record().closed_types || record().types.empty() || !draft().ontology.empty()) return;
  draft().findings.add(
      Level::note, "no-types",
      {.what = fmt::format("the record declares no types: {} taken from its events, neither cooperation nor conflict",
                           record().types.size()),
       .where = {.file = file()},
       .hint = "add types.csv with the columns code, label, quad_class and default_intensity"});
}

void ClockProbe::header(std::span<const std::string> names, std::size_t) {
  for (const std::string& name : names_) {
    place_ = column_named(name, names);
    if (place_) break;
  }
}

bool ClockProbe::row(std::span<const std::string_view> cells, std::size_t) {
  return place_ && !read_time(draft_, cells[*place_]);
}

}  // namespace detente
