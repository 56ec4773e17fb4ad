#include <algorithm>
#include <array>
#include <cmath>

#include <gtest/gtest.h>

#include "layers/publics/fast_tanh.hpp"
#include "layers/publics/followers.hpp"

namespace detente::followers_test {

const Cast cast{{"ada", "bob", "cy"}};

FollowerSentiment followers(GivenSettings given, std::vector<std::string> leaders) {
  given["leaders"] = {std::move(leaders)};
  return FollowerSentiment(Settings(std::move(given), FollowerSentiment::doc.settings, "publics", "s.toml"), cast, {});
}

Signals hostile_leaders(double x) {
  Signals seen(3);
  seen.leaders = {0, 1};
  seen.sentiment = Eigen::MatrixXd::Zero(2, 2);
  seen.sentiment(0, 1) = seen.sentiment(1, 0) = x;
  return seen;
}

void run(FollowerSentiment& model, double time, const Signals& seen, unsigned threads = 1) {
  LayerStep step{};
  step.days = 30 * time;
  step.threads = threads;
  model.flow(step, seen);
}

TEST(FastTanh, IsWithinOneMillionth) {
  double worst = 0;
  for (int k = -2000000; k <= 2000000; ++k) {
    const float x = static_cast<float>(k) * 5e-6F;
    worst = std::max(worst, std::abs(static_cast<double>(fast_tanh(x)) - std::tanh(static_cast<double>(x))));
  }
  EXPECT_LT(worst, 1e-6);
  EXPECT_NEAR(static_cast<double>(fast_tanh(1e30F)), 1, 1e-6);
  EXPECT_NEAR(static_cast<double>(fast_tanh(-1e30F)), -1, 1e-6);
}

// u* = 1/(α + ω λmax(W)) and λmax(W) = 1 on a regular network; the amplitude is the root of x = tanh(1.1 x).
TEST(KnownResults, FollowersLoseNeutralityAtThePitchfork) {
  const auto end = [](double of_threshold) {
    FollowerSentiment model = followers({{"people", {64.0}},
                                         {"network", {std::string("regular")}},
                                         {"ties", {6.0}},
                                         {"attention", {of_threshold / (0.6 + 0.5)}},
                                         {"ego", {0.6}},
                                         {"omega", {0.5}},
                                         {"anchor", {0.0}},
                                         {"lean", {std::vector<double>{0.2}}}},
                                        {"ada"});
    run(model, 1500, Signals(3));
    return model.approval()[0];
  };
  EXPECT_NEAR(end(0.98), 0, 1e-5);
  EXPECT_NEAR(end(1.1), 0.503, 5e-4);
}

TEST(KnownResults, FollowersOfHostileLeadersSplitByWhomTheyLikedMore) {
  FollowerSentiment model = followers({{"people", {2000.0}},
                                       {"attention", {1.0}},
                                       {"ego", {0.8}},
                                       {"gamma", {1.0}},
                                       {"omega", {0.0}},
                                       {"anchor", {0.0}},
                                       {"start_spread", {0.3}}},
                                      {"ada", "bob"});
  const FollowerState start = model.state();
  run(model, 200, hostile_leaders(-1));
  for (std::size_t i = 0; i < 2000; ++i) {
    const float liked_more = start.at(i, 0) - start.at(i, 1);
    if (std::abs(liked_more) < 1e-4F) continue;
    EXPECT_GT(liked_more * model.state().at(i, 0), 0.0F) << i;
    EXPECT_LT(liked_more * model.state().at(i, 1), 0.0F) << i;
  }
}

// The flow in double with classic Runge-Kutta steps of 1/2000, on a regular network.
std::vector<double> reference(const FollowerState& s, const Network& network, const Eigen::MatrixXd& X, double u,
                              double time) {
  const std::size_t L = s.leaders;
  std::vector<double> A(s.people * L);
  for (std::size_t i = 0; i < s.people; ++i)
    for (std::size_t l = 0; l < L; ++l) A[i * L + l] = static_cast<double>(s.at(i, l));
  const std::vector<double> start = A;
  const auto slope = [&](const std::vector<double>& a) {
    std::vector<double> d(a.size());
    for (std::size_t i = 0; i < s.people; ++i)
      for (std::size_t l = 0; l < L; ++l) {
        double pull = 0.7 * a[i * L + l];
        for (std::size_t k = 0; k < L; ++k)
          pull += 1.2 * a[i * L + k] * X(static_cast<Eigen::Index>(k), static_cast<Eigen::Index>(l)) /
                  static_cast<double>(L);
        network.for_ties(i, [&](std::uint32_t j, float) { pull += 0.4 * a[j * L + l] / 4; });
        d[i * L + l] = -a[i * L + l] + 0.9 * std::tanh(u * pull) + 0.1 * start[i * L + l];
      }
    return d;
  };
  const auto moved = [](const std::vector<double>& a, const std::vector<double>& d, double h) {
    std::vector<double> to = a;
    for (std::size_t k = 0; k < a.size(); ++k) to[k] += h * d[k];
    return to;
  };
  const double h = 1.0 / 2000;
  for (double t = 0; t < time - h / 2; t += h) {
    const auto k1 = slope(A);
    const auto k2 = slope(moved(A, k1, h / 2));
    const auto k3 = slope(moved(A, k2, h / 2));
    const auto k4 = slope(moved(A, k3, h));
    for (std::size_t k = 0; k < A.size(); ++k) A[k] += h / 6 * (k1[k] + 2 * k2[k] + 2 * k3[k] + k4[k]);
  }
  return A;
}

double worst_error(double attention, double dt, double time, double tolerance = 0.01) {
  FollowerSentiment model = followers({{"people", {40.0}},
                                       {"network", {std::string("regular")}},
                                       {"ties", {4.0}},
                                       {"attention", {attention}},
                                       {"ego", {0.7}},
                                       {"gamma", {1.2}},
                                       {"omega", {0.4}},
                                       {"anchor", {0.1}},
                                       {"start_spread", {0.8}},
                                       {"dt", {dt}},
                                       {"tolerance", {tolerance}}},
                                      {"ada", "bob"});
  const Signals seen = hostile_leaders(-0.7);
  const std::vector<double> exact =
      reference(model.state(), Network::generated({40, 4}), seen.sentiment, attention, time);
  run(model, time, seen);
  double worst = 0;
  for (std::size_t i = 0; i < 40; ++i)
    for (std::size_t l = 0; l < 2; ++l)
      worst = std::max(worst, std::abs(static_cast<double>(model.state().at(i, l)) - exact[i * 2 + l]));
  return worst;
}

// A tolerance of 1 leaves the step to dt, and that to first order.
TEST(Followers, FlowIsRungeKuttasToItsOrderAndItsRestIsExact) {
  const double coarse = worst_error(1.1, 0.1, 2, 1);
  EXPECT_LT(coarse, 0.025);
  EXPECT_NEAR(coarse / worst_error(1.1, 0.05, 2, 1), 2, 0.3);
  const double second = worst_error(1.1, 0.1, 2);
  EXPECT_LT(second, coarse / 10);
  EXPECT_NEAR(second / worst_error(1.1, 0.05, 2), 4, 0.6);
  EXPECT_LT(worst_error(0.6, 0.1, 50), 1e-5);  // where there is one point of rest
}

// Where attention is large, feelings grow fast from next to nothing: a step of dt alone is far off on the way.
TEST(Followers, StepsAreSoShortThatLargeAttentionIsFollowed) {
  for (const double attention : {5.0, 20.0})
    for (const double time : {0.1, 0.3, 1.0}) {
      const double error = worst_error(attention, 0.1, time);
      EXPECT_LT(error, 0.005) << attention << ' ' << time;
      EXPECT_GT(worst_error(attention, 0.1, time, 1), 10 * error) << attention << ' ' << time;
      EXPECT_LT(worst_error(attention, 0.1, time, 0.0025), error / 2.5) << attention << ' ' << time;
    }
}

TEST(Followers, StepsAreAsFewAsToleranceAndLongestStepAllow) {
  EXPECT_EQ(follower_steps(1, 0.1, 0, 0.01).count, 10U);
  EXPECT_EQ(follower_steps(1, 0.1, 0.1, 0.01).order, 1);
  const FollowerSteps many = follower_steps(1, 0.1, 36, 0.01);  // 36/sqrt(0.06) = 146.97
  EXPECT_EQ(many.count, 147U);
  EXPECT_EQ(many.order, 2);
  EXPECT_EQ(follower_steps(0, 0.1, 36, 0.01).count, 0U);
}

// Λ against the largest change of u (α A + γ X'A/L + ω W A) by signs that agree with it.
TEST(Followers, LipschitzConstantIsTheLargestPull) {
  FollowerForces forces{0.5, 2, 0.25, std::vector<float>(64, 0.0F)};
  forces.sentiment[0 * 8 + 1] = -0.5F;  // leader 0 towards 1
  forces.sentiment[2 * 8 + 1] = 0.75F;
  forces.sentiment[1 * 8 + 0] = 1;
  EXPECT_NEAR(follower_lipschitz(forces, 3, 4), 4 * (0.5 + 2 * 1.25 / 3 + 0.25), 1e-6);
}

TEST(Followers, TakeCuesFromLeadersTheyLike) {
  const GivenSettings given{{"people", {500.0}}, {"lean", {std::vector<double>{0.5, 0, -0.5}}}, {"reach", {1.0}}};
  FollowerSentiment model = followers(given, {"ada", "bob", "cy"});
  const FollowerSentiment before = model;
  model.jump({{}, 0, 1, -10}, Signals(3));  // ada, liked, against bob
  EXPECT_LT(model.approval()[1], before.approval()[1] - 0.02);
  EXPECT_EQ(model.approval()[0], before.approval()[0]);
  double affect = 0;
  double issue = 0;
  for (std::size_t i = 0; i < 500; ++i) {
    affect += std::abs(static_cast<double>(model.state().at(i, 1) - before.state().at(i, 1)));
    issue += std::abs(model.issues()[0][i] - before.issues()[0][i]);
  }
  EXPECT_GT(issue, 0);
  EXPECT_LT(issue, affect / 3);
  FollowerSentiment disliked = before;
  disliked.jump({{}, 2, 1, -10}, Signals(3));  // nobody likes cy
  EXPECT_EQ(disliked.approval(), before.approval());
  FollowerSentiment stronger = before;
  EXPECT_TRUE(stronger.set("cue_gain", 0.4));
  stronger.jump({{}, 0, 1, -10}, Signals(3));
  EXPECT_NEAR(stronger.approval()[1] - before.approval()[1], 2 * (model.approval()[1] - before.approval()[1]), 1e-6);
}

TEST(Followers, WithoutCuesTakeNone) {
  FollowerSentiment model =
      followers({{"people", {500.0}}, {"cues", {false}}, {"lean", {std::vector<double>{0.5, 0}}}}, {"ada", "bob"});
  const FollowerSentiment before = model;
  model.jump({{}, 0, 1, 10}, Signals(3));
  EXPECT_EQ(model.approval(), before.approval());
  EXPECT_EQ(model.issues(), before.issues());
}

TEST(Followers, ShowApprovalCampsAndGap) {
  FollowerSentiment model =
      followers({{"people", {500.0}}, {"lean", {std::vector<double>{0.5, -0.5}}}}, {"ada", "bob"});
  Signals signals(3);
  model.publish(signals);
  EXPECT_NEAR(signals.approval[0], 0.5, 0.01);
  EXPECT_TRUE(std::isnan(signals.approval[2]));
  ReadOuts out;
  model.observe(out);
  EXPECT_EQ(out.value("camp:ada"), 1);
  EXPECT_NEAR(out.value("affective_gap"), 1, 0.02);
  EXPECT_EQ(out.value("unattached"), 0);
}

TEST(Followers, CampsSortIssuesByTheVarianceBetweenThem) {
  const std::vector<double> x{-1, -1, 1, 1};
  EXPECT_NEAR(camp_sorting(x, std::vector<std::uint32_t>{0, 0, 1, 1}, 2), 1, 1e-15);
  EXPECT_NEAR(camp_sorting(x, std::vector<std::uint32_t>{0, 1, 0, 1}, 2), 0, 1e-15);
}

TEST(Followers, AreTheSameBitsForAnyThreads) {
  FollowerSentiment one = followers({{"people", {40000.0}}, {"network", {std::string("small-world")}}}, {"ada", "bob"});
  FollowerSentiment two = one;
  run(one, 1, hostile_leaders(-1), 1);
  run(two, 1, hostile_leaders(-1), 2);
  one.jump({.time = 0, .sender = 0, .receiver = 1, .warmth = -8, .threads = 1}, Signals(3));
  two.jump({.time = 0, .sender = 0, .receiver = 1, .warmth = -8, .threads = 2}, Signals(3));
  EXPECT_TRUE(std::equal(one.state().affect.begin(), one.state().affect.end(), two.state().affect.begin()));
  EXPECT_EQ(one.issues(), two.issues());
  ReadOuts of_one(1);
  ReadOuts of_two(2);
  one.observe(of_one);
  two.observe(of_two);
  EXPECT_EQ(of_one.values(), of_two.values());
}

// Slow: one person after another, in the words of the documentation.
TEST(Followers, CampsAndGapAreTheirDefinitions) {
  FollowerSentiment model =
      followers({{"people", {40000.0}}, {"start_spread", {0.7}}, {"lean", {std::vector<double>{0.2, 0, -0.4}}}},
                {"ada", "bob", "cy"});
  double none = 0;
  double bobs = 0;
  double gap = 0;
  for (std::size_t i = 0; i < 40000; ++i) {
    std::array<double, 3> affect{};
    for (std::size_t l = 0; l < 3; ++l) affect[l] = static_cast<double>(model.state().at(i, l));
    std::sort(affect.begin(), affect.end());
    if (affect[2] <= 0) {
      ++none;
      continue;
    }
    if (affect[2] == static_cast<double>(model.state().at(i, 1))) ++bobs;
    gap += affect[2] - (affect[0] + affect[1]) / 2;
  }
  ReadOuts out;
  model.observe(out);
  EXPECT_GT(none, 1000);
  EXPECT_NEAR(out.value("unattached"), none / 40000, 1e-12);
  EXPECT_NEAR(out.value("camp:bob"), bobs / 40000, 1e-12);
  EXPECT_NEAR(out.value("affective_gap"), gap / (40000 - none), 1e-12);
}

}  // namespace detente::followers_test
