// Why an estimate has no finite value: the events that make it so.
//
// With no effect at all each dyad at risk is as likely as any other, so an effect that separates shows in the contrast of
// what acted with the plain mean of what was at risk: it has one sign wherever the effect varies.
#pragma once

#include <string>

#include "estimate/newton.hpp"
#include "hazard/end_likelihood.hpp"
#include "hazard/event_fit.hpp"
#include "hazard/start_likelihood.hpp"

namespace detente {

// A sentence that counts the events by the sign of their contrast and names up to three with the largest.  `name` is the
// coefficient's; `file` is where the events were read from, empty when that is not one file.
[[nodiscard]] std::string explain_separation(const Record& record, const Model& model, const Hazard& hazard,
                                             const EventFitOptions& options, const RunAway& run_away,
                                             const std::string& file);
[[nodiscard]] std::string explain_separation(const Record& record, const EndLikelihood& likelihood,
                                             const RunAway& run_away);
[[nodiscard]] std::string explain_separation(const Record& record, const StartLikelihood& likelihood,
                                             const RunAway& run_away);

}  // namespace detente
