// Tables as CSV: their columns, a row for each thing, quotes where they must be, and the numbers of the JSON beside them.
#include <gtest/gtest.h>

#include <utility>

#include <nlohmann/json.hpp>

#include "command.hpp"
#include "effects/catalogue.hpp"
#include "layers/catalogue.hpp"

namespace detente::e2e::csv_test {

using Json = nlohmann::ordered_json;
using Row = std::vector<std::string>;

// Rows of cells, after RFC 4180.
std::vector<Row> parsed(const std::string& text) {
  std::vector<Row> rows;
  Row row{""};
  bool inside = false;
  for (std::size_t at = 0; at < text.size(); ++at) {
    const char c = text[at];
    if (inside && c == '"' && at + 1 < text.size() && text[at + 1] == '"') {
      row.back() += text[++at];
    } else if (c == '"') {
      inside = !inside;
    } else if (!inside && c == ',') {
      row.emplace_back();
    } else if (!inside && c == '\n') {
      rows.push_back(std::exchange(row, Row{""}));
    } else {
      row.back() += c;
    }
  }
  EXPECT_FALSE(inside);
  EXPECT_EQ(row, Row{""}) << "no line feed at the end";
  return rows;
}

struct Table {
  explicit Table(const std::string& text) : rows(parsed(text)) {
    for (const Row& row : rows) EXPECT_EQ(row.size(), rows.front().size()) << row.front();
  }
  [[nodiscard]] std::size_t size() const { return rows.size() - 1; }
  [[nodiscard]] std::string at(std::size_t row, const std::string& column) const {
    for (std::size_t k = 0; k < rows.front().size(); ++k)
      if (rows.front()[k] == column) return rows[row + 1][k];
    ADD_FAILURE() << "no column " << column;
    return "";
  }
  [[nodiscard]] double number(std::size_t row, const std::string& column) const { return std::stod(at(row, column)); }

  std::vector<Row> rows;
};

Files files() {
  Files all = small_record();
  all["model.toml"] = small_model();
  return all;
}

TEST(Csv, of_a_fit_has_the_coefficients_of_the_result) {
  const Here here(files());
  const Answer fit = detente({"fit", "record", "--model", "model.toml", "--level", "0.9", "--robust", "--profile",
                              "--csv", "fit.csv", "--json", "fit.json"});
  ASSERT_EQ(fit.code, 0) << fit.text();
  EXPECT_TRUE(
      here.read("fit.csv").starts_with("model,hazard,kind,effect,of,actor,with,events,estimate,standard_error,low,high,"
                                       "robust_standard_error,profile_low,"
                                       "profile_high,status,actor_name,with_name\n"));
  const Table table(here.read("fit.csv"));
  const Json coefficients = Json::parse(here.read("fit.json"))["fit"]["coefficients"];
  ASSERT_EQ(table.size(), 4U);
  ASSERT_EQ(coefficients.size(), 4U);
  for (std::size_t k = 0; k < 4; ++k) {
    const Json& one = coefficients[k];
    EXPECT_EQ(table.at(k, "model"), "model.toml");
    EXPECT_EQ(table.at(k, "hazard"), one["hazard"]);
    EXPECT_EQ(table.at(k, "kind"), k < 2 ? "tie" : "end");
    EXPECT_EQ(table.at(k, "effect"), one["name"]);
    EXPECT_EQ(table.at(k, "of"), "all");
    EXPECT_EQ(table.at(k, "status"), "converged");
    for (const char* column : {"estimate", "standard_error", "low", "high"})
      EXPECT_NEAR(table.number(k, column), one[column].get<double>(), 1e-7) << k << column;
    EXPECT_NEAR(table.number(k, "high") - table.number(k, "low"), 2 * 1.6448536 * table.number(k, "standard_error"),
                1e-6);
    EXPECT_NEAR(table.number(k, "robust_standard_error"), one["robust_standard_error"].get<double>(), 1e-7);
    const Json& profile = one["profile"];
    EXPECT_EQ(table.at(k, "profile_low").empty(), profile["low"].is_null());
    if (!profile["high"].is_null()) {
      EXPECT_NEAR(table.number(k, "profile_high"), profile["high"].get<double>(), 1e-7);
    }
  }
}

TEST(Csv, of_a_fit_has_the_coefficients_of_each_actor) {
  Files all = files();
  for (auto& [name, text] : all)  // an id that must be quoted
    for (std::size_t at = 0; name != "model.toml" && (at = text.find("anna", at)) != std::string::npos; at += 10)
      text.replace(at, 4, "\"a, \"\"b\"\"\"");
  const Here here(all);
  const Answer fit =
      detente({"fit", "record", "--formula", "inertia + by_actor(1)", "--csv", "fit.csv", "--json", "fit.json"});
  ASSERT_EQ(fit.code, 0) << fit.text();
  const Table table(here.read("fit.csv"));
  const Json groups = Json::parse(here.read("fit.json"))["fit"]["hazards"][0]["random_effects"][0]["groups"];
  ASSERT_EQ(groups.size(), 3U);
  ASSERT_EQ(table.size(), 2 + 3U);
  EXPECT_EQ(table.at(0, "model"), "inertia + by_actor(1)");
  for (std::size_t k = 0; k < 3; ++k) {
    EXPECT_EQ(table.at(2 + k, "of"), "sender");
    EXPECT_EQ(table.at(2 + k, "effect"), "1");
    EXPECT_EQ(table.at(2 + k, "actor"), groups[k]["actor"]);
    EXPECT_EQ(table.at(2 + k, "with"), "");
    EXPECT_EQ(table.at(2 + k, "events"), std::to_string(groups[k]["events"].get<int>()));
    EXPECT_NEAR(table.number(2 + k, "estimate"), groups[k]["coefficients"][0]["estimate"].get<double>(), 1e-7);
  }
  EXPECT_EQ(table.at(2, "actor"), "a, \"b\"");
}

TEST(Csv, of_models_that_are_compared) {
  const Here here(files());
  const Answer fit = detente({"fit", "record", "--formula", "inertia", "--compare-formula",
                              "inertia + in_degree(all, of=receiver)", "--compare-formula", "reciprocity", "--csv",
                              "fit.csv", "--compare-csv", "compare.csv", "--json", "fit.json"});
  ASSERT_EQ(fit.code, 0) << fit.text();
  const Table table(here.read("compare.csv"));
  const Json comparison = Json::parse(here.read("fit.json"))["comparison"][0];
  ASSERT_EQ(table.size(), 3U);
  for (std::size_t k = 0; k < 3; ++k) {
    EXPECT_EQ(table.at(k, "hazard"), "events");
    EXPECT_EQ(table.at(k, "model"), comparison["models"][k]["model"]);
    EXPECT_NEAR(table.number(k, "aic"), comparison["models"][k]["aic"].get<double>(), 1e-6);
  }
  EXPECT_EQ(table.at(0, "nested") + table.at(0, "statistic") + table.at(0, "p_value"), "");
  EXPECT_EQ(table.at(1, "nested"), "yes");
  EXPECT_EQ(table.at(1, "df"), "1");
  EXPECT_NEAR(table.number(1, "statistic"), 2 * (table.number(1, "log_likelihood") - table.number(0, "log_likelihood")),
              1e-6);
  EXPECT_EQ(table.at(2, "nested"), "no");
  EXPECT_EQ(table.at(2, "df"), "");
  EXPECT_EQ(Table(here.read("fit.csv")).size(), 2 + 3 + 2U);
  const Answer alone = detente({"fit", "record", "--formula", "inertia", "--compare-csv", "compare.csv"});
  EXPECT_EQ(alone.code, 2);
  EXPECT_NE(alone.err.find("--compare or --compare-formula"), std::string::npos) << alone.err;
}

TEST(Csv, of_what_if_has_branches_sweep_and_sensitivity) {
  const Here here(Files{{"s.toml",
                         "horizon = \"2y\"\ntick = \"1y\"\nreplicates = 4\n[arena]\nmodel = "
                         "\"bass\"\n[branch.fast]\n[[branch.fast.intervention]]\n"
                         "at = 366\nset = { arena.imitation = 0.8 }\n"
                         "[sweep]\nsetting = \"arena.imitation\"\nvalues = [0.2, 0.4, 0.6]\n"}});
  const Answer answer = detente({"whatif", "s.toml", "--csv", "branches.csv", "--sweep-csv", "sweep.csv",
                                 "--sensitivity-csv", "sensitivity.csv", "--json", "out.json"});
  ASSERT_EQ(answer.code, 0) << answer.text();
  const Json json = Json::parse(here.read("out.json"))["whatif"];
  const Table table(here.read("branches.csv"));
  const std::size_t moments = json["times"].size();
  const std::size_t names = json["branches"][0]["read_outs"].size();
  ASSERT_EQ(table.size(), 2 * moments * names);
  EXPECT_EQ(table.rows.front().front(), "branch");
  EXPECT_EQ(table.at(0, "branch"), "base");
  EXPECT_EQ(table.at(0, "difference_mean"), "");
  const std::size_t last = table.size() - names;  // the last moment of the branch, its first read-out
  EXPECT_EQ(table.at(last, "branch"), "fast");
  EXPECT_EQ(table.at(last, "read_out"), json["branches"][1]["read_outs"][0]["name"]);
  EXPECT_NEAR(table.number(last, "mean"), json["branches"][1]["read_outs"][0]["mean"].back().get<double>(), 1e-6);
  EXPECT_NEAR(table.number(last, "difference_mean"),
              table.number(last, "mean") - table.number(moments * names - names, "mean"), 1e-6);
  const Table sweep(here.read("sweep.csv"));
  EXPECT_EQ(sweep.size(), 3 * names);
  EXPECT_EQ(sweep.at(names, "over"), "arena.imitation");
  EXPECT_EQ(sweep.at(names, "value"), "0.4");
  EXPECT_EQ(here.read("sensitivity.csv"), "method,setting,read_out,mean,absolute,spread,first,total\n");
}

TEST(Csv, of_sensitivities_fills_the_columns_of_their_method) {
  for (const std::string method : {"morris", "sobol"}) {
    const Here here(Files{
        {"s.toml", "horizon = \"2y\"\ntick = \"1y\"\n[arena]\nmodel = \"bass\"\n[sensitivity]\nmethod = \"" + method +
                       "\"\nread_outs = [\"arena.adopted\"]\nsamples = 4\n[sensitivity.ranges]\n\"arena.imitation\" = "
                       "[0.2, 0.6]\n"
                       "\"arena.innovation\" = [0.01, 0.05]\n"}});
    const Answer answer = detente({"whatif", "s.toml", "--sensitivity-csv", "out.csv"});
    ASSERT_EQ(answer.code, 0) << answer.text();
    const Table table(here.read("out.csv"));
    ASSERT_EQ(table.size(), 2U);
    EXPECT_EQ(table.at(0, "method"), method);
    EXPECT_EQ(table.at(1, "setting"), "arena.innovation");
    EXPECT_EQ(table.at(0, "absolute").empty(), method == "sobol");
    EXPECT_EQ(table.at(0, "total").empty(), method == "morris");
  }
}

TEST(Csv, of_effects_has_a_row_for_each) {
  const Here here;
  ASSERT_EQ(detente({"effects", "--csv", "effects.csv"}).code, 0);
  const Table table(here.read("effects.csv"));
  const std::vector<std::string> names = effect_names();
  ASSERT_EQ(table.size(), names.size());
  for (std::size_t k = 0; k < names.size(); ++k) {
    EXPECT_EQ(table.at(k, "name"), names[k]);
    EXPECT_TRUE(table.at(k, "usage").starts_with(names[k])) << table.at(k, "usage");
    for (const char* column : {"summary", "formula", "source", "example"})
      EXPECT_NE(table.at(k, column), "") << names[k];
  }
}

TEST(Csv, of_layers_has_a_row_for_each_setting_and_read_out) {
  const Here here;
  ASSERT_EQ(detente({"scenario", "layers", "--csv", "layers.csv"}).code, 0);
  const Table table(here.read("layers.csv"));
  std::size_t row = 0;
  for (const LayerEntry& entry : layer_catalogue()) {
    for (const SettingDoc& one : entry.doc->settings) {
      EXPECT_EQ(table.at(row, "part"), "setting");
      EXPECT_EQ(table.at(row, "name"), one.name);
      EXPECT_EQ(table.at(row, "meaning"), one.meaning);
      EXPECT_EQ(table.at(row++, "default"), one.fallback);
    }
    for (const ReadOutDoc& one : entry.doc->read_outs) {
      EXPECT_EQ(table.at(row, "model"), entry.doc->model);
      EXPECT_EQ(table.at(row, "part"), "read-out");
      EXPECT_EQ(table.at(row++, "name"), one.name);
    }
  }
  EXPECT_EQ(table.size(), row);
}

TEST(Csv, on_standard_output_stands_alone) {
  const Here here(files());
  EXPECT_EQ(shell("program effects --csv - | cut -d, -f1 | head -2").text(), "exit 0\n-- out\nname\ninertia\n");
  EXPECT_EQ(shell("program fit record --model model.toml --csv - | cut -d, -f2,4 | head -2").text(),
            "exit 0\n-- out\nhazard,effect\nconflict,baseline\n");
}

}  // namespace detente::e2e::csv_test
