#include "io/whatif_csv.hpp"

#include <fmt/format.h>

#include "io/csv_cell.hpp"

namespace detente {
namespace {

constexpr const char* difference_header =
    "difference_mean,difference_error,difference_low95,difference_low80,difference_low50,difference_median,"
    "difference_high50,difference_high80,difference_high95";

std::string difference_cells(const Band& b) {
  return fmt::format("{},{},{},{},{},{},{},{},{}", csv_cell(b.mean), csv_cell(b.error), csv_cell(b.low95),
                     csv_cell(b.low80), csv_cell(b.low50), csv_cell(b.median), csv_cell(b.high50), csv_cell(b.high80),
                     csv_cell(b.high95));
}

}  // namespace

std::string whatif_csv(const WorldStart& start, const WhatIf& result) {
  std::string csv =
      fmt::format("branch,time,read_out,mean,low95,low80,low50,median,high50,high80,high95,{}\n", difference_header);
  const SimulationRun& base = result.branches.front().run;
  for (const BranchRun& branch : result.branches)
    for (std::size_t moment = 0; moment < base.times.size(); ++moment)
      for (std::size_t k = 0; k < base.names.size(); ++k) {
        const Band b = band(branch.run, moment, k);
        csv += fmt::format("{},{},{},{},{},{},{},{},{},{},{},{}\n", csv_cell(branch.name),
                           format_time(base.times[moment], start.scenario().clock), csv_cell(base.names[k]),
                           csv_cell(b.mean), csv_cell(b.low95), csv_cell(b.low80), csv_cell(b.low50),
                           csv_cell(b.median), csv_cell(b.high50), csv_cell(b.high80), csv_cell(b.high95),
                           &branch == &result.branches.front()
                               ? ",,,,,,,,"
                               : difference_cells(difference(branch.run, base, moment, k)));
      }
  return csv;
}

std::string sweep_csv(const WorldStart& start, const WhatIf& result) {
  std::string csv = fmt::format("over,value,read_out,{}\n", difference_header);
  const Sweep& sweep = start.scenario().sweep;
  const bool dates = !sweep.dates.empty();
  const std::string over =
      dates ? fmt::format("date of {}", sweep.branch) : fmt::format("{}.{}", sweep.layer, sweep.setting);
  for (const SweepPoint& point : result.sweep)
    for (std::size_t k = 0; k < point.ends.size(); ++k)
      csv += fmt::format("{},{},{},{}\n", csv_cell(over),
                         dates ? format_time(point.value, start.scenario().clock) : csv_cell(point.value),
                         csv_cell(result.branches.front().run.names[k]), difference_cells(point.ends[k]));
  return csv;
}

std::string sensitivity_csv(const WorldStart& start, const WhatIf& result) {
  std::string csv = "method,setting,read_out,mean,absolute,spread,first,total\n";
  const std::string& method = start.scenario().sensitivity.method;
  for (const SensitivityRow& row : result.sensitivity) {
    csv += fmt::format("{},{},{},", method, csv_cell(row.input), csv_cell(row.output));
    csv += method == "morris" ? fmt::format("{},{},{},,\n", csv_cell(row.morris.mean), csv_cell(row.morris.absolute),
                                            csv_cell(row.morris.spread))
                              : fmt::format(",,,{},{}\n", csv_cell(row.sobol.first), csv_cell(row.sobol.total));
  }
  return csv;
}

}  // namespace detente
