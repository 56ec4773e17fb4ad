// A record kept in a SQLite file: the tables events, actors, ties, types and attributes.
#pragma once

#include <memory>
#include <string>

#include "io/table.hpp"

namespace detente {

[[nodiscard]] std::unique_ptr<RecordTables> open_sqlite(const std::string& path);

}  // namespace detente
