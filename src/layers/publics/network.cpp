#include "layers/publics/network.hpp"

#include <algorithm>
#include <cassert>
#include <numeric>

namespace detente {

std::uint32_t NetworkRule::neighbour(std::size_t i, std::uint32_t k) const {
  if (rewire > 0) {
    const auto draw = uniform_pair({seed, replicate, Purpose::network, static_cast<std::uint32_t>(i), k});
    if (draw[0] < rewire) {
      const auto j = static_cast<std::size_t>(draw[1] * static_cast<double>(people - 1));
      return static_cast<std::uint32_t>(j < i ? j : j + 1);
    }
  }
  const std::size_t distance = k / 2 + 1;  // below `people`
  const std::size_t j = k % 2 == 0 ? i + distance : i + people - distance;
  return static_cast<std::uint32_t>(j < people ? j : j - people);
}

Network Network::complete(std::size_t people) {
  Network network;
  network.people_ = people;
  return network;
}

Network Network::generated(const NetworkRule& rule) {
  Network network;
  network.kind_ = Kind::generated;
  network.people_ = rule.people;
  network.regular_ = rule.ties;
  network.rule_ = rule;
  return network;
}

Network Network::stored(const NetworkRule& rule) {
  Network network;
  network.kind_ = Kind::stored;
  network.people_ = rule.people;
  network.regular_ = rule.ties;
  network.columns_.resize(rule.people * rule.ties);
  for (std::size_t i = 0; i < rule.people; ++i)
    for (std::uint32_t k = 0; k < rule.ties; ++k) network.columns_[i * rule.ties + k] = rule.neighbour(i, k);
  return network;
}

Network Network::stored(std::size_t people, std::span<const NetworkEdge> edges) {
  Network network;
  network.kind_ = Kind::stored;
  network.people_ = people;
  network.offsets_.assign(people + 1, 0);
  for (const NetworkEdge& edge : edges) ++network.offsets_[edge.from + 1];
  std::partial_sum(network.offsets_.begin(), network.offsets_.end(), network.offsets_.begin());
  const bool weighted = std::any_of(edges.begin(), edges.end(), [](const NetworkEdge& e) { return e.weight != 1; });
  network.columns_.resize(edges.size());
  network.weights_.resize(weighted ? edges.size() : 0);
  std::vector<std::uint64_t> next(network.offsets_.begin(), network.offsets_.end() - 1);
  for (const NetworkEdge& edge : edges) {
    const std::uint64_t at = next[edge.from]++;
    network.columns_[at] = edge.to;
    if (weighted) network.weights_[at] = edge.weight;
  }
  return network;
}

std::size_t Network::ties() const {
  if (kind_ == Kind::complete) return people_ * (people_ - 1);
  return kind_ == Kind::generated ? people_ * rule_.ties : columns_.size();
}

std::size_t Network::degree(std::size_t i) const {
  if (kind_ == Kind::complete) return people_ - 1;
  return kind_ == Kind::generated ? rule_.ties : begin(i + 1) - begin(i);
}

std::uint32_t Network::neighbour(std::size_t i, std::size_t k) const {
  if (kind_ == Kind::complete) return static_cast<std::uint32_t>(k < i ? k : k + 1);
  return kind_ == Kind::generated ? rule_.neighbour(i, static_cast<std::uint32_t>(k)) : columns_[begin(i) + k];
}

void Network::weigh(std::vector<float> weights) {
  assert(is_stored() && weights.size() == columns_.size());
  weights_.assign(weights.begin(), weights.end());
}

namespace {

// The new number of each person.
std::vector<std::uint32_t> breadth_first(const Network& network) {
  constexpr std::uint32_t unseen = UINT32_MAX;
  std::vector<std::uint32_t> by_degree(network.people());
  std::iota(by_degree.begin(), by_degree.end(), 0U);
  std::stable_sort(by_degree.begin(), by_degree.end(),
                   [&](std::uint32_t a, std::uint32_t b) { return network.degree(a) < network.degree(b); });
  std::vector<std::uint32_t> number(network.people(), unseen);
  std::vector<std::uint32_t> queue;
  queue.reserve(network.people());
  const auto meet = [&](std::uint32_t person) {
    if (number[person] != unseen) return;
    number[person] = static_cast<std::uint32_t>(queue.size());
    queue.push_back(person);
  };
  std::size_t head = 0;
  for (const std::uint32_t root : by_degree) {
    meet(root);
    for (; head < queue.size(); ++head) network.for_ties(queue[head], [&](std::uint32_t j, float) { meet(j); });
  }
  return number;
}

}  // namespace

Network in_locality_order(const Network& network) {
  assert(network.is_stored());
  const std::vector<std::uint32_t> number = breadth_first(network);
  std::vector<NetworkEdge> edges;
  edges.reserve(network.ties());
  for (std::size_t i = 0; i < network.people(); ++i)
    network.for_ties(i, [&](std::uint32_t j, float weight) { edges.push_back({number[i], number[j], weight}); });
  return Network::stored(network.people(), edges);
}

double network_bytes(double people, double directed_ties, bool weighted) {
  return people * 16 + directed_ties * (sizeof(NetworkEdge) + 4 + (weighted ? 4 : 0));
}

}  // namespace detente
