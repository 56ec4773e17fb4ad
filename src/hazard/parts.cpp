#include "hazard/parts.hpp"

namespace detente {

Parts::Parts(const Hazard& hazard, const Layout& layout, std::size_t actors, bool with_moments)
    : listed(hazard.risk_set.kind() == RiskSet::Kind::listed),
      by_lines(false),
      senders(hazard.risk_set, layout, OwnParts::Side::sender, actors),
      receivers(hazard.risk_set, layout, OwnParts::Side::receiver, actors),
      coded(hazard, layout),
      pairs(hazard, layout, actors),
      coded_values_(layout.coded()),
      counts_(!layout.counts.empty()) {
  if (with_moments) shape = {layout.sender.size(), layout.receiver.size(), layout.coded(), layout.pair.size()};
}

void Parts::refresh(const Memory& now, const RiskList& list, std::span<const double> theta) {
  memory = &now;
  coded.refresh(now, theta);
  by_lines = !listed && (counts_ || coded.groups() * coded.groups() > now.actors());
  senders.refresh(now, theta);
  receivers.refresh(now, theta);
  pairs.refresh(now, list, coded, theta);
}

Parts::Cell Parts::cell(Dyad dyad) {
  const double own = own_weight(dyad);
  const PairId pair = pairs.find(dyad);
  if (pair != no_id)
    return {own * (pairs.coded_weight(pair) * pairs.pair_weight(pair)),
            std::span(pairs.values(pair), shape.coded + shape.pair)};
  if (listed) return {0, {}};
  return {own * coded.cell(*memory, dyad, coded_values_.data()), std::span(coded_values_.data(), shape.coded)};
}

}  // namespace detente
