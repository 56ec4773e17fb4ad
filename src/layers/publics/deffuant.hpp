// People who meet move towards each other, unless they are too far apart to talk.
//
//   i, j meet;  |x_i - x_j| < ε:  x_i += μ (x_j - x_i),  x_j += μ (x_i - x_j)
//
// Deffuant, Neau, Amblard & Weisbuch (2000), on [0, 1]; one sweep is N meetings of pairs.  With several issues people
// meet over each of them apart, or over all at once: then |x_i - x_j| is Euclidean over the issues, and who is too far apart
// in all of them together talks about none (Fortunato, Latora, Pluchino & Rapisarda 2005; Lorenz 2007).
#pragma once

#include "layers/publics/opinions.hpp"

namespace detente {

class Deffuant {
 public:
  static const LayerDoc doc;

  Deffuant(const Settings& settings, const Cast& cast, const LayerDraws& draws);
  Deffuant(Network network, double epsilon, double mu, std::vector<double> start, LayerDraws draws);
  // Several issues, over all of which people meet at once.
  Deffuant(Network network, double epsilon, double mu, std::vector<std::vector<double>> starts, LayerDraws draws);

  void sweep();
  [[nodiscard]] std::span<const double> opinions(std::size_t issue = 0) const { return opinions_[issue]; }

  void flow(const LayerStep& step, const Signals&);
  void jump(const LayerEvent&, const Signals&) {}
  void publish(Signals&) const {}
  void observe(ReadOuts& out) const;
  bool set(std::string_view name, double value);

 private:
  void meet(std::span<std::vector<double>> issues, std::uint32_t first) const;

  Network network_;
  double epsilon_;
  double mu_;
  bool joint_ = false;                         // issues are talked over together
  std::vector<std::vector<double>> opinions_;  // by issue
  LayerDraws draws_;
  std::uint32_t sweeps_ = 0;
  SweepClock clock_{1};
};

}  // namespace detente
