// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/indexing/sort/external_sorter.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <string>
#include <utility>
#include <vector>

#include "tests/testing/status_matchers.h"
#include "tests/testing/temp_dir.h"

namespace broadsheet::indexing {
namespace {

using ::testing::ElementsAre;
using ::testing::Eq;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using testing::IsOk;
using ::testing::Pair;
using testing::StatusIs;
using testing::TempDir;

using Records = std::vector<std::pair<std::string, std::string>>;

size_t FilesIn(const std::filesystem::path& folder) {
  return static_cast<size_t>(std::distance(std::filesystem::directory_iterator(folder), {}));
}

Records ReadAll(RecordStream& stream) {
  Records all;
  Record record;
  for (;;) {
    const absl::StatusOr<bool> more = stream.Next(&record);
    EXPECT_OK(more);
    if (!more.ok() || !*more) return all;
    all.emplace_back(record.key, record.payload);
  }
}

Records Sorted(ExternalSorter& sorter, const Records& records) {
  for (const auto& [key, payload] : records) EXPECT_OK(sorter.Add({key, payload}));
  const auto stream = sorter.Sort();
  EXPECT_OK(stream);
  return stream.ok() ? ReadAll(**stream) : Records();
}

Records RandomRecords(size_t count, size_t max_payload) {
  std::mt19937 random(20240619);
  Records records;
  for (size_t i = 0; i < count; ++i) {
    std::string key = std::to_string(random() % (count / 2));
    records.emplace_back(std::move(key),
                         std::to_string(i) + ":" + std::string(random() % max_payload, 'x'));
  }
  return records;
}

class ExternalSorterTest : public ::testing::Test {
 protected:
  SorterOptions Memory(uint64_t bytes) const { return {folder_.path(), "test", bytes}; }
  TempDir folder_;
};

TEST_F(ExternalSorterTest, SortsByTheBytesOfKeys) {
  ExternalSorter sorter(Memory(1 << 20));
  const Records sorted = Sorted(sorter, {{"b", "1"},
                                         {"\xff", "2"},
                                         {"aaaaaaaab", "3"},
                                         {"aaaaaaaaa", "4"},
                                         {"", "5"},
                                         {std::string("a\0b", 3), "6"},
                                         {"a", "7"}});
  std::vector<std::string> payloads;
  for (const auto& [key, payload] : sorted) payloads.push_back(payload);
  EXPECT_THAT(payloads, ElementsAre("5", "7", "6", "4", "3", "1", "2"));
}

TEST_F(ExternalSorterTest, WritesNothingWhenAllFitsInMemory) {
  ExternalSorter sorter(Memory(1 << 20));
  EXPECT_THAT(Sorted(sorter, {{"b", "x"}, {"a", "y"}}),
              ElementsAre(Pair("a", "y"), Pair("b", "x")));
  EXPECT_THAT(FilesIn(folder_.path()), Eq(0));
}

TEST_F(ExternalSorterTest, NothingAddedIsAnEmptyStream) {
  ExternalSorter sorter(Memory(1 << 20));
  EXPECT_THAT(Sorted(sorter, {}), IsEmpty());
}

TEST_F(ExternalSorterTest, SortsManyTimesItsMemoryAndKeepsEqualKeysInOrder) {
  const Records records = RandomRecords(20'000, 300);
  Records expected = records;
  std::stable_sort(expected.begin(), expected.end(),
                   [](const auto& a, const auto& b) { return a.first < b.first; });
  // 64 KB: some hundred runs, which take more than one round of merging.
  ExternalSorter sorter(Memory(64 << 10));
  EXPECT_THAT(Sorted(sorter, records), Eq(expected));
}

TEST_F(ExternalSorterTest, TakesRecordsLargerThanItsMemory) {
  const std::string large(1 << 20, 'y');
  ExternalSorter sorter(Memory(64 << 10));
  EXPECT_THAT(Sorted(sorter, {{"c", large}, {"b", "small"}, {"a", large}}),
              ElementsAre(Pair("a", large), Pair("b", "small"), Pair("c", large)));
}

TEST_F(ExternalSorterTest, RemovesItsRunsWhileItReadsThem) {
  ExternalSorter sorter(Memory(64 << 10));
  for (const auto& [key, payload] : RandomRecords(5'000, 300)) {
    ASSERT_OK(sorter.Add({key, payload}));
  }
  EXPECT_GT(FilesIn(folder_.path()), 0);
  const auto stream = sorter.Sort();
  ASSERT_OK(stream);
  EXPECT_THAT(FilesIn(folder_.path()), Eq(0));
}

TEST_F(ExternalSorterTest, TellsWhichFileCouldNotBeWritten) {
  ExternalSorter sorter({folder_ / "absent", "test", 64 << 10});
  absl::Status status;
  for (const auto& [key, payload] : RandomRecords(5'000, 300)) {
    status = sorter.Add({key, payload});
    if (!status.ok()) break;
  }
  EXPECT_THAT(status, StatusIs(absl::StatusCode::kNotFound, HasSubstr("absent/test-000000.run")));
  EXPECT_THAT(sorter.Sort(), StatusIs(absl::StatusCode::kNotFound));
}

TEST_F(ExternalSorterTest, CanBeAbandonedWhileItWrites) {
  ExternalSorter sorter(Memory(64 << 10));
  for (const auto& [key, payload] : RandomRecords(2'000, 300)) {
    ASSERT_OK(sorter.Add({key, payload}));
  }
}

class RunFileTest : public ::testing::Test {
 protected:
  std::filesystem::path WriteRun() {
    std::filesystem::path path = folder_ / "run";
    auto writer = RunFileWriter::Create(path, 1 << 10);
    EXPECT_OK(writer);
    for (int i = 0; i < 1000; ++i) EXPECT_OK((*writer)->Append({std::to_string(i), "payload"}));
    EXPECT_OK((*writer)->Finish());
    return path;
  }
  absl::Status ReadRun(const std::filesystem::path& path) {
    auto reader = RunFileReader::Open(path);
    if (!reader.ok()) return reader.status();
    Record record;
    for (;;) {
      const absl::StatusOr<bool> more = (*reader)->Next(&record);
      if (!more.ok()) return more.status();
      if (!*more) return absl::OkStatus();
    }
  }
  TempDir folder_;
};

TEST_F(RunFileTest, NoticesACutFile) {
  const std::filesystem::path path = WriteRun();
  std::filesystem::resize_file(path, std::filesystem::file_size(path) - 1);
  EXPECT_THAT(ReadRun(path), StatusIs(absl::StatusCode::kDataLoss, HasSubstr(path.string())));
}

TEST_F(RunFileTest, NoticesAFlippedBit) {
  const std::filesystem::path path = WriteRun();
  std::string bytes = testing::ReadFile(path);
  bytes[bytes.size() / 2] = static_cast<char>(bytes[bytes.size() / 2] ^ 0x10);
  folder_.Write("run", bytes);
  EXPECT_THAT(ReadRun(path), StatusIs(absl::StatusCode::kDataLoss, HasSubstr(path.string())));
}

}  // namespace
}  // namespace broadsheet::indexing
