#include "layers/organizations/granovetter.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "base/memory_limit.hpp"

namespace detente {
namespace {

constexpr SettingDoc settings[] = {
    {"people", SettingKind::whole, "0", "people", "staff with drawn thresholds; 0: the continuum map", 0, 1e9},
    {"mean", SettingKind::number, "25", "per 100", "mean threshold", -1000, 1000},
    {"deviation", SettingKind::number, "12.2", "per 100", "standard deviation of thresholds", 0, 1000},
    {"round", SettingKind::duration, "1d", "", "time of one application of the map"},
};

constexpr ReadOutDoc read_outs[] = {
    {"revolt_share", "share", "staff who have joined"},
    {"rounds", "rounds", "applications of the map so far"},
};

}  // namespace

const LayerDoc GranovetterRevolt::doc{.layer = "organizations",
                                      .model = "granovetter",
                                      .summary = "Staff join a revolt when enough others have.",
                                      .equation = "r(t+1) = F(r(t)), F(r) = share of thresholds <= r",
                                      .source = "Granovetter (1978)",
                                      .time = "a round takes `round`",
                                      .hypothesis = "",
                                      .settings = settings,
                                      .read_outs = read_outs};

double share_below(double r, double mean, double deviation) {
  if (deviation == 0) return r >= mean ? 1 : 0;
  return 0.5 * std::erfc((mean - r) / (deviation * std::numbers::sqrt2));
}

double revolt_end(double mean, double deviation, double start) {
  double r = start;
  for (int round = 0; round < 1'000'000; ++round) {
    const double next = std::max(r, share_below(r, mean, deviation));
    if (next - r < 1e-13) return next;
    r = next;
  }
  return r;
}

GranovetterRevolt::GranovetterRevolt(std::size_t people, double mean, double deviation, const LayerDraws& draws)
    : mean_(mean), deviation_(deviation) {
  thresholds_.reserve(people);
  for (std::size_t i = 0; i < people; ++i)
    thresholds_.push_back(mean + deviation * normal(draws.key(Purpose::staff_start, static_cast<std::uint32_t>(i), 0)));
  std::sort(thresholds_.begin(), thresholds_.end());
}

GranovetterRevolt::GranovetterRevolt(const Settings& given, const Cast&, const LayerDraws& draws)
    : GranovetterRevolt(
          [&given] {
            require_memory(8.0 * given.number("people"), "the thresholds of `people`", {}, "fewer people, or 0");
            return given.whole("people");
          }(),
          given.number("mean") / 100, given.number("deviation") / 100, draws) {
  every_ = given.days("round");
}

// Those who joined stay: from r = 0 the sequence never falls.
void GranovetterRevolt::round() {
  double next = share_below(share_, mean_, deviation_);
  if (!thresholds_.empty()) {
    const auto joined = std::upper_bound(thresholds_.begin(), thresholds_.end(), share_) - thresholds_.begin();
    next = static_cast<double>(joined) / static_cast<double>(thresholds_.size());
  }
  share_ = std::max(share_, next);
  ++rounds_;
}

void GranovetterRevolt::flow(const LayerStep& step, const Signals&) {
  time_ += step.days;
  for (; time_ >= every_ * (1 - 1e-12); time_ -= every_) round();
}

void GranovetterRevolt::observe(ReadOuts& out) const {
  out.add("revolt_share", share_);
  out.add("rounds", rounds_);
}

}  // namespace detente
