// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/base/status_mapping.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "engine/schema/error.h"
#include "engine/schema/index_fault.h"
#include "tests/server/error_details.h"

namespace broadsheet::server {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

TEST(StatusMappingTest, OkStaysOk) { EXPECT_TRUE(MapStatus(absl::OkStatus()).status.ok()); }

TEST(StatusMappingTest, AnErrorWithAReasonReachesTheCallerWithItsMessage) {
  const MappedStatus mapped =
      MapStatus(schema::Error(absl::StatusCode::kNotFound, "ARTICLE_NOT_FOUND", "no article x"));
  EXPECT_EQ(mapped.status.error_code(), grpc::StatusCode::NOT_FOUND);
  EXPECT_EQ(mapped.status.error_message(), "no article x");
  EXPECT_EQ(ReasonOf(mapped.status), "ARTICLE_NOT_FOUND");
  EXPECT_EQ(DetailOf<google::rpc::ErrorInfo>(mapped.status)->domain(), "broadsheet");
  EXPECT_THAT(mapped.internal_detail, IsEmpty());
}

TEST(StatusMappingTest, AQueryErrorKeepsItsPlaceAndNamesTheField) {
  v1::QueryError error;
  error.set_reason("QUERY_UNKNOWN_FIELD");
  error.set_start_byte(3);
  error.set_end_byte(9);
  const grpc::Status status = MapStatus(schema::QueryError(error, "unknown field `capton`")).status;
  EXPECT_EQ(ReasonOf(status), "QUERY_UNKNOWN_FIELD");
  ASSERT_TRUE(DetailOf<v1::QueryError>(status).has_value());
  EXPECT_EQ(DetailOf<v1::QueryError>(status)->start_byte(), 3);
  ASSERT_TRUE(DetailOf<google::rpc::BadRequest>(status).has_value());
  EXPECT_EQ(DetailOf<google::rpc::BadRequest>(status)->field_violations(0).field(), "query");
}

TEST(StatusMappingTest, ABadFieldIsNamed) {
  const grpc::Status status = MapStatus(schema::BadField("page_size", "is negative")).status;
  EXPECT_EQ(ReasonOf(status), "INVALID_ARGUMENT_VALUE");
  EXPECT_EQ(DetailOf<google::rpc::BadRequest>(status)->field_violations(0).field(), "page_size");
}

TEST(StatusMappingTest, EveryInvalidArgumentNamesAField) {
  const auto field_of = [](const char* reason) {
    const grpc::Status status =
        MapStatus(schema::Error(absl::StatusCode::kInvalidArgument, reason, "wrong")).status;
    const auto bad = DetailOf<google::rpc::BadRequest>(status);
    return bad ? bad->field_violations(0).field() : "";
  };
  EXPECT_EQ(field_of("QUERY_TOO_COMPLEX"), "query");
  EXPECT_EQ(field_of("PAGE_TOKEN_INVALID"), "page_token");
  EXPECT_EQ(field_of("PAGE_TOO_DEEP"), "skip");
}

TEST(StatusMappingTest, OverloadSaysWhenToTryAgain) {
  const grpc::Status status =
      MapStatus(schema::Error(absl::StatusCode::kResourceExhausted, "OVERLOADED", "busy")).status;
  ASSERT_TRUE(DetailOf<google::rpc::RetryInfo>(status).has_value());
  EXPECT_GT(DetailOf<google::rpc::RetryInfo>(status)->retry_delay().nanos(), 0);
}

// What is told again is not made anew; what differs in anything is.
TEST(StatusMappingTest, EachRefusalIsToldAsItself) {
  const auto refusal = [](const char* reason, const char* message) {
    return schema::Error(absl::StatusCode::kResourceExhausted, reason, message);
  };
  const grpc::Status busy = MapStatus(refusal("OVERLOADED", "busy")).status;
  const MappedStatus again = MapStatus(refusal("OVERLOADED", "busy"));
  EXPECT_EQ(again.status.error_message(), "busy");
  EXPECT_EQ(again.status.error_details(), busy.error_details());
  EXPECT_EQ(again.reason, "OVERLOADED");
  EXPECT_EQ(MapStatus(refusal("OVERLOADED", "full")).status.error_message(), "full");
  const MappedStatus limited = MapStatus(refusal("RATE_LIMITED", "full"));
  EXPECT_EQ(limited.reason, "RATE_LIMITED");
  EXPECT_EQ(ReasonOf(limited.status), "RATE_LIMITED");
}

TEST(StatusMappingTest, AFullDiskIsAFaultOfEachRequestByItself) {
  const absl::Status full = absl::ResourceExhaustedError("too little room on the disk");
  const MappedStatus first = MapStatus(full);
  const MappedStatus second = MapStatus(full);
  EXPECT_EQ(first.status.error_code(), grpc::StatusCode::INTERNAL);
  EXPECT_THAT(first.internal_detail, HasSubstr("too little room"));
  EXPECT_THAT(second.internal_detail, HasSubstr("too little room"));
  EXPECT_NE(first.status.error_message(), second.status.error_message());
}

TEST(StatusMappingTest, InternalDetailStaysInTheLogUnderARequestId) {
  const MappedStatus mapped = MapStatus(absl::UnknownError("block 17 of /srv/index/postlist"));
  EXPECT_EQ(mapped.status.error_code(), grpc::StatusCode::INTERNAL);
  EXPECT_EQ(ReasonOf(mapped.status), "INTERNAL");
  EXPECT_THAT(mapped.status.error_message(), Not(HasSubstr("postlist")));
  EXPECT_THAT(mapped.status.error_details(), Not(HasSubstr("postlist")));
  const auto request = DetailOf<google::rpc::RequestInfo>(mapped.status);
  ASSERT_TRUE(request.has_value());
  EXPECT_THAT(mapped.internal_detail, HasSubstr(request->request_id()));
  EXPECT_THAT(mapped.internal_detail, HasSubstr("block 17 of /srv/index/postlist"));
}

TEST(StatusMappingTest, TwoFaultsHaveTwoRequestIds) {
  const absl::Status fault = absl::InternalError("x");
  EXPECT_NE(MapStatus(fault).internal_detail, MapStatus(fault).internal_detail);
}

TEST(StatusMappingTest, DataLossIsADamagedIndex) {
  const MappedStatus mapped = MapStatus(absl::DataLossError("bad checksum in /srv/index"));
  EXPECT_EQ(mapped.status.error_code(), grpc::StatusCode::DATA_LOSS);
  EXPECT_EQ(ReasonOf(mapped.status), "INDEX_DAMAGED");
  EXPECT_THAT(mapped.status.error_message(), Not(HasSubstr("/srv")));
  EXPECT_THAT(mapped.internal_detail, HasSubstr("bad checksum"));
}

TEST(StatusMappingTest, FaultsThatTheEngineHasGivenAReasonStayInTheLogToo) {
  const MappedStatus damaged = MapStatus(schema::Error(
      absl::StatusCode::kDataLoss, "INDEX_DAMAGED", "/srv/index/tokens: a block does not unpack"));
  EXPECT_EQ(ReasonOf(damaged.status), "INDEX_DAMAGED");
  EXPECT_THAT(damaged.status.error_message(), Not(HasSubstr("/srv")));
  EXPECT_THAT(damaged.internal_detail, HasSubstr("/srv/index/tokens"));
  const MappedStatus fault = MapStatus(
      schema::Error(absl::StatusCode::kInternal, "INTERNAL", "cannot search: term too long"));
  EXPECT_EQ(ReasonOf(fault.status), "INTERNAL");
  EXPECT_THAT(fault.status.error_message(), Not(HasSubstr("term too long")));
}

// Whatever reason the API has for it: its place and its remedy are for the administrator.
TEST(StatusMappingTest, FaultsOfTheIndexStayInTheLogWithTheirRemedy) {
  const absl::Status lost =
      schema::FaultError(absl::StatusCode::kDataLoss,
                         {.reason = schema::FaultReason::kTakedownsLost, .index = "/srv/news"},
                         "takedowns is damaged");
  const absl::Status told = schema::WithFaultsOf(
      lost, schema::Error(lost.code(), "INDEX_DAMAGED", "takedowns is damaged"));
  for (const absl::Status& status : {lost, told}) {
    const MappedStatus mapped = MapStatus(status);
    EXPECT_EQ(ReasonOf(mapped.status), "INDEX_DAMAGED");
    EXPECT_THAT(mapped.status.error_message(), Not(HasSubstr("takedown")));
    EXPECT_THAT(mapped.status.error_details(), Not(HasSubstr("/srv/news")));
    EXPECT_THAT(mapped.internal_detail,
                HasSubstr(": DATA_LOSS: takedowns is damaged; put back a copy "));
    EXPECT_THAT(mapped.internal_detail,
                HasSubstr("`broadsheet-indexer takedown --index /srv/news --accept-loss`"));
  }
  const absl::Status refused = schema::WithFaultsOf(
      lost,
      schema::Error(absl::StatusCode::kAborted, "GENERATION_CHANGED", "another is published"));
  EXPECT_EQ(MapStatus(refused).status.error_message(), "another is published");
  EXPECT_THAT(MapStatus(refused).status.error_details(), Not(HasSubstr("/srv/news")));
}

TEST(StatusMappingTest, DeadlineAndCancellationAreNoFaults) {
  for (const absl::Status& status :
       {absl::DeadlineExceededError("late"), absl::CancelledError("gone")}) {
    const MappedStatus mapped = MapStatus(status);
    EXPECT_EQ(static_cast<int>(mapped.status.error_code()), static_cast<int>(status.code()));
    EXPECT_EQ(ReasonOf(mapped.status), absl::StatusCodeToString(status.code()));
    EXPECT_THAT(mapped.internal_detail, IsEmpty());
  }
}

TEST(StatusMappingTest, ALongMessageIsCutBetweenCharacters) {
  std::string message;
  while (message.size() < 2000) message += "é";
  const grpc::Status status =
      MapStatus(schema::Error(absl::StatusCode::kNotFound, "ARTICLE_NOT_FOUND", message)).status;
  EXPECT_LE(status.error_message().size(), 512U);
  ASSERT_TRUE(status.error_message().ends_with("..."));
  EXPECT_EQ((status.error_message().size() - 3) % 2, 0U);
}

TEST(StatusMappingTest, DetailsTooLongForMetadataGiveUpTheSuggestionFirst) {
  v1::QueryError error;
  error.set_reason("QUERY_SYNTAX");
  error.set_start_byte(4000);
  error.set_hint("close the quote");
  error.set_suggested_query(std::string(4096, 'q'));
  const grpc::Status status = MapStatus(schema::QueryError(error, "unbalanced quote")).status;
  EXPECT_LE(status.error_details().size(), 4096U);
  ASSERT_TRUE(DetailOf<v1::QueryError>(status).has_value());
  EXPECT_EQ(DetailOf<v1::QueryError>(status)->start_byte(), 4000);
  EXPECT_EQ(DetailOf<v1::QueryError>(status)->hint(), "close the quote");
  EXPECT_THAT(DetailOf<v1::QueryError>(status)->suggested_query(), IsEmpty());
}

}  // namespace
}  // namespace broadsheet::server
