// Triads that repair themselves one link at a time, on a complete graph of friends and enemies.
//
//   a triad is drawn at random; balanced: nothing happens; unbalanced with one hostile link: with p that link turns friendly,
//   with 1 - p one of its two friendly links, either alike, turns hostile; with three hostile links: one of them turns friendly
//
// Antal, Krapivsky & Redner (2005), local triad dynamics.  The density of friendly links settles at
// 1/(1 + sqrt(3(1 - 2p))) for p <= 1/2, and at 1 above.  Below 1/2 a finite group stays there for a time that grows as
// e^(N^2) before it balances, so what is measured is a time average.
#pragma once

#include "layers/layer.hpp"

namespace detente {

class LocalTriads {
 public:
  static const LayerDoc doc;

  LocalTriads(const Settings& settings, const Cast& cast, const LayerDraws& draws);

  // One unit of time is as many drawn triads as there are links.
  void advance(double time, const LayerDraws& draws);
  [[nodiscard]] double friendly() const { return static_cast<double>(friendly_) / links(); }
  [[nodiscard]] double mean_friendly() const;  // over the time since `settle`; NaN before
  [[nodiscard]] std::int64_t unbalanced() const { return unbalanced_; }
  [[nodiscard]] int sign(std::size_t i, std::size_t j) const { return signs_[i * nodes_ + j]; }
  [[nodiscard]] std::size_t nodes() const { return nodes_; }

  void flow(const LayerStep& step, const Signals&) { advance(step.days / time_scale_, step.draws); }
  void jump(const LayerEvent&, const Signals&) {}
  void publish(Signals&) const {}
  void observe(ReadOuts& out) const;
  bool set(std::string_view name, double value);

 private:
  [[nodiscard]] double links() const { return 0.5 * static_cast<double>(nodes_ * (nodes_ - 1)); }
  [[nodiscard]] std::int64_t count_unbalanced() const;
  void update(const LayerDraws& draws);
  void turn(std::size_t i, std::size_t j);

  std::size_t nodes_;
  double repair_;      // p
  double time_scale_;  // days
  double settle_;      // units of time
  std::vector<std::int8_t> signs_;
  std::int64_t friendly_ = 0;    // links
  std::int64_t unbalanced_ = 0;  // triads
  double time_ = 0;              // in units
  std::uint64_t drawn_ = 0;      // triads so far
  std::uint64_t measured_ = 0;   // of them, after `settle`
  double friendly_sum_ = 0;      // of friendly links over them
};

// The density of friendly links in the limit of many nodes.
[[nodiscard]] double stationary_friendly(double repair);

}  // namespace detente
