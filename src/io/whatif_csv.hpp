// What-if as CSV: the branches over time, the points of a sweep, the sensitivities.
#pragma once

#include <string>

#include "simulate/whatif.hpp"

namespace detente {

// A row for each branch, moment and read-out: branch,time,read_out, the band of the branch as simulate --csv has it, and
// of its difference to the base (difference_mean, difference_error, difference_low95 ... difference_high95), which is
// empty for the base itself.
[[nodiscard]] std::string whatif_csv(const WorldStart& start, const WhatIf& result);

// over,value,read_out, and the band of the difference to the base at the end.
[[nodiscard]] std::string sweep_csv(const WorldStart& start, const WhatIf& result);

// method,setting,read_out,mean,absolute,spread,first,total; those of the other method are empty.
[[nodiscard]] std::string sensitivity_csv(const WorldStart& start, const WhatIf& result);

}  // namespace detente
