// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/base/remedy.h"

#include <gtest/gtest.h>

#include <string>

#include "engine/schema/index_fault.h"

namespace broadsheet::server {
namespace {

using schema::FaultReason;

absl::Status Fault(FaultReason reason, const std::string& server = "") {
  return schema::FaultError(absl::StatusCode::kDataLoss,
                            {.reason = reason, .index = "/srv/the news", .server = server},
                            "wrong");
}

TEST(RemedyTest, NamesCommandsThatCanBePasted) {
  EXPECT_EQ(WithRemedy(Fault(FaultReason::kNoIndex)),
            "wrong; make one with `broadsheet-indexer build --index '/srv/the news' PATH...`");
  EXPECT_EQ(WithRemedy(Fault(FaultReason::kGenerationDamaged)),
            "wrong; go back with `broadsheet-indexer rollback --index '/srv/the news'`, or publish "
            "a new one");
  EXPECT_EQ(WithRemedy(Fault(FaultReason::kIndexLocked)), "wrong; wait for it or stop it");
  EXPECT_EQ(WithRemedy(Fault(FaultReason::kIndexLocked, "[::1]:6460")),
            "wrong; stop it, or let it do the work: `broadsheet --server '[::1]:6460' admin` for "
            "generations, `broadsheet-indexer push --server '[::1]:6460'` for articles");
}

TEST(RemedyTest, OtherErrorsSayAllThereIsToSay) {
  EXPECT_EQ(WithRemedy(absl::NotFoundError("cannot read x")), "cannot read x");
  EXPECT_EQ(Remedy(absl::OkStatus()), "");
}

TEST(RemedyTest, TheWayOutOfTheCauseComesFirst) {
  EXPECT_EQ(Remedy(schema::FaultError(absl::StatusCode::kFailedPrecondition,
                                      {.reason = FaultReason::kWritesUnknown, .index = "/x"},
                                      "cannot tell", Fault(FaultReason::kCurrentDamaged))),
            "name one with `broadsheet-indexer publish --index '/srv/the news' --generation N`; "
            "--discard-writes goes on all the same, without what was written");
}

}  // namespace
}  // namespace broadsheet::server
