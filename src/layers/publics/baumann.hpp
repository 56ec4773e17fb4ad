// Echo chambers: people who are active by fits and starts talk to those of like opinion and are carried away.
//
//   dx_i/dt = -x_i + K sum_j A_ij(t) tanh(α x_j)
//
// In each step of `dt` person i is active with probability a_i, density a^-γ on [a_min, 1], and then hears m others j, drawn
// by |x_i - x_j|^-β; each of them hears i with probability r.  Baumann, Lorenz-Spreen, Sokolov & Starnini (2020), eqs. 1-3,
// integrated by their fourth-order Runge–Kutta step.  An active person looks at everybody: O(N) each.
#pragma once

#include <cstdint>

#include "layers/publics/opinions.hpp"

namespace detente {

struct BaumannOptions {
  std::size_t people = 1000;
  double social = 3;          // K
  double controversy = 3;     // α
  double homophily = 3;       // β
  double reciprocity = 0.5;   // r
  std::size_t contacts = 10;  // m
  double activity_least = 0.01;
  double activity_power = 2.1;  // γ
  double dt = 0.01;
};

class Baumann {
 public:
  static const LayerDoc doc;

  Baumann(const Settings& settings, const Cast& cast, const LayerDraws& draws);
  Baumann(const BaumannOptions& options, const LayerDraws& draws);

  void step();  // of dt
  [[nodiscard]] std::span<const double> opinions() const { return opinions_.front(); }

  void flow(const LayerStep& step, const Signals&);
  void jump(const LayerEvent&, const Signals&) {}
  void publish(Signals&) const {}
  void observe(ReadOuts& out) const;
  bool set(std::string_view name, double value);

 private:
  struct Contact {
    std::uint32_t hears;
    std::uint32_t whom;
  };
  void draw_contacts();
  void contacts_of(std::uint32_t i);
  void slope(const std::vector<double>& x, std::vector<double>& change);

  BaumannOptions options_;
  LayerDraws draws_;
  std::vector<double> activity_;
  std::vector<std::vector<double>> opinions_;  // of the one issue
  std::vector<Contact> contacts_;
  std::vector<double> chance_;  // of being chosen, not normed
  std::vector<double> moved_;   // tanh(α x)
  std::uint32_t steps_ = 0;
  SweepClock clock_{1};
};

}  // namespace detente
