#include "io/goodness_result.hpp"

#include <fmt/format.h>

#include "io/csv_cell.hpp"

namespace detente {
namespace {

Json row_json(const GoodnessRow& row) {
  const Band& band = row.simulated;
  return {{"group", row.group},
          {"name", row.name},
          {"recorded", number_or_null(row.recorded)},
          {"median", number_or_null(band.median)},
          {"low50", number_or_null(band.low50)},
          {"high50", number_or_null(band.high50)},
          {"low80", number_or_null(band.low80)},
          {"high80", number_or_null(band.high80)},
          {"low95", number_or_null(band.low95)},
          {"high95", number_or_null(band.high95)},
          {"defined", row.defined},
          {"p", number_or_null(row.p)},
          {"outside", row.outside}};
}

Json ranks_json(const Fit& fit) {
  Json ranks = Json::array();
  for (const HazardFit& hazard : fit.hazards) {
    if (!hazard.explanation) continue;
    Json recall = Json::array();
    for (std::size_t k = 0; k < recall_shares.size(); ++k)
      recall.push_back({{"share", recall_shares[k]}, {"recall", number_or_null(hazard.explanation->recall[k])}});
    ranks.push_back(
        {{"hazard", hazard.hazard}, {"mean_rank", number_or_null(hazard.explanation->mean_rank)}, {"recall", recall}});
  }
  return ranks;
}

}  // namespace

Json goodness_json(const Goodness& result, const GoodnessOptions& options, const Record& record) {
  Json rows = Json::array();
  for (const GoodnessRow& row : result.rows) rows.push_back(row_json(row));
  return {{"clock", record.clock == Clock::calendar ? "calendar" : "number"},
          {"from", format_time(result.begins, record.clock)},
          {"to", format_time(time_span(record).last, record.clock)},
          {"events_before", result.before},
          {"events", result.compared},
          {"events_given", result.given},
          {"events_not_at_risk", result.not_at_risk},
          {"grain", result.grain},
          {"coefficients", options.drawn ? "drawn" : "estimated"},
          {"replicates", result.replicates},
          {"exploded", result.exploded},
          {"statistics", rows},
          {"outside",
           {{"recorded", result.outside.recorded},
            {"by_chance", number_or_null(result.outside.chance_mean)},
            {"by_chance_high95", number_or_null(result.outside.chance_high)}}},
          {"ranks", ranks_json(result.fit)}};
}

std::string goodness_csv(const Goodness& result) {
  std::string csv = "group,statistic,recorded,low95,low80,low50,median,high50,high80,high95,defined,p,outside\n";
  for (const GoodnessRow& row : result.rows) {
    const Band& b = row.simulated;
    csv += fmt::format("{},{},{}", csv_cell(row.group), csv_cell(row.name), csv_cell(row.recorded));
    for (const double value : {b.low95, b.low80, b.low50, b.median, b.high50, b.high80, b.high95})
      csv += fmt::format(",{}", csv_cell(value));
    csv += fmt::format(",{},{},{}\n", row.defined, csv_cell(row.p), row.outside ? 1 : 0);
  }
  return csv;
}

}  // namespace detente
