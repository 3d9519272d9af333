// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/storage/index/takedowns_record.h"

#include <gtest/gtest.h>

#include <string>

#include "tests/testing/status_matchers.h"
#include "tests/testing/temp_dir.h"

namespace broadsheet::storage {
namespace {

using ::broadsheet::testing::StatusIs;
using ::broadsheet::testing::TempDir;
using ::testing::HasSubstr;

const std::string kOne = TakedownLine("a", absl::FromUnixSeconds(1'718'798'400));
const std::string kTwo = kOne + TakedownLine("b", absl::FromUnixSeconds(1'718'798'401));

TakedownsRecord Recorded(const std::string& text) {
  return RecordOf(text, ParseTakedownLines(text).value());
}
bool HoldsFor(const TakedownsRecord& record, const std::string& text) {
  return Holds(record, text, ParseTakedownLines(text).value());
}

TEST(TakedownsRecordTest, HoldsForItsLinesAndForMore) {
  for (const std::string& recorded : {std::string(), kOne, kTwo}) {
    EXPECT_TRUE(HoldsFor(Recorded(recorded), kTwo));
    EXPECT_TRUE(HoldsFor(Recorded(recorded), kTwo + kOne.substr(0, 30)));
  }
  EXPECT_FALSE(HoldsFor(Recorded(kTwo), kOne));
  EXPECT_FALSE(HoldsFor(Recorded(kOne), ""));
  EXPECT_FALSE(HoldsFor(Recorded(kOne), kTwo.substr(kOne.size())));
}

TEST(TakedownsRecordTest, IsReadBackFromItsFile) {
  const TempDir dir;
  EXPECT_EQ(ReadTakedownsRecord(dir / "takedowns.record").value(), std::nullopt);
  for (const std::string& recorded : {std::string(), kOne, kTwo}) {
    const auto file = dir.Write("takedowns.record", EncodeTakedownsRecord(Recorded(recorded)));
    EXPECT_EQ(ReadTakedownsRecord(file).value(), Recorded(recorded));
  }
}

TEST(TakedownsRecordTest, AnyChangedOrMissingByteIsDamage) {
  const TempDir dir;
  const std::string whole = EncodeTakedownsRecord(Recorded(kTwo));
  const auto damaged = StatusIs(absl::StatusCode::kDataLoss, HasSubstr("takedowns.record, which"));
  for (size_t i = 0; i < whole.size(); ++i) {
    std::string changed = whole;
    changed[i] = static_cast<char>(changed[i] ^ 1);
    EXPECT_THAT(ReadTakedownsRecord(dir.Write("takedowns.record", changed)), damaged) << i;
    EXPECT_THAT(ReadTakedownsRecord(dir.Write("takedowns.record", whole.substr(0, i))), damaged);
  }
  EXPECT_THAT(ReadTakedownsRecord(dir.Write("takedowns.record", whole + "x")), damaged);
  EXPECT_THAT(ReadTakedownsRecord(dir.Write("takedowns.record", std::string(100'000, '0'))),
              damaged);
}

TEST(TakedownsRecordTest, APublishedOfAnEarlierVersionHasNone) {
  const TempDir dir;
  EXPECT_EQ(ReadRepeatedRecord(dir.path()).value(), std::nullopt);
  dir.Write("PUBLISHED", "");
  EXPECT_EQ(ReadRepeatedRecord(dir.path()).value(), std::nullopt);
  dir.Write("PUBLISHED", EncodeTakedownsRecord(Recorded(kOne)));
  EXPECT_EQ(ReadRepeatedRecord(dir.path()).value(), Recorded(kOne));
  dir.Write("PUBLISHED", "1\n");
  EXPECT_THAT(ReadRepeatedRecord(dir.path()), StatusIs(absl::StatusCode::kDataLoss));
}

}  // namespace
}  // namespace broadsheet::storage
