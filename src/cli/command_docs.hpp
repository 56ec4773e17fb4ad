// What the command line can say, as data: read off the definitions of the options, for the man page and for the shells.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "cli/command.hpp"

namespace detente::cli {

enum class Takes : std::uint8_t { nothing, maybe_a_value, a_value };

struct OptionDoc {
  std::vector<std::string> names{};  // "-h", "--help"; of a positional one name, without dashes
  Takes takes = Takes::nothing;
  std::string type{};                  // TEXT, FLOAT, UINT, ...
  std::vector<std::string> choices{};  // of which it is one; empty = free
  std::string fallback{};
  std::string help{};
  bool required = false;
  bool repeats = false;

  [[nodiscard]] bool is_number() const { return type == "FLOAT" || type == "UINT" || type == "INT"; }
};

struct CommandDoc {
  std::string name{};  // "fit", "scenario new"; empty for the program itself
  std::string help{};
  std::vector<OptionDoc> options{};
  std::vector<OptionDoc> positionals{};
  std::vector<std::string> commands{};  // below it, by their last words
};

// The program, then each of its commands, each followed by those below it.
[[nodiscard]] std::vector<CommandDoc> command_docs(const CLI::App& app);

}  // namespace detente::cli
