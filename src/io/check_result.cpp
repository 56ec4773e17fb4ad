#include "io/check_result.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "io/csv_cell.hpp"

namespace detente {
namespace {

using Json = nlohmann::ordered_json;

std::string number_or_blank(std::size_t number) { return number == 0 ? "" : fmt::format("{}", number); }

Json to_json(const TableCount& table) {
  return {{"table", table.table},
          {"file", table.file},
          {"read", table.read},
          {"kept", table.kept},
          {"set_aside", table.set_aside}};
}

Json to_json(const Finding& finding) {
  const Problem& problem = finding.problem;
  Json json{{"level", to_string(finding.level)},
            {"code", finding.code},
            {"file", problem.where.file},
            {"line", problem.where.line},
            {"message", problem.what}};
  if (!problem.got.empty()) json["got"] = problem.got;
  if (!problem.expected.empty()) json["expected"] = problem.expected;
  if (!problem.hint.empty()) json["hint"] = problem.hint;
  return json;
}

Json span_json(const Record& record) {
  const Span span = time_span(record);
  if (span.first > span.last) return {{"first", nullptr}, {"last", nullptr}};
  return {{"first", format_time(span.first, record.clock)}, {"last", format_time(span.last, record.clock)}};
}

}  // namespace

std::size_t unusable_rows(const Findings& findings) {
  std::size_t unusable = 0;
  for (const TableCount& table : findings.tables) unusable += table.set_aside - table.warned;
  return unusable;
}

std::string findings_csv(const Findings& findings) {
  std::string csv = "level,code,file,line,column,message,got,expected,hint\n";
  for (const Finding& finding : findings.list) {
    const Problem& problem = finding.problem;
    csv += fmt::format("{},{},{},{},{},{},{},{},{}\n", to_string(finding.level), finding.code,
                       csv_cell(problem.where.file), number_or_blank(problem.where.line),
                       number_or_blank(problem.where.column), csv_cell(problem.what), csv_cell(problem.got),
                       csv_cell(problem.expected), csv_cell(problem.hint));
  }
  return csv;
}

std::string check_json(const LoadedRecord& loaded) {
  const Record& record = loaded.record;
  Json json{{"kind", "check"},
            {"version", 1},
            {"record", loaded.path},
            {"clock", record.clock == Clock::calendar ? "calendar" : "number"}};
  json.update(span_json(record));
  json["counts"] = {{"events", record.events.size()},
                    {"actors", record.actors.size()},
                    {"types", record.types.size()},
                    {"ties", record.ties.size()},
                    {"attributes", record.attributes.size()},
                    {"pairs", record.pair_attributes.size()},
                    {"series", record.series.size()},
                    {"errors", loaded.findings.count(Level::error)},
                    {"warnings", loaded.findings.count(Level::warning)},
                    {"notes", loaded.findings.count(Level::note)}};
  for (const TableCount& table : loaded.findings.tables) json["tables"].push_back(to_json(table));
  json["findings"] = Json::array();
  for (const Finding& finding : loaded.findings.list) json["findings"].push_back(to_json(finding));
  json["fingerprints"] = loaded.findings.fingerprints;
  return json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace detente
