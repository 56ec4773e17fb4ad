// TOML as users write it: a table whose keys are all known, with the place of each value in what is wrong with it.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <fmt/format.h>
#include <toml++/toml.h>

#include "base/duration.hpp"
#include "base/error.hpp"

namespace detente {

using Names = std::vector<std::string>;

// The text of a file.  Throws Error: it is a folder, or cannot be read.  `what` names it: "a model".
[[nodiscard]] std::string read_toml(const std::string& path, const std::string& what, const std::string& expected);
// Throws Error with file, line and column.
[[nodiscard]] toml::table parse_toml(std::string_view text, const std::string& name);

[[nodiscard]] Names keys_of(const toml::table& table);

// A TOML table whose keys are all known, with the place of each value.
class TomlTable {
 public:
  TomlTable(const toml::table& table, std::string file, std::string name, const Names& known);

  [[nodiscard]] Place place(const toml::node& node) const {
    return {file_, node.source().begin.line, node.source().begin.column};
  }

  [[nodiscard]] const toml::node* get(std::string_view key) const { return table_.get(key); }

  [[noreturn]] void wrong(std::string_view key, std::string expected) const;

  [[noreturn]] void not_for(std::string_view key, std::string_view kind, std::string hint = "remove it") const;

  [[nodiscard]] std::string text(std::string_view key, std::string_view expected) const;

  // One word or a list of words.
  [[nodiscard]] Names words(std::string_view key, Names fallback) const;

  [[nodiscard]] Duration duration(std::string_view key) const;
  [[nodiscard]] double days(std::string_view key) const;  // of a clock whose unit is the day
  // Two ages, the first of which may be 0.
  [[nodiscard]] std::pair<Duration, Duration> interval(std::string_view key) const;

  template <class Choice>
  [[nodiscard]] Choice choice(std::string_view key, const std::vector<std::pair<std::string, Choice>>& choices) const {
    if (get(key) == nullptr) return choices.front().second;
    Names names;
    for (const auto& [name, value] : choices) names.push_back(name);
    const std::string expected = fmt::format("one of: {}", fmt::join(names, ", "));
    const std::string given = text(key, expected);
    for (const auto& [name, value] : choices)
      if (name == given) return value;
    wrong(key, expected);
  }

  // Sub-tables by name, in the order of the file.
  [[nodiscard]] std::vector<std::pair<std::string, const toml::table*>> tables() const;

 private:
  [[noreturn]] void wrong_duration(std::string_view key, std::string_view text) const;
  [[nodiscard]] std::string in_table() const { return name_.empty() ? "" : fmt::format(" in [{}]", name_); }

  const toml::table& table_;
  std::string file_;
  std::string name_;
};

}  // namespace detente
