#include "estimate/separation.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "hazard/marks.hpp"
#include "log/describe.hpp"

namespace detente {
namespace {

constexpr std::size_t named = 3;
constexpr double rounding = 1e-9;

struct Observed {
  std::size_t id;  // of the event or row
  double value;
  double mean;
};

// What the words of a sentence stand for.
struct Words {
  const char* observed;  // "events"
  const char* at_risk;   // "dyads at risk"
  std::function<std::string(std::size_t)> describe;
};

std::string list_strongest(std::vector<Observed> cases, int direction, const Words& words) {
  const auto contrast = [&](const Observed& one) { return direction * (one.value - one.mean); };
  std::stable_sort(cases.begin(), cases.end(),
                   [&](const Observed& a, const Observed& b) { return contrast(a) > contrast(b); });
  std::string text;
  for (std::size_t k = 0; k < std::min(named, cases.size()) && contrast(cases[k]) > 0; ++k)
    text += fmt::format("{}{}: {:.4g} against {:.4g}", k == 0 ? "" : "; ", words.describe(cases[k].id), cases[k].value,
                        cases[k].mean);
  return text;
}

std::string sentence(const std::vector<Observed>& cases, int direction, const Words& words) {
  std::size_t along = 0;
  std::size_t against = 0;
  for (const Observed& one : cases) {
    const double contrast = direction * (one.value - one.mean);
    const double noise = rounding * (1 + std::abs(one.mean));
    along += contrast > noise ? 1 : 0;
    against += contrast < -noise ? 1 : 0;
  }
  const bool one_value =
      std::all_of(cases.begin(), cases.end(), [&](const Observed& c) { return c.value == cases.front().value; });
  std::string text;
  if (one_value)
    text = fmt::format("all {} {} have the value {:.4g}, {} the mean of the {}", cases.size(), words.observed,
                       cases.front().value, direction > 0 ? "above" : "below", words.at_risk);
  else
    text = fmt::format("{} of {} {} have {} of it than the mean of the {}", along, cases.size(), words.observed,
                       direction > 0 ? "more" : "less", words.at_risk);
  if (against > 0)
    text += fmt::format(", {} have {} (it separates together with other effects)", against,
                        direction > 0 ? "less" : "more");
  const std::string strongest = list_strongest(cases, direction, words);
  return strongest.empty() ? text : fmt::format("{}; most of all {}", text, strongest);
}

std::string explain_episodes(const EpisodeLikelihood& likelihood, const RunAway& run_away, const Words& words) {
  if (likelihood.rows().empty() || run_away.coefficient >= likelihood.covariates(0).size()) return "";  // a shape
  double mean = 0;
  for (std::size_t r = 0; r < likelihood.rows().size(); ++r)
    mean += likelihood.rows()[r].exposure * likelihood.covariates(r)[run_away.coefficient] / likelihood.exposure();
  std::vector<Observed> cases;
  for (std::size_t r = 0; r < likelihood.rows().size(); ++r)
    if (likelihood.rows()[r].ended)
      cases.push_back({likelihood.rows()[r].tie, likelihood.covariates(r)[run_away.coefficient], mean});
  return sentence(cases, run_away.direction, words);
}

// The acts that a term's coefficient is of: all the hazard's, or those of a mark that has it alone.  Baselines never run away.
struct Behind {
  Hazard hazard;
  std::size_t term;
};

Behind acts_behind(const Hazard& hazard, std::size_t coefficient) {
  const MarkPlaces places(hazard);
  const auto term_in = [&](std::size_t mark) {
    const std::vector<std::size_t>& of = places.of(mark);
    return static_cast<std::size_t>(std::find(of.begin() + 1, of.end(), coefficient) - of.begin()) - 1;
  };
  if (hazard.marks.empty()) return {hazard, term_in(0)};
  std::size_t mark = 0;
  while (term_in(mark) == hazard.terms.size()) ++mark;
  const bool separate = hazard.by_mark[term_in(mark)];
  Behind behind{of_mark(hazard, mark), term_in(mark)};
  if (!separate) behind.hazard.makes_events = hazard.makes_events;
  return behind;
}

}  // namespace

std::string explain_separation(const Record& record, const Model& model, const Hazard& hazard,
                               const EventFitOptions& options, const RunAway& run_away, const std::string& file) {
  const Behind behind = acts_behind(hazard, run_away.coefficient);
  const Eigen::VectorXd no_effect =
      Eigen::VectorXd::Zero(static_cast<Eigen::Index>(MarkPlaces(behind.hazard).names().size()));
  const auto at = static_cast<Eigen::Index>(behind.term);
  std::vector<Observed> cases;
  for_each_event_fit(record, model, behind.hazard, options, no_effect, [&](const EventFit& fit) {
    cases.push_back({fit.event, fit.x(at), fit.mean(at)});
  });
  return sentence(cases, run_away.direction,
                  {"events", "dyads at risk", [&](std::size_t event) { return describe_event(record, event, file); }});
}

std::string explain_separation(const Record& record, const EndLikelihood& likelihood, const RunAway& run_away) {
  return explain_episodes(likelihood, run_away, {"endings", "ties over their time at risk", [&](std::size_t tie) {
                                                   return describe_tie(record, static_cast<TieId>(tie));
                                                 }});
}

std::string explain_separation(const Record& record, const StartLikelihood& likelihood, const RunAway& run_away) {
  return explain_episodes(likelihood, run_away, {"starts", "pairs over their time at risk", [&](std::size_t pair) {
                                                   return describe_pair(record, likelihood.pairs()[pair]);
                                                 }});
}

}  // namespace detente
