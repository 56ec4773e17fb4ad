// detente backtest: how good the forecasts would have been, date by date, or across ties.
#include <algorithm>
#include <cmath>
#include <memory>
#include <optional>
#include <ostream>

#include <fmt/ostream.h>
#include <CLI/CLI.hpp>

#include "cli/common.hpp"
#include "cli/format.hpp"
#include "cli/prior.hpp"
#include "cli/progress.hpp"
#include "forecast/held_out.hpp"
#include "forecast/phrase.hpp"
#include "hazard/clock.hpp"
#include "io/backtest_result.hpp"
#include "io/model_file.hpp"
#include "io/write_file.hpp"
#include "log/as_of.hpp"

namespace detente::cli {
namespace {

struct BacktestArguments {
  RecordArguments record;
  std::string model;
  std::string against;
  std::string from;
  std::string to;
  std::string every = "30d";
  std::string horizon = "180d";
  double interval = 0.8;
  std::size_t replicates = 400;
  std::size_t resamples = 1000;
  std::string blocks = "tie";
  double level = 0.9;
  std::size_t folds = 0;
  std::size_t repeats = 5;
  std::uint64_t seed = 1;
  unsigned threads = 0;
  PriorArguments prior;
  std::string json;
  std::string csv;
};

// A length: one last day would be another horizon at each origin, and scores of different horizons do not compare.
double horizon_of_each(const std::string& text, const Record& record) {
  if (record.clock == Clock::calendar && parse_time(text, record.clock))
    throw Error({.what = "each date of a backtest has the same horizon, and so another last day",
                 .where = {.file = "--horizon"},
                 .got = text,
                 .expected = "a duration such as 180d, 26w, 6mo or 1y"});
  return read_duration(text, "--horizon", unit_of(record));
}

BacktestOptions options_of(const BacktestArguments& arguments, const Record& record) {
  BacktestOptions options;
  if (!arguments.from.empty()) options.from = std::floor(read_date(arguments.from, "--from", record));
  if (!arguments.to.empty()) options.to = read_date(arguments.to, "--to", record);
  options.every = read_duration(arguments.every, "--every", unit_of(record));
  options.forecast.horizon = horizon_of_each(arguments.horizon, record);
  options.forecast.interval = arguments.interval;
  options.forecast.replicates = arguments.replicates;
  options.forecast.seed = arguments.seed;
  options.forecast.threads = arguments.threads;
  options.forecast.prior = read_reference(arguments.prior);
  options.forecast.discount = arguments.prior.discount;
  options.bootstrap.resamples = arguments.resamples;
  options.bootstrap.block = arguments.blocks == "tie" ? Block::tie : Block::date;
  options.bootstrap.level = arguments.level;
  options.bootstrap.seed = arguments.seed;
  if (record.clock == Clock::calendar && options.every < 1)
    throw Error({.what = "forecasts begin with a day",
                 .where = {.file = "--every"},
                 .got = arguments.every,
                 .expected = "a day or more"});
  return options;
}

std::string score_text(double value) { return std::isfinite(value) ? fmt::format("{:.4f}", value) : "-"; }

std::string band_text(const ScoreBand& band) {
  return std::isfinite(band.low) ? fmt::format("{:.4f} to {:.4f}", band.low, band.high) : "-";
}

void print_row(std::ostream& out, const std::string& name, const std::string& model, const std::string& interval,
               const std::string& constant = "", const std::string& duration = "") {
  const std::string line = fmt::format("{:<24}{:>10}  {:>18}  {:>10}{:>10}", name, model, interval, constant, duration);
  fmt::print(out, "{}\n", line.substr(0, line.find_last_not_of(' ') + 1));
}

void print_scores(const Scores& scores, const ScoreBands& bands, double level, std::ostream& out) {
  print_row(out, "", "model", fmt::format("{:g} % interval", 100 * level), "constant", "duration");
  print_row(out, "log loss", score_text(scores.log_loss), band_text(bands.log_loss),
            score_text(scores.log_loss_constant), score_text(scores.log_loss_duration));
  print_row(out, "Brier", score_text(scores.brier), band_text(bands.brier), score_text(scores.brier_constant),
            score_text(scores.brier_duration));
  print_row(out, "skill over constant", score_text(scores.skill_constant), band_text(bands.skill_constant));
  print_row(out, "skill over duration", score_text(scores.skill_duration), band_text(bands.skill_duration));
  print_row(out, "AUC", score_text(scores.auc), band_text(bands.auc));
  print_row(out, "concordance", score_text(scores.concordance), band_text(bands.concordance));
  print_row(out, "recall in the top 10 %", score_text(scores.recall_top_tenth), band_text(bands.recall_top_tenth));
  fmt::print(out, "Brier = reliability {:.4f} - resolution {:.4f} + uncertainty {:.4f}\n", scores.parts.reliability,
             scores.parts.resolution, scores.parts.uncertainty);
}

// What the interval of the skill allows to say.  Resampling ties of which none (or all) ruptured knows nothing of luck.
void print_verdict(const Scores& scores, const ScoreBands& bands, double level, std::ostream& out) {
  if (scores.events == 0 || scores.events == scores.n) {
    fmt::print(out, "{} came true: such forecasts cannot tell skill from luck.\n", scores.events == 0 ? "None" : "All");
    return;
  }
  const ScoreBand& skill = bands.skill_constant;
  if (!std::isfinite(skill.low)) return;
  fmt::print(
      out, "{}\n",
      skill.low > 0    ? fmt::format("Better than the constant, by more than luck explains (at {:g} %).", 100 * level)
      : skill.high < 0 ? fmt::format("Worse than the constant, by more than luck explains (at {:g} %).", 100 * level)
                       : "Not to be told from the constant: the interval of the skill holds 0.");
}

void print_calibration(const std::vector<CalibrationBin>& bins, std::ostream& out) {
  fmt::print(out, "\ncalibration        forecasts      n   mean forecast   observed\n");
  for (const CalibrationBin& bin : bins)
    fmt::print(out, "{:>28}  {:>5}  {:>14}  {:>9}  ({} to {})\n",
               fmt::format("{} to {}", percent(bin.low), percent(bin.high)), bin.n, percent(bin.mean_forecast),
               percent(bin.observed), percent(bin.observed_low), percent(bin.observed_high));
}

// The last forecast before each rupture, or start.
void print_last(const Track& track, const char* what, const Record& record, const Streams& streams) {
  std::ostream& out = streams.out;
  constexpr std::size_t most = 20;
  std::vector<const BacktestForecast*> last;
  for (const BacktestForecast& one : track.forecasts) {
    if (!one.happened) continue;
    const auto same = std::find_if(last.begin(), last.end(), [&](const BacktestForecast* other) {
      return other->tie == one.tie && other->pair == one.pair && other->time == one.time;
    });
    if (same == last.end())
      last.push_back(&one);
    else
      *same = &one;
  }
  if (last.empty()) return;
  const auto names_of = [&](const BacktestForecast& one) {
    return fmt::format("{} – {}", record.actors[one.pair.sender].name, record.actors[one.pair.receiver].name);
  };
  std::vector<std::string> names;
  for (const BacktestForecast* one : last) names.push_back(names_of(*one));
  const std::size_t width = name_width(names, {.usual = 36, .beside = 62, .columns = streams.columns});
  fmt::print(out, "\nlast forecast before each {0}\n{1:<12}{2:<12}{0:<12}{3}{4:>7}  {5:>9}{6:>10}\n", what, "known to",
             "origin", fitted("between", width), "P", "rank", "constant");
  for (std::size_t k = last.size() > most ? last.size() - most : 0; k < last.size(); ++k) {
    const BacktestForecast& one = *last[k];
    fmt::print(out, "{:<12}{:<12}{:<12}{}{:>7}  {:>9}{:>10}\n",
               format_time(known_to(record.clock, one.origin), record.clock), format_time(one.origin, record.clock),
               format_time(one.time, record.clock), fitted(names_of(one), width), percent(one.probability),
               fmt::format("{} of {}", one.rank, one.at_risk), percent(one.constant));
  }
  if (last.size() > most) fmt::print(out, "(the {} latest of {}; --csv has all)\n", most, last.size());
}

void print_refused(const Backtest& backtest, const Record& record, std::ostream& out) {
  if (backtest.refused.empty()) return;
  const RefusedOrigin& first = backtest.refused.front();
  fmt::print(out, "note: no forecast at {} of {} dates; at {}: {}\n", backtest.refused.size(),
             backtest.refused.size() + backtest.origins, format_time(first.origin, record.clock), first.why);
}

void print_backtest(const Backtest& backtest, const BacktestOptions& options, const Record& record,
                    const Streams& streams) {
  std::ostream& out = streams.out;
  fmt::print(out,
             "{} forecasts of ruptures within {:g}{} at {} origins, {} to {}; {} came true\n"
             "(an origin is the first day ahead: known is what came before it)\n\n",
             backtest.scores.n, backtest.horizon, record.clock == Clock::calendar ? " days" : "", backtest.origins,
             format_time(backtest.forecasts.front().origin, record.clock),
             format_time(backtest.forecasts.back().origin, record.clock), backtest.scores.events);
  print_scores(backtest.scores, backtest.bands, options.bootstrap.level, out);
  print_verdict(backtest.scores, backtest.bands, options.bootstrap.level, out);
  print_calibration(backtest.calibration, out);
  print_last(backtest, "rupture", record, streams);
  for (const Track& track : backtest.starts) {
    fmt::print(out, "\n{}: {} forecasts of ties that start; {} came true\n\n", track.hazard, track.scores.n,
               track.scores.events);
    print_scores(track.scores, track.bands, options.bootstrap.level, out);
    print_verdict(track.scores, track.bands, options.bootstrap.level, out);
    print_last(track, "start", record, streams);
  }
  print_refused(backtest, record, out);
}

void print_cross_validation(const HeldOutTrack& result, const HeldOutOptions& options, std::ostream& out) {
  fmt::print(out, "\n{}-fold cross-validation by tie, mean of {} deals: {} ticks at risk, {} ruptures\n\n",
             options.folds, options.repeats, result.mean.n, result.mean.events);
  print_scores(result.mean, result.bands, options.level, out);
}

// A second model on the same record and origins.
struct Against {
  Backtest backtest;
  LossDifference difference;
};

void print_against(const BacktestArguments& arguments, const Against& against, const BacktestOptions& options,
                   std::ostream& out) {
  const LossDifference& d = against.difference;
  const double level = options.bootstrap.level;
  fmt::print(out, "\nagainst {}: {} forecasts of ruptures\n\n", arguments.against, against.backtest.scores.n);
  print_scores(against.backtest.scores, against.backtest.bands, level, out);
  fmt::print(out, "\nlog loss of {} less that of {}, over {} forecasts that both made: {} ({:g} % interval {})\n",
             arguments.model, arguments.against, d.n, score_text(d.mean), 100 * level, band_text(d.band));
  if (d.alone > 0) fmt::print(out, "note: {} forecasts that only one of them made are left out\n", d.alone);
  if (!std::isfinite(d.band.low)) return;
  const std::string& better = d.mean < 0 ? arguments.model : arguments.against;
  fmt::print(out, "{}\n",
             d.band.low > 0 || d.band.high < 0
                 ? fmt::format("{} forecasts better, by more than luck explains (at {:g} %).", better, 100 * level)
                 : "Not to be told from each other: the interval of the difference holds 0.");
}

int run_backtest(const BacktestArguments& arguments, const Session& session) {
  check_outputs({arguments.json, arguments.csv});
  const ModelSpec model = read_model(arguments.model);
  LoadedRecord loaded = load(arguments.record, session.streams.err);
  std::optional<ModelSpec> second;
  Record again;  // as it was before the model completed it
  if (!arguments.against.empty()) {
    second = read_model(arguments.against);
    again = loaded.record;
    set_clock(again, *second);
  }
  set_clock(loaded.record, model);
  BacktestOptions options = options_of(arguments, loaded.record);
  ProgressBar line(session.streams, "backtest");
  (void)complete_record(loaded.record, model, {.until = known_until(loaded.record), .threads = arguments.threads});
  options.begins = [&](std::size_t dates) {
    line.begin(fmt::format("{} date{}, {} paths each", dates, dates == 1 ? "" : "s", arguments.replicates));
  };
  options.forecast.progress = [&](const std::string& stage, double share) { line.show(stage, share); };
  Json json = start_result({.command = "backtest",
                            .command_line = session.command_line,
                            .seed = arguments.seed,
                            .replicates = arguments.replicates,
                            .model_path = arguments.model},
                           loaded);
  // First, because what is wrong with the folds shows at once.
  const HeldOutOptions folds{.folds = arguments.folds,
                             .repeats = arguments.repeats,
                             .seed = arguments.seed,
                             .threads = arguments.threads,
                             .level = arguments.level,
                             .resamples = arguments.resamples};
  std::optional<HeldOutTrack> crossed;
  if (arguments.folds > 0) crossed = track_held_out(loaded.record, model, folds);
  const Backtest result = backtest(loaded.record, model, options);
  std::optional<Against> against;
  if (second) {
    (void)complete_record(again, *second, {.until = known_until(again), .threads = arguments.threads});
    options.from = result.from;
    options.to = result.to;
    against = Against{backtest(again, *second, options), {}};
    against->difference = loss_difference(result, against->backtest, options.bootstrap);
  }
  line.clear();
  json["backtest"] = backtest_json(result, options, loaded.record);
  json["backtest"]["against"] =
      against ? against_json(arguments.against, against->backtest, against->difference) : Json();
  json["cross_validation"] = crossed ? cross_validation_json(*crossed, folds) : Json();
  const bool quiet = arguments.json == "-" || arguments.csv == "-";
  if (!quiet) print_backtest(result, options, loaded.record, session.streams);
  if (!quiet && against) print_against(arguments, *against, options, session.streams.out);
  if (!quiet && crossed) print_cross_validation(*crossed, folds, session.streams.out);
  if (!arguments.json.empty()) write_file(arguments.json, to_text(json));
  if (!arguments.csv.empty()) write_file(arguments.csv, backtest_csv(result, loaded.record));
  if (!quiet)
    fmt::print(session.streams.out, "These are estimates of behaviour in a public record, not judgements of people.\n");
  return 0;
}

void add_scoring_options(CLI::App& command, BacktestArguments& arguments) {
  command.add_option("--resamples", arguments.resamples, "Bootstrap resamples behind the intervals of scores")
      ->check(finite_range(10, 1000000))
      ->capture_default_str();
  command.add_option("--blocks", arguments.blocks, "What is resampled whole: all forecasts of a tie, or of a date")
      ->check(CLI::IsMember({"tie", "date"}))
      ->capture_default_str();
  command.add_option("--level", arguments.level, "Level of the intervals of scores")
      ->check(finite_range(0.01, 0.999))
      ->capture_default_str();
  auto* folds = command
                    .add_option("--folds", arguments.folds,
                                "Cross-validate over the whole record besides: ties dealt to so many folds")
                    ->check(finite_range(2, 1000));
  command.add_option("--repeats", arguments.repeats, "With --folds: how many deals")
      ->check(finite_range(1, 1000))
      ->capture_default_str()
      ->needs(folds);
}

}  // namespace

void add_backtest(CLI::App& app, Session& session) {
  auto* command = app.add_subcommand("backtest", "Score the forecasts that would have been made at many dates");
  auto arguments = std::make_shared<BacktestArguments>();
  add_record_arguments(*command, arguments->record, "RECORD", "A record: a folder, a DuckDB or a SQLite file");
  command->add_option("--model", arguments->model, "Model file (TOML) with an end hazard named rupture")->required();
  command->add_option("--against", arguments->against,
                      "A second model: its scores beside, and the difference of log losses on the same forecasts");
  command->add_option("--from", arguments->from,
                      "First date to forecast from; known is what came before it (default: after five ruptures)");
  command->add_option("--to", arguments->to, "Last date to forecast from (default: the last the record can answer)");
  command->add_option("--every", arguments->every, "How often: 30d, 26w; 365d or 1y is each 1 January")
      ->capture_default_str();
  command->add_option("--horizon", arguments->horizon, "How far ahead of each: 180d, 26w, 6mo, 1y")
      ->capture_default_str();
  command->add_option("--interval", arguments->interval, "Level of the forecasts' intervals")
      ->check(finite_range(0.01, 0.999))
      ->capture_default_str();
  command->add_option("--replicates", arguments->replicates, "Simulated paths of each date")
      ->check(finite_range(8, 10000000))
      ->capture_default_str();
  add_scoring_options(*command, *arguments);
  add_prior(*command, arguments->prior, "A prior from a reference class: a TOML file that `detente fit --save` wrote");
  add_seed(*command, arguments->seed);
  add_threads(*command, arguments->threads);
  add_json(*command, arguments->json);
  command->add_option("--csv", arguments->csv, "Write a row for each forecast to this file (- for standard output)");
  command->callback(
      [arguments, &session] { session.job = [arguments, &session] { return run_backtest(*arguments, session); }; });
}

}  // namespace detente::cli
