// The alliances in force at a date as JSON and CSV: the section "alliances" of a result.
#pragma once

#include <span>

#include "forecast/alliances.hpp"
#include "io/result.hpp"
#include "memory/infer_sensitivity.hpp"

namespace detente {

// `sensitivity` may be empty: then it is null.
[[nodiscard]] Json alliances_json(const Alliances& alliances, std::span<const InferOutcome> sensitivity);

// A row for each alliance, the strongest first.
[[nodiscard]] std::string alliances_csv(const Alliances& alliances);

}  // namespace detente
