// Whether something fits in memory is said before it is asked for, with the figures.
#pragma once

#include <cstdint>
#include <string_view>

#include "base/error.hpp"

namespace detente {

// Bytes that can still be had: what the kernel calls available, and less where a control group allows less.
[[nodiscard]] std::uint64_t available_memory();

// "3.2 GB"
[[nodiscard]] std::string bytes_text(double bytes);

// Throws Error at `where` when `bytes` are more than are available.  `what` names it: "a network of 100,000,000 people".
void require_memory(double bytes, std::string_view what, const Place& where, std::string_view hint = "");

}  // namespace detente
