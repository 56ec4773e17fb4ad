#include "io/residuals_csv.hpp"

#include <cmath>
#include <cstdint>
#include <filesystem>

#include <fmt/format.h>

#include "base/error.hpp"
#include "io/csv_cell.hpp"

namespace detente {
namespace {

// "2025-01-22T10:30:00Z" where the record has the time of day, to the millisecond; else the day or the number.
std::string moment_text(const Event& event, Clock clock) {
  if (clock == Clock::number || event.precision != Precision::instant) return format_time(event.time, clock);
  constexpr double milliseconds = 86'400'000;
  const auto all = static_cast<std::int64_t>(std::llround(event.time * milliseconds));
  const auto day = static_cast<std::int64_t>(milliseconds);
  const std::int64_t of_day = (all % day + day) % day;
  const std::string fraction = of_day % 1000 == 0 ? "" : fmt::format(".{:03}", of_day % 1000);
  return fmt::format("{}T{:02}:{:02}:{:02}{}Z", format_time(static_cast<double>((all - of_day) / day), clock),
                     of_day / 3'600'000, of_day / 60'000 % 60, of_day / 1000 % 60, fraction);
}

// The last cells of a row: who its two actors are, by name.
std::string name_cells(const Record& record, ActorId a, ActorId b) {
  return fmt::format(",{},{}", csv_cell(record.actors[a].name), csv_cell(record.actors[b].name));
}

std::string events_csv(const HazardFit& fit, const Record& record) {
  const std::size_t before = fit.baselines();
  std::string csv =
      "event,line,time,sender,receiver,type,log_probability,log_intensity,compensator,deviance_residual,rank,at_risk";
  for (const char* what : {"contribution", "schoenfeld"})
    for (std::size_t p = before; p < fit.names.size(); ++p)
      csv += "," + csv_cell(fmt::format("{} {}", what, fit.names[p]));
  csv += ",sender_name,receiver_name\n";
  if (!fit.explanation) return csv;
  for (const EventFit& one : fit.explanation->events) {
    const Event& event = record.events[one.event];
    csv +=
        fmt::format("{},{},{},{},{},{},{},{},{},{},{},{}", one.event + 1, event.line, moment_text(event, record.clock),
                    csv_cell(record.actors[event.sender].id), csv_cell(record.actors[event.receiver].id),
                    csv_cell(record.types[event.type].code), csv_cell(one.log_probability), csv_cell(one.log_intensity),
                    csv_cell(one.compensator), csv_cell(one.deviance_residual()), one.rank, one.at_risk);
    const Eigen::VectorXd schoenfeld = one.x - one.mean;
    const Eigen::VectorXd contribution = schoenfeld.cwiseProduct(fit.newton.estimate.tail(schoenfeld.size()));
    for (const double value : contribution) csv += "," + csv_cell(value);
    for (const double value : schoenfeld) csv += "," + csv_cell(value);
    csv += name_cells(record, event.sender, event.receiver) + "\n";
  }
  return csv;
}

std::string ties_csv(const HazardFit& fit, const Record& record) {
  std::string csv =
      "tie,kind,a,b,start,end,ending,time_at_risk,ended,cumulative_hazard,martingale_residual,deviance_residual";
  for (const std::string& name : fit.names) csv += "," + csv_cell("score " + name);
  csv += ",a_name,b_name\n";
  if (!fit.explanation) return csv;
  for (const TieFit& one : fit.explanation->ties) {
    const Tie& tie = record.ties[one.tie];
    csv += fmt::format("{},{},{},{},{},{},{},{},{},{},{},{}", csv_cell(tie.id), csv_cell(tie.kind),
                       csv_cell(record.actors[tie.a].id), csv_cell(record.actors[tie.b].id),
                       format_time(tie.start, record.clock), tie.end == never ? "" : format_time(tie.end, record.clock),
                       csv_cell(tie.ending), csv_cell(one.exposure), one.ended, csv_cell(one.cumulative_hazard),
                       csv_cell(one.martingale_residual()), csv_cell(one.deviance_residual()));
    for (const double value : one.score) csv += "," + csv_cell(value);
    csv += name_cells(record, tie.a, tie.b) + "\n";
  }
  return csv;
}

std::string pairs_csv(const HazardFit& fit, const Record& record) {
  std::string csv = "a,b,from,time_at_risk,started,cumulative_hazard,martingale_residual,deviance_residual";
  for (const std::string& name : fit.names) csv += "," + csv_cell("score " + name);
  csv += ",a_name,b_name\n";
  if (!fit.explanation) return csv;
  for (const TieFit& one : fit.explanation->ties) {
    const Dyad pair = fit.explanation->pairs[one.tie];
    csv += fmt::format("{},{},{},{},{},{},{},{}", csv_cell(record.actors[pair.sender].id),
                       csv_cell(record.actors[pair.receiver].id), format_time(one.from, record.clock),
                       csv_cell(one.exposure), one.ended, csv_cell(one.cumulative_hazard),
                       csv_cell(one.martingale_residual()), csv_cell(one.deviance_residual()));
    for (const double value : one.score) csv += "," + csv_cell(value);
    csv += name_cells(record, pair.sender, pair.receiver) + "\n";
  }
  return csv;
}

}  // namespace

std::string residuals_csv(const HazardFit& fit, const Record& record) {
  switch (fit.kind) {
    case HazardKind::tie:
    case HazardKind::rate:
    case HazardKind::choice: return events_csv(fit, record);
    case HazardKind::end: return ties_csv(fit, record);
    case HazardKind::start: return pairs_csv(fit, record);
  }
  return "";
}

std::vector<std::string> residuals_paths(const std::string& path, const std::vector<std::string>& hazards) {
  if (path.empty()) return {};
  if (hazards.size() == 1) return {path};
  if (path == "-")
    throw Error({.what = fmt::format("the residuals of {} hazards are so many tables", hazards.size()),
                 .where = {.file = "--residuals"},
                 .got = "- (standard output)",
                 .expected = "a file name, of which one is made for each hazard"});
  std::vector<std::string> paths;
  const std::filesystem::path base(path);
  for (const std::string& hazard : hazards) {
    std::filesystem::path one = base;
    one.replace_filename(fmt::format("{}.{}{}", base.stem().string(), hazard, base.extension().string()));
    paths.push_back(one.string());
  }
  return paths;
}

}  // namespace detente
