// What the opinion models share: how they start, how a step of the scenario becomes sweeps, and how people differ.
#pragma once

#include <string>
#include <vector>

#include "base/memory_limit.hpp"
#include "layers/layer.hpp"
#include "layers/publics/network.hpp"

namespace detente {

// One sweep of the public takes `unit` days; a step takes as many whole sweeps as have come due.
class SweepClock {
 public:
  explicit SweepClock(double unit) : unit_(unit) {}
  [[nodiscard]] std::size_t take(double days) {
    due_ += days / unit_;
    const auto whole = static_cast<std::size_t>(due_ + 1e-9);
    due_ -= static_cast<double>(whole);
    return whole;
  }
  [[nodiscard]] double unit() const { return unit_; }

 private:
  double unit_;
  double due_ = 0;
};

// Throws Error unless there is memory for that many numbers of each person.
void require_opinions(std::size_t people, std::size_t columns);

// Of each person, uniform on [least, most]; `column` tells apart the issues and traits of one model.
[[nodiscard]] std::vector<double> drawn_opinions(std::size_t people, double least, double most, std::uint32_t column,
                                                 const LayerDraws& draws);

// A trait of each person, uniform on mean ± spread and no lower than 0 or higher than 1.
[[nodiscard]] std::vector<double> drawn_trait(std::size_t people, double mean, double spread, std::uint32_t column,
                                              const LayerDraws& draws);

inline constexpr std::uint32_t first_trait_column = 1U << 16;  // issues come before

}  // namespace detente
