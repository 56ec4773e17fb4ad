#include <algorithm>
#include <array>
#include <cmath>
#include <vector>

#include <gtest/gtest.h>

#include "layers/arena/gini.hpp"
#include "layers/arena/precipice.hpp"

namespace detente::precipice_test {

using enum RaceInformation;

// Reference: the utility of one team that plays `safety` at `capability` against n-1 who play the equilibrium, by
// quadrature over the highest score among them (midpoints).  Their own c - s rises with c, so the most capable of
// them leads them.
double utility(const PrecipiceRace& race, double capability, double safety) {
  constexpr int points = 4000;
  const auto n = static_cast<double>(race.teams);
  double sum = 0;
  for (int k = 0; k < points; ++k) {
    // The highest of n-1 uniforms, by its quantiles.
    const double c = race.mu * std::pow((k + 0.5) / points, 1 / (n - 1));
    const double s = precipice_strategy(race, c, 0);
    sum += capability - safety > c - s ? safety : (1 - race.enmity) * s;
  }
  return sum / points;
}

// Mean over one's own capability, which is not known where nobody knows any.
double blind_utility(const PrecipiceRace& race, double safety) {
  constexpr int points = 200;
  double sum = 0;
  for (int k = 0; k < points; ++k) sum += utility(race, race.mu * (k + 0.5) / points, safety);
  return sum / points;
}

double sampled_safety(const PrecipiceRace& race) {
  constexpr std::uint32_t runs = 200000;
  std::vector<double> c(race.teams);
  double sum = 0;
  for (std::uint32_t run = 0; run < runs; ++run) {
    for (std::uint32_t i = 0; i < race.teams; ++i) c[i] = race.mu * uniform({1, 0, Purpose::test, i, run});
    sum += precipice_outcome(race, c);
  }
  return sum / runs;
}

TEST(KnownResults, PrecipiceWithPrivateInformation) {
  EXPECT_NEAR(precipice_risk({.teams = 2, .enmity = 0.4, .mu = 1, .information = own}), 0.524, 5e-4);
  EXPECT_NEAR(precipice_risk({.teams = 2, .enmity = 1, .mu = 1, .information = own}), 0.667, 5e-4);
  EXPECT_NEAR(precipice_risk({.teams = 5, .enmity = 1, .mu = 1, .information = own}), 0.833, 5e-4);
}

// As data/scenarios/known/precipice.toml has it.
TEST(KnownResults, PrecipiceAsALayerDrawsItsRisk) {
  const Settings settings({{"enmity", {0.4}}, {"runs", {10000.0}}}, Precipice::doc.settings, "arena", "s.toml");
  Precipice layer(settings, {}, {});
  ReadOuts out;
  for (std::uint32_t day = 0; day < 10; ++day) layer.flow({.from = 0, .days = 1, .number = day, .draws = {}}, {});
  layer.observe(out);
  EXPECT_NEAR(out.value("risk"), 0.524, 5e-4);
  EXPECT_NEAR(out.value("risk_drawn"), out.value("risk"), 3e-3);
}

TEST(Precipice, ExpectedSafetyIsThatOfRacesDrawn) {
  for (const RaceInformation information : {none, own, open})
    for (const std::size_t n : {2U, 5U})
      for (const double e : {0.0, 0.3, 1.0})
        for (const double mu : {0.5, 1.0, 4.0}) {
          const PrecipiceRace race{.teams = n, .enmity = e, .mu = mu, .information = information};
          EXPECT_NEAR(precipice_safety(race), sampled_safety(race), 3e-3) << n << ' ' << e << ' ' << mu;
        }
}

TEST(Precipice, NobodyGainsByAnotherSafetyWhenEachKnowsItsOwnCapability) {
  for (const std::size_t n : {2U, 5U})
    for (const double e : {0.2, 1.0})
      for (const double mu : {1.0, 3.0}) {
        const PrecipiceRace race{.teams = n, .enmity = e, .mu = mu, .information = own};
        for (const double c : {0.3 * mu, 0.7 * mu, mu}) {
          const double played = utility(race, c, precipice_strategy(race, c, 0));
          for (int k = 0; k <= 100; ++k) EXPECT_LE(utility(race, c, k / 100.0), played + 1e-3) << n << e << c << k;
        }
      }
}

TEST(Precipice, NobodyGainsByAnotherSafetyWhenNobodyKnowsAny) {
  for (const std::size_t n : {2U, 4U})
    for (const double e : {0.6, 1.0}) {
      const PrecipiceRace race{.teams = n, .enmity = e, .mu = 1, .information = none};
      const double played = blind_utility(race, precipice_strategy(race, 0, 0));
      for (int k = 0; k <= 20; ++k) EXPECT_LE(blind_utility(race, k / 20.0), played + 1e-3) << n << e << k;
      // And it is no corner: a tenth away is worse.
      EXPECT_LT(blind_utility(race, 0.9 * precipice_strategy(race, 0, 0)), played);
    }
}

// Whether nobody gains by another safety where all know all: the first plays `safety`, the others keep their scores at
// the first's (a tie, which the more capable wins) or, where they cannot, have none.  Tried over a grid.
bool holds(double e, const std::array<double, 3>& c, double safety) {
  const std::array<double, 3> played{safety, std::max(0.0, safety - (c[0] - c[1])),
                                     std::max(0.0, safety - (c[0] - c[2]))};
  const auto utility_with = [&](std::size_t who, double other) {
    std::array<double, 3> s = played;
    s[who] = other;
    std::size_t winner = 0;
    for (std::size_t i = 1; i < 3; ++i)
      if (c[i] - s[i] > c[winner] - s[winner] + 1e-12) winner = i;
    return winner == who ? s[who] : (1 - e) * s[winner];
  };
  for (std::size_t who = 0; who < 3; ++who)
    for (int k = 0; k <= 1000; ++k)
      if (utility_with(who, k / 1000.0) > utility_with(who, played[who]) + 1e-12) return false;
  return true;
}

TEST(Precipice, WhereAllKnowAllEquilibriaReachFromTheLeadToTheLeadOverEnmity) {
  const std::array<double, 3> c{0.9, 0.75, 0.6};
  const double lead = c[0] - c[1];
  for (const double e : {0.1, 0.3, 0.7, 1.0}) {
    const double safest = precipice_outcome({.teams = 3, .enmity = e, .mu = 1, .information = open}, c);
    EXPECT_NEAR(safest, std::min(1.0, lead / e), 1e-12);
    for (int k = 0; k <= 10; ++k) EXPECT_TRUE(holds(e, c, lead + (safest - lead) * k / 10)) << e << ' ' << k;
    EXPECT_FALSE(holds(e, c, lead - 0.02)) << e;                        // the first gains by more safety
    if (safest < 1) { EXPECT_FALSE(holds(e, c, safest + 0.02)) << e; }  // the second gains by overtaking
  }
}

// The least safe equilibrium has safety min(1, lead): the risk of it is that of full enmity.
TEST(Precipice, TheLeastSafeEquilibriumWhereAllKnowAllHasTheRiskOfFullEnmity) {
  constexpr std::uint32_t runs = 200000;
  for (const double mu : {0.5, 4.0}) {
    double sum = 0;
    for (std::uint32_t run = 0; run < runs; ++run) {
      std::array<double, 3> c{};
      for (std::uint32_t i = 0; i < 3; ++i) c[i] = mu * uniform({1, 0, Purpose::test, i, run});
      std::sort(c.begin(), c.end());
      sum += std::min(1.0, c[2] - c[1]);
    }
    EXPECT_NEAR(sum / runs, precipice_safety({.teams = 3, .enmity = 1, .mu = mu, .information = open}), 3e-3) << mu;
  }
}

TEST(Precipice, EnmityRaisesTheRiskAndSoDoNumbersUnlessEnmityIsSlight) {
  for (const RaceInformation information : {none, own, open})
    for (std::size_t n = 2; n < 12; ++n)
      for (double e = 0.55; e < 1; e += 0.05) {
        const PrecipiceRace race{.teams = n, .enmity = e, .mu = 1, .information = information};
        PrecipiceRace more = race;
        more.enmity += 0.04;
        EXPECT_GT(precipice_risk(more), precipice_risk(race));
        more = race;
        ++more.teams;
        EXPECT_GT(precipice_risk(more), precipice_risk(race));
      }
  // A third team lowers the risk below e = 1/7 when each knows its own capability: the winner is more capable.
  const auto third = [](double e) {
    return precipice_risk({.teams = 3, .enmity = e, .mu = 1, .information = own}) -
           precipice_risk({.teams = 2, .enmity = e, .mu = 1, .information = own});
  };
  EXPECT_LT(third(0.14), 0);
  EXPECT_GT(third(0.145), 0);
}

TEST(Gini, IsTheMeanDifferenceOfGroups) {
  const std::array<double, 4> x{0.1, 0.7, 0.3, 0.3};
  const std::array<double, 4> w{2, 1, 3, 0.5};
  double sum = 0;
  double weight = 0;
  double mean = 0;
  for (std::size_t g = 0; g < 4; ++g) {
    weight += w[g];
    mean += w[g] * x[g];
    for (std::size_t h = 0; h < 4; ++h) sum += w[g] * w[h] * std::abs(x[g] - x[h]);
  }
  EXPECT_NEAR(gini(x, w), sum / (2 * weight * mean), 1e-15);
  EXPECT_EQ(gini(std::array{0.4, 0.4}, std::array{1.0, 5.0}), 0);
  EXPECT_EQ(gini(std::array{0.0, 0.0}, std::array{1.0, 5.0}), 0);
  EXPECT_NEAR(gini(std::array{0.0, 1.0}, std::array{0.99, 0.01}), 0.99, 1e-15);
}

}  // namespace detente::precipice_test
