#include <array>

#include <gtest/gtest.h>

#include "log/blank_record.hpp"
#include "log/missing.hpp"

namespace detente::missing_test {

// Four actors: 0 and 1 are known from the beginning, 2 enters on day 5 and is known on day 8, 3 never is.
Record some_record() {
  Record record = blank_record(4);
  record.actors[2].enters = 5;
  record.events = {{1, 0, 1, 1, 0, Precision::number, 0, 2}, {9, 2, 3, 1, 0, Precision::number, 0, 3}};
  record.attributes.push_back({"size", {}, {{0, always, 2}, {1, always, 4}, {1, 6, 10}, {2, 8, 7}}});
  record.attributes.push_back({"camp", {"red", "blue"}, {{0, always, 0}, {1, always, 1}, {2, 8, 1}}});
  return record;
}

std::vector<std::array<double, 3>> rows(const Attribute& attribute) {
  std::vector<std::array<double, 3>> rows;
  for (const AttributeValue& v : attribute.values) rows.push_back({static_cast<double>(v.actor), v.time, v.value});
  return rows;
}

using Rows = std::vector<std::array<double, 3>>;

TEST(Missing, NumbersAreTheMeanOfWhatIsKnownByThen) {
  Record record = some_record();
  const std::vector<MissingText> policies{{"size", MissingPolicy::mean}};
  fill_missing(record, policies);
  // By day 5, and by the first event, 2 and 4 are known; the 10 of day 6 is not.
  EXPECT_EQ(rows(record.attributes[0]),
            (Rows{{0, always, 2}, {1, always, 4}, {1, 6, 10}, {2, 5, 3}, {2, 8, 7}, {3, always, 3}}));
  EXPECT_EQ(record.attributes[0].filled, 2u);
  EXPECT_EQ(record.attributes[2].name, "size_missing");
  EXPECT_EQ(rows(record.attributes[2]),
            (Rows{{0, always, 0}, {1, always, 0}, {2, always, 1}, {2, 8, 0}, {3, always, 1}}));
  const std::size_t attributes = record.attributes.size();
  fill_missing(record, policies);  // once is enough
  EXPECT_EQ(record.attributes.size(), attributes);
  EXPECT_EQ(record.attributes[0].filled, 2u);
}

TEST(Missing, NumbersAreZeroAndWordsALevelOfTheirOwn) {
  Record record = some_record();
  const std::vector<MissingText> policies{{"size", MissingPolicy::zero}, {"camp", MissingPolicy::level}};
  fill_missing(record, policies);
  EXPECT_EQ(rows(record.attributes[0])[3], (std::array<double, 3>{2, 5, 0}));
  EXPECT_EQ(record.attributes[1].levels, (std::vector<std::string>{"red", "blue", "unknown"}));
  EXPECT_EQ(rows(record.attributes[1]), (Rows{{0, always, 0}, {1, always, 1}, {2, 5, 2}, {2, 8, 1}, {3, always, 2}}));
}

TEST(Missing, WhoIsDroppedTakesPartOnceKnown) {
  Record record = some_record();
  const std::vector<MissingText> policies{{"size", MissingPolicy::drop}};
  fill_missing(record, policies);
  EXPECT_EQ(record.actors[0].enters, always);
  EXPECT_EQ(record.actors[2].enters, 8);
  EXPECT_EQ(record.actors[3].enters, never);
  EXPECT_EQ(record.attributes[0].filled, 2u);
}

std::string refused(const MissingText& policy, Record record) {
  try {
    fill_missing(record, std::span(&policy, 1));
  } catch (const Error& error) { return error.what(); }
  return "";
}

TEST(Missing, SaysWhatCannotBeFilled) {
  EXPECT_NE(refused({"sise", MissingPolicy::mean}, some_record()).find("did you mean 'size'?"), std::string::npos);
  EXPECT_NE(refused({"camp", MissingPolicy::mean}, some_record()).find("'camp' has words"), std::string::npos);
  EXPECT_NE(refused({"size", MissingPolicy::level}, some_record()).find("'size' has numbers"), std::string::npos);
  Record nobody = some_record();
  nobody.attributes[0].values = {{2, 8, 7}};
  EXPECT_NE(refused({"size", MissingPolicy::mean}, nobody).find("nobody's 'size' is known by 1"), std::string::npos);
}

}  // namespace detente::missing_test
