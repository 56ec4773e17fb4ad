// An arbitrary random record, for property tests (rapidcheck); sizes lie within the ranges, their ends not included.
#pragma once

#include <rapidcheck.h>

#include "memory/reference/random_record.hpp"

namespace detente::reference {

struct Range {
  std::size_t from, below;
};

inline RandomRecord any_record(Range actors, Range events, Range ties) {
  const auto any_in = [](Range range) { return rc::gen::inRange<std::size_t>(range.from, range.below); };
  RandomRecord options;
  options.seed = *rc::gen::arbitrary<std::uint64_t>().as("seed of the record");
  options.clock = *rc::gen::arbitrary<bool>().as("calendar") ? Clock::calendar : Clock::number;
  options.actors = *any_in(actors).as("actors");
  options.events = *any_in(events).as("events");
  options.ties = *any_in(ties).as("ties");
  options.observed_from =
      *rc::gen::element(double{RandomRecord::default_start}, double{always}, -2.0, 4.0).as("start of observation");
  options.absences = *rc::gen::arbitrary<bool>().as("absences");
  return options;
}

}  // namespace detente::reference
