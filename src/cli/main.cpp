#include <sys/ioctl.h>
#include <unistd.h>

#include <iostream>

#include "cli/cli.hpp"

namespace {

// 0 where standard output is no terminal, or one that does not know its width.
std::size_t terminal_columns() {
  winsize size{};
  return isatty(STDOUT_FILENO) == 1 && ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 ? size.ws_col : 0;
}

}  // namespace

int main(int argc, char** argv) {
  const std::vector<std::string> arguments(argv + 1, argv + argc);
  return detente::cli::run(arguments, {std::cout, std::cerr, isatty(STDERR_FILENO) == 1, terminal_columns()});
}
