// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/sources/wording/end_note.h"

#include <gtest/gtest.h>

#include <string>

namespace broadsheet::sources::page {
namespace {

// Requests to readers became the last paragraphs of texts.
TEST(EndNoteTest, RequestsToReadersAreNotes) {
  for (const char* note : {
           "Follow us on Instagram and Telegram.",
           "Orla Penhale covers the docks. Follow her on Chirper @openhale.",
           "Orla Penhale can be reached at orla@lantern.example.",
           "Please sign in if you want to comment on this story.",
           "Did you enjoy this piece? Pass it on to your neighbours!",
           "The tide tables come every Friday. Sign up for our newsletter here.",
           "Abonnieren Sie unseren Newsletter, er kommt jeden Freitag.",
           "Folgen Sie uns auf Instagram.",
           "Abonnez-vous à notre lettre du port.",
           "Il vous reste 40 % de cet article à lire. La suite est réservée aux abonnés.",
           "Suscríbete a nuestro boletín del puerto.",
           "Iscriviti alla nostra newsletter.",
           "Assine a nossa newsletter e receba as marés.",
           "Meld je aan voor onze nieuwsbrief.",
           "Följ oss på Facebook för fler nyheter.",
           "Følg oss på Instagram!",
           "Tilmeld dig vores nyhedsbrev.",
           "Zapisz się do naszego newslettera.",
           "Přihlaste se k odběru, náš newsletter vychází v pátek.",
           "Подписывайтесь на наш телеграм-канал.",
           "Haberlerimiz için bizi takip edin.",
           "公式アカウントをフォローしてください。",
           "기자 페이지를 구독해 주세요.",
           "请关注我们的微信公众号。",
           "تابعونا على فيسبوك",
           "Baca juga: Feri baru tiba di Varnholm",
       }) {
    EXPECT_TRUE(IsEndNote(note, false)) << note;
  }
}

TEST(EndNoteTest, RightsAndOriginsAreNotes) {
  for (const char* note : {
           "© 2031 Harbour Gazette. Nothing of it may be printed without a letter.",
           "Copyright 2031 The Lantern",
           "The Lantern 2031. All rights reserved.",
           "Alle Rechte vorbehalten, Hafenblatt 2031.",
           "Tous droits réservés.",
           "無断転載を禁じます。",
           "저작권자 ⓒ 항구신문, 무단 전재 및 재배포 금지",
           "未经授权，不得转载。",
           "جميع الحقوق محفوظة",
           "This article was originally published in The Quay Review.",
           "Dieser Artikel ist zuerst im Hafenblatt erschienen.",
           "Artikel ini telah tayang di Harian Pelabuhan.",
       }) {
    EXPECT_TRUE(IsEndNote(note, false)) << note;
  }
}

TEST(EndNoteTest, SentencesOfNewsAreNoNotes) {
  for (const char* sentence : {
           "Fans can follow the regatta on Sunday from the northern mole.",
           "She told us that nobody would subscribe to such a plan.",
           "The novel was first published in 1911 by two brothers from Vellmar.",
           "The bridge reopens on 23 June, and the council will share the costs.",
           "Der Rat will die Kosten teilen und folgt damit dem Gutachten.",
           "Le conseil partage les frais, et le pont rouvrira en juin.",
           "El alcalde recibe a los pescadores el lunes.",
           "港の工事は六月に終わる予定だ。",
           "The members can be reached at sea only by radio.",
       }) {
    EXPECT_FALSE(IsEndNote(sentence, false)) << sentence;
  }
}

TEST(EndNoteTest, CorrectionsAreText) {
  EXPECT_FALSE(
      IsEndNote("Correction: this article was originally published with a wrong year. "
                "Tell us if you find other mistakes.",
                false));
  EXPECT_FALSE(IsEndNote("An earlier version named the wrong bridge. Write to us.", false));
  EXPECT_FALSE(IsEndNote("Berichtigung: In der ersten Fassung stand ein falsches Jahr.", false));
}

// A long paragraph that asks once tells of other things.
TEST(EndNoteTest, ALongParagraphMustAskTwice) {
  std::string text = "Tell us";
  for (int i = 0; i < 40; ++i) text += " more";
  EXPECT_FALSE(IsEndNote(text + ".", false));
  EXPECT_TRUE(IsEndNote(text + ". Subscribe now.", false));
}

TEST(EndNoteTest, HeadingsAboveOtherArticlesAreKnown) {
  for (const char* heading :
       {"Related stories", "Lees ook even dit...", "Lesen Sie auch", "À lire aussi",
        "Читайте также", "関連記事", "相关阅读", "Baca juga", "Ilgili haberler"}) {
    EXPECT_TRUE(IsMoreHeading(heading)) << heading;
  }
  EXPECT_FALSE(IsMoreHeading("Where the ferry lands"));
  EXPECT_FALSE(IsMoreHeading("More trouble for the lift bridge"));
}

}  // namespace
}  // namespace broadsheet::sources::page
