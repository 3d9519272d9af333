// SPDX-License-Identifier: GPL-3.0-or-later
// Memory for a cache that starts empty.
#pragma once

#include <sys/mman.h>

#include <cstddef>
#include <new>
#include <type_traits>

namespace broadsheet::text {

// `size` elements of zero bytes. Each page is allocated and cleared when it is first touched, so an
// analyser that reads ten words does not clear megabytes.
template <typename T>
class ZeroedArray {
 public:
  // Throws std::bad_alloc.
  explicit ZeroedArray(size_t size) : bytes_(size * sizeof(T)) {
    // Elements begin their life without a constructor and end it without a destructor.
    static_assert(std::is_trivially_copyable_v<T>);
    void* pages = mmap(nullptr, bytes_, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (pages == MAP_FAILED) throw std::bad_alloc();
    elements_ = static_cast<T*>(pages);
  }
  ~ZeroedArray() { munmap(elements_, bytes_); }
  ZeroedArray(const ZeroedArray&) = delete;
  ZeroedArray& operator=(const ZeroedArray&) = delete;

  T& operator[](size_t i) { return elements_[i]; }

 private:
  size_t bytes_;
  T* elements_;
};

}  // namespace broadsheet::text
