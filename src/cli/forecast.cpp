// detente forecast: which alliances will rupture, as of a date.
#include <algorithm>
#include <chrono>
#include <cmath>
#include <memory>
#include <mutex>
#include <ostream>

#include <fmt/ostream.h>
#include <CLI/CLI.hpp>

#include "cli/common.hpp"
#include "cli/prior.hpp"
#include "forecast/forecast.hpp"
#include "io/forecast_result.hpp"
#include "io/model_file.hpp"
#include "io/write_file.hpp"

namespace detente::cli {
namespace {

struct ForecastArguments {
  RecordArguments record;
  std::string model;
  std::string as_of;
  std::string horizon = "180d";
  double interval = 0.8;
  PriorArguments prior;
  std::size_t replicates = 800;
  std::uint64_t seed = 1;
  unsigned threads = 0;
  double level = 0.95;
  std::size_t top = 12;
  std::string json;
  std::string csv;
};

Time read_as_of(const std::string& text, const Record& record) {
  if (text == "last") return std::floor(time_span(record).last);
  if (const auto time = parse_time(text, record.clock)) return time->time;
  throw Error({.what = fmt::format("cannot read the date '{}'", printable(text)),
               .where = {.file = "--as-of"},
               .expected = record.clock == Clock::calendar
                               ? "a date such as 2025-01-22, a month such as 2025-01, or last"
                               : "a number, or last"});
}

double read_horizon(const std::string& text) {
  if (const auto horizon = parse_duration(text)) return *horizon;
  throw Error({.what = fmt::format("cannot read the horizon '{}'", printable(text)),
               .where = {.file = "--horizon"},
               .expected = "a positive duration such as 180d, 26w, 6m or 1y"});
}

std::string percent(double p) {
  return p < 0.0095 ? fmt::format("{:.1f} %", 100 * p) : fmt::format("{:.0f} %", 100 * p);
}

// Names as a terminal shows them: one column for each code point, cut with an ellipsis.
std::string fitted(const std::string& text, std::size_t width) {
  std::size_t columns = 0;
  std::size_t bytes = 0;
  while (bytes < text.size() && columns + 1 < width) {
    do ++bytes;
    while (bytes < text.size() && (static_cast<unsigned char>(text[bytes]) & 0xC0) == 0x80);
    ++columns;
  }
  std::string out = text.substr(0, bytes);
  if (bytes < text.size()) {
    out += "…";
    ++columns;
  }
  return out + std::string(width - columns, ' ');
}

// The strongest reason on the side on which the tie stands: a push where its probability is above the constant's, a hold
// where it is below; such as "x2.10 log1p(friend_of_enemy(goodwill, grievance))".
std::string strongest(const AllianceForecast& one) {
  const double side = one.probability >= one.baseline_constant ? 1 : -1;
  const auto strength = [&](const Reason& r) { return side * std::log(r.hazard_ratio); };
  const auto reason = std::max_element(one.reasons.begin(), one.reasons.end(),
                                       [&](const Reason& a, const Reason& b) { return strength(a) < strength(b); });
  if (reason == one.reasons.end() || strength(*reason) <= 0) return "";
  std::string effect = reason->effect;
  if (effect.starts_with("age >=") && reason->value == 0) effect.replace(0, 6, "age <");
  return fmt::format("x{:.2f} {}", reason->hazard_ratio, effect);
}

void print_table(const Forecast& forecast, const Outcomes& outcomes, const ForecastArguments& arguments,
                 std::ostream& out) {
  const Record& record = forecast.known;
  fmt::print(out, "As of {}, {} days ahead (to {}): {} cooperative ties in force; P(rupture) with {:g} % intervals\n\n",
             format_time(forecast.as_of, record.clock), forecast.horizon, format_time(forecast.ends, record.clock),
             forecast.alliances.size(), 100 * forecast.interval);
  fmt::print(out, "{:>4}  {}  {:<10}  {:<10}  {:>7}  {:>13}  {:>8}  {:>8}  {}{}\n", "rank", fitted("alliance", 34),
             "kind", "since", "P", "interval", "constant", "duration",
             outcomes.alliances.empty() ? "" : fitted("what happened", 24), "strongest reason");
  for (std::size_t k = 0; k < forecast.alliances.size(); ++k) {
    const AllianceForecast& one = forecast.alliances[k];
    const Tie& tie = record.ties[one.tie];
    const std::string what = outcomes.alliances.empty() ? "" : outcomes.alliances[k].what;
    const bool ended = std::isfinite(outcomes.alliances.empty() ? never : outcomes.alliances[k].time);
    if (k >= arguments.top && what != "rupture") continue;
    const std::string happened =
        what.empty()
            ? ""
            : fitted(ended ? fmt::format("{} {}", what, format_time(outcomes.alliances[k].time, record.clock)) : what,
                     24);
    fmt::print(out, "{:>4}  {}  {:<10}  {:<10}  {:>7}  {:>13}  {:>8}  {:>8}  {}{}\n", one.rank,
               fitted(record.actors[tie.a].name + " – " + record.actors[tie.b].name, 34), tie.kind,
               format_time(tie.start, record.clock), percent(one.probability),
               fmt::format("{}–{}", percent(one.low), percent(one.high)), percent(one.baseline_constant),
               percent(one.baseline_duration), happened, strongest(one));
  }
  if (forecast.alliances.size() > arguments.top)
    fmt::print(out, "      ({} more{}; --top {} shows all)\n", forecast.alliances.size() - arguments.top,
               outcomes.alliances.empty() ? "" : ", ruptures among them shown", forecast.alliances.size());
}

void print_scores(const Forecast& forecast, const Outcomes& outcomes, std::ostream& out) {
  if (outcomes.alliances.empty()) {
    fmt::print(out, "\nThe record ends before the horizon: what happened is not known.\n");
    return;
  }
  fmt::print(out,
             "\nIn the record: {} of {} ruptured.  Log loss {:.4f} (constant {:.4f}, duration {:.4f}); Brier {:.4f} "
             "({:.4f}, {:.4f}).\n",
             outcomes.ruptures, forecast.alliances.size(), outcomes.forecast.log_loss, outcomes.constant.log_loss,
             outcomes.duration.log_loss, outcomes.forecast.brier, outcomes.constant.brier, outcomes.duration.brier);
}

void print_notes(const Forecast& forecast, const Record& record, std::ostream& out) {
  if (const double silence = std::floor(forecast.as_of) - std::floor(time_span(record).last); silence >= 1)
    fmt::print(out, "note: the record ends {}; the {} days of silence until the as-of date are taken as quiet\n",
               format_time(time_span(record).last, record.clock), silence);
  if (forecast.alliances.empty())
    fmt::print(out, "note: no cooperative tie is in force at the as-of date: there is nothing to rank\n");
  else if (const AllianceForecast& first = forecast.alliances.front(); std::isfinite(first.simulation_error))
    fmt::print(out,
               "note: the simulation's own error of the first probability is {:.1f} points; --replicates reduces it\n",
               100 * first.simulation_error);
  for (const HazardFit& fit : forecast.fit.hazards) {
    if (fit.newton.status != FitStatus::converged)
      fmt::print(out, "note: hazard '{}' is {}: {}\n", fit.hazard, to_string(fit.newton.status), fit.newton.message);
    for (const std::string& warning : fit.warnings) fmt::print(out, "note: hazard '{}': {}\n", fit.hazard, warning);
  }
  if (forecast.exploded > 0)
    fmt::print(
        out,
        "note: in {} paths the simulated rates exploded and were cut short: the model feeds on itself too strongly\n",
        forecast.exploded);
  fmt::print(out, "These are estimates of behaviour in a public record, not judgements of people.\n");
}

int run_forecast(const ForecastArguments& arguments, const Session& session) {
  check_outputs({arguments.json, arguments.csv});
  const ModelSpec model = read_model(arguments.model);
  const LoadedRecord loaded = load(arguments.record);
  ForecastOptions options;
  options.as_of = read_as_of(arguments.as_of, loaded.record);
  options.horizon = read_horizon(arguments.horizon);
  options.interval = arguments.interval;
  options.replicates = arguments.replicates;
  options.seed = arguments.seed;
  options.prior = read_reference(arguments.prior);
  options.discount = arguments.prior.discount;
  options.threads = arguments.threads;
  ProgressLine line(session.streams);
  std::mutex guard;
  options.progress = [&](const std::string& stage, double share) {
    const std::lock_guard lock(guard);
    line.show(fmt::format("{}: {:.0f} %", stage, 100 * share));
  };
  const Forecast result = forecast(loaded.record, model, options);
  const Outcomes outcomes = look_up_outcomes(loaded.record, result);
  line.clear();
  Json json = start_result({.command = "forecast",
                            .command_line = session.command_line,
                            .seed = arguments.seed,
                            .replicates = arguments.replicates,
                            .model_path = arguments.model},
                           loaded);
  json["fit"] = to_json(result.fit, arguments.level);
  json["forecast"] = forecast_json(result);
  json["record"] = known_record_json(result.known);
  json["outcomes"] = outcomes_json(outcomes, result, loaded.record.clock);
  if (!arguments.json.empty()) write_file(arguments.json, to_text(json));
  if (!arguments.csv.empty()) write_file(arguments.csv, forecast_csv(result));
  if (arguments.json != "-" && arguments.csv != "-") {
    print_table(result, outcomes, arguments, session.streams.out);
    print_scores(result, outcomes, session.streams.out);
    print_notes(result, loaded.record, session.streams.out);
  }
  return 0;
}

}  // namespace

void add_forecast(CLI::App& app, Session& session) {
  auto* command = app.add_subcommand("forecast", "Forecast which alliances rupture, as of a date");
  auto arguments = std::make_shared<ForecastArguments>();
  add_record_arguments(*command, arguments->record, "RECORD", "A record: a folder, a DuckDB or a SQLite file");
  command->add_option("--model", arguments->model, "Model file (TOML) with an end hazard named rupture")->required();
  command->add_option("--as-of", arguments->as_of, "Last day that is known (inclusive): a date, or last")->required();
  command->add_option("--horizon", arguments->horizon, "How far ahead: 180d, 26w, 6m, 1y")->capture_default_str();
  command->add_option("--interval", arguments->interval, "Level of the forecast's intervals")
      ->check(CLI::Range(0.01, 0.999))
      ->capture_default_str();
  command->add_option("--replicates", arguments->replicates, "Simulated paths")
      ->check(CLI::Range(8, 10000000))
      ->capture_default_str();
  add_prior(*command, arguments->prior, "A prior from a reference class: a TOML file that `detente fit --save` wrote");
  add_seed(*command, arguments->seed);
  add_threads(*command, arguments->threads);
  add_level(*command, arguments->level);
  command->add_option("--top", arguments->top, "Rows of the printed table")->check(above_zero)->capture_default_str();
  add_json(*command, arguments->json);
  command->add_option("--csv", arguments->csv, "Write a row for each alliance to this file (- for standard output)");
  command->callback(
      [arguments, &session] { session.job = [arguments, &session] { return run_forecast(*arguments, session); }; });
}

}  // namespace detente::cli
