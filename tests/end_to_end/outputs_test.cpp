// Where results go: full disks, closed and narrow pipes, odd names, links, permissions, interruptions.
#include <gtest/gtest.h>

#include <unistd.h>

#include <filesystem>

#include "command.hpp"

namespace detente::e2e::outputs_test {

Files ready() {
  Files files = small_record();
  files["model.toml"] = small_model();
  return files;
}

const std::string forecast = "program forecast record --model model.toml --as-of 2023-12-31 --replicates 16 ";

// The names in the current folder that no test put there.
std::vector<std::string> left_over() {
  std::vector<std::string> names;
  for (const auto& entry : std::filesystem::directory_iterator("."))
    if (const std::string name = entry.path().filename(); name != "record" && name != "model.toml")
      names.push_back(name);
  std::sort(names.begin(), names.end());
  return names;
}

TEST(Output, a_full_disk_fails_the_run_and_says_so) {
  const Here here(ready());
  const std::string full = "exit 1\n-- err\nerror: /dev/full: cannot write: No space left on device\n";
  EXPECT_EQ(detente({"forecast", "record", "--model", "model.toml", "--as-of", "2023-12-31", "--replicates", "16",
                     "--json", "/dev/full"})
                .text(),
            full);
  EXPECT_EQ(detente({"forecast", "record", "--model", "model.toml", "--as-of", "2023-12-31", "--replicates", "16",
                     "--csv", "/dev/full"})
                .text(),
            full);
  EXPECT_EQ(detente({"fit", "record", "--formula", "inertia", "--json", "/dev/full"}).text(), full);
  const Answer check = detente({"check", "record", "--csv", "/dev/full"});
  EXPECT_EQ(check.code, 1);
  EXPECT_EQ(check.err, "error: /dev/full: cannot write: No space left on device\n");
}

TEST(Output, a_full_standard_output_fails_every_command) {
  const Here here(ready());
  const std::string full = "exit 1\n-- err\nerror: cannot write to standard output: is the disk full?\n";
  for (const char* command :
       {"check record", "effects", "--help", "forecast --help", "--version", "fit record --formula inertia"})
    EXPECT_EQ(shell(std::string("program ") + command + " >/dev/full").text(), full) << command;
  EXPECT_EQ(shell(forecast + ">/dev/full").text(), full);
  EXPECT_EQ(shell(forecast + "--json - >/dev/full").text(),
            "exit 1\n-- err\nerror: -: cannot write: No space left on device\n");
}

TEST(Output, a_disk_that_fills_leaves_the_old_result_and_no_part) {
  const Here here(ready());
  here.write("result.json", "old");
  const Answer answer = shell("ulimit -f 4; trap '' XFSZ; " + forecast + "--json result.json");
  EXPECT_EQ(answer.code, 1) << answer.text();
  EXPECT_EQ(answer.err, "error: result.json: cannot write: File too large\n");
  EXPECT_EQ(here.read("result.json"), "old");
  EXPECT_EQ(left_over(), std::vector<std::string>{"result.json"});
}

TEST(Output, a_dash_is_standard_output_and_nothing_else_is_on_it) {
  const Here here(ready());
  const std::string json = "| " DETENTE_PYTHON " -c 'import json, sys; print(json.load(sys.stdin)[\"COLUMN\"])'";
  const auto reading = [&](std::string column) { return std::string(json).replace(json.find("COLUMN"), 6, column); };
  EXPECT_EQ(shell(forecast + "--json - " + reading("command")).text(), "exit 0\n-- out\nforecast\n");
  EXPECT_EQ(shell("program fit record --formula inertia --json - " + reading("command")).text(),
            "exit 0\n-- out\nfit\n");
  EXPECT_EQ(shell("program check record --json - " + reading("kind")).text(), "exit 0\n-- out\ncheck\n");
  EXPECT_EQ(shell("program check record --csv -").text(),
            "exit 0\n-- out\nlevel,code,file,line,column,message,got,expected,hint\n");
  EXPECT_EQ(shell(forecast + "--csv - | head -1 | cut -d, -f1-4").text(), "exit 0\n-- out\nrank,tie_id,kind,a\n");
}

TEST(Output, a_reader_that_leaves_early_is_no_error) {
  const Here here(ready());
  EXPECT_EQ(shell("program effects | head -1 | cut -d' ' -f1").text(), "exit 0\n-- out\ninertia\n");
  EXPECT_EQ(shell(forecast + "--json - | head -1").text(), "exit 0\n-- out\n{\n");
}

TEST(Output, a_closed_standard_output_does_not_end_up_in_the_result) {
  const Here here(ready());
  EXPECT_EQ(shell(forecast + "--json result.json >&- 2>&-").code, 1);
  EXPECT_EQ(here.read("result.json").find("P(rupture)"), std::string::npos);
  EXPECT_TRUE(here.read("result.json").ends_with("}\n"));
}

TEST(Output, an_interrupted_run_leaves_nothing_half_written) {
  const Here here(ready());
  here.write("result.json", "old");
  const Answer answer =
      shell("timeout --signal=INT 1 " DETENTE_PROGRAM
            " forecast record --model model.toml --as-of 2023-12-31 --replicates 1000000 --json result.json; echo $?");
  EXPECT_EQ(answer.text(), "exit 0\n-- out\n124\n");
  EXPECT_EQ(here.read("result.json"), "old");
  EXPECT_EQ(left_over(), std::vector<std::string>{"result.json"});
}

TEST(Output, odd_names_are_only_names) {
  Files files = ready();
  Files odd;
  const std::string folder = "Élan 'quoted' \"double\" $HOME; rm -rf";
  for (const auto& [name, text] : files) odd[folder + "/" + name] = text;
  const Here here(odd);
  const Answer answer =
      detente({"forecast", folder + "/record", "--model", folder + "/model.toml", "--as-of", "2023-12-31",
               "--replicates", "16", "--json", folder + "/r é.json", "--csv", folder + "/-.csv"});
  EXPECT_EQ(answer.code, 0) << answer.text();
  EXPECT_EQ(detente({"report", folder + "/r é.json"}).text(), "exit 0\n-- out\n" + folder + "/r é.html\n");
  EXPECT_TRUE(here.read(folder + "/-.csv").starts_with("rank,tie_id,"));
}

TEST(Output, a_link_stays_a_link) {
  const Here here(ready());
  here.write("real.json", "old");
  std::filesystem::create_symlink("real.json", "link.json");
  std::filesystem::create_symlink("record", "alias");
  EXPECT_EQ(detente({"fit", "alias", "--formula", "inertia", "--json", "link.json"}).code, 0);
  EXPECT_TRUE(std::filesystem::is_symlink("link.json"));
  EXPECT_TRUE(here.read("real.json").starts_with("{"));
}

TEST(Output, what_cannot_be_read_is_named) {
  if (geteuid() == 0) GTEST_SKIP() << "root reads everything";
  const Here here(ready());
  std::filesystem::permissions("record/events.csv", std::filesystem::perms::none);
  EXPECT_EQ(detente({"check", "record"}).text(),
            "exit 2\n-- err\nerror: record/events.csv: cannot read: Permission denied\n  help: detente check --help\n");
}

}  // namespace detente::e2e::outputs_test
