// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/admission/listen_socket.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <optional>
#include <string>

#include "tests/testing/status_matchers.h"
#include "tests/testing/temp_dir.h"

namespace broadsheet::server {
namespace {

using broadsheet::testing::IsOk;
using broadsheet::testing::StatusIs;
using broadsheet::testing::TempDir;
using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

absl::StatusOr<ListenSocket> Bound(const std::string& text) {
  return ListenSocket::Bind(ParseListenAddress(text).value());
}

TEST(ListenSocketTest, SaysThePortThatWasChosen) {
  const auto socket = Bound("127.0.0.1:0");
  ASSERT_OK(socket);
  EXPECT_THAT(socket->address(), AllOf(StartsWith("127.0.0.1:"), Not(HasSubstr(":0"))));
}

TEST(ListenSocketTest, AllAddressesOfANameHaveOnePort) {
  auto socket = Bound("localhost:0");
  ASSERT_OK(socket);
  ASSERT_OK(socket->Listen());
  EXPECT_THAT(Bound(socket->address()), StatusIs(absl::StatusCode::kFailedPrecondition));
}

TEST(ListenSocketTest, APortIsTakenWhileSomebodyListens) {
  auto first = Bound("127.0.0.1:0");
  ASSERT_OK(first);
  ASSERT_OK(first->Listen());
  EXPECT_THAT(Bound(first->address()),
              StatusIs(absl::StatusCode::kFailedPrecondition,
                       AllOf(HasSubstr("Address already in use"), HasSubstr("--listen"))));
  first->Close();
  EXPECT_THAT(Bound(first->address()), IsOk());
}

TEST(ListenSocketTest, OfTwoThatStartAtOnceOneListens) {
  auto first = Bound("127.0.0.1:0");
  ASSERT_OK(first);
  auto second = Bound(first->address());
  ASSERT_OK(second);
  ASSERT_OK(first->Listen());
  EXPECT_THAT(second->Listen(),
              StatusIs(absl::StatusCode::kFailedPrecondition, HasSubstr("Address already in use")));
}

TEST(ListenSocketTest, AnAddressOfNoInterfaceIsRefusedWithTheReason) {
  EXPECT_THAT(Bound("192.0.2.7:6460"), StatusIs(absl::StatusCode::kFailedPrecondition,
                                                HasSubstr("Cannot assign requested address")));
}

TEST(ListenSocketTest, ANameThatNobodyKnowsIsRefusedWithTheReason) {
  EXPECT_THAT(Bound("no..name:6460"), StatusIs(absl::StatusCode::kFailedPrecondition,
                                               HasSubstr("cannot listen on no..name:6460")));
}

TEST(ListenSocketTest, AUnixSocketsFileIsThereUntilItIsClosed) {
  const TempDir folder;
  const std::filesystem::path path = folder / "search.sock";
  auto socket = Bound("unix:" + path.string());
  ASSERT_OK(socket);
  EXPECT_EQ(socket->address(), "unix:" + path.string());
  EXPECT_TRUE(std::filesystem::is_socket(path));
  socket->Close();
  EXPECT_FALSE(std::filesystem::exists(path));
}

TEST(ListenSocketTest, TheSocketFileOfAServerThatWasKilledIsReplaced) {
  const TempDir folder;
  const std::filesystem::path path = folder / "search.sock";
  const std::filesystem::path left = folder / "left.sock";
  {
    const auto killed = Bound("unix:" + path.string());
    ASSERT_OK(killed);
    std::filesystem::rename(path, left);
  }
  std::filesystem::rename(left, path);
  EXPECT_THAT(Bound("unix:" + path.string()), IsOk());
}

TEST(ListenSocketTest, ALivingServersSocketIsLeftToIt) {
  const TempDir folder;
  const std::string text = "unix:" + (folder / "search.sock").string();
  auto living = Bound(text);
  ASSERT_OK(living);
  ASSERT_OK(living->Listen());
  EXPECT_THAT(Bound(text), StatusIs(absl::StatusCode::kFailedPrecondition,
                                    HasSubstr("another server answers there")));
}

TEST(ListenSocketTest, AFileThatIsNoSocketIsLeftAsItIs) {
  const TempDir folder;
  const std::string path = folder.Write("precious", "words");
  EXPECT_THAT(Bound("unix:" + path), StatusIs(absl::StatusCode::kFailedPrecondition,
                                              HasSubstr("a file which is no socket")));
  EXPECT_EQ(std::filesystem::file_size(path), 5);
}

TEST(ListenSocketTest, WhatAnotherServerHasPutInItsPlaceIsNotRemoved) {
  const TempDir folder;
  const std::filesystem::path path = folder / "search.sock";
  auto first = Bound("unix:" + path.string());
  ASSERT_OK(first);
  std::filesystem::remove(path);
  const auto second = Bound("unix:" + path.string());
  ASSERT_OK(second);
  first->Close();
  EXPECT_TRUE(std::filesystem::is_socket(path));
}

}  // namespace
}  // namespace broadsheet::server
