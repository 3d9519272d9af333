// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/session/pager.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <iterator>
#include <sstream>

#include "tests/testing/temp_dir.h"

namespace broadsheet::client {
namespace {

// What comes out at the terminal, and what a pager that shows it in a file was given.
struct Shown {
  std::string on_terminal;
  std::string in_pager;
};

Shown Show(const std::string& text, size_t rows) {
  const testing::TempDir dir;
  const std::string file = dir.path() / "paged";
  std::ostringstream terminal;
  {
    PagerBuffer pager(terminal);
    pager.Enable(rows, "cat > '" + file + "'");
    std::ostream out(&pager);
    out << text << std::flush;
  }
  std::ifstream in(file);
  return {.on_terminal = terminal.str(), .in_pager = {std::istreambuf_iterator<char>(in), {}}};
}

TEST(PagerTest, WhatIsLongerThanTheScreenIsPaged) {
  const Shown shown = Show("1\n2\n3\n4\n", 4);
  EXPECT_EQ(shown.on_terminal, "");
  EXPECT_EQ(shown.in_pager, "1\n2\n3\n4\n");
}

TEST(PagerTest, WhatFitsIsNot) {
  const Shown shown = Show("1\n2\n3\n", 4);
  EXPECT_EQ(shown.on_terminal, "1\n2\n3\n");
  EXPECT_EQ(shown.in_pager, "");
}

TEST(PagerTest, NothingIsPagedOffAScreen) {
  EXPECT_EQ(Show("1\n2\n3\n4\n", 0).on_terminal, "1\n2\n3\n4\n");
}

TEST(PagerTest, APersonChoosesThePagerOrNone) {
  for (const char* pager : {"tail -n +1", "/usr/bin/env tail -n +1", "LESS=R less"}) {
    setenv("PAGER", pager, 1);
    EXPECT_EQ(PagerCommand(), pager);
  }
  // The answer was lost in a pager that is not there.
  for (const char* none : {"", "cat", "no-such-pager -w", "/nowhere/pager"}) {
    setenv("PAGER", none, 1);
    EXPECT_EQ(PagerCommand(), std::nullopt) << none;
  }
  unsetenv("PAGER");
}

TEST(PagerTest, LeavingThePagerEarlyEndsTheOutput) {
  std::ostringstream terminal;
  PagerBuffer pager(terminal);
  pager.Enable(1, "true");
  std::ostream out(&pager);
  for (int i = 0; i < 100000 && out; ++i) out << std::string(100, 'x') << '\n' << std::flush;
  EXPECT_FALSE(out);
  pager.Finish();
  EXPECT_EQ(terminal.str(), "");
}

}  // namespace
}  // namespace broadsheet::client
