// Estimates from sampled risk sets: on events drawn from a known model, and on events of another.
#include "estimate/sampled_fit.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "base/random.hpp"
#include "estimate/fit.hpp"
#include "hazard/risk_sums.hpp"
#include "log/blank_record.hpp"

namespace detente::sampled_fit_test {

ModelSpec make_spec(const std::string& formula, const Sampling& sampling = {}) {
  ModelSpec spec;
  spec.traces = {{.name = "recent", .fade = Fade::half_life, .span = 200}};
  HazardText hazard{.name = "events", .timing = Timing::ordinal};
  hazard.formula.text = formula;
  hazard.sampling = sampling;
  spec.hazards = {hazard};
  return spec;
}

// Events drawn one by one from the whole risk set, at times 1, 2, ...
Record simulate(const std::string& formula, const std::vector<double>& theta, std::size_t actors, std::uint32_t events,
                std::uint64_t seed) {
  Record record = blank_record(actors);
  const Model model = bind_model(make_spec(formula), record);
  const Hazard& hazard = model.hazards.front();
  Memory memory(record, model.memory);
  std::vector<Link> links;
  std::vector<double> x, rate;
  for (std::uint32_t step = 0; step < events; ++step) {
    memory.advance(step + 1.0);
    links.clear();
    for (ActorId i = 0; i < actors; ++i)
      for (ActorId j = 0; j < actors; ++j)
        if (i != j) links.push_back(memory.link({i, j}));
    x.resize(links.size());
    rate.assign(links.size(), 0.0);
    for (std::size_t p = 0; p < theta.size(); ++p) {
      hazard.terms[p].values(memory, links, x.data());
      for (std::size_t k = 0; k < links.size(); ++k) rate[k] += theta[p] * x[k];
    }
    double total = 0;
    for (double& r : rate) total += r = std::exp(r);
    double left = total * uniform({seed, 0, Purpose::test, 0, step});
    std::size_t chosen = 0;
    while (chosen + 1 < links.size() && left > rate[chosen]) left -= rate[chosen++];
    const Event event{step + 1.0, links[chosen].sender, links[chosen].receiver, 1, 0, Precision::number, 0, step};
    record.events.push_back(event);
    memory.apply(event);
    memory.clear_touched();
  }
  return record;
}

HazardFit fit_of(const Record& record, const std::string& formula, const Sampling& sampling, std::uint64_t seed = 1) {
  const Model model = bind_model(make_spec(formula, sampling), record);
  return fit(record, model, {.seed = seed}).hazards.front();
}

const std::string right_formula =
    "log1p(inertia(recent)) + log1p(reciprocity(recent)) + log1p(in_degree(recent, of=receiver))";
const std::vector<double> right_theta{1.2, 0.8, 0.3};

const std::string sparse_formula = "log1p(inertia(recent)) + log1p(reciprocity(recent))";

class SampledFit : public testing::Test {
 protected:
  static const Record& record() {
    static const Record events = simulate(right_formula, right_theta, 40, 4000, 17);
    return events;
  }
  static const Record& sparse_record() {
    static const Record events = simulate(sparse_formula, {4, 2}, 120, 1500, 23);
    return events;
  }
};

TEST_F(SampledFit, recovers_the_coefficients_behind_simulated_events) {
  for (const SamplingDesign design : {SamplingDesign::uniform, SamplingDesign::activity}) {
    const HazardFit sampled = fit_of(record(), right_formula, {10, design, {}});
    ASSERT_EQ(sampled.newton.status, FitStatus::converged);
    EXPECT_EQ(sampled.evaluation, "sampled");
    for (std::size_t p = 0; p < right_theta.size(); ++p)
      EXPECT_LT(std::abs(sampled.newton.estimate(static_cast<Eigen::Index>(p)) - right_theta[p]),
                3 * sampled.standard_error(p))
          << to_string(design) << ", " << sampled.names[p];
  }
}

// Where few dyads have met, those that have are nearly never drawn alike.
TEST_F(SampledFit, has_far_smaller_errors_by_activity_where_few_dyads_have_met) {
  const HazardFit alike = fit_of(sparse_record(), sparse_formula, {3, SamplingDesign::uniform, {}});
  const HazardFit activity = fit_of(sparse_record(), sparse_formula, {3, SamplingDesign::activity, {}});
  EXPECT_LT(activity.standard_error(0), 0.5 * alike.standard_error(0));
  EXPECT_LT(std::abs(activity.newton.estimate(0) - 4), 3 * activity.standard_error(0));
  EXPECT_LT(std::abs(alike.newton.estimate(0) - 4), 3 * alike.standard_error(0));
}

// Over many draws of controls, and records, estimates are centred and their errors are as large as stated.
TEST_F(SampledFit, states_the_errors_it_has) {
  constexpr std::uint64_t records = 30;
  const std::string formula = "log1p(inertia(recent)) + log1p(reciprocity(recent))";
  for (const SamplingDesign design : {SamplingDesign::uniform, SamplingDesign::activity}) {
    double sum = 0, squares = 0;
    for (std::uint64_t seed = 0; seed < records; ++seed) {
      const HazardFit one = fit_of(simulate(formula, {1.0, 0.5}, 15, 400, 100 + seed), formula, {5, design, {}}, seed);
      for (std::size_t p = 0; p < 2; ++p) {
        const double z =
            (one.newton.estimate(static_cast<Eigen::Index>(p)) - (p == 0 ? 1.0 : 0.5)) / one.standard_error(p);
        sum += z;
        squares += z * z;
      }
    }
    EXPECT_LT(std::abs(sum / (2 * records)), 0.4) << to_string(design);
    EXPECT_GT(squares / (2 * records), 0.6) << to_string(design);
    EXPECT_LT(squares / (2 * records), 1.5) << to_string(design);
  }
}

// The variance that the check states against that between refits with other controls.
TEST_F(SampledFit, tells_the_variance_between_refits_with_other_controls) {
  const Sampling sampling{5, SamplingDesign::uniform, {}};
  const HazardFit first = fit_of(record(), right_formula, sampling);
  constexpr std::uint64_t refits = 40;
  Eigen::MatrixXd estimates(3, refits);
  for (std::uint64_t seed = 0; seed < refits; ++seed)
    estimates.col(static_cast<Eigen::Index>(seed)) =
        fit_of(record(), right_formula, sampling, 100 + seed).newton.estimate;
  const Eigen::VectorXd mean = estimates.rowwise().mean();
  ASSERT_TRUE(first.sampling && first.sampling->checked);
  for (Eigen::Index p = 0; p < 3; ++p) {
    const double between = (estimates.row(p).array() - mean(p)).square().sum() / (refits - 1);
    const double stated = first.sampling->check.sampling_variance(p);
    EXPECT_LT(stated, 1.8 * between) << first.names[static_cast<std::size_t>(p)];
    EXPECT_GT(stated, 0.55 * between) << first.names[static_cast<std::size_t>(p)];
  }
}

bool warns(const HazardFit& fit, const std::string& text) {
  return std::any_of(fit.warnings.begin(), fit.warnings.end(),
                     [&](const std::string& warning) { return warning.find(text) != std::string::npos; });
}

TEST_F(SampledFit, is_not_warned_of_where_the_model_is_right) {
  for (std::uint64_t seed = 1; seed <= 5; ++seed) {
    const HazardFit sampled = fit_of(record(), right_formula, {20, SamplingDesign::activity, {}}, seed);
    EXPECT_TRUE(sampled.warnings.empty()) << sampled.warnings.front();
    EXPECT_TRUE(sampled.sampling->check.full_reference);
  }
}

TEST_F(SampledFit, is_warned_of_where_the_model_is_wrong) {
  const std::string wrong = "inertia(recent) + reciprocity(recent)";
  const HazardFit sampled = fit_of(sparse_record(), wrong, {3, SamplingDesign::activity, {}});
  const HazardFit nearly_full = fit_of(sparse_record(), wrong, {1000, SamplingDesign::activity, {}});
  ASSERT_EQ(sampled.newton.status, FitStatus::converged);
  const double moved = (nearly_full.newton.estimate(0) - sampled.newton.estimate(0)) / sampled.standard_error(0);
  EXPECT_LT(moved, -2);
  EXPECT_TRUE(warns(sampled, "without sampling estimates would move: 'inertia(recent)'"))
      << moved << ", by the check " << sampled.sampling->check.shift(0) / sampled.standard_error(0);
}

TEST_F(SampledFit, is_warned_of_where_few_controls_make_its_errors) {
  EXPECT_TRUE(warns(fit_of(record(), right_formula, {1, SamplingDesign::uniform, {}}), "the draw of controls"));
}

TEST_F(SampledFit, walks_to_the_same_estimate_as_what_is_kept) {
  const Model model = bind_model(make_spec(right_formula, {5, SamplingDesign::activity, {}}), record());
  CaseControlOptions options;
  const CaseControlLikelihood kept(record(), model, model.hazards.front(), options);
  options.matrix_bytes = 200'000;
  const CaseControlLikelihood walked(record(), model, model.hazards.front(), options);
  ASSERT_TRUE(kept.keeps_all());
  ASSERT_FALSE(walked.keeps_all());
  int passes = 0;
  const NewtonResult one = estimate_sampled(kept, {}, [] {});
  const NewtonResult other = estimate_sampled(walked, {}, [&] { ++passes; });
  EXPECT_LT((one.estimate - other.estimate).cwiseAbs().maxCoeff(), 1e-5);
  EXPECT_LE(passes, 4);
}

}  // namespace detente::sampled_fit_test
