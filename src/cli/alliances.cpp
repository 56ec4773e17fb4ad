// detente alliances: which alliances are in force as of a date, and how each stands.
#include <algorithm>
#include <cmath>
#include <limits>
#include <memory>
#include <ostream>

#include <fmt/ostream.h>
#include <CLI/CLI.hpp>

#include "cli/command.hpp"
#include "cli/common.hpp"
#include "cli/format.hpp"
#include "forecast/alliances.hpp"
#include "io/alliances_result.hpp"
#include "io/write_file.hpp"
#include "log/as_of.hpp"

namespace detente::cli {
namespace {

struct AlliancesArguments {
  RecordArguments record;
  std::string as_of;
  std::string ties = "cooperative";
  bool inferred = false;
  bool sensitivity = false;
  std::size_t top = std::numeric_limits<std::size_t>::max();
  std::string json;
  std::string csv;
};

// "180 days", "180" on a clock of numbers.
std::string duration(double length, Clock clock) {
  return fmt::format("{:g}{}", length, clock == Clock::calendar ? " days" : "");
}

std::string last_event(const AllianceState& state, const Record& record) {
  if (!state.last) return "none";
  const Event& e = record.events[*state.last];
  const EventType& type = record.types[e.type];
  const std::string date = format_time(e.time, record.clock);
  return fmt::format("{} {} → {}: {}", e.precision == Precision::month ? date.substr(0, 7) : date,
                     printable(record.actors[e.sender].id, 30), printable(record.actors[e.receiver].id, 30),
                     type.label.empty() ? type.code : type.label);
}

// Without the minus sign of what rounds to nothing.
double shown(double value) { return std::abs(value) < 0.05 ? 0 : value; }

std::string balance(double value) { return std::abs(value) < 0.05 ? "0.0" : fmt::format("{:+.1f}", value); }

void print_table(const Alliances& alliances, std::size_t top, const Streams& streams) {
  std::ostream& out = streams.out;
  const Record& record = alliances.known;
  const auto names_of = [&](const AllianceState& state) {
    const Tie& tie = record.ties[state.tie];
    return record.actors[tie.a].name + " – " + record.actors[tie.b].name;
  };
  std::vector<std::string> names;
  for (std::size_t k = 0; k < std::min(top, alliances.list.size()); ++k) names.push_back(names_of(alliances.list[k]));
  const std::size_t width = name_width(names, {.usual = 34, .beside = 110, .columns = streams.columns});
  fmt::print(out, "{}  {:<10}  {:<10}  {:>7}  {:>8}  {:>7}  {:>7}  {:>11}  {:>6}  {}\n",
             fitted("alliance (a – b)", width), "kind", "since", "age", "strength", "recent", "ledger", "slights a/b",
             "events", "last event");
  for (std::size_t k = 0; k < std::min(top, alliances.list.size()); ++k) {
    const AllianceState& state = alliances.list[k];
    const Tie& tie = record.ties[state.tie];
    fmt::print(out, "{}  {:<10}  {:<10}  {:>7.6g}  {:>8.1f}  {:>7}  {:>7}  {:>11}  {:>6}  {}\n",
               fitted(names_of(state), width), tie.kind, format_time(tie.start, record.clock), state.age,
               shown(state.strength), fmt::format("+{} -{}", state.recent_cooperation, state.recent_conflict),
               balance(state.ledger), fmt::format("{:.1f}/{:.1f}", state.slights_a, state.slights_b),
               state.events_behind, last_event(state, record));
  }
  if (alliances.list.size() > top)
    fmt::print(out, "({} more; without --top all are shown)\n", alliances.list.size() - top);
}

void print_legend(const Alliances& alliances, std::ostream& out) {
  const AllianceOptions& options = alliances.options;
  const Clock clock = alliances.known.clock;
  fmt::print(out,
             "\nstrength  cooperation less conflict, both ways, by intensity, with a half-life of {}\n"
             "recent    acts of cooperation (+) and of conflict (-) in the last {}\n"
             "ledger    material cooperation a gave less what it received, with a half-life of {}; above 0: b owes a\n"
             "slights   conflict that a, and that b, received and has not returned, with a half-life of {}\n",
             duration(options.rule.half_life, clock), duration(options.recent, clock),
             duration(options.ledger_half_life, clock), duration(options.rule.half_life, clock));
  if (alliances.inferred)
    fmt::print(out, "inferred  {}strength reached {:g}, and has not fallen below {:g} since\n",
               options.inferred ? "" : "no tie was recorded by then; ", options.rule.start, options.rule.end);
}

std::string share(double value) { return std::isnan(value) ? "-" : fmt::format("{:.0f} %", 100 * value); }

void print_sensitivity(const std::vector<InferOutcome>& outcomes, std::ostream& out) {
  fmt::print(out, "\nInferred alliances by rule, up to the as-of date\n\n");
  fmt::print(out, "{:>9}  {:>5}  {:>5}  {:>9}  {:>8}  {:>8}  {:>15}  {:>16}  {:>17}\n", "half-life", "start", "end",
             "alliances", "ruptures", "in force", "median duration", "recorded covered", "inferred recorded");
  for (const InferOutcome& one : outcomes)
    fmt::print(out, "{:>9g}  {:>5g}  {:>5g}  {:>9}  {:>8}  {:>8}  {:>15}  {:>16}  {:>17}\n", one.rule.half_life,
               one.rule.start, one.rule.end, one.episodes, one.ruptures, one.in_force,
               one.median_duration == never ? "-" : fmt::format("{:.6g}", one.median_duration),
               share(one.recorded_covered), share(one.inferred_recorded));
  fmt::print(out,
             "\nrecorded covered   of the time with a recorded cooperative tie, the part with an inferred one\n"
             "inferred recorded  of the time with an inferred alliance, the part with a recorded cooperative tie\n");
}

void print_notes(const Alliances& alliances, const Record& record, std::ostream& out) {
  print_silence(out, alliances.options.as_of, time_span(record).last, record.clock);
  if (alliances.list.empty()) fmt::print(out, "note: no alliance is in force at the as-of date\n");
  if (alliances.inferred && std::none_of(record.types.begin(), record.types.end(),
                                         [](const EventType& type) { return is_cooperation(type.quad); }))
    fmt::print(out, "note: no type of event is cooperation (quad_class in types.csv): none can be inferred\n");
  fmt::print(out, "These are estimates of behaviour in a public record, not judgements of people.\n");
}

int run_alliances(const AlliancesArguments& arguments, const Session& session) {
  check_outputs({arguments.json, arguments.csv});
  AllianceOptions options{.ties = arguments.ties, .inferred = arguments.inferred};
  const LoadedRecord loaded = read_as_kept(arguments.record, session.streams.err);
  options.rule = read_infer_rule(arguments.record.infer, unit_of(loaded.record));
  options.as_of = read_date(arguments.as_of, "--as-of", loaded.record);
  const Alliances result = alliances_in_force(loaded.record, options);
  std::vector<InferOutcome> outcomes;
  if (arguments.sensitivity)
    outcomes =
        infer_sensitivity(result.known, infer_grid(options.rule), unknown_from(result.known.clock, options.as_of));
  Json json = start_result({.command = "alliances", .command_line = session.command_line}, loaded);
  json["fit"] = nullptr;
  json["forecast"] = nullptr;
  json["alliances"] = alliances_json(result, outcomes);
  if (!arguments.json.empty()) write_file(arguments.json, to_text(json));
  if (!arguments.csv.empty()) write_file(arguments.csv, alliances_csv(result));
  if (arguments.json == "-" || arguments.csv == "-") return 0;
  std::ostream& out = session.streams.out;
  const std::size_t count = result.list.size();
  fmt::print(out, "As of {}: {} {} in force ({}){}\n\n", format_time(options.as_of, loaded.record.clock), count,
             count == 1 ? "alliance" : "alliances", options.ties, count > 1 ? ", the strongest first" : "");
  if (!result.list.empty()) {
    print_table(result, arguments.top, session.streams);
    print_legend(result, out);
  }
  if (!outcomes.empty()) print_sensitivity(outcomes, out);
  print_notes(result, loaded.record, out);
  return 0;
}

}  // namespace

void add_alliances(CLI::App& app, Session& session) {
  auto* command = app.add_subcommand("alliances", "List the alliances in force as of a date, and how each stands");
  auto arguments = std::make_shared<AlliancesArguments>();
  add_source_arguments(*command, arguments->record, "RECORD",
                       "A record (folder, database), or a file or query of events");
  command->add_option("--as-of", arguments->as_of, "Last day that is known (inclusive): a date, or last")->required();
  command->add_option("--ties", arguments->ties, "Kind of tie to list")->capture_default_str();
  command->add_flag("--inferred", arguments->inferred,
                    "List inferred alliances beside recorded ties; a record without ties has them anyway");
  add_infer_rule(*command, arguments->record.infer);
  command->add_flag("--sensitivity", arguments->sensitivity,
                    "Also show what other rules would infer: half-lives and thresholds around these");
  command->add_option("--top", arguments->top, "Rows of the printed table (default: all)")->check(above_zero);
  add_json(*command, arguments->json);
  command->add_option("--csv", arguments->csv, "Write a row for each alliance to this file (- for standard output)");
  command->callback(
      [arguments, &session] { session.job = [arguments, &session] { return run_alliances(*arguments, session); }; });
}

}  // namespace detente::cli
