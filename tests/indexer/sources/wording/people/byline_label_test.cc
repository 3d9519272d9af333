// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/sources/wording/people/byline_label.h"

#include <gtest/gtest.h>

#include <string>

#include "indexer/sources/wording/people/byline.h"

namespace broadsheet::sources::people {
namespace {

TEST(BylineLabelTest, OurCorrespondentIsNobody) {
  for (const char* nobody : {"Our correspondent",
                             "our correspondents",
                             "From our correspondent",
                             "FROM OUR OWN CORRESPONDENT",
                             "By our special correspondent",
                             "By a staff reporter",
                             "Notre correspondant",
                             "De notre correspondante",
                             "De notre envoy\u00e9 sp\u00e9cial",
                             "Von unserem Korrespondenten",
                             "Von unserer Korrespondentin",
                             "Von unserem Mitarbeiter",
                             "Dal nostro inviato",
                             "da nostro corrispondente",
                             "De nuestro corresponsal",
                             "Van onze verslaggever",
                             "Van onze correspondent",
                             "Fr\u00e5n v\u00e5r korrespondent",
                             "Fra v\u00e5r korrespondent",
                             "Od naszego korespondenta",
                             "Do nosso correspondente"}) {
    EXPECT_TRUE(IsBylineLabel(nobody)) << nobody;
    EXPECT_TRUE(IsStatedNobody(nobody)) << nobody;
    EXPECT_TRUE(ReadStatedAuthors(nobody).empty()) << nobody;
    EXPECT_TRUE(ReadByline(nobody).empty()) << nobody;
  }
}

TEST(BylineLabelTest, WhoIsNamedBesideACorrespondentIsSomebody) {
  for (const char* somebody : {"Inga Bredal, our correspondent", "Our correspondent Inga Bredal",
                               "By Inga Bredal", "A. Correspond", "Ona Reporter"}) {
    EXPECT_FALSE(ReadStatedAuthors(somebody).empty()) << somebody;
  }
}

TEST(BylineLabelTest, MailboxesThatNobodyReadsAndPagesAreNobody) {
  for (const char* nobody :
       {"noreply@lantern.example", "No-Reply@lantern.example", "mailto:donotreply@lantern.example",
        "https://lantern.example/staff", "Copyright 2026 Lantern Wire"}) {
    EXPECT_TRUE(IsStatedNobody(nobody)) << nobody;
  }
  EXPECT_FALSE(IsStatedNobody("inga@lantern.example"));
  EXPECT_FALSE(IsStatedNobody("noreply@lantern.example Inga Bredal"));
}

// Each word was looked at again for each word before it: a byline of a megabyte took minutes.
TEST(BylineLabelTest, LabelsAreReadInTimeOfTheirLength) {
  for (const char* word :
       {"posted ", "Share ", "with AP ", "Inga Bredal and ", "Inga Bredal; ", "INGA BREDAL AND ",
        "a/", "By ", "March ", "( ", "Inga Bredal, ", "a@b.example (Inga Bredal), "}) {
    std::string many = "Inga Bredal ";
    while (many.size() < 50'000) many += word;
    EXPECT_FALSE(IsStatedNobody(many)) << word;
    const std::vector<v1::Byline> read = ReadStatedAuthors(many);
    EXPECT_LE(read.size(), many.size() / 6) << word;
  }
}

}  // namespace
}  // namespace broadsheet::sources::people
