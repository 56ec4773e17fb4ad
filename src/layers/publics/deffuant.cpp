#include "layers/publics/deffuant.hpp"

#include <cmath>

#include "layers/publics/generators.hpp"
#include "layers/publics/read_outs.hpp"

namespace detente {
namespace {

constexpr SettingDoc own_settings[] = {
    {"epsilon", SettingKind::number, "0.2", "opinion", "ε: who is this far apart or more does not talk", 0, 1, "",
     true},
    {"mu", SettingKind::number, "0.5", "share", "μ: how far each moves to the other", 0, 0.5, "", true},
    {"issues", SettingKind::whole, "1", "issues", "held by each person, independent at the start", 1, 64},
    {"distance", SettingKind::word, "each", "",
     "of several issues: each is talked over apart, or all together if they are near in all (Euclidean)", 0, 0,
     "each|joint"},
    {"sweep", SettingKind::duration, "1d", "", "the time of as many meetings as there are people"},
};
constexpr auto settings = with_network(own_settings, network_settings);

double apart(std::span<const std::vector<double>> issues, std::size_t i, std::size_t j) {
  if (issues.size() == 1) return std::abs(issues[0][j] - issues[0][i]);
  double squares = 0;
  for (const std::vector<double>& x : issues) squares += (x[j] - x[i]) * (x[j] - x[i]);
  return std::sqrt(squares);
}

}  // namespace

const LayerDoc Deffuant::doc{
    .layer = "publics",
    .model = "deffuant",
    .summary = "Pairs who are near enough in opinion draw nearer.",
    .equation = "|x_i - x_j| < ε:  x_i += μ (x_j - x_i), x_j += μ (x_i - x_j)",
    .source = "Deffuant, Neau, Amblard & Weisbuch (2000), section 2; joint: Lorenz (2007)",
    .time = "N meetings of pairs in the time of `sweep`",
    .hypothesis = "starts are uniform on [0, 1]; issues are talked over apart unless distance is joint",
    .settings = settings,
    .read_outs = opinion_read_outs};

Deffuant::Deffuant(const Settings& given, const Cast&, const LayerDraws& draws)
    : network_(make_network(given, draws)),
      epsilon_(given.number("epsilon")),
      mu_(given.number("mu")),
      joint_(given.word("distance") == "joint"),
      draws_(draws),
      clock_(given.days("sweep")) {
  for (std::uint32_t issue = 0; issue < given.whole("issues"); ++issue)
    opinions_.push_back(drawn_opinions(network_.people(), 0, 1, issue, draws));
}

Deffuant::Deffuant(Network network, double epsilon, double mu, std::vector<double> start, LayerDraws draws)
    : network_(std::move(network)), epsilon_(epsilon), mu_(mu), opinions_{std::move(start)}, draws_(draws) {}

Deffuant::Deffuant(Network network, double epsilon, double mu, std::vector<std::vector<double>> starts,
                   LayerDraws draws)
    : network_(std::move(network)),
      epsilon_(epsilon),
      mu_(mu),
      joint_(true),
      opinions_(std::move(starts)),
      draws_(draws) {}

void Deffuant::meet(std::span<std::vector<double>> issues, std::uint32_t first) const {
  LayerDraws draws = draws_;
  draws.seed += static_cast<std::uint64_t>(first) << 32;  // issues apart have meetings of their own
  const std::size_t people = issues.front().size();
  for (std::size_t meeting = 0; meeting < people; ++meeting) {
    const auto draw = uniform_pair(draws.key(Purpose::public_pair, static_cast<std::uint32_t>(meeting), sweeps_));
    const auto i = static_cast<std::size_t>(draw[0] * static_cast<double>(people));
    const std::size_t degree = network_.degree(i);
    if (degree == 0) continue;
    const std::size_t j = network_.neighbour(i, static_cast<std::size_t>(draw[1] * static_cast<double>(degree)));
    if (apart(issues, i, j) >= epsilon_) continue;
    for (std::vector<double>& x : issues) {
      const double step = mu_ * (x[j] - x[i]);
      x[i] += step;
      x[j] -= step;
    }
  }
}

void Deffuant::sweep() {
  const std::size_t together = joint_ ? opinions_.size() : 1;
  for (std::size_t first = 0; first < opinions_.size(); first += together)
    meet(std::span(opinions_).subspan(first, together), static_cast<std::uint32_t>(first));
  ++sweeps_;
}

void Deffuant::flow(const LayerStep& step, const Signals&) {
  draws_ = step.draws;
  for (std::size_t left = clock_.take(step.days); left > 0; --left) sweep();
}

void Deffuant::observe(ReadOuts& out) const {
  observe_opinions(opinions_, 0, 1, network_.is_stored() ? &network_ : nullptr, out);
}

bool Deffuant::set(std::string_view name, double value) {
  if (name == "epsilon")
    epsilon_ = value;
  else if (name == "mu")
    mu_ = value;
  else
    return false;
  return true;
}

}  // namespace detente
