// Backtests and cross-validations as JSON and CSV.
#pragma once

#include "forecast/backtest.hpp"
#include "forecast/backtest_difference.hpp"
#include "forecast/held_out.hpp"
#include "io/result.hpp"

namespace detente {

[[nodiscard]] Json backtest_json(const Backtest& backtest, const BacktestOptions& options, const Record& record);
[[nodiscard]] Json cross_validation_json(const HeldOutTrack& result, const HeldOutOptions& options);

// Of a second model, of `backtest` less that of it.
[[nodiscard]] Json against_json(const std::string& model, const Backtest& other, const LossDifference& difference);

// A row for each forecast.
[[nodiscard]] std::string backtest_csv(const Backtest& backtest, const Record& record);

}  // namespace detente
