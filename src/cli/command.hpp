// One file per command.  Each adds its subcommand with its options to the app and leaves the work in `job`.
#pragma once

#include <functional>
#include <string>

#include "cli/cli.hpp"

namespace CLI {  // NOLINT(readability-identifier-naming): the library's own name
class App;
class Validator;
class Option;
}  // namespace CLI

namespace detente::cli {

inline constexpr int run_failed = 1;  // the exit code of work that was asked rightly and did not succeed

struct Session {
  Streams streams;
  std::string command_line;    // as typed, for provenance
  std::function<int()> job{};  // set by the chosen subcommand
};

void add_alliances(CLI::App& app, Session& session);
void add_backtest(CLI::App& app, Session& session);
void add_check(CLI::App& app, Session& session);
void add_completion(CLI::App& app, Session& session);
void add_effects(CLI::App& app, Session& session);
void add_fit(CLI::App& app, Session& session);
void add_forecast(CLI::App& app, Session& session);
void add_init(CLI::App& app, Session& session);
void add_man(CLI::App& app, Session& session);
void add_gof(CLI::App& app, Session& session);
void add_profile(CLI::App& app, Session& session);
void add_report(CLI::App& app, Session& session);
void add_scenario(CLI::App& app, Session& session);
void add_simulate(CLI::App& app, Session& session);
void add_whatif(CLI::App& app, Session& session);

}  // namespace detente::cli
