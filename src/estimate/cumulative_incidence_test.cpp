// Cumulative incidence: against counting where nothing is censored, and against what it must add up to.  R's numbers are
// in tests/reference/incidence_test.cpp.
#include "estimate/cumulative_incidence.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <map>

#include "base/random.hpp"
#include "estimate/fit.hpp"

namespace detente::cumulative_incidence_test {

// Draws from 0 to 1, one after the other.
struct Draws {
  DrawKey key;
  double operator()() {
    ++key.step;
    return uniform(key);
  }
};

std::vector<Spell> random_spells(std::uint64_t seed, bool censored, bool delayed) {
  Draws random{{seed, 0, Purpose::test, 0, 0}};
  std::vector<Spell> spells;
  for (int k = 0; k < 80; ++k) {
    const double from = delayed && random() < 0.4 ? std::floor(4 * random()) : 0;
    const double to = from + 1 + std::floor(-6 * std::log(random()));  // whole ages: many end together
    const double u = random();
    spells.push_back({from, to, censored && u < 0.3 ? not_ended : u < 0.6 ? std::size_t{0} : std::size_t{1}});
  }
  return spells;
}

TEST(CumulativeIncidence, is_the_fraction_that_ended_so_where_nothing_is_censored) {
  const std::vector<Spell> spells = random_spells(3, false, false);
  const auto n = static_cast<double>(spells.size());
  for (const std::size_t cause : {0U, 1U})
    for (const IncidencePoint& point : cumulative_incidence(spells, cause, 0.95)) {
      double ended = 0, at_risk = 0;
      for (const Spell& spell : spells) {
        ended += spell.cause == cause && spell.to <= point.age ? 1 : 0;
        at_risk += spell.to >= point.age ? 1 : 0;
      }
      const double f = ended / n;
      EXPECT_NEAR(point.estimate, f, 1e-13);
      EXPECT_EQ(static_cast<double>(point.at_risk), at_risk);
      EXPECT_NEAR(point.standard_error, std::sqrt(f * (1 - f) / n), 1e-13);  // of a binomial share
      EXPECT_LT(point.low, f);
      EXPECT_GT(point.high, f);
    }
}

// Survival by its own product, tie by tie: what has ended in some way or survives is everything.
TEST(CumulativeIncidence, of_all_causes_and_survival_add_up_to_one) {
  for (const bool delayed : {false, true}) {
    const std::vector<Spell> spells = random_spells(5, true, delayed);
    std::map<double, double> sum;  // of both causes, by age
    for (const std::size_t cause : {0U, 1U}) {
      double before = 0;
      for (const IncidencePoint& point : cumulative_incidence(spells, cause, 0.95)) {
        sum[point.age] += point.estimate - before;
        before = point.estimate;
      }
    }
    double survival = 1, ended = 0;
    for (const auto& [age, more] : sum) {
      double at_risk = 0, ends = 0;
      for (const Spell& spell : spells) {
        at_risk += spell.from < age && age <= spell.to ? 1 : 0;
        ends += spell.to == age && spell.cause != not_ended ? 1 : 0;
      }
      survival *= 1 - ends / at_risk;
      ended += more;
      EXPECT_NEAR(ended + survival, 1, 1e-12);
    }
  }
}

TEST(CumulativeIncidence, a_spell_that_was_never_at_risk_counts_for_nothing) {
  std::vector<Spell> spells = random_spells(7, true, true);
  const auto without = cumulative_incidence(spells, 0, 0.95);
  spells.push_back({3, 3, 0});
  const auto with = cumulative_incidence(spells, 0, 0.95);
  ASSERT_EQ(with.size(), without.size());
  for (std::size_t k = 0; k < with.size(); ++k) EXPECT_EQ(with[k].estimate, without[k].estimate);
}

// Ties that end at constant rates a and b: F(t) = a / (a + b) (1 - e^{-(a + b) t}).
Record ties_with(std::size_t count) {
  Record record;
  record.clock = Clock::number;
  record.actors.resize(2);
  record.actors[0].id = "a";
  record.actors[1].id = "b";
  Draws random{{11, 0, Purpose::test, 0, 0}};
  for (std::size_t k = 0; k < count; ++k) {
    Tie tie{};
    tie.id = std::to_string(k);
    tie.a = 0;
    tie.b = 1;
    tie.kind = "alliance";
    const double ends = -10 * std::log(random());
    tie.end = std::min(ends, 30.0);
    tie.ending = ends > 30 ? "closed" : random() < 0.3 ? "rupture" : "fulfilled";
    record.ties.push_back(tie);
  }
  return record;
}

// Of six ties two rupture on day 10, two are lost with an actor on day 6 and two go on until day 20: at risk for
// 2 (9.5 + 5.5 + 20) days, in which there are two ruptures and two losses.
TEST(CumulativeIncidence, loss_of_an_actor_competes_with_rupture) {
  Record record;
  for (const char* id : {"a", "b", "c", "d"}) record.actors.push_back({.id = id, .name = id, .kind = "", .note = ""});
  record.actors[3].leaves = 19005;
  for (std::size_t k = 0; k < 6; ++k) {
    Tie tie{};
    tie.id = std::to_string(k);
    tie.a = k / 2 == 1 ? 3 : 0;
    tie.b = 1;
    tie.kind = "alliance";
    tie.start = 19000;
    tie.end = k < 2 ? 19010 : never;
    if (k < 2) tie.ending = "rupture";
    record.ties.push_back(tie);
  }
  end_ties_of_departed(record);
  ModelSpec spec;
  spec.tick = 1;
  for (const char* ending : {"rupture", "loss"}) {
    HazardText hazard{.name = ending, .kind = HazardKind::end};
    hazard.endings = {ending};
    spec.hazards.push_back(hazard);
  }
  const Model model = bind_model(spec, record);
  const Fit found = fit(record, model, {.until = 19020});
  for (const HazardFit& hazard : found.hazards) {
    EXPECT_EQ(hazard.events, 2U);
    EXPECT_NEAR(hazard.newton.estimate(0), std::log(2 / 70.0), 1e-9);
  }
  const auto curves = incidence_of_ties(record, model, found, 19020, 0.95);
  ASSERT_EQ(curves.size(), 2U);
  EXPECT_NEAR(curves[0].points.back().estimate, 2 / 6.0, 1e-12);  // all that did not rupture are lost or still there
  EXPECT_EQ(curves[0].points.back().at_risk, 4U);
  EXPECT_NEAR(curves[1].points.back().estimate, 2 / 6.0, 1e-12);
}

TEST(CumulativeIncidence, of_the_model_is_the_closed_form_at_constant_rates) {
  const Record record = ties_with(400);
  ModelSpec spec;
  for (const char* ending : {"rupture", "fulfilled"}) {
    HazardText hazard{.name = ending, .kind = HazardKind::end};
    hazard.endings = {ending};
    spec.hazards.push_back(hazard);
  }
  for (const bool weibull : {false, true}) {
    for (HazardText& hazard : spec.hazards) hazard.baseline = weibull ? EndBaseline::weibull : EndBaseline::piecewise;
    const Model model = bind_model(spec, record);
    const Fit found = fit(record, model, {});
    const auto curves = incidence_of_ties(record, model, found, never, 0.95);
    ASSERT_EQ(curves.size(), 2U);
    const double a = std::exp(found.hazards[0].newton.estimate(0));
    const double b = std::exp(found.hazards[1].newton.estimate(0));
    for (const HazardIncidence& curve : curves) {
      ASSERT_EQ(curve.model.size(), curve.points.size());
      const double rate = curve.hazard == "rupture" ? a : b;
      for (std::size_t k = 0; k < curve.points.size(); ++k) {
        const IncidencePoint& point = curve.points[k];
        if (!weibull) { EXPECT_NEAR(curve.model[k], rate / (a + b) * -std::expm1(-(a + b) * point.age), 1e-12); }
        EXPECT_NEAR(curve.model[k], point.estimate, 5 * point.standard_error + 0.01);
      }
    }
  }
}

}  // namespace detente::cumulative_incidence_test
