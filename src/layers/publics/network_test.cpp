#include <filesystem>
#include <fstream>
#include <set>

#include <gtest/gtest.h>

#include "layers/publics/generators.hpp"

namespace detente::network_test {

std::set<std::pair<std::uint32_t, std::uint32_t>> pairs_of(const Network& network) {
  std::set<std::pair<std::uint32_t, std::uint32_t>> pairs;
  for (std::size_t i = 0; i < network.people(); ++i)
    network.for_ties(i, [&](std::uint32_t j, float) { pairs.emplace(static_cast<std::uint32_t>(i), j); });
  return pairs;
}

void expect_simple_and_undirected(const Network& network) {
  const auto pairs = pairs_of(network);
  EXPECT_EQ(pairs.size(), network.ties());
  for (const auto& [i, j] : pairs) {
    EXPECT_NE(i, j);
    EXPECT_TRUE(pairs.contains({j, i}));
  }
}

TEST(Networks, GeneratedByRuleAreTheStoredOnes) {
  const NetworkRule rule{1000, 6, 0.2, 7, 3};
  const Network kept = Network::stored(rule);
  const Network made = Network::generated(rule);
  std::size_t moved = 0;
  for (std::size_t i = 0; i < 1000; ++i)
    for (std::uint32_t k = 0; k < 6; ++k) {
      EXPECT_EQ(kept.neighbour(i, k), made.neighbour(i, k));
      EXPECT_NE(kept.neighbour(i, k), i);
      const std::size_t ring = (kept.neighbour(i, k) + 1000 - i) % 1000;
      moved += ring > 3 && ring < 997 ? 1 : 0;
    }
  EXPECT_NEAR(static_cast<double>(moved) / 6000, 0.2, 0.03);
}

TEST(Networks, RingIsRegularAndUndirected) {
  const Network ring = Network::stored(NetworkRule{10, 4});
  expect_simple_and_undirected(ring);
  EXPECT_EQ(pairs_of(ring).count({0, 8}), 1u);
  EXPECT_EQ(ring.regular_degree(), 4u);
}

TEST(Networks, DrawnOnesAreSimpleUndirectedAndOfTheirDegree) {
  const LayerDraws draws{.seed = 3};
  const Network small = Network::stored(2000, small_world(2000, 10, 0.1, draws));
  const Network free = Network::stored(2000, scale_free(2000, 10, draws));
  const Network block = Network::stored(2000, stochastic_block(2000, 10, 4, 0.1, draws));
  for (const Network* network : {&small, &free, &block}) {
    expect_simple_and_undirected(*network);
    EXPECT_NEAR(static_cast<double>(network->ties()) / 2000, 10, 0.2);
  }
  std::size_t most = 0;
  for (std::size_t i = 0; i < 2000; ++i) most = std::max(most, free.degree(i));
  EXPECT_GT(most, 80u);  // a hub: sqrt(N) ties/2 is 224
  std::size_t away = 0;
  for (const auto& [i, j] : pairs_of(block)) away += i / 500 != j / 500 ? 1 : 0;
  EXPECT_NEAR(static_cast<double>(away) / static_cast<double>(block.ties()), 0.1, 0.02);
}

TEST(Networks, LocalityOrderKeepsTiesAndBringsThemNear) {
  std::vector<NetworkEdge> edges;  // a ring whose people are numbered at random
  for (std::uint32_t i = 0; i < 997; ++i) edges.push_back({i * 353 % 997, (i + 1) * 353 % 997, 2});
  const Network far = Network::stored(997, both_ways(edges));
  const Network near = in_locality_order(far);
  EXPECT_EQ(near.ties(), far.ties());
  for (const auto& [i, j] : pairs_of(near)) EXPECT_LE(i > j ? i - j : j - i, 2u);
  near.for_ties(5, [](std::uint32_t, float weight) { EXPECT_EQ(weight, 2); });
}

TEST(EdgeLists, AreReadAndTheirMistakesToldByLine) {
  const std::string path = (std::filesystem::temp_directory_path() / "detente_network_test.txt").string();
  std::ofstream(path) << "# two ids\n7\t9\n9 7\n9 100 -1\n\n";
  const EdgeList list = read_edge_list(path);
  EXPECT_EQ(list.people, 3u);
  ASSERT_EQ(list.edges.size(), 4u);
  EXPECT_EQ(list.edges[1].weight, -1);
  std::ofstream(path) << "1 2\n1 x\n";
  try {
    (void)read_edge_list(path);
    FAIL();
  } catch (const Error& error) {
    EXPECT_NE(std::string(error.what()).find(".txt:2: cannot read a tie"), std::string::npos) << error.what();
  }
  std::filesystem::remove(path);
}

}  // namespace detente::network_test
