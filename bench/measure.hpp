// Work measured in a process of its own, so that peak memory is that of one case and nothing is warm from the case before.
#pragma once

#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <cstdio>
#include <exception>
#include <stdexcept>
#include <type_traits>

namespace detente::bench {

struct Cost {
  double wall = 0;       // seconds
  double user = 0;       // CPU seconds of all threads, without the system's
  double megabytes = 0;  // peak of the process so far
};

// User CPU seconds of this process and its peak memory so far.
inline Cost usage() {
  rusage now{};
  getrusage(RUSAGE_SELF, &now);
  return {.user = static_cast<double>(now.ru_utime.tv_sec) + 1e-6 * static_cast<double>(now.ru_utime.tv_usec),
          .megabytes = static_cast<double>(now.ru_maxrss) / 1024};
}

template <class Work>
Cost cost_of(const Work& work) {
  const double user = usage().user;
  const auto begin = std::chrono::steady_clock::now();
  work();
  const std::chrono::duration<double> wall = std::chrono::steady_clock::now() - begin;
  const Cost after = usage();
  return {wall.count(), after.user - user, after.megabytes};
}

// What work() returns, from a fork of this process; it must not have started threads.
template <class Work>
auto run_apart(const Work& work) {
  using Result = decltype(work());
  static_assert(std::is_trivially_copyable_v<Result>);
  std::fflush(nullptr);
  int ends[2];
  if (pipe(ends) != 0) throw std::runtime_error("no pipe to measure through");
  const pid_t child = fork();
  if (child < 0) throw std::runtime_error("no process to measure in");
  if (child == 0) {
    try {
      const Result result = work();
      _exit(write(ends[1], &result, sizeof result) == static_cast<ssize_t>(sizeof result) ? 0 : 1);
    } catch (const std::exception& error) {
      std::fprintf(stderr, "error: %s\n", error.what());
      _exit(1);
    }
  }
  close(ends[1]);
  Result result{};
  const bool whole = read(ends[0], &result, sizeof result) == static_cast<ssize_t>(sizeof result);
  close(ends[0]);
  int status = 0;
  waitpid(child, &status, 0);
  if (!whole || status != 0) throw std::runtime_error("a measured process failed");
  return result;
}

}  // namespace detente::bench
