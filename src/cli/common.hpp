// Options and habits that several commands share: one definition each.
#pragma once

#include <cstdint>
#include <iosfwd>
#include <string>
#include <vector>

#include "cli/command.hpp"
#include "io/record_source.hpp"
#include "memory/infer_ties.hpp"

namespace detente::cli {

// Alliances inferred from events, and by which rule.
struct InferArguments {
  bool ties = false;
  std::string half_life = "180d";
  double start = InferOptions{}.start;
  double end = InferOptions{}.end;
};

struct RecordArguments {
  std::string path;
  std::string preset = "detente";
  std::string bad = "stop";
  std::string observe_from{};
  std::string unit{};
  std::string separator{};
  std::string encoding = "utf-8";
  std::string decimal = ".";
  std::string dates = "as-written";
  std::string columns{};
  InferArguments infer{};
};

// The record alone; and with --infer-ties, for commands that read its ties.
void add_source_arguments(CLI::App& command, RecordArguments& arguments, const char* name, const char* help);
void add_record_arguments(CLI::App& command, RecordArguments& arguments, const char* name, const char* help);
// --infer-ties with its rule; the rule alone, for a command that infers without being asked.
void add_infer_ties(CLI::App& command, InferArguments& arguments);
std::vector<CLI::Option*> add_infer_rule(CLI::App& command, InferArguments& arguments);
[[nodiscard]] InferOptions read_infer_rule(const InferArguments& arguments, double unit_days);

// How the user says that its files are written; part of add_source_arguments().
void add_spelling_arguments(CLI::App& command, RecordArguments& arguments);
[[nodiscard]] Spelling spelling_of(const RecordArguments& arguments);
// The record as it is kept, with a note of rows that are set aside; load() has the ties that --infer-ties asks for as well.
[[nodiscard]] LoadedRecord read_as_kept(const RecordArguments& arguments, std::ostream& err);
[[nodiscard]] LoadedRecord load(const RecordArguments& arguments, std::ostream& err);
// Adds the inferred ties, if they are asked for, as known at the end of the record or of `as_of`, if that is later.
// Throws Error where the record has ties of its own, or no types that say what is cooperation.
void infer_if_asked(const InferArguments& arguments, LoadedRecord& loaded, Time as_of = always);

// Says so when the record ends, at `last`, before the as-of date.
void print_silence(std::ostream& out, Time as_of, Time last, Clock clock);

// A number above 0, or 0 or above it, said so.  Finite, as all numbers on the command line.
[[nodiscard]] std::string above_zero(const std::string& text);
[[nodiscard]] std::string zero_or_above(const std::string& text);
// Of these options the library's own check lets "nan" pass, which no comparison refuses.
[[nodiscard]] CLI::Validator finite_range(double low, double high);
[[nodiscard]] CLI::Validator finite_range(int low, int high);

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
  [[nodiscard]] std::ostream& err() const { return streams_.err; }

 private:
  Streams streams_;
  double last_shown_ = 0;
  bool drawn_ = false;
};

}  // namespace detente::cli
