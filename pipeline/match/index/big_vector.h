#pragma once

// Vectors of many megabytes that are read all over the place: in pages of two megabytes, where the system has them, since
// a look-up in a new page of four kilobytes costs more than the look-up itself.

#include <sys/mman.h>

#include <cstddef>
#include <new>
#include <vector>

namespace landfall {

template <typename T>
struct BigPageAllocator {
  using value_type = T;

  BigPageAllocator() = default;
  template <typename U>
  BigPageAllocator(const BigPageAllocator<U>&) {}

  T* allocate(std::size_t count) {
    const std::size_t bytes = count * sizeof(T);
    if (bytes < kPage) return static_cast<T*>(::operator new(bytes));
    void* const memory = ::operator new(bytes, std::align_val_t(kPage));
    madvise(memory, bytes / kPage * kPage, MADV_HUGEPAGE);  // A wish: it may be refused, and nothing is lost.
    return static_cast<T*>(memory);
  }
  void deallocate(T* memory, std::size_t count) {
    if (count * sizeof(T) < kPage) ::operator delete(memory);
    else ::operator delete(memory, std::align_val_t(kPage));
  }
  friend bool operator==(const BigPageAllocator&, const BigPageAllocator&) { return true; }

 private:
  static constexpr std::size_t kPage = std::size_t{2} << 20;
};

template <typename T>
using BigVector = std::vector<T, BigPageAllocator<T>>;

}  // namespace landfall
