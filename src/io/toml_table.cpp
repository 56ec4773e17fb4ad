#include "io/toml_table.hpp"

#include <algorithm>
#include <cerrno>
#include <cmath>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <optional>
#include <sstream>

#include <fmt/ranges.h>

namespace detente {
namespace {

std::optional<Duration> positive_duration(const toml::node& node) {
  if (const auto* text = node.as_string()) return parse_duration(text->get());
  const auto number = node.value<double>();
  return number && *number > 0 && std::isfinite(*number) ? std::optional<Duration>(*number) : std::nullopt;
}

// Both in the record's own unit, or both in days.
bool is_shorter(const Duration& a, const Duration& b) {
  if ((a.unit == TimeUnit::own) != (b.unit == TimeUnit::own)) return false;
  return a.on(1).value_or(0) < b.on(1).value_or(0);
}

}  // namespace

std::string read_toml(const std::string& path, const std::string& what, const std::string& expected) {
  if (std::error_code ignored; std::filesystem::is_directory(path, ignored))
    throw Error({.what = fmt::format("this is a folder, not {}", what), .where = {.file = path}, .expected = expected});
  std::ifstream file(path, std::ios::binary);
  std::ostringstream text;
  if (file) text << file.rdbuf();
  constexpr std::size_t largest = std::size_t{16} << 20U;
  if (text.view().size() > largest)
    throw Error({.what = fmt::format("this is too large for {}", what),
                 .where = {.file = path},
                 .got = fmt::format("{} bytes", text.view().size()),
                 .expected = fmt::format("at most {}", largest)});
  if (!file || file.bad())
    throw Error({.what = fmt::format("cannot read the {}: {}", what.substr(what.find(' ') + 1),
                                     std::strerror(errno == 0 ? EISDIR : errno)),
                 .where = {.file = path}});
  return text.str();
}

namespace {

// The library follows a dotted key by a call for each of its parts: 40,000 of them end the program.  Counted before it sees
// them: parts of one key, outside of texts and comments.
void refuse_deep_keys(std::string_view text, const std::string& name) {
  constexpr std::size_t most_parts = 128;
  std::size_t line = 1;
  std::size_t dots = 0;
  const auto skip_text = [&](std::size_t at) {  // from its opening quote to its closing one
    const std::string_view quotes = text.substr(at, 3);
    const bool three = quotes == "\"\"\"" || quotes == "'''";
    const std::string_view close = three ? quotes : quotes.substr(0, 1);
    for (at += close.size(); at < text.size() && !text.substr(at).starts_with(close); ++at) {
      if (text[at] == '\\' && close[0] == '"') ++at;
      if (at < text.size() && text[at] == '\n') {
        if (!three) return at;
        ++line;
      }
    }
    return at + close.size() - 1;
  };
  for (std::size_t at = 0; at < text.size(); ++at) {
    const char c = text[at];
    if (c == '"' || c == '\'') {
      at = skip_text(at);
    } else if (c == '#') {
      at = std::min(text.find('\n', at), text.size()) - 1;
    } else if (c == '.') {
      if (++dots >= most_parts)
        throw Error({.what = "not valid TOML: a key is nested too deep",
                     .where = {name, line, 0},
                     .expected = fmt::format("at most {} parts", most_parts)});
    } else if (c == '\n' || c == '=' || c == ',' || c == '[' || c == ']' || c == '{' || c == '}') {
      dots = 0;
      line += c == '\n' ? 1 : 0;
    }
  }
}

}  // namespace

toml::table parse_toml(std::string_view text, const std::string& name) {
  refuse_deep_keys(text, name);
  try {
    return toml::parse(text);
  } catch (const toml::parse_error& error) {
    throw Error({.what = fmt::format("not valid TOML: {}", error.description()),
                 .where = {name, error.source().begin.line, error.source().begin.column}});
  }
}

Names keys_of(const toml::table& table) {
  Names keys;
  for (const auto& [key, value] : table) keys.emplace_back(key.str());
  return keys;
}

TomlTable::TomlTable(const toml::table& table, std::string file, std::string name, const Names& known)
    : table_(table), file_(std::move(file)), name_(std::move(name)) {
  for (const auto& [key, value] : table_) {
    if (std::find(known.begin(), known.end(), key.str()) != known.end()) continue;
    throw Error({.what = fmt::format("unknown key '{}'{}", printable(key.str()), in_table()),
                 .where = place(value),
                 .expected = fmt::format("one of: {}", fmt::join(known, ", ")),
                 .hint = hint_for(key.str(), known)});
  }
}

void TomlTable::wrong(std::string_view key, std::string expected) const {
  throw Error({.what = fmt::format("cannot use the value of '{}'{}", key, in_table()),
               .where = place(*get(key)),
               .expected = std::move(expected)});
}

void TomlTable::not_for(std::string_view key, std::string_view kind, std::string hint) const {
  throw Error({.what = fmt::format("the key '{}'{} does not go with kind = \"{}\"", key, in_table(), kind),
               .where = place(*get(key)),
               .hint = std::move(hint)});
}

std::string TomlTable::text(std::string_view key, std::string_view expected) const {
  const auto* value = get(key)->as_string();
  if (value == nullptr) wrong(key, std::string(expected));
  return value->get();
}

Names TomlTable::words(std::string_view key, Names fallback) const {
  if (get(key) == nullptr) return fallback;
  if (const auto* one = get(key)->as_string()) return {one->get()};
  const auto* list = get(key)->as_array();
  if (list == nullptr) wrong(key, "a word, or a list of words");
  Names words;
  for (const toml::node& item : *list) {
    if (!item.is_string()) wrong(key, "a list of words");
    words.push_back(item.as_string()->get());
  }
  return words;
}

Duration TomlTable::duration(std::string_view key) const {
  if (const auto duration = positive_duration(*get(key))) return *duration;
  const auto* text = get(key)->as_string();
  wrong_duration(key, text == nullptr ? "" : text->get());
}

void TomlTable::wrong_duration(std::string_view key, std::string_view text) const {
  DurationAdvice advice = duration_advice(text, 1);
  throw Error({.what = fmt::format("cannot use the value of '{}'{}", key, in_table()),
               .where = place(*get(key)),
               .got = text.empty() ? "" : fmt::format("\"{}\"", printable(text)),
               .expected = std::move(advice.expected),
               .hint = std::move(advice.hint)});
}

double TomlTable::days(std::string_view key) const { return duration(key).on(1).value(); }

std::pair<Duration, Duration> TomlTable::interval(std::string_view key) const {
  const auto* ages = get(key)->as_array();
  if (ages != nullptr && ages->size() == 2) {
    const bool from_start = ages->front().value<double>() == 0.0;
    const auto from = from_start ? Duration{} : positive_duration(ages->front());
    const auto to = positive_duration(ages->back());
    if (from && to && (from_start || is_shorter(*from, *to))) return {*from, *to};
  }
  wrong(key, "two ages in the same unit, the younger first, such as [\"1d\", \"7d\"] or [0, \"7d\"]");
}

std::vector<std::pair<std::string, const toml::table*>> TomlTable::tables() const {
  std::vector<std::pair<std::string, const toml::table*>> found;
  for (const auto& [key, value] : table_) {
    if (!value.is_table()) wrong(key.str(), "a table");
    found.emplace_back(key.str(), value.as_table());
  }
  std::sort(found.begin(), found.end(), [](const auto& a, const auto& b) {
    const auto at = [](const toml::table* t) { return std::pair(t->source().begin.line, t->source().begin.column); };
    return at(a.second) < at(b.second);
  });
  return found;
}

}  // namespace detente
