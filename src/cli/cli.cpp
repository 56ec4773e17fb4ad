#include "cli/cli.hpp"

#include <exception>
#include <filesystem>
#include <new>
#include <ostream>

#include <fmt/format.h>
#include <fmt/ostream.h>
#include <CLI/CLI.hpp>

#include "base/error.hpp"
#include "cli/command.hpp"

#ifndef DETENTE_VERSION
#define DETENTE_VERSION "unknown"
#endif

namespace detente::cli {
namespace {

constexpr int usage_or_data = 2;

std::string shell_quoted(const std::string& word) {
  const bool plain = !word.empty() && word.find_first_not_of(
                                          "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
                                          "_-./=:,+@") == std::string::npos;
  if (plain) return word;
  std::string quoted = "'";
  for (const char c : word) quoted += c == '\'' ? std::string("'\\''") : std::string(1, c);
  return quoted + "'";
}

const CLI::App* chosen_command(const CLI::App& app) {
  const auto chosen = app.get_subcommands();
  return chosen.empty() ? nullptr : chosen.front();
}

// "--sed" is close to "--seed", "chek" to "check".
std::string similar(const CLI::App& app, const std::string& word) {
  std::vector<std::string> names;
  const CLI::App* command = chosen_command(app);
  if (!word.starts_with('-') && command == nullptr)
    for (const CLI::App* one : app.get_subcommands({})) names.push_back(one->get_name());
  if (word.starts_with('-'))
    for (const CLI::Option* option : (command == nullptr ? &app : command)->get_options())
      if (!option->get_lnames().empty()) names.push_back("--" + option->get_lnames().front());
  return closest(word.substr(0, word.find('=')), names);
}

Problem no_command(const CLI::App& app) {
  std::vector<std::string> names;
  for (const CLI::App* one : app.get_subcommands({})) names.push_back(one->get_name());
  return {.what = "no command was given", .expected = fmt::format("one of: {}", fmt::join(names, ", "))};
}

// "--preset: remfy not in {detente,tkg,remify}", as CLI11 says it, as what was expected and a hint.
Problem with_choices(const std::string& message) {
  const auto open = message.find(" not in {");
  const auto colon = message.find(": ");
  if (open == std::string::npos || colon > open || !message.ends_with('}')) return {.what = message};
  const std::string word = message.substr(colon + 2, open - colon - 2);
  std::vector<std::string> choices{""};
  for (const char c : message.substr(open + 9, message.size() - open - 10))
    if (c == ',')
      choices.emplace_back();
    else
      choices.back() += c;
  const std::string near = closest(word, choices);
  return {.what = fmt::format("{} cannot be '{}'", message.substr(0, colon), printable(word)),
          .expected = fmt::format("one of: {}", fmt::join(choices, ", ")),
          .hint = near.empty() ? "" : fmt::format("did you mean '{}'?", near)};
}

// What nothing on the command line asked for comes first: it is the likeliest reason why something else is missing.
Problem usage_problem(const CLI::App& app, const CLI::ParseError& error) {
  const std::vector<std::string> extras = app.remaining(true);
  if (extras.empty() && chosen_command(app) == nullptr) return no_command(app);
  if (extras.empty()) return with_choices(error.what());
  const std::string& word = extras.front();
  const std::string near = similar(app, word);
  const char* kind = word.starts_with('-')            ? "unknown option"
                     : chosen_command(app) == nullptr ? "unknown command"
                                                      : "unexpected argument";
  return {.what = fmt::format("{} '{}'", kind, printable(word)),
          .hint = near.empty() ? "" : fmt::format("did you mean '{}'?", near)};
}

int usage_error(const CLI::App& app, const CLI::ParseError& error, std::ostream& err) {
  const CLI::App* command = chosen_command(app);
  fmt::print(err, "{}\n", render(usage_problem(app, error)));
  fmt::print(err, "  help: detente{} --help\n", command == nullptr ? "" : " " + command->get_name());
  return usage_or_data;
}

void flush(std::ostream& out) {
  out.flush();
  if (!out) throw std::runtime_error("cannot write to standard output: is the disk full?");
}

constexpr int go_on = -1;

// The exit code where the command line already says all: help, the version, or a mistake.
int parse(CLI::App& app, const std::vector<std::string>& arguments, const Streams& streams) {
  try {
    app.parse(std::vector<std::string>(arguments.rbegin(), arguments.rend()));
    return go_on;
  } catch (const CLI::ParseError& error) {
    if (error.get_exit_code() != 0) return usage_error(app, error, streams.err);
    const int code = app.exit(error, streams.out, streams.err);
    flush(streams.out);
    return code;
  }
}

}  // namespace

int run(const std::vector<std::string>& arguments, Streams streams) {
  CLI::App app{
      "Détente fits, forecasts and simulates alliances and rivalries from a dated record of who did what to whom.",
      "detente"};
  app.set_version_flag("--version", "detente " DETENTE_VERSION);
  app.require_subcommand(1);
  Session session{streams, "detente"};
  for (const std::string& argument : arguments) session.command_line += " " + shell_quoted(argument);
  add_init(app, session);
  add_alliances(app, session);
  add_check(app, session);
  add_effects(app, session);
  add_fit(app, session);
  add_forecast(app, session);
  add_backtest(app, session);
  add_gof(app, session);
  add_profile(app, session);
  add_report(app, session);
  add_simulate(app, session);
  add_whatif(app, session);
  add_scenario(app, session);
  add_completion(app, session);
  add_man(app, session);
  try {
    if (const int code = parse(app, arguments, streams); code != go_on) return code;
    const int code = session.job();
    flush(streams.out);
    return code;
  } catch (const Error& error) {
    const auto chosen = app.get_subcommands();
    fmt::print(streams.err, "{}\n", error.what());
    if (!chosen.empty()) fmt::print(streams.err, "  help: detente {} --help\n", chosen.front()->get_name());
    return usage_or_data;
  } catch (const std::bad_alloc&) {
    fmt::print(streams.err, "error: not enough memory for this\n");
    return run_failed;
  } catch (const std::filesystem::filesystem_error& error) {  // a path that the system does not take
    fmt::print(streams.err, "error: {}: {}\n", printable(error.path1().string(), 200), error.code().message());
    return usage_or_data;
  } catch (const std::exception& error) {
    fmt::print(streams.err, "error: {}\n", error.what());
    return run_failed;
  }
}

}  // namespace detente::cli
