#include <cmath>

#include <gtest/gtest.h>

#include "layers/organizations/firm.hpp"
#include "layers/organizations/granovetter.hpp"

namespace detente::firm_test {

const Cast cast{{"openai", "altman", "board", "musk"}};

FirmOrganization firm(const std::map<std::string, double, std::less<>>& numbers, const LayerDraws& draws) {
  GivenSettings given;
  given["organization"] = {std::string("openai")};
  given["leader"] = {std::string("altman")};
  given["board"] = {std::string("board")};
  for (const auto& [key, value] : numbers) given[key] = {value};
  return {Settings(given, FirmOrganization::doc.settings, "organizations", "test.toml"), cast, draws};
}

void live(FirmOrganization& organization, double days, const LayerDraws& draws, double step = 1,
          std::vector<Happening>* happenings = nullptr) {
  const Signals none(cast.actors.size());
  for (std::uint32_t k = 0; k * step < days - 1e-9; ++k)
    organization.flow(
        {.from = k * step, .days = step, .number = k, .draws = draws, .threads = 1, .happenings = happenings}, none);
}

double read(const FirmOrganization& organization, std::string_view name) {
  ReadOuts out;
  organization.observe(out);
  return out.value(name);
}

// Sequential learning is the same as learning the mean of all signals at once.
TEST(Board, BeliefIsTheClosedFormPosterior) {
  BoardBelief belief{.mean = 0.3, .precision = 2};
  for (const double y : {1.0, -0.5, 2.0}) belief.learn(y, 0.7);
  EXPECT_NEAR(belief.mean, (2 * 0.3 + 0.7 * 2.5) / (2 + 2.1), 1e-14);
  EXPECT_NEAR(belief.precision, 4.1, 1e-14);
  EXPECT_NEAR((BoardBelief{.mean = 1, .precision = 4}.confidence(0)), 0.9772498680518208, 1e-14);
}

TEST(Firm, WithCouplingsOffTheBoardLearnsAbilityAndNoiseAlone) {
  const LayerDraws draws{.seed = 5};
  FirmOrganization one = firm(
      {{"staff", 20}, {"performance_weight", 0}, {"signal_every", 30}, {"ability", 0.4}, {"dismissal_threshold", -50}},
      draws);
  live(one, 300, draws);
  double sum = 0;
  for (std::uint32_t k = 1; k <= 10; ++k) sum += 0.4 + one.noise(k, draws);
  EXPECT_NEAR(one.belief().mean, 0.25 * sum / (1 + 10 * 0.25), 1e-13);
  EXPECT_NEAR(one.belief().precision, 3.5, 1e-13);
}

TEST(Firm, AnEventWithTheBoardMovesTheNextSignalOnlyAndAFeudDistracts) {
  const LayerDraws draws{.seed = 5};
  FirmOrganization calm = firm({{"staff", 20}, {"performance_weight", 0}, {"dismissal_threshold", -50}}, draws);
  FirmOrganization hit = calm;
  FirmOrganization feud = calm;
  const Signals none(cast.actors.size());
  hit.jump({.time = 0, .sender = 2, .receiver = 1, .warmth = -8}, none);
  feud.jump({.time = 0, .sender = 3, .receiver = 1, .warmth = -8}, none);
  live(calm, 200, draws);
  live(hit, 200, draws);
  live(feud, 200, draws);
  // Two signals of precision 1/4 on a prior of 1: a shock of 2 * -.8 weighs .25/1.5.
  EXPECT_NEAR(hit.belief().mean - calm.belief().mean, -1.6 * 0.25 / 1.5, 1e-13);
  EXPECT_EQ(feud.belief().mean, calm.belief().mean);
  EXPECT_LT(read(feud, "morale"), read(calm, "morale"));
}

TEST(Firm, MissionFollowsItsClosedFormInStepsOfAnyLength) {
  const LayerDraws draws{};
  for (const double step : {0.25, 1.0, 7.3}) {
    FirmOrganization one = firm({{"staff", 5}, {"mission", 0.1}, {"drift", 2}, {"commercial_share", 0.6}}, draws);
    live(one, 730, draws, step);
    const double years = std::ceil(730 / step - 1e-9) * step / 365.25;
    const double end = 1.2 / 1.5;
    EXPECT_NEAR(read(one, "mission_distance"), end + (0.1 - end) * std::exp(-1.5 * years), 1e-11) << step;
  }
}

TEST(Firm, ADayIsTheSameInStepsOfAnyLength) {
  const LayerDraws draws{.seed = 9};
  FirmOrganization days = firm({{"staff", 100}}, draws);
  FirmOrganization weeks = days;
  live(days, 700, draws, 1);
  live(weeks, 700, draws, 7);
  for (const std::string_view name : {"morale", "exits", "knowledge", "board_confidence"})
    EXPECT_EQ(read(days, name), read(weeks, name)) << name;
  EXPECT_GT(read(days, "exits"), 0);
}

// The first signal comes on day 91 and no belief is above 50; with no attachment nobody revolts.
TEST(Firm, TellsOfADismissalOnItsDayInStepsOfAnyLength) {
  const LayerDraws draws{.seed = 1};
  for (const double step : {0.5, 1.0, 7.0}) {
    FirmOrganization one = firm({{"staff", 20}, {"dismissal_threshold", 50}, {"loyalty", 0}}, draws);
    std::vector<Happening> happenings;
    live(one, 140, draws, step, &happenings);
    ASSERT_EQ(happenings.size(), 1u);
    EXPECT_EQ(happenings[0].what, "dismissal");
    EXPECT_NEAR(happenings[0].time, 91, 1e-9);
    EXPECT_EQ(happenings[0].who, 0u);
    EXPECT_EQ(happenings[0].whom, 1u);
    EXPECT_EQ(read(one, "dismissed_day"), 91);
    EXPECT_EQ(read(one, "leader_in_office"), 0);
  }
}

TEST(Firm, WithoutExitsKnowledgeIsMarchsModel) {
  const LayerDraws draws{.seed = 8};
  FirmOrganization one = firm({{"staff", 40}, {"exit_rate", 0}}, draws);
  MarchLearning march({.people = 40, .from_code = 0.1, .by_code = 0.5}, draws);
  const double naive = march.knowledge();
  live(one, 310, draws);
  for (int period = 0; period < 10; ++period) march.period(draws);
  EXPECT_EQ(read(one, "knowledge"), march.knowledge());
  EXPECT_GT(march.knowledge(), naive);
}

TEST(Firm, TakesEveryLeverItsDocumentationNamesAndPublishesItsColumns) {
  FirmOrganization one = firm({{"staff", 20}, {"eco", 1}}, {});
  for (const SettingDoc& setting : FirmOrganization::doc.settings)
    EXPECT_EQ(one.set(setting.name, 0.5), setting.changes) << setting.name;
  Signals signals(cast.actors.size());
  one.publish(signals);
  EXPECT_NEAR(signals.morale[0], std::tanh(0.6 - 0.6 * 0.2), 1e-14);
  EXPECT_NEAR(signals.board_confidence[0], 0.5, 1e-14);
  EXPECT_TRUE(std::isnan(signals.morale[1]));
}

struct Shares {
  double dismissed = 0;
  double returned = 0;
};

Shares replicates(std::map<std::string, double, std::less<>> numbers) {
  numbers["staff"] = 60;
  constexpr std::uint32_t runs = 200;
  Shares shares;
  for (std::uint32_t run = 0; run < runs; ++run) {
    const LayerDraws draws{.seed = 4, .replicate = run};
    FirmOrganization one = firm(numbers, draws);
    std::vector<Happening> happenings;
    live(one, 730, draws, 1, &happenings);
    bool out = false;
    for (const Happening& happening : happenings) {
      EXPECT_EQ(happening.what == "return", out);  // a return only after a dismissal, a dismissal only in office
      out = !out;
    }
    EXPECT_EQ(read(one, "leader_in_office"), out ? 0 : 1);
    if (read(one, "returned") == 1) { EXPECT_GT(read(one, "returned_day"), read(one, "dismissed_day")); }
    shares.dismissed += read(one, "dismissed") / runs;
    shares.returned += read(one, "returned") / runs;
  }
  return shares;
}

TEST(Firm, OusterIsMoreLikelyUnderAHigherThreshold) {
  const double strict = replicates({{"dismissal_threshold", -0.2}}).dismissed;
  const double middle = replicates({{"dismissal_threshold", -0.6}}).dismissed;
  const double lenient = replicates({{"dismissal_threshold", -1.5}}).dismissed;
  EXPECT_GT(strict, middle);
  EXPECT_GT(middle, lenient);
}

TEST(Firm, ReturnIsMoreLikelyWithMoreAttachedStaff) {
  const double cool = replicates({{"dismissal_threshold", -0.2}, {"attachment", -0.2}}).returned;
  const double middle = replicates({{"dismissal_threshold", -0.2}, {"attachment", 0.45}}).returned;
  const double warm = replicates({{"dismissal_threshold", -0.2}, {"attachment", 0.9}}).returned;
  EXPECT_LT(cool, middle);
  EXPECT_LT(middle, warm);
}

// Equal affect .5, contagion within the day, nobody leaves: thresholds are N(.6 - .3, .16), a round a day.
TEST(Staff, ALargeStaffRevoltsAsGranovettersMap) {
  const LayerDraws draws{.seed = 2};
  Staff staff(
      {.people = 200'000, .attachment_deviation = 0, .attachment_doubt = 0, .revolt_deviation = 0.16, .contagion = 0},
      draws);
  double r = 0;
  for (std::uint32_t day = 1; day <= 10; ++day) {
    staff.contagion(day, draws);
    r = share_below(r, 0.3, 0.16);
    EXPECT_NEAR(staff.revolt_share(), r, 0.01) << day;
  }
  EXPECT_GT(r, 0.05);
}

TEST(Staff, ExitsFollowTheirRate) {
  const LayerDraws draws{.seed = 2};
  Staff staff({.people = 50'000,
               .culture_deviation = 0,
               .exit_rate = 0.3,
               .misfit_weight = 2,
               .socialization = 0,
               .hiring = 1e9},
              draws);
  for (std::uint32_t day = 1; day <= 200; ++day) (void)staff.turn_over(0.5, day, draws);
  const double expected = std::exp(-0.3 * std::exp(2 * 0.25) * 200 / 365.25);
  EXPECT_NEAR(static_cast<double>(staff.present()) / 50'000, expected,
              4 * std::sqrt(expected * (1 - expected) / 50'000));
}

TEST(Firm, SaysWhoIsUnknown) {
  GivenSettings given;
  given["organization"] = {std::string("openay")};
  given["leader"] = {std::string("altman")};
  const Settings settings(given, FirmOrganization::doc.settings, "organizations", "test.toml");
  EXPECT_THROW(FirmOrganization(settings, cast, {}), Error);
}

}  // namespace detente::firm_test
