// Judges a record as a whole, after its rows have been read: lifetimes against events and ties, duplicates, self-loops,
// attributes that end before their actor, ties that overlap.  Warnings only: what is unusable was an error of the row.
#pragma once

#include "log/finding.hpp"
#include "log/record.hpp"

namespace detente {

// File names to put into the findings' places.
struct RecordFiles {
  std::string events = "events.csv";
  std::string actors = "actors.csv";
  std::string ties = "ties.csv";
  std::string attributes = "attributes.csv";
};

// Expects order_events(), infer_lifetimes() and end_ties_of_departed() to have run.
void validate(const Record& record, const RecordFiles& files, Findings& findings);

}  // namespace detente
