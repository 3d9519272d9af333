// SPDX-License-Identifier: GPL-3.0-or-later
// Whom a text copy names as its authors, on small pages of our own invention.
#include "indexer/sources/plain_text/signature.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "indexer/sources/plain_text/read_page.h"

namespace broadsheet::sources::page {
namespace {

constexpr const char* kBoardText =
    "The harbour board voted on Tuesday to move the ferry landing to the old quay by spring.\n\n"
    "Ada Quill, who chairs the board, said that the ferries would not stop running meanwhile.\n\n"
    "“We asked everybody, and everybody had an answer,” she said after the long meeting.\n\n"
    "The old quay has been empty since the grain ships left it eleven years ago.\n";

using Names = std::vector<std::string>;

Names AuthorsOf(const std::string& head, const std::string& foot = "") {
  const v1::Article article = ReadPage("Board moves the ferry landing to the old quay\n\n" + head +
                                       "\n\n" + kBoardText + foot);
  Names names;
  for (const v1::Byline& byline : article.bylines()) names.push_back(byline.name());
  return names;
}

TEST(SignatureTest, NamesBesideADateInTheirLineAreAuthors) {
  const struct {
    const char* line;
    Names names;
  } kRows[] = {
      {"Ines Okonkwo | 3 March 2025", {"Ines Okonkwo"}},
      {"Ines Okonkwo  · The Lantern  · Posted: Mar 03, 2025 4:00 AM", {"Ines Okonkwo"}},
      {"27. Januar 2026 • Ines Okonkwo • 3 Minuten", {"Ines Okonkwo"}},
      {"Ines Okonkwo24.04.2024, 19:35 Uhr", {"Ines Okonkwo"}},
      {"9. September 2025 um 15:46 Uhr /   Ines Okonkwo", {"Ines Okonkwo"}},
      {"Ines Okonkwo|Published 4 months ago", {"Ines Okonkwo"}},
      {"Ines Okonkwo2 minutes ago", {"Ines Okonkwo"}},
  };
  for (const auto& row : kRows) EXPECT_EQ(AuthorsOf(row.line), row.names) << row.line;
}

TEST(SignatureTest, NamesBesideALineWithTheDateAreAuthors) {
  EXPECT_EQ(AuthorsOf("Ines Okonkwo\n\n3 March 2025, 14:20"), Names{"Ines Okonkwo"});
  EXPECT_EQ(AuthorsOf("3 March 2025, 14:20\n\nInes Okonkwo and Per Lindqvist"),
            (Names{"Ines Okonkwo", "Per Lindqvist"}));
}

TEST(SignatureTest, OpeningAloneIsFollowedByItsNames) {
  EXPECT_EQ(AuthorsOf("von\n\nInes Okonkwo\n,\n\nPer Lindqvist\n\nDarum geht es"),
            (Names{"Ines Okonkwo", "Per Lindqvist"}));
  EXPECT_EQ(AuthorsOf("By\n\nInes Okonkwo0,\n\nPer Lindqvist &\n\nRosa Tamm\n\nShow authors"),
            (Names{"Ines Okonkwo", "Per Lindqvist", "Rosa Tamm"}));
}

TEST(SignatureTest, StandfirstMayStandBetweenHeadlineAndAuthor) {
  EXPECT_EQ(AuthorsOf("Boats keep running while the board builds its new pier at the quay.\n\n"
                      "By Ines Okonkwo\n\n3 March 2025"),
            Names{"Ines Okonkwo"});
}

TEST(SignatureTest, WordsRunTogetherAreTakenApart) {
  EXPECT_EQ(AuthorsOf("Von Ines OkonkwoKorrespondentin\n\n3. März 2025"), Names{"Ines Okonkwo"});
  EXPECT_EQ(AuthorsOf("By Ines McAllister\n\n3 March 2025"), Names{"Ines McAllister"});
}

TEST(SignatureTest, ButtonsAreNobody) {
  EXPECT_EQ(AuthorsOf("Social Sharing\n\nCopy Link\n\nAdd Comment\n\n3 March 2025"), Names{});
}

TEST(SignatureTest, WordsThatTheTextWritesSmallAreNobody) {
  EXPECT_EQ(AuthorsOf("Ferry Landing\n\n3 March 2025"), Names{});
}

TEST(SignatureTest, OpeningAndNameMayBeSetApartInALine) {
  EXPECT_EQ(AuthorsOf("By  Ines Okonkwo      Follow\n\n3 March 2025"), Names{"Ines Okonkwo"});
  EXPECT_EQ(AuthorsOf("von Hafenblatt  30. Juni 2025"), Names{"Hafenblatt"});
}

TEST(SignatureTest, HouseSetApartBehindNamesIsTheirs) {
  const v1::Article article =
      ReadPage(std::string("Board moves the ferry landing to the old quay\n\n"
                           "By Ines Okonkwo   - Associated Press - Friday, March 28, 2025\n\n") +
               kBoardText);
  ASSERT_EQ(article.bylines_size(), 1);
  EXPECT_EQ(article.bylines(0).name(), "Ines Okonkwo");
  EXPECT_EQ(article.bylines(0).organisation(), "Associated Press");
}

TEST(SignatureTest, NameBehindATimeAndByIsTheAuthor) {
  EXPECT_EQ(AuthorsOf("Monday March 3, 2025 10:44 am PST by Ines Okonkwo"), Names{"Ines Okonkwo"});
  EXPECT_EQ(AuthorsOf("By Ines Okonkwo For Lantern.Example\n\n3 March 2025"),
            Names{"Ines Okonkwo"});
  EXPECT_EQ(AuthorsOf("by  Ines Okonkwo@inesok   Mar 3, 2025, 1:55pm EST"), Names{"Ines Okonkwo"});
}

TEST(SignatureTest, AuthorBelowStandfirstAndCaptionIsFound) {
  EXPECT_EQ(AuthorsOf("Boats keep running while the board builds its new pier at the old quay.\n\n"
                      "The ferry that has landed at the fish market since the war, seen from the "
                      "old quay on a day of fog and rain in the first week of March.\n\n"
                      "By Ines Okonkwo\n\n03/03/2025 04:01 PM EST"),
            Names{"Ines Okonkwo"});
}

TEST(SignatureTest, AllNamesAboveTheTimeAreTaken) {
  EXPECT_EQ(AuthorsOf("Ines Okonkwo\n\nPer Lindqvist\n\nWe report from the quay\n\n"
                      "3 March 2025, 14:20"),
            (Names{"Ines Okonkwo", "Per Lindqvist"}));
}

TEST(SignatureTest, InitialIsNoCommonWord) {
  EXPECT_EQ(AuthorsOf("Ines A. Okonkwo\n\nActualizado Lunes, 2 diciembre 2024 - 02:24"),
            Names{"Ines A. Okonkwo"});
}

TEST(SignatureTest, NamesOfEastAsiaAreKnownByTheirScript) {
  EXPECT_EQ(AuthorsOf("港町花子\n\n2025年3月3日 14:20"), Names{"港町花子"});
  EXPECT_EQ(AuthorsOf("有料記事\n\n2025年3月3日 14:20"), Names{});
  EXPECT_EQ(AuthorsOf("2025.03.03 14:20", "\n항구시  김하나  기자 hana@harbour.example\n"),
            Names{"김하나"});
}

TEST(SignatureTest, AgencyAloneIsAnAuthor) {
  EXPECT_EQ(AuthorsOf("AFP\n\n28.04.2023 | 17:52 Uhr"), Names{"AFP"});
}

TEST(SignatureTest, FootIsReadWhenTheHeadNamesNobody) {
  EXPECT_EQ(AuthorsOf("3 March 2025", "\nReporting by Ines Okonkwo\n\nRead next\n"),
            Names{"Ines Okonkwo"});
}

TEST(SignatureTest, TextStartsWhereOneParagraphFollowsAnother) {
  Page page = SplitPage(
      "A standfirst.\n\nInes Okonkwo\n\n3 March 2025\n\nThe first paragraph.\n\nThe second one.");
  for (const size_t paragraph : {0U, 3U, 4U}) {
    page[paragraph].kind = LineKind::kParagraph;
    page[paragraph].words = 20;
  }
  EXPECT_EQ(FindTextStart(page, {.begin = 0, .end = page.size()}), 3U);
}

// The month of a date that follows a name was taken for its last part.
TEST(SignatureTest, MonthOfTheDateIsNoPartOfTheName) {
  const struct {
    const char* line;
    Names names;
  } kRows[] = {
      {"By Ines Okonkwo March 3, 2025", {"Ines Okonkwo"}},
      {"By Ines OkonkwoMar 3, 2025", {"Ines Okonkwo"}},
      {"By Ines Okonkwo Tuesday, March 3, 2025", {"Ines Okonkwo"}},
      {"By Ines Okonkwo Published Dec. 3, 2025 at 5:00 PM", {"Ines Okonkwo"}},
      {"By Ines Okonkwo on March 3, 2025", {"Ines Okonkwo"}},
      {"Ines Okonkwo Sept 3, 2025", {"Ines Okonkwo"}},
      {"Von Ines Okonkwo März 3, 2025", {"Ines Okonkwo"}},
      {"By Ines Okonkwo and Per Lindqvist May 3, 2025", {"Ines Okonkwo", "Per Lindqvist"}},
      {"By Ines April 3 March 2025", {"Ines April"}},
      {"By Ines April | March 3, 2025", {"Ines April"}},
  };
  for (const auto& row : kRows) EXPECT_EQ(AuthorsOf(row.line), row.names) << row.line;
}

// The paper beside an author's name, behind a wide gap, was taken for a second author.
TEST(SignatureTest, PaperBehindAWideGapIsTheOrganisation) {
  for (const std::string paper :
       {"Vellmar Telegram & Courier", "Vellmar Telegram", "The Vellmar Sentinel",
        "Vellmar Anzeiger", "Norhaven Dagblad", "Quay & Coast", "Lantern Media"}) {
    const v1::Article article =
        ReadPage("Board moves the ferry landing to the old quay\n\nInes Okonkwo  " + paper +
                 "\n\n3 March 2025, 14:20\n\n" + kBoardText);
    ASSERT_EQ(article.bylines_size(), 1) << paper;
    EXPECT_EQ(article.bylines(0).name(), "Ines Okonkwo") << paper;
    EXPECT_EQ(article.bylines(0).organisation(), paper);
  }
  EXPECT_EQ(AuthorsOf("Ines Okonkwo  Per Lindqvist\n\n3 March 2025, 14:20"),
            (Names{"Ines Okonkwo", "Per Lindqvist"}));
}

// Links beside authors were taken for names.
TEST(SignatureTest, LinksBesideAuthorsAreNoNames) {
  for (const std::string link :
       {"View Archive", "Follow Ines", "Get Alerts", "Show Profile", "See Bio", "Voir Profil",
        "Suivre Ines Okonkwo", "Ver Perfil", "Folgen Sie Ines", "Vis Profil", "View Staff Page"}) {
    EXPECT_EQ(AuthorsOf(link + "\n\nInes Okonkwo\n\n3 March 2025, 14:20"), Names{"Ines Okonkwo"})
        << link;
    EXPECT_EQ(AuthorsOf("Ines Okonkwo\n\n" + link + "\n\n3 March 2025, 14:20"),
              Names{"Ines Okonkwo"})
        << link;
  }
}

}  // namespace
}  // namespace broadsheet::sources::page
