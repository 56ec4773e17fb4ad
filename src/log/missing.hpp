// What stands for values of attributes that nobody recorded.  By default nothing does, and a model that reads one says so
// (estimate/known_values.hpp); a policy fills the stretch from when an actor enters until its first known value:
//
//   mean    the mean of the values known of others by then
//   zero    0
//   level   of words: a level of its own, "unknown"
//   drop    the actor takes part only from its first known value on; events before are history
//
// A filled number has an indicator beside it, an attribute NAME_missing that is 1 while the value is filled and else 0, so
// that a model can tell apart what it does not know (Little & Rubin 2002, ch. 4, on what that can and cannot mend).
#pragma once

#include <span>
#include <string>
#include <vector>

#include "base/error.hpp"
#include "log/record.hpp"

namespace detente {

enum class MissingPolicy : std::uint8_t { mean, zero, level, drop };

struct MissingText {
  std::string attribute;
  MissingPolicy policy = MissingPolicy::mean;
  Place where{};
};

// Counts what it fills in Attribute::filled.  Throws Error: no such attribute, a policy for words that is for numbers or the
// other way round, a mean where no value is known by then.  What was filled before stays.
void fill_missing(Record& record, std::span<const MissingText> policies);

}  // namespace detente
