// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/sources/read_paths.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/time.h>
#include <unistd.h>

#include <atomic>
#include <csignal>
#include <fstream>
#include <string>
#include <thread>
#include <vector>

#include "tests/indexer/sources/collected.h"
#include "tests/indexer/sources/packed.h"
#include "tests/testing/temp_dir.h"

namespace broadsheet::sources {
namespace {

using ::broadsheet::testing::Collected;
using ::broadsheet::testing::Pack;
using ::broadsheet::testing::Packing;
using ::broadsheet::testing::StatusIs;
using ::broadsheet::testing::TempDir;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

constexpr const char* kPage =
    "Mayor resigns over parking\n\n"
    "The mayor resigned on Monday after a long dispute about forty parking places in the square.\n";

class PathReaderTest : public ::testing::Test {
 protected:
  absl::Status Read(const std::vector<std::string>& paths, ReadOptions options = {}) {
    PathReader reader(options);
    absl::Status status = reader.Read(paths, got_.article_sink(), got_.reject_sink());
    files_ = reader.files();
    bytes_ = reader.bytes();
    stored_bytes_ = reader.stored_bytes();
    links_ = reader.passed_over(PassedOver::kLink);
    first_passed_over_ = reader.first_passed_over();
    return status;
  }
  std::vector<std::string> Headlines() const {
    std::vector<std::string> headlines;
    for (const v1::Article& article : got_.articles) headlines.push_back(article.headline());
    return headlines;
  }
  std::vector<std::string> Rejects() const {
    std::vector<std::string> rejects;
    for (const Reject& reject : got_.rejects) {
      rejects.push_back(std::filesystem::path(reject.input).filename().string() + ": " +
                        reject.reason);
    }
    return rejects;
  }

  TempDir folder_;
  Collected got_;
  uint64_t files_ = 0;
  uint64_t bytes_ = 0;
  uint64_t stored_bytes_ = 0;
  uint64_t links_ = 0;
  std::string first_passed_over_;
};

TEST_F(PathReaderTest, ReadsAMixedFolderByContent) {
  folder_.Write("1.data", "{\"headline\":\"from json\"}\n");
  folder_.Write("2.data", kPage);
  folder_.Write("3.data", Pack("{\"headline\":\"from xz\"}\n", Packing::kXz));
  ASSERT_OK(Read({folder_.path().string()}));
  EXPECT_THAT(Headlines(), ElementsAre("from json", "Mayor resigns over parking", "from xz"));
  EXPECT_THAT(got_.rejects, IsEmpty());
  EXPECT_EQ(files_, 3U);
  EXPECT_EQ(stored_bytes_, TotalBytes({folder_.path().string()}, {}));
}

TEST_F(PathReaderTest, FilesThatCannotBeUsedAreReportedAndTheOthersRead) {
  folder_.Write("a.txt", "");
  folder_.Write("b.bin", std::string("\0\1\2", 3));
  folder_.Write("c.html", "<!DOCTYPE html><html></html>");
  folder_.Write("e.txt", kPage);
  ASSERT_OK(Read({folder_.path().string()}));
  EXPECT_THAT(Headlines(), ElementsAre("Mayor resigns over parking"));
  EXPECT_THAT(Rejects(), ElementsAre("a.txt: empty file", "b.bin: binary file",
                                     "c.html: no page of an article: no headline"));
}

TEST_F(PathReaderTest, FileThatBreaksWhileReadIsReported) {
  // Opens well and then cannot be read, even by root.
  const std::string unreadable = "/proc/self/mem";
  if (!std::filesystem::exists(unreadable)) GTEST_SKIP() << unreadable << " is absent";
  const auto good = folder_.Write("good.txt", kPage);
  ASSERT_OK(Read({unreadable, good.string()}));
  EXPECT_THAT(Rejects(), ElementsAre(HasSubstr("mem: cannot read: reading failed")));
  EXPECT_THAT(Headlines(), ElementsAre("Mayor resigns over parking"));
}

TEST_F(PathReaderTest, LinksInFoldersAreCountedAndNotRead) {
  TempDir elsewhere;
  const auto secret = elsewhere.Write("secret.txt", kPage);
  std::filesystem::create_symlink(secret, folder_ / "a.txt");
  std::filesystem::create_symlink("/dev/zero", folder_ / "b.txt");
  ASSERT_OK(Read({folder_.path().string()}));
  EXPECT_THAT(got_.articles, IsEmpty());
  EXPECT_THAT(got_.rejects, IsEmpty());
  EXPECT_EQ(links_, 2U);
  EXPECT_EQ(first_passed_over_, (folder_ / "a.txt").string());
  ASSERT_OK(Read({folder_.path().string()}, {.walk = {.follow_links = true}}));
  EXPECT_THAT(Headlines(), ElementsAre("Mayor resigns over parking"));
  EXPECT_THAT(got_.rejects, IsEmpty());
}

TEST_F(PathReaderTest, DeviceOrSocketThatIsNamedIsAnErrorBeforeAnythingIsRead) {
  const auto good = folder_.Write("good.txt", kPage);
  EXPECT_THAT(Read({good.string(), "/dev/zero"}),
              StatusIs(absl::StatusCode::kInvalidArgument,
                       HasSubstr("cannot read /dev/zero: is a device; what is read are files")));
  int pair[2];
  ASSERT_EQ(socketpair(AF_UNIX, SOCK_STREAM, 0, pair), 0);
  EXPECT_THAT(Read({"/proc/self/fd/" + std::to_string(pair[0])}),
              StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("is a socket")));
  close(pair[0]);
  close(pair[1]);
  EXPECT_THAT(got_.articles, IsEmpty());
}

// As `cat dump > pipe` beside `build pipe`, whichever of them comes first.
TEST_F(PathReaderTest, PipeThatIsNamedIsReadOnceItsWriterComes) {
  const std::string path = folder_ / "pipe";
  ASSERT_EQ(mkfifo(path.c_str(), 0600), 0);
  std::thread writer([&] { std::ofstream(path) << "{\"headline\":\"from the pipe\"}\n"; });
  ASSERT_OK(Read({path}));
  writer.join();
  EXPECT_THAT(Headlines(), ElementsAre("from the pipe"));
  EXPECT_THAT(got_.rejects, IsEmpty());
}

TEST_F(PathReaderTest, PipeWithoutAWriterWaitsUntilItIsCancelled) {
  const std::string path = folder_ / "pipe";
  ASSERT_EQ(mkfifo(path.c_str(), 0600), 0);
  int asked = 0;
  EXPECT_THAT(Read({path}, {.cancelled = [&] { return ++asked > 1; }}),
              StatusIs(absl::StatusCode::kCancelled));
  EXPECT_THAT(got_.rejects, IsEmpty());
}

// As the shell's <(...) names it.
TEST_F(PathReaderTest, PipeThatIsOpenAlreadyIsReadByTheNameOfItsDescriptor) {
  int ends[2];
  ASSERT_EQ(pipe(ends), 0);
  const std::string line = "{\"headline\":\"substituted\"}\n";
  ASSERT_EQ(write(ends[1], line.data(), line.size()), static_cast<ssize_t>(line.size()));
  close(ends[1]);
  ASSERT_OK(Read({"/dev/fd/" + std::to_string(ends[0])}));
  close(ends[0]);
  EXPECT_THAT(Headlines(), ElementsAre("substituted"));
}

TEST_F(PathReaderTest, MissingPathIsFoundOutBeforeAnythingIsRead) {
  const auto good = folder_.Write("good.txt", kPage);
  EXPECT_THAT(Read({good.string(), (folder_ / "absent").string()}),
              StatusIs(absl::StatusCode::kNotFound, HasSubstr("absent: no such file or folder")));
  EXPECT_THAT(got_.articles, IsEmpty());
}

TEST_F(PathReaderTest, FormatThatIsNamedIsNotGuessed) {
  const auto file = folder_.Write("a.txt", "{\"headline\":\"a\"}\n");
  ASSERT_OK(Read({file.string()}, {.format = Format::kText}));
  ASSERT_EQ(got_.articles.size(), 1U);
  EXPECT_NE(got_.articles[0].headline(), "a");
}

TEST_F(PathReaderTest, StopsWhenCancelled) {
  const auto file = folder_.Write("a.jsonl", "{\"headline\":\"a\"}\n{\"headline\":\"b\"}\n");
  EXPECT_THAT(Read({file.string()}, {.cancelled = [this] { return !got_.articles.empty(); }}),
              StatusIs(absl::StatusCode::kCancelled));
  EXPECT_THAT(Headlines(), ElementsAre("a"));
}

// A signal interrupts the wait for standard input, as Ctrl-C does.
TEST_F(PathReaderTest, InterruptEndsTheWaitForStandardInput) {
  int ends[2];
  ASSERT_EQ(pipe(ends), 0);
  static std::atomic<bool> interrupted;
  interrupted = false;
  struct sigaction on_signal = {};
  on_signal.sa_handler = [](int) { interrupted = true; };
  struct sigaction before = {};
  ASSERT_EQ(sigaction(SIGALRM, &on_signal, &before), 0);
  // Again and again, since the first may come before the wait has begun.
  const itimerval often = {.it_interval = {.tv_sec = 0, .tv_usec = 5000},
                           .it_value = {.tv_sec = 0, .tv_usec = 5000}};
  ASSERT_EQ(setitimer(ITIMER_REAL, &often, nullptr), 0);
  const absl::Status read =
      Read({"-"}, {.standard_input = ends[0], .cancelled = [] { return interrupted.load(); }});
  const itimerval never = {};
  setitimer(ITIMER_REAL, &never, nullptr);
  sigaction(SIGALRM, &before, nullptr);
  close(ends[0]);
  close(ends[1]);
  EXPECT_THAT(read, StatusIs(absl::StatusCode::kCancelled));
  EXPECT_THAT(got_.rejects, IsEmpty());
}

TEST_F(PathReaderTest, TextIsReadInWhateverCharacterSetItIs) {
  folder_.Write("latin.txt",
                "Caf\xe9 on the quay reopens\n\nThe caf\xe9 on the quay reopened on Friday, \x93"
                "for good\x94, as its "
                "owner said to the guests who had waited at the door since seven.\n");
  ASSERT_OK(Read({folder_.path().string()}));
  ASSERT_EQ(got_.articles.size(), 1U);
  EXPECT_EQ(got_.articles[0].headline(), "Café on the quay reopens");
  EXPECT_THAT(got_.articles[0].body(), HasSubstr("“for good”"));
}

TEST_F(PathReaderTest, TextOverTheLimitIsRefused) {
  std::string text = kPage;
  while (text.size() <= 8 << 20) text += text;
  const auto file = folder_.Write("big.txt", text);
  ASSERT_OK(Read({file.string()}));
  EXPECT_THAT(Rejects(),
              ElementsAre("big.txt: a text of more than 8388608 bytes cannot be one article"));
}

}  // namespace
}  // namespace broadsheet::sources
