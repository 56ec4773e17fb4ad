#include <cmath>
#include <vector>

#include <gtest/gtest.h>
#include <Eigen/Dense>

#include "layers/arena/evolutionary.hpp"

namespace detente::evolutionary_test {

enum { always_safe, always_unsafe, conditional };

// Reference: fixation by solving the absorption equations of the birth-death chain.
double absorbed(const SafetyPayoffs& a, int mutant, int resident, int Z, double beta) {
  Eigen::MatrixXd chain = Eigen::MatrixXd::Zero(Z + 1, Z + 1);
  chain(0, 0) = chain(Z, Z) = 1;
  for (int k = 1; k < Z; ++k) {
    const double f = ((k - 1) * a(mutant, mutant) + (Z - k) * a(mutant, resident)) / (Z - 1);
    const double g = (k * a(resident, mutant) + (Z - k - 1) * a(resident, resident)) / (Z - 1);
    const double up = 1 / (1 + std::exp(-beta * (f - g)));
    chain(k, k) = 1;
    chain(k, k + 1) = -up;
    chain(k, k - 1) = up - 1;
  }
  Eigen::VectorXd ends = Eigen::VectorXd::Zero(Z + 1);
  ends(Z) = 1;
  return chain.partialPivLu().solve(ends)(1);
}

TEST(Evolutionary, FixationSolvesTheAbsorptionEquations) {
  const SafetyGame game{.population = 12, .disaster = 0.7, .selection = 0.02};
  const SafetyPayoffs a = safety_payoffs(game);
  for (int i = 0; i < 3; ++i)
    for (int j = 0; j < 3; ++j)
      if (i != j) { EXPECT_NEAR(fixation(a, i, j, 12, 0.02), absorbed(a, i, j, 12, 0.02), 1e-12); }
  EXPECT_NEAR(fixation(a, always_safe, conditional, 12, 0.02), 1.0 / 12, 1e-12);  // they never differ
}

// Safety is selected against the unsafe when its fixation is the more likely of the two.
double threshold(std::size_t Z, double s) {
  double low = 0;
  double high = 1;
  for (int k = 0; k < 50; ++k) {
    const double middle = (low + high) / 2;
    const SafetyGame game{.population = Z, .b = 0, .c = 0, .prize = 1e4, .steps = 100, .speed = s, .disaster = middle};
    const SafetyPayoffs a = safety_payoffs(game);
    const bool safe =
        fixation(a, always_safe, always_unsafe, Z, 1e-3) > fixation(a, always_unsafe, always_safe, Z, 1e-3);
    (safe ? high : low) = middle;
  }
  return high;
}

TEST(KnownResults, EarlyRaceSelectsSafetyAboveItsThreshold) {
  for (const double s : {1.5, 3.0}) {
    EXPECT_NEAR(threshold(100, s), 1 - 98 / (s * 298), 1e-9);
    EXPECT_NEAR(threshold(2000, s), 1 - 1 / (3 * s), 1e-3);
    SafetyGame game{.population = 100, .b = 0, .c = 0, .prize = 1e4, .steps = 100, .speed = s, .selection = 0.1};
    game.disaster = 1 - 1 / (3 * s) - 0.05;
    EXPECT_GT(rare_mutation_shares(game)(always_unsafe), 0.9);
    game.disaster = 1 - 1 / (3 * s) + 0.05;
    EXPECT_LT(rare_mutation_shares(game)(always_unsafe), 0.1);
  }
}

TEST(KnownResults, EarlyRaceIsBetterSafeForAllAboveAnother) {
  for (const double s : {1.5, 3.0})
    for (const double off : {-0.01, 0.01}) {
      const SafetyPayoffs a = safety_payoffs({.b = 0, .c = 0, .speed = s, .disaster = 1 - 1 / s + off});
      EXPECT_EQ(a(always_safe, always_safe) > a(always_unsafe, always_unsafe), off > 0);
    }
}

constexpr int few = 10;

// Reference: the mean shares of the whole Markov chain on the counts of three strategies, solved as a linear system.
Eigen::Vector3d chain_shares(const SafetyPayoffs& a, double beta, double mutation) {
  const auto state = [](int n0, int n1) { return n0 * (few + 1) + n1; };
  constexpr int states = (few + 1) * (few + 1);
  Eigen::MatrixXd balance = Eigen::MatrixXd::Identity(states, states);  // that of counts which cannot be: p = 0
  for (int n0 = 0; n0 <= few; ++n0)
    for (int n1 = 0; n0 + n1 <= few; ++n1) {
      const Eigen::Vector3d n(n0, n1, few - n0 - n1);
      const Eigen::Vector3d f = (a * n - a.diagonal()) / (few - 1);
      for (int x = 0; x < 3; ++x)
        for (int y = 0; y < 3; ++y) {
          if (x == y) continue;
          const double copied = n(y) / (few - 1) / (1 + std::exp(-beta * (f(y) - f(x))));
          const double rate = n(x) / few * (mutation / 3 + (1 - mutation) * copied);
          if (rate == 0) continue;
          const int to = state(n0 + (y == 0) - (x == 0), n1 + (y == 1) - (x == 1));
          if (state(n0, n1) != 0) balance(state(n0, n1), state(n0, n1)) += rate;
          if (to != 0) balance(to, state(n0, n1)) -= rate;
        }
      if (state(n0, n1) != 0) balance(state(n0, n1), state(n0, n1)) -= 1;
    }
  for (int n0 = 0; n0 <= few; ++n0)  // one equation gives way to: the sum is 1
    for (int n1 = 0; n0 + n1 <= few; ++n1) balance(0, state(n0, n1)) = 1;
  Eigen::VectorXd one = Eigen::VectorXd::Zero(states);
  one(0) = 1;
  const Eigen::VectorXd p = balance.fullPivLu().solve(one);
  Eigen::Vector3d shares = Eigen::Vector3d::Zero();
  for (int n0 = 0; n0 <= few; ++n0)
    for (int n1 = 0; n0 + n1 <= few; ++n1) shares += p(state(n0, n1)) * Eigen::Vector3d(n0, n1, few - n0 - n1) / few;
  return shares;
}

// As data/scenarios/known/evolutionary.toml has it.
TEST(KnownResults, TheUnsafeTakeOverInTheDilemmaAndTheSafeAboveIt) {
  for (const double disaster : {0.6, 0.9}) {
    const Settings settings({{"disaster", {disaster}}, {"selection", {0.1}}, {"generation", {10.0}}},
                            EvolutionaryRace::doc.settings, "arena", "s.toml");
    const LayerDraws draws{.seed = 1, .replicate = 0};
    EvolutionaryRace race(settings, {}, draws);
    for (std::uint32_t day = 0; day < 3650; ++day) race.flow({.from = 0, .days = 1, .number = day, .draws = draws}, {});
    ReadOuts out;
    race.observe(out);
    EXPECT_EQ(out.value("mean_share_safe") > 0.9, disaster == 0.9) << out.value("mean_share_safe");
    EXPECT_EQ(out.value("mean_share_safe") < 0.1, disaster == 0.6) << out.value("mean_share_safe");
  }
}

const SafetyGame small_game{.population = few, .prize = 1e3, .disaster = 0.75, .selection = 0.3};

TEST(Evolutionary, RareMutationsAreTheLimitOfTheWholeChain) {
  const Eigen::Vector3d limit = rare_mutation_shares(small_game);
  EXPECT_GT(limit.minCoeff(), 0.02);  // else there is nothing to compare
  const Eigen::Vector3d whole = chain_shares(safety_payoffs(small_game), small_game.selection, 1e-7);
  for (int i = 0; i < 3; ++i) EXPECT_NEAR(whole(i), limit(i), 1e-4) << i;
}

TEST(Evolutionary, SimulationSpendsItsTimeAsTheWholeChain) {
  const SafetyPayoffs a = safety_payoffs(small_game);
  StrategyCounts counts{5, 5, 0};
  const LayerDraws draws{.seed = 7, .replicate = 0};
  constexpr std::uint64_t updates = 4000000;
  Eigen::Vector3d time = Eigen::Vector3d::Zero();
  for (std::uint64_t k = 0; k < updates; ++k) {
    imitate(counts, a, small_game.selection, 0.05, draws, k);
    for (int i = 0; i < 3; ++i) time(i) += static_cast<double>(counts[static_cast<std::size_t>(i)]);
  }
  const Eigen::Vector3d whole = chain_shares(a, small_game.selection, 0.05);
  for (int i = 0; i < 3; ++i) EXPECT_NEAR(time(i) / time.sum(), whole(i), 0.01) << i;
}

}  // namespace detente::evolutionary_test
