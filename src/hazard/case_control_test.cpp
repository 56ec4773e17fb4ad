// Nested case-control sampling, against loops over the whole risk set.
#include "hazard/case_control.hpp"

#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

#include <cmath>
#include <map>
#include <mutex>
#include <set>

#include "hazard/reference/random_model.hpp"
#include "hazard/tie_likelihood.hpp"
#include "memory/reference/random_record.hpp"

namespace detente::case_control_test {

using reference::RandomModel;
using reference::RandomRecord;

Model sampled_model(const RandomModel& options, const Record& record, std::size_t controls, SamplingDesign design) {
  ModelSpec spec = reference::make_model(options);
  spec.hazards.front().sampling = {controls, design, {}};
  return bind_model(spec, record);
}

std::map<std::size_t, SampledSet> sets_of(const CaseControlLikelihood& likelihood) {
  std::map<std::size_t, SampledSet> sets;
  std::mutex guard;
  likelihood.walk([](std::size_t) { return true; },
                  [&](CaseControlLikelihood::Visit& at) {
                    SampledSet set;
                    at.sampler.draw(at.memory, at.event, likelihood.hazard().text.sampling, set);
                    const std::lock_guard lock(guard);
                    sets[at.event.number] = set;
                  });
  return sets;
}

// The log weights that the design asks for, from every dyad at risk; empty when the set is not one that it may draw.
std::vector<double> naive_weights(const std::vector<Dyad>& at_risk, const std::vector<bool>& met, const SampledSet& set,
                                  std::size_t controls, SamplingDesign design) {
  const std::size_t wanted = std::min(controls + 1, at_risk.size());
  if (set.dyads.size() != wanted) return {};
  double all[2] = {0, 0}, taken[2] = {0, 0};
  std::vector<std::size_t> stratum;
  for (std::size_t k = 0; k < at_risk.size(); ++k) ++all[met[k] ? 1 : 0];
  for (std::size_t a = 0; a < set.dyads.size(); ++a) {
    const auto found = std::find(at_risk.begin(), at_risk.end(), set.dyads[a]);
    if (found == at_risk.end() || std::count(set.dyads.begin(), set.dyads.end(), set.dyads[a]) != 1) return {};
    stratum.push_back(met[static_cast<std::size_t>(found - at_risk.begin())] ? 1 : 0);
    ++taken[stratum.back()];
  }
  if (design == SamplingDesign::uniform) return std::vector<double>(set.dyads.size(), 0.0);
  const auto half = std::ceil(static_cast<double>(wanted) / 2);
  if (all[0] + half >= static_cast<double>(wanted) && taken[1] != std::min(all[1], half)) return {};
  if (all[0] + half < static_cast<double>(wanted) && taken[0] != all[0]) return {};
  std::vector<double> weights;
  for (const std::size_t l : stratum)
    weights.push_back(std::log(all[l] / taken[l]) - std::log(all[stratum[0]] / taken[stratum[0]]));
  return weights;
}

void compare(SamplingDesign design) {
  RandomRecord of_record;
  of_record.seed = *rc::gen::arbitrary<std::uint64_t>().as("seed of the record");
  of_record.clock = *rc::gen::arbitrary<bool>().as("calendar") ? Clock::calendar : Clock::number;
  of_record.actors = *rc::gen::inRange<std::size_t>(2, 9).as("actors");
  of_record.events = *rc::gen::inRange<std::size_t>(2, 40).as("events");
  of_record.ties = *rc::gen::inRange<std::size_t>(0, 6).as("ties");
  RandomModel of_model;
  of_model.seed = *rc::gen::arbitrary<std::uint64_t>().as("seed of the model");
  of_model.factors = false;
  of_model.directed = *rc::gen::arbitrary<bool>().as("directed");
  of_model.at_risk =
      *rc::gen::element<std::string>("all", "observed", "allied", "not_allied", "bipartite(leader, company)")
           .as("risk set");
  const std::size_t controls = *rc::gen::inRange<std::size_t>(1, 12).as("controls");
  const Record record = reference::make_record(of_record);
  const Model model = sampled_model(of_model, record, controls, design);
  const Hazard& hazard = model.hazards.front();
  CaseControlOptions options;
  options.seed = of_record.seed + 1;
  options.first = *rc::gen::inRange<std::size_t>(1, 4).as("first");
  RC_PRE(options.first <= record.events.size());
  const CaseControlLikelihood likelihood(record, model, hazard, options);
  const std::map<std::size_t, SampledSet> sets = sets_of(likelihood);
  RC_ASSERT(sets.size() == likelihood.events());

  const Eigen::VectorXd theta = reference::make_coefficients(of_model.seed, hazard.terms.size());
  double expected = 0;
  std::size_t number = 0;
  TieWalk walk(record, model.memory, hazard, options.first, never, false);
  while (walk.next()) {
    walk.arrive();
    std::vector<Dyad> at_risk;
    std::vector<bool> met;
    for (ActorId i = 0; i < record.actors.size(); ++i)
      for (ActorId j = 0; j < record.actors.size(); ++j) {
        const Dyad dyad{i, j};
        if (i == j || hazard.risk_set.canonical(dyad) != dyad || !hazard.risk_set.contains(walk.memory(), dyad))
          continue;
        at_risk.push_back(dyad);
        met.push_back(std::any_of(record.events.begin(), record.events.end(), [&](const Event& event) {
          const Dyad other{event.sender, event.receiver};
          return event.time < walk.memory().now() && (other == dyad || other == reversed(dyad));
        }));
      }
    for (const Event* event : walk.modelled()) {
      const SampledSet& set = sets.at(number++);
      RC_ASSERT(set.dyads.front() == dyad_of(hazard, *event));
      const std::vector<double> weights = naive_weights(at_risk, met, set, controls, design);
      RC_ASSERT(weights.size() == set.dyads.size());
      double own = 0, sum = 0;
      for (std::size_t k = 0; k < set.dyads.size(); ++k) {
        std::vector<double> x(hazard.terms.size());
        fill_terms(hazard, walk.memory(), set.dyads[k], x);
        const double linear = theta.dot(Eigen::Map<Eigen::VectorXd>(x.data(), theta.size()));
        if (k == 0) own = linear;
        sum += std::exp(weights[k] + linear - own);
      }
      expected -= std::log(sum);
    }
    walk.apply();
    walk.memory().clear_touched();
  }
  const double value = likelihood(theta).value;
  if (!(std::abs(value - expected) <= 1e-9 * (1 + std::abs(expected))))
    RC_FAIL(hazard.text.formula.text + ": " + std::to_string(value) + ", not " + std::to_string(expected));
}

RC_GTEST_PROP(CaseControl, uniform_equals_loops_on_random_records, ()) { compare(SamplingDesign::uniform); }
RC_GTEST_PROP(CaseControl, activity_equals_loops_on_random_records, ()) { compare(SamplingDesign::activity); }

TEST(CaseControl, with_as_many_controls_as_dyads_is_the_full_likelihood) {
  for (const SamplingDesign design : {SamplingDesign::uniform, SamplingDesign::activity})
    for (const bool directed : {true, false}) {
      const Record record = reference::make_record({.seed = 3, .actors = 6, .events = 60, .ties = 4});
      const Model model = sampled_model({.seed = 5, .directed = directed}, record, 100, design);
      const Hazard& hazard = model.hazards.front();
      const Eigen::VectorXd theta = reference::make_coefficients(7, hazard.terms.size());
      const Likelihood full = TieLikelihood(record, model, hazard, {})(theta);
      const Likelihood sampled = CaseControlLikelihood(record, model, hazard, {})(theta);
      EXPECT_NEAR(sampled.value, full.value, 1e-9 * std::abs(full.value));
      EXPECT_LT((sampled.gradient - full.gradient).cwiseAbs().maxCoeff(), 1e-8);
      EXPECT_LT((sampled.information - full.information).cwiseAbs().maxCoeff(), 1e-8);
    }
}

TEST(CaseControl, every_other_dyad_of_a_stratum_is_as_likely_a_control) {
  const Record record = reference::make_record({.seed = 11, .actors = 7, .events = 14});
  for (const SamplingDesign design : {SamplingDesign::uniform, SamplingDesign::activity}) {
    const Model model = sampled_model({.seed = 2}, record, 4, design);
    std::map<std::pair<ActorId, ActorId>, double> drawn;
    std::set<std::pair<ActorId, ActorId>> met;
    Dyad own{};
    std::size_t at_risk = 0;
    constexpr std::uint32_t replicates = 4000;
    for (std::uint32_t replicate = 0; replicate < replicates; ++replicate) {
      CaseControlOptions options;
      options.replicate = replicate;
      options.threads = 1;
      options.matrix_bytes = 1;
      const CaseControlLikelihood likelihood(record, model, model.hazards.front(), options);
      const std::size_t last = likelihood.events() - 1;
      likelihood.walk([&](std::size_t number) { return number == last; },
                      [&](CaseControlLikelihood::Visit& at) {
                        at.sampler.draw(at.memory, at.event, {4, design, {}}, at.set);
                        own = at.event.dyad;
                        for (std::size_t k = 1; k < at.set.dyads.size(); ++k)
                          ++drawn[{at.set.dyads[k].sender, at.set.dyads[k].receiver}];
                        at_risk = at.memory.present_count() * (at.memory.present_count() - 1);
                        for (PairId p = 0; p < at.memory.pairs().size(); ++p) {
                          const Dyad d = at.memory.pairs().dyad(p);
                          if (!at.memory.both_present(d)) continue;
                          met.insert({d.sender, d.receiver});
                          met.insert({d.receiver, d.sender});
                        }
                      });
    }
    EXPECT_EQ(drawn.size(), at_risk - 1);
    const bool own_met = met.contains({own.sender, own.receiver});
    ASSERT_GT(met.size(), 3U);
    ASSERT_GT(at_risk - met.size(), 3U);
    for (const auto& [dyad, count] : drawn) {
      const bool has_met = met.contains(dyad);
      const bool with_own = has_met == own_met;
      const bool uniform = design == SamplingDesign::uniform;
      const double taken = uniform ? 4 : (has_met ? 3 : 2) - (with_own ? 1 : 0);
      const std::size_t others = uniform   ? at_risk - 1
                                 : has_met ? met.size() - (with_own ? 1 : 0)
                                           : at_risk - met.size() - (with_own ? 1 : 0);
      const double expected = taken * replicates / static_cast<double>(others);
      EXPECT_NEAR(count, expected, 5 * std::sqrt(expected));
    }
  }
}

// Enough events for several runs.
Record long_record() { return reference::make_record({.seed = 4, .actors = 9, .events = 5000}); }

TEST(CaseControl, has_the_same_bits_for_any_number_of_threads_kept_or_walked_again) {
  const Record record = long_record();
  const Model model = sampled_model({.seed = 8, .factors = false}, record, 5, SamplingDesign::activity);
  const Hazard& hazard = model.hazards.front();
  const Eigen::VectorXd theta = reference::make_coefficients(7, hazard.terms.size());
  const auto likelihood = [&](unsigned threads, std::size_t bytes) {
    CaseControlOptions options;
    options.threads = threads;
    options.matrix_bytes = bytes;
    return CaseControlLikelihood(record, model, hazard, options)(theta);
  };
  const Likelihood one = likelihood(1, 1U << 30);
  for (const Likelihood& other : {likelihood(2, 1U << 30), likelihood(3, 1U << 16), likelihood(1, 1)}) {
    EXPECT_EQ(one.value, other.value);
    EXPECT_EQ(one.gradient, other.gradient);
    EXPECT_EQ(one.information, other.information);
  }
}

TEST(CaseControl, another_seed_or_replicate_draws_other_controls) {
  const Record record = long_record();
  const Model model = sampled_model({.seed = 8}, record, 5, SamplingDesign::uniform);
  const auto value = [&](std::uint64_t seed, std::uint32_t replicate) {
    CaseControlOptions options;
    options.seed = seed;
    options.replicate = replicate;
    const CaseControlLikelihood likelihood(record, model, model.hazards.front(), options);
    return likelihood(reference::make_coefficients(7, model.hazards.front().terms.size())).value;
  };
  EXPECT_EQ(value(1, 0), value(1, 0));
  EXPECT_NE(value(1, 0), value(2, 0));
  EXPECT_NE(value(1, 0), value(1, 1));
}

}  // namespace detente::case_control_test
