#include "hazard/tie_likelihood.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <mutex>
#include <numeric>

#include "base/parallel.hpp"

namespace detente {
namespace {

constexpr std::size_t most_blocks = 8;
constexpr std::size_t least_in_block = 200;            // events
constexpr double snapshot_bytes = 16.0 * 1024 * 1024;  // in all, but for one that is always allowed
constexpr std::size_t moments_between_reports = 512;
constexpr double wanted_bound = 1e-6;  // of the integral's error, beside the log-likelihood
constexpr unsigned most_parts = 64;

// How many blocks: snapshots may take `snapshot_bytes`, by a guess at what the memory will grow to.
std::size_t choose_blocks(const Record& record, const Memory& memory) {
  constexpr double bytes_of_pair = 48;  // its partners' lists
  constexpr double bytes_in_trace = 20;
  const double bytes = static_cast<double>(memory.bytes()) +
                       most_pairs(record, memory.spec()) *
                           (bytes_of_pair + bytes_in_trace * static_cast<double>(memory.traces().size()));
  const double allowed = std::max(1.0, std::floor(snapshot_bytes / bytes));
  return std::clamp(record.events.size() / least_in_block, std::size_t{1},
                    std::min(most_blocks, static_cast<std::size_t>(std::min(allowed, 1e3)) + 1));
}

// Where a block ends, as a share of the record: an event costs about twice as much at the end as at the beginning, when
// fewer have met.
double end_of_block(std::size_t block, std::size_t blocks) {
  return std::sqrt(1 + 3 * static_cast<double>(block + 1) / static_cast<double>(blocks)) - 1;
}

}  // namespace

// One block of one pass.
struct TieLikelihood::Pass {
  Pass(const TieLikelihood& likelihood, const Start& start, const Eigen::VectorXd& coefficients)
      : self(likelihood),
        exact(likelihood.exact()),
        walk(start.walk),
        end(start.end),
        sums(*likelihood.hazard_, likelihood.places_, walk.memory(), likelihood.options_.evaluation, coefficients),
        z(Eigen::VectorXd::Ones(static_cast<Eigen::Index>(likelihood.hazard_->terms.size() + 1))),
        result(zero_likelihood(coefficients.size())),
        exposure(Eigen::MatrixXd::Zero(likelihood.places_.rows(), likelihood.places_.rows())) {
    walk.cut_panels(likelihood.parts_);
  }

  void run(const std::function<void(std::size_t)>& report) {
    sums.follow(walk.memory());
    std::size_t reported = walk.seen();
    std::size_t moments = 0;
    while (walk.seen() < end) {
      const bool more = walk.next();
      const double time = more ? walk.counted_before() : walk.remaining();
      if (exact && (time != 0 || walk.coarsely_counted() != 0)) expose(time);
      if (!more) break;
      walk.arrive();
      sums.follow(walk.memory());
      if (!walk.modelled().empty()) add_events(walk.modelled());
      walk.apply();
      sums.follow(walk.memory());
      if (++moments % moments_between_reports == 0) {
        report(walk.seen() - reported);
        reported = walk.seen();
      }
    }
    report(walk.seen() - reported);
    drift = sums.drift();
  }

  // The two rules of a panel are summed up until its last node: what they differ by counts, whatever its sign.
  void expose(double time) {
    const Eigen::MatrixXd& moments = sums.moments();
    exposure += time * moments;
    if (!walk.integrates()) return;
    panel += (time - walk.coarsely_counted()) * total_of(moments);
    if (walk.within_panel()) return;
    unsure += std::abs(panel);
    panel = 0;
  }
  // S, over all marks.
  [[nodiscard]] double total_of(const Eigen::MatrixXd& moments) const {
    double sum = 0;
    const auto marks = static_cast<Eigen::Index>(self.places_.marks());
    for (Eigen::Index mark = 0; mark < marks; ++mark) sum += moments(mark, mark);
    return sum;
  }

  void add_events(const std::vector<const Event*>& events) {
    const bool efron = self.hazard_->text.simultaneous == Simultaneous::efron && events.size() > 1;
    Eigen::MatrixXd tied;
    if (efron) tied = Eigen::MatrixXd::Zero(row.size(), row.size());
    for (const Event* event : events) {
      const std::size_t mark = self.hazard_->mark_of(event->type);
      fill_terms(*self.hazard_, walk.memory(), dyad_of(*self.hazard_, *event),
                 std::span(z.data() + 1, self.hazard_->terms.size()));
      self.places_.spread(mark, z, row);
      const double score = sums.score(mark, z);
      result.value += score;
      result.gradient += row.tail(result.gradient.size());
      if (efron && walk.acts_first(*event)) tied += std::exp(score) * row * row.transpose();
    }
    if (exact) return;
    const auto count = static_cast<double>(events.size());
    if (self.hazard_->text.kind == HazardKind::choice) {
      for (const Event* event : events) subtract_log(result, sums.moments_for({event->sender, event->receiver}), 1);
      return;
    }
    if (!efron) return subtract_log(result, sums.moments(), count);
    for (std::size_t l = 0; l < events.size(); ++l)
      subtract_log(result, sums.moments() - (static_cast<double>(l) / count) * tied, 1);
  }

  const TieLikelihood& self;
  bool exact;
  TieWalk walk;
  std::size_t end;
  MarkedSums sums;
  Eigen::VectorXd z;                                                 // (1, x) of an event
  Eigen::VectorXd row = Eigen::VectorXd::Zero(self.places_.rows());  // what multiplies each coefficient in it
  Likelihood result;
  Eigen::MatrixXd exposure;
  double panel = 0;   // the rules' difference in a panel
  double unsure = 0;  // what all of them differ by
  double drift = 0;
};

TieLikelihood::TieLikelihood(const Record& record, const Model& model, const Hazard& hazard,
                             TieLikelihoodOptions options)
    : record_(&record),
      model_(&model),
      hazard_(&hazard),
      options_(std::move(options)),
      places_(hazard),
      sample_(hazard, samples() ? record.events.size() : 0),
      events_of_mark_(places_.marks()) {
  factorised_ = options_.evaluation != Evaluation::blocked && hazard.factors();
  prepare();
}

// One walk without sums: counts, snapshots for the blocks, and a sample of risk sets.
void TieLikelihood::prepare() {
  TieWalk walk(*record_, model_->memory, *hazard_, options_.first, options_.until, exact());
  const std::size_t total = record_->events.size();
  const std::size_t blocks = options_.blocks > 0 ? options_.blocks : choose_blocks(*record_, walk.memory());
  RiskList list(hazard_->risk_set);
  list.refresh(walk.memory());
  starts_.push_back({walk, total});
  while (walk.next()) {
    if (exact() && walk.counted_before() > 0) exposure_ += walk.counted_before() * all_at_risk(list, walk.memory());
    if (samples()) sample_.follow_time(walk, list);
    walk.arrive();
    list.advance(walk.memory());
    for (const Event* event : walk.modelled()) {
      at_risk_ += static_cast<double>(alternatives(*hazard_, list, walk.memory(), {event->sender, event->receiver}));
      ++events_of_mark_[hazard_->mark_of(event->type)];
    }
    if (samples()) sample_.follow_events(walk, list);
    const std::size_t seen_before = walk.seen();
    walk.apply();
    list.advance(walk.memory());
    walk.memory().clear_touched();
    // A block ends with the moment whose events complete it, so that nothing lies between it and the next one.
    const double share = static_cast<double>(walk.seen()) / static_cast<double>(total);
    if (walk.seen() > seen_before && walk.seen() < total && starts_.size() < blocks &&
        share >= end_of_block(starts_.size() - 1, blocks)) {
      starts_.back().end = walk.seen();
      starts_.push_back({walk, total});
    }
  }
  if (exact() && walk.remaining() > 0) exposure_ += walk.remaining() * all_at_risk(list, walk.memory());
  if (samples()) sample_.finish(walk, list);
  starts_.back().end = std::numeric_limits<std::size_t>::max();  // to the end of time
  outside_lifetime_ = walk.outside_lifetime();
  outside_risk_set_ = walk.outside_risk_set();
}

// Who may act at any time: dyads, or senders of a rate.
double TieLikelihood::all_at_risk(RiskList& list, const Memory& memory) const {
  return static_cast<double>(alternatives(*hazard_, list, memory, {no_id, no_id}));
}

Likelihood TieLikelihood::operator()(const Eigen::VectorXd& coefficients) const {
  Likelihood sum = walk(coefficients);
  while (integral_bound_ > wanted_bound * std::max(1.0, std::abs(sum.value)) && parts_ < most_parts) {
    parts_ *= 2;
    sum = walk(coefficients);
  }
  return sum;
}

Likelihood TieLikelihood::walk(const Eigen::VectorXd& coefficients) const {
  std::mutex guard;
  std::size_t done = 0;
  const auto report = [&](std::size_t events) {
    if (!options_.progress) return;
    const std::lock_guard lock(guard);
    done += events;
    options_.progress(done);
  };
  struct BlockResult {
    Likelihood likelihood;
    Eigen::MatrixXd exposure;
    double unsure;
    double drift;
  };
  std::vector<BlockResult> results(starts_.size());
  for_each_block(starts_.size(), options_.threads, [&](std::size_t block) {
    Pass pass(*this, starts_[block], coefficients);
    pass.run(report);
    results[block] = {std::move(pass.result), std::move(pass.exposure), pass.unsure, pass.drift};
  });
  Likelihood sum = zero_likelihood(coefficients.size());
  Eigen::MatrixXd exposure = Eigen::MatrixXd::Zero(results.front().exposure.rows(), results.front().exposure.cols());
  integral_bound_ = 0;
  for (const BlockResult& result : results) {
    integral_bound_ += result.unsure;
    sum.value += result.likelihood.value;
    sum.gradient += result.likelihood.gradient;
    sum.information += result.likelihood.information;
    exposure += result.exposure;
    drift_ = std::max(drift_, result.drift);
  }
  if (exact()) {
    const double rate = std::exp(coefficients(0));  // of the first mark
    integral_bound_ *= rate;
    const auto marks = static_cast<Eigen::Index>(places_.marks());
    for (Eigen::Index mark = 0; mark < marks; ++mark) {
      sum.value -= rate * exposure(mark, mark);
      sum.gradient -= rate * exposure.col(mark);
    }
    sum.value += coefficients(0) * static_cast<double>(events());
    sum.information = rate * exposure;
  } else {
    mirror(sum);
  }
  refuse_unless_finite(sum);
  return sum;
}

Eigen::VectorXd TieLikelihood::start() const {
  Eigen::VectorXd start = Eigen::VectorXd::Zero(static_cast<Eigen::Index>(names().size()));
  const auto acts = [&](std::size_t mark) { return std::max(0.5, static_cast<double>(events_of_mark_[mark])); };
  for (std::size_t mark = 0; mark < places_.marks(); ++mark) {
    const std::size_t place = places_.of(mark).front();
    const double against = exact() ? exposure_ : acts(0);
    if (place != MarkPlaces::none && against > 0)
      start(static_cast<Eigen::Index>(place)) = std::log(acts(mark) / against);
  }
  return start;
}

std::size_t TieLikelihood::events() const {
  return std::accumulate(events_of_mark_.begin(), events_of_mark_.end(), std::size_t{0});
}

double TieLikelihood::mean_at_risk() const { return events() > 0 ? at_risk_ / static_cast<double>(events()) : 0; }

}  // namespace detente
