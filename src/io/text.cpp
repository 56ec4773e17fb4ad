#include "io/text.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>

namespace detente {
namespace {

// Bytes of the well-formed sequence at the front of `text` (Unicode 15, table 3-7), or 0.
std::size_t sequence_length(std::string_view text) {
  const auto byte = [&](std::size_t i) {
    return i < text.size() ? static_cast<std::uint8_t>(text[i]) : std::uint8_t{0};
  };
  const auto follows = [&](std::size_t i) { return (byte(i) & 0xC0U) == 0x80U; };
  const std::uint8_t first = byte(0);
  const std::uint8_t second = byte(1);
  if (first < 0x80) return 1;
  if (first < 0xC2 || first > 0xF4 || !follows(1)) return 0;
  if (first < 0xE0) return 2;
  if (first < 0xF0) {
    const bool overlong = first == 0xE0 && second < 0xA0;
    const bool surrogate = first == 0xED && second >= 0xA0;
    return !overlong && !surrogate && follows(2) ? 3 : 0;
  }
  const bool out_of_range = (first == 0xF0 && second < 0x90) || (first == 0xF4 && second >= 0x90);
  return !out_of_range && follows(2) && follows(3) ? 4 : 0;
}

}  // namespace

TextFault fault_in(std::string_view text) {
  const bool plain = std::all_of(text.begin(), text.end(), [](char c) { return c > 0; });
  if (plain) return TextFault::none;
  if (text.find('\0') != std::string_view::npos) return TextFault::nul;
  while (!text.empty()) {
    const std::size_t length = sequence_length(text);
    if (length == 0) return TextFault::bad_utf8;
    text.remove_prefix(length);
  }
  return TextFault::none;
}

}  // namespace detente
