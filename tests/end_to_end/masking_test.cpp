// A forecast as of a date knows nothing of what came after it: with everything later blanked in the files, its `forecast`
// section is the same, bit for bit, and so are the fit and the record it rests on.
#include <gtest/gtest.h>

#include <algorithm>
#include <functional>
#include <set>
#include <sstream>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "base/time.hpp"
#include "command.hpp"

namespace detente::e2e::masking_test {

using Row = std::map<std::string, std::string>;

std::vector<std::string> cells_of(std::istream& in) {
  std::vector<std::string> cells{""};
  bool quoted = false;
  for (int c = in.get(); c != EOF && (quoted || c != '\n'); c = in.get()) {
    if (c == '"') {
      if (quoted && in.peek() == '"')
        cells.back() += static_cast<char>(in.get());
      else
        quoted = !quoted;
    } else if (c == ',' && !quoted) {
      cells.emplace_back();
    } else {
      cells.back() += static_cast<char>(c);
    }
  }
  return cells;
}

std::string csv_cell(const std::string& cell) {
  std::string text = "\"";
  for (const char c : cell) text += c == '"' ? std::string("\"\"") : std::string(1, c);
  return text + "\"";
}

// The table with each row as `edit` leaves it, and without those for which it says no.
std::string edited(const std::string& csv, const std::function<bool(Row&)>& edit) {
  std::istringstream in(csv);
  const std::vector<std::string> names = cells_of(in);
  std::string out;
  for (const std::string& name : names) out += (out.empty() ? "" : ",") + name;
  out += "\n";
  while (in.peek() != EOF) {
    const std::vector<std::string> cells = cells_of(in);
    Row row;
    for (std::size_t c = 0; c < names.size(); ++c) row[names[c]] = cells.at(c);
    if (!edit(row)) continue;
    for (std::size_t c = 0; c < names.size(); ++c) {
      if (c > 0) out += ',';
      out += csv_cell(row[names[c]]);
    }
    out += "\n";
  }
  return out;
}

bool is_later(const std::string& date, const std::string& as_of) {
  if (date.empty()) return false;
  return parse_time(date, Clock::calendar)->time >= parse_time(as_of, Clock::calendar)->time + 1;
}

// What a person would have who stopped writing on that day.
Files blanked(Files files, const std::string& as_of) {
  std::set<std::string> known;
  const auto know = [&](const Row& row, const char* a, const char* b) { known.insert({row.at(a), row.at(b)}); };
  const auto date_of = [](const Row& row) {
    const bool month = row.contains("precision") && row.at("precision") == "month";
    return month ? row.at("date").substr(0, 7) : row.at("date");
  };
  const auto edit = [&](const char* name, const std::function<bool(Row&)>& change) {
    if (const auto file = files.find(name); file != files.end()) file->second = edited(file->second, change);
  };
  edit("record/events.csv", [&](Row& row) {
    if (is_later(date_of(row), as_of)) return false;
    know(row, "source", "target");
    return true;
  });
  edit("record/ties.csv", [&](Row& row) {
    if (is_later(row["start"], as_of)) return false;
    if (is_later(row["end"], as_of))
      for (const char* cell : {"end", "ending", "how_it_ended"})
        if (row.contains(cell)) row[cell] = "";
    know(row, "a", "b");
    return true;
  });
  edit("record/actors.csv", [&](Row& row) {
    if (row.contains("note")) row["note"] = "";
    if (row.contains("leaves") && is_later(row["leaves"], as_of)) row["leaves"] = "";
    const bool entered = row.contains("enters") && !row["enters"].empty() && !is_later(row["enters"], as_of);
    if (entered) known.insert(row["id"]);
    return known.contains(row["id"]);
  });
  edit("record/attributes.csv",
       [&](Row& row) { return known.contains(row["actor"]) && !is_later(row["date"], as_of); });
  edit("record/pairs.csv", [&](Row& row) {
    return known.contains(row["sender"]) && known.contains(row["receiver"]) && !is_later(row["time"], as_of);
  });
  edit("record/series.csv", [&](Row& row) { return !is_later(row["time"], as_of); });
  return files;
}

// The forecast, and what it rests on: the fit, and the record as it was known.
std::string known_sections(const Here& here) {
  const auto result = nlohmann::ordered_json::parse(here.read("result.json"));
  return result.at("forecast").dump(1) + result.at("fit").dump(1) + result.at("record").dump(1);
}

std::string forecast_of(const Files& files, const std::string& as_of, const std::vector<std::string>& more = {}) {
  const Here here(files);
  std::vector<std::string> arguments{"forecast", "record",       "--model", "model.toml", "--as-of",
                                     as_of,      "--replicates", "40",      "--json",     "result.json"};
  arguments.insert(arguments.end(), more.begin(), more.end());
  const Answer answer = detente(arguments);
  EXPECT_EQ(answer.code, 0) << answer.text();
  return answer.code == 0 ? known_sections(here) : "";
}

// Shows where two long texts part.
testing::AssertionResult same(const std::string& a, const std::string& b) {
  if (a == b) return testing::AssertionSuccess();
  const auto at = static_cast<std::size_t>(std::mismatch(a.begin(), a.end(), b.begin(), b.end()).first - a.begin());
  const std::size_t from = at - std::min<std::size_t>(at, 200);
  return testing::AssertionFailure() << "at " << at << ":\n"
                                     << a.substr(from, 400) << "\n-- and --\n"
                                     << b.substr(from, 400);
}

void expect_masked(const Files& files, const std::string& as_of, const std::vector<std::string>& more = {}) {
  const Files early = blanked(files, as_of);
  EXPECT_LT(early.at("record/events.csv").size(), files.at("record/events.csv").size());
  const std::string whole = forecast_of(files, as_of, more);
  EXPECT_GT(whole.size(), 500U);
  EXPECT_TRUE(same(whole, forecast_of(early, as_of, more))) << as_of;
}

// The shipped record, with attributes before and after the date: a number, a factor, and a number that a word makes a
// factor later.
Files arena() {
  Files files;
  for (const char* name : {"actors", "ties", "types", "events"})
    files[std::string("record/") + name + ".csv"] = text_of(source("data/ai-arena/") + name + ".csv");
  files["model.toml"] = text_of(source("data/ai-arena/model.toml"));
  std::string attributes = "actor,date,attribute,value\n";
  std::istringstream actors(files["record/actors.csv"]);
  static_cast<void>(cells_of(actors));
  for (int k = 1; actors.peek() != EOF; ++k) {
    const std::string id = cells_of(actors).front();
    attributes += fmt::format(
        "{0},,power,{1}\n{0},2024-06-01,power,{1}.5\n{0},2025-03-01,power,9{1}\n{0},2025-04-01,camp,gold\n"
        "{0},,camp,{2}\n{0},,rating,{1}\n{0},2020-01-01,rating,1{1}\n{0},2025-05-01,rating,unrated\n",
        id, k, k % 2 == 0 ? "blue" : "red");
  }
  files["record/attributes.csv"] = attributes;
  return files;
}

Files with_attributes_in_model(Files files) {
  std::string& model = files["model.toml"];
  const std::string cooperation = "effects = \"\"\"sqrt(recency(goodwill))";
  model.insert(model.find(cooperation) + 13, "log1p(send(power)) + receive(camp=red) + log1p(send(rating)) + ");
  return files;
}

TEST(Masking, the_shipped_forecast_knows_nothing_of_what_came_later) { expect_masked(arena(), "2025-01-22"); }

TEST(Masking, attributes_are_those_of_the_day) { expect_masked(with_attributes_in_model(arena()), "2025-01-22"); }

// Trade of every two who stand next to each other in the list of actors, and a rate, before and after the date.
Files with_numbers(Files files) {
  std::string pairs = "sender,receiver,attribute,value,time\n";
  std::istringstream actors(files["record/actors.csv"]);
  static_cast<void>(cells_of(actors));
  std::string before = cells_of(actors).front();
  for (int k = 1; actors.peek() != EOF; ++k) {
    const std::string id = cells_of(actors).front();
    pairs += fmt::format("{0},{1},trade,{2},\n{1},{0},trade,{3},2024-06-01\n{0},{1},trade,-{2},2025-03-01\n", before,
                         id, 0.01 * k, 0.005 * k);  // small, so that no path explodes
    before = id;
  }
  files["record/pairs.csv"] = pairs;
  files["record/series.csv"] = "series,time,value\nrate,,2\nrate,2024-06-01,4\nrate,2025-02-01,9\n";
  std::string& model = files["model.toml"];
  const std::string cooperation = "effects = \"\"\"sqrt(recency(goodwill))";
  model.insert(model.find(cooperation) + 13, "of_pair(trade, both, missing=0) + series(rate) + weekday(weekend) + ");
  return files;
}

TEST(Masking, numbers_of_pairs_and_times_are_those_of_the_day) { expect_masked(with_numbers(arena()), "2025-01-22"); }

TEST(Masking, risk_sets_are_those_of_the_day) {
  Files files = arena();
  const std::string conflict = "[hazards.conflict]\n";
  ASSERT_NE(files["model.toml"].find(conflict), std::string::npos);
  for (const char* rule : {"observed", "not tie(litigation)", "dyads.csv"}) {
    files["model.toml"] = text_of(source("data/ai-arena/model.toml"));
    files["model.toml"].insert(files["model.toml"].find(conflict) + conflict.size(),
                               std::string("at_risk = \"") + rule + "\"\n");
    files["dyads.csv"] = "sender,receiver,from\n";
    std::istringstream actors(files["record/actors.csv"]);
    static_cast<void>(cells_of(actors));
    for (std::string before = cells_of(actors).front(); actors.peek() != EOF;) {
      const std::string id = cells_of(actors).front();
      files["dyads.csv"] += fmt::format("{0},{1},\n{1},{0},2022-05\n", before, id);
      before = id;
    }
    expect_masked(files, "2025-01-22");
  }
}

TEST(Masking, a_month_that_is_not_over_is_not_known) {
  const Files files = arena();
  ASSERT_NE(files.at("record/events.csv").find("\n2024-11"), std::string::npos);
  expect_masked(files, "2024-11-15");
  expect_masked(files, "2023-11-18");
}

TEST(Masking, every_file_changes_when_it_is_blanked) {
  const Files files = arena();
  for (const auto& [name, text] : blanked(files, "2025-01-22"))
    if (name != "record/types.csv" && name != "model.toml") {
      EXPECT_LT(text.size(), edited(files.at(name), [](Row&) { return true; }).size()) << name;
    }
}

// Without types.csv and actors.csv everything is known by its first use, and rows may stand in any order.
Files open_record() {
  Files files = small_record();
  files.erase("record/types.csv");
  files.erase("record/actors.csv");
  files["record/events.csv"] =
      "date,source,target,type\n"
      "2023-12-24,zoe,anna,betray\n"  // the latest row comes first: its actor and its type must leave no trace
      "2023-11-20,acme,zoe,praise\n" +
      files["record/events.csv"].substr(files["record/events.csv"].find('\n') + 1);
  files["model.toml"] =
      "[hazards.acts]\nkind = \"tie\"\nprior = 1.0\neffects = \"inertia + log1p(in_degree(of=receiver))\"\n\n"
      "[hazards.rupture]\nkind = \"end\"\nprior = 1.0\neffects = \"log1p(inertia)\"\n";
  return files;
}

// One tie is lost with its actor before the date, on it, or after it.
TEST(Masking, a_loss_is_known_from_its_day) {
  Files files = small_record();
  files["record/actors.csv"] =
      "id,name,kind,leaves\nanna,Anna,leader,\nben,Ben,leader,\nacme,Acme,organization,2023-07-01\n";
  std::string& events = files["record/events.csv"];
  events = edited(events + "2023-12-30,anna,ben,praise\n", [](Row&) { return true; });
  files["model.toml"] = small_model() + "\n[hazards.loss]\nkind = \"end\"\nendings = \"loss\"\nprior = 1.0\n";
  for (const char* as_of : {"2023-06-20", "2023-06-30", "2023-07-01", "2023-07-02", "2023-08-01"})
    expect_masked(files, as_of);
  const auto tells_of_a_loss = [&](const char* as_of) {
    return forecast_of(files, as_of).find("\"ending\": \"loss\"") != std::string::npos;
  };
  EXPECT_FALSE(tells_of_a_loss("2023-07-01"));
  EXPECT_TRUE(tells_of_a_loss("2023-07-02"));
}

TEST(Masking, a_type_and_an_actor_that_come_later_leave_no_trace) { expect_masked(open_record(), "2023-07-01"); }

TEST(Masking, a_model_that_names_a_type_that_comes_later_is_refused_as_if_it_never_came) {
  Files files = open_record();
  files["model.toml"] =
      "[traces]\nbad = { events = \"betray\" }\n\n[hazards.rupture]\nkind = \"end\"\neffects = \"inertia(bad)\"\n";
  const auto said = [](const Files& record) {
    const Here here(record);
    return detente({"forecast", "record", "--model", "model.toml", "--as-of", "2023-07-01"}).text();
  };
  const std::string whole = said(files);
  EXPECT_NE(whole.find("unknown events 'betray'"), std::string::npos) << whole;
  EXPECT_EQ(whole, said(blanked(files, "2023-07-01")));
}

TEST(Masking, an_attribute_that_comes_later_is_refused_as_if_it_never_came) {
  Files files = open_record();
  files["record/attributes.csv"] =
      "actor,date,attribute,value\nanna,2023-10-01,mood,good\nben,2022-01-01,size,2\nanna,2022-01-01,size,1\nacme,2022-"
      "01-01,size,7\nben,2023-10-01,size,big\n";
  const auto said = [&](const char* effect, const Files& record) {
    Files changed = record;
    changed["model.toml"] =
        std::string("[hazards.acts]\nprior = 1.0\neffects = \"") + effect + "\"\n\n[hazards.rupture]\nkind = \"end\"\n";
    const Here here(changed);
    return detente({"forecast", "record", "--model", "model.toml", "--as-of", "2023-07-01", "--replicates", "8"});
  };
  for (const char* effect : {"same(mood)", "send(mood=good)", "send(size=big)"}) {
    EXPECT_EQ(said(effect, files).code, 2) << effect;
    EXPECT_EQ(said(effect, files).text(), said(effect, blanked(files, "2023-07-01")).text());
  }
  EXPECT_EQ(said("send(size)", files).code, 0) << said("send(size)", files).text();
}

TEST(Masking, an_order_within_a_day_that_begins_later_moves_nothing) {
  Files files = small_record();
  files["model.toml"] = small_model();
  std::string& events = files["record/events.csv"];
  events = edited(events, [](Row&) { return true; });
  events.insert(events.find('\n'), ",time_order");
  for (std::size_t at = events.find('\n') + 1; (at = events.find('\n', at)) != std::string::npos; at += 3) {
    const bool late =
        events.rfind("2023-1", at) != std::string::npos && events.rfind("2023-1", at) > events.rfind('\n', at - 1);
    events.insert(at, late ? ",1" : ",");
  }
  expect_masked(files, "2023-07-01");
}

// Alliances are inferred from the whole record and then masked: some fade and some rupture after the date.
TEST(Masking, of_inferred_alliances) {
  Files files = arena();
  files.erase("record/ties.csv");
  files["model.toml"] =
      "[traces]\ngrievance = { events = \"conflict\", halflife = \"45d\" }\n\n[hazards.conflict]\nkind = "
      "\"tie\"\nevents = "
      "\"conflict\"\nprior = 1.0\neffects = \"recency(grievance)\"\n\n[hazards.rupture]\nkind = \"end\"\nprior = "
      "1.0\neffects = \"log1p(inertia(grievance))\"\n\n[hazards.fades]\nkind = \"end\"\nendings = \"faded\"\nprior = "
      "1.0\n";
  for (const char* as_of : {"2025-07-22", "2025-10-01"}) expect_masked(files, as_of, {"--infer-ties"});
}

TEST(Masking, of_a_list_of_alliances) {
  const auto list_of = [](const Files& files, const std::string& as_of) {
    const Here here(files);
    const Answer answer =
        detente({"alliances", "record", "--as-of", as_of, "--inferred", "--sensitivity", "--json", "result.json"});
    EXPECT_EQ(answer.code, 0) << answer.text();
    return answer.code == 0 ? nlohmann::ordered_json::parse(here.read("result.json")).at("alliances").dump(1) : "";
  };
  const Files files = arena();
  for (const char* as_of : {"2016-01-01", "2023-11-18", "2025-01-22", "2025-06-05"})
    EXPECT_TRUE(same(list_of(files, as_of), list_of(blanked(files, as_of), as_of))) << as_of;
}

TEST(Masking, of_profiles) {
  const auto profile_of = [](const Files& files, const std::string& as_of) {
    const Here here(files);
    const Answer answer = detente({"profile", "record", "--as-of", as_of, "--minimum", "5", "--json", "result.json"});
    EXPECT_EQ(answer.code, 0) << answer.text();
    return answer.code == 0 ? nlohmann::ordered_json::parse(here.read("result.json")).at("profile").dump(1) : "";
  };
  const Files files = arena();
  for (const char* as_of : {"2023-11-18", "2025-01-22"})
    EXPECT_TRUE(same(profile_of(files, as_of), profile_of(blanked(files, as_of), as_of))) << as_of;
}

TEST(Masking, a_preset_whose_actors_are_always_there_does_not_know_who_will_come) {
  Files files = small_record();
  files.erase("record/types.csv");
  files.erase("record/actors.csv");
  files["record/events.csv"] =
      "time,sender,receiver\n20,ben,zoe\n1,anna,ben\n2,ben,anna\n3,acme,anna\n4.5,anna,ben\n6,ben,acme\n8,anna,acme\n";
  files["record/ties.csv"] =
      "id,a,b,kind,start,end,ending\nt1,anna,ben,alliance,1,4,rupture\nt2,anna,acme,founding,1,,\nt3,ben,acme,office,2,"
      "7,rupture\nt4,anna,ben,alliance,5,30,rupture\n";
  files["model.toml"] =
      "[clock]\ntick = 1\n\n[hazards.acts]\nprior = 1.0\neffects = \"inertia\"\n\n[hazards.rupture]\nkind = "
      "\"end\"\nprior = 1.0\n";
  Files early = files;
  early["record/events.csv"] =
      "time,sender,receiver\n1,anna,ben\n2,ben,anna\n3,acme,anna\n4.5,anna,ben\n6,ben,acme\n8,anna,acme\n";
  early["record/ties.csv"] =
      "id,a,b,kind,start,end,ending\nt1,anna,ben,alliance,1,4,rupture\nt2,anna,acme,founding,1,,\nt3,ben,acme,office,2,"
      "7,rupture\nt4,anna,ben,alliance,5,,\n";
  const auto section = [](const Files& record) {
    const Here here(record);
    const Answer answer = detente({"forecast", "record", "--preset", "remify", "--model", "model.toml", "--as-of", "9",
                                   "--horizon", "10", "--replicates", "40", "--json", "result.json"});
    EXPECT_EQ(answer.code, 0) << answer.text();
    return answer.code == 0 ? known_sections(here) : "";
  };
  EXPECT_TRUE(same(section(files), section(early)));
}

}  // namespace detente::e2e::masking_test
