// Bounded confidence and echo chambers: rules against their naive form, and the quick known results.
#include <algorithm>
#include <cmath>

#include <gtest/gtest.h>

#include "layers/publics/baumann.hpp"
#include "layers/publics/deffuant.hpp"
#include "layers/publics/generators.hpp"
#include "layers/publics/hegselmann_krause.hpp"
#include "layers/publics/read_outs.hpp"

namespace detente::bounded_confidence_test {

TEST(HegselmannKrause, SortedSweepIsTheMeanOfAllWhoAreNear) {
  const std::vector<double> start = drawn_opinions(300, 0, 1, 0, {});
  HegselmannKrause fast(Network::complete(300), 0.17, start);
  std::vector<double> x = start;
  std::sort(x.begin(), x.end());
  for (int sweep = 0; sweep < 4; ++sweep) {
    std::vector<double> next(x.size());
    for (std::size_t i = 0; i < x.size(); ++i) {
      double sum = 0;
      int heard = 0;
      for (const double other : x)
        if (std::abs(other - x[i]) <= 0.17) sum += other, ++heard;
      next[i] = sum / heard;
    }
    x = next;
    fast.sweep();
    for (std::size_t i = 0; i < x.size(); ++i) EXPECT_NEAR(fast.opinions()[i], x[i], 1e-12);
  }
}

TEST(HegselmannKrause, OnAFullNetworkIsAsOnACompleteOne) {
  std::vector<NetworkEdge> edges;
  for (std::uint32_t i = 0; i < 100; ++i)
    for (std::uint32_t j = 0; j < i; ++j) edges.push_back({i, j});
  const std::vector<double> start = drawn_opinions(100, 0, 1, 0, {});
  HegselmannKrause sorted(Network::complete(100), 0.2, start);
  HegselmannKrause ties(Network::stored(100, both_ways(edges)), 0.2, start);
  for (int sweep = 0; sweep < 5; ++sweep) sorted.sweep(), ties.sweep();
  std::vector<double> x(ties.opinions().begin(), ties.opinions().end());
  std::sort(x.begin(), x.end());
  for (std::size_t i = 0; i < x.size(); ++i) EXPECT_NEAR(sorted.opinions()[i], x[i], 1e-12);
}

// Over two issues at once: camps of points that are too far apart to talk, though they may agree on one issue; the means stay.
TEST(Deffuant, JointDistanceEndsInCampsThatAreApartInAllIssuesTogether) {
  const std::vector<std::vector<double>> starts{drawn_opinions(400, 0, 1, 0, {}), drawn_opinions(400, 0, 1, 1, {})};
  Deffuant model(Network::complete(400), 0.25, 0.4, starts, {});
  for (int sweep = 0; sweep < 400; ++sweep) model.sweep();
  for (std::size_t issue : {0U, 1U})
    EXPECT_NEAR(opinion_moments(model.opinions(issue)).mean, opinion_moments(starts[issue]).mean, 1e-12);
  std::size_t agree_on_one = 0;
  std::size_t camps_apart = 0;
  for (std::size_t i = 0; i < 400; ++i)
    for (std::size_t j = 0; j < i; ++j) {
      const double first = std::abs(model.opinions(0)[i] - model.opinions(0)[j]);
      const double second = std::abs(model.opinions(1)[i] - model.opinions(1)[j]);
      const double both = std::hypot(first, second);
      EXPECT_TRUE(both < 1e-3 || both >= 0.249) << both;
      if (both >= 0.249) ++camps_apart;
      if (both >= 0.249 && std::min(first, second) < 0.25) ++agree_on_one;
    }
  EXPECT_GT(camps_apart, 0U);
  EXPECT_GT(agree_on_one, 0U);  // issues apart would have drawn these together
}

TEST(Deffuant, JointDistanceOfOneIssueIsTheUsualOne) {
  const std::vector<double> start = drawn_opinions(200, 0, 1, 0, {});
  Deffuant usual(Network::complete(200), 0.2, 0.5, start, {});
  Deffuant joint(Network::complete(200), 0.2, 0.5, std::vector<std::vector<double>>{start}, {});
  for (int sweep = 0; sweep < 20; ++sweep) usual.sweep(), joint.sweep();
  EXPECT_TRUE(std::equal(usual.opinions().begin(), usual.opinions().end(), joint.opinions().begin()));
}

TEST(Deffuant, KeepsTheMeanAndEndsInCampsThatDoNotTalk) {
  const std::vector<double> start = drawn_opinions(500, 0, 1, 0, {});
  Deffuant model(Network::complete(500), 0.15, 0.3, start, {});
  for (int sweep = 0; sweep < 300; ++sweep) model.sweep();
  EXPECT_NEAR(opinion_moments(model.opinions()).mean, opinion_moments(start).mean, 1e-12);
  std::vector<double> x(model.opinions().begin(), model.opinions().end());
  std::sort(x.begin(), x.end());
  for (std::size_t i = 1; i < x.size(); ++i) {
    const double gap = x[i] - x[i - 1];
    EXPECT_TRUE(gap < 1e-3 || gap >= 0.149) << gap;
  }
}

Baumann after(double controversy, double homophily, std::uint64_t seed) {
  BaumannOptions options;
  options.people = 400;
  options.controversy = controversy;
  options.homophily = homophily;
  options.dt = 0.01;
  Baumann model(options, {.seed = seed});
  for (int step = 0; step < 1000; ++step) model.step();
  return model;
}

double share_above_zero(const Baumann& model) {
  const auto x = model.opinions();
  return static_cast<double>(std::count_if(x.begin(), x.end(), [](double v) { return v > 0; })) /
         static_cast<double>(x.size());
}

// The three phases of Baumann et al. (2020), figure 2, each with every seed.
TEST(KnownResults, BaumannAgreesIsCarriedAwayOrSplits) {
  for (std::uint64_t seed = 1; seed <= 8; ++seed) {
    const Baumann agreed = after(0.05, 0.5, seed);
    const Baumann carried = after(3, 0, seed);
    const Baumann split = after(3, 3, seed);
    // The most active are carried far, so it is where people stand within [-1, 1] that shows the two sides.
    std::vector<double> sides(split.opinions().begin(), split.opinions().end());
    for (double& x : sides) x = std::clamp(x, -1.0, 1.0);
    for (const double x : agreed.opinions()) EXPECT_LT(std::abs(x), 0.01) << seed;
    EXPECT_GT(std::abs(share_above_zero(carried) - 0.5), 0.49) << seed;
    EXPECT_GT(std::abs(opinion_moments(carried.opinions()).mean), 0.5) << seed;
    EXPECT_NEAR(share_above_zero(split), 0.5, 0.25) << seed;
    EXPECT_GT(opinion_moments(split.opinions()).variance, 1) << seed;
    EXPECT_GT(opinion_moments(sides).bimodality, 0.65) << seed;
  }
}

}  // namespace detente::bounded_confidence_test
