// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/base/spare_memory.h"

#include <gtest/gtest.h>
#include <malloc.h>
#include <unistd.h>

#include <fstream>
#include <string>
#include <thread>
#include <vector>

#if defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
#define BROADSHEET_OTHER_ALLOCATOR 1
#endif
#endif

namespace broadsheet::server {
namespace {

size_t ResidentBytes() {
  std::ifstream statm("/proc/self/statm");
  size_t total = 0;
  size_t resident = 0;
  statm >> total >> resident;
  return resident * static_cast<size_t>(getpagesize());
}

// After a flood of calls a server kept what they had taken for ever.
TEST(SpareMemoryTest, GivesBackWhatLiesBetweenPiecesThatAreInUse) {
#if defined(BROADSHEET_OTHER_ALLOCATOR) || defined(__SANITIZE_ADDRESS__) || \
    defined(__SANITIZE_THREAD__)
  GTEST_SKIP() << "the sanitizer has an allocator of its own";
#endif
  constexpr size_t kPiece = 10'000;
  constexpr size_t kFlood = 10'000;
  const size_t before = ResidentBytes();
  std::vector<std::string> pieces(kFlood);
  for (std::string& piece : pieces) piece.assign(kPiece, 'x');
  ASSERT_GT(ResidentBytes(), before + kFlood * kPiece / 2);
  // The last of all stays, so that glibc gives nothing back by itself.
  for (size_t i = 0; i < pieces.size(); ++i) {
    if (i % 1000 != 999) std::string().swap(pieces[i]);
  }
  const SpareMemory spare(absl::Milliseconds(1), /*most_bytes=*/1 << 20);
  while (ResidentBytes() > before + kFlood * kPiece / 4) std::this_thread::yield();
}

// malloc_trim() leaves the end of each arena but the first: a server kept 40 MB there for ever.
TEST(SpareMemoryTest, GivesBackTheEndOfAnArenaOfAThread) {
#if defined(BROADSHEET_OTHER_ALLOCATOR) || defined(__SANITIZE_ADDRESS__) || \
    defined(__SANITIZE_THREAD__)
  GTEST_SKIP() << "the sanitizer has an allocator of its own";
#endif
  constexpr size_t kPiece = 1 << 20;
  constexpr size_t kFlood = 40;
  PrepareSpareMemory();
  // glibc takes the largest piece that was freed for the measure of what to keep.
  std::string large(size_t{24} << 20, 'x');
  std::string().swap(large);
  const size_t before = ResidentBytes();
  std::thread([&] {
    std::vector<std::string> pieces(kFlood);
    for (std::string& piece : pieces) piece.assign(kPiece, 'x');
    EXPECT_GT(ResidentBytes(), before + kFlood * kPiece / 2);
  }).join();
  const SpareMemory spare(absl::Milliseconds(1), /*most_bytes=*/1 << 20);
  while (ResidentBytes() > before + kFlood * kPiece / 4) std::this_thread::yield();
}

}  // namespace
}  // namespace broadsheet::server
