// Files as people have them: read as they are written, or refused with the option that reads them.
#include <gtest/gtest.h>

#include <cmath>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "command.hpp"

namespace detente::e2e::files_test {

using Json = nlohmann::json;

const char* plain =
    "date,source,target,type,intensity\n"
    "2024-01-02,Gdańsk,Poznań,visit,2.5\n2024-01-05,Poznań,Gdańsk,visit,3.75\n2024-02-20,Gdańsk,Łódź,visit,1\n"
    "2024-02-21,Łódź,Poznań,visit,1\n2024-03-09,Poznań,Łódź,visit,1\n";

std::string replaced(std::string text, const std::string& what, const std::string& by) {
  for (std::size_t at = text.find(what); at != std::string::npos; at = text.find(what, at + by.size()))
    text.replace(at, what.size(), by);
  return text;
}

std::string utf16(const std::string& text) {
  std::string out = "\xFF\xFE";
  for (std::size_t at = 0; at < text.size();) {
    const auto byte = static_cast<unsigned char>(text[at]);
    unsigned letter = byte;
    std::size_t length = 1;
    if (byte >= 0xC0) {  // of two bytes, as all letters here are
      letter = (byte & 0x1FU) << 6U | (static_cast<unsigned char>(text[at + 1]) & 0x3FU);
      length = 2;
    }
    out += static_cast<char>(letter & 0xFFU);
    out += static_cast<char>(letter >> 8U);
    at += length;
  }
  return out;
}

// Actors, types and times as they were read, apart from where.
std::string read_as(const std::vector<std::string>& arguments) {
  std::vector<std::string> words{"fit"};
  words.insert(words.end(), arguments.begin(), arguments.end());
  words.insert(words.end(), {"--formula", "inertia + reciprocity", "--timing", "ordinal", "--json", "result.json"});
  const Answer answer = detente(words);
  EXPECT_EQ(answer.code, 0) << answer.err;
  return answer.code == 0 ? Json::parse(text_of("result.json"))["fit"].dump() : answer.err;
}

// Its log-likelihood, estimates and coefficients' names.
std::string fit_of(const std::string& file) {
  const Json fit = Json::parse(read_as({file}));
  return fit["log_likelihood"].dump() + fit["coefficients"].dump();
}

TEST(Files, read_the_same_however_they_are_written) {
  const Here here;
  here.write("other.csv", plain);
  const std::string expected = read_as({"other.csv"});
  const auto same = [&](const std::string& text, const std::vector<std::string>& options, const char* what) {
    here.write("other.csv", text);
    std::vector<std::string> words{"other.csv"};
    words.insert(words.end(), options.begin(), options.end());
    EXPECT_EQ(read_as(words), expected) << what;
  };
  same(replaced(plain, "\n", "\r\n"), {}, "line ends of Windows");
  same(replaced(plain, "\n", "\r"), {}, "line ends of old machines");
  same(replaced(plain, ",", ";"), {}, "semicolons");
  same(replaced(plain, ",", "\t"), {}, "tabs");
  same(replaced(plain, ",", "|"), {}, "bars");
  same(replaced(plain, ",", "|"), {"--separator", "|"}, "bars, told");
  same(replaced(replaced(plain, ",", ";"), ".", ","), {"--decimal", ","}, "decimal commas");
  same("\xEF\xBB\xBF" + std::string(plain), {}, "a byte order mark");
  same(utf16(plain), {}, "UTF-16");
  same(replaced(plain, "date,source,target", "DATE, Source ,TARGET"), {}, "columns in another case");
  same(replaced(plain, "date,source,target", "When,from,to"), {}, "usual names");
  same(replaced(plain, "date,source,target", "day,who,whom"), {"--columns", "time=day,source=who,target=whom"},
       "names told");
}

TEST(Files, in_latin_letters_are_refused_with_the_option_that_reads_them) {
  const Here here;
  const std::string latin = "date,source,target\n2024-01-02,M\xFCller,Andr\xE9\n2024-01-03,Andr\xE9,M\xFCller\n";
  here.write("latin.csv", latin);
  here.write("utf8.csv", "date,source,target\n2024-01-02,Müller,André\n2024-01-03,André,Müller\n");
  const Answer refused = detente({"check", "--events", "latin.csv"});
  EXPECT_EQ(refused.code, 2);
  EXPECT_NE(refused.out.find("--encoding windows-1252"), std::string::npos) << refused.out;
  EXPECT_EQ(read_as({"latin.csv", "--encoding", "latin-1"}), read_as({"utf8.csv"}));
}

TEST(Files, with_dates_that_have_two_readings_ask_which) {
  const Here here;
  here.write("a.csv", "date,source,target\n1/3/2017,a,b\n25/3/2017,b,a\n");
  const Answer asked = detente({"check", "--events", "a.csv"});
  EXPECT_EQ(asked.code, 2);
  EXPECT_NE(asked.out.find("got: '1/3/2017'"), std::string::npos) << asked.out;
  EXPECT_NE(asked.out.find("--dates day-first or --dates month-first"), std::string::npos) << asked.out;
  const Answer told = detente({"check", "--events", "a.csv", "--dates", "day-first"});
  EXPECT_EQ(told.code, 0) << told.out;
  EXPECT_NE(told.out.find("from 2017-03-01 to 2017-03-25"), std::string::npos) << told.out;
}

TEST(Files, of_numbers_that_are_dates_are_read_as_they_are_told) {
  const Here here;
  const std::pair<const char*, const char*> ways[] = {{"yyyymmdd", "20170301"},
                                                      {"unix", "1488326400"},
                                                      {"unix-ms", "1488326400000"},
                                                      {"unix-ns", "1488326400000000000"},
                                                      {"serial", "42795"}};
  for (const auto& [name, text] : ways) {
    here.write("a.csv", fmt::format("date,source,target\n{},a,b\n", text));
    const Answer answer = detente({"check", "--events", "a.csv", "--dates", name});
    EXPECT_NE(answer.out.find("from 2017-03-01 to 2017-03-01"), std::string::npos) << name << answer.out;
  }
}

TEST(Files, of_numbers_that_look_like_dates_are_named_with_the_option_that_reads_them) {
  const Here here;
  const std::pair<const char*, const char*> looks[] = {{"yyyymmdd", "20170301"},
                                                       {"unix", "1488326400"},
                                                       {"unix-ms", "1488326400000"},
                                                       {"unix-ns", "1488326400000000000"},
                                                       {"year", "1923"}};
  for (const auto& [option, text] : looks) {
    here.write("a.csv", fmt::format("time,source,target\n{0},a,b\n{0},b,a\n", text));
    const Answer answer = detente({"check", "--events", "a.csv"});
    EXPECT_NE(answer.out.find(fmt::format("--dates {} reads them", option)), std::string::npos) << answer.out;
  }
  here.write("a.csv", "time,source,target\n17,a,b\n18,b,a\n");
  EXPECT_EQ(detente({"check", "--events", "a.csv"}).out.find("--dates"), std::string::npos);
}

TEST(Files, of_two_modes_and_odd_names_are_noted) {
  const Here here;
  std::string text = "time,source,target\n";
  for (int k = 0; k < 12; ++k) text += fmt::format("{},p{},q{}\n", k, k % 4, k % 3);
  here.write("modes.csv", text);
  const Answer modes = detente({"check", "--events", "modes.csv"});
  EXPECT_NE(modes.out.find("4 senders and 3 receivers never mix"), std::string::npos) << modes.out;
  here.write("names.csv", "time,source,target\n1,France,NULL\n2,france,7\n3,7.0,France\n");
  const Answer names = detente({"check", "--events", "names.csv"});
  EXPECT_NE(names.out.find("an actor is called 'NULL'"), std::string::npos) << names.out;
  EXPECT_NE(names.out.find("'France' and 'france' differ by case"), std::string::npos) << names.out;
  EXPECT_NE(names.out.find("'7' and '7.0' differ"), std::string::npos) << names.out;
}

TEST(Files, with_a_quote_left_open_say_which_lines_it_took) {
  const Here here;
  here.write("ends.csv",
             "date,source,target,description\n2007-01-01,a,b,\"open\n2007-01-02,b,a,fine\n2007-01-03,a,b,closed\"\n");
  const Answer swallowed = detente({"check", "--events", "ends.csv"});
  EXPECT_NE(swallowed.out.find("goes over lines 2 to 4"), std::string::npos) << swallowed.out;
  here.write("breaks.csv",
             "date,source,target,description\n2007-01-01,a,b,\"open\n2007-01-02,b,a,fine\n"
             "2007-01-03,a,b,last \"quoted\" word\n2007-01-04,b,a,ok\n");
  const Answer broken = detente({"check", "--events", "breaks.csv"});
  EXPECT_NE(broken.out.find("lines 2 to 4 are set aside"), std::string::npos) << broken.out;
}

TEST(Files, of_json_keep_ids_as_they_stand) {
  const Here here;
  here.write("m.json", R"([{"time":1,"source":"a","target":"007"},{"time":2,"source":7,"target":"a"},)"
                       R"({"time":3,"source":123456789012345678901,"target":"a"}])");
  here.write("m.csv", "time,source,target\n1,a,007\n2,7,a\n3,123456789012345678901,a\n");
  EXPECT_EQ(fit_of("m.json"), fit_of("m.csv"));
  here.write("ids.csv", "time,source,target\n1,123456789012345678901,8\n2,8,123456789012345678902\n");
  const Answer query = detente({"check", "--events", "select * from 'ids.csv'"});
  EXPECT_NE(query.out.find("all_varchar = true"), std::string::npos) << query.out;
}

TEST(Files, of_actors_may_have_a_row_for_each_time_that_one_is_present) {
  const Here here({{"r/events.csv", "time,source,target\n1,a,b\n12,a,b\n25,c,b\n30,b,a\n"},
                   {"r/actors.csv", "id,enters,leaves\na,0,\nb,0,\nc,0,10\nc,20,\n"},
                   {"m.toml", "[hazards.acts]\neffects = \"\"\n"}});
  const Answer answer = detente({"fit", "r", "--model", "m.toml", "--observe-from", "0", "--json", "result.json"});
  ASSERT_EQ(answer.code, 0) << answer.err;
  // Six dyads for twenty units of time, two for the ten in between.
  EXPECT_NEAR(Json::parse(text_of("result.json"))["fit"]["coefficients"][0]["estimate"].get<double>(),
              std::log(4.0 / (20 * 6 + 10 * 2)), 1e-6);
  here.write("r/actors.csv", "id,enters,leaves\na,0,\nb,0,\nc,0,10\nc,5,\n");
  EXPECT_EQ(detente({"check", "r"}).code, 2);
}

}  // namespace detente::e2e::files_test
