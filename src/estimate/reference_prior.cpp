#include "estimate/reference_prior.hpp"

#include <algorithm>
#include <set>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "base/error.hpp"
#include "estimate/fit.hpp"
#include "estimate/meaning.hpp"

namespace detente {
namespace {

using Words = std::vector<std::string>;

// Words for types of events in one way of writing: quad classes joined where both of a side are meant.
std::string canonical_events(const Words& words) {
  std::set<std::string> all;
  for (const std::string& word : words) {
    if (word == "all") return word;
    if (word == "cooperation" || word == "conflict")
      all.insert({"verbal-" + word, "material-" + word});
    else
      all.insert(word);
  }
  for (const char* side : {"cooperation", "conflict"}) {
    const std::string verbal = std::string("verbal-") + side, material = std::string("material-") + side;
    if (!all.contains(verbal) || !all.contains(material)) continue;
    all.erase(verbal);
    all.erase(material);
    all.insert(side);
  }
  return fmt::format("{}", fmt::join(all, " or "));
}

std::string canonical_words(Words words) {
  std::sort(words.begin(), words.end());
  return fmt::format("{}", fmt::join(words, " or "));
}

std::string about(const HazardText& hazard) {
  if (is_of_events(hazard.kind)) return canonical_events(hazard.events);
  if (hazard.kind == HazardKind::start) return fmt::format("{} starting", canonical_words(hazard.ties));
  return fmt::format("{} ending in {}", canonical_words(hazard.ties), canonical_words(hazard.endings));
}

// A trace by what it remembers and for how long, in days where the clock is the calendar.
std::string definition(const TraceText& trace, Clock clock) {
  const double unit = clock == Clock::calendar ? 1 : unknown_unit;
  const auto time = [&](const Duration& span) {
    const auto length = span.on(unit);
    return length ? fmt::format("{:.6g}{}", *length, clock == Clock::calendar ? "d" : "") : to_string(span);
  };
  const auto fade = [&]() -> std::string {
    switch (trace.fade) {
      case Fade::none: break;
      case Fade::half_life: return fmt::format("half-life {}", time(trace.span));
      case Fade::window: return fmt::format("window {}", time(trace.span));
      case Fade::interval: return fmt::format("interval {} to {}", time(trace.from), time(trace.span));
    }
    return "unfaded";
  };
  return fmt::format("<{}, {}, {}>", canonical_events(trace.events), fade(),
                     trace.weight == Weight::count ? "count" : "intensity");
}

struct Meant {
  std::string name;
  std::string meaning;
};

std::vector<Meant> effects_of(const HazardText& hazard, const ModelSpec& spec, Clock clock) {
  const auto by_name = [&](const std::string& name) {
    const auto trace =
        std::find_if(spec.traces.begin(), spec.traces.end(), [&](const TraceText& t) { return t.name == name; });
    return definition(trace == spec.traces.end() ? TraceText{.name = name} : *trace, clock);
  };
  MeaningContext context{.definition = by_name, .unit = clock == Clock::calendar ? "days" : "units of its clock"};
  context.named = [&](const std::string& name) {
    const auto term =
        std::find_if(spec.terms.begin(), spec.terms.end(), [&](const NamedTerm& t) { return t.name == name; });
    if (term == spec.terms.end()) return name;
    std::vector<std::string> meanings;
    for (const TermSyntax& one : parse_formula(term->formula.text).terms) meanings.push_back(meaning(one, context));
    std::sort(meanings.begin(), meanings.end());  // as in sum(...)
    return fmt::format("sum({})", fmt::join(meanings, " + "));
  };
  const char* pairs = hazard.kind == HazardKind::tie && !spec.directed ? " of pairs" : "";
  std::vector<Meant> effects;
  for (const TermSyntax& term : parse_formula(hazard.formula.text).terms)
    effects.push_back({term.text, meaning(term, context) + pairs});
  return effects;
}

std::size_t index_of(const std::vector<std::string>& names, const std::string& name) {
  return static_cast<std::size_t>(std::find(names.begin(), names.end(), name) - names.begin());
}

const ReferenceHazard* counterpart(const ReferencePrior& prior, const HazardText& hazard) {
  const auto find = [&](const auto& same) -> const ReferenceHazard* {
    for (const ReferenceHazard& one : prior.hazards)
      if (one.kind == hazard.kind && same(one)) return &one;
    return nullptr;
  };
  if (const auto* named = find([&](const ReferenceHazard& one) { return one.name == hazard.name; })) return named;
  return find([&, what = about(hazard)](const ReferenceHazard& one) { return one.about == what; });
}

// What is known of some of the effects, the others profiled out.
Eigen::MatrixXd information(const ReferenceHazard& reference, const std::vector<Eigen::Index>& which) {
  Eigen::VectorXd errors(static_cast<Eigen::Index>(reference.effects.size()));
  for (Eigen::Index k = 0; k < errors.size(); ++k)
    errors(k) = reference.effects[static_cast<std::size_t>(k)].standard_error;
  const Eigen::MatrixXd covariance = errors.asDiagonal() * reference.correlations * errors.asDiagonal();
  const Eigen::MatrixXd block = covariance(which, which);
  const Eigen::MatrixXd inverse = block.ldlt().solve(Eigen::MatrixXd::Identity(block.rows(), block.cols()));
  return 0.5 * (inverse + inverse.transpose());
}

MatchedPrior match(const ReferencePrior& prior, const HazardText& hazard, const std::vector<Meant>& effects) {
  MatchedPrior found{.hazard = hazard.name, .reference = ""};
  const ReferenceHazard* reference = counterpart(prior, hazard);
  if (reference != nullptr) {
    found.reference = reference->name;
    found.events = reference->events;
  }
  std::vector<Eigen::Index> which;
  std::vector<double> mean;
  std::set<std::size_t> used;
  for (const Meant& effect : effects) {
    std::size_t k = 0;
    const std::size_t known = reference == nullptr ? 0 : reference->effects.size();
    while (k < known && reference->effects[k].meaning != effect.meaning) ++k;
    if (k == known || !used.insert(k).second) {
      found.unmatched.push_back(effect.name);
      continue;
    }
    found.names.push_back(effect.name);
    which.push_back(static_cast<Eigen::Index>(k));
    mean.push_back(reference->effects[k].estimate);
  }
  if (reference == nullptr) return found;
  for (std::size_t k = 0; k < reference->effects.size(); ++k)
    if (!used.contains(k)) found.unused.push_back(reference->effects[k].name);
  found.mean = Eigen::Map<const Eigen::VectorXd>(mean.data(), static_cast<Eigen::Index>(mean.size()));
  found.information = information(*reference, which);
  return found;
}

// A mark's coefficient is not that of another record's hazard.
void refuse_marks(const ModelSpec& spec) {
  for (const HazardText& hazard : spec.hazards)
    if (!hazard.marks.empty())
      throw Error({.what = fmt::format("priors from a reference class do not go with marks, which the hazard '{}' has",
                                       hazard.name),
                   .where = hazard.where,
                   .hint = "make a hazard of each mark: [hazards.cooperation] events = [\"cooperation\"]"});
}

}  // namespace

ReferencePrior make_reference(const Fit& fit, const ModelSpec& spec, Clock clock) {
  refuse_marks(spec);
  ReferencePrior prior;
  for (const HazardText& hazard : spec.hazards) {
    const HazardFit* fitted = fit.find(hazard.name);
    const std::vector<Meant> effects = effects_of(hazard, spec, clock);
    if (fitted == nullptr || fitted->newton.status != FitStatus::converged || effects.empty()) continue;
    ReferenceHazard one{.name = hazard.name, .kind = hazard.kind, .about = about(hazard), .events = fitted->events};
    std::vector<Eigen::Index> which;
    for (const Meant& effect : effects) {
      const std::size_t p = index_of(fitted->names, effect.name);
      if (p == fitted->names.size()) continue;
      which.push_back(static_cast<Eigen::Index>(p));
      one.effects.push_back(
          {effect.name, effect.meaning, fitted->newton.estimate(which.back()), fitted->standard_error(p)});
    }
    one.correlations = fitted->newton.covariance(which, which);
    const Eigen::VectorXd inverse = one.correlations.diagonal().cwiseSqrt().cwiseInverse();
    one.correlations = Eigen::MatrixXd(inverse.asDiagonal() * one.correlations * inverse.asDiagonal());
    prior.hazards.push_back(std::move(one));
  }
  return prior;
}

std::vector<MatchedPrior> match_reference(const ReferencePrior& prior, const ModelSpec& spec, Clock clock,
                                          double discount) {
  refuse_marks(spec);
  std::vector<MatchedPrior> all;
  std::vector<std::string> meanings;
  bool any = false;
  for (const HazardText& hazard : spec.hazards) {
    const std::vector<Meant> effects = effects_of(hazard, spec, clock);
    for (const Meant& effect : effects) meanings.push_back(hazard.name + ": " + effect.meaning);
    all.push_back(match(prior, hazard, effects));
    all.back().discount = discount;
    any = any || !all.back().names.empty();
  }
  if (any) return all;
  throw Error({.what = "no effect of the model has a counterpart in this prior",
               .where = {.file = prior.path},
               .expected = meanings.empty()
                               ? "a model with effects"
                               : fmt::format("the meaning of one of its effects: {}", fmt::join(meanings, "; ")),
               .hint = "hazards are matched by name or by what they are about, effects by meaning: the same traces and "
                       "half-lives"});
}

ReferenceUse use_reference(const MatchedPrior& reference, const std::vector<std::string>& names, std::size_t events) {
  ReferenceUse use{.from = reference};
  const auto size = static_cast<Eigen::Index>(names.size());
  use.prior = {Eigen::VectorXd::Zero(size), Eigen::MatrixXd::Zero(size, size)};
  if (reference.names.empty()) return use;
  const double part = static_cast<double>(events) / static_cast<double>(reference.events);
  use.weight = reference.discount * std::min(1.0, part);
  const Eigen::MatrixXd precision = use.weight * reference.information;
  const Eigen::MatrixXd covariance =
      precision.ldlt().solve(Eigen::MatrixXd::Identity(precision.rows(), precision.cols()));
  std::vector<Eigen::Index> which;
  for (std::size_t k = 0; k < reference.names.size(); ++k) {
    const std::size_t p = index_of(names, reference.names[k]);
    const auto at = static_cast<Eigen::Index>(k);
    which.push_back(static_cast<Eigen::Index>(p));
    use.effects.push_back({p, reference.mean(at), std::sqrt(covariance(at, at))});
  }
  use.prior.mean(which) = reference.mean;
  use.prior.precision(which, which) = precision;
  return use;
}

void add_effect_of_prior(ReferenceUse& use, const NewtonResult& with, const NewtonResult* without) {
  const bool usable = with.status == FitStatus::converged;
  const auto inverse = [](const Eigen::MatrixXd& matrix) {
    return Eigen::MatrixXd(matrix.ldlt().solve(Eigen::MatrixXd::Identity(matrix.rows(), matrix.cols())));
  };
  const Eigen::MatrixXd rest = usable ? inverse(inverse(with.covariance) - use.prior.precision)
                                      : Eigen::MatrixXd();  // the covariance without it
  for (ReferenceUse::Effect& effect : use.effects) {
    const auto p = static_cast<Eigen::Index>(effect.coefficient);
    if (usable) effect.share = rest(p, p) > 0 ? 1 - with.covariance(p, p) / rest(p, p) : 1;
    if (without == nullptr || without->status != FitStatus::converged) continue;
    effect.without = without->estimate(p);
    effect.without_error = std::sqrt(without->covariance(p, p));
  }
}

std::string unmatched_note(const MatchedPrior& reference) {
  if (reference.reference.empty())
    return reference.unmatched.empty() ? "" : "the prior has no counterpart of this hazard";
  std::vector<std::string> parts;
  if (!reference.unmatched.empty())
    parts.push_back(fmt::format("the prior says nothing of '{}'", fmt::join(reference.unmatched, "', '")));
  if (!reference.unused.empty())
    parts.push_back(fmt::format("the model has no counterpart of its '{}'", fmt::join(reference.unused, "', '")));
  return fmt::format("{}", fmt::join(parts, "; "));
}

}  // namespace detente
