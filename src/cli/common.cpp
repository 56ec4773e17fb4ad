#include "cli/common.hpp"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <filesystem>
#include <ostream>

#include <fmt/ostream.h>
#include <CLI/CLI.hpp>

#include "base/error.hpp"
#include "io/write_file.hpp"

namespace detente::cli {
namespace {

// A folder or a database is a record; any other file, or SQL, is its events alone.
bool is_events_only(const std::string& path) {
  std::error_code ignored;
  if (std::filesystem::is_directory(path, ignored)) return false;
  for (const char* suffix : {".duckdb", ".ddb", ".db", ".sqlite", ".sqlite3"})
    if (path.ends_with(suffix)) return false;
  return std::filesystem::exists(path, ignored) || path.find(' ') != std::string::npos;
}

}  // namespace

void add_record_arguments(CLI::App& command, RecordArguments& arguments, const char* name, const char* help) {
  command.add_option(name, arguments.path, help)->required();
  command.add_option("--preset", arguments.preset, "Column layout: detente, tkg or remify")
      ->check(CLI::IsMember({"detente", "tkg", "remify"}))
      ->capture_default_str();
  command.add_option("--bad", arguments.bad, "What to do with unusable rows: stop or set-aside")
      ->check(CLI::IsMember({"stop", "set-aside"}))
      ->capture_default_str();
}

LoadedRecord load(const RecordArguments& arguments) {
  RecordOptions options;
  options.preset = arguments.preset;
  options.bad = arguments.bad == "stop" ? BadRows::stop : BadRows::set_aside;
  options.events_only = is_events_only(arguments.path);
  return read_usable_record(arguments.path, options);
}

std::string above_zero(const std::string& text) {
  double value = 0;
  const bool good = CLI::detail::lexical_cast(text, value) && value > 0 && std::isfinite(value);
  return good ? "" : fmt::format("'{}' is no number above 0", printable(text));
}

void add_level(CLI::App& command, double& level) {
  command.add_option("--level", level, "Level of the coefficients' intervals")
      ->check(CLI::Range(0.01, 0.999))
      ->capture_default_str();
}

void add_seed(CLI::App& command, std::uint64_t& seed) {
  command.add_option("--seed", seed, "Seed of all random numbers")->capture_default_str();
}

void add_threads(CLI::App& command, unsigned& threads) {
  command.add_option("--threads", threads, "Threads; 0 = all; results do not depend on it")
      ->check(CLI::Range(0, 1024))
      ->capture_default_str();
}

void check_outputs(const std::vector<std::string>& paths) {
  if (std::count(paths.begin(), paths.end(), "-") > 1)
    throw Error({.what = "two results cannot both be written to standard output",
                 .where = {.file = "-"},
                 .hint = "give one of them a file"});
  for (const std::string& path : paths)
    if (!path.empty()) check_can_write(path);
}

void add_json(CLI::App& command, std::string& path) {
  command.add_option("--json", path, "Write the result as JSON to this file (- for standard output)");
}

void ProgressLine::show(const std::string& text) {
  if (!streams_.terminal) return;
  const double now = std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count();
  if (drawn_ && now - last_shown_ < 0.1) return;
  last_shown_ = now;
  drawn_ = true;
  fmt::print(streams_.err, "\r\033[K{}", text);
  streams_.err.flush();
}

void ProgressLine::clear() {
  if (drawn_) fmt::print(streams_.err, "\r\033[K");
  drawn_ = false;
}

}  // namespace detente::cli
