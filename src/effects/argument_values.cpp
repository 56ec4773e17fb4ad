#include "effects/argument_values.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "base/error.hpp"
#include "effects/vector_names.hpp"

namespace detente {
namespace {

std::vector<std::string> tie_kinds(const Record& record) {
  std::vector<std::string> kinds{std::string(cooperative)};
  for (const Tie& tie : record.ties)
    if (!contains(kinds, tie.kind)) kinds.push_back(tie.kind);
  for (const char* kind :
       {"alliance", "office", "employment", "investment", "founding", "board", "inferred", "litigation"})
    if (!contains(kinds, kind)) kinds.emplace_back(kind);
  return kinds;
}

std::vector<std::string> actor_kinds(const Record& record) {
  std::vector<std::string> kinds;
  for (const Actor& actor : record.actors)
    if (!actor.kind.empty() && !contains(kinds, actor.kind)) kinds.push_back(actor.kind);
  return kinds;
}

// Kinds of argument that have no default.
struct AlwaysGiven {
  Argument kind;
  std::string_view what, hint;
};
constexpr std::array always_given{
    AlwaysGiven{Argument::attribute, "an attribute", "attributes are those of attributes.csv, and kind"},
    AlwaysGiven{Argument::vector, "a vector", "view.1, view.2, ... are the components of 'view'"},
    AlwaysGiven{Argument::tie_attribute, "an attribute of ties", "these are the further columns of ties.csv"},
    AlwaysGiven{Argument::pair_attribute, "an attribute of pairs", "these are the attributes of pairs.csv"},
    AlwaysGiven{Argument::series, "a series", "these are the series of series.csv"}};

const AlwaysGiven* always_given_of(Argument kind) {
  const auto found =
      std::find_if(always_given.begin(), always_given.end(), [&](const AlwaysGiven& one) { return one.kind == kind; });
  return found == always_given.end() ? nullptr : &*found;
}

}  // namespace

std::vector<std::string> split(std::string_view text, char separator) {
  std::vector<std::string> parts;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find(separator), text.size());
    parts.emplace_back(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return parts;
}

bool contains(const std::vector<std::string>& list, std::string_view word) {
  return std::find(list.begin(), list.end(), word) != list.end();
}

std::vector<std::string> trace_names(const BindContext& context) {
  std::vector<std::string> names;
  for (const TraceSpec& trace : context.memory->traces) names.push_back(trace.name);
  return names;
}

std::vector<std::string> tie_attributes(const Record& record) {
  std::vector<std::string> names;
  for (const TieAttribute& attribute : record.tie_attributes) names.push_back(attribute.name);
  return names;
}

std::vector<std::string> pair_attributes(const Record& record) {
  std::vector<std::string> names;
  for (const PairAttribute& attribute : record.pair_attributes) names.push_back(attribute.name);
  return names;
}

std::vector<std::string> series_names(const Record& record) {
  std::vector<std::string> names;
  for (const Series& series : record.series) names.push_back(series.name);
  return names;
}

// A month is no moment.
std::optional<Time> moment_in(const std::string& text, Clock clock) {
  const std::optional<ParsedTime> parsed = parse_time(text, clock);
  return parsed && parsed->precision != Precision::month ? std::optional(parsed->time) : std::nullopt;
}

std::optional<double> number_in(const std::string& text) {
  double value = 0;
  const auto [end, code] = std::from_chars(text.data(), text.data() + text.size(), value);
  const bool good = code == std::errc{} && end == text.data() + text.size() && std::isfinite(value);
  return good ? std::optional(value) : std::nullopt;
}

bool must_be_given(const ArgumentDoc& doc) { return doc.required || always_given_of(doc.kind) != nullptr; }

FormulaProblem not_given(const ArgumentDoc& argument, const EffectDoc& effect, std::size_t position) {
  const AlwaysGiven* kind = always_given_of(argument.kind);
  return {fmt::format("'{}' needs {}", effect.name,
                      kind == nullptr ? fmt::format("a {}", argument.name) : std::string(kind->what)),
          position, fmt::format("such as {}", effect.example), kind == nullptr ? "" : std::string(kind->hint)};
}

bool is_known(const ArgumentDoc& doc, const std::string& value, const BindContext& context) {
  switch (doc.kind) {
    case Argument::trace: return contains(trace_names(context), value);
    case Argument::attribute: return contains(context.attribute_names, value);
    case Argument::vector: return contains(vectors_in(context.attribute_names), value);
    case Argument::choice: return contains(split(doc.choices, '|'), value);
    case Argument::tie_attribute: return contains(tie_attributes(*context.record), value);
    case Argument::pair_attribute: return contains(pair_attributes(*context.record), value);
    case Argument::series: return contains(series_names(*context.record), value);
    case Argument::moment: return moment_in(value, context.record->clock).has_value();
    case Argument::number: return number_in(value).has_value();
    case Argument::duration: return duration_on(value, context.unit_days).has_value();
    case Argument::reference: return true;  // a formula that asks for a factor as a whole is rewritten before
    case Argument::tie_kind: return contains(tie_kinds(*context.record), value);
    case Argument::actor_kind: return value == doc.fallback || contains(actor_kinds(*context.record), value);
    case Argument::flag: break;
  }
  return false;
}

FormulaProblem bad_value(const ArgumentDoc& doc, const CallArgument& argument, const BindContext& context) {
  switch (doc.kind) {
    case Argument::trace: {
      std::vector<std::string> names = trace_names(context);
      std::string hint = hint_for(argument.value, names);
      if (hint.empty()) hint = "traces are declared in the model's [traces] table";
      return {fmt::format("there is no trace '{}'", argument.value), argument.position,
              fmt::format("one of: {}", fmt::join(names, ", ")), std::move(hint)};
    }
    case Argument::attribute:
      return {fmt::format("there is no attribute '{}'", argument.value), argument.position,
              fmt::format("one of: {}", fmt::join(context.attribute_names, ", ")),
              hint_for(argument.value, context.attribute_names)};
    case Argument::vector: {
      const std::vector<std::string> names = vectors_in(context.attribute_names);
      return {fmt::format("there is no vector '{}'", argument.value), argument.position,
              names.empty() ? fmt::format("attributes {0}.1, {0}.2, ... or {0}.COMPONENT", argument.value)
                            : fmt::format("one of: {}", fmt::join(names, ", ")),
              hint_for(argument.value, names)};
    }
    case Argument::choice:
      return {fmt::format("'{}' cannot be '{}'", doc.name, argument.value), argument.position,
              fmt::format("one of: {}", fmt::join(split(doc.choices, '|'), ", ")),
              hint_for(argument.value, split(doc.choices, '|'))};
    case Argument::tie_attribute: {
      const std::vector<std::string> names = tie_attributes(*context.record);
      return {
          fmt::format("ties have no attribute '{}'", argument.value), argument.position,
          names.empty() ? "a further column of numbers in ties.csv" : fmt::format("one of: {}", fmt::join(names, ", ")),
          hint_for(argument.value, names)};
    }
    case Argument::pair_attribute: {
      const std::vector<std::string> names = pair_attributes(*context.record);
      return {fmt::format("pairs have no attribute '{}'", argument.value), argument.position,
              names.empty() ? "an attribute of pairs.csv with a number that is known by then"
                            : fmt::format("one of: {}", fmt::join(names, ", ")),
              hint_for(argument.value, names)};
    }
    case Argument::series: {
      const std::vector<std::string> names = series_names(*context.record);
      return {fmt::format("there is no series '{}'", argument.value), argument.position,
              names.empty() ? "a series of series.csv with a number that is known by then"
                            : fmt::format("one of: {}", fmt::join(names, ", ")),
              hint_for(argument.value, names)};
    }
    case Argument::moment:
      return {fmt::format("'{}' is no moment of this record", argument.value), argument.position,
              context.record->clock == Clock::calendar ? "a date such as 2025-01-22" : "a number", ""};
    case Argument::number:
      return {fmt::format("'{}' is no number", argument.value), argument.position, "a number such as 0 or -1.5", ""};
    case Argument::duration: {
      const DurationAdvice advice = duration_advice(argument.value, context.unit_days);
      return {fmt::format("'{}' is no duration on this record's clock", argument.value), argument.position,
              advice.expected, advice.hint};
    }
    case Argument::tie_kind:
    case Argument::reference:
    case Argument::actor_kind:
    case Argument::flag: break;
  }
  const bool of_ties = doc.kind == Argument::tie_kind;
  const std::vector<std::string> kinds = of_ties ? tie_kinds(*context.record) : actor_kinds(*context.record);
  return {fmt::format("there is no kind of {} '{}'", of_ties ? "tie" : "actor", argument.value), argument.position,
          fmt::format("one of: {}", fmt::join(kinds, ", ")), hint_for(argument.value, kinds)};
}

}  // namespace detente
