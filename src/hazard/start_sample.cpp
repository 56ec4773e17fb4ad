#include "hazard/start_sample.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

#include "base/random.hpp"
#include "hazard/dense_line.hpp"
#include "hazard/line_moments.hpp"

namespace detente {
namespace {

constexpr std::uint64_t seed = 1;
constexpr std::size_t sample_above = 500;  // events: below, a full pass costs nothing

double draw_share(std::size_t moment, std::uint32_t step, std::uint32_t what) {
  return uniform({seed, static_cast<std::uint32_t>(moment), Purpose::sample, what, step});
}

double done(const Memory& memory, Dyad dyad) {
  const Link link = memory.link(dyad);
  double sum = 1;
  for (const Trace& trace : memory.traces()) sum += trace.weight(link.there) + trace.weight(link.back);
  return sum;
}

}  // namespace

StartSample::StartSample(const Hazard& hazard, std::size_t events)
    : hazard_(&hazard),
      record_events_(events),
      of_choice_(hazard.text.kind == HazardKind::choice),
      times_(of_choice_ ? 1024 : 24),
      most_met_(std::clamp<std::size_t>(events / 4, 1024, 32768)),
      most_others_(most_met_ / 2),
      statistics_(hazard.terms.size(), 0.0) {}

void StartSample::add_dyad(const Memory& memory, Dyad dyad, double weight, Moment& moment) const {
  std::vector<double> x(hazard_->terms.size());
  fill_terms(*hazard_, memory, dyad, x);
  moment.weight.push_back(weight);
  for (std::size_t p = 0; p < x.size(); ++p) moment.x[p].push_back(x[p]);
}

// Systematic sampling with probability proportional to size, one of many at most as often as all.
void StartSample::draw(const Memory& memory, const std::vector<Dyad>& dyads, const std::vector<double>& size,
                       std::size_t most, Moment& moment) const {
  const double total = std::accumulate(size.begin(), size.end(), 0.0);
  const double step = total / static_cast<double>(most);
  double next = step * draw_share(moments_.size(), 0, 0);
  double reached = 0;
  for (std::size_t k = 0; k < dyads.size(); ++k) {
    reached += size[k];
    double hits = 0;
    for (; next < reached; next += step) ++hits;
    if (hits > 0) add_dyad(memory, dyads[k], hits * step / size[k], moment);
  }
}

// What the event's sender could have chosen: the likelier drawn, the more was done with it or by and towards anybody.
void StartSample::add_choice(const Memory& memory, const RiskList& list, const Event& event) {
  constexpr std::size_t most_options = 256;
  constexpr double for_the_two = 64;
  std::vector<double> done_with(memory.actors(), 1.0);
  for (const Trace& trace : memory.traces()) {
    for (ActorId j = 0; j < done_with.size(); ++j) done_with[j] += trace.in_sum(j) + trace.out_sum(j);
    for (const Partner& p : memory.pairs().out(event.sender)) done_with[p.actor] += for_the_two * trace.weight(p.pair);
    for (const Partner& p : memory.pairs().in(event.sender)) done_with[p.actor] += for_the_two * trace.weight(p.pair);
  }
  std::vector<Dyad> dyads;
  std::vector<double> size;
  for_each_at_risk_from(hazard_->risk_set, list, memory, event.sender, [&](Dyad dyad) {
    dyads.push_back(dyad);
    size.push_back(done_with[dyad.receiver]);
  });
  Moment moment;
  moment.events = 1;
  moment.x.resize(hazard_->terms.size());
  if (dyads.size() <= most_options)
    for (const Dyad dyad : dyads) add_dyad(memory, dyad, 1, moment);
  else
    draw(memory, dyads, size, most_options, moment);
  add_event(memory, {event.sender, event.receiver});
  moments_.push_back(std::move(moment));
}

void StartSample::add(const Memory& memory, RiskList& list) {
  Moment moment;
  moment.x.resize(hazard_->terms.size());
  const RiskSet& risk_set = hazard_->risk_set;
  const std::size_t size = list.size(memory);
  if (size <= most_met_) {
    for_each_at_risk(risk_set, list, memory, [&](Dyad dyad) { add_dyad(memory, dyad, 1, moment); });
    moments_.push_back(std::move(moment));
    return;
  }
  std::vector<Dyad> met;
  const auto consider = [&](Dyad dyad) {
    if (risk_set.contains(memory, dyad)) met.push_back(dyad);
  };
  const PairTable& pairs = memory.pairs();
  for (PairId pair = 0; pair < pairs.size(); ++pair) {
    const Dyad dyad = pairs.dyad(pair);
    if (!risk_set.directed()) {
      if (dyad.sender < dyad.receiver) consider(dyad);
      continue;
    }
    consider(dyad);
    if (pairs.find(dyad.receiver, dyad.sender) == no_id) consider(reversed(dyad));
  }
  if (met.size() <= most_met_) {
    for (const Dyad dyad : met) add_dyad(memory, dyad, 1, moment);
  } else {
    std::vector<double> done_in;
    for (const Dyad dyad : met) done_in.push_back(done(memory, dyad));
    draw(memory, met, done_in, most_met_, moment);
  }
  const auto actors = static_cast<double>(memory.actors());
  std::vector<Dyad> others;
  for (std::uint32_t step = 0; step < 64 * most_others_ && others.size() < most_others_ && met.size() < size; ++step) {
    const auto i = static_cast<ActorId>(actors * draw_share(moments_.size(), step, 1));
    const auto j = static_cast<ActorId>(actors * draw_share(moments_.size(), step, 2));
    if (i == j) continue;
    const Dyad dyad = risk_set.canonical({i, j});
    const bool apart = pairs.find(i, j) == no_id && pairs.find(j, i) == no_id;
    if (apart && risk_set.contains(memory, dyad)) others.push_back(dyad);
  }
  const double each = static_cast<double>(size - met.size()) / static_cast<double>(others.size());
  for (const Dyad dyad : others) add_dyad(memory, dyad, each, moment);
  moments_.push_back(std::move(moment));
}

bool StartSample::due(std::size_t seen) const {
  return moments_.size() < times_ &&
         static_cast<double>(seen * times_) >=
             (static_cast<double>(moments_.size()) + 0.5) * static_cast<double>(record_events_);
}

// A run between two risk sets is shared by both; the first risk set has what went before to itself.
void StartSample::take(const Memory& memory, RiskList& list) {
  const double share = moments_.empty() ? 1 : 0.5;
  if (!moments_.empty()) stand_for(share);
  add(memory, list);
  stand_for(share);
  events_waiting_ = time_waiting_ = 0;
}

void StartSample::stand_for(double share) {
  moments_.back().events += share * events_waiting_;
  moments_.back().time += share * time_waiting_;
}

void StartSample::follow_time(const TieWalk& walk, RiskList& list) {
  if (record_events_ <= sample_above) return;
  time_waiting_ += walk.counted_before();
  if (hazard_->text.timing == Timing::exact && walk.counted_before() > 0 && due(walk.seen())) take(walk.memory(), list);
}

void StartSample::follow_events(const TieWalk& walk, RiskList& list) {
  if (record_events_ <= sample_above) return;
  if (of_choice_) {
    for (std::size_t k = 0; k < walk.modelled().size(); ++k)
      if (due(walk.seen() + k)) add_choice(walk.memory(), list, *walk.modelled()[k]);
    return;
  }
  for (const Event* event : walk.modelled()) add_event(walk.memory(), dyad_of(*hazard_, *event));
  events_waiting_ += static_cast<double>(walk.modelled().size());
  if (hazard_->text.timing == Timing::ordinal && due(walk.seen())) take(walk.memory(), list);
}

void StartSample::finish(const TieWalk& walk, RiskList& list) {
  if (record_events_ <= sample_above || of_choice_) return;
  time_waiting_ += walk.remaining();
  if (due(walk.seen()))
    take(walk.memory(), list);
  else if (!moments_.empty())
    stand_for(1);
}

void StartSample::add_event(const Memory& memory, Dyad dyad) {
  std::vector<double> x(hazard_->terms.size());
  fill_terms(*hazard_, memory, dyad, x);
  for (std::size_t p = 0; p < x.size(); ++p) statistics_[p] += x[p];
  ++events_;
}

Likelihood StartSample::operator()(const Eigen::VectorXd& coefficients) const {
  const bool exact = hazard_->text.timing == Timing::exact;
  const std::size_t terms = statistics_.size();
  const auto n = static_cast<Eigen::Index>(terms + 1);
  const Eigen::VectorXd theta = coefficients.tail(static_cast<Eigen::Index>(terms));
  Likelihood sum = zero_likelihood(coefficients.size());
  const Eigen::Map<const Eigen::VectorXd> statistics(statistics_.data(), theta.size());
  sum.value = theta.dot(statistics) + (exact ? events_ * coefficients(0) : 0);
  sum.gradient.tail(theta.size()) = statistics;
  if (exact) sum.gradient(0) = events_;
  std::vector<double> rate;
  std::vector<const double*> columns(terms);
  std::vector<double> upper(triangle(terms + 1));
  Eigen::MatrixXd moments(n, n);
  for (const Moment& moment : moments_) {
    rate.assign(moment.weight.size(), 0.0);
    for (std::size_t p = 0; p < terms; ++p) {
      columns[p] = moment.x[p].data();
      const double t = theta(static_cast<Eigen::Index>(p));
      for (std::size_t k = 0; k < rate.size(); ++k) rate[k] += t * moment.x[p][k];
    }
    exponentials(rate.data(), rate.data(), rate.size());
    for (std::size_t k = 0; k < rate.size(); ++k) rate[k] *= moment.weight[k];
    std::fill(upper.begin(), upper.end(), 0.0);
    add_products(rate.data(), columns, rate.size(), upper.data());
    fill_symmetric(upper.data(), moments);
    if (exact) {
      const double scale = std::exp(coefficients(0)) * moment.time;
      sum.value -= scale * moments(0, 0);
      sum.gradient -= scale * moments.col(0);
      sum.information += scale * moments;
    } else if (moment.events > 0) {
      subtract_log(sum, moments, moment.events);
    }
  }
  mirror(sum);
  refuse_unless_finite(sum);
  return sum;
}

}  // namespace detente
