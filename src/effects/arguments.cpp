#include "effects/arguments.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>

#include <fmt/format.h>

#include "base/error.hpp"
#include "effects/argument_values.hpp"
#include "effects/vector_names.hpp"

namespace detente {
BindContext make_bind_context(const Record& record, MemorySpec& memory) {
  const AttributeBook book(record);
  BindContext context{&record, &memory, book.names(), {}};
  for (AttributeId id = 0; id < book.size(); ++id) context.attribute_levels.push_back(book.levels(id));
  return context;
}

FormulaProblem unknown_level(std::string_view attribute, const CallArgument& given,
                             std::span<const std::string> levels) {
  return {fmt::format("'{}' is no level of '{}'", given.value, attribute), given.position,
          levels.empty() ? "a factor: this attribute is numeric" : fmt::format("one of: {}", fmt::join(levels, ", ")),
          hint_for(given.value, levels)};
}

Arguments::Arguments(const Call& call, const EffectDoc& doc, BindContext& context) : doc_(&doc), context_(&context) {
  for (const ArgumentDoc& argument : doc.arguments) {
    std::string fallback(argument.kind == Argument::choice ? split(argument.choices, '|').front() : argument.fallback);
    bound_.push_back({&argument, std::move(fallback), "", call.position, false});
  }
  std::size_t next_positional = 0;
  for (const CallArgument& argument : call.arguments) bind(argument, next_positional);
  for (const Bound& bound : bound_) {
    if (!bound.given && must_be_given(*bound.doc)) throw not_given(*bound.doc, doc, call.position);
    const bool left_out = bound.doc->fallback.empty() && !bound.given;
    if (bound.doc->kind == Argument::trace && !left_out && !contains(trace_names(context), bound.value))
      throw FormulaProblem{fmt::format("'{}' needs to be told which trace to read", doc.name), call.position,
                           fmt::format("one of: {}", fmt::join(trace_names(context), ", ")), ""};
  }
}

void Arguments::bind(const CallArgument& argument, std::size_t& next_positional) {
  if (argument.key.empty()) {
    for (Bound& bound : bound_)
      if (bound.doc->kind == Argument::flag && bound.doc->name == argument.value) {
        bound.given = true;
        return;
      }
    while (next_positional < bound_.size() &&
           (bound_[next_positional].doc->kind == Argument::flag || bound_[next_positional].given))
      ++next_positional;
    if (next_positional >= bound_.size()) throw unknown_argument(argument);
    set(bound_[next_positional++], argument);
    return;
  }
  for (Bound& bound : bound_) {
    if (bound.doc->name == argument.key && bound.doc->kind != Argument::flag) {
      set(bound, argument);
      return;
    }
    if (bound.doc->kind == Argument::attribute && contains(context_->attribute_names, argument.key)) {
      refuse_second(bound, argument);
      const auto id = static_cast<std::size_t>(
          std::find(context_->attribute_names.begin(), context_->attribute_names.end(), argument.key) -
          context_->attribute_names.begin());
      const std::vector<std::string>& levels = context_->attribute_levels[id];
      if (!contains(levels, argument.value)) throw unknown_level(argument.key, argument, levels);
      bound.value = argument.key;
      bound.level = argument.value;
      bound.given = true;
      return;
    }
  }
  throw unknown_argument(argument);
}

void Arguments::set(Bound& bound, const CallArgument& argument) {
  refuse_second(bound, argument);
  bound.value = argument.value;
  bound.position = argument.position;
  bound.given = true;
  if (!is_known(*bound.doc, argument.value, *context_)) throw bad_value(*bound.doc, argument, *context_);
}

void Arguments::refuse_second(const Bound& bound, const CallArgument& argument) const {
  if (bound.given)
    throw FormulaProblem{fmt::format("'{}' is told its {} twice", doc_->name, bound.doc->name), argument.position, "",
                         "remove one"};
}

FormulaProblem Arguments::unknown_argument(const CallArgument& argument) const {
  std::vector<std::string> names;
  for (const Bound& bound : bound_) names.emplace_back(bound.doc->name);
  const std::string& word = argument.key.empty() ? argument.value : argument.key;
  std::string expected = names.empty() ? "no arguments" : fmt::format("{}", fmt::join(names, ", "));
  return {fmt::format("'{}' takes no argument '{}'", doc_->name, word), argument.position, std::move(expected),
          hint_for(word, names)};
}

bool Arguments::takes(std::string_view name) const {
  return std::any_of(bound_.begin(), bound_.end(), [&](const Bound& bound) { return bound.doc->name == name; });
}

const Arguments::Bound& Arguments::get(std::string_view name) const {
  return *std::find_if(bound_.begin(), bound_.end(), [&](const Bound& bound) { return bound.doc->name == name; });
}

TraceId Arguments::trace(std::string_view name) const {
  const std::vector<std::string> names = trace_names(*context_);
  return static_cast<TraceId>(std::find(names.begin(), names.end(), get(name).value) - names.begin());
}

TraceId Arguments::trace_or(std::string_view name, std::string_view other) const {
  return trace(get(name).given ? name : other);
}

bool Arguments::flag(std::string_view name) const { return get(name).given; }

bool Arguments::choice_is(std::string_view name, std::string_view value) const { return get(name).value == value; }

AttributeArgument Arguments::attribute(std::string_view name) const {
  const Bound& bound = get(name);
  const auto& names = context_->attribute_names;
  const auto id = static_cast<AttributeId>(std::find(names.begin(), names.end(), bound.value) - names.begin());
  const std::vector<std::string>& levels = context_->attribute_levels[id];
  AttributeArgument found{id, !levels.empty(), -1};
  if (takes("missing")) found.missing = plain_number("missing");
  if (bound.level.empty()) return found;
  found.factor = true;
  found.level = static_cast<double>(std::find(levels.begin(), levels.end(), bound.level) - levels.begin());
  return found;
}

AttributeArgument Arguments::number(std::string_view name) const {
  const AttributeArgument found = attribute(name);
  if (found.factor)
    throw FormulaProblem{fmt::format("'{}' is a factor", get(name).value), get(name).position, "a numeric attribute",
                         fmt::format("same({}) compares its levels", get(name).value)};
  return found;
}

AttributeArgument Arguments::number_or_level(std::string_view name) const {
  const AttributeArgument found = attribute(name);
  if (!found.factor || found.level >= 0) {
    const auto given = std::find_if(bound_.begin(), bound_.end(), [](const Bound& bound) {
      return bound.doc->kind == Argument::reference && bound.given;
    });
    if (given == bound_.end()) return found;
    throw FormulaProblem{fmt::format("'{}' is for a factor as a whole", given->doc->name), given->position,
                         fmt::format("such as {}(camp, {}=red)", doc_->name, given->doc->name), ""};
  }
  const std::string& factor = get(name).value;
  const std::vector<std::string>& levels = context_->attribute_levels[found.id];
  throw FormulaProblem{fmt::format("'{}' is a factor", factor), get(name).position, "a numeric attribute, or one level",
                       fmt::format("such as {}({}={})", doc_->name, factor, levels.front())};
}

std::vector<double> Arguments::tie_numbers(std::string_view name) const {
  const std::vector<TieAttribute>& all = context_->record->tie_attributes;
  std::vector<double> values = std::find_if(all.begin(), all.end(), [&](const TieAttribute& attribute) {
                                 return attribute.name == get(name).value;
                               })->values;
  const double missing = plain_number("missing");
  for (TieId id = 0; id < values.size(); ++id) {
    if (std::isnan(values[id]) && std::isnan(missing))
      throw FormulaProblem{
          fmt::format("'{}' is not known of the tie '{}'", get(name).value, printable(context_->record->ties[id].id)),
          get(name).position, "a number for every tie, or what stands for one that is not known",
          fmt::format("{}({}, missing=0)", doc_->name, get(name).value)};
    if (std::isnan(values[id])) values[id] = missing;
  }
  return values;
}

PairAttributeId Arguments::pair_attribute(std::string_view name) const {
  const std::vector<std::string> names = pair_attributes(*context_->record);
  return static_cast<PairAttributeId>(std::find(names.begin(), names.end(), get(name).value) - names.begin());
}

SeriesId Arguments::series(std::string_view name) const {
  const std::vector<std::string> names = series_names(*context_->record);
  return static_cast<SeriesId>(std::find(names.begin(), names.end(), get(name).value) - names.begin());
}

std::size_t Arguments::choice_index(std::string_view name) const {
  const std::vector<std::string> choices = split(get(name).doc->choices, '|');
  return static_cast<std::size_t>(std::find(choices.begin(), choices.end(), get(name).value) - choices.begin());
}

void Arguments::require_calendar() const {
  if (!calendar())
    throw FormulaProblem{fmt::format("'{}' needs a calendar", doc_->name), bound_.front().position,
                         "a record of dates: this one counts time in numbers", ""};
}

void Arguments::require_ticks_of(double days, std::string_view at_most) const {
  if (context_->memory->tick.length() > days)
    throw FormulaProblem{fmt::format("'{}' is read where a tick of the clock begins, and ticks are longer", doc_->name),
                         bound_.front().position, fmt::format("a tick of {} at most, in [clock]", at_most), ""};
}

Time Arguments::moment_or_first_day(std::string_view name) const {
  const Record& record = *context_->record;
  if (const auto moment = moment_in(get(name).value, record.clock)) return *moment;
  if (record.events.empty()) return 0;
  return calendar() ? std::floor(record.events.front().time) : record.events.front().time;
}

double Arguments::plain_number(std::string_view name) const {
  return number_in(get(name).value).value_or(std::nan(""));
}

void Arguments::refuse_below_zero(std::string_view name) const {
  if (plain_number(name) < 0)
    throw FormulaProblem{fmt::format("'{}' of '{}' is below 0", name, doc_->name), get(name).position,
                         "0 or a number above it", ""};
}

void Arguments::refuse_both(std::string_view name, std::string_view other) const {
  if (get(name).given && get(other).given)
    throw FormulaProblem{fmt::format("'{}' is told both '{}' and '{}'", doc_->name, name, other), get(other).position,
                         "one of them", fmt::format("remove '{}'", name)};
}

double Arguments::duration(std::string_view name) const {
  const std::string& text = get(name).value;
  if (text.empty()) return std::nan("");
  if (const auto length = duration_on(text, context_->unit_days)) return *length;
  const DurationAdvice advice = duration_advice(text, context_->unit_days);
  throw FormulaProblem{fmt::format("'{}' of '{}' is {} unless it is given, which has no length on this record's clock",
                                   name, doc_->name, text),
                       get(name).position, advice.expected, advice.hint};
}

std::vector<bool> Arguments::ties(std::string_view name) const {
  const std::string& kind = get(name).value;
  std::vector<bool> matches;
  for (const Tie& tie : context_->record->ties)
    matches.push_back(kind == cooperative ? is_cooperative(tie.kind) : tie.kind == kind);
  return matches;
}

std::vector<bool> Arguments::actors_of_kind(std::string_view name) const {
  std::vector<bool> matches;
  for (const Actor& actor : context_->record->actors) matches.push_back(actor.kind == get(name).value);
  return matches;
}

TwoPathId Arguments::two_paths(const TwoPathSpec& spec) const {
  auto& all = context_->memory->two_paths;
  auto found = std::find(all.begin(), all.end(), spec);
  if (found == all.end()) found = all.insert(all.end(), spec);
  return static_cast<TwoPathId>(found - all.begin());
}

bool Arguments::ripen() const {
  return std::any_of(bound_.begin(), bound_.end(), [&](const Bound& bound) {
    return bound.doc->kind == Argument::trace && !bound.value.empty() &&
           spec(trace(bound.doc->name)).fade == Fade::interval;
  });
}

Drift Arguments::two_paths_drift(TwoPathId id) const {
  const TwoPathSpec& two_path = context_->memory->two_paths[id];
  return drifts(two_path.first) | drifts(two_path.second);
}

}  // namespace detente
