// Models made from what a scenario says: every one of them, its read-outs, and the mistakes only a model can judge.
#include <cmath>

#include <gtest/gtest.h>

#include "layers/publics/altafini.hpp"
#include "layers/publics/baumann.hpp"
#include "layers/publics/deffuant.hpp"
#include "layers/publics/degroot.hpp"
#include "layers/publics/followers.hpp"
#include "layers/publics/friedkin_johnsen.hpp"
#include "layers/publics/hegselmann_krause.hpp"

namespace detente::settings_test {

template <LayerModel M>
M made(GivenSettings given) {
  return M(Settings(std::move(given), M::doc.settings, "publics", "s.toml"), Cast{{"ada", "bob"}}, {});
}

template <LayerModel M>
ReadOuts after(GivenSettings given, double days) {
  M model = made<M>(std::move(given));
  LayerStep step{};
  step.days = days;
  model.flow(step, Signals(2));
  ReadOuts out;
  model.observe(out);
  return out;
}

template <LayerModel M>
std::string mistake(GivenSettings given) {
  try {
    made<M>(std::move(given));
  } catch (const Error& error) { return error.what(); }
  return "";
}

const Setting small_world{std::string("small-world")};

// Every read-out has a name that the documentation knows, and a number.
template <LayerModel M>
void expect_documented(GivenSettings given) {
  given["people"] = {300.0};
  const ReadOuts out = after<M>(std::move(given), 2);
  EXPECT_GE(out.values().size(), 6u);
  for (const auto& [name, value] : out.values()) {
    const std::string of = name.substr(0, name.find(':'));
    EXPECT_TRUE(std::any_of(M::doc.read_outs.begin(), M::doc.read_outs.end(),
                            [&](const ReadOutDoc& doc) { return doc.name == of; }))
        << M::doc.model << ": " << of;
    EXPECT_TRUE(std::isfinite(value)) << M::doc.model << ": " << of;
  }
}

TEST(PublicModels, ShowWhatTheirDocumentationNames) {
  expect_documented<Altafini>({});
  expect_documented<Baumann>({});
  expect_documented<Deffuant>({{"issues", {2.0}}});
  expect_documented<DeGroot>({{"issues", {2.0}}});
  expect_documented<FriedkinJohnsen>({{"network", small_world}, {"index", {true}}});
  expect_documented<HegselmannKrause>({});
  expect_documented<FollowerSentiment>({{"leaders", {std::vector<std::string>{"ada", "bob"}}}});
}

TEST(PublicModels, RunOnEveryNetwork) {
  for (const char* kind : {"complete", "regular", "small-world", "stochastic-block", "scale-free"}) {
    const GivenSettings given{{"people", {400.0}}, {"network", {std::string(kind)}}};
    EXPECT_LT(after<DeGroot>(given, 3000).value("variance"), 1e-3) << kind;
  }
  const ReadOuts rule = after<DeGroot>({{"people", {400.0}}, {"network", small_world}, {"generated", {true}}}, 3000);
  EXPECT_LT(rule.value("variance"), 1e-3);
}

TEST(PublicModels, DrawnSignsSplitABalancedPublicAndFrustratedOnesUndoIt) {
  const GivenSettings balanced{{"people", {400.0}}, {"network", small_world}};
  EXPECT_NEAR(after<Altafini>(balanced, 1000).value("bimodality"), 1, 1e-2);
  GivenSettings frustrated = balanced;
  frustrated["frustrated"] = {0.2};
  EXPECT_LT(after<Altafini>(frustrated, 1000).value("variance"), 1e-9);
}

TEST(PublicModels, SayWhatOnlyTheyCanJudge) {
  EXPECT_NE(mistake<DeGroot>({{"network", small_world}, {"ties", {7.0}}}).find("an even number"), std::string::npos);
  EXPECT_NE(mistake<DeGroot>({{"network", {std::string("edge-list")}}}).find("needs a file"), std::string::npos);
  EXPECT_NE(mistake<DeGroot>({{"network", {std::string("scale-free")}}, {"generated", {true}}}).find("by a rule"),
            std::string::npos);
  EXPECT_NE(mistake<DeGroot>({{"network", small_world}, {"people", {4e9}}, {"ties", {10000.0}}}).find("needed"),
            std::string::npos);
  EXPECT_NE(mistake<FollowerSentiment>({}).find("followers need leaders"), std::string::npos);
  EXPECT_NE(mistake<FollowerSentiment>({{"leaders", {std::string("bbo")}}}).find("bob"), std::string::npos);
  EXPECT_NE(mistake<Baumann>({{"people", {5.0}}}).find("more contacts"), std::string::npos);
}

TEST(SweepClock, TakesWholeSweepsAsTheyComeDue) {
  SweepClock clock(3);
  EXPECT_EQ(clock.take(1), 0u);
  EXPECT_EQ(clock.take(1), 0u);
  EXPECT_EQ(clock.take(1), 1u);
  EXPECT_EQ(clock.take(10), 3u);
  EXPECT_EQ(clock.take(2), 1u);
}

}  // namespace detente::settings_test
