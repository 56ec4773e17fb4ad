#include "hazard/observed_covariates.hpp"

#include "hazard/marks.hpp"
#include "hazard/tie_walk.hpp"

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
  const MarkPlaces places(hazard);
  Eigen::VectorXd z = Eigen::VectorXd::Ones(static_cast<Eigen::Index>(1 + hazard.terms.size()));
  Eigen::VectorXd row(places.rows());
  Extremes extremes(static_cast<Eigen::Index>(places.names().size()));
  TieWalk walk(record, model.memory, hazard, first, until, false);
  while (walk.next()) {
    walk.arrive();
    for (const Event* event : walk.modelled()) {
      fill_terms(hazard, walk.memory(), dyad_of(hazard, *event), std::span(z.data() + 1, hazard.terms.size()));
      places.spread(hazard.mark_of(event->type), z, row);
      extremes.add(row.tail(static_cast<Eigen::Index>(places.names().size())));
    }
    walk.apply();
    walk.memory().clear_touched();
  }
  return extremes.rows();
}

Eigen::MatrixXd extreme_covariates(const EpisodeLikelihood& likelihood) {
  Eigen::VectorXd x = Eigen::VectorXd::Zero(static_cast<Eigen::Index>(likelihood.names().size()));
  Extremes extremes(x.size());
  for (std::size_t r = 0; r < likelihood.rows().size(); ++r) {
    const std::span<const double> covariates = likelihood.covariates(r);
    std::copy(covariates.begin(), covariates.end(), x.begin());  // the baseline's shape has none
    extremes.add(x);
  }
  return extremes.rows();
}

}  // namespace detente
