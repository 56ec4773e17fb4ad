// docs/guide/effects_elsewhere.md, row by row: every effect of the other packages is there, every term can be written, and
// where the page says "the same" the package's definition gives the same numbers.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <memory>
#include <set>
#include <tuple>

#include <fmt/format.h>

#include "elsewhere_definitions.hpp"
#include "elsewhere_page.hpp"
#include "hazard/event_fit.hpp"
#include "io/model_file.hpp"
#include "io/record_source.hpp"

namespace detente::effects_elsewhere_test {

using elsewhere::Definition;
using elsewhere::Definitions;
using elsewhere::effects_of_packages;
using elsewhere::is_directed;
using elsewhere::Past;
using elsewhere::Row;
using elsewhere::the_page;
using elsewhere::World;

const Definitions& definitions_of(const std::string& section) {
  static const std::map<std::string, Definitions> all{{"goldfish", elsewhere::goldfish()},
                                                      {"remstats", elsewhere::remstats()},
                                                      {"remstats, undirected events", elsewhere::remstats_undirected()},
                                                      {"relevent", elsewhere::relevent()},
                                                      {"eventnet", elsewhere::eventnet()}};
  return all.at(section);
}

// The records, read once each.
struct Read {
  World world;
  Record record;
};
const Read& read_world(std::uint64_t seed, bool directed, bool with_tables) {
  static std::map<std::tuple<std::uint64_t, bool, bool>, std::unique_ptr<Read>> known;
  std::unique_ptr<Read>& found = known[{seed, directed, with_tables}];
  if (found != nullptr) return *found;
  found = std::make_unique<Read>();
  found->world = elsewhere::make_world(seed, directed);
  const TestFolder folder;
  elsewhere::write_world(found->world, folder, with_tables);
  found->record = read_usable_record(folder.path(), {}).record;
  return *found;
}

const Read& read_world(std::uint64_t seed, const Row& row) {
  const std::string term = row.term;
  const bool tables = term.find("of_pair(") != std::string::npos || term.find("series(") != std::string::npos;
  return read_world(seed, is_directed(row), tables);
}

// The page's own traces, and a hazard with the term.
Model model_of(const Row& row, const Record& record) {
  const std::vector<std::string>& settings = the_page().settings;
  std::string text = fmt::format("directed = {}\n{}", is_directed(row), settings.front());
  if (row.term.find("between") != std::string::npos)
    text += settings.back().substr(settings.back().find('\n') + 1);  // the same table, without its head
  text += fmt::format("[hazards.acts]\ntiming = \"ordinal\"\neffects = '{}'\n", row.term);
  return bind_model(parse_model(text, "effects_elsewhere.md"), record);
}

std::string test_name(const testing::TestParamInfo<Row>& test) {
  std::string name = fmt::format("{}_{}", test.index, test.param.theirs);
  std::replace_if(
      name.begin(), name.end(), [](unsigned char c) { return std::isalnum(c) == 0; }, '_');
  return name;
}

template <class Keeps>
std::vector<Row> rows_that(Keeps keeps) {
  std::vector<Row> rows;
  std::ranges::copy_if(the_page().rows, std::back_inserter(rows), keeps);
  return rows;
}

TEST(EffectsElsewhere, every_row_has_an_answer) {
  std::set<std::pair<std::string, std::string>> seen;
  for (const Row& row : the_page().rows) {
    const std::string where = fmt::format("{}: {}", row.section, row.theirs);
    EXPECT_TRUE(seen.emplace(row.section, row.theirs).second) << where << " is there twice";
    EXPECT_FALSE(row.theirs.empty()) << where;
    EXPECT_FALSE(row.says.empty()) << where;
    EXPECT_TRUE(!row.term.empty() || !row.is_same()) << where;
  }
}

TEST(EffectsElsewhere, every_effect_has_a_row) {
  for (const auto& [section, effects] : effects_of_packages())
    for (const std::string& effect : effects) {
      const bool found = std::ranges::any_of(the_page().rows, [&, of = section](const Row& row) {
        return row.section == of && row.theirs.find(effect) != std::string::npos;
      });
      EXPECT_TRUE(found) << section << ": " << effect;
    }
}

TEST(EffectsElsewhere, every_definition_is_that_of_a_row_that_is_the_same) {
  for (const auto& [section, effects] : effects_of_packages())
    for (const auto& [theirs, definition] : definitions_of(section)) {
      const bool found = std::ranges::any_of(the_page().rows, [&, of = section, name = theirs](const Row& row) {
        return row.section == of && row.theirs == name && row.is_same();
      });
      EXPECT_TRUE(found) << section << ": " << theirs;
    }
}

class Term : public testing::TestWithParam<Row> {};
TEST_P(Term, can_be_written) {
  const Read& read = read_world(1, GetParam());
  try {
    EXPECT_FALSE(model_of(GetParam(), read.record).hazards.front().terms.empty());
  } catch (const Error& error) { FAIL() << GetParam().term << ": " << error.what(); }
}
INSTANTIATE_TEST_SUITE_P(, Term, testing::ValuesIn(rows_that([](const Row& row) { return !row.term.empty(); })),
                         test_name);

double mean_over_dyads(const Past& past, Definition definition) {
  double sum = 0;
  double dyads = 0;
  for (std::size_t i = 0; i < past.n(); ++i)
    for (std::size_t j = 0; j < past.n(); ++j)
      if (i != j && (past.world.directed || i < j)) {
        sum += definition(past, i, j);
        dyads += 1;
      }
  return sum / dyads;
}

// At every act of a record: in the dyad that acts, and the mean over all.  Returns whether there was anything but 0.
bool expect_same(const Row& row, Definition definition, const Read& read) {
  const Model model = model_of(row, read.record);
  const Hazard& hazard = model.hazards.front();
  EXPECT_EQ(hazard.terms.size(), 1U) << row.term;
  bool something = false;
  const Eigen::VectorXd zero = Eigen::VectorXd::Zero(static_cast<Eigen::Index>(hazard.terms.size()));
  for_each_event_fit(read.record, model, hazard, {}, zero, [&](const EventFit& fit) {
    const Past past(read.world, fit.event);
    const elsewhere::Act& act = read.world.acts[fit.event];
    const double expected = definition(past, act.from, act.to);
    if (std::isnan(expected)) return;  // the page claims nothing
    const double mean = mean_over_dyads(past, definition);
    EXPECT_NEAR(fit.x(0), expected, 1e-9 * (1 + std::abs(expected))) << row.term << " at event " << fit.event;
    EXPECT_NEAR(fit.mean(0), mean, 1e-9 * (1 + std::abs(mean))) << row.term << " over dyads at event " << fit.event;
    something = something || expected != 0;
  });
  return something;
}

class SameEffect : public testing::TestWithParam<Row> {};
TEST_P(SameEffect, has_the_numbers_of_its_definition) {
  const Definitions& definitions = definitions_of(GetParam().section);
  const auto definition = definitions.find(GetParam().theirs);
  ASSERT_NE(definition, definitions.end()) << "no definition of " << GetParam().theirs;
  bool something = false;
  try {
    for (std::uint64_t seed = 1; seed <= 8 && !HasFailure(); ++seed)
      something = expect_same(GetParam(), definition->second, read_world(seed, GetParam())) || something;
  } catch (const Error& error) { FAIL() << GetParam().term << ": " << error.what(); }
  EXPECT_TRUE(something || HasFailure()) << "nothing but 0 in any record";
}
INSTANTIATE_TEST_SUITE_P(, SameEffect, testing::ValuesIn(rows_that([](const Row& row) { return row.is_same(); })),
                         test_name);

}  // namespace detente::effects_elsewhere_test
