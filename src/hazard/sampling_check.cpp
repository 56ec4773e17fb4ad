#include "hazard/sampling_check.hpp"

#include <algorithm>

namespace detente {
namespace {

constexpr std::size_t most_redrawn = 2400;     // events
constexpr std::size_t redrawn_for_each = 6;    // event that is referred
constexpr std::size_t most_at_risk = 100'000;  // dyads of a full reference

// What one event shows.
struct Shown {
  Eigen::VectorXd noise;  // difference of two draws
  Eigen::VectorXd shift;  // empty where the event was not referred
  Eigen::MatrixXd information;
  bool full = true;
};

Likelihood of_event(CaseControlLikelihood::Visit& at, const Eigen::VectorXd& estimate) {
  SampledSum sum(estimate);
  at.reader.read(at.memory, at.set.dyads, at.x);
  sum.add(at.set, at.x);
  return sum.take();
}

Shown show(CaseControlLikelihood::Visit& at, const Sampling& sampling, const Eigen::VectorXd& estimate, bool refer) {
  at.sampler.draw(at.memory, at.event, sampling, at.set);
  const Eigen::VectorXd first = of_event(at, estimate).gradient;
  SampledEvent again = at.event;
  ++again.replicate;
  at.sampler.draw(at.memory, again, sampling, at.set);
  const Eigen::VectorXd second = of_event(at, estimate).gradient;
  Shown shown{first - second, {}, {}, true};
  if (!refer) return shown;
  shown.full = at.sampler.at_risk(at.memory) <= most_at_risk;
  ++again.replicate;
  if (shown.full)
    at.sampler.take_all(at.memory, at.event, at.set);
  else
    at.sampler.draw(at.memory, again, {std::max(reference_controls, sampling.controls), SamplingDesign::activity, {}},
                    at.set);
  const Likelihood reference = of_event(at, estimate);
  shown.shift = reference.gradient - 0.5 * (first + second);
  shown.information = reference.information;
  return shown;
}

// The inverse of the reference's information, scaled to all events; the sampled covariance where it has none.
Eigen::MatrixXd inverse_or(const Eigen::MatrixXd& information, const Eigen::MatrixXd& otherwise) {
  const Eigen::LDLT<Eigen::MatrixXd> solver(information);
  const bool sound = solver.info() == Eigen::Success && solver.isPositive() && solver.rcond() > 1e-10;
  return sound ? solver.solve(Eigen::MatrixXd::Identity(information.rows(), information.cols())) : otherwise;
}

}  // namespace

SamplingCheck check_sampling(const CaseControlLikelihood& likelihood, const Eigen::VectorXd& estimate,
                             const Eigen::MatrixXd& covariance) {
  const Sampling& sampling = likelihood.hazard().text.sampling;
  const std::size_t step = (likelihood.events() + most_redrawn - 1) / most_redrawn;
  const bool refers_all = likelihood.events() <= most_redrawn / redrawn_for_each;
  std::vector<Shown> events((likelihood.events() + step - 1) / step);
  likelihood.walk([&](std::size_t number) { return number % step == 0; },
                  [&](CaseControlLikelihood::Visit& at) {
                    const std::size_t k = at.event.number / step;
                    events[k] = show(at, sampling, estimate, refers_all || k % redrawn_for_each == 0);
                  },
                  true);
  const Eigen::Index size = estimate.size();
  Eigen::MatrixXd noise = Eigen::MatrixXd::Zero(size, size);
  Eigen::MatrixXd squares = noise;
  Eigen::MatrixXd information = noise;
  Eigen::VectorXd shift = Eigen::VectorXd::Zero(size);
  SamplingCheck check;
  check.events_redrawn = events.size();
  for (const Shown& event : events) {
    noise += 0.5 * event.noise * event.noise.transpose();
    if (event.shift.size() == 0) continue;
    ++check.events_referred;
    check.full_reference = check.full_reference && event.full;
    shift += event.shift;
    squares += event.shift * event.shift.transpose();
    information += event.information;
  }
  const auto all = static_cast<double>(likelihood.events());
  const double of_redrawn = all / static_cast<double>(std::max<std::size_t>(check.events_redrawn, 1));
  const double of_referred = all / static_cast<double>(std::max<std::size_t>(check.events_referred, 1));
  check.sampling_variance = (covariance * (of_redrawn * noise) * covariance).diagonal();
  const Eigen::MatrixXd inverse = inverse_or(of_referred * information, covariance);
  check.shift = inverse * (of_referred * shift);
  squares -= shift * shift.transpose() / static_cast<double>(std::max<std::size_t>(check.events_referred, 1));
  check.shift_error = (inverse * (of_referred * of_referred * squares) * inverse).diagonal().cwiseMax(0).cwiseSqrt();
  return check;
}

}  // namespace detente
