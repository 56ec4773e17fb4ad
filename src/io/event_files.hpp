// A folder of event files as one record, for sources that publish a file for each day, week or year.
#pragma once

#include <functional>
#include <memory>
#include <string>

#include "io/presets.hpp"
#include "io/table.hpp"

namespace detente {

using OpenFile = std::function<std::unique_ptr<RecordTables>(const std::string& path)>;

// The files whose names end as those of the source do, also packed, in order of their names.  Findings name the file
// and its own line.  Throws Error when there is none.
[[nodiscard]] std::unique_ptr<RecordTables> open_event_files(const std::string& folder, const CodedSource& source,
                                                             OpenFile open);

}  // namespace detente
