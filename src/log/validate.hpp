// Judges a record as a whole, after its rows have been read: lifetimes against events and ties, duplicates, self-loops,
// attributes that end before their actor, ties that overlap.  Warnings only: what is unusable was an error of the row.
#pragma once

#include "log/finding.hpp"
#include "log/record.hpp"

namespace detente {

// One of several files that are read as one table: their lines are counted on from file to file.
struct FilePart {
  std::string file;
  std::size_t lines_before;
};

// File names to put into the findings' places.
struct RecordFiles {
  std::string events = "events.csv";
  std::string actors = "actors.csv";
  std::string ties = "ties.csv";
  std::string attributes = "attributes.csv";
  std::vector<FilePart> event_parts{};  // in order; empty where the events are of one file
  bool repeats{};                       // coded from news, where repeats are the rule: they are counted, not listed
  // Where the event of a line stands.
  [[nodiscard]] Place event(std::size_t line) const;
};

// Expects order_events(), infer_lifetimes() and end_ties_of_departed() to have run.
void validate(const Record& record, const RecordFiles& files, Findings& findings);

// A part of it: what is odd without being wrong (oddities.cpp).
void find_oddities(const Record& record, const RecordFiles& files, Findings& findings);

}  // namespace detente
