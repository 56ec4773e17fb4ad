#include "io/alliances_result.hpp"

#include <fmt/format.h>

#include "io/csv_cell.hpp"
#include "io/event_json.hpp"

namespace detente {
namespace {

Json rule_json(const InferOptions& rule) {
  return {{"half_life", rule.half_life}, {"start", rule.start}, {"end", rule.end}};
}

Json state_json(const AllianceState& state, const Record& record) {
  const Tie& tie = record.ties[state.tie];
  return {{"tie_id", tie.id},
          {"kind", tie.kind},
          {"a", record.actors[tie.a].id},
          {"a_name", record.actors[tie.a].name},
          {"b", record.actors[tie.b].id},
          {"b_name", record.actors[tie.b].name},
          {"since", format_time(tie.start, record.clock)},
          {"age", state.age},
          {"strength", state.strength},
          {"recent_cooperation", state.recent_cooperation},
          {"recent_conflict", state.recent_conflict},
          {"ledger", state.ledger},
          {"open_slights_a", state.slights_a},
          {"open_slights_b", state.slights_b},
          {"last_event", state.last ? event_json(record, *state.last) : Json()},
          {"events_behind", state.events_behind}};
}

Json sensitivity_json(std::span<const InferOutcome> outcomes) {
  if (outcomes.empty()) return nullptr;
  Json list = Json::array();
  for (const InferOutcome& one : outcomes)
    list.push_back({{"rule", rule_json(one.rule)},
                    {"episodes", one.episodes},
                    {"ruptures", one.ruptures},
                    {"in_force", one.in_force},
                    {"median_duration", number_or_null(one.median_duration)},
                    {"recorded_covered", number_or_null(one.recorded_covered)},
                    {"inferred_recorded", number_or_null(one.inferred_recorded)}});
  return list;
}

}  // namespace

Json alliances_json(const Alliances& alliances, std::span<const InferOutcome> sensitivity) {
  const Record& record = alliances.known;
  const AllianceOptions& options = alliances.options;
  Json list = Json::array();
  for (const AllianceState& state : alliances.list) list.push_back(state_json(state, record));
  return {{"as_of", format_time(options.as_of, record.clock)},
          {"clock", record.clock == Clock::calendar ? "calendar" : "number"},
          {"ties", options.ties},
          {"half_life", options.rule.half_life},
          {"ledger_half_life", options.ledger_half_life},
          {"recent", options.recent},
          {"inferred_by", alliances.inferred ? rule_json(options.rule) : Json()},
          {"list", list},
          {"sensitivity", sensitivity_json(sensitivity)}};
}

std::string alliances_csv(const Alliances& alliances) {
  const Record& record = alliances.known;
  std::string csv =
      "tie_id,kind,a,b,since,age,strength,recent_cooperation,recent_conflict,ledger,open_slights_a,open_slights_b,"
      "last_date,last_source,last_target,last_type,last_description,events_behind,a_name,b_name\n";
  for (const AllianceState& state : alliances.list) {
    const Tie& tie = record.ties[state.tie];
    csv += fmt::format("{},{},{},{},{},{},{},{},{},{},{},{},", csv_cell(tie.id), csv_cell(tie.kind),
                       csv_cell(record.actors[tie.a].id), csv_cell(record.actors[tie.b].id),
                       format_time(tie.start, record.clock), csv_cell(state.age), csv_cell(state.strength),
                       state.recent_cooperation, state.recent_conflict, csv_cell(state.ledger),
                       csv_cell(state.slights_a), csv_cell(state.slights_b));
    if (state.last) {
      const Event& e = record.events[*state.last];
      csv += fmt::format("{},{},{},{},{},", format_time(e.time, record.clock), csv_cell(record.actors[e.sender].id),
                         csv_cell(record.actors[e.receiver].id), csv_cell(record.types[e.type].code),
                         record.texts.empty() ? "" : csv_cell(record.texts[*state.last].description));
    } else {
      csv += ",,,,,";
    }
    csv += fmt::format("{},{},{}\n", state.events_behind, csv_cell(record.actors[tie.a].name),
                       csv_cell(record.actors[tie.b].name));
  }
  return csv;
}

}  // namespace detente
