// A table of rows with coefficients by actor is the hazard in which each actor has a term of its own.
#include "hazard/row_table.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include <fmt/format.h>

#include "hazard/case_control.hpp"
#include "hazard/end_likelihood.hpp"
#include "hazard/joint_likelihood.hpp"
#include "hazard/reference/random_model.hpp"
#include "hazard/tie_likelihood.hpp"
#include "memory/reference/random_record.hpp"

namespace detente::row_table_test {

constexpr std::size_t people = 5;

// Everyone is a level of the attribute `who`.
Record crowd(std::uint64_t seed) {
  Record record = reference::make_record({.seed = seed, .actors = people, .events = 60, .ties = 12});
  Attribute who{.name = "who", .levels = {}, .values = {}};
  for (ActorId i = 0; i < people; ++i) {
    who.levels.push_back(fmt::format("p{}", i));
    who.values.push_back({i, always, static_cast<double>(i)});
  }
  record.attributes.push_back(std::move(who));
  return record;
}

struct Case {
  std::string fixed, random;
  std::string own;   // each person's terms, {} = the person; in the order of `random`
  double share = 1;  // what such a coefficient is of b: a tie averages over its two actors
  HazardText hazard{.name = "acts"};
  double tick = -1;
  bool directed = true;
};

ModelSpec spec_of(const Case& one, const std::string& formula) {
  ModelSpec spec = reference::make_model({});
  if (one.tick >= 0) spec.tick = one.tick;
  spec.directed = one.directed;
  spec.hazards = {one.hazard};
  spec.hazards.front().formula.text = formula;
  return spec;
}

// Terms of everyone, a person at a time.
std::vector<std::string> own_terms(const Case& one) {
  std::vector<std::string> terms;
  for (std::size_t person = 0; person < people; ++person) {
    std::size_t from = 0;
    while (from < one.own.size()) {
      const std::size_t to = std::min(one.own.find(" + ", from), one.own.size());
      terms.push_back(fmt::format(fmt::runtime(one.own.substr(from, to - from)), person));
      from = to + 3;
    }
  }
  return terms;
}

double derivative(const std::function<double(double)>& f) { return (f(1e-5) - f(-1e-5)) / 2e-5; }

void expect_equal_to_terms_of_each(const Case& one, std::uint64_t seed) {
  const Record record = crowd(seed);
  const bool end = one.hazard.kind == HazardKind::end;
  const Time until = time_span(record).last;
  const Model with = bind_model(spec_of(one, one.fixed + " + " + one.random), record);
  const Hazard& hazard = with.hazards.front();
  const RowTableOptions options{.until = end ? until : never};
  const RowTable table =
      end ? RowTable::of_ties(record, with, hazard, options) : RowTable::of_events(record, with, hazard, options);
  const JointLikelihood joint(table);
  const Model without =
      bind_model(spec_of(one, fmt::format("{} + {}", one.fixed, fmt::join(own_terms(one), " + "))), record);
  const Hazard& plain = without.hazards.front();

  const RowTable::Block& block = table.blocks().front();
  const std::size_t columns = table.columns();
  const std::size_t shapes = end ? shape_names(hazard.text.baseline).size() : 0;
  const Eigen::VectorXd fixed = reference::make_coefficients(seed, columns + shapes) * 0.3;
  const Eigen::VectorXd own = reference::make_coefficients(seed + 1, table.own_size()) * 0.5;
  Eigen::VectorXd all = Eigen::VectorXd::Zero(static_cast<Eigen::Index>(columns + people * block.terms + shapes));
  all.head(static_cast<Eigen::Index>(columns)) = fixed.head(static_cast<Eigen::Index>(columns));
  all.tail(static_cast<Eigen::Index>(shapes)) = fixed.tail(static_cast<Eigen::Index>(shapes));
  for (std::size_t g = 0; g < block.groups.size(); ++g)
    for (std::size_t k = 0; k < block.terms; ++k)
      all(static_cast<Eigen::Index>(columns + block.groups[g].a * block.terms + k)) =
          one.share * own(static_cast<Eigen::Index>(g * block.terms + k));

  double expected = 0;
  if (end) {
    expected = EndLikelihood(record, without, plain, until)(all).value;
  } else if (one.hazard.sampling.controls > 0) {
    expected = CaseControlLikelihood(record, without, plain, {})(all).value;
  } else {
    expected = TieLikelihood(record, without, plain, {})(all).value;
  }
  const JointValue found = joint(fixed, own);
  EXPECT_NEAR(found.value, expected, 1e-9 * (1 + std::abs(expected))) << one.random;
  EXPECT_NEAR(joint.value(fixed, own), found.value, 1e-12 * (1 + std::abs(expected)));

  for (Eigen::Index p = 0; p < fixed.size() + own.size(); ++p) {
    const auto moved = [&](double by) {
      Eigen::VectorXd f = fixed, o = own;
      (p < fixed.size() ? f(p) : o(p - fixed.size())) += by;
      return std::pair(f, o);
    };
    const double gradient = derivative([&](double by) {
      const auto [f, o] = moved(by);
      return joint.value(f, o);
    });
    EXPECT_NEAR(p < fixed.size() ? found.fixed(p) : found.own(p - fixed.size()), gradient,
                1e-5 * (1 + std::abs(gradient)));
    for (Eigen::Index q = 0; q < fixed.size() + own.size(); ++q) {
      const double second = -derivative([&](double by) {
        const auto [f, o] = moved(by);
        const JointValue value = joint(f, o);
        return q < fixed.size() ? value.fixed(q) : value.own(q - fixed.size());
      });
      const JointInformation& information = found.information;
      const auto terms = static_cast<Eigen::Index>(block.terms);
      const Eigen::Index i = p - fixed.size(), j = q - fixed.size();
      const double analytic = i < 0 && j < 0               ? information.fixed(p, q)
                              : i < 0                      ? information.border(j, p)
                              : j < 0                      ? information.border(i, q)
                              : information.blocks.empty() ? information.dense(i, j)
                              : i / terms == j / terms
                                  ? information.blocks[static_cast<std::size_t>(i / terms)](i % terms, j % terms)
                                  : 0;
      EXPECT_NEAR(analytic, second, 1e-5 * (1 + std::abs(second))) << p << ", " << q;
    }
  }
}

HazardText tie_text(Timing timing, Simultaneous simultaneous = Simultaneous::breslow, std::size_t controls = 0) {
  HazardText text{.name = "acts"};
  text.timing = timing;
  text.simultaneous = simultaneous;
  text.sampling.controls = controls;
  return text;
}

HazardText end_text(EndBaseline baseline, Simultaneous simultaneous = Simultaneous::breslow) {
  HazardText text{.name = "ends", .kind = HazardKind::end};
  text.baseline = baseline;
  text.simultaneous = simultaneous;
  text.ties = {"cooperative"};
  text.endings = {"rupture", "exit", "fulfilled", "closed", "other"};
  return text;
}

const std::string sends = "by_actor(1 + log1p(reciprocity(goodwill)))";
const std::string send_terms = "send(who=p{0}) + log1p(reciprocity(goodwill)):send(who=p{0})";

TEST(RowTable, exact_timing_is_that_of_a_term_for_each_sender) {
  expect_equal_to_terms_of_each(
      {.fixed = "inertia(grievance)", .random = sends, .own = send_terms, .hazard = tie_text(Timing::exact), .tick = 1},
      3);
}
TEST(RowTable, exact_timing_without_ticks) {
  expect_equal_to_terms_of_each({.fixed = "inertia",
                                 .random = "by_actor(reciprocity, of=receiver)",
                                 .own = "reciprocity:receive(who=p{0})",
                                 .hazard = tie_text(Timing::exact),
                                 .tick = 0},
                                4);
}
TEST(RowTable, ordinal_timing_is_that_of_a_term_for_each_sender) {
  for (const Simultaneous simultaneous : {Simultaneous::breslow, Simultaneous::efron})
    expect_equal_to_terms_of_each({.fixed = "inertia(grievance)",
                                   .random = sends,
                                   .own = send_terms,
                                   .hazard = tie_text(Timing::ordinal, simultaneous)},
                                  5);
}
TEST(RowTable, controls_are_those_of_the_sampled_likelihood) {
  expect_equal_to_terms_of_each({.fixed = "inertia(grievance)",
                                 .random = sends,
                                 .own = send_terms,
                                 .hazard = tie_text(Timing::ordinal, Simultaneous::breslow, 4)},
                                6);
}
TEST(RowTable, without_direction_both_actors_count) {
  expect_equal_to_terms_of_each({.fixed = "inertia",
                                 .random = "by_actor(1)",
                                 .own = "send(who=p{0})",
                                 .share = 2,
                                 .hazard = tie_text(Timing::exact),
                                 .tick = 1,
                                 .directed = false},
                                7);
}
TEST(RowTable, ties_that_end_are_those_of_a_term_for_each_partner) {
  for (const EndBaseline baseline :
       {EndBaseline::piecewise, EndBaseline::weibull, EndBaseline::log_logistic, EndBaseline::cox})
    for (const Simultaneous simultaneous : {Simultaneous::breslow, Simultaneous::efron})
      expect_equal_to_terms_of_each({.fixed = "log1p(inertia)",
                                     .random = "by_actor(1)",
                                     .own = "send(who=p{0})",
                                     .share = 2,
                                     .hazard = end_text(baseline, simultaneous),
                                     .tick = 1},
                                    8);
}

TEST(RowTable, pairs_are_groups_and_group_by_group_where_rows_are_independent) {
  const Record record = crowd(9);
  Case one{.fixed = "inertia", .random = "by_pair(1)", .own = "", .hazard = tie_text(Timing::exact), .tick = 1};
  const Model model = bind_model(spec_of(one, one.fixed + " + " + one.random), record);
  const RowTable table = RowTable::of_events(record, model, model.hazards.front(), {});
  EXPECT_TRUE(JointLikelihood(table).by_group());
  EXPECT_LE(table.blocks().front().groups.size(), people * (people - 1) / 2);
  std::size_t events = 0;
  for (const std::size_t count : table.blocks().front().events) events += count;
  EXPECT_EQ(events, TieLikelihood(record, model, model.hazards.front(), {}).events());
  for (const Group& group : table.blocks().front().groups) EXPECT_LT(group.a, group.b);
}

TEST(RowTable, too_much_at_risk_is_said_with_a_hint) {
  const Record record = crowd(10);
  Case one{.fixed = "inertia(goodwill)", .random = sends, .own = "", .hazard = tie_text(Timing::exact), .tick = 1};
  const Model model = bind_model(spec_of(one, one.fixed + " + " + one.random), record);
  try {
    (void)RowTable::of_events(record, model, model.hazards.front(), {.most_rows = 20});
    FAIL();
  } catch (const Error& error) {
    EXPECT_NE(error.problem().what.find("too much at risk"), std::string::npos);
    EXPECT_NE(error.problem().hint.find("controls"), std::string::npos);
  }
}

}  // namespace detente::row_table_test
