#include "memory/neighbours.hpp"

#include <gtest/gtest.h>

#include <vector>

#include "base/random.hpp"

namespace detente::neighbours_test {

// Some actors meet nearly everybody, most meet few: lists are merged or searched.
TEST(Neighbours, in_common_are_those_of_the_pair_table) {
  constexpr std::size_t actors = 400;
  PairTable pairs(actors);
  Neighbours neighbours(actors);
  for (std::uint32_t k = 0; k < 6000; ++k) {
    const auto [who, whom] = uniform_pair({5, 0, Purpose::test, 0, k});
    const Dyad dyad{static_cast<ActorId>(who * who * who * who * actors), static_cast<ActorId>(whom * actors)};
    const std::size_t met = pairs.size();
    if (dyad.sender == dyad.receiver) continue;
    const PairId pair = pairs.insert(dyad.sender, dyad.receiver);
    if (pairs.size() > met) neighbours.insert(dyad, pair);
  }
  std::size_t found = 0;
  for (ActorId i = 0; i < actors; ++i)
    for (ActorId j = 0; j < actors; j += 7) {
      if (i == j) continue;
      std::vector<ActorId> expected, common;
      for (ActorId h = 0; h < actors; ++h) {
        const auto both = pairs.find_both(i, h);
        const auto other = pairs.find_both(j, h);
        if ((both.there != no_id || both.back != no_id) && (other.there != no_id || other.back != no_id))
          expected.push_back(h);
      }
      neighbours.for_each_common(i, j, [&](const CommonNeighbour& third) {
        common.push_back(third.actor);
        ASSERT_EQ(third.out_first, pairs.find(i, third.actor));
        ASSERT_EQ(third.in_first, pairs.find(third.actor, i));
        ASSERT_EQ(third.out_second, pairs.find(j, third.actor));
        ASSERT_EQ(third.in_second, pairs.find(third.actor, j));
      });
      ASSERT_EQ(common, expected) << i << " and " << j;
      found += common.size();
    }
  EXPECT_GT(found, 1000U);
}

}  // namespace detente::neighbours_test
