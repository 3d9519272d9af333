// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/generations/failed_writes.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "engine/schema/error.h"
#include "tests/server/collected_log.h"

namespace broadsheet::server {
namespace {

using ::testing::ContainsRegex;
using ::testing::HasSubstr;
using ::testing::Not;

indexing::WriteResult Failed(const std::string& reason) {
  return {.id = "1",
          .status = schema::Error(absl::StatusCode::kResourceExhausted, reason, "no room")};
}
indexing::WriteResult Written() { return {.id = "1", .outcome = indexing::WriteOutcome::kCreated}; }

TEST(FailedWritesTest, SaysOnceThatWritesFailAndOnceThatTheyDoNotAnyMoreWithTheCost) {
  CollectedLog log;
  FailedWrites writes("/srv/news", log);
  for (int i = 0; i < 3; ++i) {
    writes.Note({Failed("INDEX_FULL"), Failed("INDEX_FULL")}, {1'000'000, 500'000});
  }
  EXPECT_EQ(log.text(), "error: writes to index /srv/news fail: INDEX_FULL: no room\n");
  ASSERT_TRUE(writes.current().has_value());
  EXPECT_EQ(writes.current()->reason, "INDEX_FULL");
  EXPECT_EQ(writes.current()->writes, 6);
  EXPECT_EQ(writes.current()->bytes, 4'500'000);

  writes.Note({Written()}, {1000});
  writes.Note({Written()}, {1000});
  EXPECT_THAT(log.text(), ContainsRegex("info: writes succeed again: 6 writes, 4.5 MB, were "
                                        "refused in [0-9]+ s, since [-0-9]+T[:0-9]+Z\n$"));
  EXPECT_EQ(writes.current(), std::nullopt);
  EXPECT_EQ(writes.total(), 6);
}

TEST(FailedWritesTest, AnArticleThatIsRefusedIsItsSendersFault) {
  CollectedLog log;
  FailedWrites writes("/srv/news", log);
  writes.Note({Failed("ARTICLE_INVALID"), Written()}, {10, 10});
  EXPECT_EQ(log.text(), "");
  EXPECT_EQ(writes.current(), std::nullopt);
  EXPECT_EQ(writes.total(), 0);
}

TEST(FailedWritesTest, OnANearlyFullDiskItIsNotSaidForEachArticleAndAllAreCounted) {
  CollectedLog log;
  FailedWrites writes("/srv/news", log);
  writes.Note({Failed("INDEX_FULL")}, {100});
  writes.Note({Written()}, {1});
  const std::string said = log.text();
  // Within seconds of the last time: what fits and what does not come in turn.
  for (int i = 0; i < 5; ++i) {
    writes.Note({Failed("INDEX_FULL")}, {100});
    EXPECT_TRUE(writes.current().has_value());
    writes.Note({Written()}, {1});
    EXPECT_EQ(writes.current(), std::nullopt);
  }
  EXPECT_EQ(log.text(), said);
  EXPECT_EQ(writes.total(), 6);
  // Another failure is said, and its end has what nobody was told of.
  writes.Note({Failed("INDEX_DAMAGED")}, {100});
  writes.Note({Written()}, {1});
  EXPECT_THAT(log.text().substr(said.size()),
              AllOf(HasSubstr("INDEX_DAMAGED"), HasSubstr("again: 6 writes,")));
}

}  // namespace
}  // namespace broadsheet::server
