// The record and the model that `detente init` writes: readable, and enough for every command that follows.
#include <gtest/gtest.h>

#include <filesystem>

#include "command.hpp"

namespace detente::e2e::init_test {

const std::vector<std::string> names{"README.md",      "events.csv", "actors.csv", "ties.csv",  "types.csv",
                                     "attributes.csv", "pairs.csv",  "series.csv", "model.toml"};

TEST(Init, writes_a_record_that_checks_without_a_finding) {
  const Here here;
  const Answer init = detente({"init", "town/first"});
  ASSERT_EQ(init.code, 0) << init.text();
  for (const std::string& name : names) {
    EXPECT_NE(init.out.find("wrote town/first/" + name + "\n"), std::string::npos) << init.out;
    EXPECT_EQ(here.read("town/first/" + name), text_of(source("data/starter/" + name)));
    EXPECT_FALSE(here.read("town/first/" + name).empty());
  }
  EXPECT_EQ(detente({"check", "town/first", "--csv", "found.csv"}).code, 0);
  EXPECT_EQ(here.read("found.csv"), "level,code,file,line,column,message,got,expected,hint\n");
}

TEST(Init, what_it_writes_is_fitted_and_forecast) {
  const Here here;
  ASSERT_EQ(detente({"init", "town"}).code, 0);
  const Answer fit = detente({"fit", "town", "--model", "town/model.toml"});
  EXPECT_EQ(fit.code, 0) << fit.text();
  std::size_t converged = 0;
  for (std::size_t at = 0; (at = fit.out.find("\n  converged:", at)) != std::string::npos; ++at) ++converged;
  EXPECT_EQ(converged, 5U) << fit.out;  // every hazard of the model
  const Answer forecast = detente({"forecast", "town", "--model", "town/model.toml", "--as-of", "2024-09-30",
                                   "--replicates", "32", "--csv", "forecast.csv"});
  EXPECT_EQ(forecast.code, 0) << forecast.text();
  const std::string rows = here.read("forecast.csv");
  for (const char* tie : {",t2,", ",t5,", ",t6,", ",t7,"}) EXPECT_NE(rows.find(tie), std::string::npos) << rows;
  EXPECT_EQ(detente({"profile", "town"}).code, 0);
  EXPECT_EQ(detente({"alliances", "town", "--as-of", "last"}).code, 0);
}

TEST(Init, overwrites_nothing) {
  const Here here({{"town/model.toml", "mine"}, {"file", "text"}});
  EXPECT_EQ(detente({"init", "town"}).text(),
            "exit 2\n-- err\nerror: town/model.toml: the file exists already, and nothing is overwritten\n"
            "  hint: name a new folder\n  help: detente init --help\n");
  EXPECT_EQ(here.read("town/model.toml"), "mine");
  EXPECT_FALSE(std::filesystem::exists("town/events.csv"));
  EXPECT_EQ(detente({"init", "file"}).text(),
            "exit 2\n-- err\nerror: file: it is a file\n  expected: a folder, or a new name\n  help: detente init "
            "--help\n");
  EXPECT_EQ(detente({"init", "file/below"}).code, 2);
}

}  // namespace detente::e2e::init_test
