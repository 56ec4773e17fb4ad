// Scenarios at the command line: layers alone, the real record, branches, what goes wrong, and a run that is killed.
#include <gtest/gtest.h>

#include <filesystem>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "command.hpp"

namespace detente::e2e::simulate_test {

using Json = nlohmann::ordered_json;

const char* bass = "horizon = \"20y\"\ntick = \"1mo\"\n[arena]\nmodel = \"bass\"\n";

std::string arena(const std::string& more) {
  return fmt::format(
      "title = \"Arena\"\nrecord = \"{0}\"\nmodel = \"{0}/model.toml\"\nstart = \"2025-01-22\"\nhorizon = \"60d\"\n"
      "replicates = 20\nwatch = [\"leaders.rupture:musk-trump (alliance, t22)\"]\n{1}",
      source("data/ai-arena"), more);
}

const char* cut = "[branch.cut]\n[[branch.cut.intervention]]\nat = \"2025-01-23\"\ncut = [\"trump\", \"musk\"]\n";

Json result(const Here& here, const std::string& name) { return Json::parse(here.read(name)); }

TEST(Simulate, a_layer_alone_runs_without_a_record) {
  const Here here(Files{{"s.toml", bass}});
  const Answer answer = detente({"simulate", "s.toml", "--json", "out.json", "--csv", "out.csv"});
  EXPECT_EQ(answer.code, 0) << answer.text();
  EXPECT_NE(answer.out.find("arena.adopted"), std::string::npos);
  const Json simulation = result(here, "out.json")["simulation"];
  EXPECT_EQ(simulation["read_outs"][0]["name"], "arena.adopted");
  EXPECT_EQ(simulation["layers"][0]["model"], "bass");
  EXPECT_TRUE(here.read("out.csv").starts_with("time,read_out,mean,"));
}

TEST(Simulate, settings_change_on_the_command_line) {
  const Here here(Files{{"s.toml", bass}});
  const std::string slow = detente({"simulate", "s.toml"}).out;
  const std::string fast = detente({"simulate", "s.toml", "--set", "arena.imitation=0.8"}).out;
  EXPECT_NE(slow, fast);
  const Answer wrong = detente({"simulate", "s.toml", "--set", "arena.imitaton=0.8"});
  EXPECT_EQ(wrong.code, 2);
  EXPECT_NE(wrong.err.find("did you mean 'imitation'?"), std::string::npos) << wrong.err;
}

TEST(Simulate, the_real_record_has_one_hash_for_any_number_of_threads) {
  const Here here({{"s.toml", arena("")}});
  const std::string one = detente({"simulate", "s.toml", "--threads", "1"}).out;
  EXPECT_NE(one.find("hash "), std::string::npos);
  EXPECT_EQ(detente({"simulate", "s.toml", "--threads", "2"}).out, one);
  EXPECT_EQ(detente({"simulate", "s.toml", "--threads", "4"}).out, one);
  EXPECT_NE(detente({"simulate", "s.toml", "--seed", "2"}).out, one);
}

TEST(Simulate, nothing_after_the_start_is_seen) {
  const Here here({{"s.toml", arena("[[intervention]]\nat = \"2025-02-01\"\ncut = [\"trump\", \"shear\"]\n")}});
  EXPECT_EQ(detente({"simulate", "s.toml"}).code, 0);  // known from 2023 on
  here.write("early.toml",
             fmt::format("record = \"{0}\"\nmodel = \"{0}/model.toml\"\nstart = \"2022-01-01\"\nhorizon = \"60d\"\n"
                         "[[intervention]]\nat = \"2022-01-05\"\ncut = [\"musk\", \"shear\"]\n",
                         source("data/ai-arena")));
  const Answer early = detente({"simulate", "early.toml"});
  EXPECT_EQ(early.code, 2);
  EXPECT_NE(early.err.find("unknown actor 'shear'"), std::string::npos) << early.err;
}

TEST(Simulate, a_killed_run_goes_on_to_the_same_result) {
  const Here here({{"s.toml", arena("")}});
  const std::string whole = shell("program simulate s.toml --replicates 1000 --threads 1 | grep hash").out;
  ASSERT_TRUE(whole.starts_with("hash ")) << whole;
  const Answer stopped = shell(
      "\"$PROGRAM\" simulate s.toml --replicates 1000 --threads 1 --checkpoint run.ckpt >/dev/null 2>&1 & pid=$!; "
      "for k in $(seq 3000); do [ -s run.ckpt ] && [ $(stat -c %s run.ckpt) -gt 100000 ] && break; sleep 0.02; done; "
      "kill -9 $pid; wait $pid");
  EXPECT_NE(stopped.code, 0);
  ASSERT_TRUE(std::filesystem::exists("run.ckpt"));
  const auto killed = std::filesystem::file_size("run.ckpt");
  EXPECT_EQ(shell("program simulate s.toml --replicates 1000 --threads 2 --checkpoint run.ckpt | grep hash").out,
            whole);
  EXPECT_GT(std::filesystem::file_size("run.ckpt"), killed);
  const Answer other = detente({"simulate", "s.toml", "--seed", "5", "--checkpoint", "run.ckpt"});
  EXPECT_EQ(other.code, 2);
  EXPECT_NE(other.err.find("the checkpoint is of another run"), std::string::npos) << other.err;
}

TEST(WhatIf, a_killed_run_goes_on_to_the_same_result) {
  const Here here(
      {{"s.toml", arena("[branch.cut]\n[[branch.cut.intervention]]\nat = \"2025-02-01\"\ncut = [\"trump\", "
                        "\"musk\"]\n[sweep]\nbranch = \"cut\"\ndates = [\"2025-01-25\", \"2025-02-10\"]\n")}});
  const std::string run = "\"$PROGRAM\" whatif s.toml --replicates 300 ";
  ASSERT_EQ(shell(run + "--threads 1 --json whole.json > /dev/null").code, 0);
  const Answer stopped =
      shell(run +
            "--threads 1 --checkpoint run.ckpt >/dev/null 2>&1 & pid=$!; "
            "for k in $(seq 3000); do [ -s run.ckpt ] && [ $(stat -c %s run.ckpt) -gt 100000 ] && break; sleep 0.02; "
            "done; kill -9 $pid; wait $pid");
  EXPECT_NE(stopped.code, 0);
  const auto killed = std::filesystem::file_size("run.ckpt");
  ASSERT_EQ(shell(run + "--threads 2 --checkpoint run.ckpt --json resumed.json > /dev/null").code, 0);
  EXPECT_GT(std::filesystem::file_size("run.ckpt"), killed);
  EXPECT_EQ(result(here, "resumed.json")["whatif"], result(here, "whole.json")["whatif"]);
  EXPECT_EQ(result(here, "whole.json")["whatif"]["names"]["musk"], "Elon Musk");
  const auto whole = std::filesystem::file_size("run.ckpt");
  ASSERT_EQ(shell(run + "--checkpoint run.ckpt > /dev/null").code, 0);
  EXPECT_EQ(std::filesystem::file_size("run.ckpt"), whole);  // nothing was left to do
  const Answer other = detente({"simulate", "s.toml", "--checkpoint", "run.ckpt"});
  EXPECT_EQ(other.code, 2);
  EXPECT_NE(other.err.find("the checkpoint is of another run"), std::string::npos) << other.err;
}

TEST(Simulate, ties_start_by_the_hazards_of_the_model) {
  const Here here({{"s.toml", arena("")}});
  ASSERT_EQ(detente({"simulate", "s.toml", "--json", "on.json"}).code, 0);
  const Answer without = detente({"simulate", "s.toml", "--set", "new_ties=false", "--json", "off.json"});
  ASSERT_EQ(without.code, 0);
  EXPECT_NE(without.out.find("note: ties do not start here: new_ties = false"), std::string::npos) << without.out;
  const Json on = result(here, "on.json")["simulation"];
  const Json off = result(here, "off.json")["simulation"];
  const auto last = [](const Json& simulation, const std::string& name) {
    for (const Json& one : simulation["read_outs"])
      if (one["name"] == name) return one["mean"].back().get<double>();
    return -1.0;
  };
  EXPECT_TRUE(on["new_ties"]);
  EXPECT_TRUE(on["notes"].empty());
  EXPECT_FALSE(off["new_ties"]);
  EXPECT_GT(last(on, "leaders.starts:formation"), 0);
  EXPECT_GT(last(on, "leaders.new_ruptures"), 0);
  EXPECT_EQ(last(off, "leaders.starts:formation"), -1);
  EXPECT_EQ(last(off, "leaders.new_ruptures"), 0);
  EXPECT_FALSE(on["happenings"].empty());
  EXPECT_TRUE(off["happenings"].empty());
}

TEST(WhatIf, a_tie_is_started_in_a_branch) {
  const Here here({{"s.toml", "new_ties = false\n" + arena("[branch.friends]\n[[branch.friends.intervention]]\n"
                                                           "at = \"2025-01-23\"\nstart = [\"altman\", \"trump\"]\n"
                                                           "kind = \"alliance\"\n")}});
  ASSERT_EQ(detente({"whatif", "s.toml", "--json", "out.json"}).code, 0);
  const Json friends = result(here, "out.json")["whatif"]["branches"][1];
  double more = 0;
  for (const Json& one : friends["difference"])
    if (one["name"] == "leaders.new_ruptures") more = one["mean"].back();
  EXPECT_GT(more, 0);
  here.write("wrong.toml", arena("[[intervention]]\nat = \"2025-01-23\"\nstart = [\"altman\", \"trump\"]\n"
                                 "kind = \"aliance\"\n"));
  const Answer wrong = detente({"simulate", "wrong.toml"});
  EXPECT_EQ(wrong.code, 2);
  EXPECT_NE(wrong.err.find("did you mean 'alliance'?"), std::string::npos) << wrong.err;
}

// The last day is that of a forecast as of the same day.
TEST(Simulate, ends_on_the_last_day_of_a_forecast_of_that_horizon) {
  const Here here({{"s.toml", arena("")}});
  const Answer answer = detente({"simulate", "s.toml", "--replicates", "2", "--json", "out.json"});
  EXPECT_NE(answer.out.find("from 2025-01-23 to 2025-03-23"), std::string::npos) << answer.text();
  EXPECT_EQ(result(here, "out.json")["simulation"]["ends"], "2025-03-23");
  (void)detente({"forecast", source("data/ai-arena"), "--model", source("data/ai-arena/model.toml"), "--as-of",
                 "2025-01-22", "--horizon", "60d", "--replicates", "8", "--json", "forecast.json"});
  EXPECT_EQ(result(here, "forecast.json")["forecast"]["ends"], "2025-03-23");
}

TEST(WhatIf, branches_share_their_random_numbers) {
  const Here here({{"s.toml", arena(std::string(cut) + "[branch.same]\n[sweep]\nbranch = \"cut\"\ndates = "
                                                       "[\"2025-01-23\", \"2025-03-01\"]\n")}});
  const Answer answer = detente({"whatif", "s.toml", "--json", "out.json"});
  EXPECT_EQ(answer.code, 0) << answer.text();
  const Json json = result(here, "out.json")["whatif"];
  const Json& branches = json["branches"];
  ASSERT_EQ(branches.size(), 3U);
  EXPECT_EQ(branches[2]["hash"], branches[0]["hash"]);  // a branch that does nothing is the base
  EXPECT_NE(branches[1]["hash"], branches[0]["hash"]);
  ASSERT_EQ(json["sweep"]["points"].size(), 2U);
  const auto musk_trump = [](const Json& list) {
    for (const Json& one : list)
      if (one["name"] == "leaders.rupture:musk-trump (alliance, t22)") return one["mean"];
    return Json();
  };
  const double early = musk_trump(json["sweep"]["points"][0]["difference"]);
  const double late = musk_trump(json["sweep"]["points"][1]["difference"]);
  // Read-outs that the table leaves out are counted.
  const std::size_t all = branches[0]["read_outs"].size();
  ASSERT_GT(all, 12U);
  EXPECT_NE(answer.out.find(fmt::format("\n({} more; --all shows them)\n", all - 12)), std::string::npos) << answer.out;
  EXPECT_EQ(detente({"whatif", "s.toml", "--all"}).out.find("more; --all"), std::string::npos);
  EXPECT_LT(early, late);  // the later they part, the more of the risk has been run
  EXPECT_LT(late, 0);
}

TEST(WhatIf, asks_for_a_question) {
  const Here here(Files{{"s.toml", bass}});
  const Answer answer = detente({"whatif", "s.toml"});
  EXPECT_EQ(answer.code, 2);
  EXPECT_NE(answer.err.find("no branch, no sweep, no sensitivity"), std::string::npos) << answer.err;
}

TEST(Scenario, a_new_one_runs_as_it_is) {
  const Here here;
  EXPECT_EQ(detente({"scenario", "new", "s.toml", "--layer", "arena", "--kind", "bass"}).code, 0);
  EXPECT_EQ(detente({"simulate", "s.toml"}).code, 0);
  EXPECT_EQ(detente({"scenario", "new", "s.toml"}).code, 2);  // it is not overwritten
}

TEST(Scenario, wrong_ones_say_where) {
  const Here here({{"empty.toml", ""},
                   {"key.toml", "horizn = \"3d\"\n"},
                   {"date.toml", arena("[[intervention]]\nat = \"2024-01-23\"\ncut = [\"trump\", \"musk\"]\n")},
                   {"actor.toml", arena("[[intervention]]\nat = \"2025-01-23\"\ncut = [\"trump\", \"muks\"]\n")},
                   {"rate.toml", std::string(bass) + "innovation = -1\n"},
                   {"nothing.toml", "horizon = \"3d\"\n"}});
  const std::map<std::string, std::string> expected{{"empty.toml", "horizon is missing"},
                                                    {"key.toml", "key.toml:1:"},
                                                    {"date.toml", "outside the simulated time"},
                                                    {"actor.toml", "did you mean 'musk'?"},
                                                    {"rate.toml", "rate.toml:5:"},
                                                    {"nothing.toml", "nothing to simulate"},
                                                    {"none.toml", "cannot read the scenario"}};
  for (const auto& [file, message] : expected) {
    const Answer answer = detente({"simulate", file});
    EXPECT_EQ(answer.code, 2) << file;
    EXPECT_NE(answer.err.find(message), std::string::npos) << answer.err;
  }
}

}  // namespace detente::e2e::simulate_test
