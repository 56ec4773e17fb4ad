// Ledger: the balance of an exchange, what was given minus what was received.  x_ij(t) = w_ij(t) - w_ji(t); meant for
// a trace of material cooperation.
#pragma once

#include <array>

#include "effects/parts.hpp"

namespace detente {

struct Ledger : OfDyad {
  static constexpr std::array arguments{trace_argument};
  static constexpr EffectDoc doc{.name = "ledger",
                                 .summary = "The balance of the exchange: what was given minus what was received.",
                                 .words = "what was given beyond what was received",
                                 .formula = "x_ij(t) = w_ij(t) - w_ji(t)",
                                 .unit = "events, or intensity, as the trace weighs them",
                                 .scope = "dyad",
                                 .source = "Blau (1964) on exchange",
                                 .example = "ledger(gifts)",
                                 .arguments = arguments};

  using OfDyad::OfDyad;

  double operator()(const Memory& memory, const Link& d) const {
    return memory.trace(trace).weight(d.there) - memory.trace(trace).weight(d.back);
  }
  void sources(const Memory&, Dyad d, std::vector<Source>& out) const {
    out.insert(out.end(), {{trace, d}, {trace, reversed(d)}});
  }
};

}  // namespace detente
