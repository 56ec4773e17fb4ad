#include "base/memory_limit.hpp"

#include <algorithm>
#include <array>
#include <fstream>
#include <limits>
#include <string>

#include <fmt/format.h>

namespace detente {
namespace {

constexpr std::uint64_t unlimited = std::numeric_limits<std::uint64_t>::max();

std::uint64_t number_in(const char* path) {
  std::uint64_t value = unlimited;
  std::ifstream file(path);
  return file >> value ? value : unlimited;  // "max" is no number
}

std::uint64_t kernel_available() {
  std::ifstream file("/proc/meminfo");
  for (std::string word; file >> word;)
    if (std::uint64_t kib = 0; word == "MemAvailable:" && file >> kib) return kib * 1024;
  return unlimited;
}

std::uint64_t group_available() {
  const std::uint64_t most = number_in("/sys/fs/cgroup/memory.max");
  const std::uint64_t used = number_in("/sys/fs/cgroup/memory.current");
  if (most == unlimited || used == unlimited) return unlimited;
  return most > used ? most - used : 0;
}

}  // namespace

std::uint64_t available_memory() { return std::min(kernel_available(), group_available()); }

std::string bytes_text(double bytes) {
  constexpr std::array units{"bytes", "kB", "MB", "GB", "TB", "PB"};
  std::size_t unit = 0;
  while (bytes >= 1000 && unit + 1 < units.size()) {
    bytes /= 1000;
    ++unit;
  }
  return fmt::format("{:.{}f} {}", bytes, unit == 0 || bytes >= 100 ? 0 : 1, units[unit]);
}

void require_memory(double bytes, std::string_view what, const Place& where, std::string_view hint) {
  const std::uint64_t available = available_memory();
  if (bytes <= static_cast<double>(available)) return;
  throw Error({.what = fmt::format("{} does not fit in memory", what),
               .where = where,
               .got = fmt::format("{} needed", bytes_text(bytes)),
               .expected = fmt::format("at most {}, which is what this machine has free",
                                       bytes_text(static_cast<double>(available))),
               .hint = std::string(hint)});
}

}  // namespace detente
