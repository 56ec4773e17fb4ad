// Fingerprints of data for provenance: XXH3, 128 bits, as 32 hexadecimal digits.
#pragma once

#include <span>
#include <string>
#include <string_view>

namespace detente {

[[nodiscard]] std::string fingerprint(std::string_view bytes);

// Fingerprint of a file's bytes, read in pieces.  Throws Error when the file cannot be read.
[[nodiscard]] std::string fingerprint_file(const std::string& path);

}  // namespace detente
