// What a user says of how a file is written.
#include <algorithm>
#include <array>

#include <fmt/ranges.h>

#include "base/error.hpp"
#include "io/presets.hpp"

namespace detente {
namespace {

[[noreturn]] void refuse_option(const char* option, const std::string& text, const std::vector<std::string>& words) {
  throw Error({.what = fmt::format("{} cannot be '{}'", option, printable(text)),
               .where = {.file = option},
               .expected = fmt::format("one of: {}", fmt::join(words, ", ")),
               .hint = hint_for(text, words)});
}

std::size_t index_of_word(const char* option, const std::string& text, const std::vector<std::string>& words) {
  const auto found = std::find(words.begin(), words.end(), text);
  if (found == words.end()) refuse_option(option, text, words);
  return static_cast<std::size_t>(found - words.begin());
}

// What a column of events may be called on the command line, in the order of EventColumn.
constexpr std::array<std::string_view, 11> names_of_columns{"time",        "precision", "time_order", "source",
                                                            "target",      "type",      "intensity",  "sphere",
                                                            "description", "reference", "verified"};

}  // namespace

const std::vector<std::string>& encoding_names() {
  static const std::vector<std::string> names{"utf-8", "latin-1", "windows-1252", "utf-16"};
  return names;
}

const std::vector<std::string>& date_order_names() {
  static const std::vector<std::string> names{"as-written", "day-first", "month-first", "yyyymmdd", "unix",
                                              "unix-ms",    "unix-ns",   "year",        "serial"};
  return names;
}

char separator_named(const std::string& text) {
  if (text == "tab" || text == "\\t" || text == "\t") return '\t';
  if (text == "," || text == ";" || text == "|") return text.front();
  refuse_option("--separator", text, {",", ";", "tab", "|"});
}

Encoding encoding_named(const std::string& text) {
  return static_cast<Encoding>(index_of_word("--encoding", text, encoding_names()));
}

bool is_decimal_comma(const std::string& text) {
  if (text == "," || text == ".") return text == ",";
  refuse_option("--decimal", text, {".", ","});
}

DateOrder date_order_named(const std::string& text) {
  return static_cast<DateOrder>(index_of_word("--dates", text, date_order_names()));
}

std::vector<std::pair<std::string, std::string>> columns_named(const std::string& text) {
  std::vector<std::pair<std::string, std::string>> columns;
  for (std::size_t begin = 0; begin <= text.size();) {
    const std::size_t end = std::min(text.find(',', begin), text.size());
    const std::string one = text.substr(begin, end - begin);
    const std::size_t equals = one.find('=');
    if (equals == std::string::npos || equals == 0 || equals + 1 == one.size())
      throw Error({.what = fmt::format("cannot read '{}'", printable(one)),
                   .where = {.file = "--columns"},
                   .expected = "what each column is, such as \"time=When,source=Who,target=Whom\""});
    columns.emplace_back(one.substr(0, equals), one.substr(equals + 1));
    begin = end + 1;
  }
  return columns;
}

Preset spelled(Preset preset, const Spelling& spelling) {
  preset.spelling = spelling;
  if (spelling.separator) preset.delimiter = spelling.separator;
  for (const auto& [role, name] : spelling.columns) {
    const std::string wanted = role == "date"       ? "time"
                               : role == "sender"   ? "source"
                               : role == "receiver" ? "target"
                                                    : role;
    const auto found = std::find(names_of_columns.begin(), names_of_columns.end(), wanted);
    if (found == names_of_columns.end())
      throw Error({.what = fmt::format("events have no column '{}'", printable(role)),
                   .where = {.file = "--columns"},
                   .expected = fmt::format("one of: {}", fmt::join(names_of_columns, ", "))});
    preset.events[static_cast<std::size_t>(found - names_of_columns.begin())].names = {name};
  }
  return preset;
}

}  // namespace detente
