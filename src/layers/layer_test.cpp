#include <gtest/gtest.h>

#include "base/memory_limit.hpp"
#include "layers/layer.hpp"

namespace detente::layer_test {

constexpr SettingDoc docs[] = {
    {"epsilon", SettingKind::number, "0.2", "opinion", "confidence bound", 0, 1},
    {"people", SettingKind::whole, "100", "people", "how many", 1, 1e9},
    {"network", SettingKind::word, "complete", "", "who meets whom", 0, 0, "complete|ring"},
    {"every", SettingKind::duration, "1d", "", "step"},
    {"egos", SettingKind::numbers, "", "", "self-gain", 0, 5},
};

GivenSettings given(const std::string& key, Setting setting) { return {{key, std::move(setting)}}; }

std::string message(const std::string& key, const Setting& setting) {
  try {
    const Settings settings(given(key, setting), docs, "publics", "s.toml");
  } catch (const Error& error) { return error.what(); }
  return "";
}

TEST(Settings, FillDefaultsAndReadWhatIsGiven) {
  const Settings settings(given("epsilon", {0.3}), docs, "publics", "s.toml");
  EXPECT_EQ(settings.number("epsilon"), 0.3);
  EXPECT_EQ(settings.whole("people"), 100u);
  EXPECT_EQ(settings.word("network"), "complete");
  EXPECT_EQ(settings.days("every"), 1);
  EXPECT_FALSE(settings.given("egos"));
}

TEST(Settings, SayWhatIsWrongAndWhere) {
  EXPECT_EQ(
      message("epsilom", {0.3, {"s.toml", 3, 1}}),
      "error: s.toml:3:1: unknown key 'epsilom' in [publics]\n  expected: one of: epsilon, people, network, every, "
      "egos\n  hint: did you mean 'epsilon'?");
  EXPECT_NE(message("epsilon", {-1.0}).find("a number from 0 to 1"), std::string::npos);
  EXPECT_NE(message("people", {1.5}).find("a whole number"), std::string::npos);
  EXPECT_NE(message("network", {std::string("rng")}).find("did you mean 'ring'?"), std::string::npos);
  EXPECT_NE(message("every", {std::string("soon")}).find("a duration"), std::string::npos);
  EXPECT_NE(message("egos", {std::vector<double>{1, -1}}).find("[1, -1]"), std::string::npos);
}

TEST(Settings, ReadWhatIsTypedByTheKindOfItsKey) {
  EXPECT_EQ(std::get<double>(parse_setting("0.26", docs[0], {}).value), 0.26);
  EXPECT_EQ(std::get<std::string>(parse_setting("ring", docs[2], {}).value), "ring");
  EXPECT_EQ(std::get<std::vector<double>>(parse_setting("[1, 2]", docs[4], {}).value), (std::vector<double>{1, 2}));
  EXPECT_THROW(Settings(given("epsilon", parse_setting("much", docs[0], {})), docs, "publics", "s.toml"), Error);
}

TEST(MemoryLimit, IsForetoldWithTheFigure) {
  EXPECT_NO_THROW(require_memory(1e6, "a small thing", {}));
  try {
    require_memory(1e18, "a network of 1e17 people", {"s.toml", 4, 1});
    FAIL();
  } catch (const Error& error) {
    EXPECT_NE(std::string(error.what()).find("1000 PB needed"), std::string::npos) << error.what();
  }
}

TEST(Cast, KnowsItsActorsAndHints) {
  const Cast cast{{"musk", "altman"}};
  EXPECT_EQ(cast.find("altman", {}), 1u);
  EXPECT_THROW((void)cast.find("altmann", {}), Error);
}

}  // namespace detente::layer_test
