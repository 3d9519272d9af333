// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/xapian/guard.h"

#include <gtest/gtest.h>

#include <cerrno>
#include <string>

#include "tests/testing/status_matchers.h"
#include "tests/testing/temp_dir.h"

namespace broadsheet::xapian {
namespace {

using ::broadsheet::testing::IsOk;
using ::broadsheet::testing::StatusIs;
using ::broadsheet::testing::TempDir;
using ::testing::HasSubstr;
using ::testing::Not;

template <typename Error>
absl::Status StatusOfThrown(const Error& error) {
  return Guard("cannot search", [&error] { throw error; });
}

TEST(GuardTest, GivesEachXapianErrorItsCode) {
  using enum absl::StatusCode;
  EXPECT_THAT(StatusOfThrown(Xapian::DatabaseModifiedError("changed")), StatusIs(kAborted));
  EXPECT_THAT(StatusOfThrown(Xapian::DatabaseLockError("held")), StatusIs(kFailedPrecondition));
  EXPECT_THAT(StatusOfThrown(Xapian::DatabaseVersionError("2.0")), StatusIs(kFailedPrecondition));
  EXPECT_THAT(StatusOfThrown(Xapian::DatabaseNotFoundError("none")), StatusIs(kNotFound));
  EXPECT_THAT(StatusOfThrown(Xapian::DocNotFoundError("none")), StatusIs(kNotFound));
  EXPECT_THAT(StatusOfThrown(Xapian::DatabaseCorruptError("torn")), StatusIs(kDataLoss));
  EXPECT_THAT(StatusOfThrown(Xapian::InvalidArgumentError("bad")), StatusIs(kInvalidArgument));
  EXPECT_THAT(StatusOfThrown(Xapian::QueryParserError("bad")), StatusIs(kInvalidArgument));
  EXPECT_THAT(StatusOfThrown(Xapian::WildcardError("many")), StatusIs(kInvalidArgument));
  EXPECT_THAT(StatusOfThrown(Xapian::DatabaseError("odd")), StatusIs(kInternal));
  EXPECT_THAT(StatusOfThrown(Xapian::DatabaseOpeningError("odd")), StatusIs(kInternal));
  EXPECT_THAT(StatusOfThrown(Xapian::RangeError("odd")), StatusIs(kInternal));
}

TEST(GuardTest, ReportsAFullDiskAsSuch) {
  EXPECT_THAT(StatusOfThrown(Xapian::DatabaseError("Error writing block 4", ENOSPC)),
              StatusIs(absl::StatusCode::kResourceExhausted,
                       "cannot search: disk full; free space and run again"));
  EXPECT_THAT(StatusOfThrown(Xapian::DatabaseError(
                  "Modifications failed (Error writing block: No space left on device)")),
              StatusIs(absl::StatusCode::kResourceExhausted, HasSubstr("disk full")));
}

TEST(GuardTest, SaysWhatWasAttemptedAndWhyButNotTheContext) {
  const absl::Status status =
      StatusOfThrown(Xapian::DatabaseOpeningError("Couldn't stat", "/secret/place", EACCES));
  EXPECT_THAT(status, StatusIs(absl::StatusCode::kInternal,
                               "cannot search: Couldn't stat (Permission denied)"));
}

TEST(GuardTest, TurnsDeadlineAndCancellationIntoTheirOwnCodes) {
  EXPECT_THAT(StatusOfThrown(base::DeadlineError(absl::DeadlineExceededError("too late"))),
              StatusIs(absl::StatusCode::kDeadlineExceeded, "cannot search: too late"));
  EXPECT_THAT(StatusOfThrown(base::DeadlineError(absl::CancelledError("not wanted"))),
              StatusIs(absl::StatusCode::kCancelled, "cannot search: not wanted"));
}

TEST(GuardTest, PassesResultsThrough) {
  EXPECT_THAT(Guard("cannot", [] {}), IsOk());
  EXPECT_THAT(Guard("cannot", [] { return absl::NotFoundError("mine"); }),
              StatusIs(absl::StatusCode::kNotFound, "mine"));
  const absl::StatusOr<int> value = Guard("cannot", []() -> absl::StatusOr<int> { return 7; });
  ASSERT_OK(value);
  EXPECT_EQ(*value, 7);
}

// A real exception out of the library, not one this test made.
TEST(GuardTest, CatchesWhatXapianItselfThrows) {
  const TempDir dir;
  EXPECT_THAT(Guard("cannot open", [&] { Xapian::Database((dir / "absent").string()); }),
              StatusIs(absl::StatusCode::kNotFound, HasSubstr("cannot open: ")));
  const Xapian::WritableDatabase held((dir / "db").string(), Xapian::DB_CREATE);
  EXPECT_THAT(Guard("cannot write",
                    [&] { Xapian::WritableDatabase((dir / "db").string(), Xapian::DB_OPEN); }),
              StatusIs(absl::StatusCode::kFailedPrecondition, HasSubstr("cannot write: ")));
  EXPECT_THAT(Guard("cannot read", [&] { held.get_document(3); }),
              StatusIs(absl::StatusCode::kNotFound, HasSubstr("cannot read: ")));
}

}  // namespace
}  // namespace broadsheet::xapian
