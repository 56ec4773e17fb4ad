// The command line, callable from main() and from tests: arguments in, text out, an exit code back.
// 0 done, 1 the run failed, 2 usage or data.
#pragma once

#include <cstddef>
#include <iosfwd>
#include <string>
#include <vector>

namespace detente::cli {

struct Streams {
  std::ostream& out;
  std::ostream& err;
  bool terminal = false;    // is `err`: progress is drawn only there
  std::size_t columns = 0;  // of the terminal that `out` is; 0 = it is none, and nothing is cut
};

[[nodiscard]] int run(const std::vector<std::string>& arguments, Streams streams);

}  // namespace detente::cli
