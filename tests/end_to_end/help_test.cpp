// What the program says about itself, and that the reference page is what it says.
#include <gtest/gtest.h>

#include "command.hpp"
#include "effects/catalogue.hpp"
#include "hazard/formula.hpp"

namespace detente::e2e::help_test {

TEST(Help, of_every_command_names_its_options) {
  const std::map<std::string, std::vector<std::string>> commands{
      {"alliances",
       {"RECORD", "--preset", "--bad", "--as-of", "--ties", "--inferred", "--infer-halflife", "--infer-start",
        "--infer-end", "--sensitivity", "--top", "--json", "--csv"}},
      {"check",
       {"record", "--events", "--preset", "--bad", "--csv", "--json", "--infer-ties", "--infer-halflife",
        "--infer-start", "--infer-end"}},
      {"effects", {"NAME", "--markdown", "--csv"}},
      {"init", {"FOLDER"}},
      {"completion", {"SHELL"}},
      {"man", {}},
      {"fit", {"RECORD",        "--preset",       "--bad",         "--model",      "--formula",
               "--timing",      "--simultaneous", "--at-risk",     "--marks",      "--undirected",
               "--prior",       "--first",        "--until",       "--evaluation", "--controls",
               "--sampling",    "--seed",         "--threads",     "--level",      "--trace",
               "--profile",     "--robust",       "--residuals",   "--compare",    "--compare-formula",
               "--json",        "--csv",          "--compare-csv", "--infer-ties", "--infer-halflife",
               "--infer-start", "--infer-end"}},
      {"forecast",
       {"RECORD",       "--preset", "--bad",        "--model",          "--as-of",       "--horizon",  "--interval",
        "--replicates", "--seed",   "--threads",    "--level",          "--top",         "--since",    "--why",
        "--json",       "--csv",    "--infer-ties", "--infer-halflife", "--infer-start", "--infer-end"}},
      {"backtest", {"RECORD",      "--preset", "--bad",    "--model", "--from",     "--to",      "--every",
                    "--horizon",   "--level",  "--blocks", "--folds", "--interval", "--prior",   "--replicates",
                    "--resamples", "--seed",   "--json",   "--csv",   "--repeats",  "--threads", "--discount"}},
      {"gof",
       {"RECORD", "--preset", "--bad", "--model", "--from", "--coefficients", "--replicates", "--seed", "--threads",
        "--json", "--csv", "--infer-ties", "--infer-halflife", "--infer-start", "--infer-end"}},
      {"profile",
       {"RECORD", "--preset", "--bad", "--model", "--as-of", "--windows", "--minimum", "--interval", "--level", "--top",
        "--seed", "--threads", "--json", "--csv", "--infer-ties", "--infer-halflife", "--infer-start", "--infer-end"}},
      {"report", {"RESULT.json", "--out"}},
      {"simulate",
       {"SCENARIO", "--set", "--replicates", "--seed", "--threads", "--json", "--csv", "--checkpoint", "--all"}},
      {"whatif",
       {"SCENARIO", "--set", "--replicates", "--seed", "--threads", "--json", "--csv", "--sweep-csv",
        "--sensitivity-csv", "--all"}}};
  const Answer all = detente({"--help"});
  EXPECT_EQ(all.code, 0);
  for (const auto& [command, options] : commands) {
    EXPECT_NE(all.out.find("\n  " + command + " "), std::string::npos) << command;
    const Answer help = detente({command, "--help"});
    EXPECT_EQ(help.code, 0);
    EXPECT_EQ(help.err, "");
    for (const std::string& option : options)
      EXPECT_NE(help.out.find("\n  " + option), std::string::npos) << command << " " << option;
    EXPECT_EQ(detente({command, "-h"}).out, help.out);
  }
}

TEST(Help, the_version_is_one_line) {
  EXPECT_EQ(detente({"--version"}).text(), "exit 0\n-- out\ndetente " DETENTE_VERSION "\n");
}

TEST(Effects, each_is_listed_and_described) {
  const Answer list = detente({"effects"});
  EXPECT_EQ(list.code, 0);
  ASSERT_GT(effect_names().size(), 20U);
  for (const std::string& name : effect_names()) {
    EXPECT_NE(("\n" + list.out).find("\n" + name + " "), std::string::npos) << name;
    const Answer one = detente({"effects", name});
    EXPECT_EQ(one.code, 0) << one.text();
    EXPECT_TRUE(one.out.starts_with(name)) << one.out;
    for (const char* line : {"\n  formula  ", "\n  unit     ", "\n  scope    ", "\n  source   ", "\n  example  "})
      EXPECT_NE(one.out.find(line), std::string::npos) << one.out;
  }
}

TEST(Effects, one_is_described_from_its_definition) {
  EXPECT_EQ(detente({"effects", "in_degree"}).text(), R"text(exit 0
-- out
in_degree(trace, of=sender|receiver, unique)
  How much was done towards an actor so far.

  formula  x = sum_h w_ha(t), or #{h : w_ha(t) > 0} when unique; a = the actor that of= names
  unit     events, or intensity, as the trace weighs them; others when unique
  scope    sender or receiver, as `of` says
  source   Butts (2008), eq. 4
  example  in_degree(of=receiver)
  trace    the trace that is read (default all)
  of       whose number (default sender)
  unique   count others, in place of how much
)text");
}

TEST(Effects, those_of_other_packages_are_known_by_their_names) {
  EXPECT_EQ(detente({"effects", "recip"}).text(), R"text(exit 0
-- out
goldfish
  recip(network, weighted = TRUE)
    = reciprocity(network)
  recip(network)
    = reciprocity(network, unique)
  recip(network, ignore_repetitions = TRUE)
    no term: a trace remembers every event; ties.csv holds what does not repeat
)text");
  const Answer both = detente({"effects", "osp"});
  EXPECT_TRUE(both.out.starts_with("osp(")) << both.out;
  EXPECT_NE(both.out.find("\nremstats\n  osp()\n    = osp\n"), std::string::npos) << both.out;
}

TEST(Effects, words_of_formulas_that_are_no_effects_are_described) {
  ASSERT_GT(formula_words().size(), 5U);
  for (const FormulaWord& word : formula_words()) {
    const Answer one = detente({"effects", std::string(word.name)});
    EXPECT_EQ(one.code, 0) << one.text();
    EXPECT_TRUE(one.out.starts_with(word.usage)) << one.out;
    EXPECT_NO_THROW((void)parse_formula(word.example)) << word.example;
  }
}

TEST(Effects, the_reference_page_is_what_the_program_says) {
  EXPECT_EQ(detente({"effects", "--markdown"}).out, text_of(source("docs/reference/effects.md")))
      << "run `make docs`, which writes docs/reference/effects.md";
}

}  // namespace detente::e2e::help_test
