// detente forecast: which alliances will rupture and which may form, as of a date.
#include <algorithm>
#include <chrono>
#include <cmath>
#include <memory>
#include <mutex>
#include <ostream>

#include <fmt/ostream.h>
#include <fmt/ranges.h>
#include <CLI/CLI.hpp>

#include "cli/common.hpp"
#include "cli/format.hpp"
#include "cli/prior.hpp"
#include "cli/why.hpp"
#include "forecast/forecast.hpp"
#include "forecast/phrase.hpp"
#include "hazard/clock.hpp"
#include "io/forecast_result.hpp"
#include "io/model_file.hpp"
#include "io/random_effects_result.hpp"
#include "io/write_file.hpp"
#include "log/as_of.hpp"

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
  std::string since;
  std::string why;
  std::string json;
  std::string csv;
};

// The strongest reason on the side on which the tie or pair stands: a push where its probability is above the constant's, a hold
// where it is below; in the words of its sentence, such as "x1.58 recorded grievance between the two".
std::string strongest(const Chance& one, bool of_tie) {
  const double side = one.probability >= one.baseline_constant ? 1 : -1;
  const auto strength = [&](const Reason& r) { return side * std::log(r.hazard_ratio); };
  const auto reason = std::max_element(one.reasons.begin(), one.reasons.end(),
                                       [&](const Reason& a, const Reason& b) { return strength(a) < strength(b); });
  if (reason == one.reasons.end() || strength(*reason) <= 0) return "";
  return fmt::format("x{:.2f} {}", reason->hazard_ratio, in_words(reason->effect, reason->value, of_tie).words);
}

// "As of 2025-06-12, which is known: 180 days ahead, from the origin 2025-06-13 to 2025-12-09"
std::string as_of_line(const Forecast& forecast) {
  const Clock clock = forecast.known.clock;
  const std::string as_of = format_time(forecast.as_of, clock);
  const std::string ends = format_time(forecast.ends, clock);
  if (clock == Clock::number) return fmt::format("As of {}, {:g} units ahead (to {})", as_of, forecast.horizon, ends);
  return fmt::format("As of {}, which is known: {:g} days ahead, from the origin {} to {}", as_of, forecast.horizon,
                     format_time(unknown_from(clock, forecast.as_of), clock), ends);
}

std::string happened(const Outcome& outcome, Clock clock) {
  return std::isfinite(outcome.time) ? fmt::format("{} {}", outcome.what, format_time(outcome.time, clock))
                                     : outcome.what;
}

// What stands beside the names of a table of forecasts, with room for a short reason.
constexpr std::size_t beside_names = 112;

std::size_t width_of(const std::vector<std::string>& names, std::size_t columns) {
  return name_width(names, {.usual = 34, .beside = beside_names, .columns = columns});
}

std::string names_of(const Record& record, ActorId a, ActorId b) {
  return record.actors[a].name + " – " + record.actors[b].name;
}

void print_table(const Forecast& forecast, const Outcomes& outcomes, const ForecastArguments& arguments,
                 const Streams& streams) {
  std::ostream& out = streams.out;
  const Record& record = forecast.known;
  const auto is_shown = [&](std::size_t k) {
    return k < arguments.top || (!outcomes.alliances.empty() && outcomes.alliances[k].what == "rupture");
  };
  std::vector<std::string> names;
  for (std::size_t k = 0; k < forecast.alliances.size(); ++k) {
    const Tie& tie = record.ties[forecast.alliances[k].tie];
    if (is_shown(k)) names.push_back(names_of(record, tie.a, tie.b));
  }
  const std::size_t width = width_of(names, streams.columns);
  fmt::print(out, "{}: {} cooperative ties in force; P(rupture) with {:g} % intervals\n\n", as_of_line(forecast),
             forecast.alliances.size(), 100 * forecast.interval);
  fmt::print(out, "{:>4}  {}  {:<10}  {:<10}  {:>7}  {:>13}  {:>8}  {:>8}  {}{}\n", "rank", fitted("alliance", width),
             "kind", "since", "P", "interval", "constant", "duration",
             outcomes.alliances.empty() ? "" : fitted("what happened", 24), "strongest reason");
  for (std::size_t k = 0; k < forecast.alliances.size(); ++k) {
    const AllianceForecast& one = forecast.alliances[k];
    const Tie& tie = record.ties[one.tie];
    const Outcome* const outcome = outcomes.alliances.empty() ? nullptr : &outcomes.alliances[k];
    if (!is_shown(k)) continue;
    fmt::print(out, "{:>4}  {}  {:<10}  {:<10}  {:>7}  {:>13}  {:>8}  {:>8}  {}{}\n", one.rank,
               fitted(names_of(record, tie.a, tie.b), width), tie.kind, format_time(tie.start, record.clock),
               percent(one.probability), fmt::format("{}–{}", percent(one.low), percent(one.high)),
               percent(one.baseline_constant), percent(one.baseline_duration),
               outcome == nullptr ? "" : fitted(happened(*outcome, record.clock), 24), strongest(one, true));
  }
  if (forecast.alliances.size() > arguments.top)
    fmt::print(out, "      ({} more{}; --top {} shows all)\n", forecast.alliances.size() - arguments.top,
               outcomes.alliances.empty() ? "" : ", ruptures among them shown", forecast.alliances.size());
  if (!forecast.alliances.empty()) fmt::print(out, "\n{}\n", forecast.alliances.front().sentence);
}

const char* in_words(PairsAtRisk pairs) {
  switch (pairs) {
    case PairsAtRisk::met: return "pairs that have met and have none";
    case PairsAtRisk::ruptured: return "pairs that had one which ruptured and have none";
    case PairsAtRisk::all: return "pairs that have none";
  }
  return "";
}

// One table for each start hazard: what may form, or be mended.
void print_starts(const Forecast& forecast, const Outcomes& outcomes, std::size_t hazard,
                  const ForecastArguments& arguments, const Streams& streams) {
  std::ostream& out = streams.out;
  const Record& record = forecast.known;
  const HazardText& text = forecast.start_hazards[hazard];
  const auto of_hazard = [&](const StartForecast& one) { return one.hazard == hazard; };
  const auto count = static_cast<std::size_t>(std::count_if(forecast.starts.begin(), forecast.starts.end(), of_hazard));
  fmt::print(out, "{}May start ({}): a tie ({}) in {} {}; P(start)\n\n",
             forecast.fit.find("rupture") == nullptr && hazard == 0 ? as_of_line(forecast) + "\n\n" : "\n", text.name,
             fmt::join(text.ties, ", "), count, in_words(text.pairs));
  if (count == 0) return;
  std::vector<std::string> names;
  for (const StartForecast& one : forecast.starts)
    if (of_hazard(one) && one.rank <= arguments.top)
      names.push_back(names_of(record, one.pair.sender, one.pair.receiver));
  const std::size_t width = width_of(names, streams.columns);
  fmt::print(out, "{:>4}  {}  {:<10}  {:>7}  {:>13}  {:>8}  {:>8}  {}{}\n", "rank", fitted("pair", width), "since", "P",
             "interval", "constant", "duration", outcomes.known ? fitted("what happened", 24) : "", "strongest reason");
  std::size_t place = 0;  // in the hazard's outcomes
  for (const StartForecast& one : forecast.starts) {
    if (!of_hazard(one)) continue;
    const Outcome* const outcome = outcomes.known ? &outcomes.starts[hazard].pairs[place] : nullptr;
    ++place;
    if (one.rank > arguments.top && (outcome == nullptr || outcome->what != "started")) continue;
    fmt::print(out, "{:>4}  {}  {:<10}  {:>7}  {:>13}  {:>8}  {:>8}  {}{}\n", one.rank,
               fitted(names_of(record, one.pair.sender, one.pair.receiver), width),
               format_time(one.since, record.clock), percent(one.probability),
               fmt::format("{}–{}", percent(one.low), percent(one.high)), percent(one.baseline_constant),
               percent(one.baseline_duration), outcome == nullptr ? "" : fitted(happened(*outcome, record.clock), 24),
               strongest(one, false));
  }
  if (count > arguments.top)
    fmt::print(out, "      ({} more{}; --top {} shows all)\n", count - arguments.top,
               outcomes.known ? ", starts among them shown" : "", count);
}

template <class Scores>
void print_scores_of(const Scores& scores, std::size_t happened, std::size_t count, const std::string& what,
                     std::ostream& out) {
  fmt::print(out,
             "In the record: {} of {} {}.  Log loss {:.4f} (constant {:.4f}, duration {:.4f}); Brier {:.4f} ({:.4f}, "
             "{:.4f}).\n",
             happened, count, what, scores.forecast.log_loss, scores.constant.log_loss, scores.duration.log_loss,
             scores.forecast.brier, scores.constant.brier, scores.duration.brier);
}

void print_scores(const Forecast& forecast, const Outcomes& outcomes, std::ostream& out) {
  if (!outcomes.known || (outcomes.alliances.empty() && outcomes.starts.empty())) {
    fmt::print(out, "\nThe record ends before the horizon: what happened is not known.\n");
    return;
  }
  fmt::print(out, "\n");
  if (!outcomes.alliances.empty())
    print_scores_of(outcomes, outcomes.ruptures, outcomes.alliances.size(), "ruptured", out);
  for (std::size_t k = 0; k < outcomes.starts.size(); ++k)
    if (const StartOutcomes& one = outcomes.starts[k]; !one.pairs.empty())
      print_scores_of(one, one.started, one.pairs.size(),
                      fmt::format("saw a tie start ({})", forecast.start_hazards[k].name), out);
}

// `last`: the last day of the record.
void print_notes(const Forecast& forecast, Time last, std::ostream& out) {
  print_silence(out, forecast.as_of, last, forecast.known.clock);
  if (forecast.alliances.empty() && forecast.fit.find("rupture") != nullptr)
    fmt::print(out, "note: no cooperative tie is in force at the as-of date: there is nothing to rank\n");
  else if (!forecast.alliances.empty() && std::isfinite(forecast.alliances.front().simulation_error))
    fmt::print(out,
               "note: the simulation's own error of the first probability is {:.1f} points; --replicates reduces it\n",
               100 * forecast.alliances.front().simulation_error);
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
  LoadedRecord loaded = read_as_kept(arguments.record, session.streams.err);
  ForecastOptions options;
  set_clock(loaded.record, model);
  options.as_of = read_date(arguments.as_of, "--as-of", loaded.record);
  const Time last = time_span(loaded.record).last;  // inferred ties may fade after it
  infer_if_asked(arguments.record.infer, loaded, options.as_of);
  if (!arguments.since.empty()) options.since = read_since(arguments.since, options.as_of, loaded.record);
  if (!arguments.why.empty()) check_why(arguments.why, loaded.record);
  options.horizon = read_horizon(arguments.horizon, "--horizon", loaded.record, options.as_of);
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
  add_random_effects(json["fit"], result.fit, result.known);
  json["forecast"] = forecast_json(result);
  json["record"] = known_record_json(result.known);
  json["outcomes"] = outcomes_json(outcomes, result, loaded.record.clock);
  if (!arguments.json.empty()) write_file(arguments.json, to_text(json));
  if (!arguments.csv.empty()) write_file(arguments.csv, forecast_csv(result));
  if (arguments.json != "-" && arguments.csv != "-") {
    if (result.fit.find("rupture") != nullptr) print_table(result, outcomes, arguments, session.streams);
    for (std::size_t k = 0; k < result.start_hazards.size(); ++k)
      print_starts(result, outcomes, k, arguments, session.streams);
    if (!arguments.why.empty()) print_why(result, arguments.why, arguments.top, session.streams.out);
    print_scores(result, outcomes, session.streams.out);
    print_notes(result, last, session.streams.out);
  }
  return 0;
}

}  // namespace

void add_forecast(CLI::App& app, Session& session) {
  auto* command = app.add_subcommand("forecast", "Forecast which alliances rupture, and which form, as of a date");
  auto arguments = std::make_shared<ForecastArguments>();
  add_record_arguments(*command, arguments->record, "RECORD", "A record: a folder, a DuckDB or a SQLite file");
  command
      ->add_option("--model", arguments->model, "Model file (TOML) with an end hazard named rupture, or start hazards")
      ->required();
  command
      ->add_option("--as-of", arguments->as_of,
                   "Last day that is known (inclusive): a date, or last; the origin, the first day ahead, is the next")
      ->required();
  command
      ->add_option("--horizon", arguments->horizon,
                   "How far ahead: 180d, 26w, 6mo, 1y, or a last day such as 2025-12-31")
      ->capture_default_str();
  command->add_option("--interval", arguments->interval, "Level of the forecast's intervals")
      ->check(finite_range(0.01, 0.999))
      ->capture_default_str();
  command->add_option("--replicates", arguments->replicates, "Simulated paths")
      ->check(finite_range(8, 10000000))
      ->capture_default_str();
  add_prior(*command, arguments->prior, "A prior from a reference class: a TOML file that `detente fit --save` wrote");
  add_seed(*command, arguments->seed);
  add_threads(*command, arguments->threads);
  add_level(*command, arguments->level);
  command->add_option("--top", arguments->top, "Rows of each printed table")->check(above_zero)->capture_default_str();
  command->add_option("--since", arguments->since,
                      "Why each alliance's hazard has changed since this date, or so long (default: 30d, or a tick)");
  command->add_option(
      "--why", arguments->why,
      "Print every factor, its events and the change: id of a tie, id or name of an actor, or two as anna-ben");
  add_json(*command, arguments->json);
  command->add_option("--csv", arguments->csv,
                      "Write a row for each alliance and pair to this file (- for standard output)");
  command->callback(
      [arguments, &session] { session.job = [arguments, &session] { return run_forecast(*arguments, session); }; });
}

}  // namespace detente::cli
