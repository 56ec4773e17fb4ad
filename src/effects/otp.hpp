// Closure along outgoing two-paths: a friend of a friend.  x_ij(t) = sum_h min(w_ih(t), w_hj(t)); unique: #{h: w_ih >
// 0 and w_hj > 0}.  Butts (2008), eq. 4; remstats otp.
#pragma once

#include <array>

#include "effects/parts.hpp"

namespace detente {

struct OutgoingTwoPath : OfTwoPaths {
  static constexpr std::array arguments{
      trace_argument,
      ArgumentDoc{"unique", Argument::flag, "", "count third actors instead of summing the smaller leg"}};
  static constexpr EffectDoc doc{
      .name = "otp",
      .summary = "Closure along outgoing two-paths: a friend of a friend.",
      .words = "paths of recorded {x} through third actors",
      .formula = "x_ij(t) = sum_h min(w_ih(t), w_hj(t)); unique: #{h: w_ih > 0 and w_hj > 0}",
      .unit = "events, or intensity, as the traces weigh them; third actors when unique",
      .scope = "dyad",
      .source = "Butts (2008), eq. 4; remstats otp",
      .example = "otp(unique)",
      .arguments = arguments};

  explicit OutgoingTwoPath(const Arguments& given)
      : OfTwoPaths(given, {given.trace("trace"), Leg::forward, given.trace("trace"), Leg::forward,
                           given.flag("unique") ? Combine::unique : Combine::min_sum}) {}
};

}  // namespace detente
