// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/server/held_rename.h"

#include <dlfcn.h>

#include <cstdio>
#include <string_view>
#include <utility>

#include "engine/base/mutex.h"

namespace broadsheet::server {
namespace {

struct HeldNow {
  base::Mutex mutex;
  std::shared_ptr<HeldRename::Point> point ABSL_GUARDED_BY(mutex);
};

// Never destroyed: threads may still rename at the end of the process.
HeldNow& TheHeldNow() {
  static auto* const held = new HeldNow;
  return *held;
}

void HoldNext(std::shared_ptr<HeldRename::Point> point) {
  base::MutexLock lock(TheHeldNow().mutex);
  TheHeldNow().point = std::move(point);
}

void MayHoldRename(std::string_view path) {
  std::shared_ptr<HeldRename::Point> point;
  {
    base::MutexLock lock(TheHeldNow().mutex);
    point = TheHeldNow().point;
  }
  if (point != nullptr && path.ends_with(point->ending)) point->gate.Pass();
}

}  // namespace

HeldRename::HeldRename(std::string ending) : point_(std::make_shared<Point>(std::move(ending))) {
  HoldNext(point_);
}

HeldRename::~HeldRename() {
  HoldNext(nullptr);
  LetGo();
}

bool HeldRename::WaitUntilReached() { return point_->gate.WaitUntilReached(1); }

void HeldRename::LetGo() { point_->gate.Open(); }

}  // namespace broadsheet::server

// In the place of the C library's, for all of the test program.
extern "C" int rename(const char* from, const char* to) noexcept {
  broadsheet::server::MayHoldRename(to);
  static auto* const real =
      reinterpret_cast<int (*)(const char*, const char*)>(::dlsym(RTLD_NEXT, "rename"));
  return real(from, to);
}
