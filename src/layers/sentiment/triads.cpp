#include "layers/sentiment/triads.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "base/memory_limit.hpp"

namespace detente {
namespace {

constexpr SettingDoc settings[] = {
    {"nodes", SettingKind::whole, "128", "nodes", "N: everyone is linked to everyone", 3, 20000},
    {"repair", SettingKind::number, "0.3333333333333333", "probability",
     "p: a triad with one hostile link makes it friendly", 0, 1, "", true},
    {"friendly", SettingKind::number, "0.5", "share", "links that are friendly at the start, each by itself", 0, 1},
    {"time_scale", SettingKind::duration, "1d", "", "unit of time: as many drawn triads as there are links", 1e-6},
    {"settle", SettingKind::duration, "20d", "", "what is left out of the mean at the start", 0},
};

constexpr ReadOutDoc read_outs[] = {
    {"friendly", "share", "links that are friendly"},
    {"mean_friendly", "share", "its time average since `settle`; unknown before"},
    {"stationary_friendly", "share", "where it settles with many nodes: 1/(1 + sqrt(3(1 - 2p))), 1 above p = 1/2"},
    {"balance", "share", "triads that are balanced"},
};

// Integer below n from a number in [0, 1), and what is left of the number, in [0, 1) again.
std::size_t digit(double& u, std::size_t n) {
  const double scaled = u * static_cast<double>(n);
  const auto whole = std::min(static_cast<std::size_t>(scaled), n - 1);
  u = std::clamp(scaled - static_cast<double>(whole), 0.0, 1 - 1e-16);
  return whole;
}

}  // namespace

const LayerDoc LocalTriads::doc{
    .layer = "sentiment",
    .model = "triads",
    .summary = "Friendly and hostile links of a complete graph; unbalanced triads are repaired one link at a time.",
    .equation = "drawn triad +--: no change; ++-: to +++ with p, to +-- with 1 - p; ---: to +--",
    .source = "Antal, Krapivsky & Redner (2005), Phys. Rev. E 72:036121, local triad dynamics",
    .time = "a day is 1/time_scale of the unit of time: as many drawn triads as there are links",
    .hypothesis = "",
    .settings = settings,
    .read_outs = read_outs};

double stationary_friendly(double repair) { return repair < 0.5 ? 1 / (1 + std::sqrt(3 * (1 - 2 * repair))) : 1; }

LocalTriads::LocalTriads(const Settings& given, const Cast&, const LayerDraws& draws)
    : nodes_(given.whole("nodes")),
      repair_(given.number("repair")),
      time_scale_(given.days("time_scale")),
      settle_(given.days("settle") / time_scale_) {
  const double N = static_cast<double>(nodes_);
  require_memory(N * N, fmt::format("the links of {} nodes", nodes_), {}, "`nodes` can be fewer");
  signs_.assign(nodes_ * nodes_, 0);
  const double share = given.number("friendly");
  for (std::size_t i = 0; i < nodes_; ++i)
    for (std::size_t j = 0; j < i; ++j) {
      const DrawKey key = draws.key(Purpose::layer_start, static_cast<std::uint32_t>(i), static_cast<std::uint32_t>(j));
      const bool friends = uniform(key) < share;
      signs_[i * nodes_ + j] = signs_[j * nodes_ + i] = friends ? 1 : -1;
      friendly_ += friends ? 1 : 0;
    }
  unbalanced_ = count_unbalanced();
}

std::int64_t LocalTriads::count_unbalanced() const {
  std::int64_t unbalanced = 0;
  for (std::size_t i = 0; i < nodes_; ++i)
    for (std::size_t j = 0; j < i; ++j)
      for (std::size_t k = 0; k < j; ++k) unbalanced += sign(i, j) * sign(j, k) * sign(k, i) < 0 ? 1 : 0;
  return unbalanced;
}

// Every triad on the link changes from balanced to unbalanced or back.
void LocalTriads::turn(std::size_t i, std::size_t j) {
  const std::int8_t* of_i = &signs_[i * nodes_];
  const std::int8_t* of_j = &signs_[j * nodes_];
  int products = 0;  // entries towards oneself are 0, so k = i and k = j count for nothing
  for (std::size_t k = 0; k < nodes_; ++k) products += of_i[k] * of_j[k];
  const int before = sign(i, j);
  unbalanced_ += before * products;
  friendly_ -= before;
  signs_[i * nodes_ + j] = signs_[j * nodes_ + i] = static_cast<std::int8_t>(-before);
}

// Keyed by how many were drawn so far, so that the length of the layer's steps does not matter.
void LocalTriads::update(const LayerDraws& draws) {
  const auto low = static_cast<std::uint32_t>(drawn_);
  const auto high = static_cast<std::uint32_t>(drawn_ >> 32U);
  std::array<double, 2> u = uniform_pair(draws.key(Purpose::triad, low, high));
  std::array<std::size_t, 3> at{};
  at[0] = digit(u[0], nodes_);
  at[1] = (at[0] + 1 + digit(u[0], nodes_ - 1)) % nodes_;
  at[2] = digit(u[1], nodes_ - 2);
  if (at[2] >= std::min(at[0], at[1])) ++at[2];
  if (at[2] >= std::max(at[0], at[1])) ++at[2];
  // Link e lies between at[e] and at[e + 1].
  std::array<std::size_t, 3> friends{};
  std::array<std::size_t, 3> enemies{};
  std::size_t good = 0;
  std::size_t bad = 0;
  for (std::size_t e = 0; e < 3; ++e)
    if (sign(at[e], at[(e + 1) % 3]) > 0)
      friends[good++] = e;
    else
      enemies[bad++] = e;
  if (bad % 2 == 0) return;
  std::size_t link = 0;
  if (bad == 3) {
    link = digit(u[1], 3);
  } else if (u[1] < repair_) {
    link = enemies[0];
  } else {
    double rest = (u[1] - repair_) / (1 - repair_);
    link = friends[digit(rest, 2)];
  }
  turn(at[link], at[(link + 1) % 3]);
}

void LocalTriads::advance(double time, const LayerDraws& draws) {
  time_ += time;
  const auto until = static_cast<std::uint64_t>(std::llround(time_ * links()));
  const auto settled = static_cast<std::uint64_t>(std::llround(settle_ * links()));
  for (; drawn_ < until; ++drawn_) {
    if (unbalanced_ > 0) update(draws);
    if (drawn_ < settled) continue;
    ++measured_;
    friendly_sum_ += static_cast<double>(friendly_);
  }
}

double LocalTriads::mean_friendly() const {
  return measured_ == 0 ? Signals::unknown : friendly_sum_ / static_cast<double>(measured_) / links();
}

void LocalTriads::observe(ReadOuts& out) const {
  const double N = static_cast<double>(nodes_);
  out.add("friendly", friendly());
  out.add("mean_friendly", mean_friendly());
  out.add("stationary_friendly", stationary_friendly(repair_));
  out.add("balance", 1 - static_cast<double>(unbalanced_) / (N * (N - 1) * (N - 2) / 6));
}

bool LocalTriads::set(std::string_view name, double value) {
  if (name != "repair" || !(value >= 0 && value <= 1)) return false;
  repair_ = value;
  return true;
}

}  // namespace detente
