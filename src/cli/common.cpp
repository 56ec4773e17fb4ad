#include "cli/common.hpp"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <filesystem>
#include <ostream>

#include <fmt/ostream.h>
#include <fmt/ranges.h>
#include <CLI/CLI.hpp>

#include "base/error.hpp"
#include "cli/format.hpp"
#include "io/presets.hpp"
#include "io/write_file.hpp"
#include "log/as_of.hpp"

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

void add_spelling_arguments(CLI::App& command, RecordArguments& arguments) {
  command.add_option("--separator", arguments.separator,
                     "What stands between the columns of a CSV file: , ; | or tab (without it: recognized, and said)");
  command
      .add_option("--encoding", arguments.encoding,
                  fmt::format("Encoding of CSV files: {}", fmt::join(encoding_names(), ", ")))
      ->check(CLI::IsMember(encoding_names()))
      ->capture_default_str();
  command.add_option("--decimal", arguments.decimal, "What stands before the decimals of a number: . or ,")
      ->check(CLI::IsMember({".", ","}))
      ->capture_default_str();
  command
      .add_option(
          "--dates", arguments.dates,
          fmt::format("How times are written, where not as 2025-01-22: {}", fmt::join(date_order_names(), ", ")))
      ->check(CLI::IsMember(date_order_names()))
      ->capture_default_str();
  command.add_option("--columns", arguments.columns,
                     "What the columns of events are called in the file: \"time=When,source=Who,target=Whom\"");
}

namespace {

void add_clock_arguments(CLI::App& command, RecordArguments& arguments) {
  command.add_option(
      "--observe-from", arguments.observe_from,
      "Where observation begins: a date, or a number on a clock of numbers; what happened before only makes "
      "history (without it: with the first event or tie; 0 with --preset remify)");
  command.add_option(
      "--unit", arguments.unit,
      "Of a record that counts time in plain numbers: what one of them is (s, min, h, d, w, mo, y), so that "
      "durations such as 90d can be read");
}

void read_clock_arguments(const RecordArguments& arguments, Record& record) {
  if (!arguments.unit.empty()) {
    const std::optional<TimeUnit> unit = time_unit_named(arguments.unit);
    if (!unit || record.clock == Clock::calendar)
      throw Error({.what = unit ? "the record is dated by the calendar, whose unit is the day"
                                : fmt::format("'{}' is no unit of time", printable(arguments.unit)),
                   .where = {.file = "--unit"},
                   .expected = unit ? "a record that counts time in plain numbers" : "s, min, h, d, w, mo or y"});
    record.unit_days = days_in(*unit);
  }
  if (arguments.observe_from.empty()) return;
  const auto from = parse_time(arguments.observe_from, record.clock);
  if (!from)
    throw Error({.what = fmt::format("cannot read the date '{}'", printable(arguments.observe_from)),
                 .where = {.file = "--observe-from"},
                 .expected = record.clock == Clock::calendar ? "a date such as 2025-01-22" : "a number"});
  record.observed_from = from->time;
  record.observed_from_is_given = true;
}

}  // namespace

void add_source_arguments(CLI::App& command, RecordArguments& arguments, const char* name, const char* help) {
  command.add_option(name, arguments.path, help)->required();
  command.add_option("--preset", arguments.preset, fmt::format("Column layout: {}", fmt::join(preset_names(), ", ")))
      ->check(CLI::IsMember(preset_names()))
      ->capture_default_str();
  add_spelling_arguments(command, arguments);
  add_clock_arguments(command, arguments);
  command.add_option("--bad", arguments.bad, "What to do with unusable rows: stop or set-aside")
      ->check(CLI::IsMember({"stop", "set-aside"}))
      ->capture_default_str();
}

void add_record_arguments(CLI::App& command, RecordArguments& arguments, const char* name, const char* help) {
  add_source_arguments(command, arguments, name, help);
  add_infer_ties(command, arguments.infer);
}

void add_infer_ties(CLI::App& command, InferArguments& arguments) {
  CLI::Option* asked =
      command.add_flag("--infer-ties", arguments.ties,
                       "Of a record without ties: infer alliances from its events, as ties of kind inferred");
  for (CLI::Option* option : add_infer_rule(command, arguments)) option->needs(asked);
}

std::vector<CLI::Option*> add_infer_rule(CLI::App& command, InferArguments& arguments) {
  return {command
              .add_option("--infer-halflife", arguments.half_life,
                          "Half-life of net cooperation between two, by which alliances are inferred")
              ->capture_default_str(),
          command
              .add_option("--infer-start", arguments.start,
                          "An inferred alliance starts when net cooperation reaches this, in units of intensity")
              ->check(above_zero)
              ->capture_default_str(),
          command
              .add_option("--infer-end", arguments.end,
                          "An inferred alliance ends when net cooperation falls below this; 0 = only by conflict")
              ->check(zero_or_above)
              ->capture_default_str()};
}

InferOptions read_infer_rule(const InferArguments& arguments, double unit_days) {
  const InferOptions rule{.half_life = read_duration(arguments.half_life, "--infer-halflife", unit_days),
                          .start = arguments.start,
                          .end = arguments.end};
  check_infer_options(rule);
  return rule;
}

LoadedRecord load(const RecordArguments& arguments, std::ostream& err) {
  LoadedRecord loaded = read_as_kept(arguments, err);
  infer_if_asked(arguments.infer, loaded);
  return loaded;
}

void infer_if_asked(const InferArguments& arguments, LoadedRecord& loaded, Time as_of) {
  if (!arguments.ties) return;
  const InferOptions rule = read_infer_rule(arguments, unit_of(loaded.record));
  Record& record = loaded.record;
  if (!record.ties.empty())
    throw Error({.what = "the record has ties of its own",
                 .where = {.file = "--infer-ties"},
                 .got = fmt::format("{} {} of {}", record.ties.size(), record.ties.size() == 1 ? "tie" : "ties",
                                    loaded.files.ties),
                 .expected = "a record without ties",
                 .hint = "leave it out; `detente alliances --inferred` shows inferred alliances beside recorded ones"});
  if (std::none_of(record.types.begin(), record.types.end(), [](const EventType& t) { return is_cooperation(t.quad); }))
    throw Error({.what = "no type of event is cooperation: there is nothing to infer alliances from",
                 .where = {.file = "--infer-ties"},
                 .hint = "say in types.csv which types are cooperation and which conflict (quad_class)"});
  const Time last = std::max(as_of, time_span(record).last);
  append_ties(record, infer_ties(record, rule, unknown_from(record.clock, last)));
  loaded.findings.add(
      Level::note, "inferred-ties",
      {.what = fmt::format("{} {} inferred from the events: half-life {:g}, from {:g} on, until below {:g}",
                           record.ties.size(), record.ties.size() == 1 ? "alliance" : "alliances", rule.half_life,
                           rule.start, rule.end),
       .where = {.file = loaded.files.events}});
}

Spelling spelling_of(const RecordArguments& arguments) {
  Spelling spelling;
  if (!arguments.separator.empty()) spelling.separator = separator_named(arguments.separator);
  spelling.encoding = encoding_named(arguments.encoding);
  spelling.decimal_comma = is_decimal_comma(arguments.decimal);
  spelling.dates = date_order_named(arguments.dates);
  if (!arguments.columns.empty()) spelling.columns = columns_named(arguments.columns);
  return spelling;
}

LoadedRecord read_as_kept(const RecordArguments& arguments, std::ostream& err) {
  RecordOptions options;
  options.preset = arguments.preset;
  options.bad = arguments.bad == "stop" ? BadRows::stop : BadRows::set_aside;
  options.events_only = is_events_only(arguments.path);
  options.spelling = spelling_of(arguments);
  LoadedRecord loaded = read_usable_record(arguments.path, options);
  read_clock_arguments(arguments, loaded.record);
  for (const TableCount& table : loaded.findings.tables)
    if (table.set_aside > 0)
      fmt::print(err, "note: {}: {} of {} rows set aside: `{}` says why\n", table.file, table.set_aside, table.read,
                 check_command(arguments.path, options));
  return loaded;
}

void print_silence(std::ostream& out, Time as_of, Time last, Clock clock) {
  if (const double silence = std::floor(as_of) - std::floor(last); silence >= 1)
    fmt::print(out, "note: the record ends {}; the {} days of silence until the as-of date are taken as quiet\n",
               format_time(last, clock), silence);
}

std::string above_zero(const std::string& text) {
  double value = 0;
  const bool good = CLI::detail::lexical_cast(text, value) && value > 0 && std::isfinite(value);
  return good ? "" : fmt::format("'{}' is no number above 0", printable(text));
}

std::string zero_or_above(const std::string& text) {
  double value = 0;
  const bool good = CLI::detail::lexical_cast(text, value) && value >= 0 && std::isfinite(value);
  return good ? "" : fmt::format("'{}' is no number from 0 on", printable(text));
}

namespace {

template <class Number>
CLI::Validator range_of_numbers(Number low, Number high) {
  const auto check = [low, high](const std::string& text) -> std::string {
    Number value{};
    const bool good = CLI::detail::lexical_cast(text, value) && value >= low && value <= high;
    return good ? "" : fmt::format("Value {} not in range [{} - {}]", printable(text), low, high);
  };
  return {check, CLI::Range(low, high).get_description()};
}

}  // namespace

CLI::Validator finite_range(double low, double high) { return range_of_numbers(low, high); }
CLI::Validator finite_range(int low, int high) { return range_of_numbers(low, high); }

void add_level(CLI::App& command, double& level) {
  command.add_option("--level", level, "Level of the coefficients' intervals")
      ->check(finite_range(0.01, 0.999))
      ->capture_default_str();
}

void add_seed(CLI::App& command, std::uint64_t& seed) {
  const auto whole =
      [](const std::string& text) -> std::string {  // the library reads -1 as the largest number there is
    const bool good = text.find_first_not_of("0123456789") == std::string::npos;
    return good ? "" : fmt::format("'{}' is no whole number from 0 on", printable(text));
  };
  command.add_option("--seed", seed, "Seed of all random numbers")->check(whole)->capture_default_str();
}

void add_threads(CLI::App& command, unsigned& threads) {
  command.add_option("--threads", threads, "Threads; 0 = all; results do not depend on it")
      ->check(finite_range(0, 1024))
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
