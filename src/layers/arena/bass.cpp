#include "layers/arena/bass.hpp"

#include <cmath>

namespace detente {
namespace {

constexpr SettingDoc settings[] = {
    {"innovation", SettingKind::number, "0.03", "per unit of time", "p: adoption by oneself", 1e-9, 10, "", true},
    {"imitation", SettingKind::number, "0.38", "per unit of time", "q: adoption because others did", 0, 100, "", true},
    {"adopted", SettingKind::number, "0", "share", "who has it at the start", 0, 1},
    {"unit", SettingKind::duration, "365.25d", "", "the unit of time of p and q"},
};

constexpr ReadOutDoc read_outs[] = {
    {"adopted", "share", "those who have it"},
    {"adoption_rate", "per unit of time", "new adopters"},
    {"peak_time", "units of time", "when adoption was fastest so far"},
};

}  // namespace

const LayerDoc BassDiffusion::doc{.layer = "arena",
                                  .model = "bass",
                                  .summary = "A capability spreads by innovation and imitation.",
                                  .equation = "dF/dt = (p + q F)(1 - F)",
                                  .source = "Bass (1969), equations 2 and 9",
                                  .time = "a day is 1/unit of the unit of p and q",
                                  .hypothesis = "",
                                  .settings = settings,
                                  .read_outs = read_outs};

BassDiffusion::BassDiffusion(const Settings& given, const Cast&, const LayerDraws&)
    : p_(given.number("innovation")),
      q_(given.number("imitation")),
      adopted_(given.number("adopted")),
      unit_(given.days("unit")) {}

// With G = (p + q F)/(1 - F), G grows by e^{(p+q)t} exactly.
void BassDiffusion::advance(double time) {
  if (adopted_ >= 1) return;
  const double G = (p_ + q_ * adopted_) / (1 - adopted_) * std::exp((p_ + q_) * time);
  adopted_ = std::isfinite(G) ? (G - p_) / (G + q_) : 1;
}

void BassDiffusion::flow(const LayerStep& step, const Signals&) {
  if (rate() > peak_rate_) {
    peak_rate_ = rate();
    peak_time_ = time_;
  }
  advance(step.days / unit_);
  time_ += step.days / unit_;
}

void BassDiffusion::observe(ReadOuts& out) const {
  out.add("adopted", adopted_);
  out.add("adoption_rate", rate());
  out.add("peak_time", rate() > peak_rate_ ? time_ : peak_time_);
}

bool BassDiffusion::set(std::string_view name, double value) {
  if (name == "innovation")
    p_ = value;
  else if (name == "imitation")
    q_ = value;
  else
    return false;
  return true;
}

}  // namespace detente
