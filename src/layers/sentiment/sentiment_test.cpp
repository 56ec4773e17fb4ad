#include <cmath>
#include <numeric>

#include <gtest/gtest.h>

#include <Eigen/LU>

#include "layers/sentiment/dormand_prince.hpp"
#include "layers/sentiment/leaders.hpp"
#include "layers/sentiment/marvel.hpp"
#include "layers/sentiment/signed_graph.hpp"
#include "layers/sentiment/triads.hpp"

namespace detente {
namespace {

std::vector<double> halves(std::size_t L) {
  std::vector<double> s(L, 1);
  std::fill(s.begin() + static_cast<std::ptrdiff_t>(L / 2), s.end(), -1);
  return s;
}

SentimentGains equal_gains(std::size_t L, double ego, double attention, double balance) {
  const auto n = static_cast<Eigen::Index>(L);
  return {Eigen::VectorXd::Constant(n, ego), Eigen::VectorXd::Constant(n, attention), balance};
}

Eigen::MatrixXd random_matrix(Eigen::Index n, std::uint32_t seed, double size) {
  Eigen::MatrixXd X(n, n);
  for (Eigen::Index i = 0; i < n; ++i)
    for (Eigen::Index j = 0; j < n; ++j)
      X(i, j) = i == j ? 0
                       : size * (2 * uniform({seed, 0, Purpose::test, static_cast<std::uint32_t>(i),
                                              static_cast<std::uint32_t>(j)}) -
                                 1);
  return X;
}

template <class M>
M make(const GivenSettings& given, const Cast& cast = {}, const LayerDraws& draws = {}) {
  return M(Settings(given, M::doc.settings, "sentiment", "s.toml"), cast, draws);
}

template <class M>
std::string refusal(const GivenSettings& given, const Cast& cast = {}) {
  try {
    (void)make<M>(given, cast);
  } catch (const Error& error) { return error.what(); }
  return "";
}

LayerStep step_of(double days, const LayerDraws& draws = {}) {
  return {.from = 0, .days = days, .number = 0, .draws = draws};
}

// A jolt of x between two halves, then the flow; u alpha and u gamma as in the design's table.
double after_jolt(std::size_t L, double x, double gain, double balance) {
  LeaderSentiment leaders(two_camps(x, halves(L)), equal_gains(L, 2 * gain, 0.5, 2 * balance));
  leaders.advance(400);
  return leaders.sentiment().cwiseAbs().maxCoeff();
}

TEST(KnownResults, JoltsBetweenTwoCampsRelaxBelowTheTippingPointAndSplitAboveIt) {
  for (const std::size_t L : {8U, 20U, 60U})
    for (const double gain : {0.6, 0.8, 0.9}) {
      const std::optional<double> x_c = tipping_point({.gain = gain, .balance = 2, .leaders = L});
      ASSERT_TRUE(x_c.has_value());
      EXPECT_LT(after_jolt(L, 0.98 * *x_c, gain, 2), 1e-6) << L << " " << gain;
      LeaderSentiment tipped(two_camps(1.02 * *x_c, halves(L)), equal_gains(L, gain, 1, 2));
      tipped.advance(400);
      EXPECT_GT(tipped.sentiment()(0, 1), 0.9) << L << " " << gain;
      EXPECT_LT(tipped.sentiment()(0, static_cast<Eigen::Index>(L) - 1), -0.9);
      EXPECT_EQ(number_of_camps(camps_of(tipped.sentiment())), 2);
      EXPECT_EQ(balanced_share(tipped.sentiment()), 1);
    }
}

TEST(KnownResults, NothingTipsWithWeakBalance) {
  EXPECT_FALSE(tipping_point({.gain = 0.6, .balance = 1, .leaders = 20}).has_value());
  for (const double x : {0.2, 0.5, 0.8, 1.0}) EXPECT_LT(after_jolt(20, x, 0.6, 1), 1e-6);
}

// X(t) = X0 (I - X0 t)^-1 (Marvel et al. 2011, equation 2).
TEST(KnownResults, StructuralBalanceFollowsItsClosedFormUntilBlowUp) {
  const auto model = make<StructuralBalance>({{"nodes", {40.0}}});
  const Eigen::MatrixXd X0 = model.sentiment();
  const Eigen::MatrixXd I = Eigen::MatrixXd::Identity(40, 40);
  for (const double share : {0.3, 0.9, 0.99}) {
    const double t = share * model.blow_up();
    StructuralBalance one = model;
    StructuralBalance many = model;
    one.advance(t);
    for (int k = 0; k < 10; ++k) many.advance(t / 10);
    const Eigen::MatrixXd closed = X0 * (I - X0 * t).inverse();
    const double size = closed.cwiseAbs().maxCoeff();
    EXPECT_LT((one.sentiment() - closed).cwiseAbs().maxCoeff(), 1e-10 * size);
    EXPECT_LT((many.sentiment() - closed).cwiseAbs().maxCoeff(), 1e-10 * size);
    Eigen::MatrixXd flowed = X0;
    const MatrixRate square = [](const Eigen::MatrixXd& X, Eigen::MatrixXd& dX) { dX.noalias() = X * X; };
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
    EXPECT_NEAR(model.mean_friendly(), density, 0.006) << repair;
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

TEST(TippingPoint, IsTheSmallestRoot) {
  for (const double gain : {0.0, 0.3, 0.6, 0.9, 0.999})
    for (const double balance : {1.0, 1.5, 2.0, 5.0, 40.0}) {
      const std::optional<double> x_c = tipping_point({.gain = gain, .balance = balance, .leaders = 10});
      const auto h = [&](double x) { return std::atanh(x) - gain * x - balance * 0.8 * x * x; };
      double first = 1;  // on a grid
      for (int k = 1; k < 100000 && first == 1; ++k)
        if (h(k * 1e-5) <= 0) first = k * 1e-5;
      ASSERT_EQ(x_c.has_value(), first < 1) << gain << " " << balance;
      if (!x_c) continue;
      EXPECT_NEAR(h(*x_c), 0, 1e-14);
      EXPECT_NEAR(*x_c, first, 1.1e-5);
    }
  EXPECT_NEAR(*tipping_point({.gain = 1 - 1e-10, .balance = 2, .leaders = 4}) / 1e-10, 1, 1e-6);
  EXPECT_EQ(tipping_point({.gain = 1, .balance = 2, .leaders = 4}), 0);
  EXPECT_FALSE(tipping_point({.gain = 0.9, .balance = 9, .leaders = 2}).has_value());
}

TEST(TippingPoint, FallsAsEgoRises) {
  double before = 1;
  for (double ego = 0.1; ego < 1; ego += 0.1) {
    const double x_c = tipping_point({.gain = ego, .balance = 2.5, .leaders = 20}).value();
    EXPECT_LT(x_c, before);
    before = x_c;
  }
  EXPECT_DOUBLE_EQ(neutral_threshold(1.25), 0.8);
}

TEST(LeaderSentiment, WithoutBalanceEveryPairIsAlone) {
  constexpr Eigen::Index L = 5;
  SentimentGains gains = equal_gains(L, 0, 0, 0);
  gains.ego << 0, 0.5, 1, 1.5, 2;
  gains.attention << 0.5, 1, 0.9, 1.2, 0;
  const Eigen::MatrixXd start = random_matrix(L, 5, 1);
  LeaderSentiment leaders(start, gains);
  leaders.advance(6);
  for (Eigen::Index i = 0; i < L; ++i)
    for (Eigen::Index j = 0; j < L; ++j) {
      const auto f = [g = static_cast<long double>(gains.ego(i) * gains.attention(i))](long double x) {
        return -x + std::tanh(g * x);
      };
      long double x = start(i, j);
      constexpr long double h = 1e-3L;
      for (int k = 0; k < 6000; ++k) {
        const long double a = f(x);
        const long double b = f(x + h / 2 * a);
        const long double c = f(x + h / 2 * b);
        x += h / 6 * (a + 2 * b + 2 * c + f(x + h * c));
      }
      EXPECT_NEAR(leaders.sentiment()(i, j), static_cast<double>(x), 1e-8);
    }
}

TEST(LeaderSentiment, WithoutEgoAndBalanceFadesExponentially) {
  const Cast cast{{"a", "b"}};
  auto leaders = make<LeaderSentiment>({{"ego", {0.0}}, {"balance", {0.0}}, {"jolt", {0.5}}}, cast);
  leaders.flow(step_of(45), {});  // time_scale is 30 d
  EXPECT_NEAR(leaders.sentiment()(0, 1), -0.5 * std::exp(-1.5), 1e-9);
}

// Naive sums over third parties.
TEST(LeaderSentiment, RateIsThatOfItsEquation) {
  const Eigen::MatrixXd X = random_matrix(7, 3, 1);
  SentimentGains gains = equal_gains(7, 0, 0, 1.7);
  for (Eigen::Index i = 0; i < 7; ++i) {
    gains.ego(i) = 0.2 * static_cast<double>(i);
    gains.attention(i) = 1.5 - 0.1 * static_cast<double>(i);
  }
  Eigen::MatrixXd dX(7, 7);
  sentiment_rate(gains, X, dX);
  for (Eigen::Index i = 0; i < 7; ++i)
    for (Eigen::Index j = 0; j < 7; ++j) {
      double third = 0;
      for (Eigen::Index k = 0; k < 7; ++k) third += X(i, k) * X(k, j);
      const double expected =
          -X(i, j) + std::tanh(gains.attention(i) * (gains.ego(i) * X(i, j) + gains.balance * third / 7));
      EXPECT_NEAR(dX(i, j), i == j ? 0 : expected, 1e-14);
    }
}

TEST(LeaderSentiment, StepsOfAnyLengthAgreeAndStayInBounds) {
  const Eigen::MatrixXd start = random_matrix(12, 9, 1);
  const SentimentGains gains = equal_gains(12, 0.9, 1.1, 3);
  LeaderSentiment one(start, gains);
  LeaderSentiment many(start, gains);
  one.advance(10);
  for (int k = 0; k < 100; ++k) many.advance(0.1);
  EXPECT_LT((one.sentiment() - many.sentiment()).cwiseAbs().maxCoeff(), 1e-6);
  EXPECT_LE(one.sentiment().cwiseAbs().maxCoeff(), 1);
  EXPECT_TRUE(one.sentiment().diagonal().isZero(0));
}

TEST(LeaderSentiment, CopyIsASnapshot) {
  Layer original{LeaderSentiment(random_matrix(6, 2, 0.5), equal_gains(6, 0.9, 1, 2))};
  original.flow(step_of(1.3), {});
  Layer copy = original;
  for (Layer* layer : {&original, &copy}) {
    layer->jump({.time = 0, .sender = 1, .receiver = 4, .warmth = -8}, {});
    for (int k = 0; k < 20; ++k) layer->flow(step_of(0.7), {});
  }
  Signals a;
  Signals b;
  original.publish(a);
  copy.publish(b);
  EXPECT_EQ(a.sentiment, b.sentiment);
}

TEST(LeaderSentiment, EventsKickSenderAndReceiverWithinBounds) {
  const Cast cast{{"x", "musk", "altman"}};
  auto leaders = make<LeaderSentiment>(
      {{"leaders", {std::vector<std::string>{"musk", "altman"}}}, {"kick", {0.4}}, {"echo", {0.25}}}, cast);
  leaders.jump({.time = 0, .sender = 1, .receiver = 2, .warmth = -5}, {});
  leaders.jump({.time = 0, .sender = 0, .receiver = 2, .warmth = -5}, {});  // no leader
  EXPECT_DOUBLE_EQ(leaders.sentiment()(0, 1), -0.2);
  EXPECT_DOUBLE_EQ(leaders.sentiment()(1, 0), -0.05);
  for (int k = 0; k < 9; ++k) leaders.jump({.time = 0, .sender = 1, .receiver = 2, .warmth = -10}, {});
  Signals signals;
  leaders.publish(signals);
  EXPECT_EQ(signals.feeling(1, 2), -1);
  ReadOuts out;
  leaders.observe(out);
  EXPECT_EQ(out.value("sentiment:musk>altman"), -1);
  EXPECT_EQ(out.value("hostility"), 1);
  EXPECT_EQ(out.value("camps"), 2);
  EXPECT_EQ(out.value("camp:altman"), -1);
}

TEST(LeaderSentiment, SettingsThatChangeAreThoseThatSayTheyDo) {
  const Cast cast{{"a", "b", "c"}};
  auto leaders = make<LeaderSentiment>({{"jolt", {0.5}}}, cast);
  for (const SettingDoc& doc : LeaderSentiment::doc.settings)
    EXPECT_EQ(leaders.set(doc.name, 0.5), doc.changes) << doc.name;
  EXPECT_FALSE(leaders.set("ego", -1));
  EXPECT_TRUE(leaders.set("ego:b", 3));
  EXPECT_FALSE(leaders.set("ego:d", 3));
  ReadOuts out;
  leaders.observe(out);
  EXPECT_EQ(out.value("self_gain"), 1.5);  // attention .5, ego of b 3
  EXPECT_TRUE(std::isnan(out.value("tipping_point")));
}

// Ego off in the middle of a run: from then on exponential.
TEST(LeaderSentiment, EgoAndBalanceCanBeSwitchedOffInARun) {
  const Cast cast{{"a", "b", "c", "d"}};
  auto leaders = make<LeaderSentiment>({{"jolt", {0.9}}, {"time_scale", {std::string("1d")}}}, cast);
  leaders.flow(step_of(50), {});
  const double before = leaders.sentiment()(0, 1);
  EXPECT_GT(before, 0.5);
  EXPECT_TRUE(leaders.set("ego", 0) && leaders.set("balance", 0));
  leaders.flow(step_of(2), {});
  EXPECT_NEAR(leaders.sentiment()(0, 1), before * std::exp(-2), 1e-8);
}

TEST(LeaderSentiment, RefusesWhatDoesNotFit) {
  const Cast cast{{"musk", "altman"}};
  const auto words = [](std::vector<std::string> list) { return Setting{std::move(list)}; };
  EXPECT_NE(refusal<LeaderSentiment>({{"leaders", words({"altmann"})}}, cast).find("did you mean 'altman'"),
            std::string::npos);
  EXPECT_NE(refusal<LeaderSentiment>({{"leaders", words({"musk", "musk"})}}, cast).find("twice"), std::string::npos);
  EXPECT_NE(refusal<LeaderSentiment>({{"ego", {std::vector<double>{1, 2, 3}}}}, cast).find("3 numbers for 2 leaders"),
            std::string::npos);
  EXPECT_NE(refusal<LeaderSentiment>({{"start", {std::vector<double>{0, 1, 1}}}}, cast).find("row by row"),
            std::string::npos);
  EXPECT_NE(refusal<LeaderSentiment>({{"start", {std::vector<double>{1, 0, 0, 0}}}}, cast).find("self-feeling"),
            std::string::npos);
  EXPECT_NE(refusal<LeaderSentiment>({{"sides", {std::vector<double>{1, 0.5}}}}, cast).find("1 or -1"),
            std::string::npos);
  EXPECT_NE(refusal<StructuralBalance>({{"nodes", {2.0}}, {"start", {std::vector<double>{1, 0, 1, 0}}}})
                .find("not symmetric"),
            std::string::npos);
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
  const MatrixRate square = [](const Eigen::MatrixXd& of, Eigen::MatrixXd& dX) { dX = of * of; };
  EXPECT_FALSE(integrate(square, X, 1.5).finished);
  X.setOnes();
  EXPECT_TRUE(integrate(square, X, 0.5, {.tolerance = 1e-12}).finished);
  EXPECT_NEAR(X(0, 0), 2, 1e-10);
}

// The constants are right: on a circular orbit (x, y, x', y') the error of a run with fixed steps falls as h^5.
TEST(DormandPrince, IsOfOrderFive) {
  const MatrixRate orbit = [](const Eigen::MatrixXd& of, Eigen::MatrixXd& dX) {
    const double r = std::hypot(of(0, 0), of(1, 0));
    dX << of(2, 0), of(3, 0), -of(0, 0) / (r * r * r), -of(1, 0) / (r * r * r);
  };
  const auto error = [&](int steps) {
    Eigen::MatrixXd X(4, 1);
    X << 1, 0, 0, 1;
    for (int k = 0; k < steps; ++k)
      EXPECT_EQ(integrate(orbit, X, 2.0 / steps, {.tolerance = 1, .first_step = 10}).accepted, 1u);
    return std::hypot(X(0, 0) - std::cos(2.0), X(1, 0) - std::sin(2.0));
  };
  EXPECT_NEAR(std::log2(error(16) / error(32)), 5, 0.3);
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

}  // namespace
}  // namespace detente
