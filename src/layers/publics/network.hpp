// Who listens to whom.  A network of N people is one of
//
//   complete     everybody, never stored
//   generated    the k-th tie of i is computed from a keyed hash whenever it is needed, never stored
//   stored       compressed rows: 4 bytes for a tie, 4 more when ties have weights; a regular network has no offsets
//
// A weight is positive; a negative one is the sign of enmity (Altafini 2013).  Without weights every tie weighs 1.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "base/large_pages.hpp"
#include "base/random.hpp"

namespace detente {

struct NetworkEdge {
  std::uint32_t from;
  std::uint32_t to;
  float weight = 1;
};

// The k-th tie of i is to i ± 1, ± 2, ..., ± ties/2 around a ring, or with probability `rewire` to anybody else.  Ties
// generated so are directed: i listens to j.
struct NetworkRule {
  std::size_t people;
  std::uint32_t ties;  // even, at least 2, below `people`
  double rewire = 0;
  std::uint64_t seed = 1;
  std::uint32_t replicate = 0;

  [[nodiscard]] std::uint32_t neighbour(std::size_t i, std::uint32_t k) const;
};

class Network {
 public:
  static Network complete(std::size_t people);
  static Network generated(const NetworkRule& rule);
  // Every edge as given, from -> to, in the order given within a row.  Ids are below `people`.
  static Network stored(std::size_t people, std::span<const NetworkEdge> edges);
  static Network stored(const NetworkRule& rule);  // as generated, kept in memory, with no offsets

  [[nodiscard]] std::size_t people() const { return people_; }
  [[nodiscard]] std::size_t ties() const;  // directed: an undirected tie counts twice
  [[nodiscard]] std::size_t degree(std::size_t i) const;
  [[nodiscard]] bool is_complete() const { return kind_ == Kind::complete; }
  [[nodiscard]] bool is_stored() const { return kind_ == Kind::stored; }
  [[nodiscard]] bool weighted() const { return !weights_.empty(); }
  [[nodiscard]] std::uint32_t neighbour(std::size_t i, std::size_t k) const;  // k < degree(i)

  // visit(j, weight) for each tie of i.
  template <class Visit>
  void for_ties(std::size_t i, Visit&& visit) const;

  // Of a stored network: ties of i are columns()[begin(i)] .. columns()[begin(i + 1)].
  [[nodiscard]] std::size_t begin(std::size_t i) const { return offsets_.empty() ? i * regular_ : offsets_[i]; }
  [[nodiscard]] std::span<const std::uint32_t> columns() const { return columns_; }
  [[nodiscard]] std::size_t regular_degree() const { return offsets_.empty() ? regular_ : 0; }  // 0: not regular
  [[nodiscard]] std::size_t ring_degree() const;  // of a ring by rule, nobody rewired; 0: no such ring
  void weigh(std::vector<float> weights);         // of a stored network, in the order of columns()

 private:
  enum class Kind : std::uint8_t { complete, generated, stored };
  Kind kind_ = Kind::complete;
  std::size_t people_ = 0;
  std::size_t regular_ = 0;
  NetworkRule rule_{};
  LargeVector<std::uint64_t> offsets_;
  LargeVector<std::uint32_t> columns_;
  LargeVector<float> weights_;
};

// The same network with people renumbered breadth first from one of least degree (Cuthill & McKee 1969), so that ties join
// people who are near in memory.  Only of a stored network.
[[nodiscard]] Network in_locality_order(const Network& network);

// Bytes that a stored network takes while it is made and kept.
[[nodiscard]] double network_bytes(double people, double directed_ties, bool weighted);

inline std::size_t Network::ring_degree() const { return kind_ == Kind::generated && rule_.rewire <= 0 ? regular_ : 0; }

template <class Visit>
void Network::for_ties(std::size_t i, Visit&& visit) const {
  switch (kind_) {
    case Kind::complete:
      for (std::size_t j = 0; j < people_; ++j)
        if (j != i) visit(static_cast<std::uint32_t>(j), 1.0F);
      return;
    case Kind::generated:
      for (std::uint32_t k = 0; k < rule_.ties; ++k) visit(rule_.neighbour(i, k), 1.0F);
      return;
    case Kind::stored:
      for (std::size_t e = begin(i), end = begin(i + 1); e < end; ++e)
        visit(columns_[e], weights_.empty() ? 1.0F : weights_[e]);
  }
}

}  // namespace detente
