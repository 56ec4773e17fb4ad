#include "hazard/factor_levels.hpp"

#include <algorithm>
#include <span>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "effects/catalogue.hpp"

namespace detente {
namespace {

// A factor that a call asks for as a whole.
struct WholeFactor {
  std::string name;
  std::span<const std::string> levels;
  std::size_t position;   // of its name
  std::size_t argument;   // of the call
  std::size_t reference;  // argument of the call that names a level, or how many there are
};

bool takes_reference(const Call& call) {
  const CatalogueEntry* entry = find_effect(call.name);
  if (entry == nullptr) return false;
  const auto& arguments = entry->doc->arguments;
  return std::any_of(arguments.begin(), arguments.end(), [](const auto& a) { return a.kind == Argument::reference; });
}

std::optional<WholeFactor> whole_factor(const Call& call, const BindContext& context) {
  if (!takes_reference(call)) return std::nullopt;
  const auto& arguments = call.arguments;
  const auto place = [&](const auto& wanted) {
    return static_cast<std::size_t>(std::find_if(arguments.begin(), arguments.end(), wanted) - arguments.begin());
  };
  const std::size_t at = place([](const auto& a) { return a.key.empty() || a.key == "attribute"; });
  if (at == arguments.size()) return std::nullopt;
  const auto& names = context.attribute_names;
  const auto known = std::find(names.begin(), names.end(), arguments[at].value);
  if (known == names.end()) return std::nullopt;
  const std::vector<std::string>& levels = context.attribute_levels[static_cast<std::size_t>(known - names.begin())];
  if (levels.empty()) return std::nullopt;
  return WholeFactor{*known, levels, arguments[at].position, at,
                     place([](const auto& a) { return a.key == "reference"; })};
}

std::string reference_of(const Call& call, const WholeFactor& factor) {
  if (factor.reference == call.arguments.size()) return factor.levels.front();
  const CallArgument& given = call.arguments[factor.reference];
  if (std::find(factor.levels.begin(), factor.levels.end(), given.value) == factor.levels.end())
    throw unknown_level(factor.name, given, factor.levels);
  return given.value;
}

// The call for each level but the reference; none for a call that asks for no whole factor.
std::vector<Call> calls_by_level(const Call& call, const BindContext& context) {
  const auto factor = whole_factor(call, context);
  if (!factor) return {};
  const std::string reference = reference_of(call, *factor);
  std::vector<Call> calls;
  for (const std::string& level : factor->levels) {
    if (level == reference) continue;
    Call one{call.name, call.position, {}};
    for (std::size_t k = 0; k < call.arguments.size(); ++k) {
      if (k == factor->reference) continue;
      one.arguments.push_back(call.arguments[k]);
      if (k != factor->argument) continue;
      one.arguments.back().key = factor->name;
      one.arguments.back().value = level;
    }
    calls.push_back(std::move(one));
  }
  if (calls.empty())
    throw FormulaProblem{fmt::format("'{}' has no level but '{}'", factor->name, reference), factor->position,
                         "a factor with two levels or more", ""};
  return calls;
}

std::string text_of(const Call& call) {
  std::vector<std::string> arguments;
  for (const CallArgument& argument : call.arguments)
    arguments.push_back(argument.key.empty()
                            ? as_written(argument.value)
                            : fmt::format("{}={}", as_written(argument.key), as_written(argument.value)));
  return fmt::format("{}({})", call.name, fmt::join(arguments, ", "));
}

std::vector<TermSyntax> by_level(const TermSyntax& term, const BindContext& context) {
  std::vector<std::vector<Call>> calls;  // by factor
  std::size_t count = 1;
  for (const FactorSyntax& factor : term.factors) {
    calls.push_back(calls_by_level(factor.call, context));
    if (calls.back().size() > 1) count *= calls.back().size();
  }
  if (count > most_terms)
    throw FormulaProblem{fmt::format("'{}' stands for {} effects, one for each level", term.text, count), term.position,
                         fmt::format("at most {} effects in a hazard", most_terms), "ask for the levels that matter"};
  std::vector<TermSyntax> terms{term};
  for (std::size_t f = term.factors.size(); f-- > 0;) {  // from the last on: what stands before it has not moved
    if (calls[f].empty()) continue;
    const FactorSyntax& typed = term.factors[f];
    std::vector<TermSyntax> more;
    for (const Call& call : calls[f])
      for (const TermSyntax& one : terms) {
        more.push_back(one);
        more.back().factors[f].call = call;
        more.back().text.replace(typed.call.position - term.position, typed.end - typed.call.position, text_of(call));
      }
    terms = std::move(more);
  }
  return terms;
}

}  // namespace

std::vector<TermSyntax> one_for_each_level(const std::vector<TermSyntax>& terms, const BindContext& context) {
  std::vector<TermSyntax> all;
  for (const TermSyntax& term : terms) {
    const std::vector<TermSyntax> ones = by_level(term, context);
    for (const TermSyntax& one : ones) {
      const bool repeated =
          std::any_of(all.begin(), all.end(), [&](const TermSyntax& other) { return other.text == one.text; });
      if (repeated) throw FormulaProblem{fmt::format("'{}' stands twice", one.text), one.position, "", "remove one"};
      if (all.size() == most_terms)
        throw FormulaProblem{fmt::format("a hazard has at most {} effects", most_terms), one.position, "",
                             "leave out those that matter least"};
      all.push_back(one);
    }
  }
  return all;
}

}  // namespace detente
