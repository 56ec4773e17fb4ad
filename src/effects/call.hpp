// One call in a formula, as parsed: name(argument, key=value, ...), with the position of each part in the text.
#pragma once

#include <string>
#include <vector>

namespace detente {

struct CallArgument {
  std::string key;  // empty for a positional argument
  std::string value;
  std::size_t position = 0;
};

struct Call {
  std::string name;
  std::size_t position = 0;
  std::vector<CallArgument> arguments;
};

// What a formula gets wrong, with the offset of the character; the caller adds file, line and excerpt.
struct FormulaProblem {
  std::string what;
  std::size_t position;
  std::string expected;
  std::string hint;
};

}  // namespace detente
