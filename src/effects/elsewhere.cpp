#include "effects/elsewhere.hpp"

#include <algorithm>
#include <cctype>

#include "effects/elsewhere_page.hpp"

namespace detente {
namespace {

std::string_view take_until(std::string_view& rest, char end) {
  const std::size_t length = std::min(rest.find(end), rest.size());
  const std::string_view part = rest.substr(0, length);
  rest.remove_prefix(std::min(length + 1, rest.size()));
  return part;
}

std::string_view trimmed(std::string_view text) {
  const std::size_t from = text.find_first_not_of(' ');
  return from == std::string_view::npos ? "" : text.substr(from, text.find_last_not_of(' ') - from + 1);
}

std::string without_backticks(std::string_view text) {
  std::string plain(text);
  std::erase(plain, '`');
  return plain;
}

// Rows are "| theirs | ours | says |", below the head of a table and the line under it.
std::vector<EffectElsewhere> read_tables(std::string_view page) {
  std::vector<EffectElsewhere> rows;
  std::string section;
  bool in_table = false;
  while (!page.empty()) {
    std::string_view line = take_until(page, '\n');
    if (line.starts_with('#')) section = line.substr(line.find_first_not_of("# "));
    if (line.starts_with("|---")) {
      in_table = true;
    } else if (!line.starts_with('|')) {
      in_table = false;
    } else if (in_table) {
      line.remove_prefix(1);
      EffectElsewhere row{.section = section, .theirs = "", .term = "", .says = ""};
      row.theirs = without_backticks(trimmed(take_until(line, '|')));
      if (const std::string_view ours = trimmed(take_until(line, '|')); ours != "none")
        row.term = without_backticks(ours);
      row.says = without_backticks(trimmed(take_until(line, '|')));
      rows.push_back(std::move(row));
    }
  }
  return rows;
}

// What stands before the arguments.
std::string name_of(std::string_view effect) {
  std::string name(trimmed(effect.substr(0, effect.find_first_of("(, "))));
  std::transform(name.begin(), name.end(), name.begin(),
                 [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return name;
}

}  // namespace

std::span<const EffectElsewhere> effects_elsewhere() {
  static const std::vector<EffectElsewhere> rows = read_tables(elsewhere_page());
  return rows;
}

std::vector<EffectElsewhere> effects_elsewhere(std::string_view name) {
  std::vector<EffectElsewhere> found;
  if (const std::string wanted = name_of(name); !wanted.empty())
    std::ranges::copy_if(effects_elsewhere(), std::back_inserter(found),
                         [&](const EffectElsewhere& row) { return name_of(row.theirs) == wanted; });
  return found;
}

}  // namespace detente
