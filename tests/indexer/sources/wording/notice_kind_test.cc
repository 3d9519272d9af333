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

// A bug once: the rest of a contraction made a notice a headline.
TEST(NoticeKindTest, ContractionsHoldBackAsWell) {
  for (const char* line : {"Don't publish", "DON'T USE BEFORE SUNDAY", "Don\u2019t release",
                           "\u201cDo not run\u201d", "\u2014 Do not publish \u2014"}) {
    EXPECT_EQ(KindOfNoticeLine(line), NoticeKind::kHolds) << line;
  }
  for (const char* line : {"Don't use tap water, city says", "\u201cDo not run,\u201d he says",
                           "Don\u2019t mention the ferry"}) {
    EXPECT_EQ(KindOfNoticeLine(line), NoticeKind::kNone) << line;
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

// A bug once: advisories that name the story were shown as articles: "ADVISORY: Kill FERRY".
TEST(NoticeKindTest, AdvisoriesAboutAStoryThatTheyNameTakeItBack) {
  for (const char* line :
       {"ADVISORY: Kill FERRY, a story from Varnholm, since its source is in doubt",
        "ADVISORY: Kill FERRY",
        "Advisory - Kill BC-Ferry Strike, 2nd Lead, which moved at 0600 GMT",
        "EDITORS: Withdraw QUAY-FIRE/2, wrong photo",
        "Editors: Please disregard \u201cFerry stops at noon\u201d, sent on Monday",
        "ATTENTION EDITORS - Kill 'Mill turns at last'. A new version follows.",
        "Clients are asked to disregard FERRY, which ran earlier",
        "Subscribers are advised to retract FERRY.",
        "Note to editors: the story slugged ferry is withdrawn",
        "URGENT ADVISORY: Kill story slugged ferry, error in first paragraph",
        "ADVISORY: KILL FERRY, A STORY FROM VARNHOLM", "ADVISORY: KILL FERRY, WRONG NAME IN LEAD",
        "ADVISORY: DISREGARD QUAY-FIRE", "ADVISORY: FERRY has been withdrawn due to an error",
        "ADVISORY: The Harbour Wire has withdrawn FERRY, its story of Monday",
        "ACHTUNG REDAKTIONEN: Bitte F\u00c4HRE zur\u00fcckziehen, falscher Name",
        "Redaktionen: Bitte F\u00c4HRE-STREIK annullieren",
        "Aux r\u00e9dactions: pri\u00e8re d'annuler BAC-GR\u00c8VE, envoy\u00e9 \u00e0 6h",
        "Editores: anulen \u201cEl ferri para al mediod\u00eda\u201d, por favor"}) {
    EXPECT_EQ(KindOfNoticeLine(line), NoticeKind::kKills) << line;
    EXPECT_EQ(KindOfAdvisory(line), NoticeKind::kKills) << line;
    EXPECT_EQ(KindOfEditorsNote(line), NoticeKind::kKills) << line;
  }
  for (const char* line :
       {"ADVISORY: Withhold FERRY until further notice", "EDITORS: Do not use BC-Ferry Strike",
        "Advisory: Hold QUAY-FIRE pending a check of its facts",
        "Editors: please do not publish \u201cMill turns at last\u201d",
        "Redaktionen: Bitte F\u00c4HRE nicht verwenden"}) {
    EXPECT_EQ(KindOfNoticeLine(line), NoticeKind::kHolds) << line;
  }
}

TEST(NoticeKindTest, AdvisoriesForReadersAreNews) {
  for (const char* line : {"Travel advisory: storm kills three",
                           "Advisory: Kill switch in cars may fail",
                           "Advisory: Kill weeds before they seed",
                           "ADVISORY: KILL MOSQUITOES, CITY SAYS",
                           "ADVISORY: DISREGARD WARNING SIRENS, COUNTY SAYS",
                           "ADVISORY: PARADE CANCELLED, ROADS CLOSED",
                           "Advisory: Disregard \u2018boil water\u2019 notice, city says",
                           "Advisory: Hold BTC, analysts say",
                           "Advisory board kills plan for bridge",
                           "Health advisory: heat may kill",
                           "Weather advisory withdrawn as winds ease",
                           "Advisory: Storm kills three on I-95",
                           "Advisory: NATO withdraws from talks",
                           "Advisory withdrawn: UK drops warning on travel",
                           "URGENT: NATO withdraws, official says",
                           "Note: IBM withdraws forecast",
                           "Important: Cancel UBER rides early",
                           "Editors kill their darlings",
                           "Editor killed in crash on A-40",
                           "Attention: KFC recalls sauce",
                           "Avalanche advisory: skiers killed near Val-d'Is\u00e8re"}) {
    EXPECT_EQ(KindOfNoticeLine(line), NoticeKind::kNone) << line;
    EXPECT_EQ(KindOfAdvisory(line), NoticeKind::kNone) << line;
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
