// Tells what a record is kept in, and opens it.
#pragma once

#include <memory>
#include <string>

#include "io/presets.hpp"
#include "io/table.hpp"

namespace detente {

[[nodiscard]] std::unique_ptr<RecordTables> open_record(const std::string& path, bool events_only,
                                                        const Preset& preset);

}  // namespace detente
