// Work in fixed blocks.  The blocks do not depend on the number of threads and their results are combined in order, so a
// reduction gives the same bits for any number of threads.
#pragma once

#include <cstddef>
#include <functional>

namespace detente {

// Number of hardware threads, at least 1.
[[nodiscard]] unsigned hardware_threads();

// Calls body(block) for block = 0 .. blocks-1 on up to `threads` threads (0 = all).  The first exception is rethrown
// after all started blocks have ended.
void for_each_block(std::size_t blocks, unsigned threads, const std::function<void(std::size_t)>& body);

}  // namespace detente
