// A record kept as a folder of CSV files: events.csv, and where there are any actors.csv, ties.csv, types.csv,
// attributes.csv, pairs.csv and series.csv.  Also a single file of events.
#pragma once

#include <memory>
#include <string>

#include "io/csv_reader.hpp"
#include "io/presets.hpp"
#include "io/table.hpp"

namespace detente {

// Throws Error when the folder or its events are not there.
[[nodiscard]] std::unique_ptr<RecordTables> open_folder(const std::string& path, const Preset& preset);

// A .csv or .tsv file of events.
[[nodiscard]] std::unique_ptr<RecordTables> open_event_file(const std::string& path, const Preset& preset);

// Of the tables beside the events: in the record's own columns, written as the user says.
[[nodiscard]] CsvOptions table_options(const Preset& preset);
[[nodiscard]] CsvOptions csv_options_for(const std::string& path, const Preset& preset);

}  // namespace detente
