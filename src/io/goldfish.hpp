// A folder of the data frames of the R package goldfish, each written by write.csv.  Their columns say what they are:
//
//   label, present, ...                the nodes: actors and their attributes
//   time, sender, receiver, increment  events, of the type that the file is called
//   time, sender, receiver, replace    a network of states: ties of the kind that the file is called, from a row with a
//                                      value other than 0 to the next one with 0
//   time, node, replace or increment   a changing attribute, called as the file is; present = who enters and leaves
//
// Source: goldfish, help pages of defineNodes(), defineNetwork() and linkEvents().
#pragma once

#include <memory>
#include <string>

#include "io/table.hpp"

namespace detente {

// Throws Error where a file is none of these, or no file has events.
[[nodiscard]] std::unique_ptr<RecordTables> open_goldfish(const std::string& folder);

}  // namespace detente
