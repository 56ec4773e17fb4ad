// A forecast as JSON: the sections "forecast", "record" and "outcomes" of a result.
#pragma once

#include "forecast/forecast.hpp"
#include "io/result.hpp"

namespace detente {

[[nodiscard]] Json forecast_json(const Forecast& forecast);
[[nodiscard]] Json known_record_json(const Record& known);  // what the page draws; nothing later than the as-of date
[[nodiscard]] Json outcomes_json(const Outcomes& outcomes, const Forecast& forecast, Clock clock);  // null when unknown

// A row for each alliance, as CSV.
[[nodiscard]] std::string forecast_csv(const Forecast& forecast);

}  // namespace detente
