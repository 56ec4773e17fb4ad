// What `simulate` and `whatif` share: a scenario read and changed, its record and fit, and the table of its read-outs.
#pragma once

#include <csignal>
#include <iosfwd>
#include <memory>
#include <string>
#include <vector>

#include "cli/common.hpp"
#include "io/result.hpp"
#include "io/scenario_file.hpp"
#include "simulate/leaders_fit.hpp"
#include "simulate/whatif.hpp"

namespace detente::cli {

struct ScenarioArguments {
  std::string path;
  std::vector<std::string> sets{};
  std::string replicates{};  // R, or FIRST:COUNT
  std::string seed{};
  unsigned threads = 0;
  std::string json{};
};

void add_scenario_arguments(CLI::App& command, ScenarioArguments& arguments);

void add_checkpoint(CLI::App& command, std::string& path);
void print_interrupted(const std::string& checkpoint, std::ostream& err);

// A scenario ready to run: with the record loaded and the model fitted to what is known at its start, if it has leaders.
class Staged {
 public:
  Staged(const ScenarioArguments& arguments, ProgressLine& line);

  [[nodiscard]] const Scenario& scenario() const { return scenario_; }
  [[nodiscard]] std::size_t first_replicate() const { return first_; }
  [[nodiscard]] std::unique_ptr<WorldStart> start(const Scenario& scenario) const;
  [[nodiscard]] const LeadersFit* leaders() const { return leaders_.get(); }
  [[nodiscard]] Json result(const std::string& command, const Session& session) const;
  // What the replicates depend on, as one word.
  [[nodiscard]] std::string identity() const;

 private:
  Scenario scenario_;
  std::size_t first_ = 0;
  LoadedRecord loaded_;
  std::unique_ptr<LeadersFit> leaders_;
  std::vector<std::string> sets_;
};

// Names to show first: those watched, then others, at most `most`.
[[nodiscard]] std::vector<std::size_t> shown_read_outs(const Scenario& scenario, const SimulationRun& run,
                                                       std::size_t most);
// What the layers brought about, a line each, and the most frequent of the ties that start.
void print_happenings(const WorldStart& start, const SimulationRun& run, std::ostream& out);
void print_leaders_notes(const WorldStart& start, const LeadersFit* leaders, std::ostream& out);
[[nodiscard]] std::string readable(double value);

// True once Ctrl-C was pressed while it lives; a second one ends the program at once.
class Interrupt {
 public:
  Interrupt();
  ~Interrupt();
  Interrupt(const Interrupt&) = delete;
  Interrupt& operator=(const Interrupt&) = delete;
  [[nodiscard]] static bool asked();
};

}  // namespace detente::cli
