// Bytes of a text file as UTF-8.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace detente {

enum class Encoding : std::uint8_t { utf8, latin1, windows1252, utf16 };

// Of a file that comes in pieces: what is left over of one piece, half a letter, goes before the next.
class Decoder {
 public:
  explicit Decoder(Encoding encoding) : encoding_(encoding) {}
  [[nodiscard]] std::string decode(std::string_view bytes);

 private:
  [[nodiscard]] std::string decode_utf16(std::string_view bytes);

  Encoding encoding_;
  bool big_endian_ = false;
  bool started_ = false;
  std::string left_{};      // a byte of half a unit
  std::uint32_t high_ = 0;  // the first half of a letter of two units
};

}  // namespace detente
