// Goodness of fit as JSON and CSV: the section "gof" of a result.
#pragma once

#include "forecast/goodness.hpp"
#include "io/result.hpp"

namespace detente {

// `options`: what it was run with.
[[nodiscard]] Json goodness_json(const Goodness& result, const GoodnessOptions& options, const Record& record);

// A row for each statistic: its value in the record, the simulated bands and the p-value.
[[nodiscard]] std::string goodness_csv(const Goodness& result);

}  // namespace detente
