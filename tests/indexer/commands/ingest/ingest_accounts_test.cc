// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/commands/ingest/ingest_accounts.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/testing/status_matchers.h"
#include "tests/testing/temp_dir.h"

namespace broadsheet::commands {
namespace {

using ::broadsheet::testing::ReadFile;
using ::broadsheet::testing::StatusIs;
using ::broadsheet::testing::TempDir;
using sources::Format;

// One file of four wire stories, of which the first gives way to the last of the second file and
// one was taken down, an empty file, and a file of one page.
void FillAccounts(IngestAccounts* accounts) {
  ASSERT_OK(accounts->AddArticle(Format::kNitf, "flood", "wire.xml"));
  ASSERT_OK(accounts->AddArticle(Format::kNitf, "ferry", "wire.xml"));
  accounts->AddTakenDown(Format::kNitf);
  ASSERT_OK(accounts->AddArticle(Format::kNitf, "harbour", "wire.xml"));
  accounts->AddFile({.name = "wire.xml", .format = Format::kNitf, .articles = 4, .lost = 2});
  accounts->AddFile({.name = "empty.txt", .rejects = 1});
  ASSERT_OK(accounts->AddArticle(Format::kHtml, "flood", "page.html"));
  accounts->AddFile({.name = "page.html", .format = Format::kHtml, .articles = 1});
}

TEST(IngestAccountsTest, EveryRecordOfAFileHasOneFate) {
  TempDir folder;
  const std::string file = folder / "counts.jsonl";
  auto accounts = IngestAccounts::Open(file, "");
  ASSERT_OK(accounts);
  FillAccounts(&*accounts);
  accounts->CountMerged(0, 3);
  EXPECT_EQ(accounts->merged(Format::kNitf), 1U);
  EXPECT_EQ(accounts->merged(Format::kHtml), 0U);
  ASSERT_OK(accounts->Finish(/*is_indexed=*/true));
  EXPECT_EQ(ReadFile(file),
            R"({"file":"wire.xml","format":"nitf","read":6,"indexed":2,"merged":1,"takenDown":1,)"
            R"("passedOver":0,"rejected":0,"lost":2})"
            "\n"
            R"({"file":"empty.txt","format":"other","read":1,"indexed":0,"merged":0,"takenDown":0,)"
            R"("passedOver":0,"rejected":1,"lost":0})"
            "\n"
            R"({"file":"page.html","format":"html","read":1,"indexed":1,"merged":0,"takenDown":0,)"
            R"("passedOver":0,"rejected":0,"lost":0})"
            "\n");
}

TEST(IngestAccountsTest, WhatIsNotIndexedIsAccepted) {
  TempDir folder;
  const std::string file = folder / "counts.jsonl";
  auto accounts = IngestAccounts::Open(file, "");
  ASSERT_OK(accounts);
  ASSERT_OK(accounts->AddArticle(Format::kHtml, "", "page.html"));
  accounts->AddFile({.name = "page.html", .format = Format::kHtml, .articles = 1});
  ASSERT_OK(accounts->Finish(/*is_indexed=*/false));
  EXPECT_EQ(ReadFile(file),
            R"({"file":"page.html","format":"html","read":1,"accepted":1,"passedOver":0,)"
            R"("rejected":0,"lost":0})"
            "\n");
}

TEST(IngestAccountsTest, MergedArticlesAreListedWithTheFileThatWon) {
  TempDir folder;
  const std::string file = folder / "merged.jsonl";
  auto accounts = IngestAccounts::Open("", file);
  ASSERT_OK(accounts);
  EXPECT_TRUE(accounts->wants_ids());
  FillAccounts(&*accounts);
  accounts->CountMerged(0, 3);
  ASSERT_OK(accounts->Finish(/*is_indexed=*/true));
  EXPECT_EQ(ReadFile(file), R"({"id":"flood","file":"wire.xml","keptFile":"page.html"})"
                            "\n");
}

TEST(IngestAccountsTest, AReportThatCannotBeWrittenIsAnError) {
  EXPECT_THAT(IngestAccounts::Open("/nowhere/counts", ""),
              StatusIs(absl::StatusCode::kUnavailable));
  EXPECT_THAT(IngestAccounts::Open("", "/nowhere/merged"),
              StatusIs(absl::StatusCode::kUnavailable));
}

}  // namespace
}  // namespace broadsheet::commands
