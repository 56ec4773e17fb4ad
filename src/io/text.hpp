// Is a cell text?  Sources hand over bytes; a record holds UTF-8 without NUL.
#pragma once

#include <string_view>

namespace detente {

enum class TextFault { none, nul, bad_utf8 };

[[nodiscard]] TextFault fault_in(std::string_view text);

}  // namespace detente
