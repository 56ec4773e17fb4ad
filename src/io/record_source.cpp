#include "io/record_source.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "io/actor_rows.hpp"
#include "io/event_rows.hpp"
#include "io/number_rows.hpp"
#include "io/open_record.hpp"

namespace detente {
namespace {

template <class Rows>
void read_table(Table table, RecordTables& tables, RecordDraft& draft, const Preset& preset) {
  if (!tables.has(table)) return;
  Rows rows(draft, tables.file(table), preset);
  tables.read(table, rows);
  rows.finish();
}

void read_events(RecordTables& tables, RecordDraft& draft, const Preset& preset, const RecordOptions& options) {
  EventRows rows(draft, tables.file(Table::events), preset);
  rows.report_progress(options.progress);
  tables.read(Table::events, rows);
  rows.finish();
}

// A source whose types are those of a published ontology, unless it brings a table of its own.
void read_ontology(const RecordTables& tables, RecordDraft& draft, const Preset& preset) {
  if (!preset.coded || tables.has(Table::types)) return;
  RecordDraft known;
  TypeRows rows(known, preset.coded->ontology, preset);
  CsvParser parser(preset.coded->ontology, {}, rows);
  static_cast<void>(parser.feed(preset.coded->types));
  static_cast<void>(parser.finish());
  draft.ontology = std::move(known.record.types);
  for (std::size_t i = 0; i < draft.ontology.size(); ++i)
    draft.ontology_codes.add(draft.ontology[i].code, static_cast<std::uint32_t>(i));
}

// The clock must be known before the first date of the actors.
void find_clock(RecordTables& tables, RecordDraft& draft, const Preset& preset) {
  draft.clock = draft.dates == DateOrder::as_written ? preset.clock : std::optional(Clock::calendar);
  if (!draft.clock && tables.has(Table::actors)) {
    ClockProbe probe(draft, preset);
    tables.read(Table::events, probe);
  }
  if (draft.clock) draft.record.clock = *draft.clock;
}

RecordFiles files_of(const RecordTables& tables, const Preset& preset) {
  return {tables.file(Table::events),     tables.file(Table::actors), tables.file(Table::ties),
          tables.file(Table::attributes), tables.event_parts(),       preset.coded.has_value()};
}

Error no_usable_event(const LoadedRecord& loaded, const RecordOptions& options) {
  return Error({.what = "no usable event is left",
                .where = {.file = loaded.path},
                .hint = fmt::format("`{}` lists why", check_command(loaded.path, options))});
}

}  // namespace

std::string check_command(const std::string& path, const RecordOptions& options) {
  return options.preset == RecordOptions{}.preset ? fmt::format("detente check {}", path)
                                                  : fmt::format("detente check {} --preset {}", path, options.preset);
}

LoadedRecord read_record(const std::string& path, const RecordOptions& options) {
  const Preset preset = spelled(preset_named(options.preset), options.spelling);
  const std::unique_ptr<RecordTables> tables = open_record(path, options.events_only, preset);
  RecordDraft draft;
  draft.dates = options.spelling.dates;
  draft.decimal_comma = options.spelling.decimal_comma;
  find_clock(*tables, draft, preset);
  read_table<TypeRows>(Table::types, *tables, draft, preset);
  read_ontology(*tables, draft, preset);
  read_table<ActorRows>(Table::actors, *tables, draft, preset);
  read_events(*tables, draft, preset, options);
  if (draft.findings.tables.back().read == 0)
    throw Error({.what = "the record has no events",
                 .where = {.file = tables->file(Table::events)},
                 .expected = "at least one row below the header"});
  read_table<TieRows>(Table::ties, *tables, draft, preset);
  read_table<AttributeRows>(Table::attributes, *tables, draft, preset);
  read_table<PairRows>(Table::pairs, *tables, draft, preset);
  read_table<SeriesRows>(Table::series, *tables, draft, preset);
  draft.findings.fingerprints = tables->fingerprints();

  LoadedRecord loaded{std::move(draft.record), std::move(draft.findings), files_of(*tables, preset), path};
  order_events(loaded.record);
  if (preset.always_present)
    for (Actor& actor : loaded.record.actors) actor.enters_declared = true;
  if (preset.observed_from) loaded.record.observed_from = *preset.observed_from;
  infer_lifetimes(loaded.record);
  end_ties_of_departed(loaded.record);
  validate(loaded.record, loaded.files, loaded.findings);
  return loaded;
}

LoadedRecord read_usable_record(const std::string& path, const RecordOptions& options) {
  LoadedRecord loaded = read_record(path, options);
  const std::size_t errors = loaded.findings.count(Level::error);
  if (errors > 0 && options.bad == BadRows::stop) {
    const auto first = std::find_if(loaded.findings.list.begin(), loaded.findings.list.end(),
                                    [](const Finding& finding) { return finding.level == Level::error; });
    Problem problem = first->problem;
    if (errors > 1) problem.what += fmt::format(" (and {} more error{})", errors - 1, errors == 2 ? "" : "s");
    const std::string all =
        fmt::format("`{}` lists all; `--bad set-aside` goes on without these rows", check_command(path, options));
    problem.hint += problem.hint.empty() ? all : "; " + all;
    throw Error(std::move(problem));
  }
  if (loaded.record.events.empty()) throw no_usable_event(loaded, options);
  return loaded;
}

}  // namespace detente
