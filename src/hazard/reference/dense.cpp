#include "hazard/reference/dense.hpp"

#include <algorithm>
#include <cmath>
#include <set>

#include <fmt/format.h>
#include <tuple>
#include <utility>

namespace detente::reference {
namespace {

Eigen::VectorXd with_one(const Eigen::VectorXd& x) {
  Eigen::VectorXd z(x.size() + 1);
  z << 1, x;
  return z;
}

Likelihood zero(Eigen::Index size) { return {0, Eigen::VectorXd::Zero(size), Eigen::MatrixXd::Zero(size, size)}; }

// log of a sum S with its derivatives, from S = m(0, 0), S' = m(0, p), S'' = m(p, q).
void subtract_log(Likelihood& sum, const Eigen::MatrixXd& m) {
  const Eigen::Index p = sum.gradient.size();
  const auto mean = [&](Eigen::Index a) { return m(0, a + 1) / m(0, 0); };
  const auto covariance = [&](Eigen::Index a, Eigen::Index b) {
    return m(a + 1, b + 1) / m(0, 0) - m(0, a + 1) * m(0, b + 1) / (m(0, 0) * m(0, 0));
  };
  const auto is_constant = [&](Eigen::Index a) { return covariance(a, a) < constant_below * mean(a) * mean(a); };
  sum.value -= std::log(m(0, 0));
  for (Eigen::Index a = 0; a < p; ++a) {
    sum.gradient(a) -= mean(a);
    for (Eigen::Index b = 0; b < p; ++b)
      if (!is_constant(a) && !is_constant(b)) sum.information(a, b) += covariance(a, b);
  }
}

// When the record begins: its first event or change of a tie, on the last tick before it where the clock ticks.
Time beginning(const Record& record, double tick) {
  Time first = record.events.empty() ? never : record.events.front().time;
  for (const Tie& tie : record.ties) first = std::min({first, tie.start, tie.end});
  return tick > 0 ? tick_of({&record, {}, first, tick}, first) : first;
}

Eigen::VectorXd covariates(const NaiveTerms& terms, const History& history, ActorId i, ActorId j) {
  if (history.directed) return terms(history, i, j);
  return (terms(history, i, j) + terms(history, j, i)) / 2;
}

// The events of the likelihood at one time: those the hazard makes, from the first that counts, of dyads at risk.
std::vector<const Event*> modelled_at(const Record& record, const Hazard& hazard, Time time, std::size_t first,
                                      const History& history) {
  std::vector<const Event*> events;
  for (std::size_t k = 0; k < record.events.size(); ++k) {
    const Event& e = record.events[k];
    if (e.time == time && k + 1 >= first && e.time >= observation_start(record) && hazard.makes_events[e.type] &&
        at_risk(history, hazard, e.sender, e.receiver))
      events.push_back(&e);
  }
  return events;
}

std::set<Time> event_times(const Record& record, Time until) {
  std::set<Time> times;
  for (const Event& e : record.events)
    if (e.time <= until) times.insert(e.time);
  return times;
}

std::set<Time> changes(const Record& record, const RiskSetText& at_risk, double tick, Time from, Time until) {
  std::set<Time> times = event_times(record, until);
  for (const Tie& tie : record.ties) times.insert({tie.start, tie.end});
  for (ActorId i = 0; i < record.actors.size(); ++i) {
    times.insert({record.actors[i].enters, gone_from(record, i)});
    for (const Absence& away : record.actors[i].absences)
      times.insert({record.clock == Clock::calendar ? std::floor(away.leaves) + 1 : std::nextafter(away.leaves, never),
                    away.returns});
  }
  for (const Attribute& attribute : record.attributes)
    for (const AttributeValue& v : attribute.values) times.insert(v.time);
  for (const PairAttribute& attribute : record.pair_attributes)
    for (const PairValue& v : attribute.values) times.insert(v.time);
  for (const Series& series : record.series)
    for (const SeriesValue& v : series.values) times.insert(v.time);
  for (const DyadText& row : at_risk.dyads)
    for (const std::string& text : {row.from, row.until})
      if (!text.empty()) times.insert(parse_time(text, record.clock)->time);
  if (tick > 0)
    for (double k = std::floor(from / tick); k * tick < until; ++k) times.insert(k * tick);
  times.insert({from, until});
  times.erase(times.begin(), times.lower_bound(from));
  times.erase(times.upper_bound(until), times.end());
  return times;
}

// What multiplies each coefficient in an act of that mark: baselines (in ordinal timing but the first), then terms.
Eigen::VectorXd row_of(const Hazard& hazard, bool baselines, std::size_t mark, const Eigen::VectorXd& x) {
  std::vector<double> row;
  const std::size_t marks = std::max<std::size_t>(1, hazard.marks.size());
  for (std::size_t m = baselines ? 0 : 1; m < marks; ++m) row.push_back(m == mark ? 1 : 0);
  for (Eigen::Index p = 0; p < x.size(); ++p) {
    const bool separate = marks > 1 && hazard.by_mark[static_cast<std::size_t>(p)];
    if (!separate) row.push_back(x(p));
    for (std::size_t m = 0; separate && m < marks; ++m) row.push_back(m == mark ? x(p) : 0);
  }
  return Eigen::Map<const Eigen::VectorXd>(row.data(), static_cast<Eigen::Index>(row.size()));
}

// A sender's part of the moments: its dyads at risk, or for a rate the sender itself.
Eigen::MatrixXd dense_row(const Hazard& hazard, const NaiveTerms& terms, const History& history,
                          const Eigen::VectorXd& theta, ActorId i, bool baselines = false) {
  Eigen::MatrixXd sum = Eigen::MatrixXd::Zero(theta.size() + 1, theta.size() + 1);
  const auto add = [&](ActorId j) {
    for (std::size_t mark = 0; mark < std::max<std::size_t>(1, hazard.marks.size()); ++mark) {
      const Eigen::VectorXd x = row_of(hazard, baselines, mark, covariates(terms, history, i, j));
      sum += std::exp(theta.dot(x)) * with_one(x) * with_one(x).transpose();
    }
  };
  const auto actors = static_cast<ActorId>(history.record->actors.size());
  if (hazard.text.kind == HazardKind::rate) {
    if (present(history, i) && may_send(history, hazard.text.at_risk.rule, i))
      add(i == 0 ? actors - 1 : 0);  // towards anybody
    return sum;
  }
  for (ActorId j = 0; j < actors; ++j)
    if (i != j && (history.directed || i < j) && at_risk(history, hazard, i, j)) add(j);
  return sum;
}

Eigen::MatrixXd all_rows(const Hazard& hazard, const NaiveTerms& terms, const History& history,
                         const Eigen::VectorXd& theta, bool baselines) {
  Eigen::MatrixXd sum = Eigen::MatrixXd::Zero(theta.size() + 1, theta.size() + 1);
  for (ActorId i = 0; i < history.record->actors.size(); ++i)
    sum += dense_row(hazard, terms, history, theta, i, baselines);
  return sum;
}

Likelihood dense_ordinal(const Record& record, const Hazard& hazard, const NaiveTerms& terms, const MemorySpec& spec,
                         const DenseOptions& options, const Eigen::VectorXd& theta) {
  Likelihood sum = zero(theta.size());
  const bool efron = hazard.text.simultaneous == Simultaneous::efron;
  for (const Time time : event_times(record, options.until)) {
    const History history = before_events(record, time, spec.tick.length(), spec.directed);
    const std::vector<const Event*> events = modelled_at(record, hazard, time, options.first, history);
    if (events.empty()) continue;
    const Eigen::MatrixXd moments = dense_moments(hazard, terms, history, theta);
    Eigen::MatrixXd tied = Eigen::MatrixXd::Zero(theta.size() + 1, theta.size() + 1);
    std::set<std::tuple<ActorId, ActorId, std::size_t>> dyads;
    for (const Event* e : events) {
      const std::size_t mark = hazard.mark_of(e->type);
      const Eigen::VectorXd x = row_of(hazard, false, mark, covariates(terms, history, e->sender, e->receiver));
      sum.value += theta.dot(x);
      sum.gradient += x;
      const bool known = !spec.directed && dyads.contains({e->receiver, e->sender, mark});
      if (!known && dyads.insert({e->sender, e->receiver, mark}).second)
        tied += std::exp(theta.dot(x)) * with_one(x) * with_one(x).transpose();
    }
    for (std::size_t l = 0; l < events.size(); ++l) {
      if (hazard.text.kind == HazardKind::choice) {
        subtract_log(sum, dense_row(hazard, terms, history, theta, events[l]->sender));
        continue;
      }
      const double taken = efron ? static_cast<double>(l) / static_cast<double>(events.size()) : 0;
      subtract_log(sum, moments - taken * tied);
    }
  }
  return sum;
}

// By Gauss and Legendre's rule with four nodes, on many short panels.
template <class Function>
Eigen::MatrixXd integral(Time from, Time to, Function function) {
  constexpr double longest = 0.25;
  const double panels = std::ceil((to - from) / longest);
  const double half = (to - from) / panels / 2;
  Eigen::MatrixXd sum;
  for (double panel = 0; panel < panels; ++panel)
    for (const auto& [at, weight] :
         {std::pair{-0.8611363115940526, 0.3478548451374538}, std::pair{-0.3399810435848563, 0.6521451548625461},
          std::pair{0.3399810435848563, 0.6521451548625461}, std::pair{0.8611363115940526, 0.3478548451374538}}) {
      const Eigen::MatrixXd part = half * weight * function(from + half * (2 * panel + 1 + at));
      sum = sum.size() == 0 ? part : sum + part;
    }
  return sum;
}

// When events leave windows, and enter and leave intervals, between the first and the last of `times`.
void add_ends_of_windows(const Record& record, const MemorySpec& spec, std::set<Time>& times) {
  if (times.empty()) return;
  const Time from = *times.begin();
  const Time until = *times.rbegin();
  for (const TraceSpec& trace : spec.traces)
    for (const Event& e : record.events)
      for (const Time time : {e.time + trace.from, e.time + trace.span})
        if (trace.fade != Fade::none && trace.fade != Fade::half_life && from < time && time < until)
          times.insert(time);
}

Likelihood dense_exact(const Record& record, const Hazard& hazard, const NaiveTerms& terms, const MemorySpec& spec,
                       const DenseOptions& options, const Eigen::VectorXd& coefficients) {
  Likelihood sum = zero(coefficients.size());
  const Eigen::Index size = coefficients.size();
  const Time until = options.until == never ? record.events.back().time : options.until;
  for (const Time time : event_times(record, until)) {
    const History history = before_events(record, time, spec.tick.length(), spec.directed);
    for (const Event* e : modelled_at(record, hazard, time, options.first, history)) {
      const Eigen::VectorXd z =
          row_of(hazard, true, hazard.mark_of(e->type), covariates(terms, history, e->sender, e->receiver));
      sum.value += coefficients.dot(z);
      sum.gradient += z;
    }
  }
  const Time start = observation_start(record);
  const Time from = options.first <= 1 ? start : std::max(start, record.events[options.first - 2].time);
  std::set<Time> times = changes(record, hazard.text.at_risk, spec.tick.length(), from, until);
  const bool all_the_time = !spec.tick.any() && hazard.drifts();
  if (all_the_time) add_ends_of_windows(record, spec, times);
  for (auto at = times.begin(); at != times.end() && std::next(at) != times.end(); ++at) {
    const auto moments_at = [&](Time time) -> Eigen::MatrixXd {
      return all_rows(hazard, terms, after_events(record, time, spec.tick.length(), spec.directed), coefficients, true);
    };
    const Eigen::MatrixXd moments =
        all_the_time ? integral(*at, *std::next(at), moments_at) : (*std::next(at) - *at) * moments_at(*at);
    sum.value -= moments(0, 0);
    sum.gradient -= moments.col(0).tail(size);
    sum.information += moments.bottomRightCorner(size, size);
  }
  return sum;
}

// Of two actors at risk since then, both ways.
Eigen::VectorXd episode_covariates(const Hazard& hazard, const NaiveTerms& terms, const History& history, Time since,
                                   ActorId a, ActorId b) {
  std::vector<double> x{1};
  for (const double cut : hazard.age_cuts)
    x.push_back(tick_of(history, history.now) - since >= cut - time_tolerance(history.now) ? 1 : 0);
  const Eigen::VectorXd there = terms(history, a, b);
  const Eigen::VectorXd back = terms(history, b, a);
  for (Eigen::Index p = 0; p < there.size(); ++p) x.push_back((there(p) + back(p)) / 2);
  return Eigen::Map<const Eigen::VectorXd>(x.data(), static_cast<Eigen::Index>(x.size()));
}

void add_episode(Likelihood& sum, const Eigen::VectorXd& coefficients, const Eigen::VectorXd& x, double exposure,
                 bool happened) {
  const double expected = std::exp(coefficients.dot(x)) * exposure;
  sum.value += (happened ? coefficients.dot(x) : 0) - expected;
  sum.gradient += ((happened ? 1 : 0) - expected) * x;
  sum.information += expected * x * x.transpose();
}

bool are_between(const Tie& tie, ActorId i, ActorId j) {
  return (tie.a == i && tie.b == j) || (tie.a == j && tie.b == i);
}

// Since when a tie could start between the two; `never` when it cannot at this moment.
Time pair_at_risk_since(const Record& record, const Hazard& hazard, const History& history, ActorId i, ActorId j) {
  if (!present(history, i) || !present(history, j)) return never;
  Time since = std::max({time_span(record).first, record.actors[i].enters, record.actors[j].enters});
  Time met = never, ruptured = never;
  for (const Event& e : record.events)
    if ((e.sender == i && e.receiver == j) || (e.sender == j && e.receiver == i)) met = std::min(met, e.time);
  for (TieId id = 0; id < record.ties.size(); ++id) {
    const Tie& tie = record.ties[id];
    if (!are_between(tie, i, j)) continue;
    met = std::min(met, tie.start);
    if (!hazard.at_risk_ties[id]) continue;
    if (in_force(history, tie)) return never;
    if (tie.ending == "rupture") ruptured = std::min(ruptured, tie.end);
    if (tie.end < history.now) since = std::max(since, tie.end);
  }
  if (hazard.text.pairs == PairsAtRisk::met) since = std::max(since, met);
  if (hazard.text.pairs == PairsAtRisk::ruptured) since = std::max(since, ruptured);
  return since < history.now ? since : never;
}

bool starts_within(const Record& record, const Hazard& hazard, Time from, Time until, ActorId i, ActorId j) {
  const Time gone = std::min(gone_from(record, i), gone_from(record, j));
  for (TieId id = 0; id < record.ties.size(); ++id) {
    const Tie& tie = record.ties[id];
    if (hazard.at_risk_ties[id] && are_between(tie, i, j) && from <= tie.start && tie.start < std::min(until, gone))
      return true;
  }
  return false;
}

}  // namespace

Eigen::MatrixXd dense_moments(const NaiveTerms& terms, const History& history, const Eigen::VectorXd& theta) {
  return dense_moments(Hazard{}, terms, history, theta);
}

Eigen::MatrixXd dense_moments(const Hazard& hazard, const NaiveTerms& terms, const History& history,
                              const Eigen::VectorXd& theta) {
  return all_rows(hazard, terms, history, theta, false);
}

Likelihood dense_tie_likelihood(const Record& record, const Model& model, const Hazard& hazard,
                                const DenseOptions& options, const Eigen::VectorXd& coefficients) {
  const NaiveTerms terms(hazard.text.formula.text, model.memory.traces, hazard);
  return hazard.text.timing == Timing::ordinal
             ? dense_ordinal(record, hazard, terms, model.memory, options, coefficients)
             : dense_exact(record, hazard, terms, model.memory, options, coefficients);
}

Likelihood dense_end_likelihood(const Record& record, const Model& model, const Hazard& hazard, Time until,
                                const Eigen::VectorXd& coefficients) {
  const NaiveTerms terms(hazard.text.formula.text, model.memory.traces);
  const double tick = model.memory.tick.length();
  Likelihood sum = zero(coefficients.size());
  for (double k = std::floor(beginning(record, tick) / tick); k * tick <= until; ++k) {
    if (k * tick < record.observed_from) continue;
    History history = before_events(record, k * tick, tick, model.memory.directed);
    history.ties_changed = false;
    for (TieId id = 0; id < record.ties.size(); ++id) {
      const Tie& tie = record.ties[id];
      if (!hazard.at_risk_ties[id] || !in_force(history, tie)) continue;
      const bool ends = tie.end < (k + 1) * tick;
      const Eigen::VectorXd x = episode_covariates(hazard, terms, history, tie.start, tie.a, tie.b);
      add_episode(sum, coefficients, x, ends ? tick / 2 : tick, ends && hazard.makes_endings[id]);
    }
  }
  return sum;
}

Likelihood dense_start_likelihood(const Record& record, const Model& model, const Hazard& hazard, Time until,
                                  const Eigen::VectorXd& coefficients) {
  const NaiveTerms terms(hazard.text.formula.text, model.memory.traces);
  const double tick = model.memory.tick.length();
  Likelihood sum = zero(coefficients.size());
  for (double k = std::floor(beginning(record, tick) / tick); k * tick <= until; ++k) {
    if (k * tick < record.observed_from) continue;
    History history = before_events(record, k * tick, tick, model.memory.directed);
    history.ties_changed = false;
    for (ActorId a = 0; a < record.actors.size(); ++a)
      for (ActorId b = a + 1; b < record.actors.size(); ++b) {
        const Time since = pair_at_risk_since(record, hazard, history, a, b);
        if (since == never) continue;
        const bool starts = starts_within(record, hazard, k * tick, (k + 1) * tick, a, b);
        const Eigen::VectorXd x = episode_covariates(hazard, terms, history, since, a, b);
        add_episode(sum, coefficients, x, starts ? tick / 2 : tick, starts);
      }
  }
  return sum;
}

bool close(const Likelihood& a, const Likelihood& b, double tolerance) {
  const double size = 1 + std::abs(b.value);
  const double information = 1 + b.information.diagonal().cwiseAbs().maxCoeff();
  return std::abs(a.value - b.value) <= tolerance * size &&
         (a.gradient - b.gradient).cwiseAbs().maxCoeff() <= tolerance * (information + size) &&
         (a.information - b.information).cwiseAbs().maxCoeff() <= tolerance * information;
}

bool close(const Eigen::MatrixXd& a, const Eigen::MatrixXd& b, double tolerance) {
  for (Eigen::Index p = 0; p < a.rows(); ++p)
    for (Eigen::Index q = 0; q < a.cols(); ++q) {
      const double scale = std::sqrt(std::max(b(p, p), 0.0) * std::max(b(q, q), 0.0)) + 1e-3 * b(0, 0);
      if (!(std::abs(a(p, q) - b(p, q)) <= tolerance * scale)) return false;
    }
  return true;
}

std::string difference(const Likelihood& a, const Likelihood& b) {
  return fmt::format("{} is off by {:.2e}, the gradient by {:.2e}, the information by {:.2e} of {:.2e}", b.value,
                     a.value - b.value, (a.gradient - b.gradient).cwiseAbs().maxCoeff(),
                     (a.information - b.information).cwiseAbs().maxCoeff(), b.information.cwiseAbs().maxCoeff());
}

}  // namespace detente::reference
