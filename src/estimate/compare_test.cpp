// Which fits can be compared, which are nested, and what the ratio of their likelihoods says.
#include "estimate/compare.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "estimate/chi_square.hpp"
#include "estimate/test_models.hpp"

namespace detente::compare_test {

using test::model_of;

struct Compared {
  Record record = test::lively();
  std::vector<Model> models;
  std::vector<Fit> fits;
  std::vector<HazardComparison> result;

  explicit Compared(const std::vector<ModelSpec>& specs) {
    for (const ModelSpec& spec : specs) {
      models.push_back(bind_model(spec, record));
      fits.push_back(fit(record, models.back(), {}));
    }
    std::vector<FittedModel> fitted;
    for (std::size_t k = 0; k < specs.size(); ++k)
      fitted.push_back({specs[k].hazards.front().formula.text, &models[k], &fits[k]});
    result = compare(fitted);
  }
};

TEST(Compare, nested_fits_are_tested_by_their_likelihood_ratio) {
  const Compared c(
      {model_of("reciprocity(goodwill) + log1p(inertia)"), model_of("log1p(inertia)"), model_of("same(kind)")});
  ASSERT_EQ(c.result.size(), 1U);
  ASSERT_EQ(c.result[0].pairs.size(), 3U);
  const ModelPair& nested = c.result[0].pairs[0];
  EXPECT_TRUE(nested.nested);
  EXPECT_EQ(nested.smaller, 1U);
  EXPECT_EQ(nested.larger, 0U);
  EXPECT_EQ(nested.df, 1U);
  EXPECT_NEAR(nested.statistic, 2 * (c.fits[0].log_likelihood() - c.fits[1].log_likelihood()), 1e-12);
  EXPECT_NEAR(nested.p_value, chi_square_above(nested.statistic, 1), 1e-15);
  for (std::size_t k : {std::size_t{1}, std::size_t{2}}) {
    EXPECT_FALSE(c.result[0].pairs[k].nested);
    EXPECT_EQ(c.result[0].pairs[k].note, "not nested; compare them by AIC or BIC");
    EXPECT_TRUE(std::isnan(c.result[0].pairs[k].p_value));
  }
}

// One coefficient for both marks lies within one for each; a hazard without marks is another hazard.
TEST(Compare, shared_coefficients_lie_within_separate_ones) {
  const auto marked = [](const std::string& formula) {
    ModelSpec spec = model_of(formula);
    spec.hazards.front().marks = {{"warm", {"cooperation"}}, {"cold", {"conflict"}}};
    return spec;
  };
  const Compared c({marked("log1p(inertia) + send(size)"), marked("by_mark(log1p(inertia)) + send(size)")});
  const ModelPair& pair = c.result[0].pairs[0];
  EXPECT_TRUE(pair.nested);
  EXPECT_EQ(pair.smaller, 0U);
  EXPECT_EQ(pair.df, 1U);
  EXPECT_GE(pair.statistic, 0);
  const auto bound = [&](const ModelSpec& spec) { return bind_model(spec, c.record); };
  try {
    require_comparable("a", bound(marked("inertia")), "b", bound(model_of("inertia")));
    ADD_FAILURE() << "a hazard without marks was compared";
  } catch (const Error& error) {
    EXPECT_NE(std::string(error.what()).find("'marks' of the hazard"), std::string::npos);
  }
}

TEST(Compare, effects_are_the_same_when_their_traces_are_whatever_their_names) {
  ModelSpec renamed = model_of("log1p(inertia(kindness)) + reciprocity");
  renamed.traces[0].name = "kindness";
  EXPECT_TRUE(Compared({model_of("log1p(inertia(goodwill))"), renamed}).result[0].pairs[0].nested);
  ModelSpec slower = model_of("log1p(inertia(goodwill)) + reciprocity");
  slower.traces[0].span.amount *= 2;
  EXPECT_FALSE(Compared({model_of("log1p(inertia(goodwill))"), slower}).result[0].pairs[0].nested);
  const Compared turned({model_of("inertia:send(size)"), model_of("send(size):inertia + reciprocity")});
  EXPECT_TRUE(turned.result[0].pairs[0].nested);
  EXPECT_EQ(Compared({model_of("inertia + reciprocity"), model_of("reciprocity + inertia")}).result[0].pairs[0].note,
            "the same effects");
}

TEST(Compare, a_prior_keeps_the_ratio_from_a_p_value) {
  ModelSpec larger = model_of("log1p(inertia) + reciprocity");
  larger.hazards.front().prior_scale = 1;
  const ModelPair pair = Compared({model_of("log1p(inertia)"), larger}).result[0].pairs[0];
  EXPECT_TRUE(pair.nested);
  EXPECT_TRUE(std::isfinite(pair.statistic));
  EXPECT_TRUE(std::isnan(pair.p_value));
  EXPECT_EQ(pair.note, "with a prior the ratio is not chi-square");
}

TEST(Compare, fits_of_different_events_are_refused) {
  const ModelSpec base = model_of("inertia");
  const auto refused = [&](const ModelSpec& other, const std::string& what) {
    try {
      const Compared c({base, other});
      FAIL() << what;
    } catch (const Error& error) {
      EXPECT_EQ(error.problem().what, what);
      EXPECT_EQ(error.problem().where.file, "inertia");
    }
  };
  ModelSpec fewer = base;
  fewer.hazards.front().events = {"conflict"};
  refused(fewer, "'events' of the hazard 'random' is not that of 'inertia'");
  ModelSpec timed = base;
  timed.hazards.front().timing = Timing::exact;
  refused(timed, "'timing' of the hazard 'random' is not that of 'inertia'");
  ModelSpec efron = base;
  efron.hazards.front().simultaneous = Simultaneous::efron;
  refused(efron, "'simultaneous' of the hazard 'random' is not that of 'inertia'");
  ModelSpec renamed = base;
  renamed.hazards.front().name = "acts";
  refused(renamed, "no hazard 'random', which 'inertia' has");
}

// Where the models share a hazard that can be compared, it is; the others are named with why they are not.
TEST(Compare, one_hazard_is_compared_where_others_of_the_models_differ) {
  ModelSpec small = model_of("inertia");
  ModelSpec large = model_of("inertia + reciprocity");
  const auto add = [](ModelSpec& spec, const char* name, const char* events) {
    spec.hazards.push_back(spec.hazards.front());
    spec.hazards.back().name = name;
    spec.hazards.back().events = {events};
    spec.hazards.back().formula.text = "inertia";
  };
  add(small, "apart", "conflict");
  add(large, "apart", "cooperation");
  add(large, "more", "conflict");
  const Compared c({small, large});
  ASSERT_EQ(c.result.size(), 1U);
  EXPECT_EQ(c.result[0].hazard, "random");
  EXPECT_TRUE(c.result[0].pairs[0].nested);
  EXPECT_EQ(c.result[0].pairs[0].df, 1U);
  EXPECT_EQ(not_compared("a", c.models[0], "b", c.models[1]),
            (std::vector<std::string>{"b: 'events' of the hazard 'apart' is not that of 'a'",
                                      "b: a hazard 'more', which 'a' has not"}));
}

}  // namespace detente::compare_test
