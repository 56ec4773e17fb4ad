// Means and spreads of terms over a risk set (hazard/standardized.hpp), kept for as long as a memory stays as it is, so that
// a dyad read alone costs no pass over all of them.  Several threads may read one memory.
#pragma once

#include <cmath>
#include <cstdint>
#include <mutex>
#include <optional>
#include <vector>

namespace detente {

struct Scale {
  double mean = 0;
  double spread = 0;  // standard deviation; 0 = all are alike

  // x in standard deviations from the mean; 0 where all are alike, unknown where x is.
  [[nodiscard]] double of(double x) const {
    if (spread > 0) return (x - mean) / spread;
    return std::isnan(x) ? x : 0;
  }
};

class ScaleCache {
 public:
  ScaleCache() = default;
  // A copy begins empty: what it lacks is read again, to the same bits.
  ScaleCache(const ScaleCache&) noexcept {}
  ScaleCache& operator=(const ScaleCache&) noexcept {
    expire();
    return *this;
  }
  ~ScaleCache() = default;

  // Nothing kept so far holds any more.
  void expire() { ++revision_; }
  // `slot`: which term.  `line`: whose risk set, where every sender has its own.
  [[nodiscard]] std::optional<Scale> find(std::size_t slot, std::size_t line) const {
    const std::lock_guard lock(guard_);
    if (slot >= slots_.size() || line >= slots_[slot].size()) return {};
    const Entry& entry = slots_[slot][line];
    return entry.revision == revision_ ? std::optional(entry.scale) : std::nullopt;
  }
  void keep(std::size_t slot, std::size_t line, const Scale& scale) const {
    const std::lock_guard lock(guard_);
    if (slot >= slots_.size()) slots_.resize(slot + 1);
    if (line >= slots_[slot].size()) slots_[slot].resize(line + 1);
    slots_[slot][line] = {revision_, scale};
  }

 private:
  struct Entry {
    std::uint64_t revision = 0;
    Scale scale{};
  };
  mutable std::mutex guard_;
  mutable std::vector<std::vector<Entry>> slots_;
  std::uint64_t revision_ = 1;
};

}  // namespace detente
