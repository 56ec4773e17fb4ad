// Models that average, and the indices of division, against dense algebra.
#include <cmath>

#include <gtest/gtest.h>
#include <Eigen/Dense>

#include "layers/publics/altafini.hpp"
#include "layers/publics/averaging.hpp"
#include "layers/publics/degroot.hpp"
#include "layers/publics/friedkin_johnsen.hpp"
#include "layers/publics/generators.hpp"
#include "layers/publics/read_outs.hpp"

namespace detente::averaging_test {

constexpr std::size_t people = 200;

Network some_network() { return Network::stored(people, small_world(people, 6, 0.3, {.seed = 5})); }

// Every tie heard from one side alone, with weights: not symmetric.
Network directed_network() {
  std::vector<NetworkEdge> edges;
  for (std::uint32_t i = 0; i < people; ++i)
    for (std::uint32_t k = 1; k < 5; ++k)
      edges.push_back({i, (i + k * k * 7) % 200U, 0.5F + static_cast<float>(i * k % 7)});
  return Network::stored(people, edges);
}

Eigen::MatrixXd weights(const Network& network) {
  const auto n = static_cast<Eigen::Index>(network.people());
  Eigen::MatrixXd W = Eigen::MatrixXd::Zero(n, n);
  for (Eigen::Index i = 0; i < n; ++i)
    network.for_ties(static_cast<std::size_t>(i),
                     [&](std::uint32_t j, float w) { W(i, static_cast<Eigen::Index>(j)) += static_cast<double>(w); });
  return W;
}

Eigen::MatrixXd averaging_matrix(const Network& network) {
  const Eigen::MatrixXd W = weights(network);
  const Eigen::VectorXd strength = W.cwiseAbs().rowwise().sum();
  return strength.cwiseInverse().asDiagonal() * W;
}

Eigen::VectorXd vector(std::span<const double> x) {
  return Eigen::Map<const Eigen::VectorXd>(x.data(), static_cast<Eigen::Index>(x.size()));
}

std::vector<double> start() { return drawn_opinions(people, -1, 1, 0, {.seed = 11}); }

TEST(KnownResults, FriedkinJohnsenEndsAtItsLinearSolution) {
  for (const Network& network : {some_network(), directed_network(), Network::complete(people)}) {
    const std::vector<double> lambda = drawn_trait(people, 0.7, 0.25, 0, {.seed = 2});
    FriedkinJohnsen model(network, lambda, start());
    for (int sweep = 0; sweep < 800; ++sweep) model.sweep();
    const Eigen::MatrixXd I = Eigen::MatrixXd::Identity(people, people);
    const Eigen::VectorXd l = vector(lambda);
    const Eigen::VectorXd held = ((1 - l.array()) * vector(start()).array()).matrix();
    const Eigen::VectorXd end = (I - l.asDiagonal() * averaging_matrix(network)).partialPivLu().solve(held);
    EXPECT_LT((vector(model.opinions()) - end).lpNorm<Eigen::Infinity>(), 1e-12);
  }
}

TEST(KnownResults, DeGrootEndsAtTheMeanWeightedByTies) {
  const Network network = some_network();
  DeGroot model(network, 0.5, start());
  for (int sweep = 0; sweep < 2000; ++sweep) model.sweep();
  double sum = 0;
  for (std::size_t i = 0; i < people; ++i) sum += static_cast<double>(network.degree(i)) * start()[i];
  const double mean = sum / static_cast<double>(network.ties());
  for (const double x : model.opinions()) EXPECT_NEAR(x, mean, 1e-12);
}

TEST(KnownResults, DeGrootEndsAtTheLeftEigenvectorMean) {
  const Network network = directed_network();
  DeGroot model(network, 0.2, start());
  for (int sweep = 0; sweep < 3000; ++sweep) model.sweep();
  // pi (W - I) = 0 and sum pi = 1.
  Eigen::MatrixXd M = averaging_matrix(network).transpose() - Eigen::MatrixXd::Identity(people, people);
  M.row(0).setOnes();
  Eigen::VectorXd one = Eigen::VectorXd::Zero(people);
  one(0) = 1;
  const Eigen::VectorXd pi = M.partialPivLu().solve(one);
  const double mean = pi.dot(vector(start()));
  for (const double x : model.opinions()) EXPECT_NEAR(x, mean, 1e-11);
}

TEST(KnownResults, PolarizationPlusDisagreementIsAQuadraticForm) {
  const Network network = some_network();
  const Eigen::MatrixXd W = weights(network);
  const Eigen::MatrixXd L = Eigen::MatrixXd(W.rowwise().sum().asDiagonal()) - W;
  const Eigen::VectorXd s = vector(start()).array() - vector(start()).mean();
  const Eigen::VectorXd z = (Eigen::MatrixXd::Identity(people, people) + L).llt().solve(s);
  const double found = polarization_plus_disagreement(network, start());
  EXPECT_NEAR(found, s.dot(z), 1e-10);
  EXPECT_NEAR(found, z.squaredNorm() + z.dot(L * z), 1e-10);  // its two parts
}

// A ring of people of two camps, with chords; enemies across camps.
std::vector<NetworkEdge> balanced_edges(const std::vector<float>& camp) {
  std::vector<NetworkEdge> edges;
  const auto n = static_cast<std::uint32_t>(camp.size());
  for (std::uint32_t i = 0; i < n; ++i)
    for (const std::uint32_t d : {1U, 9U}) edges.push_back({i, (i + d) % n, 0.5F * camp[i] * camp[(i + d) % n]});
  return both_ways(std::move(edges));
}

TEST(KnownResults, AltafiniSplitsABalancedPublicEvenly) {
  std::vector<float> camp(60);
  for (std::size_t i = 0; i < 60; ++i) camp[i] = i * 7 % 3 == 0 ? -1.0F : 1.0F;
  const std::vector<double> x0 = drawn_opinions(60, -0.2, 1, 0, {.seed = 3});
  double mean = 0;
  for (std::size_t i = 0; i < 60; ++i) mean += static_cast<double>(camp[i]) * x0[i] / 60;
  ASSERT_GT(std::abs(mean), 0.05);
  Altafini model(Network::stored(60, balanced_edges(camp)), x0);
  model.advance(2000);
  for (std::size_t i = 0; i < 60; ++i) EXPECT_NEAR(model.opinions()[i], static_cast<double>(camp[i]) * mean, 1e-7);
}

TEST(KnownResults, AltafiniLosesAllOpinionsWhenOneTieOfACycleIsTurned) {
  std::vector<NetworkEdge> edges;
  for (std::uint32_t i = 0; i < 10; ++i) edges.push_back({i, (i + 1) % 10, i % 5 == 0 ? -1.0F : 1.0F});
  const std::vector<double> x0 = drawn_opinions(10, 0.5, 1, 0, {});
  Altafini balanced(Network::stored(10, both_ways(edges)), x0);
  edges[3].weight = -1;
  Altafini turned(Network::stored(10, both_ways(edges)), x0);
  balanced.advance(1000);
  turned.advance(1000);
  for (const double x : turned.opinions()) EXPECT_NEAR(x, 0, 1e-7);
  for (const double x : balanced.opinions()) EXPECT_NEAR(std::abs(x), std::abs(balanced.opinions()[0]), 1e-7);
}

// dx/dt = -L x is exp(-L t) x0.
TEST(Altafini, FollowsTheMatrixExponential) {
  const std::vector<float> camp(30, 1.0F);
  const Network network = Network::stored(30, balanced_edges(camp));
  const Eigen::MatrixXd W = weights(network);
  const Eigen::MatrixXd L = Eigen::MatrixXd(W.cwiseAbs().rowwise().sum().asDiagonal()) - W;
  const Eigen::SelfAdjointEigenSolver<Eigen::MatrixXd> eigen(L);
  const std::vector<double> x0 = drawn_opinions(30, -1, 1, 0, {});
  const Eigen::VectorXd decay = (-1.5 * eigen.eigenvalues().array()).exp().matrix();
  const Eigen::VectorXd exact =
      eigen.eigenvectors() * decay.asDiagonal() * eigen.eigenvectors().transpose() * vector(x0);
  Altafini model(network, x0, 1e-10);
  model.advance(1.5);
  EXPECT_LT((vector(model.opinions()) - exact).lpNorm<Eigen::Infinity>(), 1e-8);
}

TEST(Sweeps, AreTheSameBitsForAnyThreads) {
  const std::size_t many = 50000;
  const Network network = Network::complete(many);
  FriedkinJohnsen one(network, std::vector<double>(many, 0.5), drawn_opinions(many, -1, 1, 0, {}));
  FriedkinJohnsen two = one;
  for (int k = 0; k < 3; ++k) one.sweep(1), two.sweep(2);
  EXPECT_TRUE(std::equal(one.opinions().begin(), one.opinions().end(), two.opinions().begin()));
}

// Ties by rule, stored without offsets, and stored as any edges in the same order: other loops, the same bits.
TEST(Averaging, ARingIsTheSameBitsHoweverItsTiesAreKept) {
  const std::size_t many = 2 * people_in_block + 7;
  for (const std::uint32_t ties : {2U, 4U, 6U, 8U, 10U, 12U, 20U})
    for (const std::size_t count : {std::size_t{ties} + 1, std::size_t{21}, many}) {
      if (ties >= count) continue;
      const NetworkRule rule{count, ties};
      std::vector<NetworkEdge> edges;
      for (std::uint32_t i = 0; i < count; ++i)
        for (std::uint32_t k = 0; k < ties; ++k) edges.push_back({i, rule.neighbour(i, k)});
      std::vector<std::vector<double>> ends;
      for (const Network& network : {Network::generated(rule), Network::stored(rule), Network::stored(count, edges)}) {
        DeGroot model(network, 0.3, drawn_opinions(count, -1, 1, 0, {}));
        for (int sweep = 0; sweep < 2; ++sweep) model.sweep(2);
        ends.emplace_back(model.opinions().begin(), model.opinions().end());
      }
      EXPECT_EQ(ends[0], ends[1]) << count << ' ' << ties;
      EXPECT_EQ(ends[0], ends[2]) << count << ' ' << ties;
    }
}

}  // namespace detente::averaging_test
