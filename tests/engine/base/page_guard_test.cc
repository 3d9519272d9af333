// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/base/page_guard.h"

#include <gtest/gtest.h>
#include <sys/mman.h>
#include <unistd.h>

#include <filesystem>
#include <numeric>
#include <string>

#include "engine/base/file_reader.h"
#include "tests/testing/status_matchers.h"
#include "tests/testing/temp_dir.h"

namespace broadsheet::base {
namespace {

using ::broadsheet::testing::TempDir;

class PageGuardTest : public ::testing::Test {
 protected:
  MappedFile Map() { return MappedFile::Map(FileReader::Open(path_).value()).value(); }
  static int Sum(const MappedFile& file) {
    return std::accumulate(file.data(), file.data() + file.size(), 0);
  }

  const size_t page_ = static_cast<size_t>(sysconf(_SC_PAGESIZE));
  TempDir dir_;
  const std::filesystem::path path_ = dir_.Write("file", std::string(3 * page_, '\1'));
};

TEST_F(PageGuardTest, AFileThatIsCutReadsAsZerosAndSaysSo) {
  const MappedFile file = Map();
  const MappedFile other =
      MappedFile::Map(FileReader::Open(dir_.Write("other", "x")).value()).value();
  EXPECT_EQ(Sum(file), static_cast<int>(3 * page_));
  EXPECT_FALSE(file.lost());
  std::filesystem::resize_file(path_, page_);
  EXPECT_EQ(Sum(file), static_cast<int>(page_));
  EXPECT_TRUE(file.lost());
  EXPECT_FALSE(other.lost());
}

TEST_F(PageGuardTest, AMappingTakesItsGuardAlong) {
  MappedFile first = Map();
  const MappedFile file = std::move(first);
  std::filesystem::resize_file(path_, 0);
  EXPECT_EQ(Sum(file), 0);
  EXPECT_TRUE(file.lost());
}

TEST_F(PageGuardTest, ANewMappingIsNotLost) {
  {
    const MappedFile file = Map();
    std::filesystem::resize_file(path_, 0);
    EXPECT_EQ(Sum(file), 0);
  }
  dir_.Write("file", std::string(page_, '\1'));
  EXPECT_FALSE(Map().lost());
}

using PageGuardDeathTest = PageGuardTest;

TEST_F(PageGuardDeathTest, OtherPeoplesPagesAreNotItsBusiness) {
  const auto read_beyond_the_end = [&] {
    const MappedFile guarded = Map();
    const FileReader file = FileReader::Open(path_).value();
    void* const address = mmap(nullptr, page_, PROT_READ, MAP_SHARED, file.fd(), 0);
    std::filesystem::resize_file(path_, 0);
    const char first = *static_cast<volatile const char*>(address);
    _exit(first);
  };
  EXPECT_DEATH(read_beyond_the_end(), "");
}

}  // namespace
}  // namespace broadsheet::base
