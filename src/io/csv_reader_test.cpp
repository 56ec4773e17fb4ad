#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <string>
#include <vector>

#include "io/csv_reader.hpp"
#include "io/test_folder.hpp"
#include "io/text.hpp"

namespace detente::csv_reader_test {

// Everything a reader was told, as lines of text.
class Transcript : public TableReader {
 public:
  void header(std::span<const std::string> names, std::size_t line) override {
    std::string text = std::to_string(line) + ":";
    for (const std::string& name : names) text += "[" + name + "]";
    told.push_back(text);
  }
  bool row(std::span<const std::string_view> cells, std::size_t line) override {
    std::string text = std::to_string(line) + ":";
    for (const std::string_view cell : cells) text += "[" + std::string(cell) + "]";
    told.push_back(text);
    return told.size() < most;
  }
  void bad_row(std::string code, Problem problem) override {
    told.push_back(std::to_string(problem.where.line) + ":" + code);
    problems.push_back(std::move(problem));
  }
  std::vector<std::string> told{};
  std::vector<Problem> problems{};
  std::size_t most = 1000;
};

using Told = std::vector<std::string>;

Transcript parsed(std::string_view text, std::size_t piece = std::string::npos, const CsvOptions& options = {}) {
  Transcript transcript;
  CsvParser parser("x.csv", options, transcript);
  while (!text.empty()) {
    static_cast<void>(parser.feed(text.substr(0, piece)));
    text.remove_prefix(std::min(piece, text.size()));
  }
  parser.finish();
  return transcript;
}

std::string error_of(std::string_view text, const CsvOptions& options = {}) {
  try {
    static_cast<void>(parsed(text, std::string::npos, options));
  } catch (const Error& error) { return error.what(); }
  return "no error";
}

TEST(csv_reader, rows_know_the_line_they_start_on) {
  EXPECT_EQ(parsed("a,b\n1,\"x\ny\"\n\n2,z\n").told, (Told{"1:[a][b]", "2:[1][x\ny]", "5:[2][z]"}));
}

TEST(csv_reader, a_byte_order_mark_and_crlf_are_accepted) {
  EXPECT_EQ(parsed("\xEF\xBB\xBF"
                   "a,b\r\n1,2\r\n3,\"4\r\n5\"\r\n6,7")
                .told,
            (Told{"1:[a][b]", "2:[1][2]", "3:[3][4\r\n5]", "5:[6][7]"}));
}

TEST(csv_reader, the_pieces_in_which_text_comes_do_not_matter) {
  const std::string text =
      "\xEF\xBB\xBF"
      "a,b\r\n1,\"x\r\ny\"\r\n\r\nbad\r\n3,\"q\"q\n4,5";
  const Told whole = parsed(text).told;
  for (std::size_t piece = 1; piece < text.size(); ++piece) EXPECT_EQ(parsed(text, piece).told, whole) << piece;
}

TEST(csv_reader, ragged_rows_are_reported_and_reading_goes_on) {
  const Transcript transcript = parsed("a,b\n1\n1,2,3\n4,5\n");
  EXPECT_EQ(transcript.told, (Told{"1:[a][b]", "2:ragged-row", "3:ragged-row", "4:[4][5]"}));
  EXPECT_EQ(render(transcript.problems[1]),
            "error: x.csv:3: the row has the wrong number of cells\n  got: 3 cells\n  expected: 2 cells, as in the "
            "header line\n"
            "  hint: quote a cell that contains the delimiter");
}

TEST(csv_reader, a_stray_quote_costs_only_its_row) {
  EXPECT_EQ(parsed("a,b\n1,5\" gun\n2,\"x\"y\n3,4\n").told,
            (Told{"1:[a][b]", "2:bad-quote", "3:bad-quote", "4:[3][4]"}));
}

TEST(csv_reader, an_unclosed_quote_is_reported_where_its_row_starts) {
  const Transcript transcript = parsed("a,b\n1,2\n3,\"4\n5,6\n7,8\n");
  EXPECT_EQ(transcript.told, (Told{"1:[a][b]", "2:[1][2]", "3:unclosed-quote"}));
  EXPECT_EQ(transcript.problems[0].what,
            "a quote that opens in this row is never closed: lines 3 to 6 were read as one cell");
}

TEST(csv_reader, a_huge_line_costs_only_its_row) {
  CsvOptions options;
  options.max_cell = 1U << 20;
  std::string text = "a,b\n1,2\n3,";
  text.append(std::size_t{10} << 20, 'x').append("\n4,5\n6,");
  for (int i = 0; i < 5'000'000; ++i) text += ',';
  text += "\n7,8\n";
  const Transcript transcript = parsed(text, 65536, options);
  EXPECT_EQ(transcript.told,
            (Told{"1:[a][b]", "2:[1][2]", "3:cell-too-long", "4:[4][5]", "5:row-too-long", "6:[7][8]"}));
  EXPECT_EQ(transcript.problems[0].what, "a cell is longer than 1 MiB");
}

TEST(csv_reader, a_reader_can_stop_early) {
  Transcript transcript;
  transcript.most = 2;
  CsvParser parser("x.csv", {}, transcript);
  EXPECT_FALSE(parser.feed("a,b\n1,2\n3,4\n"));
  EXPECT_EQ(transcript.told, (Told{"1:[a][b]", "2:[1][2]"}));
}

TEST(csv_reader, a_file_without_header_gets_its_names) {
  CsvOptions options;
  options.delimiter = '\t';
  options.columns = {"x", "y", "z"};
  EXPECT_EQ(parsed("1\t2\n3\t\n", std::string::npos, options).told, (Told{"0:[x][y]", "1:[1][2]", "2:[3][]"}));
}

TEST(csv_reader, what_is_no_csv_is_said_once) {
  EXPECT_EQ(error_of(""), "error: x.csv: the file is empty\n  expected: a first line that names the columns");
  EXPECT_EQ(error_of("\n\n"), "error: x.csv: the file is empty\n  expected: a first line that names the columns");
  EXPECT_EQ(error_of("\xFF\xFE"
                     "a\0,\0"),
            "error: x.csv: the file is UTF-16\n  expected: UTF-8 text\n  hint: save it as UTF-8");
  EXPECT_EQ(error_of(std::string(3U << 20, 'x')),
            "error: x.csv:1: a cell is longer than 1 MiB\n  hint: is a quote left open, or is this no CSV file?");
}

TEST(csv_reader, the_first_line_shows_the_delimiter_in_whatever_pieces_it_comes) {
  CsvOptions options;
  options.delimiter = '\0';
  const std::string tabs =
      "\xEF\xBB\xBF"
      "a\tb,c\n\"x\"\"y\"\"\"\t4\" by \"6\r\n\"\t\"\"\nlast\t5";
  const std::string commas = "a,b\n\"x,\ty\",2\n";
  for (std::size_t piece = 1; piece < tabs.size(); ++piece) {
    EXPECT_EQ(parsed(tabs, piece, options).told,
              (Told{"1:[a][b,c]", "2:[x\"y\"][4\" by \"6]", "3:[\"][]", "4:[last][5]"}))
        << piece;
    EXPECT_EQ(parsed(commas, piece, options).told, (Told{"1:[a][b]", "2:[x,\ty][2]"})) << piece;
  }
  EXPECT_EQ(parsed("\xEF\xBB\xBF"
                   "a\tb",
                   1, options)
                .told,
            Told{"1:[a][b]"});  // a first line without an end
  EXPECT_EQ(error_of("", options), "error: x.csv: the file is empty\n  expected: a first line that names the columns");
}

TEST(csv_reader, columns_without_a_header_go_by_their_number) {
  CsvOptions options;
  options.layouts = {.header = {"when"}, .columns = {{"when", "who"}, {"id", "when", "who"}}};
  EXPECT_EQ(parsed("1,2\n3,4\n", std::string::npos, options).told, (Told{"0:[when][who]", "1:[1][2]", "2:[3][4]"}));
  EXPECT_EQ(parsed("1,2,3\n", std::string::npos, options).told, (Told{"0:[id][when][who]", "1:[1][2][3]"}));
  EXPECT_EQ(parsed("x,y,z,when\n1,2,3,4\n", std::string::npos, options).told,
            (Told{"1:[x][y][z][when]", "2:[1][2][3][4]"}));
  EXPECT_EQ(error_of("1\n", options),
            "error: x.csv:1: the first line is neither a header nor a row of the published layout\n  got: 1 cell\n"
            "  expected: 2 or 3 cells, or a header with the column 'when'");
}

TEST(csv_reader, random_bytes_are_rows_or_messages_never_a_crash) {
  EXPECT_TRUE(rc::check("any bytes, in any pieces", [] {
    // Mostly the bytes that mean something to CSV.
    const auto byte =
        rc::gen::oneOf(rc::gen::elementOf(std::string("\",\r\n\t a1\xEF\xBB\xBF")), rc::gen::arbitrary<char>());
    const auto text = *rc::gen::container<std::string>(byte);
    const auto piece = *rc::gen::inRange<std::size_t>(1, 20);
    CsvOptions options;
    options.max_cell = 8;
    options.max_row = 32;
    if (*rc::gen::arbitrary<bool>()) options.delimiter = '\0';
    if (*rc::gen::arbitrary<bool>()) options.layouts = {.header = {"a"}, .columns = {{"a", "1"}, {"a", "1", "x"}}};
    try {
      const Transcript pieces = parsed(text, piece, options);
      RC_ASSERT(!pieces.told.empty());
    } catch (const Error& error) { RC_ASSERT(!error.problem().what.empty()); }
  }));
}

TEST(csv_reader, what_was_quoted_reads_back) {
  EXPECT_TRUE(rc::check("quoted cells are the identity", [] {
    const auto cells = *rc::gen::container<std::vector<std::string>>(
        3, rc::gen::container<std::string>(rc::gen::elementOf(std::string("ab,\"\r\n ;"))));
    std::string text = "a,b,c\n";
    for (const std::string& cell : cells) {
      text += text.back() == '\n' ? "\"" : ",\"";
      for (const char c : cell) text.append(c == '"' ? 2 : 1, c);
      text += '"';
    }
    const Transcript transcript = parsed(text);
    RC_ASSERT(transcript.told.size() == 2U);
    RC_ASSERT(transcript.told[1] == "2:[" + cells[0] + "][" + cells[1] + "][" + cells[2] + "]");
  }));
}

TEST(text, faults_are_told_apart) {
  EXPECT_EQ(fault_in("plain"), TextFault::none);
  EXPECT_EQ(fault_in("Détente € 𝄞"), TextFault::none);
  EXPECT_EQ(fault_in(std::string_view("a\0b", 3)), TextFault::nul);
  for (const char* bad : {"\xFF", "\xC3", "\xC0\x80", "\xE0\x80\x80", "\xED\xA0\x80", "\xF4\x90\x80\x80", "a\x80"})
    EXPECT_EQ(fault_in(bad), TextFault::bad_utf8) << bad;
}

}  // namespace detente::csv_reader_test
