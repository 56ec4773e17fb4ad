// Broken input: one clear message, exit code 2 and nothing left behind.
#include <gtest/gtest.h>

#include <fmt/format.h>

#include "command.hpp"

namespace detente::e2e::broken_input_test {

const char* few_layers =
    "title = \"three\"\nhorizon = \"10d\"\ntick = \"1d\"\nactors = [\"a\", \"b\", \"c\"]\nreplicates = 2\nseed = 1\n";

// Every option that takes a number, found in the help of every command: a new one is covered by being there.
std::vector<std::pair<std::string, std::string>> numeric_options() {
  std::vector<std::pair<std::string, std::string>> all;
  for (const char* command :
       {"alliances", "backtest", "check", "fit", "forecast", "gof", "profile", "simulate", "whatif"}) {
    const std::string help = detente({command, "--help"}).out;
    for (std::size_t at = help.find("\n  --"); at != std::string::npos; at = help.find("\n  --", at + 1)) {
      const std::string line = help.substr(at + 3, help.find('\n', at + 1) - at - 3);
      const bool number = line.find(" FLOAT") != std::string::npos || line.find(" UINT") != std::string::npos ||
                          line.find(" INT") != std::string::npos;
      if (number) all.emplace_back(command, line.substr(0, line.find_first_of(" ,")));
    }
  }
  return all;
}

TEST(BrokenInput, numbers_that_are_none_are_refused_by_every_option) {
  Files files = small_record();
  files["model.toml"] = small_model();
  files["world.toml"] =
      std::string(few_layers) + "[sentiment]\nmodel = \"triads\"\n[branch.other]\ntitle = \"other\"\n";
  const Here here(files);
  const auto options = numeric_options();
  EXPECT_GT(options.size(), 15U);
  for (const auto& [command, option] : options)
    for (const char* value : {"nan", "inf", "-inf", "1e400", "1e", "-1"}) {
      const bool of_world = command == "simulate" || command == "whatif";
      std::vector<std::string> words{command, of_world ? "world.toml" : "record"};
      if (command == "fit" || command == "forecast" || command == "backtest" || command == "gof")
        words.insert(words.end(), {"--model", "model.toml"});
      words.insert(words.end(), {fmt::format("{}={}", option, value), "--json", "result.json"});
      if (command == "check") words.resize(words.size() - 2);
      const Answer answer = detente(words);
      EXPECT_EQ(answer.code, 2) << command << " " << option << "=" << value << "\n" << answer.out << answer.err;
      EXPECT_FALSE(std::filesystem::exists("result.json")) << command << " " << option << "=" << value;
    }
}

TEST(BrokenInput, a_checkpoint_is_not_left_by_a_run_that_never_began) {
  const std::string wrong = std::string(few_layers) + "watch = [\"nothing\"]\n[sentiment]\nmodel = \"triads\"\n";
  const std::string right = std::string(few_layers) + "[sentiment]\nmodel = \"triads\"\n";
  const Here here({{"wrong.toml", wrong}, {"right.toml", right}});
  EXPECT_EQ(detente({"simulate", "wrong.toml", "--checkpoint", "kept"}).code, 2);
  EXPECT_FALSE(std::filesystem::exists("kept"));
  EXPECT_EQ(detente({"simulate", "right.toml", "--checkpoint", "kept"}).code, 0);
  EXPECT_TRUE(std::filesystem::exists("kept"));
}

TEST(BrokenInput, an_unknown_effect_writes_no_catalogue) {
  const Here here;
  EXPECT_EQ(detente({"effects", "nosuch", "--csv", "rows.csv"}).code, 2);
  EXPECT_FALSE(std::filesystem::exists("rows.csv"));
}

TEST(BrokenInput, keys_that_are_nested_too_deep_are_refused_before_the_library_sees_them) {
  std::string key = "a";
  for (int k = 0; k < 40'000; ++k) key += ".a";
  std::string header = "[" + key + "]\nb = 1\n";
  const Here here({{"keys.toml", "title = \"x.y.z\"\n# a.b.c\n" + key + " = 1\n"}, {"header.toml", header}});
  const Answer keys = detente({"simulate", "keys.toml"});
  EXPECT_EQ(keys.code, 2);
  EXPECT_TRUE(keys.err.starts_with("error: keys.toml:3: not valid TOML: a key is nested too deep")) << keys.err;
  EXPECT_EQ(detente({"simulate", "header.toml"}).code, 2);
}

TEST(BrokenInput, a_formula_of_fifty_thousand_terms_is_refused_at_once) {
  std::string formula = "inertia";
  for (int k = 0; k < 50'000; ++k) formula += " + inertia";
  Files files = small_record();
  files["m.toml"] = "[hazards.acts]\neffects = \"" + formula + "\"\n";
  const Here here(files);
  const Answer answer = detente({"fit", "record", "--model", "m.toml"});
  EXPECT_EQ(answer.code, 2);
  EXPECT_LT(answer.err.size(), 2000U) << answer.err.substr(0, 500);
}

TEST(BrokenInput, values_too_large_to_compute_with_never_converge) {
  Files files = small_record();
  files["record/attributes.csv"] = "actor,attribute,value\nanna,size,1e200\nben,size,-3e199\nacme,size,5e198\n";
  const Here here(files);
  const Answer answer = detente({"fit", "record", "--formula", "send(size)"});
  EXPECT_EQ(answer.out.find("converged: log-likelihood"),
            answer.out.find("not-converged: log-likelihood") == std::string::npos
                ? std::string::npos
                : answer.out.find("converged: log-likelihood"))
      << answer.out;
  EXPECT_NE(answer.out.find("too large to compute with"), std::string::npos) << answer.out << answer.err;
}

TEST(BrokenInput, results_with_numbers_too_large_make_no_page) {
  const Here here(
      {{"r.json", "{\"schema\":\"detente/1\",\"fit\":{\"x\":1e400}}"}, {"deep.json", std::string(5000, '[')}});
  const Answer large = detente({"report", "r.json", "--out", "page.html"});
  EXPECT_EQ(large.code, 2);
  EXPECT_TRUE(large.err.starts_with("error: r.json:1:34: a number too large")) << large.err;
  EXPECT_EQ(detente({"report", "deep.json", "--out", "page.html"}).code, 2);
  EXPECT_FALSE(std::filesystem::exists("page.html"));
}

TEST(BrokenInput, names_that_the_file_system_does_not_take_are_said_so) {
  Files files = small_record();
  const Here here(files);
  const std::string name(300, 'n');
  for (const std::vector<std::string>& words :
       {std::vector<std::string>{"report", name}, {"scenario", "new", "--out", name}, {"effects", "--csv", name}}) {
    const Answer answer = detente(words);
    EXPECT_EQ(answer.code, 2) << words.front();
    EXPECT_EQ(answer.err.find("filesystem error"), std::string::npos) << answer.err;
  }
}

TEST(BrokenInput, a_message_never_fills_a_screen) {
  const Here here(small_record());
  const std::string word(5000, 'w');
  for (const std::vector<std::string>& words : {std::vector<std::string>{"fit", "record", "--formula", word},
                                                {"fit", "record", "--formula", "inertia + " + word},
                                                {"fit", word},
                                                {"check", "record", "--preset", word},
                                                {"forecast", "record", "--as-of", word, "--model", word},
                                                {word},
                                                {"simulate", "x", "--set", word}}) {
    const Answer answer = detente(words);
    EXPECT_EQ(answer.code, 2);
    EXPECT_LT(answer.err.size(), 3000U) << answer.err.substr(0, 400);
  }
}

}  // namespace detente::e2e::broken_input_test
