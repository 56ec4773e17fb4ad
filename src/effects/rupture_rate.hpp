// How often ties rupture just now, everywhere: the log of ruptures per tie over the time `within` before t, with half a
// rupture in ten ties more, which keep it finite where little happened.
#pragma once

#include <algorithm>
#include <array>
#include <cmath>

#include "effects/parts.hpp"

namespace detente {

struct RuptureRate : OfTies {
  static constexpr std::array arguments{tie_kind_argument, within_argument};
  static constexpr EffectDoc doc{
      .name = "rupture_rate",
      .summary = "How often ties rupture just now, everywhere.",
      .words = "ruptures of ties everywhere of late ({x})",
      .formula =
          "x(t) = log[ (R + 0.5) / (T + 10) ], R = ruptures of ties of the kind in the time within before t, "
          "T = their time in force in it, in units of it",
      .unit = "log of ruptures per tie",
      .scope = "none",
      .source = "Détente; ruptures come in clusters",
      .example = "rupture_rate(alliance, within=5y)",
      .arguments = arguments};

  explicit RuptureRate(const Arguments& given) : OfTies(given), within(given.duration("within")) {}

  double operator()(const Memory& memory, const Link&) const {
    const Time now = memory.fade_time();
    const Time from = now - within;
    double ruptures = 0;
    double time = 0;
    for (const TieId id : memory.ties().list())
      if (is_of_kind(memory, id)) time += std::max(0.0, now - std::max(from, memory.ties().tie(id).start));
    for (const EndedTie& ended : memory.ties().ended()) {
      if (!is_of_kind(memory, ended.tie) || ended.time <= from) continue;
      time += std::max(0.0, std::min(now, ended.time) - std::max(from, memory.ties().tie(ended.tie).start));
      ruptures += ended.ruptured ? 1 : 0;
    }
    return std::log((ruptures + 0.5) / (time / within + 10));
  }
  [[nodiscard]] Traits traits() const { return {.scope = Scope::sender, .drifts = true, .shifts_all = true}; }

  double within;
};

}  // namespace detente
