// Memory for large arrays that are read here and there: on large pages where the system has them, so that fewer reads wait
// for the translation of their address.
#pragma once

#include <cstddef>
#include <limits>
#include <new>
#include <vector>

#ifdef __linux__
#include <sys/mman.h>
#endif

namespace detente {

template <class T>
struct LargePages {
  using value_type = T;
  LargePages() = default;
  template <class Other>
  explicit LargePages(const LargePages<Other>&) {}

  T* allocate(std::size_t count) {
    if (count > most) throw std::bad_array_new_length();
    void* memory = ::operator new(count * sizeof(T), alignment(count));
#ifdef __linux__
    if (is_large(count)) madvise(memory, count * sizeof(T), MADV_HUGEPAGE);
#endif
    return static_cast<T*>(memory);
  }
  void deallocate(T* memory, std::size_t count) { ::operator delete(memory, alignment(count)); }
  friend bool operator==(const LargePages&, const LargePages&) { return true; }

 private:
  static constexpr std::size_t page = std::size_t{2} << 20;
  static constexpr std::size_t most = static_cast<std::size_t>(std::numeric_limits<std::ptrdiff_t>::max()) / sizeof(T);
  static bool is_large(std::size_t count) { return count * sizeof(T) >= 2 * page; }
  static std::align_val_t alignment(std::size_t count) { return std::align_val_t{is_large(count) ? page : 64}; }
};

template <class T>
using LargeVector = std::vector<T, LargePages<T>>;

}  // namespace detente
