// detente gof: does what a fitted model simulates look like what was recorded?
#include <cmath>
#include <memory>
#include <mutex>
#include <ostream>

#include <fmt/ostream.h>
#include <CLI/CLI.hpp>

#include "cli/format.hpp"
#include "cli/simulated.hpp"
#include "io/goodness_result.hpp"
#include "io/model_file.hpp"
#include "io/write_file.hpp"

namespace detente::cli {
namespace {

struct GofArguments {
  RecordArguments record;
  std::string model;
  std::string from;
  std::string coefficients = "drawn";
  std::size_t replicates = GoodnessOptions{}.replicates;
  std::uint64_t seed = 1;
  unsigned threads = 0;
  std::string json;
  std::string csv;
};

std::string title_of(const std::string& group) {
  if (group == "waiting") return "Times between events";
  if (group == "out") return "Events sent (out-degree)";
  if (group == "in") return "Events received (in-degree)";
  if (group == "degree") return "Events taken part in (degree)";
  if (group == "dyads") return "Repetition";
  if (group == "reciprocity") return "Reciprocity";
  if (group == "triads") return "Triads";
  if (group == "signs") return "Signed pairs and triads";
  return "Events";
}

void print_head(const Goodness& result, const GofArguments& arguments, const Record& record, std::ostream& out) {
  fmt::print(out, "{} to {}: {} events of {} compared with {} replicates, seed {}, coefficients {}\n",
             format_time(result.begins, record.clock), format_time(time_span(record).last, record.clock),
             result.compared, result.compared + result.before, result.replicates, arguments.seed,
             arguments.coefficients == "drawn" ? "drawn from their posterior" : "as estimated");
  const auto events = [](std::size_t count, const char* which) {
    return count == 0 ? "" : fmt::format(", {} event{} {}", count, count == 1 ? "" : "s", which);
  };
  fmt::print(out, "As recorded: ties, attributes, who is there{}{}{}\n\n",
             events(result.given - result.not_at_risk, "that no hazard makes"),
             events(result.not_at_risk, "of dyads not at risk"),
             result.given == 0 ? "" : " (before and after the start)");
}

std::string spread(double low, double high) {
  return std::isnan(low) ? "-" : fmt::format("{} – {}", readable(low), readable(high));
}

std::string statistic_text(double value) { return std::isnan(value) ? "-" : readable(value); }

void print_rows(const Goodness& result, std::ostream& out) {
  std::string group;
  for (const GoodnessRow& row : result.rows) {
    if (row.group != group)
      fmt::print(out, "{}{}{:>10}{:>10}{:>18}{:>18}{:>18}{:>8}\n", group.empty() ? "" : "\n",
                 fitted(title_of(row.group), 38), "recorded", "median", "50 %", "80 %", "95 %", "p");
    group = row.group;
    const Band& b = row.simulated;
    fmt::print(out, "{}{:>10}{:>10}{:>18}{:>18}{:>18}{:>8}{}\n", fitted("  " + row.name, 38),
               statistic_text(row.recorded), statistic_text(b.median), spread(b.low50, b.high50),
               spread(b.low80, b.high80), spread(b.low95, b.high95),
               std::isnan(row.p) ? "-" : fmt::format("{:.3f}", row.p), row.outside ? "  outside the 95 % band" : "");
  }
}

void print_ranks(const Fit& fit, std::ostream& out) {
  if (!fit.hazards.front().explanation)
    fmt::print(out, "\nRanks of recorded events are left out: too many dyads; `detente fit --residuals` has them\n");
  for (const HazardFit& hazard : fit.hazards) {
    if (!hazard.explanation) continue;
    fmt::print(out, "\n{}: recorded events ranked at {:.1f} % of the dyads at risk on average; among the first",
               hazard.hazard, 100 * hazard.explanation->mean_rank);
    for (std::size_t k = 0; k < recall_shares.size(); ++k)
      fmt::print(out, "{} {:.0f} %: {:.0f} %", k == 0 ? "" : ",", 100 * recall_shares[k],
                 100 * hazard.explanation->recall[k]);
  }
  fmt::print(out, "\n");
}

void print_goodness(const Goodness& result, const GofArguments& arguments, const Record& record, std::ostream& out) {
  print_head(result, arguments, record, out);
  print_rows(result, out);
  print_ranks(result.fit, out);
  fmt::print(out,
             "\n{} of {} statistics are outside their 95 % band; by chance {:.1f} would be, and in 19 of 20 cases "
             "at most {:.0f}\n",
             result.outside.recorded, result.rows.size(), result.outside.chance_mean, result.outside.chance_high);
  for (const GoodnessRow& row : result.rows)
    if (row.outside)
      fmt::print(out, "  {}: {} recorded, {} simulated (95 % {})\n", row.name, statistic_text(row.recorded),
                 statistic_text(row.simulated.median), spread(row.simulated.low95, row.simulated.high95));
  if (result.exploded > 0)
    fmt::print(out, "note: in {} of {} replicates the rates exploded; they are left out of the bands\n",
               result.exploded, result.exploded + result.replicates);
  if (result.grain > 0)
    fmt::print(out, "note: recorded times come in steps of {:g}{}: waits are compared in them\n", result.grain,
               record.clock == Clock::calendar ? (result.grain == 1 ? " day" : " days") : "");
  fmt::print(out, "note: the model was fitted to the events it is compared with: p-values lean towards 1\n");
}

int run_gof(const GofArguments& arguments, const Session& session) {
  check_outputs({arguments.json, arguments.csv});
  const ModelSpec model = read_model(arguments.model);
  const LoadedRecord loaded = load(arguments.record, session.streams.err);
  ProgressLine line(session.streams);
  std::mutex guard;
  GoodnessOptions options;
  if (!arguments.from.empty()) options.from = read_date(arguments.from, "--from", loaded.record);
  options.replicates = arguments.replicates;
  options.drawn = arguments.coefficients == "drawn";
  options.seed = arguments.seed;
  options.threads = arguments.threads;
  options.cancelled = [] { return Interrupt::asked(); };
  options.progress = [&](const std::string& stage, double share) {
    const std::lock_guard lock(guard);
    line.show(fmt::format("gof: {}, {:.0f} %", stage, 100 * share));
  };
  const Interrupt interrupt;
  const Goodness result = goodness_of_fit(loaded.record, model, options);
  line.clear();
  if (result.cancelled) {
    fmt::print(session.streams.err, "interrupted: nothing was written\n");
    return run_failed;
  }
  if (!arguments.json.empty()) {
    Json json = start_result({.command = "gof",
                              .command_line = session.command_line,
                              .seed = arguments.seed,
                              .replicates = arguments.replicates,
                              .model_path = arguments.model},
                             loaded);
    json["fit"] = to_json(result.fit, 0.95);
    json["forecast"] = nullptr;
    json["gof"] = goodness_json(result, options, loaded.record);
    write_file(arguments.json, to_text(json));
  }
  if (!arguments.csv.empty()) write_file(arguments.csv, goodness_csv(result));
  if (arguments.json == "-" || arguments.csv == "-") return 0;
  print_goodness(result, arguments, loaded.record, session.streams.out);
  return 0;
}

}  // namespace

void add_gof(CLI::App& app, Session& session) {
  auto* command = app.add_subcommand("gof", "Goodness of fit: compare the record with what the fitted model simulates");
  auto arguments = std::make_shared<GofArguments>();
  add_record_arguments(*command, arguments->record, "RECORD",
                       "A record (folder, database) or a file or query of events");
  command
      ->add_option("--model", arguments->model,
                   "Model file (TOML) with hazards of kind tie, or rate and choice, and exact timing")
      ->required();
  command->add_option("--from", arguments->from,
                      "First day to simulate and compare (default: the last from which on 90 % of the events come)");
  command
      ->add_option("--coefficients", arguments->coefficients,
                   "Of each replicate: drawn from their posterior, or all as estimated")
      ->check(CLI::IsMember({"drawn", "estimated"}))
      ->capture_default_str();
  command->add_option("--replicates", arguments->replicates, "Simulated paths")
      ->check(finite_range(19, 1000000))
      ->capture_default_str();
  add_seed(*command, arguments->seed);
  add_threads(*command, arguments->threads);
  add_json(*command, arguments->json);
  command->add_option("--csv", arguments->csv, "Write a row for each statistic to this file (- for standard output)");
  command->callback(
      [arguments, &session] { session.job = [arguments, &session] { return run_gof(*arguments, session); }; });
}

}  // namespace detente::cli
