#include "base/parallel.hpp"

#include <algorithm>
#include <thread>

#ifdef DETENTE_PARALLEL_STD
#include <atomic>
#include <exception>
#include <mutex>
#include <vector>
#else
#include <tbb/parallel_for.h>
#include <tbb/task_arena.h>
#endif

namespace detente {

unsigned hardware_threads() { return std::max(1U, std::thread::hardware_concurrency()); }

#ifdef DETENTE_PARALLEL_STD

void for_each_block(std::size_t blocks, unsigned threads, const std::function<void(std::size_t)>& body) {
  std::atomic<std::size_t> next{0};
  std::exception_ptr failure;
  std::mutex guard;
  const auto work = [&] {
    for (std::size_t block = next++; block < blocks; block = next++) {
      try {
        body(block);
      } catch (...) {
        const std::lock_guard lock(guard);
        if (!failure) failure = std::current_exception();
        next = blocks;
      }
    }
  };
  const std::size_t wanted = threads == 0 ? hardware_threads() : threads;
  {
    std::vector<std::jthread> pool;
    for (std::size_t i = 1; i < std::min(wanted, blocks); ++i) pool.emplace_back(work);
    work();
  }
  if (failure) std::rethrow_exception(failure);
}

#else

void for_each_block(std::size_t blocks, unsigned threads, const std::function<void(std::size_t)>& body) {
  if (threads == 1 || blocks < 2) {
    for (std::size_t block = 0; block < blocks; ++block) body(block);
    return;
  }
  tbb::task_arena arena(threads == 0 ? tbb::task_arena::automatic : static_cast<int>(threads));
  arena.execute([&] { tbb::parallel_for(std::size_t{0}, blocks, std::size_t{1}, body, tbb::simple_partitioner{}); });
}

#endif

}  // namespace detente
