// SPDX-License-Identifier: GPL-3.0-or-later
// Lets a process outlive a mapped file that was cut, or whose disk fails. The kernel answers a read
// of a page that is not there with SIGBUS, which ends the process: a server, and all that it
// serves, for a file of one generation.
#pragma once

#include <cstddef>

namespace broadsheet::base {

// Guards a read-only mapping for as long as it lives: a page that cannot be read becomes one of
// zeros, and lost() true for ever. Whoever answers from the mapping asks lost() after reading, and
// throws the answer away. lost() is safe from any thread.
//
// The first one installs a handler of SIGBUS, which leaves to the one before it what lies in no
// guarded mapping. At most 256 mappings are guarded at a time; further ones are not.
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
