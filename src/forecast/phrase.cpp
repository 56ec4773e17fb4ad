#include "forecast/phrase.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>

#include <fmt/format.h>

#include "hazard/formula.hpp"

namespace detente {
namespace {

struct Words {
  std::string_view effect;
  std::string_view words;  // {x}: the trace, attribute or kind of tie that is read; {who}: whose
};

constexpr std::array words_of{
    Words{"inertia", "recorded {x} between the two"},
    Words{"reciprocity", "recorded {x} answered between the two"},
    Words{"recency", "how recent the last recorded {x} between the two is"},
    Words{"contact", "recorded {x} between the two"},
    Words{"unanswered_slights", "slights not yet answered between the two"},
    Words{"ledger", "what was given beyond what was received"},
    Words{"tie", "a tie in force between the two ({x})"},
    Words{"tie_age", "the age of the newest tie between the two ({x})"},
    Words{"of_tie", "the tie's number '{x}'"},
    Words{"earlier_ruptures", "earlier ruptures between the two ({x})"},
    Words{"new_ties", "ties the two have lately made with others ({x})"},
    Words{"rupture_rate", "ruptures of ties everywhere of late ({x})"},
    Words{"in_degree", "recorded {x} towards {who}"},
    Words{"out_degree", "recorded {x} by {who}"},
    Words{"total_degree", "recorded {x} by and towards {who}"},
    Words{"pair_degree", "recorded {x} by and towards the two, with anybody"},
    Words{"attention_share", "the share of {who} in all that is done to anybody ({x})"},
    Words{"activity_share", "the share of {who} in all that anybody does ({x})"},
    Words{"sent_share", "the share of what one does ({x}) that goes to the other"},
    Words{"received_share", "the share of what one receives ({x}) that comes from the other"},
    Words{"otp", "paths of recorded {x} through third actors"},
    Words{"shared_ally", "third actors with whom both cooperate"},
    Words{"shared_enemy", "third actors with whom both are in conflict"},
    Words{"friend_of_enemy", "cooperation of one with those the other is in conflict with"},
    Words{"enemy_of_friend", "conflict of one with those the other cooperates with"},
    Words{"ally_conflict", "conflict of either with the allies of the other"},
    Words{"send", "{x} of the two"},
    Words{"receive", "{x} of the two"},
    Words{"same", "the same {x}"},
    Words{"abs_difference", "the distance between the two in {x}"},
    Words{"larger", "the larger {x} of the two"},
    Words{"at_least", "enough {x}"},
    Words{"change", "how far {x} has moved"},
    Words{"largest_change", "how far {x} has moved for one of the two"},
};

const Words* find(std::string_view effect) {
  const auto* const found =
      std::find_if(words_of.begin(), words_of.end(), [&](const Words& w) { return w.effect == effect; });
  return found == words_of.end() ? nullptr : found;
}

std::string with_blanks(std::string text) {
  std::replace(text.begin(), text.end(), '_', ' ');
  return text;
}

// An effect of the catalogue, or the name that the model gives a term.
std::string words_of_call(const Call& call) {
  const Words* const known = find(call.name);
  if (known == nullptr) return with_blanks(call.name);
  std::string x;
  std::string who = "one of the two";  // a tie reads an effect of an actor for both of its own
  for (const CallArgument& argument : call.arguments) {
    const bool named = argument.key == "trace" || argument.key == "attribute" || argument.key == "kind";
    if (x.empty() && (named || (argument.key.empty() && argument.value != "once" && argument.value != "unique" &&
                                argument.value != "even")))
      x = with_blanks(argument.value);
    if (argument.key == "of" && argument.value == "both") who = "both";
  }
  if (x.empty()) x = call.name == "tie" || call.name == "tie_age" ? "of any kind" : "acts";
  return fmt::format(fmt::runtime(known->words), fmt::arg("x", x), fmt::arg("who", who));
}

std::string words_of_term(const TermSyntax& term);

std::string words_of_factor(const FactorSyntax& factor) {
  if (factor.summands.empty()) return words_of_call(factor.call);
  std::string all;
  for (const TermSyntax& summand : factor.summands) {
    const std::string one = words_of_term(summand);
    if (all.find(one) == std::string::npos) all += (all.empty() ? "" : " and ") + one;
  }
  return all;
}

// The same read of sender and receiver, multiplied, is said once of both.
std::string words_of_term(const TermSyntax& term) {
  std::vector<FactorSyntax> factors = term.factors;
  const auto of = [](Call& call) {
    const auto at =
        std::find_if(call.arguments.begin(), call.arguments.end(), [](const auto& a) { return a.key == "of"; });
    return at == call.arguments.end() ? nullptr : &at->value;
  };
  if (factors.size() == 2 && factors[0].call.name == factors[1].call.name) {
    std::string* const first = of(factors[0].call);
    const std::string* const second = of(factors[1].call);
    if (first != nullptr && second != nullptr && *first != *second) {
      *first = "both";
      factors.pop_back();
    }
  }
  std::string all;
  for (const FactorSyntax& factor : factors) all += (all.empty() ? "" : " together with ") + words_of_factor(factor);
  return all;
}

// "age >= 365.25d": on the calendar in years where they are whole.
std::string words_of_age(std::string_view cut, double value, bool of_tie) {
  double age = 0;
  std::from_chars(cut.data(), cut.data() + cut.size(), age);
  std::string length = fmt::format("{}", age);
  if (cut.ends_with('d')) {
    const double years = age / 365.25;
    const bool whole = years == std::floor(years) && years > 0;
    length = !whole ? fmt::format("{} days", age) : years == 1 ? "one year" : fmt::format("{} years", years);
  }
  return fmt::format("{} {}", of_tie ? "a tie" : "a time at risk",
                     value > 0 ? fmt::format("of {} or more", length) : fmt::format("of less than {}", length));
}

}  // namespace

bool has_words(std::string_view effect_name) { return find(effect_name) != nullptr; }

Phrase in_words(std::string_view effect, double value, bool of_tie) {
  if (effect == "age") return {of_tie ? "the age of the tie" : "the time at risk", false};
  if (constexpr std::string_view step = "age >= "; effect.starts_with(step))
    return {words_of_age(effect.substr(step.size()), value, of_tie), false};
  if (effect.starts_with("its actors' own"))
    return {"what the record holds of its two actors beyond the other factors", false};
  if (effect.starts_with("the pair's own"))
    return {"what the record holds of this pair beyond the other factors", false};
  try {
    const FormulaSyntax syntax = parse_formula(effect);
    if (syntax.terms.size() == 1) return {words_of_term(syntax.terms.front()), true, syntax.terms.front().unit < 0};
  } catch (const FormulaProblem&) {  // not a formula: said as it stands
  }
  return {std::string(effect)};
}

std::string percent(double p) {
  return p < 0.0095 ? fmt::format("{:.1f} %", 100 * p) : fmt::format("{:.0f} %", 100 * p);
}

}  // namespace detente
