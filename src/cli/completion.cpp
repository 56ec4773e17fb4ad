// detente completion: scripts that complete commands, options and their values, from the definitions of the options.
#include <algorithm>
#include <memory>
#include <ostream>

#include <fmt/ostream.h>
#include <fmt/ranges.h>
#include <CLI/CLI.hpp>

#include "cli/command_docs.hpp"

namespace detente::cli {
namespace {

using Docs = std::vector<CommandDoc>;

// The text with a backslash before each of `marked`.
std::string escaped(const std::string& text, std::string_view marked) {
  std::string out;
  for (const char c : text) {
    if (marked.find(c) != std::string_view::npos) out += '\\';
    out += c;
  }
  return out;
}

// Inside single quotes of bash and zsh.
std::string single_quoted(const std::string& text) {
  std::string out = "'";
  for (const char c : text) out += c == '\'' ? std::string("'\\''") : std::string(1, c);
  return out + "'";
}

std::vector<std::string> option_names(const CommandDoc& command) {
  std::vector<std::string> names;
  for (const OptionDoc& option : command.options) names.insert(names.end(), option.names.begin(), option.names.end());
  return names;
}

// ---- bash

// How the value of an option is completed, as a statement.
std::string bash_value(const OptionDoc& option) {
  if (!option.choices.empty()) return fmt::format("_detente_words \"{}\"", fmt::join(option.choices, " "));
  return option.is_number() ? ":" : "_detente_files";
}

void bash_values(const CommandDoc& command, std::ostream& out) {
  for (const OptionDoc& option : command.options) {
    if (option.takes != Takes::a_value) continue;
    std::vector<std::string> patterns;
    for (const std::string& name : option.names) patterns.push_back(fmt::format("\"{} {}\"", command.name, name));
    fmt::print(out, "    {}) {}; return ;;\n", fmt::join(patterns, "|"), bash_value(option));
  }
}

void bash_words(const CommandDoc& command, std::ostream& out) {
  std::vector<std::string> words = command.commands;
  for (const OptionDoc& positional : command.positionals)
    words.insert(words.end(), positional.choices.begin(), positional.choices.end());
  const bool files = words.empty() && !command.positionals.empty();
  fmt::print(out, "    \"{}\") options=\"{}\"; words=\"{}\"; files={} ;;\n", command.name,
             fmt::join(option_names(command), " "), fmt::join(words, " "), files ? "yes" : "");
}

void print_bash(const Docs& docs, std::ostream& out) {
  fmt::print(out, R"bash(# Completion of detente in bash.  Made by `detente completion bash`.
_detente_words() {{ mapfile -t COMPREPLY < <(compgen -W "$1" -- "$current"); }}
_detente_files() {{
  mapfile -t COMPREPLY < <(compgen -f -- "$current")
  compopt -o filenames 2>/dev/null
}}
_detente() {{
  local current="${{COMP_WORDS[COMP_CWORD]}}" before="${{COMP_WORDS[COMP_CWORD-1]}}" command="" options words files k
  COMPREPLY=()
  # bash splits --option=value into three words.
  if [[ $current == "=" ]]; then
    current=""
  elif [[ $before == "=" ]]; then
    before="${{COMP_WORDS[COMP_CWORD-2]}}"
  fi
  for ((k = 1; k < COMP_CWORD; k++)); do
    case "$command ${{COMP_WORDS[k]}}" in
)bash");
  for (const CommandDoc& command : docs)
    for (const std::string& below : command.commands)
      fmt::print(out, "      \"{0} {1}\") command=\"{0}{2}{1}\" ;;\n", command.name, below,
                 command.name.empty() ? "" : " ");
  fmt::print(out, "    esac\n  done\n  case \"$command $before\" in\n");
  for (const CommandDoc& command : docs) bash_values(command, out);
  fmt::print(out, "  esac\n  case \"$command\" in\n");
  for (const CommandDoc& command : docs) bash_words(command, out);
  fmt::print(out, R"bash(  esac
  if [[ $current == -* ]]; then
    _detente_words "$options"
  elif [[ $files ]]; then
    _detente_files
  else
    _detente_words "$words"
  fi
}}
complete -F _detente detente
)bash");
}

// ---- zsh

std::string function_name(const CommandDoc& command) {
  std::string name = "_detente";
  if (!command.name.empty()) name += "_" + command.name;
  std::replace(name.begin(), name.end(), ' ', '_');
  return name;
}

// The message and the action behind an option: files, one of some words, or anything.
std::string zsh_value(const OptionDoc& option) {
  const std::string message = escaped(option.type.empty() ? "value" : option.type, ":\\");
  if (!option.choices.empty()) return fmt::format("{}:({})", message, fmt::join(option.choices, " "));
  return fmt::format("{}:{}", message, option.is_number() ? " " : "_files");
}

void zsh_options(const CommandDoc& command, std::ostream& out) {
  for (const OptionDoc& option : command.options)
    for (const std::string& name : option.names) {
      const std::string others = option.repeats ? "*" : fmt::format("({})", fmt::join(option.names, " "));
      std::string spec = fmt::format("{}{}{}[{}]", others, name,
                                     option.takes == Takes::nothing ? ""
                                     : name.starts_with("--")       ? "="
                                                                    : "+",
                                     escaped(option.help, "[]\\"));
      if (option.takes != Takes::nothing)
        spec += fmt::format("{}{}", option.takes == Takes::maybe_a_value ? "::" : ":", zsh_value(option));
      fmt::print(out, " \\\n    {}", single_quoted(spec));
    }
}

void zsh_function(const CommandDoc& command, const Docs& docs, std::ostream& out) {
  fmt::print(out, "{}() {{\n", function_name(command));
  if (!command.commands.empty()) fmt::print(out, "  local context state line\n  typeset -A opt_args\n");
  fmt::print(out, "  _arguments{} -s", command.commands.empty() ? "" : " -C");
  zsh_options(command, out);
  if (!command.commands.empty()) {
    fmt::print(out, " \\\n    '1:command:->command' \\\n    '*::argument:->argument'\n");
    fmt::print(out, "  case $state in\n    command)\n      local -a commands=(");
    for (const CommandDoc& below : docs)
      for (const std::string& name : command.commands)
        if (below.name == (command.name.empty() ? name : command.name + " " + name))
          fmt::print(out, "\n        {}", single_quoted(fmt::format("{}:{}", name, escaped(below.help, ":\\"))));
    fmt::print(out, ")\n      _describe command commands ;;\n    argument)\n      case $line[1] in\n");
    for (const std::string& name : command.commands)
      fmt::print(out, "        {}) {}_{} ;;\n", name, function_name(command), name);
    fmt::print(out, "      esac ;;\n  esac\n");
  } else {
    for (const OptionDoc& positional : command.positionals)
      fmt::print(out, " \\\n    {}",
                 single_quoted(fmt::format(
                     "{}:{}:{}", positional.repeats ? "*" : "", positional.names.front(),
                     positional.choices.empty() ? "_files" : fmt::format("({})", fmt::join(positional.choices, " ")))));
    fmt::print(out, "\n");
  }
  fmt::print(out, "}}\n");
}

void print_zsh(const Docs& docs, std::ostream& out) {
  fmt::print(out, "#compdef detente\n# Completion of detente in zsh.  Made by `detente completion zsh`.\n");
  for (const CommandDoc& command : docs) zsh_function(command, docs, out);
  fmt::print(out, "_detente \"$@\"\n");
}

// ---- fish

std::string fish_quoted(const std::string& text) { return fmt::format("'{}'", escaped(text, "'\\")); }

// Whether the words before the cursor chose this command.
std::string fish_condition(const CommandDoc& command) {
  if (command.name.empty()) return "__fish_use_subcommand";
  std::string condition;
  std::size_t from = 0;
  while (from <= command.name.size()) {
    const std::size_t to = std::min(command.name.find(' ', from), command.name.size());
    condition += fmt::format("{}__fish_seen_subcommand_from {}", condition.empty() ? "" : "; and ",
                             command.name.substr(from, to - from));
    from = to + 1;
  }
  return condition;
}

void fish_option(const OptionDoc& option, const std::string& start, std::ostream& out) {
  fmt::print(out, "{}", start);
  for (const std::string& name : option.names)
    fmt::print(out, " {} {}", name.starts_with("--") ? "-l" : "-s", name.substr(name.starts_with("--") ? 2 : 1));
  if (option.takes == Takes::a_value)
    fmt::print(out, "{}", option.choices.empty() && !option.is_number() ? " -r -F" : " -x");
  if (!option.choices.empty()) fmt::print(out, " -a \"{}\"", fmt::join(option.choices, " "));
  fmt::print(out, " -d {}\n", fish_quoted(option.help));
}

void print_fish(const Docs& docs, std::ostream& out) {
  fmt::print(out, "# Completion of detente in fish.  Made by `detente completion fish`.\n");
  for (const CommandDoc& command : docs) {
    const std::string start = fmt::format("complete -c detente -n \"{}\"", fish_condition(command));
    for (const std::string& name : command.commands) {
      const auto below = std::find_if(docs.begin(), docs.end(), [&](const CommandDoc& one) {
        return one.name == (command.name.empty() ? name : command.name + " " + name);
      });
      fmt::print(out, "{} -f -a {} -d {}\n", start, name, fish_quoted(below->help));
    }
    for (const OptionDoc& positional : command.positionals)
      if (!positional.choices.empty()) fmt::print(out, "{} -f -a \"{}\"\n", start, fmt::join(positional.choices, " "));
    for (const OptionDoc& option : command.options) fish_option(option, start, out);
  }
}

}  // namespace

void add_completion(CLI::App& app, Session& session) {
  auto* command = app.add_subcommand("completion", "Print a script that completes commands and options in a shell");
  auto shell = std::make_shared<std::string>();
  command->add_option("SHELL", *shell, "bash, zsh or fish")->required()->check(CLI::IsMember({"bash", "zsh", "fish"}));
  command->callback([&app, shell, &session] {
    session.job = [&app, shell, &session] {
      const Docs docs = command_docs(app);
      (*shell == "bash" ? print_bash : *shell == "zsh" ? print_zsh : print_fish)(docs, session.streams.out);
      return 0;
    };
  });
}

}  // namespace detente::cli
