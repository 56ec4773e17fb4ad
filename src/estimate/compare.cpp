#include "estimate/compare.hpp"

#include <algorithm>
#include <cmath>
#include <set>

#include <fmt/format.h>

#include "base/error.hpp"
#include "estimate/chi_square.hpp"
#include "estimate/meaning.hpp"

namespace detente {
namespace {

// A trace by what it remembers and how, not by its name.
std::string definition(const TraceSpec& trace) {
  const bool everything = std::all_of(trace.types.begin(), trace.types.end(), [](bool one) { return one; });
  std::string types;
  for (std::size_t k = 0; k < trace.types.size() && !everything; ++k) types += trace.types[k] ? '1' : '0';
  return fmt::format("<{}|{}|{}|{}>", types, static_cast<int>(trace.fade), trace.span, static_cast<int>(trace.weight));
}

std::string meaning_in(const TermSyntax& term, const MemorySpec& memory) {
  const auto by_name = [&](const std::string& name) {
    const auto trace =
        std::find_if(memory.traces.begin(), memory.traces.end(), [&](const TraceSpec& t) { return t.name == name; });
    return trace == memory.traces.end() ? name : definition(*trace);
  };
  return fmt::format("{} by {}", meaning(term, {by_name}), memory.tick.length());
}

std::set<std::string> effects_of(const Model& model, const Hazard& hazard) {
  std::set<std::string> effects;
  const FormulaSyntax formula = parse_formula(hazard.text.formula.text);
  for (const TermSyntax& term : formula.terms) {
    effects.insert(meaning_in(term, model.memory));
    if (term.by_mark) effects.insert(fmt::format("{} by mark", meaning_in(term, model.memory)));
  }
  for (const RandomSyntax& random : formula.random) effects.insert(random.text);
  for (const std::string& shape : shape_names(hazard.text.baseline)) effects.insert(shape);
  for (const double cut : hazard.age_cuts) effects.insert(fmt::format("age >= {}", cut));
  return effects;
}

const Hazard* find_hazard(const Model& model, const std::string& name) {
  const auto found =
      std::find_if(model.hazards.begin(), model.hazards.end(), [&](const Hazard& h) { return h.name == name; });
  return found == model.hazards.end() ? nullptr : &*found;
}

// What two hazards differ in that their likelihoods cannot be compared; empty when they can.
std::string difference(const Model& a, const Hazard& one, const Model& b, const Hazard& other) {
  if (one.text.kind != other.text.kind) return "kind";
  if (one.text.kind == HazardKind::end) {
    const auto partial = [](const Hazard& hazard) { return hazard.text.baseline == EndBaseline::cox; };
    if (partial(one) != partial(other)) return "baseline: the likelihood of Cox's model is partial";
    if (one.at_risk_ties != other.at_risk_ties) return "ties";
    if (one.makes_endings != other.makes_endings) return "endings";
    return a.memory.tick != b.memory.tick ? "tick" : "";
  }
  if (one.text.kind == HazardKind::start) {
    if (one.at_risk_ties != other.at_risk_ties) return "ties";
    if (one.text.pairs != other.text.pairs) return "pairs";
    return a.memory.tick != b.memory.tick ? "tick" : "";
  }
  if (one.makes_events != other.makes_events) return "events";
  const auto same = [](const Mark& x, const Mark& y) { return x.makes_events == y.makes_events; };
  if (!std::equal(one.marks.begin(), one.marks.end(), other.marks.begin(), other.marks.end(), same)) return "marks";
  if (one.text.timing != other.text.timing) return "timing";
  const bool ordinal = one.text.timing == Timing::ordinal;
  return ordinal && one.text.simultaneous != other.text.simultaneous ? "simultaneous" : "";
}

[[noreturn]] void refuse(const std::string& what, const std::string& file) {
  throw Error({.what = what,
               .where = {.file = file},
               .expected = "a hazard that both models have, of the same events and timing",
               .hint = "likelihoods of different data cannot be compared; change the effects alone"});
}

// Why the hazard of the first model has no counterpart to compare; empty where it has.
std::string why_not(const Hazard& hazard, const std::string& first_name, const Model& first, const Model& other) {
  const Hazard* match = find_hazard(other, hazard.name);
  if (match == nullptr) return fmt::format("no hazard '{}', which '{}' has", hazard.name, first_name);
  const std::string what = difference(first, hazard, other, *match);
  return what.empty() ? "" : fmt::format("'{}' of the hazard '{}' is not that of '{}'", what, hazard.name, first_name);
}

void add_test(ModelPair& pair, const HazardFit& smaller, const HazardFit& larger, bool prior) {
  pair.nested = true;
  pair.df = larger.parameters() - smaller.parameters();
  pair.p_value = pair.statistic = std::nan("");
  if (smaller.newton.status != FitStatus::converged || larger.newton.status != FitStatus::converged) {
    pair.note = "not both converged";
    return;
  }
  pair.statistic = 2 * (larger.newton.log_likelihood - smaller.newton.log_likelihood);
  if (!smaller.random.empty() || !larger.random.empty())
    pair.note = "a variance may lie on its bound, so that the ratio is not chi-square; compare them by AIC";
  else if (prior)
    pair.note = "with a prior the ratio is not chi-square";
  else
    pair.p_value = chi_square_above(pair.statistic, static_cast<double>(pair.df));
}

ModelPair compare_pair(std::span<const FittedModel> models, const HazardComparison& comparison, std::size_t a,
                       std::size_t b) {
  const Hazard& one = *find_hazard(*models[a].model, comparison.hazard);
  const Hazard& other = *find_hazard(*models[b].model, comparison.hazard);
  const std::set<std::string> in_one = effects_of(*models[a].model, one);
  const std::set<std::string> in_other = effects_of(*models[b].model, other);
  const bool prior = one.text.prior_scale > 0 || other.text.prior_scale > 0 || comparison.fits[a]->reference ||
                     comparison.fits[b]->reference;
  ModelPair pair{.smaller = a, .larger = b};
  if (in_one == in_other) {
    pair.note = "the same effects";
  } else if (std::includes(in_other.begin(), in_other.end(), in_one.begin(), in_one.end())) {
    add_test(pair, *comparison.fits[a], *comparison.fits[b], prior);
  } else if (std::includes(in_one.begin(), in_one.end(), in_other.begin(), in_other.end())) {
    pair = {.smaller = b, .larger = a};
    add_test(pair, *comparison.fits[b], *comparison.fits[a], prior);
  } else {
    pair.note = "not nested; compare them by AIC or BIC";
  }
  if (!pair.nested) pair.statistic = pair.p_value = std::nan("");
  return pair;
}

}  // namespace

std::vector<std::string> not_compared(const std::string& first_name, const Model& first, const std::string& name,
                                      const Model& other) {
  std::vector<std::string> why;
  for (const Hazard& hazard : first.hazards)
    if (std::string one = why_not(hazard, first_name, first, other); !one.empty()) why.push_back(std::move(one));
  for (const Hazard& hazard : other.hazards)
    if (find_hazard(first, hazard.name) == nullptr)
      why.push_back(fmt::format("a hazard '{}', which '{}' has not", hazard.name, first_name));
  for (std::string& one : why) one = fmt::format("{}: {}", name, one);
  return why;
}

void require_comparable(const std::string& first_name, const Model& first, const std::string& name,
                        const Model& other) {
  std::string refused;
  for (const Hazard& hazard : first.hazards) {
    const std::string why = why_not(hazard, first_name, first, other);
    if (why.empty()) return;
    if (refused.empty()) refused = why;
  }
  refuse(refused, name);
}

std::vector<HazardComparison> compare(std::span<const FittedModel> models) {
  const FittedModel& first = models.front();
  for (const FittedModel& other : models.subspan(1))
    require_comparable(first.name, *first.model, other.name, *other.model);
  std::vector<HazardComparison> comparisons;
  for (const Hazard& hazard : first.model->hazards) {
    const bool all = std::all_of(models.begin() + 1, models.end(), [&](const FittedModel& other) {
      return why_not(hazard, first.name, *first.model, *other.model).empty();
    });
    if (!all) continue;
    HazardComparison one{hazard.name, {}, {}};
    for (const FittedModel& fitted : models) one.fits.push_back(fitted.fit->find(hazard.name));
    for (std::size_t a = 0; a < models.size(); ++a)
      for (std::size_t b = a + 1; b < models.size(); ++b) one.pairs.push_back(compare_pair(models, one, a, b));
    comparisons.push_back(std::move(one));
  }
  return comparisons;
}

}  // namespace detente
