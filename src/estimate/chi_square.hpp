// P(X > x) for a chi-square X with `df` degrees of freedom: Q(df / 2, x / 2), the regularized upper incomplete gamma
// function, by its series or its continued fraction (Press et al., Numerical Recipes, 3rd ed., 6.2; Lentz's method).
#pragma once

namespace detente {

// 1 for x <= 0; relative error below 1e-10 for df up to some thousands.
[[nodiscard]] double chi_square_above(double x, double df);

}  // namespace detente
