// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/schema/error.h"

#include <gtest/gtest.h>

#include <string>

#include "google/rpc/error_details.pb.h"

namespace broadsheet::schema {
namespace {

template <typename Detail>
Detail DetailOf(const absl::Status& status) {
  Detail detail;
  const auto payload = status.GetPayload("type.googleapis.com/" + detail.GetTypeName());
  EXPECT_TRUE(payload.has_value()) << "no " << detail.GetTypeName();
  if (payload.has_value()) {
    EXPECT_TRUE(detail.ParseFromString(std::string(*payload)));
  }
  return detail;
}

TEST(ErrorTest, CarriesItsReasonAndDomain) {
  const absl::Status status =
      Error(absl::StatusCode::kAborted, "PAGE_TOKEN_STALE", "the page token's index is gone");
  EXPECT_EQ(status.code(), absl::StatusCode::kAborted);
  EXPECT_EQ(status.message(), "the page token's index is gone");
  EXPECT_EQ(ErrorReason(status), "PAGE_TOKEN_STALE");
  EXPECT_EQ(DetailOf<google::rpc::ErrorInfo>(status).domain(), "broadsheet");
}

TEST(ErrorTest, OtherErrorsHaveNoReason) {
  EXPECT_EQ(ErrorReason(absl::NotFoundError("no such thing")), "");
  EXPECT_EQ(ErrorReason(absl::OkStatus()), "");
}

TEST(ErrorTest, QueryErrorShowsThePlaceInTheQuery) {
  v1::QueryError error;
  error.set_reason("QUERY_UNKNOWN_FIELD");
  error.set_start_byte(4);
  error.set_end_byte(10);
  error.set_hint("did you mean `caption`?");
  const absl::Status status = QueryError(error, "unknown field `capton`");
  EXPECT_EQ(status.code(), absl::StatusCode::kInvalidArgument);
  EXPECT_EQ(ErrorReason(status), "QUERY_UNKNOWN_FIELD");
  EXPECT_EQ(DetailOf<v1::QueryError>(status).start_byte(), 4);
  EXPECT_EQ(DetailOf<v1::QueryError>(status).hint(), "did you mean `caption`?");
  EXPECT_EQ(DetailOf<google::rpc::BadRequest>(status).field_violations(0).field(), "query");
}

TEST(ErrorTest, BadFieldNamesTheField) {
  const absl::Status status = BadField("filter.published_from", "is outside the years 1 to 9999");
  EXPECT_EQ(status.code(), absl::StatusCode::kInvalidArgument);
  EXPECT_EQ(ErrorReason(status), "INVALID_ARGUMENT_VALUE");
  const auto violation = DetailOf<google::rpc::BadRequest>(status).field_violations(0);
  EXPECT_EQ(violation.field(), "filter.published_from");
  EXPECT_EQ(violation.description(), "is outside the years 1 to 9999");
}

TEST(ErrorTest, APrefixTakesNothingOfItAway) {
  const absl::Status status = WithPrefix(
      "not published: ",
      Error(absl::StatusCode::kAborted, "GENERATION_CHANGED", "generation 3 is published"));
  EXPECT_EQ(status.code(), absl::StatusCode::kAborted);
  EXPECT_EQ(status.message(), "not published: generation 3 is published");
  EXPECT_EQ(ErrorReason(status), "GENERATION_CHANGED");
}

}  // namespace
}  // namespace broadsheet::schema
