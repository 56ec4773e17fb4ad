// Rupture of alliances between states, 1816-1970: the risk set of the fit and of the yearly backtest against plain counts of
// alliance-years (../shared/reference/states, whose baselines the scores must beat).  The record is too large to stand here.
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <set>
#include <sstream>
#include <string>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "cli/cli.hpp"
#include "hazard/end_likelihood.hpp"
#include "io/model_file.hpp"
#include "io/record_source.hpp"

namespace detente::states_test {

using Json = nlohmann::json;

const std::string states = DETENTE_SOURCE_DIR "/../shared/data/states-1816-1970";
const std::string model_file = DETENTE_SOURCE_DIR "/data/models/states.toml";

Time january(int year) { return parse_time(fmt::format("{}-01-01", year), Clock::calendar)->time; }

struct AllianceYears {
  std::set<std::string> all;  // "1921 tie"
  std::set<std::string> ruptured;
  std::set<std::string> ties;
};

// In force on 1 January: started before it, and not ended before it.  Ruptured: within the year.
AllianceYears count_by_hand(const Record& record, int first, int last) {
  AllianceYears years;
  for (const Tie& tie : record.ties)
    for (int year = first; year <= last; ++year) {
      if (tie.kind != "alliance" || tie.start >= january(year) || tie.end < january(year)) continue;
      const std::string name = fmt::format("{} {}", year, tie.id);
      years.all.insert(name);
      years.ties.insert(tie.id);
      if (tie.ending == "rupture" && tie.end < january(year + 1)) years.ruptured.insert(name);
    }
  return years;
}

class States : public testing::Test {
 protected:
  void SetUp() override {
    if (!std::filesystem::exists(states)) GTEST_SKIP() << "needs ../shared/data/states-1816-1970 beside the source";
  }
};

TEST_F(States, risk_set_of_the_fit_is_that_of_the_plain_baselines) {
  const Record record = read_usable_record(states, {}).record;
  const Model model = bind_model(read_model(model_file), record);
  const EndLikelihood likelihood(record, model, *model.find(HazardKind::end, "rupture"), january(1971) - 1e-9);
  std::set<std::string> all, ruptured;
  for (const EndLikelihood::Row& row : likelihood.rows()) {
    const std::string date = format_time(row.from, Clock::calendar);
    const std::string name = date.substr(0, 4) + " " + record.ties[row.tie].id;
    EXPECT_TRUE(all.insert(name).second) << name;
    if (row.ended) ruptured.insert(name);
  }
  const AllianceYears by_hand = count_by_hand(record, 1816, 1970);
  EXPECT_EQ(all, by_hand.all);
  EXPECT_EQ(ruptured, by_hand.ruptured);
  EXPECT_EQ(all.size(), 2564U);
  EXPECT_EQ(ruptured.size(), 82U);
  EXPECT_EQ(likelihood.ties(), 249U);
  EXPECT_EQ(likelihood.events(), 82U);
}

TEST_F(States, yearly_backtest_forecasts_every_alliance_year_and_beats_the_baselines) {
  std::ostringstream out, err;
  const std::string result = testing::TempDir() + "states_backtest.json";
  ASSERT_EQ(
      cli::run({"backtest", states, "--model", model_file, "--from", "1921-01-01", "--to", "1970-12-31", "--every",
                "365d", "--horizon", "365d", "--resamples", "50", "--replicates", "100", "--json", result},
               {out, err}),
      0)
      << err.str();
  const Json found = Json::parse(std::ifstream(result))["backtest"];
  std::set<std::string> all, ruptured;
  for (const Json& one : found["forecasts"]) {
    const std::string date = one["as_of"];
    EXPECT_EQ(date.substr(4), "-01-01");
    const std::string name = date.substr(0, 4) + " " + one["tie_id"].get<std::string>();
    EXPECT_TRUE(all.insert(name).second) << name;
    if (one["outcome"] == 1) ruptured.insert(name);
  }
  const AllianceYears by_hand = count_by_hand(read_usable_record(states, {}).record, 1921, 1970);
  EXPECT_EQ(all, by_hand.all);
  EXPECT_EQ(ruptured, by_hand.ruptured);
  EXPECT_EQ(found["n"], 2047);
  EXPECT_EQ(found["events"], 52);
  EXPECT_GE(found["auc"].get<double>(), 0.62);
  EXPECT_LT(found["log_loss"].get<double>(), 0.1222);
  EXPECT_LT(found["log_loss"].get<double>(), found["log_loss_constant"].get<double>());
}

}  // namespace detente::states_test
