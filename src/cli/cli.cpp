#include "cli/cli.hpp"

#include <exception>
#include <ostream>

#include <CLI/CLI.hpp>
#include <fmt/format.h>
#include <fmt/ostream.h>

#include "base/error.hpp"
#include "cli/command.hpp"

#ifndef DETENTE_VERSION
#define DETENTE_VERSION "unknown"
#endif

namespace detente::cli {
namespace {

constexpr int run_failed = 1;
constexpr int usage_or_data = 2;

std::string shell_quoted(const std::string& word) {
  const bool plain = !word.empty() && word.find_first_not_of("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
                                                             "_-./=:,+@") == std::string::npos;
  if (plain) return word;
  std::string quoted = "'";
  for (const char c : word) quoted += c == '\'' ? std::string("'\\''") : std::string(1, c);
  return quoted + "'";
}

// "--sed" is close to "--seed": the hint of a usage error.
std::string option_hint(const CLI::App& app, const std::string& message) {
  std::vector<std::string> names;
  for (const CLI::App* command : app.get_subcommands({})) names.push_back(command->get_name());
  for (const CLI::App* command : app.get_subcommands())
    for (const CLI::Option* option : command->get_options()) names.push_back("--" + option->get_single_name());
  const auto last_space = message.find_last_of(' ');
  return closest(message.substr(last_space == std::string::npos ? 0 : last_space + 1), names);
}

int usage_error(const CLI::App& app, const CLI::ParseError& error, std::ostream& err) {
  const auto chosen = app.get_subcommands();
  const std::string command = chosen.empty() ? "detente" : "detente " + chosen.front()->get_name();
  fmt::print(err, "error: {}\n", error.what());
  if (const std::string hint = option_hint(app, error.what()); !hint.empty())
    fmt::print(err, "  hint: did you mean '{}'?\n", hint);
  fmt::print(err, "  help: {} --help\n", command);
  return usage_or_data;
}

}  // namespace

int run(const std::vector<std::string>& arguments, Streams streams) {
  CLI::App app{"Détente fits, forecasts and simulates alliances and rivalries from a dated record of who did what to whom.",
               "detente"};
  app.set_version_flag("--version", "detente " DETENTE_VERSION);
  app.require_subcommand(1);
  Session session{streams, "detente"};
  for (const std::string& argument : arguments) session.command_line += " " + shell_quoted(argument);
  add_check(app, session);
  add_effects(app, session);
  add_fit(app, session);
  add_forecast(app, session);
  add_report(app, session);
  try {
    app.parse(std::vector<std::string>(arguments.rbegin(), arguments.rend()));
    const int code = session.job();
    streams.out.flush();
    if (!streams.out) throw std::runtime_error("cannot write to standard output: is the disk full?");
    return code;
  } catch (const CLI::ParseError& error) {
    if (error.get_exit_code() == 0) return app.exit(error, streams.out, streams.err);
    return usage_error(app, error, streams.err);
  } catch (const Error& error) {
    const auto chosen = app.get_subcommands();
    fmt::print(streams.err, "{}\n", error.what());
    if (!chosen.empty()) fmt::print(streams.err, "  help: detente {} --help\n", chosen.front()->get_name());
    return usage_or_data;
  } catch (const std::exception& error) {
    fmt::print(streams.err, "error: {}\n", error.what());
    return run_failed;
  }
}

}  // namespace detente::cli
