// Closure along outgoing two-paths: a friend of a friend.  x_ij(t) = sum_h min(w_ih(t), w_hj(t)); unique: #{h: w_ih >
// 0 and w_hj > 0}.  Butts (2008), eq. 4; remstats otp.
#pragma once

#include <algorithm>
#include <array>
#include <cmath>

#include "effects/arguments.hpp"
#include "effects/two_path_sources.hpp"

namespace detente {

struct OutgoingTwoPath {
  static constexpr std::array arguments{
      trace_argument,
      ArgumentDoc{"unique", Argument::flag, "", "count third actors instead of summing the smaller leg"}};
  static constexpr EffectDoc doc{
      .name = "otp",
      .summary = "Closure along outgoing two-paths: a friend of a friend.",
      .formula = "x_ij(t) = sum_h min(w_ih(t), w_hj(t)); unique: #{h: w_ih > 0 and w_hj > 0}",
      .unit = "events, or intensity, as the traces weigh them; third actors when unique",
      .scope = "dyad",
      .source = "Butts (2008), eq. 4; remstats otp",
      .example = "otp(unique)",
      .arguments = arguments};

  explicit OutgoingTwoPath(const Arguments& given)
      : first(given.trace("trace")),
        second(given.trace("trace")),
        paths(given.two_paths(
            {first, Leg::forward, second, Leg::forward, given.flag("unique") ? Combine::unique : Combine::min_sum})),
        own_traits{.scope = Scope::dyad, .sparse = true, .drifts = given.two_paths_drift(paths), .two_paths = true} {}

  double operator()(const Memory& memory, Dyad d) const { return memory.two_paths(paths, d); }
  Traits traits() const { return own_traits; }
  void sources(const Memory& memory, Dyad d, std::vector<Source>& out) const {
    two_path_sources(memory, memory.two_paths_of(paths).spec(), d, out);
  }

  TraceId first;
  TraceId second;
  TwoPathId paths;
  Traits own_traits;
};

}  // namespace detente
