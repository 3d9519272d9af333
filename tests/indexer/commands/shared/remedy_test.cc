// SPDX-License-Identifier: GPL-3.0-or-later
// What the indexer offers for a fault can be pasted into a shell, and mends it.
#include "indexer/commands/shared/remedy.h"

#include <gmock/gmock.h>
#include <grpcpp/grpcpp.h>
#include <gtest/gtest.h>

#include <array>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <memory>
#include <string>
#include <vector>

#include "absl/strings/cord.h"
#include "engine/schema/error.h"
#include "engine/schema/index_fault.h"
#include "engine/storage/index/current.h"
#include "engine/storage/index/index_lock.h"
#include "engine/storage/index/manifest.h"
#include "google/rpc/status.pb.h"
#include "indexer/commands/shared/call_status.h"
#include "tests/indexer/commands/command_run.h"
#include "tests/testing/status_matchers.h"
#include "tests/testing/temp_dir.h"
#include "tests/testing/tiny_index.h"

namespace broadsheet::commands {
namespace {

using ::broadsheet::testing::CommandRun;
using ::broadsheet::testing::IsOk;
using ::broadsheet::testing::MakeArticle;
using ::broadsheet::testing::RunIndexer;
using ::broadsheet::testing::TempDir;
using ::broadsheet::testing::TinyIndex;
using ::testing::HasSubstr;

// The words that a shell makes of a command.
std::vector<std::string> WordsOf(const std::string& command) {
  const std::string script = "printf '%s\\n' " + command;
  const std::unique_ptr<FILE, int (*)(FILE*)> pipe(popen(script.c_str(), "r"), &pclose);
  std::string printed;
  std::array<char, 4096> buffer{};
  while (fgets(buffer.data(), buffer.size(), pipe.get()) != nullptr) printed += buffer.data();
  std::vector<std::string> words;
  for (size_t begin = 0; begin < printed.size();) {
    const size_t end = printed.find('\n', begin);
    words.push_back(printed.substr(begin, end - begin));
    begin = end + 1;
  }
  return words;
}

// The command of the indexer that begins so, of those that `told` offers in backquotes; a
// placeholder in it is replaced.
CommandRun Paste(const std::string& told, const std::string& name,
                 const std::string& placeholder = "", const std::string& replacement = "") {
  const std::string opening = "`broadsheet-indexer " + name + " ";
  const size_t begin = told.find(opening);
  const size_t end = begin == std::string::npos ? begin : told.find('`', begin + 1);
  if (end == std::string::npos)
    return {.status = -1, .out = "", .err = "nothing to paste in: " + told};
  std::string command = told.substr(begin + 1, end - begin - 1);
  if (!placeholder.empty()) {
    command.replace(command.find(placeholder), placeholder.size(), replacement);
  }
  std::vector<std::string> words = WordsOf(command);
  words.erase(words.begin());
  return RunIndexer(std::move(words));
}

class PastedRemedyTest : public ::testing::Test {
 protected:
  std::string Told(std::vector<std::string> arguments) const {
    arguments.insert(arguments.begin() + 1, {"--index", path_});
    const CommandRun run = RunIndexer(std::move(arguments));
    EXPECT_EQ(run.status, 2) << run.out;
    return run.err;
  }
  uint64_t Current() const { return storage::ReadCurrent(index_.layout())->number; }

  const TempDir folder_;
  // Nothing that a shell leaves alone.
  const std::string path_ = folder_ / "Tom's \"old\" news; $HOME & more";
  TinyIndex index_{path_};
};

TEST_F(PastedRemedyTest, WithoutAnIndexABuildMakesOne) {
  const auto source = folder_.Write("a.jsonl", "{\"id\":\"a\",\"headline\":\"A\"}\n");
  const CommandRun built =
      Paste(Told({"stats"}), "build", "PATH...", source.string() + " --format jsonl");
  EXPECT_EQ(built.status, 0) << built.err;
  EXPECT_EQ(Current(), 1U);
}

TEST_F(PastedRemedyTest, ADamagedGenerationIsLeftForTheOneBefore) {
  index_.Publish({MakeArticle("a", "Bridge opens")});
  index_.Publish({MakeArticle("a", "Bridge opens")});
  std::filesystem::resize_file(index_.base() / "bodies", 10);
  const CommandRun back = Paste(Told({"rebuild"}), "rollback");
  EXPECT_EQ(back.status, 0) << back.err;
  EXPECT_EQ(Current(), 1U);
}

TEST_F(PastedRemedyTest, ALostCurrentIsNamedAnew) {
  index_.Publish({MakeArticle("a", "Bridge opens")});
  for (const bool damaged : {true, false}) {
    std::filesystem::remove(index_.layout().current());
    if (damaged) std::ofstream(index_.layout().current()) << "garbage\n";
    const CommandRun named = Paste(Told({"verify"}), "publish", "--generation N", "--generation 1");
    EXPECT_EQ(named.status, 0) << named.err;
    EXPECT_EQ(Current(), 1U);
  }
}

TEST_F(PastedRemedyTest, AnotherAnalyserIsARebuild) {
  index_.Publish({MakeArticle("a", "Bridge opens")});
  const auto folder = index_.current_folder();
  storage::Manifest manifest = storage::ReadManifest(folder).value();
  ++manifest.analyzer_version;
  ASSERT_OK(storage::WriteManifest(folder, manifest));
  const CommandRun rebuilt = Paste(Told({"compact"}), "rebuild");
  EXPECT_EQ(rebuilt.status, 0) << rebuilt.err;
  EXPECT_EQ(Current(), 2U);
}

TEST_F(PastedRemedyTest, TheLossOfTakedownsIsAccepted) {
  index_.Publish({MakeArticle("a", "Bridge opens"), MakeArticle("b", "Bridge closes")});
  for (const auto& lost : {index_.layout().takedowns(), index_.layout().takedowns_record()}) {
    ASSERT_EQ(RunIndexer({"takedown", "--index", path_, "a"}).status, 0);
    std::ofstream(lost, std::ios::binary | std::ios::trunc) << "";
    const CommandRun accepted = Paste(Told({"verify"}), "takedown");
    EXPECT_EQ(accepted.status, 0) << accepted.err;
    EXPECT_EQ(RunIndexer({"verify", "--index", path_}).status, 0);
  }
}

TEST_F(PastedRemedyTest, WhatWasOnlyBuiltIsPublished) {
  const auto source = folder_.Write("a.jsonl", "{\"id\":\"a\",\"headline\":\"A\"}\n");
  const std::string told =
      RunIndexer({"build", "--index", path_, "--no-publish", source.string()}).err;
  const std::string command = told.substr(told.find("broadsheet-indexer publish"));
  const CommandRun published = Paste("`" + command.substr(0, command.find('\n')) + "`", "publish");
  EXPECT_EQ(published.status, 0) << published.err;
  EXPECT_EQ(Current(), 1U);
}

TEST_F(PastedRemedyTest, WritesAtStakeComeBeforeTheirConsequence) {
  index_.Publish({MakeArticle("a", "Bridge opens")});
  index_.Publish({MakeArticle("a", "Bridge opens")});
  index_.WriteLive({MakeArticle("b", "Bridge closes")});
  EXPECT_EQ(Told({"rollback"}),
            "broadsheet-indexer: index " + path_ +
                " has been written to since it was built: 1 article put, 0 of its own replaced or "
                "deleted; carry them over with --keep-writes or lose them with --discard-writes; "
                "the published generation is as it was\n");
}

// What the cause asks for is told first, and can be pasted, too.
TEST_F(PastedRemedyTest, WritesThatNobodyCanCountNameTheWayOutOfTheirCause) {
  index_.Publish({MakeArticle("a", "Bridge opens")});
  index_.WriteLive({MakeArticle("b", "Bridge closes")});
  std::ofstream(index_.layout().current()) << "garbage\n";
  const auto source = folder_.Write("a.jsonl", "{\"id\":\"a\",\"headline\":\"A\"}\n");
  const std::string told = Told({"build", source.string()});
  EXPECT_THAT(told, HasSubstr("cannot tell what was written to the published index since it was "
                              "built: " +
                              path_ + "/CURRENT is damaged: it does not name a generation; name "));
  EXPECT_THAT(told, HasSubstr("; --discard-writes goes on all the same, without what was written; "
                              "nothing was published\n"));
  EXPECT_EQ(Paste(told, "publish", "--generation N", "--generation 1").status, 0);
}

TEST_F(PastedRemedyTest, TheServerThatHasTheIndexIsOfferedForTheWork) {
  index_.Publish({MakeArticle("a", "Bridge opens")});
  auto lock = storage::IndexLock::Acquire(index_.layout(), "a server");
  ASSERT_OK(lock);
  EXPECT_THAT(Told({"rebuild"}), HasSubstr("; wait for it or stop it; the published"));
  ASSERT_OK(lock->Announce("unix:/run/the news.sock"));
  EXPECT_THAT(Told({"rebuild"}),
              HasSubstr("; stop it, or let it do the work: `broadsheet --server 'unix:/run/the "
                        "news.sock' admin` for generations, `broadsheet-indexer push --server "
                        "'unix:/run/the news.sock'` for articles; the published"));
  EXPECT_THAT(Told({"takedown", "a", "--purge"}),
              HasSubstr("; or let the server do it: `broadsheet --server 'unix:/run/the news.sock' "
                        "admin rebuild` and, two minutes later, `broadsheet --server "));
}

TEST(RemedyTest, EveryFaultHasOne) {
  for (int i = 0; i <= static_cast<int>(schema::FaultReason::kLiveCopyDamaged); ++i) {
    const auto reason = static_cast<schema::FaultReason>(i);
    const absl::Status status =
        schema::FaultError(absl::StatusCode::kDataLoss, {.reason = reason, .index = "/x"}, "wrong");
    EXPECT_NE(Remedy(status), "") << schema::NameOf(reason);
    EXPECT_EQ(WithRemedy(status), "wrong; " + Remedy(status));
  }
}

TEST(RemedyTest, OtherErrorsSayAllThereIsToSay) {
  EXPECT_EQ(WithRemedy(absl::NotFoundError("cannot read x")), "cannot read x");
}

TEST(RemedyTest, AnIndexWhosePathLooksLikeAnOptionIsFoundByThePastedCommand) {
  const std::string told = RunIndexer({"stats", "--index=-x"}).err;
  EXPECT_THAT(told, HasSubstr("`broadsheet-indexer build --index=-x PATH...`"));
}

// A build beside a server that refuses to publish it.
TEST(RemedyTest, WhatAServerReportsHasTheSameRemedy) {
  const absl::Status api =
      schema::Error(absl::StatusCode::kFailedPrecondition, "LIVE_WRITES_AT_STAKE", "at stake");
  google::rpc::Status details;
  api.ForEachPayload([&](auto type_url, const absl::Cord& payload) {
    google::protobuf::Any* detail = details.add_details();
    detail->set_type_url(std::string(type_url));
    detail->set_value(std::string(payload));
  });
  const absl::Status received = StatusOfCall(
      grpc::Status(grpc::StatusCode::FAILED_PRECONDITION, "at stake", details.SerializeAsString()));
  EXPECT_EQ(received, api);
  EXPECT_EQ(WithRemedy(received),
            "at stake; carry them over with --keep-writes or lose them with --discard-writes");
}

}  // namespace
}  // namespace broadsheet::commands
