// detente man: the man page, from the definitions of the options.
#include <ostream>

#include <fmt/ostream.h>
#include <fmt/ranges.h>
#include <CLI/CLI.hpp>

#include "cli/command_docs.hpp"

namespace detente::cli {
namespace {

// The code point that starts at `at`, which moves behind it.
unsigned code_point(const std::string& text, std::size_t& at) {
  const auto lead = static_cast<unsigned char>(text[at++]);
  if (lead < 0x80) return lead;
  unsigned code = lead & (lead >= 0xf0 ? 0x07U : lead >= 0xe0 ? 0x0fU : 0x1fU);
  for (; at < text.size() && (static_cast<unsigned char>(text[at]) & 0xc0U) == 0x80; ++at)
    code = code << 6U | (static_cast<unsigned char>(text[at]) & 0x3fU);
  return code;
}

// Text as man(7) takes it: nothing in it is a request, a hyphen is the one that people type, and all is ASCII.
std::string roff(const std::string& text) {
  std::string out = text.starts_with('.') || text.starts_with('\'') ? "\\&" : "";
  for (std::size_t at = 0; at < text.size();) {
    const unsigned code = code_point(text, at);
    if (code == '\\')
      out += "\\e";
    else if (code == '-')
      out += "\\-";
    else if (code == '\'')
      out += "\\(aq";
    else if (code == '`')
      out += "\\(ga";
    else if (code == '\n')
      out += ' ';
    else if (code < 0x80)
      out += static_cast<char>(code);
    else
      out += fmt::format("\\[u{:04X}]", code);
  }
  return out;
}

std::string bold(const std::string& text) { return fmt::format("\\fB{}\\fR", roff(text)); }
std::string slanted(const std::string& text) { return fmt::format("\\fI{}\\fR", roff(text)); }

std::string value_of(const OptionDoc& option) {
  if (option.takes == Takes::nothing) return "";
  std::string value =
      option.choices.empty() ? slanted(option.type) : roff(fmt::format("{}", fmt::join(option.choices, "|")));
  if (option.takes == Takes::maybe_a_value) value = fmt::format("[{}]", value);
  return " " + value;
}

void print_option(const OptionDoc& option, std::ostream& out) {
  std::vector<std::string> names;
  for (const std::string& name : option.names) names.push_back(name.starts_with('-') ? bold(name) : slanted(name));
  const bool positional = !option.names.front().starts_with('-');
  fmt::print(out, ".TP\n{}{}\n{}", fmt::join(names, ", "), positional && option.choices.empty() ? "" : value_of(option),
             roff(option.help));
  if (!option.fallback.empty()) fmt::print(out, " (default {})", roff(option.fallback));
  fmt::print(out, ".\n");
}

void print_synopsis(const CommandDoc& command, std::ostream& out) {
  fmt::print(out, "{} [{}]", bold("detente " + command.name), slanted("OPTIONS"));
  if (!command.commands.empty()) fmt::print(out, " {}", slanted("COMMAND"));
  for (const OptionDoc& positional : command.positionals) {
    const std::string name = fmt::format("{}{}", slanted(positional.names.front()), positional.repeats ? " ..." : "");
    if (positional.required)
      fmt::print(out, " {}", name);
    else
      fmt::print(out, " [{}]", name);
  }
  fmt::print(out, "\n");
}

void print_options(const CommandDoc& command, std::ostream& out) {
  for (const OptionDoc& positional : command.positionals) print_option(positional, out);
  for (const OptionDoc& option : command.options) print_option(option, out);
}

void print_man_page(const std::vector<CommandDoc>& docs, std::ostream& out) {
  fmt::print(out, ".\\\" Made by `detente man`.\n.TH DETENTE 1 \"\" \"detente {}\" \"User Commands\"\n",
             roff(DETENTE_VERSION));
  fmt::print(out, ".SH NAME\ndetente \\- fit, forecast and simulate alliances and rivalries\n");
  fmt::print(out, ".SH SYNOPSIS\n{} {} [{}] ...\n.SH DESCRIPTION\n{}\n.SH OPTIONS\n", bold("detente"),
             slanted("COMMAND"), slanted("OPTIONS"), roff(docs.front().help));
  print_options(docs.front(), out);
  fmt::print(out, ".SH COMMANDS\n");
  for (std::size_t k = 1; k < docs.size(); ++k) {
    fmt::print(out, ".SS {}\n", roff(docs[k].name));
    print_synopsis(docs[k], out);
    fmt::print(out, ".PP\n{}.\n", roff(docs[k].help));
    print_options(docs[k], out);
  }
  fmt::print(out,
             ".SH EXIT STATUS\n.TP\n0\nDone.\n.TP\n1\nThe run itself failed, such as on a full disk.\n.TP\n2\nThe "
             "command or the data cannot be used; the message says where and why.\n");
  fmt::print(out,
             ".SH EXAMPLES\n.nf\ndetente init town\ndetente check town\ndetente fit town \\-\\-model town/model.toml\n"
             "detente forecast town \\-\\-model town/model.toml \\-\\-as\\-of last \\-\\-json forecast.json\n"
             "detente report forecast.json\n.fi\n");
}

}  // namespace

void add_man(CLI::App& app, Session& session) {
  auto* command = app.add_subcommand("man", "Print the man page: every command and option");
  command->callback([&app, &session] {
    session.job = [&app, &session] {
      print_man_page(command_docs(app), session.streams.out);
      return 0;
    };
  });
}

}  // namespace detente::cli
