// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/sources/plain_text/foreign/foreign_text.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

namespace broadsheet::sources::page {
namespace {

using ::testing::HasSubstr;

std::string Repeated(const std::string& lines, int times) {
  std::string repeated;
  for (int i = 0; i < times; ++i) repeated += lines;
  return repeated;
}

// A bug once: whatever was in none of the formats became an article.
TEST(ForeignTextTest, WhatIsNoRunningTextIsNamed) {
  const struct {
    std::string text;
    const char* kind;
  } kRows[] = {
      {"id,headline,body\n1,Mayor resigns,\"A long story, with commas\"\n2,Talks,x\n", "a table"},
      {"id\theadline\n1\tThe mayor resigned on Monday.\n2\tTalks are near an end.\n", "a table"},
      {"datum;titel;text\n03.05.2024;Rat tagt;Der Rat tagt.\n04.05.2024;Ende;Schluss.\n",
       "a table"},
      {"2026-05-11 12:44:02 INFO started the import of the stories\n"
       "2026-05-11 12:44:03 WARN a story without a headline was left out\n"
       "2026-05-11 12:44:05 INFO finished\n",
       "a log"},
      {"192.0.2.1 - - [10/Oct/2025:13:55:36 +0000] \"GET /story HTTP/1.1\" 200 2326\n"
       "192.0.2.7 - - [10/Oct/2025:13:55:38 +0000] \"GET /other HTTP/1.1\" 200 1326\n"
       "192.0.2.9 - - [10/Oct/2025:13:55:39 +0000] \"GET / HTTP/1.1\" 304 0\n",
       "a log"},
      {"[wire]\nhost = news.example\nport = 80\n\n[paths]\nspool = /var/spool/wire\n", "settings"},
      {"wire:\n  host: news.example\n  topics:\n    - politics\n    - sport\nretries: 3\n",
       "settings"},
      {"User-agent: *\nDisallow: /private\nDisallow: /drafts\nCrawl-delay: 10\n", "settings"},
      {"# How often the wire is asked, in seconds, unless its own answer says something else.\n"
       "# The default is sixty.\n#\n# interval 60\n\n# Where stories go that nobody has read.\n"
       "spool /var\n",
       "settings or a program"},
      {"CREATE TABLE story (id INT, body TEXT);\nINSERT INTO story VALUES (1, 'The mayor resigned "
       "on Monday after a long dispute about forty parking places.');\nINSERT INTO story VALUES "
       "(2, 'Talks are near an end, as both sides said.');\n",
       "statements of a database"},
      {"import os\nimport sys\n\n\nclass Story:\n    \"\"\"A story of the wire.\"\"\"\n\n    def "
       "__init__(self, text):\n        self.text = text\n\n    def words(self):\n        return "
       "len(self.text.split())\n",
       "a program"},
      {"package main\n\nimport \"fmt\"\n\nfunc main() {\n\tfor i := 0; i < 3; i++ "
       "{\n\t\tfmt.Println("
       "\"story\", i)\n\t}\n}\n",
       "a program"},
      {"(defun words (text)\n  \"The number of words of TEXT.\"\n  (length (split-string "
       "text)))\n\n"
       "(setq wire-host \"news.example\"\n      wire-port 80)\n",
       "a program"},
      {"const wire = require('wire');\nwire.on('story', (story) => {\n  "
       "console.log(story.headline);"
       "\n});\nmodule.exports = { wire };\n",
       "a program"},
      {"body {\n  margin: 0;\n  color: #333;\n}\n.story > h1 { font-size: 2em; }\n",
       "a stylesheet"},
      {"callback({\"guid\": \"g1\", \"headline\": \"X\", \"section\": \"local\"});\n", "JSON"},
      {"window.__STATE__ = {\"story\":{\"title\":\"Mayor resigns\",\"text\":\"The mayor resigned "
       "on "
       "Monday after a long dispute about forty parking places in the square.\"}};\n",
       "JSON"},
      {Repeated("SGVsbG8sIHdvcmxkISBUaGlzIGlzIGEgc3RvcnkgdGhhdCBub2JvZHkgY2FuIHJlYWQgYXMgaXQg\n",
                20),
       "encoded data"},
      {"-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n", "a key or certificate"},
      {"%!PS-Adobe-3.0\n%%Title: story\n", "a PostScript document"},
      {"{\\rtf1\\ansi The mayor resigned.}", "an RTF document"},
      {"\\documentclass{article}\n\\begin{document}\nThe mayor resigned.\n", "a TeX document"},
      {"From reader@mail.example Sat Jan  3 01:05:34 1996\nFrom: Reader <reader@mail.example>\n"
       "Subject: Your story\n\nI read your story with pleasure.\n",
       "a mail"},
      {"Subject: Mayor resigns\nFrom: Desk <desk@news.example>\nTo: all@news.example\nDate: Mon, 3 "
       "May 2024 10:00:00 +0000\n\nThe mayor resigned on Monday after a long dispute.\n",
       "a mail"},
      {"Received: from a by b\nMessage-ID: <1@news.example>\n\nThe mayor resigned on Monday.\n",
       "a mail"},
      {"diff --git a/story.txt b/story.txt\n--- a/story.txt\n+++ b/story.txt\n@@ -1 +1 @@\n-The "
       "mayor stays.\n+The mayor resigned.\n",
       "a patch"},
      {"--- story.txt\t2024\n+++ story.txt\t2025\n@@ -1 +1 @@\n-The mayor stays.\n+He goes.\n",
       "a patch"},
      {"WEBVTT\n\n00:01.000 --> 00:04.000\nThe mayor resigned on Monday.\n", "subtitles"},
      {"1\n00:00:01,000 --> 00:00:04,000\nThe mayor resigned on Monday after a long dispute.\n",
       "subtitles"},
      {"---\ntitle: Mayor resigns\ndraft: true\n---\n\nThe mayor resigned on Monday.\n",
       "front matter"},
      {"a:2:{s:2:\"id\";i:1;s:4:\"body\";s:12:\"Boats wait. \";}", "data of PHP"},
      {"Subject: Re: Mayor resigns\nFrom: Desk\n\nThe mayor resigned on Monday.\n", "a mail"},
      {"[\"The mayor resigned on Monday.\",\"Talks are near an end.\"]\n", "a JSON array"},
      {"commit 0123456789abcdef0123456789abcdef01234567\nAuthor: Desk\n\n    Resign\n",
       "a history"},
      {"INSERT INTO story VALUES (1, 'The mayor resigned on Monday.', 'draft');\n", "statements"},
      {"TY  - NEWS\nTI  - Mayor resigns\n", "references"},
      {"BEGIN:VCALENDAR\nVERSION:2.0\n", "a calendar"},
      {"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<p>The mayor resigned.", "an HTTP"},
      {"Wire service\n<STORY><HEAD>Mayor resigns</HEAD><P>The mayor resigned on Monday.</P></STORY>"
       "\n<STORY><HEAD>Talks</HEAD></STORY>\n",
       "markup"},
      {Repeated("harbour\nlighthouse\nmayor\nparking\n", 5), "a list of words"},
      {Repeated("1024 2048 4096\n17.5 18.25 19\n", 5), "figures"},
      {"#include <stdio.h>\n", "a program"},
  };
  for (const auto& row : kRows) {
    EXPECT_THAT(ForeignKind(row.text).value_or("(running text)"), HasSubstr(row.kind)) << row.text;
  }
}

TEST(ForeignTextTest, WhatPeopleWriteForOneAnotherIsText) {
  const std::string words =
      "The mayor resigned on Monday after a long dispute about forty parking places in the square.";
  for (const std::string& text :
       {std::string("Mayor resigns\n"), "Mayor resigns\n\n" + words + "\n",
        std::string("[Updated] Mayor resigns\n"), std::string("{Sic} is how the letter began\n"),
        std::string("10,000 march in the capital\n20,000 had been expected\n"),
        "Sanctions\n\nembargo: 2031\n\n" + words,
        // A menu, a live blog, an interview, a list with bullets, figures of a table.
        Repeated("Home\nPolitics\nSport\n", 8) + "Mayor resigns\n\n" + words + "\n",
        "Election night, live\n\n14:32:10 " + words + "\n\n14:40:05 " + words + "\n\n15:01:44 " +
            words + "\n",
        "Five questions\n\nSMITH: Why now?\n\nJONES: " + words +
            "\n\nSMITH: And then?\n\nJONES: " + words + "\n",
        "What we know\n\n* " + words + "\n* " + words + "\n* " + words + "\n* " + words + "\n",
        "League table\n\n" + words + "\n\nA | 12 | 30\nB | 11 | 28\nC | 10 | 25\n",
        "How the page was made\n\n" + words + "\n\n" + words +
            "\n\nfor (let i = 0; i < 3; i++) {\n  draw(i);\n}\n\n" + words + "\n",
        // Languages with and without spaces, and without capitals.
        std::string("市长辞职\n\n市长星期一辞职，此前他因广场上的四十个停车位陷入长期争执。\n"),
        std::string(
            "市長が辞任\n\n市長は月曜日、広場の駐車場四十台分をめぐる長い争いの末に辞任した。\n"),
        std::string(
            "시장 사임\n\n시장은 광장의 주차장 사십 면을 둘러싼 오랜 다툼 끝에 월요일 사임했다.\n"),
        std::string("นายกเทศมนตรีลาออก\n\nนายกเทศมนตรีลาออกเมื่อวันจันทร์หลังข้อพิพาทเรื่องที่จอดรถสี่สิบคัน\n"),
        std::string("استقالة العمدة\n\nاستقال العمدة يوم الاثنين بعد خلاف طويل حول أربعين موقفا "
                    "للسيارات.\n"),
        std::string("महापौर का इस्तीफा\n\nचालीस पार्किंग स्थलों के लंबे विवाद के बाद महापौर ने सोमवार को "
                    "इस्तीफा दे दिया।\n"),
        std::string(
            "ראש העיר התפטר\n\nראש העיר התפטר ביום שני לאחר מחלוקת ארוכה על ארבעים מקומות חניה.\n"),
        std::string(
            "Мэр ушёл в отставку\n\nМэр ушёл в отставку в понедельник после долгого спора.\n"),
        std::string(
            "Ο δήμαρχος παραιτήθηκε\n\nΟ δήμαρχος παραιτήθηκε τη Δευτέρα μετά από διαμάχη.\n"),
        std::string("ከንቲባው ስልጣን ለቀቁ\n\nከንቲባው ከረጅም ክርክር በኋላ ሰኞ ዕለት ስልጣን ለቀቁ።\n")}) {
    EXPECT_EQ(ForeignKind(text).value_or(""), "") << text;
  }
}

}  // namespace
}  // namespace broadsheet::sources::page
