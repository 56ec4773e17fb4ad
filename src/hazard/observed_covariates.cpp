#include "hazard/observed_covariates.hpp"

#include "hazard/replay.hpp"
#include "hazard/risk_sums.hpp"

namespace detente {
namespace {

class Extremes {
 public:
  explicit Extremes(Eigen::Index size) : rows_(Eigen::MatrixXd::Zero(2 * size, size)) {}

  void add(const Eigen::VectorXd& z) {
    for (Eigen::Index p = 0; p < z.size(); ++p) {
      if (!any_ || z(p) < rows_(2 * p, p)) rows_.row(2 * p) = z;
      if (!any_ || z(p) > rows_(2 * p + 1, p)) rows_.row(2 * p + 1) = z;
    }
    any_ = true;
  }

  [[nodiscard]] const Eigen::MatrixXd& rows() const { return rows_; }

 private:
  Eigen::MatrixXd rows_;
  bool any_ = false;
};

}  // namespace

Eigen::MatrixXd extreme_covariates(const Record& record, const Model& model, const Hazard& hazard, std::size_t first,
                                   Time until) {
  const std::size_t before = hazard.text.timing == Timing::exact ? 1 : 0;
  Eigen::VectorXd z = Eigen::VectorXd::Ones(static_cast<Eigen::Index>(before + hazard.terms.size()));
  Extremes extremes(z.size());
  Memory memory(record, model.memory);
  Replay replay(record, 0, until);
  std::size_t seen = 0;
  for (Moment moment; replay.next(moment);) {
    enter(memory, moment);
    for (const Event& event : moment.events) {
      if (++seen < first || !hazard.makes_events[event.type]) continue;
      if (!memory.present(event.sender) || !memory.present(event.receiver)) continue;
      fill_terms(hazard, memory, {event.sender, event.receiver}, std::span(z.data() + before, hazard.terms.size()));
      extremes.add(z);
    }
    for (const Event& event : moment.events) memory.apply(event);
    memory.clear_touched();
  }
  return extremes.rows();
}

Eigen::MatrixXd extreme_covariates(const EndLikelihood& likelihood) {
  Extremes extremes(static_cast<Eigen::Index>(likelihood.names().size()));
  for (std::size_t r = 0; r < likelihood.rows().size(); ++r) {
    const std::span<const double> x = likelihood.covariates(r);
    extremes.add(Eigen::Map<const Eigen::VectorXd>(x.data(), static_cast<Eigen::Index>(x.size())));
  }
  return extremes.rows();
}

}  // namespace detente
