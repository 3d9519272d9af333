// SPDX-License-Identifier: GPL-3.0-or-later
// Keeps a process running when a mapped file was truncated or its disk fails. Reading a page that
// is missing raises SIGBUS, which would end a whole server for one file of one generation.
#pragma once

#include <cstddef>

namespace broadsheet::base {

// Guards a read-only mapping while this object lives: a page that cannot be read reads as zeros,
// and lost() returns true from then on. Code that answers from the mapping calls lost() after
// reading, and discards its answer if true. lost() is safe from any thread.
//
// The first PageGuard installs a handler of SIGBUS. For an address in no guarded mapping, it calls
// the handler installed before it. At most 256 mappings are guarded at a time; further ones are
// not.
class PageGuard {
 public:
  PageGuard(const void* begin, size_t size);
  ~PageGuard();
  PageGuard(const PageGuard&) = delete;
  PageGuard& operator=(const PageGuard&) = delete;

  bool lost() const;

 private:
  struct Slot;
  friend struct PageGuardHandler;

  Slot* slot_ = nullptr;
};

}  // namespace broadsheet::base
