#include "io/forecast_result.hpp"

#include <cmath>

#include <fmt/format.h>

#include "io/csv_cell.hpp"
#include "io/event_json.hpp"
#include "log/as_of.hpp"

namespace detente {
namespace {

Json reasons_json(const std::vector<Reason>& reasons, const Record& record) {
  Json list = Json::array();
  for (const Reason& reason : reasons) {
    Json events = Json::array();
    for (const EventId id : reason.events) events.push_back(event_json(record, id));
    list.push_back({{"effect", reason.effect},
                    {"hazard_ratio", number_or_null(reason.hazard_ratio)},
                    {"low", number_or_null(reason.low)},
                    {"high", number_or_null(reason.high)},
                    {"value", reason.value},
                    {"reference", reason.reference},
                    {"events", events}});
  }
  return list;
}

Json change_json(const std::optional<Change>& change, const Record& record) {
  if (!change) return nullptr;
  Json factors = Json::array();
  for (const ChangeFactor& factor : change->factors) {
    Json events = Json::array();
    for (const EventId id : factor.events) events.push_back(event_json(record, id));
    factors.push_back({{"effect", factor.effect},
                       {"ratio", number_or_null(factor.ratio)},
                       {"value_then", factor.value_then},
                       {"value_now", factor.value_now},
                       {"events", events},
                       {"events_since", factor.events_since}});
  }
  return {{"since", format_time(change->since, record.clock)},
          {"ratio", number_or_null(change->ratio)},
          {"factors", factors},
          {"sentence", change->sentence}};
}

Json curve_json(const std::vector<CurvePoint>& points, const Record& record) {
  Json curve = Json::array();
  for (const CurvePoint& point : points)
    curve.push_back({{"date", format_time(point.time, record.clock)},
                     {"probability", point.probability},
                     {"low", point.low},
                     {"high", point.high}});
  return curve;
}

Json alliance_json(const AllianceForecast& one, const Record& record) {
  const Tie& tie = record.ties[one.tie];
  Json history = Json::array();
  for (const HistoryPoint& point : one.history)
    history.push_back({{"date", format_time(point.time, record.clock)}, {"hazard", point.hazard}});
  return {{"tie_id", tie.id},
          {"kind", tie.kind},
          {"a", record.actors[tie.a].id},
          {"a_name", record.actors[tie.a].name},
          {"b", record.actors[tie.b].id},
          {"b_name", record.actors[tie.b].name},
          {"since", format_time(tie.start, record.clock)},
          {"probability", one.probability},
          {"low", one.low},
          {"high", one.high},
          {"rank", one.rank},
          {"median_date", date_or_null(one.median, record.clock)},
          {"probability_other_ending", one.probability_other_ending},
          {"simulation_error", number_or_null(one.simulation_error)},
          {"hazard_ratio", number_or_null(one.hazard_ratio)},
          {"hazard_ratio_reference", "the average of the cooperative ties in force at the as-of date"},
          {"reasons", reasons_json(one.reasons, record)},
          {"sentence", one.sentence},
          {"change", change_json(one.change, record)},
          {"curve", curve_json(one.curve, record)},
          {"history", history},
          {"events_behind", one.events_behind},
          {"baseline_constant", one.baseline_constant},
          {"baseline_duration", one.baseline_duration}};
}

Json start_json(const StartForecast& one, const Forecast& forecast) {
  const Record& record = forecast.known;
  const Actor& a = record.actors[one.pair.sender];
  const Actor& b = record.actors[one.pair.receiver];
  return {{"hazard", forecast.start_hazards[one.hazard].name},
          {"a", a.id},
          {"a_name", a.name},
          {"b", b.id},
          {"b_name", b.name},
          {"since", format_time(one.since, record.clock)},
          {"probability", one.probability},
          {"low", one.low},
          {"high", one.high},
          {"rank", one.rank},
          {"simulation_error", number_or_null(one.simulation_error)},
          {"hazard_ratio", number_or_null(one.hazard_ratio)},
          {"hazard_ratio_reference", "the average of the pairs at risk at the as-of date"},
          {"reasons", reasons_json(one.reasons, record)},
          {"sentence", one.sentence},
          {"curve", curve_json(one.curve, record)},
          {"events_behind", one.events_behind},
          {"baseline_constant", one.baseline_constant},
          {"baseline_duration", one.baseline_duration}};
}

template <class Scores>
void add_scores(Json& json, const Scores& scores) {
  json["log_loss"] = scores.forecast.log_loss;
  json["log_loss_constant"] = scores.constant.log_loss;
  json["log_loss_duration"] = scores.duration.log_loss;
  json["brier"] = scores.forecast.brier;
  json["brier_constant"] = scores.constant.brier;
  json["brier_duration"] = scores.duration.brier;
}

Json start_outcomes_json(const Outcomes& outcomes, const Forecast& forecast, Clock clock) {
  Json all = Json::array();
  for (std::size_t k = 0; k < outcomes.starts.size(); ++k) {
    const StartOutcomes& one = outcomes.starts[k];
    Json pairs = Json::array();
    for (const Outcome& outcome : one.pairs) {
      const Dyad pair = forecast.starts[outcome.index].pair;
      pairs.push_back({{"a", forecast.known.actors[pair.sender].id},
                       {"b", forecast.known.actors[pair.receiver].id},
                       {"outcome", outcome.what},
                       {"date", date_or_null(outcome.time, clock)},
                       {"kind", text_or_null(outcome.how)}});
    }
    Json json{{"hazard", forecast.start_hazards[k].name},
              {"pairs", pairs},
              {"n", one.pairs.size()},
              {"started", one.started}};
    add_scores(json, one);
    all.push_back(std::move(json));
  }
  return all;
}

}  // namespace

Json forecast_json(const Forecast& forecast) {
  const Record& record = forecast.known;
  Json alliances = Json::array();
  for (const AllianceForecast& one : forecast.alliances) alliances.push_back(alliance_json(one, record));
  Json starts = Json::array();
  for (const StartForecast& one : forecast.starts) starts.push_back(start_json(one, forecast));
  Json expected = Json::array();
  for (const ExpectedEvents& e : forecast.expected)
    expected.push_back({{"hazard", e.hazard}, {"median", e.median}, {"low", e.low}, {"high", e.high}});
  return {{"as_of", format_time(forecast.as_of, record.clock)},
          {"origin", date_or_null(record.clock == Clock::calendar ? unknown_from(record.clock, forecast.as_of) : never,
                                  record.clock)},
          {"horizon_days", forecast.horizon},
          {"interval", forecast.interval},
          {"ends", format_time(forecast.ends, record.clock)},
          {"clock", record.clock == Clock::calendar ? "calendar" : "number"},
          {"alliances", alliances},
          {"starts", starts},
          {"expected_events", expected},
          {"exploded_paths", forecast.exploded}};
}

Json known_record_json(const Record& known) {
  Json actors = Json::array();
  for (const Actor& actor : known.actors)
    actors.push_back({{"id", actor.id}, {"name", actor.name}, {"kind", text_or_null(actor.kind)}});
  Json events = Json::array();
  for (EventId id = 0; id < known.events.size(); ++id) events.push_back(event_json(known, id));
  Json ties = Json::array();
  for (const Tie& tie : known.ties)
    ties.push_back({{"tie_id", tie.id},
                    {"a", known.actors[tie.a].id},
                    {"b", known.actors[tie.b].id},
                    {"kind", tie.kind},
                    {"cooperative", is_cooperative(tie.kind)},
                    {"start", format_time(tie.start, known.clock)},
                    {"end", date_or_null(tie.end, known.clock)},
                    {"ending", text_or_null(tie.ending)}});
  return {{"actors", actors}, {"events", events}, {"ties", ties}};
}

Json outcomes_json(const Outcomes& outcomes, const Forecast& forecast, Clock clock) {
  if (outcomes.alliances.empty() && outcomes.starts.empty()) return nullptr;
  Json list = Json::array();
  for (const Outcome& outcome : outcomes.alliances) {
    const Tie& tie = forecast.known.ties[forecast.alliances[outcome.index].tie];
    list.push_back({{"tie_id", tie.id},
                    {"outcome", outcome.what},
                    {"date", date_or_null(outcome.time, clock)},
                    {"how", text_or_null(outcome.how)}});
  }
  Json json{{"known_until", format_time(outcomes.known_until, clock)},
            {"alliances", list},
            {"n", outcomes.alliances.size()},
            {"ruptures", outcomes.ruptures},
            {"starts", start_outcomes_json(outcomes, forecast, clock)}};
  add_scores(json, outcomes);
  return json;
}

std::string forecast_csv(const Forecast& forecast) {
  const Record& record = forecast.known;
  std::string csv =
      "rank,tie_id,kind,a,b,since,probability,low,high,median_date,probability_other_ending,hazard_ratio,events_behind,"
      "baseline_constant,baseline_duration,hazard,a_name,b_name\n";
  for (const AllianceForecast& one : forecast.alliances) {
    const Tie& tie = record.ties[one.tie];
    csv += fmt::format("{},{},{},{},{},{},{:.6f},{:.6f},{:.6f},{},{:.6f},{:.6f},{},{:.6f},{:.6f},rupture,{},{}\n",
                       one.rank, csv_cell(tie.id), csv_cell(tie.kind), csv_cell(record.actors[tie.a].id),
                       csv_cell(record.actors[tie.b].id), format_time(tie.start, record.clock), one.probability,
                       one.low, one.high, std::isfinite(one.median) ? format_time(one.median, record.clock) : "",
                       one.probability_other_ending, one.hazard_ratio, one.events_behind, one.baseline_constant,
                       one.baseline_duration, csv_cell(record.actors[tie.a].name), csv_cell(record.actors[tie.b].name));
  }
  for (const StartForecast& one : forecast.starts)
    csv += fmt::format("{},,,{},{},{},{:.6f},{:.6f},{:.6f},,,{:.6f},{},{:.6f},{:.6f},{},{},{}\n", one.rank,
                       csv_cell(record.actors[one.pair.sender].id), csv_cell(record.actors[one.pair.receiver].id),
                       format_time(one.since, record.clock), one.probability, one.low, one.high, one.hazard_ratio,
                       one.events_behind, one.baseline_constant, one.baseline_duration,
                       csv_cell(forecast.start_hazards[one.hazard].name), csv_cell(record.actors[one.pair.sender].name),
                       csv_cell(record.actors[one.pair.receiver].name));
  return csv;
}

}  // namespace detente
