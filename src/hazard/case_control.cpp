#include "hazard/case_control.hpp"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <mutex>

#include "base/parallel.hpp"

namespace detente {
namespace {

// Of all walkers' memories; one is always allowed.
constexpr double walker_bytes = 2.8 * 1024 * 1024 * 1024;
constexpr std::size_t kept_share = 3;  // of matrix_bytes, where all do not fit

// A guess at what a memory grows to: pairs, partners, neighbours and traces.
double guess_bytes(const Record& record, const MemorySpec& spec) {
  constexpr double bytes_of_pair = 64;
  constexpr double bytes_in_trace = 24;
  return most_pairs(record, spec) * (bytes_of_pair + bytes_in_trace * static_cast<double>(spec.traces.size()));
}

// Events change pairs all over a large memory: those soon to come are asked for.
void ask_ahead(const Record& record, const TieWalk& walk) {
  constexpr std::size_t far = 16, near = 8;
  if (walk.seen() + far >= record.events.size()) return;
  walk.memory().prefetch_pair(record.events[walk.seen() + far]);
  walk.memory().prefetch_traces(record.events[walk.seen() + near]);
}

Likelihood add_up(const std::vector<Likelihood>& parts, Eigen::Index size) {
  Likelihood sum = zero_likelihood(size);
  for (const Likelihood& part : parts) {
    if (part.gradient.size() == 0) continue;
    sum.value += part.value;
    sum.gradient += part.gradient;
    sum.information += part.information;
  }
  refuse_unless_finite(sum);
  return sum;
}

}  // namespace

CaseControlLikelihood::CaseControlLikelihood(const Record& record, const Model& model, const Hazard& hazard,
                                             CaseControlOptions options)
    : record_(&record), hazard_(&hazard), options_(std::move(options)), memory_(model.memory) {
  assert(hazard.text.timing == Timing::ordinal && hazard.text.sampling.controls > 0);
  memory_.maintain_two_paths = false;
  for (std::size_t k = options_.first - 1; k < record.events.size() && record.events[k].time <= options_.until; ++k)
    most_events_ += hazard.makes_events[record.events[k].type] ? 1 : 0;
  keep();
}

// With every walker a memory of its own.
unsigned CaseControlLikelihood::walkers() const {
  const double allowed = std::max(1.0, std::floor(walker_bytes / guess_bytes(*record_, memory_)));
  const std::size_t whole_runs = most_events_ / run_length;
  const auto runs = static_cast<double>(whole_runs + 1);
  const unsigned wanted = options_.threads == 0 ? hardware_threads() : options_.threads;
  return static_cast<unsigned>(std::min({static_cast<double>(wanted), allowed, runs}));
}

void CaseControlLikelihood::walk(const std::function<bool(std::size_t)>& wanted,
                                 const std::function<void(Visit&)>& visit, bool follows_met) const {
  const unsigned count = walkers();
  std::mutex guard;
  for_each_block(count, count, [&](std::size_t walker) {
    TieWalk walk(*record_, memory_, *hazard_, options_.first, options_.until, false);
    const bool by_activity = follows_met || hazard_->text.sampling.design == SamplingDesign::activity;
    ControlSampler sampler(*record_, *hazard_, by_activity, options_.seed);
    DyadReader reader(*hazard_);
    SampledSet set;
    std::vector<double> x;
    std::size_t number = 0;
    std::size_t reported = 0;
    while (walk.next()) {
      walk.arrive();
      sampler.follow(walk.memory());
      for (const Event* event : walk.modelled()) {
        const std::size_t run = number / run_length;
        if (run % count == walker && wanted(number)) {
          Visit at{walk.memory(),
                   sampler,
                   reader,
                   set,
                   x,
                   {dyad_of(*hazard_, *event), static_cast<std::uint32_t>(number), options_.replicate},
                   run};
          visit(at);
        }
        ++number;
      }
      ask_ahead(*record_, walk);
      walk.apply();
      sampler.follow(walk.memory());
      if (walker == 0 && options_.progress && walk.seen() >= reported + run_length) {
        options_.progress(walk.seen());
        reported = walk.seen();
      }
    }
    const std::lock_guard lock(guard);
    events_ = number;
    outside_lifetime_ = walk.outside_lifetime();
    outside_risk_set_ = walk.outside_risk_set();
  });
}

void CaseControlLikelihood::keep() {
  const Sampling& sampling = hazard_->text.sampling;
  const std::size_t weight = sampling.design == SamplingDesign::activity ? 1 : 0;
  const std::size_t bytes_each = sampling.controls * (hazard_->terms.size() + weight) * sizeof(double) + sizeof(int);
  const std::size_t fit = std::max<std::size_t>(options_.matrix_bytes / bytes_each, 1);
  if (most_events_ > fit) every_ = most_events_ / std::max<std::size_t>(fit / kept_share, 1) + 1;
  runs_.assign(most_events_ / run_length + 1, SampledSets(hazard_->terms.size()));
  walk([&](std::size_t number) { return number % every_ == 0; },
       [&](Visit& at) {
         at.sampler.draw(at.memory, at.event, sampling, at.set);
         at.reader.read(at.memory, at.set.dyads, at.x);
         SampledSets& run = runs_[at.run];
         if (run.events() == 0) run.reserve((run_length + every_ - 1) / every_, sampling.controls, weight > 0);
         run.add(at.x, at.set.dyads.size(), at.set.log_weight);
       });
}

Likelihood CaseControlLikelihood::kept(const Eigen::VectorXd& coefficients) const {
  std::vector<Likelihood> parts(runs_.size());
  for_each_block(runs_.size(), options_.threads, [&](std::size_t run) { parts[run] = runs_[run](coefficients); });
  return add_up(parts, coefficients.size());
}

Likelihood CaseControlLikelihood::operator()(const Eigen::VectorXd& coefficients) const {
  if (keeps_all()) return kept(coefficients);
  std::vector<std::unique_ptr<SampledSum>> sums(runs_.size());
  walk([](std::size_t) { return true; },
       [&](Visit& at) {
         if (!sums[at.run]) sums[at.run] = std::make_unique<SampledSum>(coefficients);
         at.sampler.draw(at.memory, at.event, hazard_->text.sampling, at.set);
         at.reader.read(at.memory, at.set.dyads, at.x);
         sums[at.run]->add(at.set, at.x);
       });
  std::vector<Likelihood> parts(sums.size());
  for (std::size_t run = 0; run < sums.size(); ++run)
    if (sums[run]) parts[run] = sums[run]->take();
  return add_up(parts, coefficients.size());
}

std::vector<std::string> CaseControlLikelihood::names() const {
  std::vector<std::string> names;
  for (const Term& term : hazard_->terms) names.push_back(term.name());
  return names;
}

}  // namespace detente
