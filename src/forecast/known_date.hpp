// Whether anything is known at a date that a user asks about.
#pragma once

#include "log/record.hpp"

namespace detente {

// Throws Error, of --as-of, where the record begins later.
void require_known(const Record& record, Time date);

}  // namespace detente
