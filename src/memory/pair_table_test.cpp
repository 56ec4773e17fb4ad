#include "memory/pair_table.hpp"

#include <gtest/gtest.h>

#include <map>

#include "base/random.hpp"

namespace detente::pair_table_test {

TEST(PairTable, sparse_and_dense_agree_with_a_map) {
  for (const std::size_t actors : {40, 1025, 5000}) {
    PairTable table(actors);
    std::map<std::pair<ActorId, ActorId>, PairId> expected;
    for (std::uint32_t k = 0; k < 20000; ++k) {
      const auto draw = [&](std::uint32_t entity) {
        return static_cast<ActorId>(uniform({1, 0, Purpose::test, entity, k}) * static_cast<double>(actors));
      };
      const ActorId i = draw(0);
      const ActorId j = draw(1);
      const auto [entry, fresh] = expected.try_emplace({i, j}, static_cast<PairId>(expected.size()));
      ASSERT_EQ(table.find(i, j), fresh ? no_id : entry->second);
      ASSERT_EQ(table.insert(i, j), entry->second);
      ASSERT_EQ(table.find_both(i, j).there, entry->second);
      ASSERT_EQ(table.find_both(i, j).back, table.find(j, i));
    }
    ASSERT_EQ(table.size(), expected.size());
    std::size_t out = 0;
    std::size_t in = 0;
    for (ActorId i = 0; i < actors; ++i) {
      for (const Partner& p : table.out(i)) ASSERT_EQ((expected.at({i, p.actor})), p.pair);
      for (const Partner& p : table.in(i)) ASSERT_EQ(table.dyad(p.pair), (Dyad{p.actor, i}));
      out += table.out(i).size();
      in += table.in(i).size();
    }
    EXPECT_EQ(out, expected.size());
    EXPECT_EQ(in, expected.size());
  }
}

TEST(PairTable, of_nobody_finds_nothing) { EXPECT_EQ(PairTable(0).size(), 0U); }

}  // namespace detente::pair_table_test
