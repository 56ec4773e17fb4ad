// A forecast, and why it changed, in sentences made of its numbers: who, how likely against one constant rate, the factor
// that stands most above 1 and the one most below, each with its ratio, interval and the latest of the events that weigh
// most in it.  They speak of what goes together in the record: no causes, no motives, nothing about what people are like.
#pragma once

#include <string>

#include "forecast/forecast.hpp"

namespace detente {

[[nodiscard]] std::string sentence_of(const AllianceForecast& one, const Forecast& forecast);
[[nodiscard]] std::string sentence_of(const StartForecast& one, const Forecast& forecast);
[[nodiscard]] std::string sentence_of(const Change& change, const Forecast& forecast);

void add_sentences(Forecast& forecast);  // to all that is in it

// "Elon Musk to Donald Trump, Criticise, 2025-03-06"
[[nodiscard]] std::string event_in_words(const Record& record, EventId id);

}  // namespace detente
