// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/base/shell_word.h"

#include <gtest/gtest.h>

namespace broadsheet::base {
namespace {

TEST(ShellWordTest, NeedsQuotesOnlyWhereTheShellWouldReadMore) {
  EXPECT_EQ(ShellWord("kim"), "kim");
  EXPECT_EQ(ShellWord("date:2024-06"), "date:2024-06");
  EXPECT_EQ(ShellWord("kim jong"), "'kim jong'");
  EXPECT_EQ(ShellWord("\"a b\"~2"), "'\"a b\"~2'");
  EXPECT_EQ(ShellWord("o'brien"), "'o'\\''brien'");
  EXPECT_EQ(ShellWord("$HOME `ls` \\"), "'$HOME `ls` \\'");
  EXPECT_EQ(ShellWord(""), "''");
  EXPECT_EQ(ShellWord("wow!"), "'wow!'");
  EXPECT_EQ(ShellWord("北京"), "'北京'");
  // In zsh =kim is where the program kim is.
  EXPECT_EQ(ShellWord("=kim"), "'=kim'");
  EXPECT_EQ(ShellWord("a=b"), "a=b");
}

TEST(ShellWordTest, AValueOrAWordThatStartsWithADashIsNoOption) {
  EXPECT_EQ(ShellOption("--tag", "a b"), " --tag 'a b'");
  EXPECT_EQ(ShellOption("--tag", "-a b"), " --tag='-a b'");
  EXPECT_EQ(ShellOption("--tag", "--"), " --tag=--");
  EXPECT_EQ(ShellArgument("a"), " a");
  EXPECT_EQ(ShellArgument("-a"), " -- -a");
  EXPECT_EQ(ShellArgument("-"), " -");
}

}  // namespace
}  // namespace broadsheet::base
