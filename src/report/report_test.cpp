#include "report/report.hpp"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

namespace detente::report_test {

constexpr std::string_view opening = R"(<script type="application/json" id="results">)";

// What a browser takes as the content of the element that holds the results.
std::string embedded(const std::string& page) {
  const auto begin = page.find(opening) + opening.size();
  return page.substr(begin, page.find("</script", begin) - begin);
}

TEST(Report, holds_the_mark_for_results_exactly_once) {
  const std::string_view page = page_template();
  const auto first = page.find(results_mark);
  ASSERT_NE(first, std::string_view::npos);
  EXPECT_EQ(page.find(results_mark, first + 1), std::string_view::npos);
  EXPECT_TRUE(page.starts_with("<!DOCTYPE html>"));
}

TEST(Report, embeds_results_in_the_order_given) {
  const auto results = nlohmann::json::parse(embedded(make_page({R"({"seed": 1})", R"({"seed": 2})"})));
  ASSERT_EQ(results.size(), 2U);
  EXPECT_EQ(results[0]["seed"], 1);
  EXPECT_EQ(results[1]["seed"], 2);
}

TEST(Report, cannot_be_broken_out_of_by_text_in_a_record) {
  for (const std::string text :
       {"</script><script>alert(1)</script>", "<!-- <script>", "</SCRIPT >", "a < b & c", "@RESULTS@", "\\u003c"}) {
    const std::string page = make_page({nlohmann::json{{"description", text}}.dump()});
    const std::string inside = embedded(page);
    EXPECT_EQ(inside.find('<'), std::string::npos) << text;
    EXPECT_EQ(nlohmann::json::parse(inside)[0]["description"], text);
  }
}

TEST(Report, asks_nothing_of_the_network) {
  const std::string_view page = page_template();
  for (const std::string_view asking : {"<script src", "<link rel=\"stylesheet\"", "@import", "url(http", "url(//"})
    EXPECT_EQ(page.find(asking), std::string_view::npos) << asking;
}

}  // namespace detente::report_test
