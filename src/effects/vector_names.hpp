// The vectors in a list of attributes, by name: view.1 and view.2, or view.left and view.right, are components of `view`.
// Arguments::vector (arguments.hpp) is defined beside them.
#pragma once

#include <string>
#include <vector>

namespace detente {

[[nodiscard]] std::vector<std::string> vectors_in(const std::vector<std::string>& attributes);

}  // namespace detente
