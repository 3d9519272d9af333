// SPDX-License-Identifier: GPL-3.0-or-later
// Notices to editors in many languages, and headlines that are about drafts, embargoes and secrets.
#include "indexer/sources/wording/notice_kind.h"

#include <gtest/gtest.h>

namespace broadsheet::sources::page {
namespace {

// A bug once: of lines that hold a story back only a list of phrases was known.
TEST(NoticeKindTest, LinesOfNoticeWordsHoldBackInAnyLanguage) {
  for (const char* line : {"CONFIDENTIAL DRAFT",
                           "*** DRAFT ***",
                           "Draft 3",
                           "Draft version, not approved",
                           "FOR INTERNAL USE ONLY",
                           "STRICTLY CONFIDENTIAL",
                           "Do not run before Sunday",
                           "HOLD. DO NOT RUN",
                           "EDS: HOLD this story until further notice",
                           "Attention editors - please withhold the story on the quay",
                           "ENTWURF",
                           "Bitte nicht verwenden",
                           "BOZZA - NON DIFFONDERE",

                           "Må ikke offentliggøres før 5. januar",
                           "Älkää käyttäkö juttua",
                           "Prosimy nie wykorzystywać",
                           "Не использовать до воскресенья",
                           "Черновик",
                           "Μην χρησιμοποιήσετε το κείμενο",
                           "يرجى عدم استخدام الخبر",
                           "Bu haberi kullanmayın",
                           "下書き",
                           "草稿 请勿发布",
                           "초안 - 보도 금지",
                           "使用しないでください"}) {
    EXPECT_EQ(KindOfNoticeLine(line), NoticeKind::kHolds) << line;
  }
  for (const char* line :
       {"EMBARGO PÅ TORSDAG 06.00", "Niet voor publicatie vóór zondag", "Эмбарго до 6:00 5 января",
        "ADVANCE FOR SUNDAY, JAN. 5", "For release August 1, 2031", "Frei ab 5. Januar 2031",
        "Da pubblicare dopo le 6 di domenica", "À publier après le 5 janvier à 6h",
        "Julkaisuvapaa 5.1.2031 klo 6"}) {
    EXPECT_EQ(KindOfNoticeLine(line), NoticeKind::kWaits) << line;
  }
}

TEST(NoticeKindTest, OrdersToEditorsTakeStoriesBack) {
  for (const char* line :
       {"Editors: kill previous story on ferry", "EDITORS: Please kill the story slugged FERRY",
        "Please disregard this story", "PLEASE DISREGARD", "Disregard earlier take",
        "ATTENTION EDITORS: This story is withdrawn", "Zurückgezogen: Meldung zur Fähre",
        "Bericht ingetrokken", "Rogamos anulen la nota", "Haber iptal edilmiştir", "请撤回此稿",
        "この記事は取り消します", "기사를 취소합니다"}) {
    EXPECT_EQ(KindOfNoticeLine(line), NoticeKind::kKills) << line;
  }
}

TEST(NoticeKindTest, HeadlinesAreNoNotices) {
  for (const char* line : {"DRAFT",
                           "Draft law on ferries goes to parliament",
                           "First draft of history",
                           "NFL DRAFT 2031",
                           "Confidential",
                           "Confidential memo shows minister knew",
                           "STRICTLY CONFIDENTIAL: INSIDE THE TRADE TALKS",
                           "Kill the bill, say protesters",
                           "KILL BILL RETURNS TO CINEMAS",
                           "Please disregard the noise, says the mayor",
                           "Retraction of study stuns biologists",
                           "The story of a withdrawn drug",
                           "Withdrawn: the rise of quiet teenagers",
                           "Do not run from bears, ranger says",
                           "Hold the line, union tells its members",
                           "Embargo on coal from the east is lifted",
                           "Embargo: what it means for growers",
                           "For Immediate Release: August 1, 2006",
                           "Published August 1, 2006",
                           "Note to editors: less is more",
                           "Editors of magazine resign",
                           "Entwurf für neues Gesetz liegt vor",
                           "Bozza di legge sui traghetti",
                           "Не использовать воду, просят власти",
                           "ОТЗЫВ ЛИЦЕНЗИИ У БАНКА",
                           "下書きの名人が語る",
                           "草稿拍卖创纪录",
                           "초안 공개: 새 헌법은 무엇이 다른가",
                           "Do not use?",
                           ""}) {
    EXPECT_EQ(KindOfNoticeLine(line), NoticeKind::kNone) << line;
  }
}

TEST(NoticeKindTest, NotesMaySayMoreBesides) {
  for (const char* note :
       {"Wrong photo. Please do not use this version.", "NOT FOR PUBLICATION before Sunday",
        "Name of victim is wrong, bitte die Meldung nicht verwenden"}) {
    EXPECT_EQ(KindOfEditorsNote(note), NoticeKind::kHolds) << note;
  }
  EXPECT_EQ(KindOfEditorsNote("Gazette withdraws this story, since its source lied"),
            NoticeKind::kKills);
  for (const char* note :
       {"Not for use in Japan", "This material may not be published without permission",
        "This material may not be published, broadcast, rewritten or redistributed",
        "Not for commercial use", "Please disregard previous headline", "Minister kills bill",
        "Updates story on kill switch", "Corrects: the study was retracted in 2019",
        "Replaces earlier version, which is withdrawn from the archive"}) {
    EXPECT_EQ(KindOfEditorsNote(note), NoticeKind::kNone) << note;
  }
}

}  // namespace
}  // namespace broadsheet::sources::page
