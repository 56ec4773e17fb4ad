// Terms whose coefficients differ from actor to actor or from pair to pair (RandomTerms), in the three places where hazards
// meet them:
//
//   binding     from the formula
//   fitting     with_slopes(): the values z of slopes are read as those of terms
//   simulating  with_own_effects(): the coefficients b stand in the memory (Memory::own_value), and z b is one more term
//               whose coefficient is 1, so that sums over the risk set factorise as before
//
// A hazard's exponent is  beta x + sum over blocks and their members g of  b_g' z.  A dyad belongs to its sender, its
// receiver, both, or the pair that it is; a tie to both of its actors or to their pair.
#pragma once

#include <vector>

#include "hazard/model.hpp"

namespace detente {

// An actor, or a pair of them with the lower id first.
struct Group {
  ActorId a = no_id;
  ActorId b = no_id;
  friend bool operator==(const Group&, const Group&) = default;
  friend bool operator<(const Group& one, const Group& other) {
    return one.a != other.a ? one.a < other.a : one.b < other.b;
  }
};

// A block of a hazard, without its slopes.  Throws FormulaProblem: `of` where nobody sends, the same block twice.
[[nodiscard]] RandomTerms begin_random(const RandomSyntax& syntax, const Hazard& hazard, bool directed);

// The groups a dyad or tie belongs to: one, or two of which b is no_id.
struct Membership {
  Group group[2];
  std::size_t count;
};
[[nodiscard]] Membership members(Grouping grouping, Dyad dyad);

// How many terms all blocks have, and the same hazard with their slopes after its own terms, in order.
[[nodiscard]] std::size_t random_size(const Hazard& hazard);
[[nodiscard]] Hazard with_slopes(const Hazard& hazard);

// The same tie hazard with a term for each of its random ones, whose coefficients are to be 1.
[[nodiscard]] Hazard with_own_effects(const Hazard& hazard);

// What a block adds to the exponent of a tie: b'z over both of its actors, or of their pair.
[[nodiscard]] double own_part_of_tie(const RandomTerms& random, const Memory& memory, TieId tie);

}  // namespace detente
