// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/sources/plain_text/foreign/column_lines.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <string_view>

#include "indexer/sources/plain_text/foreign/foreign_text.h"

namespace broadsheet::sources::page {
namespace {

size_t LinesInColumns(std::string_view text) {
  ColumnLines lines;
  while (!text.empty()) {
    const size_t end = std::min(text.find('\n'), text.size());
    lines.Add(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return lines.count();
}

TEST(ColumnLinesTest, LinesThatShareAPlaceBehindAGapAreCounted) {
  EXPECT_EQ(LinesInColumns("Filesystem   Size  Used\n"
                           "udev         7.8G     0\n"
                           "/dev/sda1    220G  140G\n"),
            3U);
  EXPECT_EQ(LinesInColumns("name\tsize\nwire\t12\n"), 2U);
  // The colons of an indented list; a rule below the head parts nothing.
  EXPECT_EQ(LinesInColumns("     Loaded: yes\n     Active: no\n"), 2U);
  EXPECT_EQ(LinesInColumns(" id |  headline |  section\n----+-----------+---\n"
                           "  1 |  Ferry    |  Local\n"),
            2U);
}

TEST(ColumnLinesTest, RunningTextHasNoColumns) {
  EXPECT_EQ(LinesInColumns("The boats stay in.  Nobody knows why.\n"
                           "The quay is shut.  Talks go on today.\n"),
            0U);
  EXPECT_EQ(LinesInColumns("Q: Why now?\nA: Because of the tide.\n"), 0U);
  EXPECT_EQ(LinesInColumns("    And the tide came in\n    and the boats went out\n"), 0U);
}

// A bug once: what df, fsck, systemctl and others print became articles.
TEST(ColumnLinesTest, ReportsInColumnsAreNoArticles) {
  for (const char* text :
       {"Filesystem      Size  Used Avail Use% Mounted on\n"
        "udev            7.8G     0  7.8G   0% /dev\n"
        "/dev/sda1       220G  140G   69G  68% /\n",
        "File Name                       : harbour.jpg\n"
        "File Size                       : 2.4 MB\n"
        "Image Width                     : 4032\n"
        "Camera Model Name               : X100\n",
        " id |   headline    |  section\n----+---------------+-----------\n"
        "  1 | Ferry stops   | Local\n  2 | Mayor resigns | Politics\n  3 | Tide turns    | Sea\n",
        "\u25cf wire.service - Agency wire reader\n"
        "     Loaded: loaded (/lib/systemd/system/wire.service; enabled; preset: enabled)\n"
        "     Active: active (running) since Mon 2026-11-30 08:12:44 UTC; 2h 3min ago\n"
        "   Main PID: 812 (wired)\n      Tasks: 9 (limit: 18988)\n     Memory: 42.1M\n"
        "        CPU: 1.901s\n     CGroup: /system.slice/wire.service\n",
        "fsck from util-linux 2.38.1\ne2fsck 1.47.0 (5-Feb-2023)\n"
        "/dev/sda1 has been mounted 31 times without being checked, check forced.\n"
        "Pass 1: Checking inodes, blocks, and sizes\nPass 2: Checking directory structure\n"
        "Pass 3: Checking directory connectivity\nPass 4: Checking reference counts\n"
        "/dev/sda1: 412345/1221600 files (0.4% non-contiguous), 3456789/4882432 blocks\n"}) {
    EXPECT_NE(ForeignKind(text).value_or(""), "") << text;
  }
}

TEST(ColumnLinesTest, AnArticleMayShowATable) {
  EXPECT_EQ(ForeignKind("Harbour town goes top\n\n"
                        "Harbour Town beat the Quay Rovers on Saturday and lead the league for the "
                        "first time since the war, three points ahead of everybody else.\n\n"
                        "Harbour Town   12   30\nQuay Rovers    12   27\nOld Pier       12   25\n\n"
                        "The next match is on Wednesday, and the ferry will wait for whoever comes "
                        "to see it.\n")
                .value_or(""),
            "");
}

}  // namespace
}  // namespace broadsheet::sources::page
