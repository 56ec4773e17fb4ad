#include <cmath>

#include <gtest/gtest.h>

#include "layers/sentiment/leaders.hpp"
#include "layers/sentiment/marvel.hpp"
#include "layers/sentiment/sentiment_testing.hpp"
#include "layers/sentiment/signed_graph.hpp"

namespace detente::sentiment_test {

std::vector<double> halves(std::size_t L) {
  std::vector<double> s(L, 1);
  std::fill(s.begin() + static_cast<std::ptrdiff_t>(L / 2), s.end(), -1);
  return s;
}

SentimentGains equal_gains(std::size_t L, double ego, double attention, double balance) {
  const auto n = static_cast<Eigen::Index>(L);
  return {Eigen::VectorXd::Constant(n, ego), Eigen::VectorXd::Constant(n, attention), balance};
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
  Eigen::MatrixXd change(7, 7);
  sentiment_rate(gains, X, change);
  for (Eigen::Index i = 0; i < 7; ++i)
    for (Eigen::Index j = 0; j < 7; ++j) {
      double third = 0;
      for (Eigen::Index k = 0; k < 7; ++k) third += X(i, k) * X(k, j);
      const double expected =
          -X(i, j) + std::tanh(gains.attention(i) * (gains.ego(i) * X(i, j) + gains.balance * third / 7));
      EXPECT_NEAR(change(i, j), i == j ? 0 : expected, 1e-14);
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

}  // namespace detente::sentiment_test
