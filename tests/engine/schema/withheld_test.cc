// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/schema/withheld.h"

#include <gtest/gtest.h>

namespace broadsheet::schema {
namespace {

constexpr int64_t kEnd = 1'800'000'000;

v1::Article Of(v1::Article::Status status, bool embargoed) {
  v1::Article article;
  article.set_status(status);
  if (embargoed) article.mutable_embargo_time()->set_seconds(kEnd);
  return article;
}

std::optional<Withholding> WhyAt(int64_t seconds, v1::Article::Status status, bool embargoed) {
  return WhyWithheld(Of(status, embargoed), absl::FromUnixSeconds(seconds));
}

TEST(WithheldTest, AStatusIsToldBeforeAnEmbargo) {
  EXPECT_EQ(WhyAt(kEnd - 1, v1::Article::STATUS_WITHHELD, true), Withholding::kWithheld);
  EXPECT_EQ(WhyAt(kEnd - 1, v1::Article::STATUS_CANCELLED, true), Withholding::kCancelled);
  EXPECT_EQ(WhyAt(kEnd + 1, v1::Article::STATUS_CANCELLED, true), Withholding::kCancelled);
}

TEST(WithheldTest, AnEmbargoHoldsUntilItsEnd) {
  for (const auto status : {v1::Article::STATUS_UNSPECIFIED, v1::Article::STATUS_USABLE}) {
    EXPECT_EQ(WhyAt(kEnd - 1, status, true), Withholding::kEmbargoed);
    EXPECT_EQ(WhyAt(kEnd, status, true), std::nullopt);
    EXPECT_EQ(WhyAt(0, status, false), std::nullopt);
  }
}

TEST(WithheldTest, CountsAddUp) {
  WithheldCounts counts;
  counts.Add(std::nullopt);
  counts.Add(Withholding::kWithheld);
  counts.Add(Withholding::kEmbargoed);
  counts.Add(Withholding::kCancelled);
  counts += {.withheld = 1, .embargoed = 2, .cancelled = 3};
  EXPECT_EQ(counts, (WithheldCounts{.withheld = 2, .embargoed = 3, .cancelled = 4}));
  EXPECT_EQ(counts.total(), 9U);
}

}  // namespace
}  // namespace broadsheet::schema
