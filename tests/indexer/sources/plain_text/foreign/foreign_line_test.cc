// SPDX-License-Identifier: GPL-3.0-or-later
// Whole texts of lines that are made for programs, and articles that have some such lines.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "indexer/sources/plain_text/foreign/foreign_text.h"

namespace broadsheet::sources::page {
namespace {

using ::testing::HasSubstr;

// A bug once: texts of programs without braces became articles: commands, paths, records, columns.
TEST(ForeignTextTest, LinesThatAreMadeForProgramsAreNamed) {
  const struct {
    const char* text;
    const char* kind;
  } kRows[] = {
      {"FROM alpine:3.20\nLABEL maintainer desk\nUSER wire\nWORKDIR /srv\nCOPY . .\nRUN make "
       "all\nENTRYPOINT [\"/srv/wire\"]\n",
       "a program"},
      {"# m h dom mon dow command\nSHELL=/bin/sh\n17 * * * * root cd / && run-parts "
       "/etc/cron.hourly\n25 6 * * * root test -x /usr/sbin/anacron\n*/5 * * * * wire "
       "/srv/wire/poll\n0 4 1 * * wire /srv/wire/clean\n",
       "a program"},
      {"body{margin:0;font:14px/1.4 serif}.story h1{font-size:2em}a:hover{color:red}",
       "a stylesheet"},
      {".story{color:#333}", "a stylesheet"},
      {"example.org/wire/feed v1.4.0 "
       "h1:Jx0zQhbJq3m2YbFnRk1sTzq8VwXyQn7Zy0pKc8Vt3bE=\nexample.org/wire/feed v1.4.0/go.mod "
       "h1:9pVqK2LmN4sTzq8VwXyQn7Zy0pKc8Vt3bEJx0zQhbJq=\nexample.org/press/text v0.3.1 "
       "h1:AmbZ3dQeYwKc8Vt3bEJx0zQhbJq3m2YbFnRk1sTzq8V=\n",
       "a program"},
      {"\" My settings for the desk\nset nocompatible\nset number\nset tabstop=4\nsyntax "
       "on\nfiletype plugin indent on\nnnoremap <leader>w :w<cr>\ncolorscheme desert\n",
       "a program"},
      {"program wire\n  implicit none\n  integer :: i\n  real :: total\n  total = 0.0\n  do i = 1, "
       "10\n    total = total + i\n  end do\n  print *, total\nend program wire\n",
       "a program"},
      {"       IDENTIFICATION DIVISION.\n       PROGRAM-ID. WIRE.\n       DATA DIVISION.\n       "
       "WORKING-STORAGE SECTION.\n       01 STORY-COUNT PIC 9(4) VALUE ZERO.\n       PROCEDURE "
       "DIVISION.\n           DISPLAY \"STORIES\".\n           ADD 1 TO STORY-COUNT.\n           "
       "STOP RUN.\n",
       "a program"},
      {"       01  STORY-RECORD.\n           05  STORY-ID          PIC X(10).\n           05  "
       "STORY-HEADLINE    PIC X(80).\n           05  STORY-BODY        PIC X(2000).\n",
       "a program"},
      {"10 PRINT \"STORIES OF THE WIRE\"\n20 LET I = 1\n30 PRINT I\n40 LET I = I + 1\n50 IF I < 10 "
       "THEN GOTO 30\n60 END\n",
       "a program"},
      {"rem The wire\nset WIRE=C:\\wire\ncd %WIRE%\nif exist story.txt del story.txt\ncall "
       "wire.exe /all\npause\n",
       "a program"},
      {"wire (1.4-1) unstable; urgency=medium\n\n  * Read the stories of the desk in the order in "
       "which they came.\n  * Close the file when the wire is cut.\n\n -- Jane Doe "
       "<jane@desk.example>  Mon, 02 Mar 2026 10:00:00 +0100\n\nwire (1.3-1) unstable; "
       "urgency=low\n\n  * First release of the package.\n\n -- Jane Doe <jane@desk.example>  Mon, "
       "02 Feb 2026 10:00:00 +0100\n",
       "a history"},
      {"commit 0123456789abcdef0123456789abcdef01234567 (HEAD -> main)\nAuthor: Jane Doe "
       "<jane@desk.example>\nDate:   Mon Mar 2 10:00:00 2026 +0100\n\n    Read the stories of the "
       "desk in the order in which they came\n\n    The wire gave them in any order before, and "
       "the desk did not like that.\n\ncommit 89abcdef0123456789abcdef0123456789abcdef\nAuthor: "
       "Jane Doe <jane@desk.example>\nDate:   Sun Mar 1 10:00:00 2026 +0100\n\n    Close the file "
       "when the wire is cut\n",
       "a history"},
      {"a1b2c3d Read the stories of the desk in the order in which they came\ne4f5a6b Close the "
       "file when the wire is cut\n0c1d2e3 Say which story was left out and why\n",
       "a program"},
      {"COPY public.story (id, headline, body, status) FROM stdin;\n1\tMayor resigns\tThe mayor "
       "resigned on Monday after a long dispute about parking places.\tdraft\n2\tTalks\tTalks are "
       "near an end, as both sides said on Tuesday.\tpublished\n\\.\n",
       "statements"},
      {"insert into story (id, body, status) values (1, 'The mayor resigned on Monday after a long "
       "dispute about forty parking places in the old square.', 'draft');",
       "statements"},
      {"UPDATE story SET status = 'draft', body = 'The mayor resigned on Monday after a long "
       "dispute about forty parking places.' WHERE id = 3;",
       "statements"},
      {"kind: Deployment\napiVersion: apps/v1\nmetadata:\n  name: wire\nspec:\n  replicas: 3\n  "
       "template:\n    spec:\n      containers:\n        - name: wire\n          image: wire:1.4\n "
       "         args: [\"--serve\", \"--port=8080\"]\n",
       "settings"},
      {"# words of the desk\nwire.closed=The wire is closed and no story can be "
       "read.\nwire.open=The wire is open for all stories of the desk.\nwire.wait=Wait for the "
       "next story, please.\n",
       "settings"},
      {"PMID- 123456\nOWN - DESK\nTI  - The mayor resigns after a long dispute about forty parking "
       "places.\nAB  - The mayor resigned on Monday after a long dispute about forty parking\n     "
       " places in the square, and the council met on Tuesday.\nAU  - Doe J\n",
       "a program"},
      {"java.lang.IllegalStateException: the wire is closed\n\tat "
       "example.wire.Reader.next(Reader.java:41)\n\tat example.wire.Main.run(Main.java:17)\n\tat "
       "example.wire.Main.main(Main.java:9)\nCaused by: java.io.IOException: end of file\n\t... 3 "
       "more\n",
       "a program"},
      {"main.cc:41:9: error: expected ';' before 'return'\nmain.cc:42:1: warning: no return "
       "statement in function returning non-void\nmake: *** [Makefile:3: wire] Error 1\n",
       "the output of a terminal"},
      {".Dd March 2, 2026\n.Dt WIRE 1\n.Os\n.Sh NAME\n.Nm wire\n.Nd read the stories of the desk\n",
       "a page of a manual"},
      {"WIRE(1)                     User Commands                    WIRE(1)\n\nNAME\n       wire "
       "- read the stories of the desk\n\nSYNOPSIS\n       wire [OPTION]... "
       "[FILE]...\n\nDESCRIPTION\n       Reads the stories of the desk in the order in which they "
       "came.\n\n       -a, --all\n              do not leave out stories that start with a dot\n",
       "a page of a manual"},
      {"[\n  \"The mayor resigned on Monday after a long dispute.\",\n  \"Talks are near an end, "
       "both sides said.\"\n]\n",
       "a JSON array"},
      {"['The mayor resigned on Monday after a long dispute.', 'Talks are near an end, both sides "
       "said.']",
       "a JSON array"},
      {"\"The mayor resigned on Monday after a long dispute.\\n\\nTalks are near an end, both "
       "sides said.\"",
       "a JSON array"},
      {".. title: Ferry\n.. date: 2026-01-01\n.. status: draft\n\nThe ferry stops at noon on "
       "Monday, as the harbour office said.\n",
       "a text with settings"},
      {"root:x:0:0:root:/root:/bin/bash\nwire:x:1000:1000:Wire "
       "desk:/srv/wire:/bin/sh\nnobody:x:65534:65534:nobody:/nonexistent:/usr/sbin/nologin\n",
       "a program"},
      {"total 24\ndrwxr-xr-x 2 wire desk 4096 Mar  2 10:00 spool\n-rw-r--r-- 1 wire desk  120 Mar  "
       "2 10:00 story-1.txt\n-rw-r--r-- 1 wire desk  340 Mar  2 10:00 story-2.txt\n",
       "a program"},
      {"https://news.example/1\nhttps://news.example/2\nhttps://news.example/3\nhttps://"
       "news.example/4\n",
       "a program"},
  };
  for (const auto& row : kRows) {
    EXPECT_THAT(ForeignKind(row.text).value_or("(running text)"), HasSubstr(row.kind)) << row.text;
  }
}

// A bug once: only heads in the words of the standard made a mail.
TEST(ForeignTextTest, HeadsThatMailProgramsPrintAreOfMails) {
  for (const char* head :
       {"Von: Jane Doe <jane@desk.example>\nGesendet: Montag, 2. März 2026 10:00\nAn: "
        "Desk\nBetreff: Mayor resigns",
        "Von: Jane Doe\nGesendet: Montag, 2. März 2026 10:00\nBetreff: Mayor resigns",
        "From: Jane Doe\nSent: Monday, March 2, 2026 10:00 AM\nTo: Desk\nSubject: Mayor resigns",
        "De : Jane Doe\nEnvoyé : lundi 2 mars 2026 10:00\nÀ : Desk\nObjet : Mayor resigns",
        "De: Jane Doe\nEnviado el: lunes, 2 de marzo de 2026 10:00\nPara: Desk\nAsunto: Mayor "
        "resigns",
        "Da: Jane Doe\nInviato: lunedì 2 marzo 2026 10:00\nA: Desk\nOggetto: Mayor resigns",
        "Från: Jane Doe\nSkickat: den 2 mars 2026 10:00\nTill: Desk\nÄmne: Mayor resigns",
        "Od: Jane Doe\nWysłano: 2 marca 2026 10:00\nDo: Desk\nTemat: Mayor resigns",
        "От: Jane Doe\nОтправлено: 2 марта 2026 10:00\nКому: Desk\nТема: Mayor resigns",
        "Lähettäjä: Jane Doe\nLähetetty: 2. maaliskuuta 2026 10:00\nVastaanottaja: Desk\nAihe: "
        "Mayor resigns",
        "差出人: Jane Doe\n送信日時: 2026年3月2日 10:00\n宛先: Desk\n件名: Mayor resigns",
        "*From:* Jane Doe\n*Sent:* Monday, March 2, 2026\n*To:* Desk\n*Subject:* Mayor resigns",
        "-----Original Message-----\nFrom: Jane Doe\nSent: Monday, March 2, 2026\nTo: "
        "Desk\nSubject: Mayor resigns",
        "---------- Forwarded message ---------\nFrom: Jane Doe <jane@desk.example>\nDate: Mon, "
        "Mar 2, 2026\nSubject: Mayor resigns\nTo: Desk"}) {
    const std::string text =
        std::string(head) + "\n\nThe mayor resigned on Monday after a dispute.\n";
    EXPECT_EQ(ForeignKind(text).value_or("(running text)"), "a mail or a mailbox") << text;
  }
}

// A bug once: a memorandum or a press release was refused as a mail.
TEST(ForeignTextTest, MemorandumsAreTextAlthoughTheyNameWhoWritesToWhom) {
  for (const char* head :
       {"TO: All editors\nFROM: Jane Doe, director of harbours\nDATE: March 2, 2026\nRE: The ferry",
        "MEMORANDUM\n\nTO:      Members of the board\nFROM:    Jane Doe\nSUBJECT: The ferry",
        "From: Harbour board\nDate: 2 March 2026\nSubject: Ferry terminal is to close",
        "Von: Hafenamt\nAn: Alle Redaktionen\nDatum: 2. März 2026\nBetreff: Fährhafen schließt"}) {
    const std::string text = std::string(head) +
                             "\n\nThe harbour board voted on Tuesday to close the old ferry "
                             "terminal, which has served the islands for eighty years.\n\nThe "
                             "council met on Tuesday, and its members asked for a vote.\n";
    EXPECT_EQ(ForeignKind(text).value_or("(running text)"), "(running text)") << head;
  }
}

// A bug once: short texts without a sentence became articles.
TEST(ForeignTextTest, TextsWithoutASentenceAreNone) {
  for (const char* text :
       {"System.NullReferenceException: Object reference not set to an instance of an object.\n   "
        "at "
        "Wire.Desk.Editor.Open(Story story)\n   at Wire.Desk.Editor.OnClick(Object sender, "
        "EventArgs "
        "e)\n   at System.Windows.Forms.Control.OnClick(EventArgs e)\n",
        "proc            /proc           proc    defaults          0       0\nLABEL=root      /    "
        "  "
        "         ext4    defaults,noatime  0       1\nLABEL=boot      /boot           vfat    "
        "defaults          0       2\n",
        ">chr1\nACGTACGTACGTTAGCACGTACGTACGTTAGCACGTACGTACGTTAGC\n"
        "TTAGCACGTACGTACGTTAGCACGTACGTACGTTAGCACGTACGTACG\nTTAGCACGT\n",
        "npm ERR! code ERESOLVE\nnpm ERR! ERESOLVE unable to resolve dependency tree\nnpm ERR! Fix "
        "the "
        "conflict upstream, or retry\nnpm ERR! this command with --force\n",
        "Source: wire\nMaintainer: Jane Doe <jane@wire.example>\nStandards-Version: 4.6.2\n"
        "Description: reads the wire of an agency\n The program reads the wire of an agency and "
        "writes each story\n to a file of its own, so that other programs can read it.\n",
        "Host desk\n  HostName 192.0.2.7\n  User jane\n",
        "Host wire\n    User editor\n    Port 22\n",
        "\"There are no stories yet.\" = \"Es gibt noch keine Geschichten.\";\n\"Share this "
        "story\" = \"Diese Geschichte teilen\";\n",
        "ls -la /var/spool/wire\n", "cd /srv/wire && git pull\nsystemctl restart wire\n",
        "echo done\n", "SELECT headline FROM story WHERE id = 5\n",
        "search news.example\nnameserver 192.0.2.1\nnameserver 192.0.2.2\n"}) {
    EXPECT_NE(ForeignKind(text).value_or("(running text)"), "(running text)") << text;
  }
  for (const char* text :
       {"Ferry stops at noon", "Ferry stops at noon\n\nIt will not open again.",
        "Harbour song\n\nThe boats go out at break of day\nand come back late at night\nthe gulls "
        "have had their fill of bread\nthe lamp gives little light\n",
        "Five things to know\n\nThe ferry stops at noon.\nThe mill turns again.\nRain is "
        "expected in the evening.\n"}) {
    EXPECT_EQ(ForeignKind(text).value_or("(running text)"), "(running text)") << text;
  }
}

// What news pages have beside sentences: quoted programs, lists, tables of results, poems.
TEST(ForeignTextTest, ArticlesThatQuoteOrListAreText) {
  for (const char* text :
       {"Leek soup\n\n2 leeks\n1 onion\n500 ml of water\n1 spoon of butter\nSalt\nPepper\n\nCut "
        "the leeks and fry them in butter until they are soft.\n\nAdd the water and let it boil "
        "for twenty minutes, then serve.\n",
        "The ferry\n\nThe boats come in at even,\nand lie against the quay,\nno lantern and no "
        "heaven\nwill call them back to sea.\n\nThe harbour keeps its water,\nthe water keeps its "
        "stone,\nthe miller has a daughter\nwho walks the wall alone.\n",
        "Harbour United 2-1 Mill Town\nScorers: Doe 12, Roe 40; Low 88\nAttendance: "
        "4,200\nReferee: J. Low\n\nThe mayor resigned on Monday after a long dispute about forty "
        "parking places in the square.\n\nThe council met on Tuesday, and its members asked for a "
        "vote before the summer.\n",
        "Election results\n\nDoe (Lab): 12,400\nRoe (Con): 11,200\nLow (LD): 4,100\n\nTurnout: "
        "61%\n\nThe mayor resigned on Monday after a long dispute about forty parking places in "
        "the square.\n",
        "From: the harbour To: the hills\n\nThe mayor resigned on Monday after a long dispute "
        "about forty parking places in the square.\n\nThe council met on Tuesday, and its members "
        "asked for a vote before the summer.",
        "Ferry stops at noon\n\nWho: the harbour office\nWhat: the ferry\nWhen: Monday\nWhere: the "
        "old quay\nWhy: repairs\n\nThe mayor resigned on Monday after a long dispute about forty "
        "parking places in the square.\n\nThe council met on Tuesday, and its members asked for a "
        "vote before the summer.",
        "Subject: matter\n\nThe mayor resigned on Monday after a long dispute about forty parking "
        "places in the square.\n\nThe council met on Tuesday, and its members asked for a vote "
        "before the summer.",
        "RUN FOR OFFICE\n\nThe mayor resigned on Monday after a long dispute about forty parking "
        "places in the square.\n\nCOPY OF LETTER FOUND\n\nThe council met on Tuesday, and its "
        "members asked for a vote before the summer.",
        "The mails of the mayor\n\nThe mayor resigned on Monday after a long dispute about forty "
        "parking places in the square.\n\nFrom: Jane Doe\nSent: Monday\nTo: John Roe\nSubject: "
        "parking\n\n\"I will not stay,\" she wrote on Sunday, as the paper learned.\n\nThe council "
        "met on Tuesday, and its members asked for a vote before the summer.\n",
        "How the wire broke\n\nThe mayor resigned on Monday after a long dispute about forty "
        "parking places in the square.\n\njava.io.IOException: end of file\n\tat "
        "example.wire.Reader.next(Reader.java:41)\n\tat example.wire.Main.main(Main.java:9)\n\nThe "
        "council met on Tuesday, and its members asked for a vote before the summer. The mayor "
        "resigned on Monday after a long dispute about forty parking places in the square.\n",
        "Containers for newsrooms\n\nThe mayor resigned on Monday after a long dispute about forty "
        "parking places in the square. The council met on Tuesday, and its members asked for a "
        "vote before the summer.\n\nFROM debian:12\nRUN apt-get update\nCMD [\"wire\"]\n\nThe "
        "mayor resigned on Monday after a long dispute about forty parking places in the square. "
        "The council met on Tuesday, and its members asked for a vote before the summer.\n",
        "How a table was lost\n\nThe mayor resigned on Monday after a long dispute about forty "
        "parking places in the square.\n\nDROP TABLE story;\n\nThe council met on Tuesday, and its "
        "members asked for a vote before the summer. The mayor resigned on Monday after a long "
        "dispute about forty parking places in the square.\n",
        "Timers of the city\n\nThe mayor resigned on Monday after a long dispute about forty "
        "parking places in the square.\n\n0 4 * * * /srv/wire/clean\n\nThe council met on Tuesday, "
        "and its members asked for a vote before the summer.\n",
        "\"I am sorry\"\n\nThe mayor resigned on Monday after a long dispute about forty parking "
        "places in the square.",
        "Ferry timetable\n\n06:00 Old quay\n07:30 Mill\n09:00 Harbour\n10:15 Old quay\n12:00 "
        "Mill\n\nThe mayor resigned on Monday after a long dispute about forty parking places in "
        "the square.\n",
        "Deaths\n\nDOE, Jane, 84, on March 2.\nROE, John, 77, on March 1.\nLOW, Ann, 91, at "
        "home.\nKAY, Tom, 66, in hospital.\n\nThe mayor resigned on Monday after a long dispute "
        "about forty parking places in the square.\n",
        "Markets at noon\n\nFTSE 7,400.12 +0.4%\nDAX 15,200.40 -0.1%\nNikkei 30,100.00 "
        "+1.2%\n\nThe mayor resigned on Monday after a long dispute about forty parking places in "
        "the square.\n",
        "Q: Why now?\nA: Because the council asked for it on Monday.\nQ: And then?\nA: Then we "
        "will see what the voters want.\nQ: Will you run?\nA: No.\n",
        "at the harbour\nat the mill\nat the ferry\nat the hill\n\nwe were waiting\nall the "
        "day\nfor the sailors\nfar away\n",
        "De : quoi parle-t-on ?\n\nLe maire a démissionné lundi après une longue dispute sur "
        "quarante places.\n"}) {
    EXPECT_EQ(ForeignKind(text).value_or(""), "") << text;
  }
}

}  // namespace
}  // namespace broadsheet::sources::page
