#include "hazard/risk_sums.hpp"

#include "hazard/blocked_sums.hpp"
#include "hazard/factorised_sums.hpp"
#include "hazard/sender_sums.hpp"

namespace detente {

std::unique_ptr<RiskSums> make_risk_sums(const Hazard& hazard, const Memory& memory, Evaluation evaluation, Keep keep) {
  if (hazard.text.kind == HazardKind::rate) return std::make_unique<SenderSums>(hazard, memory.actors());
  if (evaluation != Evaluation::blocked && hazard.factors())
    return std::make_unique<FactorisedSums>(hazard, memory, keep);
  return std::make_unique<BlockedSums>(hazard);
}

void fill_terms(const Hazard& hazard, const Memory& memory, Dyad dyad, std::span<double> x) {
  const Link link = memory.link(dyad);
  for (std::size_t p = 0; p < hazard.terms.size(); ++p) x[p] = hazard.value(hazard.terms[p], memory, link);
}

}  // namespace detente
