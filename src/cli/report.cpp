// detente report RESULT.json [MORE.json ...] [--out PAGE.html]: results as one page.
#include <algorithm>
#include <array>
#include <charconv>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <memory>
#include <ostream>
#include <string>
#include <string_view>
#include <vector>

#include <fmt/format.h>
#include <fmt/ostream.h>
#include <fmt/ranges.h>
#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

#include "base/error.hpp"
#include "cli/command.hpp"
#include "io/write_file.hpp"
#include "report/report.hpp"

namespace detente::cli {
namespace {

constexpr std::string_view schema = "detente/1";

// What the page has sections for; a result holds at least one of them.
constexpr std::array<std::string_view, 8> shown_parts{"forecast",   "backtest", "profile", "alliances",
                                                      "simulation", "whatif",   "gof",     "fit"};

struct ReportOptions {
  std::vector<std::string> results{};
  std::string out{};
};

std::string read_text(const std::string& path) {
  if (std::error_code unknown; std::filesystem::is_directory(path, unknown))
    throw Error(
        {.what = "a folder, not a result",
         .where = {path},
         .expected =
             "a JSON file written by detente forecast, backtest, profile, alliances, simulate, whatif, gof or fit"});
  std::ifstream file(path, std::ios::binary);
  std::string text{std::istreambuf_iterator<char>(file), {}};
  if (text.starts_with("\xEF\xBB\xBF")) text.erase(0, 3);  // a byte order mark would end up inside the page's list
  if (!file.is_open() || file.bad())
    throw Error({.what = "cannot read the result",
                 .where = {path},
                 .hint = "detente forecast RECORD --json RESULT.json writes one"});
  return text;
}

// Line and column, both from 1, of the byte at `offset`.
Place place_of(const std::string& path, std::string_view text, std::size_t offset) {
  Place place{path, 1, 1};
  for (const char c : text.substr(0, offset)) {
    if (c == '\n') {
      ++place.line;
      place.column = 1;
    } else if ((static_cast<unsigned char>(c) & 0xC0) != 0x80) {
      ++place.column;
    }
  }
  return place;
}

// The library says that a number is too large and not where: the first run of digits, outside of texts, that is none.
Place too_large_number(const std::string& path, std::string_view text) {
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (text[at] == '"') {
      for (++at; at < text.size() && text[at] != '"'; ++at) at += text[at] == '\\' ? 1 : 0;
      continue;
    }
    const std::size_t end = std::min(text.find_first_not_of("+-.0123456789eE", at), text.size());
    if (end == at) continue;
    double value = 0;
    const auto [rest, code] = std::from_chars(text.data() + at, text.data() + end, value);
    if (code == std::errc::result_out_of_range) return place_of(path, text, at);
    at = end - 1;
  }
  return {.file = path};
}

// The library follows arrays and objects by calls where it destroys and writes them.
void refuse_depth(const std::string& path, std::string_view text) {
  constexpr std::size_t most = 256;
  std::size_t depth = 0;
  for (std::size_t at = 0; at < text.size(); ++at) {
    const char c = text[at];
    if (c == '"') {
      for (++at; at < text.size() && text[at] != '"'; ++at) at += text[at] == '\\' ? 1 : 0;
    } else if (c == '[' || c == '{') {
      if (++depth > most)
        throw Error({.what = "nested too deep",
                     .where = place_of(path, text, at),
                     .expected = fmt::format("at most {} levels", most)});
    } else if (depth > 0 && (c == ']' || c == '}')) {
      --depth;
    }
  }
}

nlohmann::json parsed(const std::string& path, const std::string& text) {
  refuse_depth(path, text);
  try {
    return nlohmann::json::parse(text);
  } catch (const nlohmann::json::out_of_range&) {
    throw Error({.what = "a number too large", .where = too_large_number(path, text), .expected = "a finite number"});
  } catch (const nlohmann::json::parse_error& error) {
    throw Error({.what = "not JSON",
                 .where = place_of(path, text, error.byte > 0 ? error.byte - 1 : 0),
                 .got = text.empty()               ? "an empty file"
                        : error.byte > text.size() ? "the end of the file"
                                                   : printable(text.substr(error.byte - 1), 20),
                 .expected = "a result written by detente"});
  }
}

void check_result(const std::string& path, const nlohmann::json& result) {
  const auto wrong = [&](const std::string& what, const std::string& got, const std::string& expected) {
    throw Error({.what = what,
                 .where = {path},
                 .got = got,
                 .expected = expected,
                 .hint = "detente forecast RECORD --json RESULT.json writes a result"});
  };
  if (!result.is_object() || !result.contains("schema"))
    wrong("not a result of detente",
          result.is_object() ? "an object without 'schema'" : std::string(result.type_name()),
          "an object with \"schema\": \"detente/1\"");
  if (result["schema"] != schema)
    wrong("a result in a format that this version does not know", printable(result["schema"].dump()),
          fmt::format("\"{}\"", schema));
  const auto has = [&](std::string_view part) { return result.contains(part) && result[part].is_object(); };
  if (std::ranges::none_of(shown_parts, has))
    wrong("a result with nothing to show", fmt::format("none of {}", fmt::join(shown_parts, ", ")),
          "the result of detente forecast, backtest, profile, alliances, simulate, whatif, gof or fit");
}

std::string default_out(const std::string& first) {
  return std::filesystem::path(first).replace_extension(".html").string();
}

int report(const ReportOptions& options, const Streams& streams) {
  std::vector<std::string> texts;
  for (const std::string& path : options.results) {
    texts.push_back(read_text(path));
    check_result(path, parsed(path, texts.back()));
  }
  const std::string out = options.out.empty() ? default_out(options.results.front()) : options.out;
  for (const std::string& path : options.results) {
    std::error_code unknown;
    if (path == out || std::filesystem::equivalent(path, out, unknown))
      throw Error(
          {.what = "the report would replace a result", .where = {out}, .hint = "name another file with --out"});
  }
  write_file(out, make_page(texts));
  if (out != "-") fmt::print(streams.out, "{}\n", out);
  return 0;
}

}  // namespace

void add_report(CLI::App& app, Session& session) {
  CLI::App* command = app.add_subcommand("report", "Make one self-contained HTML page from results");
  const auto options = std::make_shared<ReportOptions>();
  command
      ->add_option("RESULT.json", options->results,
                   "Results to show, as written by detente forecast, backtest, profile, alliances, simulate, whatif, "
                   "gof or fit, in "
                   "any mix; the first is shown first")
      ->required()
      ->type_name("");
  command->add_option("--out", options->out, "The page to write (default: the first result's name with .html)")
      ->type_name("PAGE.html");
  command->callback(
      [options, &session] { session.job = [options, &session] { return report(*options, session.streams); }; });
}

}  // namespace detente::cli
