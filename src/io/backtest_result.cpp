#include "io/backtest_result.hpp"

#include <cmath>

#include <fmt/format.h>

#include "io/csv_cell.hpp"
#include "io/event_json.hpp"
#include "log/as_of.hpp"

namespace detente {
namespace {

Json band_json(const ScoreBand& band) { return {number_or_null(band.low), number_or_null(band.high)}; }

Json scores_json(const Scores& scores, const ScoreBands& bands) {
  return {{"n", scores.n},
          {"events", scores.events},
          {"auc", number_or_null(scores.auc)},
          {"log_loss", scores.log_loss},
          {"log_loss_constant", scores.log_loss_constant},
          {"log_loss_duration", scores.log_loss_duration},
          {"brier", scores.brier},
          {"brier_constant", scores.brier_constant},
          {"brier_duration", scores.brier_duration},
          {"brier_decomposition",
           {{"reliability", scores.parts.reliability},
            {"resolution", scores.parts.resolution},
            {"uncertainty", scores.parts.uncertainty}}},
          {"concordance", number_or_null(scores.concordance)},
          {"recall_top_10_percent", number_or_null(scores.recall_top_tenth)},
          {"skill_constant", number_or_null(scores.skill_constant)},
          {"skill_duration", number_or_null(scores.skill_duration)},
          {"intervals",
           {{"auc", band_json(bands.auc)},
            {"log_loss", band_json(bands.log_loss)},
            {"brier", band_json(bands.brier)},
            {"concordance", band_json(bands.concordance)},
            {"recall_top_10_percent", band_json(bands.recall_top_tenth)},
            {"skill_constant", band_json(bands.skill_constant)},
            {"skill_duration", band_json(bands.skill_duration)}}}};
}

// The as-of date of `detente forecast`; plain numbers have none before a number.
Json known_to_json(Time origin, Clock clock) {
  return date_or_null(clock == Clock::calendar ? known_to(clock, origin) : never, clock);
}

Json forecast_row(const BacktestForecast& one, const Record& record) {
  const Actor& a = record.actors[one.pair.sender];
  const Actor& b = record.actors[one.pair.receiver];
  return {{"as_of", format_time(one.origin, record.clock)},
          {"origin", format_time(one.origin, record.clock)},
          {"known_to", known_to_json(one.origin, record.clock)},
          {"tie_id", one.tie == no_id ? Json() : Json(record.ties[one.tie].id)},
          {"a", a.id},
          {"b", b.id},
          {"name", a.name + " – " + b.name},
          {"kind", one.tie == no_id ? Json() : Json(record.ties[one.tie].kind)},
          {"probability", one.probability},
          {"low", one.low},
          {"high", one.high},
          {"constant", one.constant},
          {"duration", one.duration},
          {"rank", one.rank},
          {"at_risk", one.at_risk},
          {"outcome", one.happened ? 1 : 0},
          {"what", one.what},
          {"time", date_or_null(one.time, record.clock)}};
}

Json calibration_json(const std::vector<CalibrationBin>& bins) {
  Json list = Json::array();
  for (const CalibrationBin& bin : bins)
    list.push_back({{"low", bin.low},
                    {"high", bin.high},
                    {"n", bin.n},
                    {"mean_forecast", bin.mean_forecast},
                    {"observed", bin.observed},
                    {"observed_low", bin.observed_low},
                    {"observed_high", bin.observed_high}});
  return list;
}

Json track_json(const Track& track, const Record& record) {
  Json json{{"hazard", track.hazard}};
  json.update(scores_json(track.scores, track.bands));
  json["calibration"] = calibration_json(track.calibration);
  json["forecasts"] = Json::array();
  for (const BacktestForecast& one : track.forecasts) json["forecasts"].push_back(forecast_row(one, record));
  return json;
}

}  // namespace

Json backtest_json(const Backtest& backtest, const BacktestOptions& options, const Record& record) {
  Json json = track_json(backtest, record);
  json["origins"] = backtest.origins;
  json["from"] = format_time(backtest.from, record.clock);
  json["to"] = format_time(backtest.to, record.clock);
  json["every_days"] = backtest.every;
  json["horizon_days"] = backtest.horizon;
  json["interval"] = options.forecast.interval;
  json["bootstrap"] = {{"resamples", options.bootstrap.resamples},
                       {"blocks", options.bootstrap.block == Block::tie ? "tie" : "date"},
                       {"level", options.bootstrap.level}};
  json["refused"] = Json::array();
  for (const RefusedOrigin& one : backtest.refused)
    json["refused"].push_back({{"as_of", format_time(one.origin, record.clock)},
                               {"origin", format_time(one.origin, record.clock)},
                               {"known_to", known_to_json(one.origin, record.clock)},
                               {"why", one.why}});
  json["starts"] = Json::array();
  for (const Track& track : backtest.starts) json["starts"].push_back(track_json(track, record));
  return json;
}

Json cross_validation_json(const HeldOutTrack& result, const HeldOutOptions& options) {
  Json json = scores_json(result.mean, result.bands);
  json["folds"] = options.folds;
  json["repeats"] = Json::array();
  for (const Scores& one : result.deals)
    json["repeats"].push_back({{"auc", number_or_null(one.auc)},
                               {"log_loss", one.log_loss},
                               {"log_loss_constant", one.log_loss_constant},
                               {"log_loss_duration", one.log_loss_duration},
                               {"brier", one.brier}});
  return json;
}

Json against_json(const std::string& model, const Backtest& other, const LossDifference& difference) {
  Json json{{"model", model}};
  json.update(scores_json(other.scores, other.bands));
  json["log_loss_difference"] = {{"n", difference.n},
                                 {"alone", difference.alone},
                                 {"mean", number_or_null(difference.mean)},
                                 {"interval", band_json(difference.band)}};
  return json;
}

std::string backtest_csv(const Backtest& backtest, const Record& record) {
  std::string csv =
      "hazard,as_of,tie_id,a,b,kind,probability,low,high,constant,duration,rank,at_risk,outcome,what,time,"
      "a_name,b_name,origin,known_to\n";
  const auto add = [&](const Track& track) {
    for (const BacktestForecast& one : track.forecasts) {
      const Tie* tie = one.tie == no_id ? nullptr : &record.ties[one.tie];
      csv += fmt::format(
          "{},{},{},{},{},{},{},{},{},{},{},{},{},{},{},{},{},{},{},{}\n", csv_cell(track.hazard),
          format_time(one.origin, record.clock), csv_cell(tie == nullptr ? "" : tie->id),
          csv_cell(record.actors[one.pair.sender].id), csv_cell(record.actors[one.pair.receiver].id),
          csv_cell(tie == nullptr ? "" : tie->kind), csv_cell(one.probability), csv_cell(one.low), csv_cell(one.high),
          csv_cell(one.constant), csv_cell(one.duration), one.rank, one.at_risk, one.happened ? 1 : 0, one.what,
          std::isfinite(one.time) ? format_time(one.time, record.clock) : "",
          csv_cell(record.actors[one.pair.sender].name), csv_cell(record.actors[one.pair.receiver].name),
          format_time(one.origin, record.clock),
          record.clock == Clock::calendar ? format_time(known_to(record.clock, one.origin), record.clock) : "");
    }
  };
  add(backtest);
  for (const Track& track : backtest.starts) add(track);
  return csv;
}

}  // namespace detente
