// SPDX-License-Identifier: GPL-3.0-or-later
// Holds up whoever is about to move a file into its place, such as MANIFEST at the end of a
// rebuild, so that a test can do something in the middle of it without being quicker than it.
#pragma once

#include <memory>
#include <string>
#include <utility>

#include "tests/server/gate.h"

namespace broadsheet::server {

// While it lives, rename() to a path that ends with `ending` waits in this process until LetGo() or
// the end of this. There is one at a time.
class HeldRename {
 public:
  explicit HeldRename(std::string ending);
  ~HeldRename();
  HeldRename(const HeldRename&) = delete;
  HeldRename& operator=(const HeldRename&) = delete;

  // Waits until somebody is held; false as Gate::WaitUntilReached.
  bool WaitUntilReached();
  void LetGo();

  // What a held thread waits at, which may outlive this.
  struct Point {
    explicit Point(std::string path_ending) : ending(std::move(path_ending)) {}
    const std::string ending;
    Gate gate;
  };

 private:
  const std::shared_ptr<Point> point_;
};

}  // namespace broadsheet::server
