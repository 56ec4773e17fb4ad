// Benchmarks of temporal knowledge graphs: train.txt, valid.txt and test.txt hold quadruples of ids.  Where
// entity2id.txt, relation2id.txt or relation_cameo.csv (id, relation, cameo, quad, goldstein) stand beside them, ids
// become names, actor ids keep the benchmark's numbers, and relations get their quad class and intensity.
#pragma once

#include <memory>
#include <string>

#include "io/presets.hpp"
#include "io/table.hpp"

namespace detente {

// A folder is read as one record (lines count on from file to file), a file alone.
[[nodiscard]] std::unique_ptr<RecordTables> open_tkg(const std::string& path, const Preset& preset);

}  // namespace detente
