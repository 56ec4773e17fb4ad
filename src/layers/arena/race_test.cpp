#include <cmath>
#include <memory>

#include <gtest/gtest.h>

#include "layers/arena/race.hpp"

namespace detente::race_test {

const Cast cast{{"openai", "xai", "altman", "musk", "microsoft"}};

LabRace race(GivenSettings given, std::uint32_t replicate = 0) {
  given.try_emplace("labs", Setting{std::vector<std::string>{"openai", "xai"}});
  given.try_emplace("leaders", Setting{std::vector<std::string>{"altman", "musk"}});
  const Settings settings(std::move(given), LabRace::doc.settings, "arena", "s.toml");
  return {settings, cast, {.seed = 1, .replicate = replicate}};
}

// No couplings and no institutions, unless said otherwise.
GivenSettings alone() {
  GivenSettings given;
  for (const char* key : {"safety_drag", "spread", "misuse_rate", "regulation", "board", "court"}) given[key] = {0.0};
  return given;
}

void run(LabRace& labs, double days, int steps, const Signals& seen = Signals(5), std::uint32_t replicate = 0) {
  for (int k = 0; k < steps; ++k)
    labs.flow({.from = 0,
               .days = days / steps,
               .number = static_cast<std::uint32_t>(k),
               .draws = {.seed = 1, .replicate = replicate}},
              seen);
}

double shown(const LabRace& labs, std::string_view name) {
  ReadOuts out;
  labs.observe(out);
  return out.value(name);
}

Signals feelings(double there, double back) {
  Signals seen(5);
  seen.leaders = {2, 3};
  seen.sentiment = Eigen::Matrix2d::Zero();
  seen.sentiment(0, 1) = there;
  seen.sentiment(1, 0) = back;
  return seen;
}

TEST(LabRace, GrowsExponentiallyWithCouplingsOff) {
  for (const int steps : {1, 40}) {
    LabRace labs = race(alone());
    run(labs, 2 * 365.25, steps);
    EXPECT_NEAR(shown(labs, "progress"), std::exp(0.5 * 2), 1e-9);
  }
}

// d ln C/dt = g e^{m t}.
TEST(LabRace, MoneyFlowsIntoGrowth) {
  LabRace labs = race(alone());
  ASSERT_TRUE(labs.set("money_flow", 0.3));
  run(labs, 2 * 365.25, 7);
  EXPECT_NEAR(shown(labs, "resources:xai"), std::exp(0.6), 1e-12);
  EXPECT_NEAR(std::log(shown(labs, "progress")), 0.5 * std::expm1(0.6) / 0.3, 1e-8);
}

// With no growth the leader stands still and the gap closes as e^{-k o t}.
TEST(LabRace, OpennessOfTheLeaderClosesTheGap) {
  GivenSettings given = alone();
  given["growth"] = {0.0};
  given["spread"] = {2.0};
  given["capability"] = {std::vector<double>{3, 1}};
  given["openness"] = {std::vector<double>{0.4, 0.9}};
  LabRace labs = race(given);
  run(labs, 365.25, 10);
  EXPECT_NEAR(shown(labs, "capability:openai"), 3, 1e-12);
  EXPECT_NEAR(shown(labs, "capability:xai"), 3 - 2 * std::exp(-0.8), 1e-8);
  EXPECT_NEAR(shown(labs, "lead:openai"), 3 / (3 - 2 * std::exp(-0.8)), 1e-8);
}

TEST(LabRace, SafetyTendsToThePrecipiceOfTheLeadersFeelings) {
  GivenSettings given = alone();
  given["safety"] = {0.9};
  LabRace labs = race(given);
  const Signals seen = feelings(0.6, -0.2);  // e = (.2 + .6)/2 = .4
  run(labs, 90, 9, seen);
  const double towards = 1 - 0.5238095238095238;
  EXPECT_NEAR(shown(labs, "enmity"), 0.4, 1e-15);
  EXPECT_NEAR(shown(labs, "safety"), towards + (0.9 - towards) * std::exp(-0.5), 1e-12);
  EXPECT_NEAR(shown(labs, "risk_to_start"), (1 - shown(labs, "safety")) / 0.1, 1e-9);
  EXPECT_EQ(labs.enmity(feelings(-1.5, -1)), 1);  // clamped
}

TEST(LabRace, AFeudCostsSafety) {
  LabRace friends = race(alone());
  LabRace foes = race(alone());
  run(friends, 3000, 10, feelings(1, 1));
  run(foes, 3000, 10, feelings(-1, -1));
  EXPECT_NEAR(shown(friends, "safety"), 2.0 / 3, 1e-6);
  EXPECT_NEAR(shown(foes, "safety"), 1.0 / 3, 1e-6);
}

// d M/dt = rate (1 - oversight) n o (e^{g t} - 1) above a threshold of 1.
TEST(LabRace, OpennessAddsMisuseThatOversightStops) {
  GivenSettings given = alone();
  given["misuse_rate"] = {0.1};
  const double grown = 2 * 0.3 * 0.1 * (std::expm1(0.5) / 0.5 - 1);
  LabRace labs = race(given);
  run(labs, 365.25, 5);
  EXPECT_NEAR(shown(labs, "marginal_misuse"), 0.8 * grown, 1e-8);
  LabRace stopped = race(given);
  ASSERT_TRUE(stopped.set("oversight", 1));
  run(stopped, 365.25, 5);
  EXPECT_EQ(shown(stopped, "marginal_misuse"), 0);
}

TEST(LabRace, AccessDiffusesAsBassAtTheSpeedOfOpenness) {
  LabRace labs = race(alone());
  ASSERT_TRUE(labs.set("openness", 1));
  run(labs, 5 * 365.25, 50);
  BassDiffusion early(0.06, 0.38);
  BassDiffusion late(0.01, 0.38);
  early.advance(5);
  late.advance(5);
  const double mean = 0.2 * early.adopted() + 0.8 * late.adopted();
  EXPECT_NEAR(shown(labs, "access"), mean, 1e-12);
  EXPECT_NEAR(shown(labs, "access_gini"), 0.2 * 0.8 * (early.adopted() - late.adopted()) / mean, 1e-12);
}

// At a rate that does not move, acts are Poisson: mean and variance are rate * years.
TEST(LabRace, InstitutionsActAtTheirRates) {
  GivenSettings given = alone();
  given["regulation"] = {0.7};
  constexpr int replicates = 2000;
  double sum = 0;
  double squares = 0;
  for (std::uint32_t r = 0; r < replicates; ++r) {
    LabRace labs = race(given, r);
    run(labs, 4 * 365.25, 4, Signals(5), r);
    const double acts = shown(labs, "regulator_acts");
    sum += acts;
    squares += acts * acts;
  }
  const double mean = sum / replicates;
  EXPECT_NEAR(mean, 2.8, 4 * std::sqrt(2.8 / replicates));
  EXPECT_NEAR(squares / replicates - mean * mean, 2.8, 0.45);
}

// A lead of 4 to 1 that stands still: the board's rate is .2 (1 + 4 * 3/4) = .8 a year.
TEST(LabRace, ALeadAlarmsTheBoard) {
  GivenSettings given = alone();
  given["growth"] = {0.0};
  given["board"] = {0.2};
  given["capability"] = {std::vector<double>{4, 1}};
  constexpr int replicates = 1000;
  double sum = 0;
  for (std::uint32_t r = 0; r < replicates; ++r) {
    LabRace labs = race(given, r);
    run(labs, 4 * 365.25, 4, Signals(5), r);
    sum += shown(labs, "board_acts");
  }
  EXPECT_NEAR(sum / replicates, 3.2, 4 * std::sqrt(3.2 / replicates));
}

// A named court acts by an event: it works when it is heard, once, whoever drew it.
TEST(LabRace, NamedInstitutionsActByEvents) {
  GivenSettings given = alone();
  given["court"] = {2.0};
  given["courts"] = {std::vector<std::string>{"microsoft"}};
  given["openness"] = {std::vector<double>{0.8, 0.4}};
  given["event_gain"] = {0.0};
  std::vector<Happening> happened;
  LabRace labs = race(given);
  for (std::uint32_t year = 0; year < 20; ++year)
    labs.flow({.from = 0, .days = 365.25, .number = year, .draws = {.seed = 1}, .happenings = &happened}, Signals(5));
  EXPECT_NEAR(static_cast<double>(happened.size()), 40, 4 * std::sqrt(40));
  EXPECT_EQ(shown(labs, "court_acts"), 0);  // nobody has heard of it
  EXPECT_EQ(shown(labs, "openness:openai"), 0.8);
  for (const Happening& one : happened) {
    EXPECT_EQ(one.who, 4u);
    EXPECT_EQ(one.whom, 0u);  // the most open
    EXPECT_EQ(one.act, "reject");
  }
  labs.jump({0, 4, 0, -4}, Signals(5));
  labs.jump({0, 4, 2, -4}, Signals(5));  // towards its leader
  labs.jump({0, 4, 0, 4}, Signals(5));   // not hostile
  labs.jump({0, 3, 0, -4}, Signals(5));  // not a court
  EXPECT_EQ(shown(labs, "court_acts"), 2);
  EXPECT_NEAR(shown(labs, "openness:openai"), 0.8 * 0.8 * 0.8, 1e-12);
  EXPECT_EQ(shown(labs, "openness:xai"), 0.4);
}

TEST(LabRace, ABoardActsOnItsOwnLab) {
  GivenSettings given = alone();
  given["boards"] = {std::vector<std::string>{"", "microsoft"}};
  LabRace labs = race(given);
  labs.jump({0, 4, 0, -4}, Signals(5));
  EXPECT_EQ(shown(labs, "board_acts"), 0);
  labs.jump({0, 4, 1, -4}, Signals(5));
  EXPECT_EQ(shown(labs, "board_acts"), 1);
}

TEST(LabRace, RefusesInstitutionsThatCannotBe) {
  const auto refused = [](const char* key, std::vector<std::string> names) {
    GivenSettings given = alone();
    given["courts"] = {std::vector<std::string>{"microsoft"}};
    given[key] = {std::move(names)};
    try {
      (void)race(given);
    } catch (const Error& error) { return std::string(error.what()); }
    return std::string();
  };
  EXPECT_NE(refused("courts", {"microsft"}).find("did you mean 'microsoft'?"), std::string::npos);
  EXPECT_NE(refused("courts", {"microsoft", "microsoft"}).find("named twice"), std::string::npos);
  EXPECT_NE(refused("regulators", {"microsoft"}).find("one role"), std::string::npos);
  EXPECT_NE(refused("boards", {"musk"}).find("1 boards of 2 labs"), std::string::npos);
}

TEST(LabRace, EndsEvenWhereNumbersDo) {
  GivenSettings given = alone();
  given["misuse_rate"] = {0.1};
  given["regulation"] = {1.0};
  LabRace labs = race(given);
  ASSERT_TRUE(labs.set("money_flow", 10));
  run(labs, 3650, 10);
  EXPECT_FALSE(shown(labs, "progress") < 1e300);
}

TEST(LabRace, AnActRaisesFloorsOrLowersOpenness) {
  GivenSettings given = alone();
  given["regulation"] = {50.0};
  given["court"] = {50.0};
  LabRace labs = race(given);
  run(labs, 4000, 400, feelings(-1, -1));
  EXPECT_NEAR(shown(labs, "safety"), 1, 1e-6);
  EXPECT_LT(shown(labs, "openness:xai"), 1e-3);
  LabRace one = race(given);
  run(one, 4000, 400, feelings(-1, -1));
  EXPECT_EQ(shown(one, "court_acts"), shown(labs, "court_acts"));  // keyed
}

TEST(LabRace, AlliancesAddResourcesAndLitigationRemovesThem) {
  LabRace labs = race(alone());
  labs.jump({.time = 0, .sender = 4, .receiver = 0, .warmth = 8}, Signals(5));   // Microsoft, with OpenAI
  labs.jump({.time = 0, .sender = 3, .receiver = 0, .warmth = -5}, Signals(5));  // Musk, of xAI, against it
  labs.jump({.time = 0, .sender = 2, .receiver = 0, .warmth = 10}, Signals(5));  // within OpenAI: nothing
  Signals signals(5);
  labs.publish(signals);
  EXPECT_NEAR(signals.resources[0], std::exp(0.08 - 0.05), 1e-14);
  EXPECT_NEAR(signals.resources[1], std::exp(-0.05), 1e-14);
  EXPECT_TRUE(std::isnan(signals.resources[4]));
}

TEST(LabRace, SaysWhatIsWrongWithItsLabs) {
  EXPECT_THROW(race({{"labs", {std::vector<std::string>{"openai"}}}}), Error);
  EXPECT_THROW(race({{"labs", {std::vector<std::string>{"openai", "openai"}}}}), Error);
  EXPECT_THROW(race({{"leaders", {std::vector<std::string>{"altman"}}}}), Error);
  EXPECT_THROW(race({{"openness", {std::vector<double>{0.1, 0.2, 0.3}}}}), Error);
}

}  // namespace detente::race_test
