// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/sources/plain_text/held_settings.h"

#include <gtest/gtest.h>

#include <string>

namespace broadsheet::sources::page {
namespace {

// A bug once: of a draft with its settings above it, but no fence around them, an article was made.
TEST(HeldSettingsTest, SettingsThatHoldTheTextBackAreFound) {
  const std::string words = "\n\nThe ferry stops at noon.\n\nTides are high.\n";
  for (const std::string& text :
       {"Title: Ferry\nDate: 2026-01-01\nStatus: draft" + words,
        "title: Ferry\ndraft: true" + words,
        "Ferry: a story\n:date: 2026-01-01\n:status: draft" + words,
        std::string("TITLE: Ferry\nSTATUS: Draft\n-----\nBODY:\nThe ferry stops.\n-----\n"),
        std::string("status: draft\nbody: |\n  The ferry stops.\n\n  Tides are high.\n"),
        std::string("title: Ferry\nbody: |\n  The ferry stops.\n\n  Tides.\nstatus: draft\n"),
        std::string("export default {\n title: 'Ferry',\n body: `The ferry stops.\n\nTides.`,\n "
                    "draft: true,\n}\n"),
        "title = \"Ferry\"\ndraft = true" + words, "title: Ferry\npublished: false" + words,
        "title: Ferry\nembargo: 2031-01-01" + words,
        std::string("$article = [\n  title = 'Ferry',\n  status = 'draft'\n]")}) {
    EXPECT_TRUE(FindHeldSetting(text).has_value()) << text;
  }
}

TEST(HeldSettingsTest, TextsOfPagesAreNotHeldBack) {
  const std::string words = "\n\nThe ferry stops at noon.\n\nTides are high.\n";
  for (const std::string& text :
       {"Title: Ferry\nDate: 2026-01-01\nStatus: published" + words, "Ferry stops" + words,
        "title: Ferry\ndraft: false" + words, "Status: draft of a law" + words,
        "Ferry stops\n\nStatus: draft\nDate: Monday" + words, "Sanctions" + words + "embargo: 2031",
        std::string("SMITH: Where is the ferry?\nJONES: Gone.\n\nStatus: draft\n\nThey left.\n"),
        std::string("")}) {
    EXPECT_FALSE(FindHeldSetting(text).has_value()) << text;
  }
}

// Settings below a title, or within one line of a program, were not seen.
TEST(HeldSettingsTest, MarkedSettingsAndPrintedObjectsHoldBack) {
  for (const char* text :
       {"Ferry stops\n###########\n\n:date: 2026-01-01\n:status: draft\n\nThe boat is late.\n",
        "= Ferry stops\n:status: draft\n\nThe boat is late.\n",
        "#+TITLE: Ferry stops\n#+DRAFT: true\n\nThe boat is late.\n",
        ".. title: Ferry stops\n.. status: draft\n\nThe boat is late.\n",
        "<!--\ntitle: Ferry stops\nstatus: draft\n-->\n\nThe boat is late.\n",
        "{id: 1, headline: 'Ferry stops', draft: true}\n",
        "module.exports = {title: \"Ferry stops\", status: \"draft\", body: \"Late.\"};\n"}) {
    EXPECT_TRUE(FindHeldSetting(text).has_value()) << text;
  }
  for (const char* text : {"Ferry stops\n\n:status: published\n\nThe boat is late.\n",
                           "The board said: status: draft, as before.\n\nThe boat is late.\n"}) {
    EXPECT_FALSE(FindHeldSetting(text).has_value()) << text;
  }
}

}  // namespace
}  // namespace broadsheet::sources::page
