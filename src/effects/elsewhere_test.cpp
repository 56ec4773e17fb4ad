#include "effects/elsewhere.hpp"

#include <gtest/gtest.h>

#include "effects/catalogue.hpp"

namespace detente::elsewhere_test {

TEST(EffectsElsewhere, are_found_by_name_whatever_the_case_and_the_arguments) {
  const std::vector<EffectElsewhere> found = effects_elsewhere("RECIP(network)");
  ASSERT_GE(found.size(), 2U);
  for (const EffectElsewhere& row : found) EXPECT_EQ(row.theirs.substr(0, 6), "recip(") << row.theirs;
  EXPECT_EQ(found[1].section, "goldfish");
  EXPECT_EQ(found[1].theirs, "recip(network)");
  EXPECT_EQ(found[1].term, "reciprocity(network, unique)");
  EXPECT_TRUE(found[1].is_same());
  EXPECT_TRUE(effects_elsewhere("reci").empty());
  EXPECT_TRUE(effects_elsewhere("").empty());
}

TEST(EffectsElsewhere, that_have_no_term_say_why) {
  const std::vector<EffectElsewhere> found = effects_elsewhere("ccp");
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found.front().term, "");
  EXPECT_FALSE(found.front().is_same());
  EXPECT_FALSE(found.front().says.empty());
}

TEST(EffectsElsewhere, are_said_where_an_effect_is_not_known) {
  EXPECT_EQ(effect_hint("NIDRec"),
            "NIDRec in relevent is attention_share(of=receiver, even) here: `detente effects NIDRec` says more");
  EXPECT_EQ(effect_hint("inertai"), "did you mean 'inertia'?");
  EXPECT_EQ(effect_hint("ccp"), "`detente effects` lists them");
}

}  // namespace detente::elsewhere_test
