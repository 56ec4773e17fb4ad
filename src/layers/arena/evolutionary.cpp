#include "layers/arena/evolutionary.hpp"

#include <cmath>

#include <Eigen/Dense>

namespace detente {
namespace {

constexpr SettingDoc settings[] = {
    {"population", SettingKind::whole, "100", "developers", "Z", 3, 1e6},
    {"benefit", SettingKind::number, "4", "payoff a round", "b: shared in each round", 0, 1e9},
    {"cost", SettingKind::number, "1", "payoff a round", "c: of being safe", 0, 1e9},
    {"prize", SettingKind::number, "10000", "payoff", "B: of who is first", 0, 1e12},
    {"steps", SettingKind::number, "100", "rounds", "W: to the prize, at the speed of the safe", 1, 1e9},
    {"speed", SettingKind::number, "1.5", "", "s: of the unsafe against the safe", 1, 1e6},
    {"disaster", SettingKind::number, "0.6", "probability", "p_r: that the unsafe lose everything", 0, 1, "", true},
    {"selection", SettingKind::number, "0.01", "per payoff", "beta: how strictly success is imitated", 0, 1e6},
    {"mutation", SettingKind::number, "0.001", "probability", "that an update is a strategy taken at random", 0, 1},
    {"safe", SettingKind::number, "0.5", "share", "always safe at the start; the others are always unsafe", 0, 1},
    {"generation", SettingKind::duration, "30d", "", "in which Z updates are made"},
};

constexpr ReadOutDoc read_outs[] = {
    {"share_safe", "share", "always or conditionally safe"},
    {"share_unsafe", "share", "always unsafe"},
    {"share_conditional", "share", "conditionally safe"},
    {"mean_share_safe", "share", "safe, over all updates so far"},
    {"rare_mutation_share_safe", "share", "safe, in the limit of rare mutations and a long time"},
    {"selected_above", "probability", "1 - 1/(3s): safety is selected at a higher p_r, in the early regime"},
    {"preferred_above", "probability", "1 - 1/s: all are better off safe at a higher p_r, in the early regime"},
};

double fermi(double gain) { return 1 / (1 + std::exp(-gain)); }

// Mean payoff of a strategy against the others, itself left out.
double fitness(const SafetyPayoffs& payoffs, const StrategyCounts& counts, int strategy) {
  double sum = -payoffs(strategy, strategy);
  double others = -1;
  for (int j = 0; j < 3; ++j) {
    const auto n = static_cast<double>(counts[static_cast<std::size_t>(j)]);
    sum += n * payoffs(strategy, j);
    others += n;
  }
  return sum / others;
}

int strategy_at(const StrategyCounts& counts, double share) {
  const double place = share * static_cast<double>(counts[0] + counts[1] + counts[2]);
  if (place < static_cast<double>(counts[0])) return 0;
  return place < static_cast<double>(counts[0] + counts[1]) ? 1 : 2;
}

}  // namespace

const LayerDoc EvolutionaryRace::doc{
    .layer = "arena",
    .model = "evolutionary",
    .summary = "Developers imitate success in a race; whether safety spreads.",
    .equation = "P(imitate) = 1/(1 + exp(-beta (f_other - f_own))), f from the payoffs of a race for B in W steps",
    .source = "Han, Pereira, Santos & Lenaerts (2020), without discovery of the unsafe",
    .time = "a day is 1/generation of Z imitations",
    .hypothesis = "",
    .settings = settings,
    .read_outs = read_outs};

SafetyPayoffs safety_payoffs(const SafetyGame& g) {
  const double half = g.prize / (2 * g.steps);
  const double whole = g.speed * g.prize / g.steps;
  const double S = g.b / 2 - g.c;
  const double T = g.b / (g.speed + 1) - g.c;
  const double U = g.speed * g.b / (g.speed + 1);
  const double V = g.b / 2;
  const double r = g.speed / g.steps;
  const double q = 1 - g.disaster;
  SafetyPayoffs payoffs;
  payoffs << half + S, T, half + S,                                             //
      q * (whole + U), q * (whole / 2 + V), q * (whole + r * U + (1 - r) * V),  //
      half + S, r * T + (1 - r) * V, half + S;
  return payoffs;
}

// rho = 1 / (1 + sum_{k=1}^{Z-1} prod_{j=1}^{k} T-(j)/T+(j)), T-/T+ = e^{-beta (f_mutant - f_resident)}; in logarithms,
// for the products overflow.
double fixation(const SafetyPayoffs& payoffs, int mutant, int resident, std::size_t population, double selection) {
  double log_product = 0;
  double log_sum = 0;  // of 1 + ...
  for (std::size_t k = 1; k < population; ++k) {
    StrategyCounts counts{};
    counts[static_cast<std::size_t>(mutant)] = k;
    counts[static_cast<std::size_t>(resident)] = population - k;
    log_product -= selection * (fitness(payoffs, counts, mutant) - fitness(payoffs, counts, resident));
    const double high = std::max(log_sum, log_product);
    log_sum = high + std::log(std::exp(log_sum - high) + std::exp(log_product - high));
  }
  return std::exp(-log_sum);
}

Eigen::Vector3d rare_mutation_shares(const SafetyGame& game) {
  const SafetyPayoffs payoffs = safety_payoffs(game);
  Eigen::Matrix3d rates = Eigen::Matrix3d::Zero();
  for (int from = 0; from < 3; ++from)
    for (int to = 0; to < 3; ++to)
      if (from != to) rates(from, to) = fixation(payoffs, to, from, game.population, game.selection);
  // The Markov chain tree theorem: the weight of a state is the sum over trees into it.  All terms are positive, so
  // nothing cancels however small the rates are.
  Eigen::Vector3d weights;
  for (int i = 0; i < 3; ++i) {
    const int j = (i + 1) % 3;
    const int k = (i + 2) % 3;
    weights(i) = rates(j, i) * rates(k, i) + rates(j, k) * rates(k, i) + rates(k, j) * rates(j, i);
  }
  return weights / weights.sum();
}

void imitate(StrategyCounts& counts, const SafetyPayoffs& payoffs, double selection, double mutation,
             const LayerDraws& draws, std::uint64_t update) {
  const auto low = static_cast<std::uint32_t>(update & 0x7fffffffU);
  const auto high = static_cast<std::uint32_t>(update >> 31U);
  const auto who = uniform_pair(draws.key(Purpose::imitation, 2 * high, low));
  const auto chance = uniform_pair(draws.key(Purpose::imitation, 2 * high + 1, low));
  const int own = strategy_at(counts, who[0]);
  int next = own;
  if (chance[0] < mutation) {
    next = std::min(2, static_cast<int>(3 * who[1]));
  } else {
    StrategyCounts others = counts;
    --others[static_cast<std::size_t>(own)];
    const int other = strategy_at(others, who[1]);
    const double gain = fitness(payoffs, counts, other) - fitness(payoffs, counts, own);
    if (chance[1] < fermi(selection * gain)) next = other;
  }
  --counts[static_cast<std::size_t>(own)];
  ++counts[static_cast<std::size_t>(next)];
}

EvolutionaryRace::EvolutionaryRace(const Settings& given, const Cast&, const LayerDraws&)
    : game_{.population = given.whole("population"),
            .b = given.number("benefit"),
            .c = given.number("cost"),
            .prize = given.number("prize"),
            .steps = given.number("steps"),
            .speed = given.number("speed"),
            .disaster = given.number("disaster"),
            .selection = given.number("selection")},
      mutation_(given.number("mutation")),
      generation_(given.days("generation")),
      payoffs_(safety_payoffs(game_)) {
  if (game_.speed > game_.steps) given.wrong("speed", "the unsafe would finish in less than a round", "speed <= steps");
  counts_[0] = static_cast<std::size_t>(std::lround(given.number("safe") * static_cast<double>(game_.population)));
  counts_[1] = game_.population - counts_[0];
}

void EvolutionaryRace::flow(const LayerStep& step, const Signals&) {
  const auto Z = static_cast<double>(game_.population);
  owed_ += step.days / generation_ * Z;
  for (; owed_ >= 1; --owed_, ++updates_) {
    imitate(counts_, payoffs_, game_.selection, mutation_, step.draws, updates_);
    safe_time_ += static_cast<double>(counts_[0] + counts_[2]) / Z;
  }
}

void EvolutionaryRace::observe(ReadOuts& out) const {
  const auto Z = static_cast<double>(game_.population);
  const double safe = static_cast<double>(counts_[0] + counts_[2]) / Z;
  out.add("share_safe", safe);
  out.add("share_unsafe", static_cast<double>(counts_[1]) / Z);
  out.add("share_conditional", static_cast<double>(counts_[2]) / Z);
  out.add("mean_share_safe", updates_ > 0 ? safe_time_ / static_cast<double>(updates_) : safe);
  out.add("rare_mutation_share_safe", 1 - rare_mutation_shares(game_)(1));
  out.add("selected_above", 1 - 1 / (3 * game_.speed));
  out.add("preferred_above", 1 - 1 / game_.speed);
}

bool EvolutionaryRace::set(std::string_view name, double value) {
  if (name != "disaster") return false;
  game_.disaster = value;
  payoffs_ = safety_payoffs(game_);
  return true;
}

}  // namespace detente
