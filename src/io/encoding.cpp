#include "io/encoding.hpp"

#include <array>

namespace detente {
namespace {

void append_utf8(std::string& out, std::uint32_t letter) {
  const auto put = [&](std::uint32_t byte) { out += static_cast<char>(byte); };
  if (letter < 0x80) return put(letter);
  if (letter < 0x800) return put(0xC0U | letter >> 6U), put(0x80U | (letter & 0x3FU));
  if (letter < 0x10000)
    return put(0xE0U | letter >> 12U), put(0x80U | (letter >> 6U & 0x3FU)), put(0x80U | (letter & 0x3FU));
  put(0xF0U | letter >> 18U), put(0x80U | (letter >> 12U & 0x3FU)), put(0x80U | (letter >> 6U & 0x3FU)),
      put(0x80U | (letter & 0x3FU));
}

// Windows-1252 has letters where Latin-1 has control characters, from 0x80 to 0x9F; 0 = none.
constexpr std::array<std::uint16_t, 32> windows{0x20AC, 0,      0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021,
                                                0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0,      0x017D, 0,
                                                0,      0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014,
                                                0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0,      0x017E, 0x0178};

}  // namespace

std::string Decoder::decode(std::string_view bytes) {
  if (encoding_ == Encoding::utf8) return std::string(bytes);
  if (encoding_ == Encoding::utf16) return decode_utf16(bytes);
  std::string out;
  out.reserve(bytes.size());
  for (const char c : bytes) {
    const auto byte = static_cast<std::uint8_t>(c);
    const bool own = encoding_ == Encoding::windows1252 && byte >= 0x80 && byte < 0xA0 && windows[byte - 0x80U] != 0;
    append_utf8(out, own ? windows[byte - 0x80U] : byte);
  }
  return out;
}

std::string Decoder::decode_utf16(std::string_view bytes) {
  std::string all = left_ + std::string(bytes);
  std::string out;
  std::size_t at = 0;
  for (; at + 1 < all.size(); at += 2) {
    const auto a = static_cast<std::uint8_t>(all[at]);
    const auto b = static_cast<std::uint8_t>(all[at + 1]);
    if (!started_) {
      started_ = true;
      big_endian_ = a == 0xFE && b == 0xFF;
      if (big_endian_ || (a == 0xFF && b == 0xFE)) continue;
    }
    const std::uint32_t unit = big_endian_ ? a << 8U | b : b << 8U | a;
    if (unit >= 0xD800 && unit < 0xDC00) {
      high_ = unit;
    } else if (unit >= 0xDC00 && unit < 0xE000 && high_ != 0) {
      append_utf8(out, 0x10000U + ((high_ - 0xD800U) << 10U) + (unit - 0xDC00U));
      high_ = 0;
    } else {
      append_utf8(out, unit);
    }
  }
  left_ = all.substr(at);
  return out;
}

}  // namespace detente
