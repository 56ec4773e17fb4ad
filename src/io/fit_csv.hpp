// Fits as CSV: a row for each coefficient, and for each model that was compared.
#pragma once

#include <span>
#include <string>

#include "estimate/compare.hpp"

namespace detente {

// model,hazard,kind,effect,of,actor,with,events,estimate,standard_error,low,high,robust_standard_error,profile_low,
// profile_high,status: the coefficients of all (of = all), then those of each actor or pair.  low and high are Wald's
// at `level`; an open end of a profile interval is an empty cell.
[[nodiscard]] std::string coefficients_csv(std::span<const FittedModel> models, const Record& record, double level);

// hazard,model,status,log_likelihood,coefficients,aic,aicc,bic,nested,statistic,df,p_value,note: what follows bic is the
// comparison with the first model.
[[nodiscard]] std::string comparison_csv(std::span<const HazardComparison> comparisons,
                                         std::span<const FittedModel> models);

}  // namespace detente
