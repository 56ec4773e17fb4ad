#include "base/error.hpp"

#include <algorithm>
#include <cstdint>
#include <vector>

#include <fmt/format.h>

namespace detente {
namespace {

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

// Optimal string alignment: a substitution, an insertion, a deletion or a swap of neighbours costs 1; case costs nothing.
std::size_t edit_distance(std::string_view a, std::string_view b) {
  std::vector<std::size_t> before(b.size() + 1), last(b.size() + 1), row(b.size() + 1);
  for (std::size_t j = 0; j <= b.size(); ++j) row[j] = j;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    std::swap(before, last);
    std::swap(last, row);
    row[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const bool same = lower(a[i - 1]) == lower(b[j - 1]);
      row[j] = std::min({last[j - 1] + (same ? 0U : 1U), last[j] + 1, row[j - 1] + 1});
      const bool swapped = i > 1 && j > 1 && lower(a[i - 1]) == lower(b[j - 2]) && lower(a[i - 2]) == lower(b[j - 1]);
      if (swapped) row[j] = std::min(row[j], before[j - 2] + 1);
    }
  }
  return row[b.size()];
}

// Length of the valid UTF-8 sequence that starts at text[0], or 0.
std::size_t utf8_length(std::string_view text) {
  const auto byte = [&](std::size_t i) { return static_cast<std::uint8_t>(text[i]); };
  const std::uint8_t first = byte(0);
  if (first < 0x80) return 1;
  const std::size_t length = first >= 0xF0 && first < 0xF5 ? 4 : first >= 0xE0 ? 3 : first >= 0xC2 ? 2 : 0;
  if (length == 0 || first >= 0xF5 || text.size() < length) return 0;
  for (std::size_t i = 1; i < length; ++i)
    if ((byte(i) & 0xC0) != 0x80) return 0;
  return length;
}

// What stands in a message may come from a user's file: no line of it fills a screen.  How much is left out is said.
std::string cut(const std::string& text, std::size_t limit) {
  if (text.size() <= limit) return text;
  std::size_t end = 0;
  while (end < text.size()) {
    const std::size_t length = std::max<std::size_t>(1, utf8_length(std::string_view(text).substr(end)));
    if (end + length > limit) break;
    end += length;
  }
  return fmt::format("{}… ({} more bytes)", text.substr(0, end), text.size() - end);
}

constexpr std::size_t longest_place = 300;
constexpr std::size_t longest_line = 600;
constexpr std::size_t longest_list = 4000;  // of what there is to choose from

}  // namespace

std::string to_string(const Place& place) {
  std::string text = place.file;
  if (place.line > 0) text += fmt::format("{}{}", text.empty() ? "line " : ":", place.line);
  if (place.column > 0) text += fmt::format(":{}", place.column);
  return text;
}

std::string render(const Problem& problem, std::string_view level) {
  const std::string place = cut(to_string(problem.where), longest_place);
  std::string text =
      fmt::format("{}: {}{}{}", level, place, place.empty() ? "" : ": ", cut(problem.what, longest_line));
  if (!problem.excerpt.empty()) {
    text += "\n  ";
    for (const char c : problem.excerpt) {
      text += c;
      if (c == '\n') text += "  ";
    }
  }
  if (!problem.got.empty()) text += fmt::format("\n  got: {}", cut(problem.got, longest_line));
  if (!problem.expected.empty()) text += fmt::format("\n  expected: {}", cut(problem.expected, longest_list));
  if (!problem.hint.empty()) text += fmt::format("\n  hint: {}", cut(problem.hint, longest_list));
  return text;
}

Error::Error(Problem problem) : problem_(std::move(problem)), text_(render(problem_)) {}

std::string closest(std::string_view word, std::span<const std::string> candidates) {
  std::string best;
  std::size_t best_distance = std::max<std::size_t>(1, word.size() / 3) + 1;
  for (const std::string& candidate : candidates) {
    const std::size_t gap =
        candidate.size() > word.size() ? candidate.size() - word.size() : word.size() - candidate.size();
    if (gap >= best_distance) continue;
    if (const std::size_t distance = edit_distance(word, candidate); distance < best_distance) {
      best = candidate;
      best_distance = distance;
    }
  }
  return best;
}

std::string hint_for(std::string_view word, std::span<const std::string> candidates) {
  const std::string near = closest(word, candidates);
  return near.empty() ? "" : fmt::format("did you mean '{}'?", near);
}

std::string printable(std::string_view text, std::size_t limit) {
  std::string out;
  std::size_t i = 0;
  while (i < text.size() && out.size() < limit) {
    const std::size_t length = utf8_length(text.substr(i));
    const auto byte = static_cast<std::uint8_t>(text[i]);
    if (length == 0 || byte < 0x20 || byte == 0x7F) {
      out += fmt::format("\\x{:02x}", byte);
      ++i;
    } else {
      out += text.substr(i, length);
      i += length;
    }
  }
  if (i < text.size()) out += "…";
  return out;
}

}  // namespace detente
