// Which two act together: against a case by hand, the dense oracle, and differences of the value.
#include "hazard/coordination_likelihood.hpp"

#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

#include <cmath>

#include "base/error.hpp"
#include "hazard/reference/any_model.hpp"
#include "hazard/reference/dense.hpp"
#include "log/blank_record.hpp"
#include "memory/reference/any_record.hpp"

namespace detente::coordination_test {

using reference::RandomModel;

constexpr double tolerance = 1e-9;

RandomModel any_coordination() {
  RandomModel options = reference::any_model();
  options.kind = HazardKind::choice;
  options.directed = false;
  options.tick = *rc::gen::element(1.0, 0.25, 7.0).as("tick");
  options.at_risk = *rc::gen::element<std::string>("all", "observed", "allied", "not_allied", "dyads.csv",
                                                   "bipartite(company, leader)")
                         .as("risk set");
  return options;
}

double largest(const Eigen::MatrixXd& matrix) { return matrix.size() > 0 ? matrix.cwiseAbs().maxCoeff() : 0; }

RC_GTEST_PROP(Coordination, likelihood_equals_dense_on_random_records, ()) {
  const Record record = reference::make_record(reference::any_record({2, 7}, {2, 24}, {0, 12}));
  const RandomModel options = any_coordination();
  const Model model = bind_model(reference::make_model(options, record), record);
  const Hazard& hazard = model.hazards.front();
  CoordinationOptions how;
  how.first = *rc::gen::inRange<std::size_t>(1, 3).as("first");
  if (*rc::gen::arbitrary<bool>().as("cut short")) how.until = record.events[record.events.size() / 2].time;
  const CoordinationLikelihood likelihood(record, model, hazard, how);
  const double reach = *rc::gen::element(1.0, 8.0).as("reach of coefficients");
  const Eigen::VectorXd theta = reach * reference::make_coefficients(options.seed, hazard.terms.size());
  const Likelihood expected =
      reference::dense_coordination_likelihood(record, model, hazard, {how.first, how.until}, theta);
  RC_PRE(std::isfinite(expected.value) && expected.information.allFinite());  // plain exponentials may overflow
  const Likelihood value = likelihood.both(theta).observed;
  const double size = 1 + std::abs(expected.value) + largest(expected.information);
  RC_TAG(likelihood.events() > 0 ? "events" : "none");
  RC_ASSERT(std::abs(value.value - expected.value) <= tolerance * size);
  RC_ASSERT(largest(value.gradient - expected.gradient) <= tolerance * size);
  RC_ASSERT(largest(value.information - expected.information) <= tolerance * size);
}

RC_GTEST_PROP(Coordination, gradient_and_information_are_differences_of_the_value, ()) {
  const Record record = reference::make_record(reference::any_record({3, 6}, {2, 24}, {0, 6}));
  const RandomModel options = any_coordination();
  const Model model = bind_model(reference::make_model(options, record), record);
  const CoordinationLikelihood likelihood(record, model, model.hazards.front(), {});
  const Eigen::VectorXd at = reference::make_coefficients(options.seed, likelihood.names().size());
  const Likelihood here = likelihood.both(at).observed;
  const double scale = 1 + std::abs(here.value) + largest(here.information);
  constexpr double step = 1e-5;
  for (Eigen::Index p = 0; p < at.size(); ++p) {
    Eigen::VectorXd up = at, down = at;
    up(p) += step;
    down(p) -= step;
    const Likelihood above = likelihood.both(up).observed, below = likelihood.both(down).observed;
    RC_ASSERT(std::abs((above.value - below.value) / (2 * step) - here.gradient(p)) < 1e-5 * scale);
    const Eigen::VectorXd curve = -(above.gradient - below.gradient) / (2 * step);
    RC_ASSERT(largest(curve - here.information.col(p)) < 1e-4 * scale);
  }
}

// The expected information is the mean, over the pair that might have acted, of the squared score and of the observed one.
RC_GTEST_PROP(Coordination, expected_information_is_the_mean_over_what_might_have_happened, ()) {
  Record record = reference::make_record(reference::any_record({3, 6}, {2, 12}, {0, 6}));
  RandomModel options = any_coordination();
  options.at_risk = "all";
  ModelSpec spec = reference::make_model(options, record);
  spec.hazards.front().events = {"all"};
  const std::size_t last = record.events.size();
  for (std::size_t k = 0; k + 1 < last; ++k)
    RC_PRE(record.events[k].time < record.events.back().time);  // the last event stands alone
  Eigen::MatrixXd squares, observed, expected;
  double total = 0;
  for (ActorId i = 0; i < record.actors.size(); ++i)
    for (ActorId j = i + 1; j < record.actors.size(); ++j) {
      record.events.back().sender = i;
      record.events.back().receiver = j;
      const Model model = bind_model(spec, record);
      const CoordinationLikelihood likelihood(record, model, model.hazards.front(), {.first = last});
      if (likelihood.events() == 0) continue;
      const Eigen::VectorXd theta = reference::make_coefficients(options.seed, likelihood.names().size());
      const CoordinationLikelihood::Both both = likelihood.both(theta);
      const double probability = std::exp(both.observed.value);
      expected = both.expected;
      if (total == 0) squares = observed = Eigen::MatrixXd::Zero(expected.rows(), expected.cols());
      total += probability;
      squares += probability * both.observed.gradient * both.observed.gradient.transpose();
      observed += probability * both.observed.information;
    }
  RC_PRE(total > 0);
  RC_ASSERT(std::abs(total - 1) < 1e-9);
  RC_ASSERT(largest(squares - expected) < tolerance * (1 + largest(expected)));
  RC_ASSERT(largest(observed - expected) < tolerance * (1 + largest(expected)));
}

RC_GTEST_PROP(Coordination, event_fits_add_up_to_the_likelihood, ()) {
  const Record record = reference::make_record(reference::any_record({3, 7}, {2, 24}, {0, 6}));
  const RandomModel options = any_coordination();
  const Model model = bind_model(reference::make_model(options, record), record);
  const Hazard& hazard = model.hazards.front();
  const CoordinationLikelihood likelihood(record, model, hazard, {});
  const Eigen::VectorXd theta = reference::make_coefficients(options.seed, hazard.terms.size());
  Likelihood sum = zero_likelihood(theta.size());
  double pairs = 0;
  const EventFitRest rest = for_each_event_fit(record, model, hazard, {.ranks = true}, theta, [&](const EventFit& fit) {
    sum.value += fit.log_probability;
    sum.gradient += fit.score;
    pairs += static_cast<double>(fit.at_risk);
    RC_ASSERT(fit.rank >= 1);
    RC_ASSERT(fit.rank <= static_cast<double>(fit.at_risk));
    RC_ASSERT(largest(fit.x - fit.mean - fit.score) == 0);
  });
  const Likelihood value = likelihood.both(theta).observed;
  RC_ASSERT(std::abs(sum.value - value.value) < tolerance * (1 + std::abs(value.value)));
  RC_ASSERT(largest(sum.gradient + rest.score - value.gradient) < tolerance * (1 + largest(value.gradient)));
  RC_ASSERT(std::abs(pairs - likelihood.mean_at_risk() * static_cast<double>(likelihood.events())) < 1e-6);
}

// Three actors of sizes 0, 1 and 3; theta = log 2 on receive(size) gives them weights of 1, 2 and 8.
struct OfThree {
  OfThree() {
    Attribute size{.name = "size", .levels = {}, .values = {{0, always, 0.0}, {1, always, 1.0}, {2, always, 3.0}}};
    record.attributes = {std::move(size)};
    record.events = {{1, 2, 1, 1, 0, Precision::number, 0, 1}};  // written the other way round
    ModelSpec spec = reference::make_model({.kind = HazardKind::choice, .directed = false});
    spec.hazards.front().formula.text = "receive(size)";
    spec.hazards.front().events = {"all"};
    model = bind_model(spec, record);
  }
  Record record = blank_record(3);
  Model model;
  Eigen::VectorXd theta = Eigen::VectorXd::Constant(1, std::log(2.0));
};

TEST(Coordination, of_three_is_as_by_hand) {
  const OfThree three;
  const CoordinationLikelihood likelihood(three.record, three.model, three.model.hazards.front(), {});
  const double p01 = 2.0 / 10, p02 = 8.0 / 10, p10 = 1.0 / 9, p12 = 8.0 / 9, p20 = 1.0 / 3, p21 = 2.0 / 3;
  const double all = p01 * p10 + p02 * p20 + p12 * p21;
  EXPECT_NEAR(likelihood(three.theta).value, std::log(p12 * p21 / all), 1e-12);
  EXPECT_EQ(likelihood.events(), 1U);
  EXPECT_EQ(likelihood.mean_at_risk(), 3);
  EXPECT_EQ(likelihood.names(), (std::vector<std::string>{"receive(size)"}));
}

TEST(Coordination, ranks_are_among_pairs) {
  OfThree three;
  const auto rank = [&](ActorId a, ActorId b) {
    three.record.events.front().sender = a;
    three.record.events.front().receiver = b;
    double found = 0;
    for_each_event_fit(three.record, three.model, three.model.hazards.front(), {.ranks = true}, three.theta,
                       [&](const EventFit& fit) { found = fit.rank; });
    return found;
  };
  EXPECT_EQ(rank(2, 1), 1);  // 16/27
  EXPECT_EQ(rank(0, 2), 2);  // 8/30
  EXPECT_EQ(rank(1, 0), 3);  // 2/90
}

// Without effects, or where they say nothing yet, every pair of those present is as likely: 10 of five, 15 of six.
TEST(Coordination, pairs_alike_are_equally_likely) {
  Record record = blank_record(6);
  record.actors[5].enters = 3;
  for (const Time time : {1.0, 2.5, 4.0}) record.events.push_back({time, 0, 1, 1, 0, Precision::number, 0, 0});
  ModelSpec spec = reference::make_model({.kind = HazardKind::choice, .directed = false});
  spec.hazards.front().events = {"all"};
  for (const std::string formula : {"", "inertia"}) {
    spec.hazards.front().formula.text = formula;
    const Model model = bind_model(spec, record);
    const CoordinationLikelihood likelihood(record, model, model.hazards.front(), {});
    EXPECT_NEAR(likelihood(likelihood.start()).value, -2 * std::log(10.0) - std::log(15.0), 1e-12) << formula;
  }
}

// Where the second derivative has the wrong sign the expected information stands for it.
TEST(Coordination, information_is_always_one_to_go_uphill_with) {
  std::size_t replaced = 0;
  for (std::uint64_t seed = 1; seed <= 40; ++seed) {
    const Record record = reference::make_record({.seed = seed, .actors = 5, .events = 8});
    const RandomModel options{.seed = seed, .kind = HazardKind::choice, .directed = false};
    const Model model = bind_model(reference::make_model(options), record);
    const CoordinationLikelihood likelihood(record, model, model.hazards.front(), {});
    const Eigen::VectorXd theta = 8 * reference::make_coefficients(seed, likelihood.names().size());
    const CoordinationLikelihood::Both both = likelihood.both(theta);
    const Eigen::MatrixXd used = likelihood(theta).information;
    const double smallest = Eigen::SelfAdjointEigenSolver<Eigen::MatrixXd>(used).eigenvalues()(0);
    EXPECT_GE(smallest, -1e-9 * (1 + largest(used)));
    replaced += used == both.expected && used != both.observed.information ? 1 : 0;
  }
  EXPECT_GT(replaced, 0U);
}

TEST(Coordination, refuses_what_it_cannot_tell) {
  const Record record = reference::make_record({.events = 5});
  const auto refused = [&](const std::string& formula, HazardKind kind = HazardKind::choice) {
    ModelSpec spec = reference::make_model({.kind = kind, .directed = false});
    spec.hazards.front().formula.text = formula;
    try {
      (void)bind_model(spec, record);
    } catch (const Error& error) { return std::string(error.what()); }
    return std::string();
  };
  EXPECT_NE(refused("send(size)", HazardKind::rate).find("needs events with a sender"), std::string::npos);
  EXPECT_NE(refused("send(size)").find("is the same whomever the sender chooses"), std::string::npos);
  EXPECT_NE(refused("std(inertia)").find("std() is not for"), std::string::npos);
  EXPECT_NE(refused("by_pair(1)").find("coefficients by actor or pair"), std::string::npos);
  EXPECT_EQ(refused("send(size):inertia"), "");
}

}  // namespace detente::coordination_test
