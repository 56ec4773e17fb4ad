#include "layers/settings.hpp"

#include <algorithm>
#include <cassert>
#include <charconv>
#include <cmath>

#include <fmt/format.h>

#include "base/duration.hpp"

namespace detente {
namespace {

std::vector<std::string> split(std::string_view text, char separator) {
  std::vector<std::string> parts;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find(separator), text.size());
    std::string_view part = text.substr(0, end);
    while (!part.empty() && part.front() == ' ') part.remove_prefix(1);
    while (!part.empty() && part.back() == ' ') part.remove_suffix(1);
    parts.emplace_back(part);
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return parts;
}

bool parse_number(std::string_view text, double& value) {
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  return error == std::errc() && end == text.data() + text.size() && std::isfinite(value);
}

std::string_view without_brackets(std::string_view text) {
  const bool bracketed = text.size() >= 2 && text.front() == '[' && text.back() == ']';
  return bracketed ? text.substr(1, text.size() - 2) : text;
}

std::string kind_of(const SettingDoc& doc) {
  switch (doc.kind) {
    case SettingKind::number: return "a number";
    case SettingKind::whole: return "a whole number";
    case SettingKind::flag: return "true or false";
    case SettingKind::word:
      return doc.choices.empty() ? "a word in quotes"
                                 : "one of: " + fmt::format("{}", fmt::join(split(doc.choices, '|'), ", "));
    case SettingKind::words: return "a list of words";
    case SettingKind::numbers: return "a list of numbers";
    case SettingKind::duration: return "a duration: \"30d\", \"12h\", \"2w\", \"6mo\", \"1y\"";
  }
  return "";
}

std::string range_of(const SettingDoc& doc) {
  std::string text = kind_of(doc);
  const bool least = std::isfinite(doc.least);
  const bool most = std::isfinite(doc.most);
  if (least && most) return fmt::format("{} from {} to {}", text, doc.least, doc.most);
  if (least) return fmt::format("{}, {} or more", text, doc.least);
  if (most) return fmt::format("{}, {} or less", text, doc.most);
  return text;
}

std::string typed(const Setting& setting) {
  struct Show {
    std::string operator()(double v) const { return fmt::format("{}", v); }
    std::string operator()(bool v) const { return v ? "true" : "false"; }
    std::string operator()(const std::string& v) const { return fmt::format("'{}'", printable(v)); }
    std::string operator()(const std::vector<double>& v) const { return fmt::format("[{}]", fmt::join(v, ", ")); }
    std::string operator()(const std::vector<std::string>& v) const {
      return fmt::format("['{}']", fmt::join(v, "', '"));
    }
  };
  return std::visit(Show{}, setting.value);
}

bool in_range(double value, const SettingDoc& doc) {
  return std::isfinite(value) && value >= doc.least && value <= doc.most;
}

bool fits(const Setting& setting, const SettingDoc& doc) {
  const auto* number = std::get_if<double>(&setting.value);
  const auto* numbers = std::get_if<std::vector<double>>(&setting.value);
  const auto* word = std::get_if<std::string>(&setting.value);
  const auto each = [&](const std::vector<double>& list) {
    return std::all_of(list.begin(), list.end(), [&](double v) { return in_range(v, doc); });
  };
  switch (doc.kind) {
    case SettingKind::number: return number != nullptr && in_range(*number, doc);
    case SettingKind::whole:
      return number != nullptr && in_range(*number, doc) && *number >= 0 && *number == std::floor(*number);
    case SettingKind::flag: return std::holds_alternative<bool>(setting.value);
    case SettingKind::word: {
      const std::vector<std::string> choices = split(doc.choices, '|');
      return word != nullptr && (choices.empty() || std::find(choices.begin(), choices.end(), *word) != choices.end());
    }
    case SettingKind::words: return word != nullptr || std::holds_alternative<std::vector<std::string>>(setting.value);
    case SettingKind::numbers:
      return (number != nullptr && in_range(*number, doc)) || (numbers != nullptr && each(*numbers));
    case SettingKind::duration:
      if (number != nullptr) return *number > 0 && in_range(*number, doc);
      return word != nullptr && duration_on(*word, 1).has_value() && in_range(*duration_on(*word, 1), doc);
  }
  return false;
}

}  // namespace

Setting parse_setting(std::string_view text, const SettingDoc& doc, const Place& where) {
  Setting setting{.value = std::string(text), .where = where};
  double number = 0;
  switch (doc.kind) {
    case SettingKind::number:
    case SettingKind::whole:
      if (parse_number(text, number)) setting.value = number;
      return setting;
    case SettingKind::flag:
      if (text == "true" || text == "false") setting.value = text == "true";
      return setting;
    case SettingKind::words: setting.value = split(without_brackets(text), ','); return setting;
    case SettingKind::numbers: {
      std::vector<double> list;
      for (const std::string& part : split(without_brackets(text), ',')) {
        if (!parse_number(part, number)) return setting;
        list.push_back(number);
      }
      setting.value = std::move(list);
      return setting;
    }
    case SettingKind::word:
    case SettingKind::duration: return setting;
  }
  return setting;
}

Settings::Settings(GivenSettings given, std::span<const SettingDoc> docs, std::string table, std::string file)
    : settings_(std::move(given)), table_(std::move(table)), file_(std::move(file)) {
  for (const auto& [key, setting] : settings_) {
    const auto doc =
        std::find_if(docs.begin(), docs.end(), [&key = key](const SettingDoc& d) { return d.name == key; });
    if (doc == docs.end()) {
      std::vector<std::string> known;
      for (const SettingDoc& one : docs) known.emplace_back(one.name);
      const std::string near = closest(key, known);
      throw Error({.what = fmt::format("unknown key '{}' in [{}]", printable(key), table_),
                   .where = setting.where,
                   .expected = fmt::format("one of: {}", fmt::join(known, ", ")),
                   .hint = near.empty() ? "" : fmt::format("did you mean '{}'?", near)});
    }
    if (!fits(setting, *doc)) {
      const auto* word = std::get_if<std::string>(&setting.value);
      const std::string near = word == nullptr ? "" : closest(*word, split(doc->choices, '|'));
      throw Error({.what = fmt::format("'{}' in [{}] cannot be that", key, table_),
                   .where = setting.where,
                   .got = typed(setting),
                   .expected = range_of(*doc),
                   .hint = near.empty() ? "" : fmt::format("did you mean '{}'?", near)});
    }
  }
  for (const SettingDoc& doc : docs)
    if (!doc.fallback.empty() && !settings_.contains(doc.name))
      settings_.emplace(doc.name, parse_setting(doc.fallback, doc, {.file = file_}));
}

bool Settings::given(std::string_view key) const { return settings_.contains(key); }

const Setting& Settings::at(std::string_view key) const {
  const auto found = settings_.find(key);
  if (found == settings_.end()) wrong(key, fmt::format("[{}] says nothing of '{}'", table_, key));
  return found->second;
}

double Settings::number(std::string_view key) const { return std::get<double>(at(key).value); }
std::size_t Settings::whole(std::string_view key) const { return static_cast<std::size_t>(number(key)); }
bool Settings::flag(std::string_view key) const { return std::get<bool>(at(key).value); }
const std::string& Settings::word(std::string_view key) const { return std::get<std::string>(at(key).value); }

std::vector<std::string> Settings::words(std::string_view key) const {
  const Setting& setting = at(key);
  if (const auto* word = std::get_if<std::string>(&setting.value)) return {*word};
  return std::get<std::vector<std::string>>(setting.value);
}

std::vector<double> Settings::numbers(std::string_view key) const {
  const Setting& setting = at(key);
  if (const auto* number = std::get_if<double>(&setting.value)) return {*number};
  return std::get<std::vector<double>>(setting.value);
}

double Settings::days(std::string_view key) const {
  const Setting& setting = at(key);
  if (const auto* number = std::get_if<double>(&setting.value)) return *number;
  return duration_on(std::get<std::string>(setting.value), 1).value();
}

Place Settings::place(std::string_view key) const {
  const auto found = settings_.find(key);
  return found == settings_.end() ? Place{.file = file_} : found->second.where;
}

void Settings::wrong(std::string_view key, std::string what, std::string expected, std::string hint) const {
  throw Error({.what = std::move(what), .where = place(key), .expected = std::move(expected), .hint = std::move(hint)});
}

}  // namespace detente
