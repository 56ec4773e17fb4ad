#include "estimate/diagnose.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "base/error.hpp"
#include "hazard/coordination_likelihood.hpp"
#include "hazard/marks.hpp"

namespace detente {
namespace {

std::vector<std::string> coefficient_names(const Hazard& hazard, Clock clock) {
  if (!is_of_events(hazard.text.kind)) return end_names(hazard, clock);
  return MarkPlaces(hazard).names();
}

// Rows of Cox's partial likelihood share risk sets: none has a score or a residual of its own here.
void refuse_cox(const Hazard& hazard, const DiagnosticOptions& wanted) {
  if (hazard.text.kind != HazardKind::end || hazard.text.baseline != EndBaseline::cox) return;
  if (!wanted.robust && !wanted.residuals) return;
  throw Error({.what = fmt::format("not with baseline = \"cox\", which the hazard '{}' has", hazard.name),
               .where = {.file = wanted.robust ? "--robust" : "--residuals"},
               .hint = "another baseline, or leave it out"});
}

// The likelihood that a hazard was fitted with.
class Fitted {
 public:
  Fitted(const Record& record, const Model& model, const Hazard& hazard, const FitOptions& options)
      : record_(record), model_(model), hazard_(hazard), options_(options) {
    const Time until = options.until == never ? time_span(record).last : options.until;
    if (hazard.text.kind == HazardKind::end)
      end_.emplace(record, model, hazard, until);
    else if (hazard.text.kind == HazardKind::start)
      start_.emplace(record, model, hazard, until);
    else if (hazard.coordinates())
      coordination_.emplace(record, model, hazard, CoordinationOptions{options.first, options.until, progress()});
    else
      tie_.emplace(
          record, model, hazard,
          TieLikelihoodOptions{options.evaluation, options.first, options.until, options.threads, 0, progress()});
  }
  Fitted(const Fitted&) = delete;
  Fitted& operator=(const Fitted&) = delete;

  [[nodiscard]] Likelihood operator()(const Eigen::VectorXd& theta) {
    ++pass_;
    if (coordination_) return (*coordination_)(theta);
    return episodes() != nullptr ? (*episodes())(theta) : (*tie_)(theta);
  }
  // Of ties that end or start; null for events.
  [[nodiscard]] const EpisodeLikelihood* episodes() const {
    if (start_) return &*start_;
    return end_ ? &*end_ : nullptr;
  }
  [[nodiscard]] std::vector<Dyad> pairs() const { return start_ ? start_->pairs() : std::vector<Dyad>{}; }

  EventFitRest each_event(const Eigen::VectorXd& theta, bool ranks,
                          const std::function<void(const EventFit&)>& take) const {
    return for_each_event_fit(record_, model_, hazard_, {options_.evaluation, options_.first, options_.until, ranks},
                              theta, take);
  }

 private:
  std::function<void(std::size_t)> progress() {
    if (!options_.progress) return {};
    const auto total = static_cast<double>(std::max<std::size_t>(1, record_.events.size()));
    return [this, total](std::size_t done) {
      options_.progress(hazard_.name + ", diagnostics", pass_, static_cast<double>(done) / total);
    };
  }

  const Record& record_;
  const Model& model_;
  const Hazard& hazard_;
  const FitOptions& options_;
  std::optional<TieLikelihood> tie_;
  std::optional<CoordinationLikelihood> coordination_;
  std::optional<EndLikelihood> end_;
  std::optional<StartLikelihood> start_;
  int pass_ = 0;
};

void add_profiles(HazardFit& fit, const Hazard& hazard, const LikelihoodFunction& likelihood,
                  const DiagnosticOptions& wanted) {
  ProfileOptions options;
  options.level = wanted.level;
  options.newton = newton_options(hazard, fit);
  for (std::size_t p = 0; p < fit.names.size(); ++p) {
    const bool named = std::find(wanted.profile.begin(), wanted.profile.end(), fit.names[p]) != wanted.profile.end();
    if (wanted.profile_all || named)
      fit.profile.push_back(profile_interval(likelihood, fit.names, fit.newton, p, options));
  }
}

// H^-1 (sum of s s') H^-1 over the scores s of events, ties or pairs (White 1982).
void add_robust(HazardFit& fit, const Fitted& fitted) {
  const Eigen::Index size = fit.newton.estimate.size();
  Eigen::MatrixXd scores = Eigen::MatrixXd::Zero(size, size);
  const auto add = [&](const Eigen::VectorXd& score) { scores += score * score.transpose(); };
  if (const EpisodeLikelihood* episodes = fitted.episodes())
    for (const TieFit& tie : fit_of_ties(*episodes, fit.newton.estimate)) add(tie.score);
  else
    add(fitted.each_event(fit.newton.estimate, false, [&](const EventFit& event) { add(event.score); }).score);
  fit.robust_covariance = fit.newton.covariance * scores * fit.newton.covariance;
}

void add_explanation(HazardFit& fit, const Fitted& fitted, const LikelihoodFunction& likelihood) {
  Explanation explanation;
  const Eigen::VectorXd& estimate = fit.newton.estimate;
  explanation.pairs = fitted.pairs();
  if (const EpisodeLikelihood* episodes = fitted.episodes())
    explanation.ties = fit_of_ties(*episodes, estimate);
  else
    fitted.each_event(estimate, true, [&](const EventFit& event) { explanation.events.push_back(event); });
  summarize(explanation, estimate, fit.baselines());
  explanation.gain = gains(likelihood, estimate, fit.baselines());
  fit.explanation = std::move(explanation);
}

}  // namespace

void check_profile_names(const Model& model, const Record& record, const std::vector<std::string>& names) {
  std::vector<std::string> known;
  for (const Hazard& hazard : model.hazards)
    for (const std::string& name : coefficient_names(hazard, record.clock))
      if (std::find(known.begin(), known.end(), name) == known.end()) known.push_back(name);
  for (const std::string& name : names) {
    if (std::find(known.begin(), known.end(), name) != known.end()) continue;
    throw Error({.what = fmt::format("there is no coefficient '{}' to profile", printable(name)),
                 .where = {.file = "--profile"},
                 .expected = fmt::format("one of: {}", fmt::join(known, ", ")),
                 .hint = hint_for(name, known)});
  }
}

void diagnose(const Record& record, const Model& model, const FitOptions& options, const DiagnosticOptions& wanted,
              Fit& fit) {
  for (std::size_t h = 0; h < fit.hazards.size(); ++h) {
    HazardFit& one = fit.hazards[h];
    const FitStatus status = one.newton.status;
    if (status != FitStatus::converged && status != FitStatus::separated) continue;
    refuse_cox(model.hazards[h], wanted);
    const bool profiles = wanted.profile_all || !wanted.profile.empty();
    if (!profiles && status == FitStatus::separated) continue;
    Fitted fitted(record, model, model.hazards[h], options);
    const LikelihoodFunction likelihood = [&](const Eigen::VectorXd& theta) { return fitted(theta); };
    if (profiles) add_profiles(one, model.hazards[h], likelihood, wanted);
    if (status == FitStatus::separated) continue;
    if (wanted.robust) add_robust(one, fitted);
    if (wanted.residuals) add_explanation(one, fitted, likelihood);
  }
}

}  // namespace detente
