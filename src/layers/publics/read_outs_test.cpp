#include <cmath>

#include <gtest/gtest.h>

#include "layers/publics/generators.hpp"
#include "layers/publics/opinions.hpp"
#include "layers/publics/read_outs.hpp"

namespace detente::read_outs_test {

TEST(ReadOuts, BimodalityKnowsTwoPointsUniformAndNormal) {
  EXPECT_NEAR(opinion_moments(std::vector<double>{-1, 1, -1, 1}).bimodality, 1, 1e-15);
  const std::vector<double> uniform = drawn_opinions(200000, -1, 1, 0, {});
  EXPECT_NEAR(opinion_moments(uniform).bimodality, 5.0 / 9, 0.005);
  EXPECT_NEAR(opinion_moments(uniform).variance, 1.0 / 3, 0.003);
  std::vector<double> bell(200000);
  for (std::uint32_t i = 0; i < bell.size(); ++i) bell[i] = normal({1, 0, Purpose::test, i, 0});
  EXPECT_NEAR(opinion_moments(bell).bimodality, 1.0 / 3, 0.01);
  EXPECT_EQ(opinion_moments(std::vector<double>(9, 0.3)).bimodality, 0);
}

// Two groups of shares p and 1 - p at distance d: (p^(1+a) (1-p) + (1-p)^(1+a) p) d; most when p = 1/2.
TEST(ReadOuts, EstebanRayOfTwoGroupsIsItsFormula) {
  const auto measure = [](std::size_t low) {
    std::vector<double> x(1000, 0.75);
    std::fill_n(x.begin(), low, -0.75);
    return esteban_ray(opinion_histogram(x, -1, 1), 1.3);
  };
  const auto formula = [](double p) { return 1.5 * (std::pow(p, 2.3) * (1 - p) + std::pow(1 - p, 2.3) * p); };
  for (const std::size_t low : {100U, 300U, 500U})
    EXPECT_NEAR(measure(low), formula(static_cast<double>(low) / 1000), 1e-3);
  EXPECT_GT(measure(500), measure(300));
}

TEST(ReadOuts, CampsAreSetApartByGaps) {
  std::vector<double> x;
  for (int i = 0; i < 600; ++i) x.push_back(0.1 + 1e-4 * i);   // to .16
  for (int i = 0; i < 390; ++i) x.push_back(0.19 + 1e-4 * i);  // .03 on
  for (int i = 0; i < 10; ++i) x.push_back(0.9);
  const std::vector<double> camps = camp_shares(opinion_histogram(x, 0, 1), 0.01);
  ASSERT_EQ(camps.size(), 3u);
  EXPECT_NEAR(camps[0], 0.6, 1e-12);
  EXPECT_NEAR(camps[2], 0.01, 1e-12);
  EXPECT_EQ(major_camps(camps), 2u);
  EXPECT_EQ(camp_shares(opinion_histogram(x, 0, 1), 0.05).size(), 2u);
}

TEST(ReadOuts, DisagreementIsTheMeanOverTies) {
  const std::vector<double> x{0, 1, 3};
  const Network line = Network::stored(3, both_ways({{0, 1}, {1, 2}}));
  EXPECT_NEAR(disagreement_across_ties(line, x), (1 + 4) / 2.0, 1e-15);
  EXPECT_NEAR(disagreement_across_ties(Network::complete(3), x), (1 + 4 + 9) / 3.0, 1e-14);
  const Network enemies = Network::stored(3, both_ways({{0, 1, -1}, {1, 2, -1}}));
  EXPECT_NEAR(disagreement_across_ties(enemies, x), (1 + 16) / 2.0, 1e-15);
  const std::vector<double> many = drawn_opinions(20000, -1, 1, 0, {});
  for (const std::uint32_t ties : {2U, 10U}) {
    const double stored = disagreement_across_ties(Network::stored(NetworkRule{20000, ties}), many);
    EXPECT_EQ(disagreement_across_ties(Network::generated({20000, ties}), many), stored);
    EXPECT_NEAR(stored, 2.0 / 3, 0.02);
  }
}

TEST(ReadOuts, SortingIsCorrelation) {
  const std::vector<double> x{1, 2, 3, 4};
  EXPECT_NEAR(opinion_correlation(x, std::vector<double>{-1, -2, -3, -4}), -1, 1e-15);
  EXPECT_NEAR(opinion_correlation(x, std::vector<double>{1, -1, -1, 1}), 0, 1e-15);
  EXPECT_EQ(opinion_correlation(x, std::vector<double>(4, 1.0)), 0);
}

// Slow: two passes in the widest floating type, over three blocks of people and a bit.
TEST(ReadOuts, MomentsJoinedOfBlocksAreThoseOfTwoPasses) {
  std::vector<double> x = drawn_opinions(50001, -1, 1, 0, {});
  std::vector<double> y = drawn_opinions(50001, -1, 1, 1, {});
  for (std::size_t i = 0; i < x.size(); ++i) {
    x[i] = 100 + x[i] * x[i] * x[i] + (i < 20000 ? 0.5 : 0);  // far from 0, skewed, blocks that differ
    y[i] = y[i] - 0.7 * x[i];
  }
  const auto mean = [](const auto& of) {
    long double sum = 0;
    for (std::size_t i = 0; i < 50001; ++i) sum += of(i);
    return sum / 50001;
  };
  const long double mx = mean([&](std::size_t i) { return static_cast<long double>(x[i]); });
  const long double my = mean([&](std::size_t i) { return static_cast<long double>(y[i]); });
  const auto moment = [&](int of_x, int of_y) {
    return mean([&](std::size_t i) {
      long double term = 1;
      for (int k = 0; k < of_x; ++k) term *= static_cast<long double>(x[i]) - mx;
      for (int k = 0; k < of_y; ++k) term *= static_cast<long double>(y[i]) - my;
      return term;
    });
  };
  const long double v = moment(2, 0);
  const long double skewness = moment(3, 0) / std::pow(v, 1.5L);
  const OpinionMoments moments = opinion_moments(x, 2);
  EXPECT_NEAR(moments.mean, static_cast<double>(mx), 1e-12);
  EXPECT_NEAR(moments.variance, static_cast<double>(v), 1e-12);
  EXPECT_NEAR(moments.bimodality, static_cast<double>((skewness * skewness + 1) / (moment(4, 0) / (v * v))), 1e-10);
  EXPECT_GT(skewness, 0.01L);
  EXPECT_NEAR(opinion_correlation(x, y, 2), static_cast<double>(moment(1, 1) / std::sqrt(v * moment(0, 2))), 1e-12);
}

TEST(ReadOuts, AreTheSameBitsForAnyThreads) {
  const std::vector<double> x = drawn_opinions(100000, -1, 1, 0, {});
  EXPECT_EQ(opinion_moments(x, 1).bimodality, opinion_moments(x, 2).bimodality);
  EXPECT_EQ(opinion_histogram(x, -1, 1, 100, 1).shares, opinion_histogram(x, -1, 1, 100, 2).shares);
  const std::vector<double> y = drawn_opinions(100000, -1, 1, 1, {});
  EXPECT_EQ(opinion_correlation(x, y, 1), opinion_correlation(x, y, 2));
  const Network network = Network::stored(NetworkRule{100000, 6});
  EXPECT_EQ(disagreement_across_ties(network, x, 1), disagreement_across_ties(network, x, 2));
}

}  // namespace detente::read_outs_test
