// What a scenario says of a layer, against what the layer's model says it can be told: every key known, every value of its
// kind and in its range, every default filled in.  A model only reads.
#pragma once

#include <cstdint>
#include <limits>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/error.hpp"

namespace detente {

enum class SettingKind : std::uint8_t { number, whole, flag, word, words, numbers, duration };

struct SettingDoc {
  std::string_view name;
  SettingKind kind;
  std::string_view fallback;  // as it would be typed; empty: not given unless the scenario gives it
  std::string_view unit;      // empty for words and flags
  std::string_view meaning;
  double least = -std::numeric_limits<double>::infinity();  // inclusive; of numbers, and of each of a list
  double most = std::numeric_limits<double>::infinity();
  std::string_view choices = "";  // "complete|ring": of a word
  bool changes = false;           // whether it may change in the middle of a run
};

// A value as typed.  A duration is text ("30d") or a bare number of days.
struct Setting {
  std::variant<double, bool, std::string, std::vector<double>, std::vector<std::string>> value;
  Place where{};
};

using GivenSettings = std::map<std::string, Setting, std::less<>>;

// A value typed on the command line, as its documentation reads it: "0.26", "true", "[0.1, 0.2]", "ring".
[[nodiscard]] Setting parse_setting(std::string_view text, const SettingDoc& doc, const Place& where);

class Settings {
 public:
  // Throws Error: unknown key (with the closest known one), wrong kind, out of range, no such choice.
  // `table` names where they stand ("publics"), `file` the scenario.
  Settings(GivenSettings given, std::span<const SettingDoc> docs, std::string table, std::string file);

  [[nodiscard]] bool given(std::string_view key) const;  // by the scenario, or by a fallback
  [[nodiscard]] double number(std::string_view key) const;
  [[nodiscard]] std::size_t whole(std::string_view key) const;
  [[nodiscard]] bool flag(std::string_view key) const;
  [[nodiscard]] const std::string& word(std::string_view key) const;
  [[nodiscard]] std::vector<std::string> words(std::string_view key) const;
  [[nodiscard]] std::vector<double> numbers(std::string_view key) const;  // one number counts as a list of one
  [[nodiscard]] double days(std::string_view key) const;                  // of a duration

  [[nodiscard]] Place place(std::string_view key) const;  // where it is given, for messages
  // For what only the model can judge: two settings that contradict each other.
  [[noreturn]] void wrong(std::string_view key, std::string what, std::string expected = "",
                          std::string hint = "") const;

 private:
  [[nodiscard]] const Setting& at(std::string_view key) const;

  GivenSettings settings_;
  std::string table_;
  std::string file_;
};

}  // namespace detente
