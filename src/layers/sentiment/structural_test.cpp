#include <array>
#include <cmath>

#include <gtest/gtest.h>

#include <Eigen/LU>

#include "layers/dormand_prince.hpp"
#include "layers/sentiment/leaders.hpp"
#include "layers/sentiment/marvel.hpp"
#include "layers/sentiment/sentiment_testing.hpp"
#include "layers/sentiment/signed_graph.hpp"
#include "layers/sentiment/triads.hpp"

namespace detente::structural_test {

// X(t) = X(0) (I - X(0) t)^-1 (Marvel et al. 2011, equation 2).
TEST(KnownResults, StructuralBalanceFollowsItsClosedFormUntilBlowUp) {
  const auto model = make<StructuralBalance>({{"nodes", {40.0}}});
  const Eigen::MatrixXd start = model.sentiment();
  const Eigen::MatrixXd I = Eigen::MatrixXd::Identity(40, 40);
  for (const double share : {0.3, 0.9, 0.99}) {
    const double t = share * model.blow_up();
    StructuralBalance one = model;
    StructuralBalance many = model;
    one.advance(t);
    for (int k = 0; k < 10; ++k) many.advance(t / 10);
    const Eigen::MatrixXd closed = start * (I - start * t).inverse();
    const double size = closed.cwiseAbs().maxCoeff();
    EXPECT_LT((one.sentiment() - closed).cwiseAbs().maxCoeff(), 1e-10 * size);
    EXPECT_LT((many.sentiment() - closed).cwiseAbs().maxCoeff(), 1e-10 * size);
    Eigen::MatrixXd flowed = start;
    const MatrixRate square = [](const Eigen::MatrixXd& X, Eigen::MatrixXd& change) { change.noalias() = X * X; };
    EXPECT_TRUE(integrate(square, flowed, t, {.tolerance = 1e-11}).finished);
    EXPECT_LT((flowed - closed).cwiseAbs().maxCoeff(), 1e-7 * size);
  }
}

// Near the blow-up the signs of all entries are those of q_1 q_1': two camps from a start about 0, one from a warm start.
TEST(KnownResults, StructuralBalanceEndsInTheCampsOfTheLeadingEigenvector) {
  for (const double mean : {0.0, 1.0}) {
    auto model = make<StructuralBalance>({{"nodes", {30.0}}, {"mean", {mean}}, {"stop", {0.999999}}});
    const std::vector<int> foreseen = model.camps();
    model.advance(1e9);  // stops short
    EXPECT_LT(model.time(), model.blow_up());
    const Eigen::MatrixXd X = model.sentiment();
    EXPECT_EQ(model.camps(), foreseen);
    EXPECT_EQ(number_of_camps(foreseen), mean == 0 ? 2 : 1);
    for (Eigen::Index i = 0; i < 30; ++i)
      for (Eigen::Index j = 0; j < 30; ++j)
        EXPECT_GT(X(i, j) * foreseen[static_cast<std::size_t>(i)] * foreseen[static_cast<std::size_t>(j)], 0);
    EXPECT_EQ(balanced_share(X), 1);
  }
}

// 1/(1 + sqrt(3(1 - 2p))) (Antal, Krapivsky & Redner 2005), as a time average.
TEST(KnownResults, LocalTriadsSettleAtTheirDensity) {
  const double expected[][2] = {{0, 0.366}, {1.0 / 3, 0.500}, {0.45, 0.646}};
  for (const auto& [repair, density] : expected) {
    auto model = make<LocalTriads>({{"nodes", {128.0}}, {"repair", {repair}}, {"settle", {20.0}}});
    model.advance(120, {});
    EXPECT_NEAR(model.mean_friendly(), density, 0.003) << repair;
    EXPECT_NEAR(stationary_friendly(repair), density, 5e-4);
    EXPECT_GT(model.unbalanced(), 0);
  }
}

TEST(KnownResults, LocalTriadsReachParadiseAboveOneHalf) {
  auto model = make<LocalTriads>({{"nodes", {64.0}}, {"repair", {0.75}}});
  model.advance(100, {});
  EXPECT_EQ(model.friendly(), 1);
  EXPECT_EQ(model.unbalanced(), 0);
}

TEST(SignedGraph, BalanceAndEnergyAreThoseOfEveryTriad) {
  const Eigen::MatrixXd X = random_matrix(9, 11, 1);
  double balanced = 0;
  double energy = 0;
  for (Eigen::Index i = 0; i < 9; ++i)
    for (Eigen::Index j = 0; j < i; ++j)
      for (Eigen::Index k = 0; k < j; ++k) {
        const double product = (X(i, j) + X(j, i)) * (X(j, k) + X(k, j)) * (X(k, i) + X(i, k)) / 8;
        balanced += product > 0 ? 1 : 0;
        energy -= product;
      }
  EXPECT_NEAR(balanced_share(X), balanced / 84, 1e-14);
  EXPECT_NEAR(balance_energy(X), energy / 84, 1e-14);
  EXPECT_EQ(number_of_camps(camps_of(Eigen::MatrixXd::Zero(4, 4))), 0);
  EXPECT_EQ(number_of_camps(camps_of(two_camps(0.5, {1, 1, 1}))), 1);
  EXPECT_EQ(camps_of(two_camps(0.5, {-1, 1, -1})), (std::vector<int>{1, -1, 1}));
}

// dx/dt = x^2 from 1 ends at t = 1.
TEST(DormandPrince, StopsAtABlowUpAndSaysSo) {
  Eigen::MatrixXd X = Eigen::MatrixXd::Ones(1, 1);
  const MatrixRate square = [](const Eigen::MatrixXd& of, Eigen::MatrixXd& change) { change = of * of; };
  EXPECT_FALSE(integrate(square, X, 1.5).finished);
  X.setOnes();
  EXPECT_TRUE(integrate(square, X, 0.5, {.tolerance = 1e-12}).finished);
  EXPECT_NEAR(X(0, 0), 2, 1e-10);
}

// The constants are right: on a circular orbit (x, y, x', y') the error of a run with fixed steps falls as h^5.
TEST(DormandPrince, IsOfOrderFive) {
  const MatrixRate orbit = [](const Eigen::MatrixXd& of, Eigen::MatrixXd& change) {
    const double r = std::hypot(of(0, 0), of(1, 0));
    change << of(2, 0), of(3, 0), -of(0, 0) / (r * r * r), -of(1, 0) / (r * r * r);
  };
  const auto error = [&](int steps) {
    Eigen::MatrixXd X(4, 1);
    X << 1, 0, 0, 1;
    for (int k = 0; k < steps; ++k)
      EXPECT_EQ(integrate(orbit, X, 1.0 / steps, {.tolerance = 1, .first_step = 10}).accepted, 1u);
    return std::hypot(X(0, 0) - std::cos(1.0), X(1, 0) - std::sin(1.0));
  };
  EXPECT_NEAR(std::log2(error(32) / error(64)), 5, 0.2);
}

// The two orders agree on t' = 1, y' = t^3 and no longer on y' = t^4.
TEST(DormandPrince, ItsErrorIsThatOfOrderFour) {
  const auto rejected = [](int power) {
    const MatrixRate rate = [power](const Eigen::MatrixXd& of, Eigen::MatrixXd& change) {
      change << 1, std::pow(of(0, 0), power);
    };
    Eigen::MatrixXd X = Eigen::MatrixXd::Zero(2, 1);
    const FlowSummary summary = integrate(rate, X, 1, {.tolerance = 1e-13, .first_step = 1});
    EXPECT_NEAR(X(1, 0), 1.0 / (power + 1), 1e-12);
    return summary.rejected;
  };
  EXPECT_EQ(rejected(3), 0u);
  EXPECT_GT(rejected(4), 0u);
}

TEST(StructuralBalance, EventsBeginItAgainAndBlowUpIsCountedFromTheStart) {
  const Cast cast{{"a", "b", "c"}};
  auto model = make<StructuralBalance>({{"leaders", {std::vector<std::string>{"a", "b", "c"}}},
                                        {"start", {std::vector<double>{0, 1, 0, 1, 0, 0, 0, 0, 0}}},
                                        {"kick", {0.5}},
                                        {"time_scale", {1.0}}},
                                       cast);
  EXPECT_NEAR(model.blow_up(), 1, 1e-14);
  model.flow(step_of(0.5), {});
  const Eigen::MatrixXd before = model.sentiment();
  model.jump({.time = 0, .sender = 0, .receiver = 2, .warmth = -10}, {});
  Eigen::MatrixXd after = before;
  after(0, 2) -= 0.5;
  after(2, 0) -= 0.5;
  EXPECT_LT((model.sentiment() - after).cwiseAbs().maxCoeff(), 1e-13);
  ReadOuts out;
  model.observe(out);
  EXPECT_NEAR(out.value("blow_up"), 0.5 + model.blow_up(), 1e-12);
  Signals signals;
  model.publish(signals);
  EXPECT_LT(signals.feeling(0, 2), 0);
}

TEST(LocalTriads, CountsStayThoseOfAFullCount) {
  auto model = make<LocalTriads>({{"nodes", {20.0}}, {"repair", {0.2}}});
  for (int k = 0; k < 5; ++k) {
    model.advance(1, {});
    std::int64_t unbalanced = 0;
    double friends = 0;
    for (std::size_t i = 0; i < 20; ++i)
      for (std::size_t j = 0; j < i; ++j) {
        ASSERT_EQ(model.sign(i, j), model.sign(j, i));
        friends += model.sign(i, j) > 0 ? 1 : 0;
        for (std::size_t m = 0; m < j; ++m) unbalanced += model.sign(i, j) * model.sign(j, m) * model.sign(m, i) < 0;
      }
    EXPECT_EQ(model.unbalanced(), unbalanced);
    EXPECT_EQ(model.friendly(), friends / 190);
  }
}

TEST(LocalTriads, SameSeedSameLinksWhateverTheSteps) {
  const LayerDraws draws{.seed = 7, .replicate = 2};
  auto one = make<LocalTriads>({{"nodes", {24.0}}}, {}, draws);
  auto many = one;
  auto other = one;
  one.flow(step_of(6, draws), {});
  for (int k = 0; k < 24; ++k) many.flow(step_of(0.25, draws), {});
  other.flow(step_of(6, {.seed = 8, .replicate = 2}), {});
  bool differs = false;
  for (std::size_t i = 0; i < 24; ++i)
    for (std::size_t j = 0; j < 24; ++j) {
      EXPECT_EQ(one.sign(i, j), many.sign(i, j));
      differs = differs || one.sign(i, j) != other.sign(i, j);
    }
  EXPECT_TRUE(differs);
}

// Three nodes, one hostile link: p to all friends, else one of the two friendly links, either alike, turns.
TEST(LocalTriads, RepairsAsThePaperSays) {
  constexpr int runs = 4000;
  std::array<int, 3> kept{};  // which link stays friendly
  int friends = 0;
  int starts = 0;
  for (std::uint64_t seed = 1; seed <= runs; ++seed) {
    const LayerDraws draws{.seed = seed};
    auto model = make<LocalTriads>({{"nodes", {3.0}}, {"repair", {0.4}}}, {}, draws);
    if (model.friendly() * 3 < 1.9 || model.friendly() > 0.9) continue;
    ++starts;
    model.advance(1.0 / 3, draws);  // one draw
    EXPECT_EQ(model.unbalanced(), 0);
    if (model.friendly() > 0.9) {
      ++friends;
      continue;
    }
    for (std::size_t e = 0; e < 3; ++e) kept[e] += model.sign(e, (e + 1) % 3) > 0 ? 1 : 0;
  }
  const double n = starts;
  EXPECT_NEAR(friends / n, 0.4, 4 * std::sqrt(0.24 / n));
  for (const int k : kept) EXPECT_NEAR(k / n, 0.2, 4 * std::sqrt(0.16 / n));
}

TEST(DormandPrince, KeepsARelativeTolerance) {
  const MatrixRate logistic = [](const Eigen::MatrixXd& y, Eigen::MatrixXd& change) {
    change = (3 * y.array() * (1 - y.array())).matrix();
  };
  Eigen::MatrixXd end = Eigen::MatrixXd::Constant(1, 1, 0.01);
  EXPECT_TRUE(integrate(logistic, end, 2, {.tolerance = 1e-10, .relative = 1e-10, .first_step = 2}).finished);
  EXPECT_NEAR(end(0), 1 / (1 + 99 * std::exp(-6.0)), 1e-8);
}

}  // namespace detente::structural_test
