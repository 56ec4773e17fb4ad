// Random numbers without a state: every draw is a function of its key, so results are the same bits for any number of
// threads, one replicate can be replayed alone, and what-if branches share their draws.
//
// Philox4x32-10 (Salmon, Moraes, Dror & Shaw 2011) through Random123.
#pragma once

#include <array>
#include <cstdint>

namespace detente {

// What a draw is for.  Part of the key: two purposes never share a number.
enum class Purpose : std::uint32_t {
  test,
  generate,
  waiting_time,
  which_hazard,
  which_dyad,
  mark,
  tie_ends,
  which_ending,
  posterior,
  sample,
  control,
  bootstrap,
  fold,
  start_tick,
  network,
  layer_start,
  public_flow,
  public_pair,
  staff_start,
  staff_flow,
  board_signal,
  knowledge,
  lab_progress,
  imitation,
  triad,
  design,
  tie_starts,
  new_tie_ends
};

struct DrawKey {
  std::uint64_t seed;
  std::uint32_t replicate;
  Purpose purpose;
  std::uint32_t entity;
  std::uint32_t step;
};

[[nodiscard]] double uniform(const DrawKey& key);                      // in (0, 1), 53 bits
[[nodiscard]] std::array<double, 2> uniform_pair(const DrawKey& key);  // independent; the first is uniform(key)
[[nodiscard]] double exponential(const DrawKey& key);                  // mean 1
[[nodiscard]] double normal(const DrawKey& key);                       // mean 0, variance 1 (Box-Muller)

}  // namespace detente
