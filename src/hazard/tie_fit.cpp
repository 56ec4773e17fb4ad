#include "hazard/tie_fit.hpp"

#include <algorithm>
#include <cmath>
#include <map>

namespace detente {

double TieFit::deviance_residual() const {
  const double m = martingale_residual();
  const auto n = static_cast<double>(ended);
  const double deviance = -2 * (m + (ended > 0 ? n * std::log(cumulative_hazard / n) : 0));
  return std::copysign(std::sqrt(std::max(0.0, deviance)), m);
}

std::vector<TieFit> fit_of_ties(const EpisodeLikelihood& likelihood, const Eigen::VectorXd& coefficients) {
  std::vector<TieFit> fits;
  std::map<TieId, std::size_t> place;
  for (std::size_t r = 0; r < likelihood.rows().size(); ++r) {
    const EpisodeLikelihood::Row& row = likelihood.rows()[r];
    const auto [at, is_new] = place.try_emplace(row.tie, fits.size());
    if (is_new)
      fits.push_back(
          {.tie = row.tie, .from = row.from, .last = {}, .score = Eigen::VectorXd::Zero(coefficients.size())});
    TieFit& fit = fits[at->second];
    const std::span<const double> x = likelihood.covariates(r);
    fit.last = Eigen::Map<const Eigen::VectorXd>(x.data(), static_cast<Eigen::Index>(x.size()));
    fit.exposure += row.exposure;
    fit.ended += row.ended ? 1 : 0;
    fit.cumulative_hazard += likelihood.expected(r, coefficients);
    fit.score += likelihood.score(r, coefficients);
  }
  return fits;
}

}  // namespace detente
