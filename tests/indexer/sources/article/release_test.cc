// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/sources/article/release.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace broadsheet::sources {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

constexpr int64_t k2031March6At8Utc = 1930550400;

ReleaseDecision DecideStatus(std::initializer_list<std::string_view> statuses) {
  ReleaseStatement release;
  for (const std::string_view status : statuses) release.StateStatus("status", status);
  return release.Decide();
}

ReleaseDecision DecideEmbargo(std::string_view time, std::string_view status = "") {
  ReleaseStatement release;
  release.StateStatus("status", status);
  release.StateEmbargo("embargoed", time);
  return release.Decide();
}

TEST(ReleaseTest, WhatStatesNothingIsShown) {
  const ReleaseDecision decision = ReleaseStatement().Decide();
  EXPECT_EQ(decision.status, v1::Article::STATUS_UNSPECIFIED);
  EXPECT_FALSE(decision.embargo.has_value());
  EXPECT_THAT(decision.warnings, IsEmpty());
}

TEST(ReleaseTest, TheStrictestStatusCounts) {
  EXPECT_EQ(DecideStatus({"usable"}).status, v1::Article::STATUS_USABLE);
  EXPECT_EQ(DecideStatus({"usable", "withheld"}).status, v1::Article::STATUS_WITHHELD);
  EXPECT_EQ(DecideStatus({"canceled", "usable"}).status, v1::Article::STATUS_CANCELLED);
}

TEST(ReleaseTest, AnUnknownStatusWithholdsAndSaysSo) {
  const ReleaseDecision decision = DecideStatus({"usable", "stat:quarantined"});
  EXPECT_EQ(decision.status, v1::Article::STATUS_WITHHELD);
  EXPECT_THAT(decision.warnings, ElementsAre(HasSubstr("status \"stat:quarantined\"")));
}

TEST(ReleaseTest, AnEmbargoWithAZoneEndsAtItsInstant) {
  const ReleaseDecision decision = DecideEmbargo("2031-03-06T10:00:00+02:00", "usable");
  EXPECT_EQ(decision.embargo->seconds(), k2031March6At8Utc);
  EXPECT_EQ(decision.status, v1::Article::STATUS_USABLE);
  EXPECT_THAT(decision.warnings, IsEmpty());
}

TEST(ReleaseTest, AnEmbargoWithoutAZoneEndsWhenItsTimeHasComeEverywhere) {
  const ReleaseDecision decision = DecideEmbargo("2031-03-06T08:00:00");
  EXPECT_EQ(decision.embargo->seconds(), k2031March6At8Utc + 12 * 3600);
  EXPECT_THAT(decision.warnings, ElementsAre(HasSubstr("no zone")));
}

TEST(ReleaseTest, AnEmbargoThatCannotBeReadWithholdsAndSaysSo) {
  const ReleaseDecision decision = DecideEmbargo("after the vote", "usable");
  EXPECT_EQ(decision.status, v1::Article::STATUS_WITHHELD);
  EXPECT_THAT(decision.warnings, ElementsAre(HasSubstr("embargoed \"after the vote\"")));
}

TEST(ReleaseTest, AnEmbargoWithoutATimeHoldsUnlessTheStatusIsUsable) {
  EXPECT_EQ(DecideEmbargo("").status, v1::Article::STATUS_WITHHELD);
  EXPECT_EQ(DecideEmbargo("", "usable").status, v1::Article::STATUS_USABLE);
  EXPECT_EQ(DecideEmbargo("", "canceled").status, v1::Article::STATUS_CANCELLED);
  EXPECT_THAT(DecideEmbargo("", "usable").warnings, ElementsAre(HasSubstr("shown, since")));
}

TEST(ReleaseTest, OfSeveralEmbargoesTheLastToEndCounts) {
  ReleaseStatement release;
  release.StateEmbargo("embargoed", "2031-03-06T08:00:00Z");
  release.StateEmbargo("rights/embargo", "2031-03-05T08:00:00Z");
  EXPECT_EQ(release.Decide().embargo->seconds(), k2031March6At8Utc);
  EXPECT_EQ(release.Decide().given_by, "embargoed, rights/embargo");
}

TEST(ReleaseTest, StatusesAreKnownInTheWordsOfAgenciesAndOfOthers) {
  for (const char* usable :
       {"usable", "Usable", "stat:usable", "STATUS_USABLE", " USABLE ",
        "http://cv.iptc.org/newscodes/pubstatusg2/usable", "published", "Corrected", "live"}) {
    EXPECT_EQ(DecideStatus({usable}).status, v1::Article::STATUS_USABLE) << usable;
  }
  for (const char* held : {"withheld", "Withhold", "stat:withheld", "HOLD", "On Hold", "draft",
                           "in_progress", "scheduled", "Spiked", "embargoed"}) {
    EXPECT_EQ(DecideStatus({held}).status, v1::Article::STATUS_WITHHELD) << held;
  }
  for (const char* cancelled : {"canceled", "Cancelled", "killed", "KILL", "MANDATORY KILL",
                                "withdrawn", "recalled", "stat:canceled/"}) {
    EXPECT_EQ(DecideStatus({cancelled}).status, v1::Article::STATUS_CANCELLED) << cancelled;
  }
  EXPECT_EQ(DecideStatus({"STATUS_UNSPECIFIED"}).status, v1::Article::STATUS_UNSPECIFIED);
}

TEST(ReleaseTest, EmbargoedHoldsUntilTheEmbargoEndsAndForGoodWithoutOne) {
  const ReleaseDecision until = DecideEmbargo("2031-03-06T08:00:00Z", "embargoed");
  EXPECT_EQ(until.embargo->seconds(), k2031March6At8Utc);
  EXPECT_EQ(until.status, v1::Article::STATUS_UNSPECIFIED);
  EXPECT_EQ(DecideEmbargo("", "Embargoed").status, v1::Article::STATUS_WITHHELD);
}

TEST(ReleaseTest, AnEmbargoThatSaysThatThereIsNoneIsNone) {
  for (const char* none : {"false", "no", "None"}) {
    const ReleaseDecision decision = DecideEmbargo(none);
    EXPECT_EQ(decision.status, v1::Article::STATUS_UNSPECIFIED) << none;
    EXPECT_THAT(decision.warnings, IsEmpty());
  }
  EXPECT_EQ(DecideEmbargo("true").status, v1::Article::STATUS_WITHHELD);
}

ReleaseDecision DecideReleaseTime(std::string_view time, std::string_view status = "") {
  ReleaseStatement release;
  release.StateStatus("management-status", status);
  release.StateReleaseTime("date.release", time);
  return release.Decide();
}

TEST(ReleaseTest, AReleaseTimeHoldsWhileItLiesAheadWhateverTheStatusSays) {
  for (const char* status : {"", "usable", "embargoed"}) {
    EXPECT_EQ(DecideReleaseTime("20310306T080000Z", status).embargo->seconds(), k2031March6At8Utc)
        << status;
  }
  EXPECT_EQ(DecideReleaseTime("20310306T080000", "embargoed").embargo->seconds(),
            k2031March6At8Utc + 12 * 3600);
  EXPECT_THAT(DecideReleaseTime("20310306T080000", "embargoed").warnings,
              ElementsAre(HasSubstr("no zone")));
  EXPECT_THAT(DecideReleaseTime("20310306T080000Z", "usable").warnings,
              ElementsAre(HasSubstr("although its status is usable")));
  EXPECT_FALSE(DecideReleaseTime("20010306T080000Z").embargo.has_value());
  EXPECT_THAT(DecideReleaseTime("20010306", "usable").warnings, IsEmpty());
  // The time of an embargo that is over is kept.
  EXPECT_TRUE(DecideReleaseTime("20010306T080000Z", "embargoed").embargo.has_value());
  EXPECT_EQ(DecideReleaseTime("20010306T080000Z", "withheld").status, v1::Article::STATUS_WITHHELD);
}

TEST(ReleaseTest, AReleaseTimeThatCannotBeReadWithholdsUnlessTheStatusIsUsable) {
  EXPECT_EQ(DecideReleaseTime("at the chair's word").status, v1::Article::STATUS_WITHHELD);
  EXPECT_EQ(DecideReleaseTime("at the chair's word", "usable").status, v1::Article::STATUS_USABLE);
  EXPECT_THAT(DecideReleaseTime("at the chair's word", "usable").warnings,
              ElementsAre(HasSubstr("shown, since its status is usable")));
}

v1::Article::Status StatusOfNote(std::string_view note, std::string_view status = "usable") {
  ReleaseStatement release;
  release.StateStatus("pubstatus", status);
  release.StateNote("ednote", note);
  return release.Decide().status;
}

TEST(ReleaseTest, AnEditorsNoteHoldsOrKillsTheStory) {
  for (const char* note : {"EMBARGOED until noon on Friday", "Hold for release", "DO NOT PUBLISH",
                           "Sperrfrist: 12 Uhr", "not for\npublication before Monday"}) {
    EXPECT_EQ(StatusOfNote(note), v1::Article::STATUS_WITHHELD) << note;
  }
  for (const char* note : {"KILL", "MANDATORY KILL. The story is wrong.", "KILL: Mill turns"}) {
    EXPECT_EQ(StatusOfNote(note), v1::Article::STATUS_CANCELLED) << note;
  }
  for (const char* note : {"Embargo lifted", "Updates with quotes", "No pick-up, no embargo",
                           "Corrects spelling of Holder in paragraph 2", "Kill Bill at 20"}) {
    EXPECT_EQ(StatusOfNote(note), v1::Article::STATUS_USABLE) << note;
  }
  // The time of the embargo is stated, so the note says nothing more.
  ReleaseStatement release;
  release.StateEmbargo("embargoed", "2001-10-23T12:00:00Z");
  release.StateNote("ednote", "STRICTLY EMBARGOED. Not for public release until 12noon.");
  EXPECT_EQ(release.Decide().status, v1::Article::STATUS_UNSPECIFIED);
}

// A bug once: notes in other words, or other languages, than a few of English said nothing.
TEST(ReleaseTest, NotesInTheWordsOfAnyAgencyHoldOrKillTheStory) {
  for (const char* note : {"HOLD TILL FRIDAY",
                           "Hold 'til noon",
                           "HOLD",
                           "Hold: legal is reading",
                           "please hold",
                           "FOR RELEASE 6AM SUNDAY",
                           "For release at noon",
                           "FOR PUBLICATION AFTER 1800 GMT",
                           "Not before Sunday",
                           "NICHT VOR SONNTAG VERÖFFENTLICHEN",
                           "Frei ab Samstag, 5 Uhr",
                           "EJ FÖR PUBLICERING FÖRE SÖNDAG",
                           "Får ej publiceras före lördag",
                           "NIET PUBLICEREN VOOR ZONDAG",
                           "NON PUBBLICARE PRIMA DI DOMENICA",
                           "NO PUBLICAR ANTES DEL DOMINGO",
                           "EMBARGADO HASTA EL LUNES",
                           "ЭМБАРГО до 6:00",
                           "Не публиковать до среды",
                           "Sperrefrist søndag",
                           "日曜午前6時解禁",
                           "엠바고 월요일 06시",
                           "Ne pas diffuser avant lundi",
                           "Não publicar antes de terça",
                           "Embargo: Sunday",
                           "Story on the arms embargo. EMBARGOED until Friday"}) {
    EXPECT_EQ(StatusOfNote(note), v1::Article::STATUS_WITHHELD) << note;
  }
  for (const char* note :
       {"KILL KILL KILL", "Kill. Wrong photo.", "KILL THIS STORY", "Kill the story above", "kill",
        "WITHDRAWN", "Withdrawn: the source denies it", "This story has been retracted",
        "Story withdrawn.", "The article is hereby retracted", "Please kill. Wrong name.",
        "CANCELLED", "Zurückgezogen!", "Annulé", "Отозвано"}) {
    EXPECT_EQ(StatusOfNote(note), v1::Article::STATUS_CANCELLED) << note;
  }
  for (const char* note :
       {"Trade embargo against Cuba quoted in 3rd graf", "Adds detail on the oil embargo",
        "Adds quote on embargo against Russia", "For immediate release", "Cleared for release now",
        "Adds call for release of the hostages", "Kills extraneous word in 3rd graf",
        "Kill Bill returns", "Corrects that the study was retracted", "Deletes 4th graf",
        "Recalled cars: adds number", "Cancelled flights: adds list", "Household survey at 10",
        "Adds dateline; nicht vor Ort"}) {
    EXPECT_EQ(StatusOfNote(note), v1::Article::STATUS_USABLE) << note;
  }
}

TEST(ReleaseTest, OnlyAHeadingThatSaysNothingElseKills) {
  for (const char* heading :
       {"KILL", "KILL: Mill turns", "KILL--Mill", "Mandatory Kill", "*** KILL NOTICE Mill",
        "KILL KILL KILL", "KILL THIS STORY", "RETRACTED: Mill turns"}) {
    ReleaseStatement release;
    release.StateHeading("hl1", heading);
    EXPECT_EQ(release.Decide().status, v1::Article::STATUS_CANCELLED) << heading;
  }
  for (const char* heading :
       {"Kill Bill at 20", "KILL BILL AT 20", "Killed: three in a crash", "KILLING: a history",
        "To kill a mockingbird", "KILLED: THREE IN A CRASH", "Retracted: a history",
        "CANCELED: SPRING FAIR"}) {
    ReleaseStatement release;
    release.StateHeading("hl1", heading);
    EXPECT_EQ(release.Decide().status, v1::Article::STATUS_UNSPECIFIED) << heading;
  }
}

}  // namespace
}  // namespace broadsheet::sources
