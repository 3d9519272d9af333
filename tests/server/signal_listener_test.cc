// SPDX-License-Identifier: GPL-3.0-or-later
// Each test is a process of its own, since signals are for whole processes.
#include "server/signal_listener.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <csignal>
#include <cstdlib>

#include "tests/server/gate.h"

namespace broadsheet::server {
namespace {

constexpr int kStoppedAsAsked = 7;

class SignalListenerDeathTest : public ::testing::Test {
 protected:
  SignalListenerDeathTest() { GTEST_FLAG_SET(death_test_style, "threadsafe"); }

  // Sends `signals` one after another and ends with kStoppedAsAsked once asked to stop.
  [[noreturn]] static void ListenTo(std::initializer_list<int> signals) {
    Gate asked;
    asked.Open();
    const SignalListener listener([&asked](int) { asked.Pass(); }, [] {});
    for (const int signal : signals) kill(getpid(), signal);
    _exit(asked.WaitUntilReached(1) ? kStoppedAsAsked : EXIT_FAILURE);
  }
};

TEST_F(SignalListenerDeathTest, SigtermAsksToStop) {
  EXPECT_EXIT(ListenTo({SIGTERM}), ::testing::ExitedWithCode(kStoppedAsAsked), "");
}

TEST_F(SignalListenerDeathTest, SigintAsksToStop) {
  EXPECT_EXIT(ListenTo({SIGINT}), ::testing::ExitedWithCode(kStoppedAsAsked), "");
}

TEST_F(SignalListenerDeathTest, SigpipeIsHarmless) {
  EXPECT_EXIT(ListenTo({SIGPIPE, SIGTERM}), ::testing::ExitedWithCode(kStoppedAsAsked), "");
}

TEST_F(SignalListenerDeathTest, SighupAsksToReloadAndNotToStop) {
  const auto reload = [] {
    Gate stopped;
    stopped.Open();
    Gate reloaded;
    reloaded.Open();
    const SignalListener listener([&stopped](int) { stopped.Pass(); },
                                  [&reloaded] { reloaded.Pass(); });
    kill(getpid(), SIGHUP);
    if (!reloaded.WaitUntilReached(1)) _exit(EXIT_FAILURE);
    kill(getpid(), SIGHUP);
    if (!reloaded.WaitUntilReached(2)) _exit(EXIT_FAILURE);
    kill(getpid(), SIGTERM);
    _exit(stopped.WaitUntilReached(1) ? kStoppedAsAsked : EXIT_FAILURE);
  };
  EXPECT_EXIT(reload(), ::testing::ExitedWithCode(kStoppedAsAsked), "");
}

TEST_F(SignalListenerDeathTest, SighupIsHeardEachTime) {
  const auto hang_up_twice = [] {
    Gate hangups;
    hangups.Open();
    const SignalListener listener([](int) {}, [&hangups] { hangups.Pass(); });
    kill(getpid(), SIGHUP);
    if (!hangups.WaitUntilReached(1)) _exit(EXIT_FAILURE);
    kill(getpid(), SIGHUP);
    _exit(hangups.WaitUntilReached(2) ? kStoppedAsAsked : EXIT_FAILURE);
  };
  EXPECT_EXIT(hang_up_twice(), ::testing::ExitedWithCode(kStoppedAsAsked), "");
}

TEST_F(SignalListenerDeathTest, ASecondSignalEndsAtOnce) {
  const auto insist = [] {
    Gate first_heard;
    first_heard.Open();
    const SignalListener listener([&first_heard](int) { first_heard.Pass(); }, [] {});
    kill(getpid(), SIGTERM);
    if (!first_heard.WaitUntilReached(1)) _exit(EXIT_FAILURE);
    kill(getpid(), SIGINT);
    pause();
  };
  EXPECT_EXIT(insist(), ::testing::ExitedWithCode(128 + SIGINT), "");
}

}  // namespace
}  // namespace broadsheet::server
