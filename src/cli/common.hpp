// Options and habits that several commands share: one definition each.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "cli/command.hpp"
#include "io/record_source.hpp"

namespace detente::cli {

struct RecordArguments {
  std::string path;
  std::string preset = "detente";
  std::string bad = "stop";
};

void add_record_arguments(CLI::App& command, RecordArguments& arguments, const char* name, const char* help);
[[nodiscard]] LoadedRecord load(const RecordArguments& arguments);

// A number above 0, said so.
[[nodiscard]] std::string above_zero(const std::string& text);

void add_level(CLI::App& command, double& level);
void add_seed(CLI::App& command, std::uint64_t& seed);
void add_threads(CLI::App& command, unsigned& threads);
// Throws Error when a result could not be written: before the work, not after it.
void check_outputs(const std::vector<std::string>& paths);

void add_json(CLI::App& command, std::string& path);

// Progress on standard error, redrawn in place; silent when it is no terminal.
class ProgressLine {
 public:
  explicit ProgressLine(const Streams& streams) : streams_(streams) {}
  ~ProgressLine() { clear(); }
  ProgressLine(const ProgressLine&) = delete;
  ProgressLine& operator=(const ProgressLine&) = delete;
  void show(const std::string& text);
  void clear();

 private:
  Streams streams_;
  double last_shown_ = 0;
  bool drawn_ = false;
};

}  // namespace detente::cli
