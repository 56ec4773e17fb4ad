// Time: the same number whatever the clock is written in, or a refusal that says how to name what is missing.
#include <gtest/gtest.h>

#include <cmath>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "command.hpp"

namespace detente::e2e::time_test {

using Json = nlohmann::json;

// Acts between four people within some months, at moments of the day, as dates or as seconds since 1970.
struct Act {
  int second;  // after 2024-01-01
  const char* who;
};

std::vector<Act> acts() {
  std::vector<Act> all;
  const char* dyads[] = {"a,b", "b,a", "a,c", "c,d", "d,a", "b,c", "c,b", "d,c"};
  unsigned state = 7;
  for (int k = 0, second = 4000; k < 120; ++k) {
    state = state * 1103515245U + 12345U;
    second += 600 + static_cast<int>(state / 65536U % 90'000U);
    all.push_back({second, dyads[state / 4096U % 8U]});
  }
  return all;
}

constexpr double epoch = 1704067200;  // 2024-01-01 in seconds since 1970

std::string as_seconds(double shift = 0) {
  std::string text = "time,source,target\n";
  for (const Act& act : acts()) text += fmt::format("{:.0f},{}\n", epoch + shift + act.second, act.who);
  return text;
}

std::string as_dates() {
  std::string text = "time,source,target\n";
  for (const Act& act : acts()) {
    const int day = act.second / 86400;
    const int rest = act.second % 86400;
    const int month = day < 31 ? 1 : day < 60 ? 2 : day < 91 ? 3 : 4;
    const int of_month = day - (month == 1 ? 0 : month == 2 ? 31 : month == 3 ? 60 : 91) + 1;
    text += fmt::format("2024-{:02}-{:02}T{:02}:{:02}:{:02}Z,{}\n", month, of_month, rest / 3600, rest / 60 % 60,
                        rest % 60, act.who);
  }
  return text;
}

std::string model(const std::string& trace, const std::string& timing, const std::string& clock = "") {
  return fmt::format(
      "[clock]\n{}\n[traces]\nrecent = {{ {} }}\n[hazards.acts]\ntiming = \"{}\"\n"
      "effects = \"log1p(inertia(recent)) + log1p(reciprocity(recent))\"\n",
      clock, trace, timing);
}

// Log-likelihood and estimates.
std::vector<double> fitted(const std::vector<std::string>& arguments) {
  std::vector<std::string> words{"fit"};
  words.insert(words.end(), arguments.begin(), arguments.end());
  words.insert(words.end(), {"--json", "result.json"});
  const Answer answer = detente(words);
  EXPECT_EQ(answer.code, 0) << answer.err;
  if (answer.code != 0) return {};
  const Json fit = Json::parse(text_of("result.json"))["fit"];
  std::vector<double> numbers{fit["log_likelihood"].get<double>()};
  for (const Json& one : fit["coefficients"]) numbers.push_back(one["estimate"].get<double>());
  return numbers;
}

void expect_same(const std::vector<double>& a, const std::vector<double>& b, double tolerance,
                 const std::string& what) {
  ASSERT_EQ(a.size(), b.size()) << what;
  for (std::size_t k = 0; k < a.size(); ++k)
    EXPECT_NEAR(a[k], b[k], tolerance * (1 + std::abs(b[k]))) << what << " " << k;
}

// In seconds the baseline is a rate per second: log 86400 below that per day, for each event.
std::vector<double> per_day(std::vector<double> fit, std::size_t events) {
  fit[1] += std::log(86400);
  fit[0] += static_cast<double>(events) * std::log(86400);
  return fit;
}

TEST(Time, dates_and_seconds_give_one_fit) {
  const Here here({{"dates.csv", as_dates()}, {"seconds.csv", as_seconds()}});
  for (const char* trace :
       {"halflife = \"3d\"", "window = \"36h\"", "interval = [\"6h\", \"2d\"]", "halflife = \"5h\""})
    for (const char* timing : {"ordinal", "exact"}) {
      here.write("dates.toml", model(trace, timing));
      here.write("seconds.toml", model(trace, timing, "unit = \"s\""));
      const std::vector<double> dates = fitted({"dates.csv", "--model", "dates.toml"});
      std::vector<double> seconds = fitted({"seconds.csv", "--model", "seconds.toml"});
      ASSERT_FALSE(seconds.empty());
      if (timing == std::string("exact")) seconds = per_day(seconds, acts().size());
      expect_same(seconds, dates, 1e-6, fmt::format("{} {}", trace, timing));
    }
}

TEST(Time, a_shift_of_the_clock_changes_nothing) {
  const Here here;
  for (const char* timing : {"ordinal", "exact"}) {
    here.write("m.toml", model("halflife = 200000", timing));
    here.write("a.csv", as_seconds(-epoch));
    const std::vector<double> before = fitted({"a.csv", "--model", "m.toml"});
    for (const double shift : {-2e9, -1e5, 0.0, 2e9}) {
      here.write("b.csv", as_seconds(shift));
      expect_same(fitted({"b.csv", "--model", "m.toml"}), before, 1e-7, fmt::format("{} {}", timing, shift));
    }
  }
}

TEST(Time, observation_begins_with_the_first_event_or_where_it_is_told) {
  const Here here(
      {{"a.csv", "time,source,target\n100,a,b\n110,b,a\n130,a,b\n"},
       {"m.toml", "[hazards.acts]\neffects = \"\"\n"},
       {"from.toml", "[clock]\nobserve_from = 90\npresent = \"from-the-start\"\n[hazards.acts]\neffects = \"\"\n"}});
  // Two dyads over 30 units of time, three events.
  EXPECT_NEAR(fitted({"a.csv", "--model", "m.toml"})[1], std::log(3.0 / 60), 1e-6);
  EXPECT_NEAR(fitted({"a.csv", "--model", "from.toml"})[1], std::log(3.0 / 80), 1e-6);
  EXPECT_NEAR(fitted({"a.csv", "--model", "from.toml", "--observe-from", "105"})[1], std::log(2.0 / 50), 1e-6);
  const Answer waits = detente({"fit", "a.csv", "--model", "m.toml", "--observe-from", "0"});
  EXPECT_NE(waits.out.find("observed from 0 to 130"), std::string::npos) << waits.out;
  EXPECT_NE(waits.out.find("waits longer for its first event than it lasts"), std::string::npos) << waits.out;
}

TEST(Time, a_duration_of_the_calendar_needs_a_unit_on_plain_numbers) {
  const Here here({{"seconds.csv", as_seconds()}, {"m.toml", model("halflife = \"90d\"", "ordinal")}});
  const Answer refused = detente({"fit", "seconds.csv", "--model", "m.toml"});
  EXPECT_EQ(refused.code, 2);
  EXPECT_NE(refused.err.find("m.toml:4: the trace 'recent' cannot be 90d long on this record's clock"),
            std::string::npos)
      << refused.err;
  EXPECT_NE(refused.err.find("unit = \"s\""), std::string::npos) << refused.err;
  expect_same(
      fitted({"seconds.csv", "--model", "m.toml", "--unit", "s"}),
      [&] {
        here.write("s.toml", model("halflife = 7776000", "ordinal"));
        return fitted({"seconds.csv", "--model", "s.toml"});
      }(),
      1e-9, "90 days are 7776000 seconds");
}

TEST(Time, m_alone_is_refused_with_both_readings) {
  const Here here({{"a.csv", as_dates()}, {"m.toml", model("window = \"5m\"", "ordinal")}});
  const Answer refused = detente({"fit", "a.csv", "--model", "m.toml"});
  EXPECT_EQ(refused.code, 2);
  EXPECT_NE(refused.err.find("expected: 5min (minutes) or 5mo (months)"), std::string::npos) << refused.err;
}

TEST(Time, a_window_below_the_tick_is_exact_and_says_so) {
  const Here here({{"a.csv", as_dates()},
                   {"given.toml", model("window = \"2h\"", "ordinal", "tick = \"1d\"")},
                   {"plain.toml", model("window = \"2h\"", "ordinal")},
                   {"fine.toml", model("window = \"2h\"", "ordinal", "tick = \"1s\"")}});
  const Answer said = detente({"fit", "a.csv", "--model", "given.toml"});
  EXPECT_NE(said.out.find("the window of 2h of the trace 'recent' is below the tick of 1d"), std::string::npos)
      << said.out;
  expect_same(fitted({"a.csv", "--model", "given.toml"}), fitted({"a.csv", "--model", "fine.toml"}), 1e-9,
              "tick of 1s");
  expect_same(fitted({"a.csv", "--model", "plain.toml"}), fitted({"a.csv", "--model", "fine.toml"}), 1e-9, "no tick");
}

// What would take more ticks than can be walked is refused at once, where it was asked for.
struct TooMany {
  const char* name;
  std::vector<std::string> arguments;
  const char* says;
};

class Ticks : public testing::TestWithParam<TooMany> {};
TEST_P(Ticks, beyond_what_can_be_walked_are_refused) {
  Files files = small_record();
  files["tiny.toml"] = "[clock]\ntick = \"1e-9d\"\n[hazards.rupture]\nkind = \"end\"\nprior = 1.0\n";
  files["huge.toml"] = "[clock]\ntick = \"1e308y\"\n[hazards.rupture]\nkind = \"end\"\nprior = 1.0\n";
  files["model.toml"] = small_model();
  files["world.toml"] =
      "title = \"three\"\nhorizon = \"10d\"\ntick = \"1d\"\nactors = [\"a\", \"b\", \"c\"]\nreplicates = 2\n"
      "seed = 1\n[sentiment]\nmodel = \"triads\"\n";
  files["far.csv"] = "date,source,target\n1,a,b\n2,b,c\n3,c,a\n4,a,c\n1700000000,b,a\n";
  files["far.toml"] =
      "[clock]\ntick = 1\n[traces]\ncold = { halflife = 30 }\n[hazards.acts]\neffects = \"inertia(cold)\"\n";
  const Here here(files);
  const Answer answer = detente(GetParam().arguments);
  EXPECT_EQ(answer.code, 2) << answer.out;
  EXPECT_NE(answer.err.find(GetParam().says), std::string::npos) << answer.err;
}
INSTANTIATE_TEST_SUITE_P(
    , Ticks,
    testing::Values(
        TooMany{"a_tick_too_small", {"fit", "record", "--model", "tiny.toml"}, "tiny.toml:2:8: too many ticks"},
        TooMany{"a_tick_too_long", {"fit", "record", "--model", "huge.toml"}, "huge.toml:2:8: cannot use the value"},
        TooMany{"one_time_far_off", {"fit", "far.csv", "--model", "far.toml"}, "line 6"},
        TooMany{"an_end_far_off",
                {"fit", "record", "--model", "model.toml", "--until", "9999999-12-31"},
                "cannot read the date"},
        TooMany{"an_as_of_date_far_off",
                {"forecast", "record", "--model", "model.toml", "--as-of", "9999-12-31", "--replicates", "8"},
                "--as-of: the as-of date is too long after the end of the record"},
        TooMany{"a_tick_set_too_small",
                {"simulate", "world.toml", "--set", "tick=1e-9d"},
                "--set: the horizon is too long to simulate"},
        TooMany{"a_horizon_set_too_long",
                {"simulate", "world.toml", "--set", "horizon=1e9y"},
                "--set: the horizon is too long to simulate"},
        TooMany{"a_tick_set_too_long", {"simulate", "world.toml", "--set", "tick=1e15"}, "--set: "}),
    [](const auto& test) { return std::string(test.param.name); });

TEST(Time, that_lies_far_from_all_others_is_named_by_check) {
  const Here here;
  here.write("far.csv", "date,source,target\n1,a,b\n2,b,c\n3,c,a\n4,a,c\n1700000000,b,a\n");
  const Answer answer = detente({"check", "far.csv"});
  EXPECT_NE(answer.out.find("far.csv:6: this time lies far from all others"), std::string::npos) << answer.out;
}

TEST(Time, ages_that_differ_by_rounding_are_ties_in_time) {
  std::string ties = "id,a,b,kind,start,end,ending,x\n";
  std::string tenths = ties;
  for (int k = 0; k < 24; ++k) {
    const int start = k % 7;
    const int end = start + 1 + k % 3;
    ties += fmt::format("t{0},a{0},b{0},alliance,{1},{2},rupture,{3}\n", k, start, end, k * 5 % 11);
    tenths += fmt::format("t{0},a{0},b{0},alliance,{1},{2},rupture,{3}\n", k, start / 10.0, end / 10.0, k * 5 % 11);
  }
  const std::string model = "[hazards.rupture]\nkind = \"end\"\nbaseline = \"cox\"\neffects = \"of_tie(x)\"\n";
  const Here here({{"one/events.csv", "time,source,target\n0,a0,b0\n20,a0,b0\n"},
                   {"one/ties.csv", ties},
                   {"ten/events.csv", "time,source,target\n0,a0,b0\n2,a0,b0\n"},
                   {"ten/ties.csv", tenths},
                   {"m.toml", model}});
  expect_same(fitted({"ten", "--model", "m.toml"}), fitted({"one", "--model", "m.toml"}), 1e-9, "divided by ten");
}

TEST(Time, ties_that_begin_and_end_in_one_tick_are_named) {
  const Here here({{"r/events.csv", "date,source,target\n2020-01-01,a,b\n2021-12-31,a,b\n"},
                   {"r/ties.csv",
                    "id,a,b,kind,start,end,ending\nt1,a,b,alliance,2020-02-01,2020-02-01,rupture\n"
                    "t2,a,c,alliance,2020-02-01,2020-06-01,rupture\nt3,b,c,alliance,2020-02-01,,\n"},
                   {"m.toml", "[hazards.rupture]\nkind = \"end\"\n"}});
  const Answer answer = detente({"fit", "r", "--model", "m.toml"});
  EXPECT_NE(
      answer.out.find("1 of 3 ties begin and end within one tick of 1d and were never at risk, 1 of them by an ending"),
      std::string::npos)
      << answer.out;
}

}  // namespace detente::e2e::time_test
