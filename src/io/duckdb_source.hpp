// DuckDB as a reader of what is large or no plain CSV: its own files, Parquet, JSON, compressed files, and queries over
// any of them.  Results are streamed, so memory does not grow with the input.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "io/presets.hpp"
#include "io/table.hpp"

namespace detente {

// A text that starts with SELECT, FROM or WITH is a query; anything else is the name of a file.
[[nodiscard]] bool is_query(std::string_view text);

// The tables events, actors, ties, types and attributes of a DuckDB file.
[[nodiscard]] std::unique_ptr<RecordTables> open_duckdb(const std::string& path);

// The events that a query gives.
[[nodiscard]] std::unique_ptr<RecordTables> open_query(const std::string& sql);

// A file of events: Parquet, JSON, or compressed CSV (which DuckDB only unpacks: the strict reader splits it).
[[nodiscard]] std::unique_ptr<RecordTables> open_packed_file(const std::string& path, const Preset& preset);

}  // namespace detente
