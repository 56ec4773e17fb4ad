// The text of docs/guide/effects_elsewhere.md.
#pragma once

#include <string_view>

namespace detente {

[[nodiscard]] std::string_view elsewhere_page();

}  // namespace detente
