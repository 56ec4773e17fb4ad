#include "estimate/meaning.hpp"

#include <algorithm>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "effects/catalogue.hpp"

namespace detente {
namespace {

struct Bound {
  const ArgumentDoc* doc;
  std::string value;
  bool given = false;
};

std::string fallback(const ArgumentDoc& doc) {
  return std::string(doc.kind == Argument::choice ? doc.choices.substr(0, doc.choices.find('|')) : doc.fallback);
}

// The argument that one of a call is about, as effects/arguments.cpp binds it.
Bound* bound_by(const CallArgument& argument, std::vector<Bound>& all) {
  const auto find = [&](const auto& wanted) {
    const auto found = std::find_if(all.begin(), all.end(), wanted);
    return found == all.end() ? nullptr : &*found;
  };
  if (!argument.key.empty()) {
    if (Bound* named = find([&](const Bound& b) { return b.doc->name == argument.key; })) return named;
    return find([](const Bound& b) { return b.doc->kind == Argument::attribute; });  // key = a level of that attribute
  }
  if (Bound* flag =
          find([&](const Bound& b) { return b.doc->kind == Argument::flag && b.doc->name == argument.value; }))
    return flag;
  return find([](const Bound& b) { return b.doc->kind != Argument::flag && !b.given; });
}

std::string text_of(const Bound& bound, const MeaningContext& context) {
  if (bound.doc->kind == Argument::trace) return bound.value.empty() ? "" : context.definition(bound.value);
  if (!bound.given || bound.value == fallback(*bound.doc)) return "";
  if (bound.doc->kind == Argument::choice) return fmt::format("{}={}", bound.doc->name, bound.value);
  return bound.value;
}

std::string meaning(const Call& call, const MeaningContext& context) {
  if (find_effect(call.name) == nullptr) return context.named ? context.named(call.name) : call.name;
  const EffectDoc& doc = *find_effect(call.name)->doc;
  std::vector<Bound> all;
  for (const ArgumentDoc& argument : doc.arguments) all.push_back({&argument, fallback(argument)});
  for (const CallArgument& argument : call.arguments) {
    Bound* bound = bound_by(argument, all);
    if (bound == nullptr) continue;
    const bool level = !argument.key.empty() && argument.key != bound->doc->name;
    bound->value = level ? argument.key + "=" + argument.value : argument.value;
    bound->given = true;
  }
  std::vector<std::string> texts;
  for (const Bound& bound : all)
    if (std::string text = text_of(bound, context); !text.empty()) texts.push_back(std::move(text));
  const bool of_time = doc.unit.find("units of time") != std::string_view::npos && !context.unit.empty();
  return fmt::format("{}({}{}{})", call.name, fmt::join(texts, ", "), of_time ? "; in " : "",
                     of_time ? context.unit : "");
}

const char* to_string(Transform transform) {
  switch (transform) {
    case Transform::identity: return "";
    case Transform::log1p: return "log1p";
    case Transform::sqrt: return "sqrt";
  }
  return "";
}

std::string of_terms(const FactorSyntax& factor, const MeaningContext& context) {
  std::vector<std::string> meanings;
  for (const TermSyntax& term : factor.summands) meanings.push_back(meaning(term, context));
  std::sort(meanings.begin(), meanings.end());
  return fmt::format("{}({})", factor.standardized ? "std" : "sum", fmt::join(meanings, " + "));
}

}  // namespace

std::string meaning(const TermSyntax& term, const MeaningContext& context) {
  std::vector<std::string> factors;
  for (const FactorSyntax& factor : term.factors) {
    const std::string call = factor.summands.empty() ? meaning(factor.call, context) : of_terms(factor, context);
    factors.push_back(
        factor.transform == Transform::identity ? call : fmt::format("{}({})", to_string(factor.transform), call));
  }
  std::sort(factors.begin(), factors.end());
  return fmt::format("{}{}", fmt::join(factors, ":"), term.unit == 1 ? "" : fmt::format(" / {}", term.unit));
}

}  // namespace detente
