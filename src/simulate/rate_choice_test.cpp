// Paths of a rate and a choice: who acts and towards whom, against their closed forms.
#include <gtest/gtest.h>

#include <array>
#include <cmath>

#include "base/error.hpp"
#include "log/blank_record.hpp"
#include "simulate/path.hpp"

namespace detente::rate_choice_test {

constexpr Time begin = 0.5;
constexpr std::size_t days = 3000;
constexpr double baseline = -2, by_sender = 0.7, by_receiver = -0.5;

// Three actors of sizes 0, 1 and 2; one event to draw marks from.
Record three_sizes() {
  Record record = blank_record(3);
  Attribute size{.name = "size", .levels = {}, .values = {}};
  for (ActorId i = 0; i < 3; ++i) size.values.push_back({i, always, static_cast<double>(i)});
  record.attributes = {std::move(size)};
  record.events = {{begin, 0, 1, 1, 0, Precision::number, 0, 1}};
  record.actors[2].kind = "institution";
  return record;
}

ModelSpec two_steps() {
  HazardText who{.name = "who", .kind = HazardKind::rate};
  who.formula.text = "send(size)";
  HazardText whom{.name = "whom", .kind = HazardKind::choice, .timing = Timing::ordinal};
  whom.formula.text = "receive(size)";
  return {.tick = 1, .hazards = {whom, who}};
}

Coefficients truth() {
  return {Eigen::VectorXd::Constant(1, by_receiver), (Eigen::VectorXd(2) << baseline, by_sender).finished()};
}

using Counts = std::array<std::array<double, 3>, 3>;

Counts simulate(const ModelSpec& spec, const Record& record, PathObserver observer = {}) {
  const Model model = bind_model(spec, record);
  const PathStart start(record, model, begin);
  Counts counts{};
  observer.on_event = [&](const Event& event, std::size_t hazard) {
    EXPECT_EQ(hazard, 1U);  // the rate
    counts[event.sender][event.receiver] += 1;
  };
  EXPECT_TRUE(run_path(start, truth(), {7, 0}, days, observer));
  return counts;
}

double rate_of(ActorId sender) { return days * std::exp(baseline + by_sender * sender); }
double weight_of(ActorId receiver) { return std::exp(by_receiver * receiver); }

TEST(rate_and_choice, dyads_act_by_the_rate_of_the_sender_and_the_share_of_the_receiver) {
  const Counts counts = simulate(two_steps(), three_sizes());
  for (ActorId i = 0; i < 3; ++i) {
    double all = 0;
    for (ActorId j = 0; j < 3; ++j) all += i == j ? 0 : weight_of(j);
    EXPECT_EQ(counts[i][i], 0);
    for (ActorId j = 0; j < 3; ++j) {
      if (i == j) continue;
      const double expected = rate_of(i) * weight_of(j) / all;  // a Poisson variable
      EXPECT_NEAR(counts[i][j], expected, 3.5 * std::sqrt(expected)) << i << " towards " << j;
    }
  }
}

TEST(rate_and_choice, a_sender_with_nobody_to_choose_does_not_act) {
  ModelSpec spec = two_steps();
  spec.hazards.front().at_risk.rule = "to(institution)";
  const Counts counts = simulate(spec, three_sizes());
  for (ActorId i = 0; i < 2; ++i) {
    EXPECT_NEAR(counts[i][2], rate_of(i), 3.5 * std::sqrt(rate_of(i)));
    EXPECT_EQ(counts[i][1 - i], 0);
  }
  EXPECT_EQ(counts[2][0] + counts[2][1], 0);
}

TEST(rate_and_choice, what_is_forbidden_is_taken_from_the_sender) {
  PathObserver observer;
  observer.allows = [](std::size_t, Dyad dyad, Time) { return dyad != Dyad{0, 1}; };
  const Counts counts = simulate(two_steps(), three_sizes(), observer);
  const double expected = rate_of(0) * weight_of(2) / (weight_of(1) + weight_of(2));
  EXPECT_EQ(counts[0][1], 0);
  EXPECT_NEAR(counts[0][2], expected, 3.5 * std::sqrt(expected));
}

TEST(rate_and_choice, a_choice_beyond_all_numbers_ends_the_path) {
  const Record record = three_sizes();
  const Model model = bind_model(two_steps(), record);
  const PathStart start(record, model, begin);
  Coefficients theta = truth();
  theta.fixed.front()(0) = 1e4;
  EXPECT_FALSE(run_path(start, theta, {7, 0}, days, {}));
}

std::string error_of(const ModelSpec& spec) {
  const Record record = three_sizes();
  const Model model = bind_model(spec, record);
  try {
    const PathStart start(record, model, begin);
  } catch (const Error& error) { return error.what(); }
  return "no error";
}

TEST(rate_and_choice, one_is_not_simulated_without_the_other) {
  ModelSpec spec = two_steps();
  spec.hazards.pop_back();
  EXPECT_NE(error_of(spec).find("the hazard 'whom' of kind choice says towards whom, and no hazard of kind rate of the "
                                "same events says who acts"),
            std::string::npos)
      << error_of(spec);
  spec = two_steps();
  spec.hazards.push_back(spec.hazards.front());
  EXPECT_NE(error_of(spec).find("more than one hazard of kind choice"), std::string::npos) << error_of(spec);
  spec = two_steps();
  EXPECT_EQ(error_of(spec), "no error");
}

TEST(rate_and_choice, an_ordinal_rate_has_no_dates) {
  ModelSpec spec = two_steps();
  spec.hazards.back().timing = Timing::ordinal;
  EXPECT_NE(error_of(spec).find("the hazard 'who' has ordinal timing"), std::string::npos) << error_of(spec);
}

}  // namespace detente::rate_choice_test
