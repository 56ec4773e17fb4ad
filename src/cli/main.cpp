#include <unistd.h>

#include <iostream>

#include "cli/cli.hpp"

int main(int argc, char** argv) {
  const std::vector<std::string> arguments(argv + 1, argv + argc);
  return detente::cli::run(arguments, {std::cout, std::cerr, isatty(STDERR_FILENO) == 1});
}
