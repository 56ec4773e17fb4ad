// detente check: is this record usable, and what is odd about it?
#include <algorithm>
#include <memory>
#include <ostream>

#include <fmt/ostream.h>
#include <fmt/ranges.h>
#include <CLI/CLI.hpp>

#include "cli/command.hpp"
#include "cli/common.hpp"
#include "io/check_result.hpp"
#include "io/presets.hpp"
#include "io/record_source.hpp"
#include "io/write_file.hpp"

namespace detente::cli {
namespace {

constexpr int usable = 0;
constexpr int unusable = 2;
constexpr std::size_t examples = 3;  // of each kind of finding; --csv lists all

std::string value(const CLI::App& command, const std::string& option, const std::string& otherwise = "") {
  const CLI::Option* given = command.get_option(option);
  return given->count() > 0 ? given->as<std::string>() : otherwise;
}

std::string indented(const std::string& text, std::string_view by) {
  std::string out(by);
  for (const char c : text) {
    out += c;
    if (c == '\n') out += by;
  }
  return out;
}

std::string counted(std::size_t count, std::string_view noun) {
  return fmt::format("{} {}{}", count, noun, count == 1 ? "" : "s");
}

void print_tables(std::ostream& out, const Findings& findings) {
  fmt::print(out, "{:<12}{:>12}{:>12}{:>12}   file\n", "table", "read", "kept", "set aside");
  for (const TableCount& t : findings.tables)
    fmt::print(out, "{:<12}{:>12}{:>12}{:>12}   {}\n", t.table, t.read, t.kept, t.set_aside, t.file);
}

void print_counts(std::ostream& out, const Record& record) {
  const Span span = time_span(record);
  fmt::print(out, "\n{} of {} between {}, {}, {}", counted(record.events.size(), "event"),
             counted(record.types.size(), "type"), counted(record.actors.size(), "actor"),
             counted(record.ties.size(), "tie"), counted(record.attributes.size(), "attribute"));
  if (const std::size_t pairs = record.pair_attributes.size(); pairs > 0)
    fmt::print(out, ", {} of pairs", counted(pairs, "attribute"));
  if (!record.series.empty()) fmt::print(out, ", {} series", record.series.size());
  if (span.first <= span.last)
    fmt::print(out, "; from {} to {}", format_time(span.first, record.clock), format_time(span.last, record.clock));
  fmt::print(out, "\n");
}

// The findings of one code, which share their level.
struct Group {
  Level level;
  std::string code;
  std::vector<const Finding*> findings{};
};

std::vector<Group> grouped(const Findings& findings) {
  std::vector<Group> groups;
  for (const Finding& finding : findings.list) {
    auto group = std::find_if(groups.begin(), groups.end(),
                              [&](const Group& g) { return g.code == finding.code && g.level == finding.level; });
    if (group == groups.end()) group = groups.insert(groups.end(), {finding.level, finding.code});
    group->findings.push_back(&finding);
  }
  std::stable_sort(groups.begin(), groups.end(), [](const Group& a, const Group& b) { return a.level > b.level; });
  return groups;
}

void print_findings(std::ostream& out, const Findings& findings) {
  for (const Group& group : grouped(findings)) {
    fmt::print(out, "\n{} ({})\n", group.code, counted(group.findings.size(), to_string(group.level)));
    for (std::size_t i = 0; i < std::min(examples, group.findings.size()); ++i)
      fmt::print(out, "{}\n", indented(render(group.findings[i]->problem, to_string(group.level)), "  "));
    if (group.findings.size() > examples)
      fmt::print(out, "  ... and {} more (--csv FILE lists all)\n", group.findings.size() - examples);
  }
}

RecordOptions options_of(const CLI::App& command, const RecordArguments& given) {
  RecordOptions options;
  options.spelling = spelling_of(given);
  options.preset = value(command, "--preset", options.preset);
  options.bad = value(command, "--bad", "stop") == "stop" ? BadRows::stop : BadRows::set_aside;
  options.events_only = command.get_option("--events")->count() > 0;
  return options;
}

// The record that the command line names.
LoadedRecord read(const CLI::App& command, RecordOptions options, const Streams& streams) {
  const std::string record = value(command, "record");
  if (record.empty() != options.events_only)
    throw Error({.what = options.events_only ? "a record and --events were both given" : "no record was given",
                 .expected = "a record, or --events with a file or SQL text"});
  ProgressLine line(streams);
  options.progress = [&line](std::size_t rows) { line.show(fmt::format("{} rows of events read", rows)); };
  return read_record(options.events_only ? value(command, "--events") : record, options);
}

void print(std::ostream& out, const LoadedRecord& loaded) {
  const Findings& findings = loaded.findings;
  print_tables(out, findings);
  print_counts(out, loaded.record);
  print_findings(out, findings);
  fmt::print(out, "\n{}, {}, {}\n", counted(findings.count(Level::error), "error"),
             counted(findings.count(Level::warning), "warning"), counted(findings.count(Level::note), "note"));
  out.flush();
}

int check(const CLI::App& command, const RecordArguments& given, const Streams& streams) {
  const RecordOptions options = options_of(command, given);
  check_outputs({value(command, "--json"), value(command, "--csv")});
  LoadedRecord loaded = read(command, options, streams);
  infer_if_asked(given.infer, loaded);
  const std::string csv = value(command, "--csv");
  const std::string json = value(command, "--json");
  if (csv != "-" && json != "-") print(streams.out, loaded);
  if (!csv.empty()) write_file(csv, findings_csv(loaded.findings));
  if (!json.empty()) write_file(json, check_json(loaded));

  const std::size_t rows = unusable_rows(loaded.findings);
  if (rows == 0 || options.bad == BadRows::set_aside) return usable;
  fmt::print(streams.err,
             "error: {} cannot be used\n  hint: mend {}, or give other commands --bad set-aside to go on without {}\n",
             counted(rows, "row"), rows == 1 ? "it" : "them", rows == 1 ? "it" : "them");
  return unusable;
}

}  // namespace

void add_check(CLI::App& app, Session& session) {
  CLI::App* command = app.add_subcommand("check", "Read a record and say what is unusable or odd about it");
  command->add_option("record", "A folder with events.csv, or a DuckDB or SQLite file")->type_name("RECORD");
  command
      ->add_option("--events",
                   "Only events: a CSV, TSV, Parquet or JSON file (also .gz, .zst), or SQL that DuckDB runs")
      ->type_name("FILE-or-SQL");
  command->add_option("--preset")
      ->description(fmt::format("Column layout: {}", fmt::join(preset_names(), ", ")))
      ->type_name("NAME")
      ->check(CLI::IsMember(preset_names()));
  command->add_option("--bad", "What to do with unusable rows: stop (exit 2) or set-aside (exit 0)")
      ->type_name("WHAT")
      ->check(CLI::IsMember({"stop", "set-aside"}));
  command->add_option("--csv", "Write every finding to this file as CSV (- for standard output)")->type_name("FILE");
  command->add_option("--json", "Write the whole result to this file as JSON (- for standard output)")
      ->type_name("FILE");
  const auto given = std::make_shared<RecordArguments>();
  add_spelling_arguments(*command, *given);
  add_infer_ties(*command, given->infer);
  command->callback(
      [=, &session] { session.job = [=, &session] { return check(*command, *given, session.streams); }; });
}

}  // namespace detente::cli
