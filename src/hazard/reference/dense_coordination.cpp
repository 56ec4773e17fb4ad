#include <cmath>

#include "hazard/reference/dense.hpp"

namespace detente::reference {
namespace {

// One moment.
struct Meeting {
  const Hazard& hazard;
  const NaiveTerms& terms;
  const History& history;
  const Eigen::VectorXd& theta;

  [[nodiscard]] ActorId actors() const { return static_cast<ActorId>(history.record->actors.size()); }

  // log p_i(j) with its derivatives.
  [[nodiscard]] Likelihood choice(ActorId i, ActorId j) const {
    double sum = 0;
    Eigen::VectorXd first = Eigen::VectorXd::Zero(theta.size());
    Eigen::MatrixXd second = Eigen::MatrixXd::Zero(theta.size(), theta.size());
    for (ActorId k = 0; k < actors(); ++k) {
      if (k == i || !at_risk(history, hazard, i, k)) continue;
      const Eigen::VectorXd x = terms(history, i, k);
      const double weight = std::exp(theta.dot(x));
      sum += weight;
      first += weight * x;
      second += weight * x * x.transpose();
    }
    const Eigen::VectorXd x = terms(history, i, j);
    return {theta.dot(x) - std::log(sum), x - first / sum, second / sum - first * first.transpose() / (sum * sum)};
  }

  // log q = log p_i(j) + log p_j(i), likewise.
  [[nodiscard]] Likelihood both(ActorId i, ActorId j) const {
    const Likelihood there = choice(i, j), back = choice(j, i);
    return {there.value + back.value, there.gradient + back.gradient, there.information + back.information};
  }

  // log of the sum S of q = e^f over pairs: S' = sum of q f', S'' = sum of q (f'' + f' f'^t).
  [[nodiscard]] Likelihood all() const {
    double sum = 0;
    Eigen::VectorXd first = Eigen::VectorXd::Zero(theta.size());
    Eigen::MatrixXd second = Eigen::MatrixXd::Zero(theta.size(), theta.size());
    for (ActorId i = 0; i < actors(); ++i)
      for (ActorId j = i + 1; j < actors(); ++j) {
        if (!at_risk(history, hazard, i, j)) continue;
        const Likelihood f = both(i, j);
        const double q = std::exp(f.value);
        sum += q;
        first += q * f.gradient;
        second += q * (f.gradient * f.gradient.transpose() - f.information);
      }
    return {std::log(sum), first / sum, first * first.transpose() / (sum * sum) - second / sum};
  }
};

}  // namespace

Likelihood dense_coordination_likelihood(const Record& record, const Model& model, const Hazard& hazard,
                                         const DenseOptions& options, const Eigen::VectorXd& theta) {
  const NaiveTerms terms(hazard.text.formula.text, model.memory.traces);
  Likelihood sum{0, Eigen::VectorXd::Zero(theta.size()), Eigen::MatrixXd::Zero(theta.size(), theta.size())};
  for (std::size_t k = 0; k < record.events.size(); ++k) {
    const Event& event = record.events[k];
    if (k + 1 < options.first || event.time < observation_start(record) || event.time > options.until ||
        !hazard.makes_events[event.type])
      continue;
    const History history = before_events(record, event.time, model.memory.tick.length(), false);
    if (!at_risk(history, hazard, event.sender, event.receiver)) continue;
    const Meeting meeting{hazard, terms, history, theta};
    const Likelihood chosen = meeting.both(event.sender, event.receiver), all = meeting.all();
    sum.value += chosen.value - all.value;
    sum.gradient += chosen.gradient - all.gradient;
    sum.information += chosen.information - all.information;
  }
  return sum;
}

}  // namespace detente::reference
