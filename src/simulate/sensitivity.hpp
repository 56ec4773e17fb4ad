// Which inputs move an output, over their whole ranges: elementary effects (Morris 1991, with mu* of Campolongo, Cariboni &
// Saltelli 2007) for screening, and Sobol' indices for shares of variance: first order by Saltelli et al. (2010, table 2, b),
// total by Jansen (1999).  A model is any function of a point in the unit cube to several outputs; its draws should be the
// same at every point (common random numbers), so that differences are the inputs'.
#pragma once

#include <cstdint>
#include <functional>
#include <vector>

namespace detente {

using UnitModel = std::function<std::vector<double>(const std::vector<double>& point)>;

struct MorrisEffect {
  double mean;      // mu: of elementary effects, per range of the input
  double absolute;  // mu*: of their absolute values
  double spread;    // sigma: interactions or curvature
};

struct SobolIndex {
  double first;  // share of variance by this input alone
  double total;  // with all its interactions
};

// Both: [output][input].
// `trajectories` of inputs + 1 runs each, on a grid of 4 levels with steps of 2/3.
[[nodiscard]] std::vector<std::vector<MorrisEffect>> morris(const UnitModel& model, std::size_t inputs,
                                                            std::size_t trajectories, std::uint64_t seed);
// `base` (2 or more) times inputs + 2 runs.  An output that does not vary has indices 0.
[[nodiscard]] std::vector<std::vector<SobolIndex>> sobol(const UnitModel& model, std::size_t inputs, std::size_t base,
                                                         std::uint64_t seed);

}  // namespace detente
