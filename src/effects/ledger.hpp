// Ledger: the balance of an exchange, what was given minus what was received.  x_ij(t) = w_ij(t) - w_ji(t); meant for
// a trace of material cooperation.
#pragma once

#include <algorithm>
#include <array>
#include <cmath>

#include "effects/arguments.hpp"

namespace detente {

struct Ledger {
  static constexpr std::array arguments{trace_argument};
  static constexpr EffectDoc doc{.name = "ledger",
                                 .summary = "The balance of the exchange: what was given minus what was received.",
                                 .formula = "x_ij(t) = w_ij(t) - w_ji(t)",
                                 .unit = "events, or intensity, as the trace weighs them",
                                 .scope = "dyad",
                                 .source = "Détente, design section 5; Blau (1964) on exchange",
                                 .example = "ledger(gifts)",
                                 .arguments = arguments};

  explicit Ledger(const Arguments& given)
      : trace(given.trace("trace")), own_traits{.scope = Scope::dyad, .sparse = true, .drifts = given.drifts(trace)} {}

  double operator()(const Memory& memory, Dyad d) const {
    return memory.weight(trace, d.sender, d.receiver) - memory.weight(trace, d.receiver, d.sender);
  }
  Traits traits() const { return own_traits; }
  void sources(const Memory&, Dyad d, std::vector<Source>& out) const {
    out.push_back({trace, d});
    out.push_back({trace, reversed(d)});
  }

  TraceId trace;
  Traits own_traits;
};

}  // namespace detente
