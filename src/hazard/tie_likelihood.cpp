#include "hazard/tie_likelihood.hpp"

#include <cmath>
#include <limits>

#include "hazard/replay.hpp"

namespace detente {
namespace {

constexpr double rounding = 1e-12;  // a variance below this part of the squared mean is none: the effect is constant

Likelihood zero_likelihood(Eigen::Index size) {
  return {0, Eigen::VectorXd::Zero(size), Eigen::MatrixXd::Zero(size, size)};
}

Dyad dyad_of(const RiskSet& risk_set, const Event& event) { return risk_set.canonical({event.sender, event.receiver}); }

// Is this the first of its dyad among the events of one time?  Efron's correction takes out each dyad once, so that
// something is left at risk however often it acts.
bool acts_first(const RiskSet& risk_set, const std::vector<const Event*>& events, const Event* event) {
  for (const Event* other : events)
    if (dyad_of(risk_set, *other) == dyad_of(risk_set, *event)) return other == event;
  return true;
}

// One event of the ordinal likelihood against the moments of its risk set.
void add_ordinal(Likelihood& sum, const Eigen::MatrixXd& moments, double weight) {
  const Eigen::Index p = sum.gradient.size();
  const double total = moments(0, 0);
  const Eigen::VectorXd mean = moments.block(1, 0, p, 1) / total;
  sum.value -= weight * std::log(total);
  Eigen::MatrixXd covariance = moments.block(1, 1, p, p) / total - mean * mean.transpose();
  for (Eigen::Index k = 0; k < p; ++k)
    if (covariance(k, k) < rounding * mean(k) * mean(k)) covariance.row(k).setZero(), covariance.col(k).setZero();
  sum.gradient -= weight * mean;
  sum.information += weight * covariance;
}

}  // namespace

// One pass over the record.
struct TieLikelihood::Walk {
  Walk(const TieLikelihood& likelihood, const Eigen::VectorXd& coefficients)
      : self(likelihood),
        exact(likelihood.exact()),
        theta(coefficients.data() + (exact ? 1 : 0), coefficients.data() + coefficients.size()),
        risk_set(likelihood.hazard_->risk_set),
        memory(*likelihood.record_, likelihood.model_->memory),
        sums(make_risk_sums(*likelihood.hazard_, memory.actors(), likelihood.options_.evaluation)),
        drifts(likelihood.hazard_->drifts()),
        z(static_cast<Eigen::Index>(theta.size() + 1)),
        result(zero_likelihood(coefficients.size())),
        exposure(Eigen::MatrixXd::Zero(z.size(), z.size())),
        counting_before(counting()) {}

  void run(const Eigen::VectorXd& coefficients) {
    const bool full = self.options_.sample_every <= 1;
    const double tick = drifts && exact && full ? memory.spec().tick : 0;
    const Time last_event = self.record_->events.empty() ? always : self.record_->events.back().time;
    const Time until = self.options_.until == never ? last_event : self.options_.until;
    Replay replay(*self.record_, tick, until, risk_set.turns());
    Time counted_to = counting_from();
    memory.advance(std::min(counted_to, replay.first()));
    run_start = counted_to;
    follow();
    for (Moment moment; replay.next(moment);) {
      if (exact && full && moment.time > counted_to && counting())
        exposure += (moment.time - counted_to) * sums->moments();
      if (counting()) counted_to = std::max(counted_to, moment.time);
      enter(memory, moment);
      follow();
      take(moment.events);
      if (!counting_before && counting()) counted_to = moment.time;
      counting_before = counting();
      if (self.options_.progress) self.options_.progress(seen);
    }
    if (exact && full && until > counted_to && counting()) exposure += (until - counted_to) * sums->moments();
    end_run();
    if (exact) add_exposure(coefficients);
  }

  // Whether time that passes now counts: from the start, or from the event before the first that enters.
  [[nodiscard]] bool counting() const { return seen + 1 >= self.options_.first; }

  // Number clocks start at 0, as the published packages do; calendars at the start of the first day.
  [[nodiscard]] Time counting_from() const {
    const Time first = time_span(*self.record_).first;
    return self.record_->clock == Clock::calendar ? std::floor(first) : std::min(first, 0.0);
  }

  // Brings the sums to the memory; in a sample only when an event is to be looked at.
  void follow(bool wanted = false) {
    if (self.options_.sample_every > 1 && !wanted) return;
    if (!fresh || memory.epoch() != epoch || self.options_.sample_every > 1) {
      sums->refresh(memory, theta);
    } else {
      if (!memory.touched().empty() || risk_set.turns_between(followed, memory.now())) sums->update(memory);
      if (drifts && memory.fade_time() != fade_time) sums->fade(memory);
    }
    memory.clear_touched();
    fresh = true;
    followed = memory.now();
    epoch = memory.epoch();
    fade_time = memory.fade_time();
  }

  void take(std::span<const Event> events) {
    std::vector<const Event*> modelled;
    for (const Event& event : events) {
      ++seen;
      const bool counts = self.hazard_->makes_events[event.type] && seen >= self.options_.first;
      if (counts && risk_set.contains(memory, {event.sender, event.receiver})) modelled.push_back(&event);
    }
    if (!modelled.empty()) add_events(modelled);
    for (const Event& event : events) memory.apply(event);
    if (!events.empty()) follow();
  }

  void add_events(const std::vector<const Event*>& events) {
    const Eigen::Index p = z.size() - 1;
    Eigen::MatrixXd tied = Eigen::MatrixXd::Zero(z.size(), z.size());
    const bool efron = self.hazard_->text.simultaneous == Simultaneous::efron && events.size() > 1;
    for (const Event* event : events) {
      z(0) = 1;
      fill_terms(*self.hazard_, memory, dyad_of(risk_set, *event), std::span(z.data() + 1, theta.size()));
      double score = 0;
      for (Eigen::Index k = 0; k < p; ++k) score += theta[static_cast<std::size_t>(k)] * z(k + 1);
      result.value += score;
      if (exact)
        result.gradient += z;
      else
        result.gradient += z.tail(p);
      if (efron && acts_first(risk_set, events, event)) tied += std::exp(score) * z * z.transpose();
    }
    const auto count = static_cast<double>(events.size());
    if (self.options_.sample_every > 1) return add_sampled(count);
    if (exact) return;
    if (!efron) return add_ordinal(result, sums->moments(), count);
    for (std::size_t l = 0; l < events.size(); ++l)
      add_ordinal(result, sums->moments() - (static_cast<double>(l) / count) * tied, 1);
  }

  // In a sample the sums are made in the middle of each run of events and stand for the whole run.
  void add_sampled(double count) {
    const auto every = static_cast<double>(self.options_.sample_every);
    const double before = in_run;
    in_run += count;
    if (before < 0.5 * every && in_run >= 0.5 * every) {
      follow(true);
      run_moments = sums->moments();
    }
    if (in_run >= every) end_run();
  }

  void end_run() {
    if (in_run == 0 || run_moments.size() == 0) return;
    if (exact)
      exposure += (memory.now() - run_start) * run_moments;
    else
      add_ordinal(result, run_moments, in_run);
    run_start = memory.now();
    in_run = 0;
  }

  void add_exposure(const Eigen::VectorXd& coefficients) {
    const double rate = std::exp(coefficients(0));
    result.value += coefficients(0) * static_cast<double>(self.events_) - rate * exposure(0, 0);
    result.gradient -= rate * exposure.col(0);
    result.information = rate * exposure;
  }

  const TieLikelihood& self;
  bool exact;
  std::vector<double> theta;
  const RiskSet& risk_set;
  Memory memory;
  std::unique_ptr<RiskSums> sums;
  bool drifts;
  Eigen::VectorXd z;
  Likelihood result;
  Eigen::MatrixXd exposure;
  std::size_t seen = 0;  // events so far
  double in_run = 0;     // of a sample: events in the run so far, when it began, and the moments that stand for it
  Time run_start = 0;
  Eigen::MatrixXd run_moments;
  bool counting_before;
  bool fresh = false;
  Time followed = always;
  std::uint64_t epoch = 0;
  Time fade_time = always;
};

TieLikelihood::TieLikelihood(const Record& record, const Model& model, const Hazard& hazard,
                             TieLikelihoodOptions options)
    : record_(&record), model_(&model), hazard_(&hazard), options_(std::move(options)) {
  factorised_ = options_.evaluation != Evaluation::blocked && hazard.factors();
  Memory memory(record, {.traces = {}, .two_paths = {}, .tick = model.memory.tick});
  RiskList list(hazard.risk_set);
  list.refresh(memory);
  std::size_t seen = 0;
  Time before = record.clock == Clock::number ? 0 : record.events.empty() ? 0 : std::floor(record.events.front().time);
  const Time last_event = record.events.empty() ? always : record.events.back().time;
  Replay replay(record, 0, std::min(options_.until, last_event), hazard.risk_set.turns());
  for (Moment moment; replay.next(moment);) {
    exposure_ += std::max(0.0, moment.time - before) * static_cast<double>(list.size(memory));
    before = std::max(before, moment.time);
    enter(memory, moment);
    list.advance(memory);
    memory.clear_touched();
    for (const Event& event : moment.events) {
      ++seen;
      if (!hazard.makes_events[event.type] || seen < options_.first) continue;
      if (!memory.present(event.sender) || !memory.present(event.receiver))
        ++outside_lifetime_;
      else if (!hazard.risk_set.contains(memory, {event.sender, event.receiver}))
        ++outside_risk_set_;
      else
        ++events_;
    }
  }
}

Likelihood TieLikelihood::operator()(const Eigen::VectorXd& coefficients) const {
  Walk walk(*this, coefficients);
  walk.run(coefficients);
  if (!std::isfinite(walk.result.value)) walk.result.value = -std::numeric_limits<double>::infinity();
  return walk.result;
}

std::vector<std::string> TieLikelihood::names() const {
  std::vector<std::string> names;
  if (exact()) names.emplace_back("baseline");
  for (const Term& term : hazard_->terms) names.push_back(term.name());
  return names;
}

Eigen::VectorXd TieLikelihood::start() const {
  Eigen::VectorXd start = Eigen::VectorXd::Zero(static_cast<Eigen::Index>(hazard_->terms.size() + (exact() ? 1 : 0)));
  if (exact() && exposure_ > 0) start(0) = std::log(std::max(0.5, static_cast<double>(events_)) / exposure_);
  return start;
}

}  // namespace detente
