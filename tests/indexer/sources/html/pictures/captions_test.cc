// SPDX-License-Identifier: GPL-3.0-or-later
// The captions and credits of a page's pictures.
#include <gtest/gtest.h>

#include <string>

#include "indexer/sources/html/read_html.h"
#include "tests/indexer/sources/html/pages.h"

namespace broadsheet::sources::html {
namespace {

using ::broadsheet::testing::kParagraphs;
using ::broadsheet::testing::kParagraphsText;
using ::broadsheet::testing::NewsPage;

v1::Article ReadPicture(const std::string& picture) {
  const std::string page =
      NewsPage("", "<h1>Ferry landing moves</h1>" + picture + kParagraphs +
                       "<p>The last boat leaves at nine, as it always has, and the first one "
                       "follows at dawn.</p>");
  const auto read = ReadHtml({.bytes = page});
  EXPECT_TRUE(read.ok()) << read.status();
  return read.ok() ? read->article : v1::Article();
}

// "caption (credit) | ..."
std::string CaptionsOf(const std::string& picture) {
  const v1::Article article = ReadPicture(picture);
  std::string captions;
  for (const v1::Caption& caption : article.captions()) {
    if (!captions.empty()) captions += " | ";
    captions += caption.text();
    if (!caption.credit().empty()) captions += " (" + caption.credit() + ")";
  }
  return captions;
}

TEST(CaptionsTest, CaptionThatIsNotReadOutIsShownAllTheSame) {
  EXPECT_EQ(CaptionsOf("<figure><img src=a.jpg alt=\"The old quay.\"><figcaption "
                       "aria-hidden=\"true\">The old quay. <span class=\"article__credit\" "
                       "aria-hidden=\"true\">Jo Bell</span></figcaption></figure>"),
            "The old quay. (Jo Bell)");
  EXPECT_EQ(CaptionsOf("<figure><img src=a.jpg><figcaption hidden>The old quay.</figcaption>"
                       "</figure>"),
            "");
}

TEST(CaptionsTest, AFooterOfAFigureIsItsCredit) {
  EXPECT_EQ(CaptionsOf("<figure><img src=a.jpg><figcaption>The old quay on Monday.</figcaption>"
                       "<footer>Jo Bell/Lantern</footer></figure>"),
            "The old quay on Monday. (Jo Bell/Lantern)");
}

TEST(CaptionsTest, ACreditMayStandFirst) {
  EXPECT_EQ(CaptionsOf("<figure><img src=a.jpg><figcaption><div class=\"picture__copyright\">Jo "
                       "Bell/Lantern</div><div class=\"picture__text\">The old quay on "
                       "Monday</div></figcaption></figure>"),
            "The old quay on Monday (Jo Bell/Lantern)");
}

TEST(CaptionsTest, CountersAndMessagesOfPlayersAreNone) {
  for (const char* line :
       {"44 pictures", "See all 6 photos", "3 / 12", "Alle 12 Bilder ansehen",
        "Voir toutes les photos", "The player is starting", "Video player is loading"}) {
    EXPECT_EQ(CaptionsOf(std::string("<figure><img src=a.jpg><figcaption>") + line +
                         "</figcaption></figure>"),
              "")
        << line;
  }
  EXPECT_EQ(CaptionsOf("<figure><img src=a.jpg><figcaption>The players of the Lions in "
                       "1914</figcaption></figure>"),
            "The players of the Lions in 1914");
}

TEST(CaptionsTest, PictureMayBeAButtonThatOpensIt) {
  EXPECT_EQ(CaptionsOf("<figure><button><img src=a.jpg><figcaption>The old quay on Monday."
                       "</figcaption></button></figure>"),
            "The old quay on Monday.");
}

TEST(CaptionsTest, PictureWithItsCaptionMayBeSetAside) {
  EXPECT_EQ(CaptionsOf("<aside><img src=a.jpg><p class=\"caption\">The old quay on Monday. <span "
                       "class=\"credits\">(Jo Bell)</span></p></aside>"),
            "The old quay on Monday. (Jo Bell)");
}

TEST(CaptionsTest, LinesBelowAPictureInItsBoxAreCaptionAndCredit) {
  const std::string box =
      "<div class=\"sc-1\"><div><picture><img src=a.jpg></picture></div><div>The old quay on the "
      "morning after the vote was taken.</div><div>Jo Bell</div></div>";
  EXPECT_EQ(CaptionsOf(box), "The old quay on the morning after the vote was taken. (Jo Bell)");
  EXPECT_EQ(ReadPicture(box).body().find("morning after"), std::string::npos);
  // A teaser, and the picture of an author.
  EXPECT_EQ(CaptionsOf("<div><img src=a.jpg><a href=/t>Tuba found in the reeds</a></div>"), "");
  EXPECT_EQ(CaptionsOf("<div><img src=a.jpg><div>Inga Bredal</div></div>"), "");
  // A paragraph with a picture in its line.
  EXPECT_TRUE(ReadPicture("<p><img src=a.png>The landing is to move by two hundred metres.</p>")
                  .body()
                  .starts_with("The landing is to move"));
}

TEST(CaptionsTest, WhoIsNamedAsAuthorBelowAPictureTookIt) {
  EXPECT_EQ(CaptionsOf("<div class=\"image-text\"><img src=a.jpg><span class=description>The old "
                       "quay on Monday, before the vote.</span><br><span class=author>Jo "
                       "Bell</span></div>"),
            "The old quay on Monday, before the vote. (Jo Bell)");
}

TEST(CaptionsTest, ResourceIsNoSource) {
  EXPECT_EQ(CaptionsOf("<figure><img src=a.jpg><figcaption><span class=\"resource-text\">The old "
                       "quay on Monday.</span></figcaption></figure>"),
            "The old quay on Monday.");
}

TEST(CaptionsTest, CreditMayStandBesideTheCaption) {
  EXPECT_EQ(CaptionsOf("<div><img src=a.jpg><div><span class=\"box-caption\">The old quay on "
                       "Monday.</span><span class=\"box-source\">Bildquelle: Jo Bell</span></div>"
                       "</div>"),
            "The old quay on Monday. (Jo Bell)");
}

TEST(CaptionsTest, CaptionsSideBySideAreNotOne) {
  EXPECT_EQ(CaptionsOf("<div><img src=a.jpg><img src=b.jpg><div class=\"img-caption\">The old "
                       "quay.</div><div class=\"img-caption\">The new pier.</div></div>"),
            "The old quay. | The new pier.");
}

TEST(CaptionsTest, LabelsAndRepetitionsAreLeftOut) {
  EXPECT_EQ(CaptionsOf("<figure><img src=a.jpg><figcaption><span>The old quay on Monday.</span>"
                       "<span class=credit><span>Image:</span><span>Jo Bell</span></span>"
                       "<div>The old quay on Monday.</div></figcaption></figure>"),
            "The old quay on Monday. (Jo Bell)");
}

TEST(CaptionsTest, WhatIsNoPictureHasNoCaption) {
  EXPECT_EQ(CaptionsOf("<figure><blockquote>Nobody will walk further.</blockquote><figcaption>The "
                       "harbour master</figcaption></figure>"),
            "The harbour master");
  EXPECT_EQ(CaptionsOf("<section><div><div><div><p class=\"caption\">I agree that the Lantern may "
                       "write to me.</p></div></div></div></section>"),
            "");
}

// A bug once: of a figure with a figcaption the credit beside it was lost.
TEST(CaptionsTest, LabelledCreditMayStandOutsideTheFigcaption) {
  EXPECT_EQ(CaptionsOf("<figure><div><img src=a.jpg><span><i>Foto: Jo Bell, Lucerna</i></span>"
                       "</div><figcaption><p>Staré nábřeží.</p></figcaption></figure>"),
            "Staré nábřeží. (Jo Bell, Lucerna)");
  EXPECT_EQ(CaptionsOf("<figure><img src=a.jpg><figcaption>The old quay.</figcaption></figure>"
                       "<section><div>The old quay.</div><div class=\"image-copyright\">Jo Bell"
                       "</div></section>"),
            "The old quay. (Jo Bell)");
}

TEST(CaptionsTest, ButtonsBelowAPictureAreNoCredit) {
  for (const char* button : {"Vis mer", "Bild vergrößern", "Agrandir", "hide caption", "Enlarge"}) {
    EXPECT_EQ(CaptionsOf(std::string("<figure><img src=a.jpg><figcaption>The old quay on Monday. "
                                     "Foto: Jo Bell<span>") +
                         button + "</span></figcaption></figure>"),
              "The old quay on Monday. (Jo Bell)")
        << button;
  }
}

TEST(CaptionsTest, TitleAndAlternativeTextOfThePictureMayHaveTheCredit) {
  const auto with = [](const std::string& attribute) {
    return CaptionsOf("<figure><img src=a.jpg " + attribute +
                      "><figcaption>The old quay on Monday</figcaption></figure>");
  };
  EXPECT_EQ(with("title=\"Boats | Bildquelle: Jo Bell\""), "The old quay on Monday (Jo Bell)");
  EXPECT_EQ(with("title=\"The old quay on Monday | Jo Bell\""), "The old quay on Monday (Jo Bell)");
  EXPECT_EQ(with("alt=\"Boats (Photo: Jo Bell / Lantern)\""),
            "The old quay on Monday (Jo Bell / Lantern)");
  EXPECT_EQ(with("alt=\"The old quay on Monday with boats\""), "The old quay on Monday");
}

TEST(CaptionsTest, EachPictureOfAGalleryHasItsCaption) {
  EXPECT_EQ(CaptionsOf("<figure><figure><img src=a.jpg><figcaption>The old quay.</figcaption>"
                       "</figure><figure><img src=b.jpg><figcaption>The new pier.</figcaption>"
                       "</figure></figure>"),
            "The old quay. | The new pier.");
  EXPECT_EQ(CaptionsOf("<figure><img src=a.jpg><figcaption>The old quay.</figcaption><figcaption>"
                       "<b>Image Credits:</b> Jo Bell</figcaption></figure>"),
            "The old quay. (Jo Bell)");
}

TEST(CaptionsTest, NameBelowAPictureIsACaptionOnlyWithACredit) {
  const auto box = [](const std::string& lines) {
    return CaptionsOf("<div class=\"sc-1\"><picture><img src=a.jpg></picture>" + lines + "</div>");
  };
  EXPECT_EQ(box("<div>Inga Bredal</div><div>Foto: Jo Bell</div>"), "Inga Bredal (Jo Bell)");
  EXPECT_EQ(box("<div>Inga Bredal</div><div>AFP</div>"), "Inga Bredal (AFP)");
  EXPECT_EQ(box("<div>Inga Bredal</div><div>Staff Writer</div>"), "");
  EXPECT_EQ(box("<div>Inga Bredal</div><div>12 March 2025</div>"), "");
}

TEST(CaptionsTest, CountersOfGalleriesAreNoneInAnyLanguage) {
  for (const char* line :
       {"12 Bilder", "Ver las 12 fotos", "Guarda le 12 foto", "Se alle 12 bilder",
        "Bekijk alle foto's", "Bild 1 von 12", "Photo 3 sur 12", "01:48", "1 min", "Fotostrecke",
        "Zur Galerie", "Chargement du lecteur", "Powered by"}) {
    EXPECT_EQ(CaptionsOf(std::string("<figure><img src=a.jpg><figcaption>") + line +
                         "</figcaption></figure>"),
              "")
        << line;
  }
}

TEST(CaptionsTest, TeasersConsentsAndRolesAreNoCaptions) {
  EXPECT_EQ(CaptionsOf("<div><img src=a.jpg><div class=caption><h4><a href=/v>Watch: ferry leaves"
                       "</a></h4><p>The ferry leaves the quay on Monday.</p></div></div>"),
            "");
  EXPECT_EQ(CaptionsOf("<div><svg></svg><p class=\"text-caption\">With my registration I agree "
                       "to the terms of the newsletter.</p></div>"),
            "");
  EXPECT_EQ(CaptionsOf("<div><img src=a.jpg><span class=\"caption\">Redakteurin</span></div>"), "");
}

TEST(CaptionsTest, JsonLdHasTheCreditOfTheSameCaption) {
  const auto with = [](const std::string& image) {
    const std::string page = NewsPage(
        "<script type=\"application/ld+json\">{\"@type\":\"NewsArticle\",\"headline\":\"Ferry "
        "landing moves\",\"image\":{\"@type\":\"ImageObject\"," +
            image + "}}</script>",
        "<h1>Ferry landing moves</h1><figure><img src=a.jpg><figcaption>The old quay.</figcaption>"
        "</figure>" +
            std::string(kParagraphs));
    const auto read = ReadHtml({.bytes = page});
    if (!read.ok() || read->article.captions_size() != 1) return std::string("none");
    return read->article.captions(0).text() + " (" + read->article.captions(0).credit() + ")";
  };
  EXPECT_EQ(with("\"caption\":\"The old quay.\",\"creditText\":\"Jo Bell\""),
            "The old quay. (Jo Bell)");
  EXPECT_EQ(with("\"caption\":\"The old quay.\",\"creator\":{\"name\":\"Jo Bell\"}"),
            "The old quay. (Jo Bell)");
  EXPECT_EQ(with("\"caption\":\"The old quay. (Photo: Jo Bell)\""), "The old quay. (Jo Bell)");
  EXPECT_EQ(with("\"caption\":\"The new pier.\",\"creditText\":\"Jo Bell\""), "The old quay. ()");
}

TEST(CaptionsTest, CaptionMayBreakItsLines) {
  EXPECT_EQ(CaptionsOf("<figure><img src=a.jpg><figcaption>The old quay on Monday.<br>Jo Bell"
                       "</figcaption></figure>"),
            "The old quay on Monday. (Jo Bell)");
  EXPECT_EQ(CaptionsOf("<figure><img src=a.jpg><figcaption>(Foto: Jo Bell)<br>The old quay on "
                       "Monday.</figcaption></figure>"),
            "The old quay on Monday. (Jo Bell)");
  EXPECT_EQ(CaptionsOf("<figure><img src=a.jpg><figcaption>The old quay on Monday<br>before the "
                       "vote</figcaption></figure>"),
            "The old quay on Monday before the vote");
  EXPECT_EQ(CaptionsOf("<figure><img src=a.jpg><div>Enlarge<br>More</div><figcaption>The old quay"
                       "</figcaption></figure>"),
            "The old quay");
}

TEST(CaptionsTest, PictureMayKeepItsCaptionForItsFullSize) {
  EXPECT_EQ(CaptionsOf("<a data-caption=\"The old quay on Monday. (Photo: Jo Bell)\" href=a.jpg>"
                       "<img src=a.jpg></a>"),
            "The old quay on Monday. (Jo Bell)");
  EXPECT_EQ(CaptionsOf("<img src=a.jpg data-caption=\"The old quay on Monday.\" data-credit=\"Jo "
                       "Bell\">"),
            "The old quay on Monday. (Jo Bell)");
  EXPECT_EQ(CaptionsOf("<figure><img src=a.jpg data-caption=\"The old quay.\"><figcaption>The old "
                       "quay.</figcaption></figure>"),
            "The old quay.");
}

TEST(CaptionsTest, CreditMayStandBeforeItsCaption) {
  EXPECT_EQ(CaptionsOf("<div class=photo><img src=a.jpg><span class=\"photo-credit\">Jo Bell</span>"
                       "<span class=\"photo-caption\">The old quay on Monday.</span></div>"),
            "The old quay on Monday. (Jo Bell)");
}

TEST(CaptionsTest, PictureMayStandCloseAboveTheHeadline) {
  const std::string page =
      "<html><body><main><figure><img src=a.jpg><figcaption>The old quay.</figcaption></figure>"
      "<h1>Ferry landing moves</h1>" +
      std::string(kParagraphs) + "</main></body></html>";
  const auto read = ReadHtml({.bytes = page});
  ASSERT_TRUE(read.ok()) << read.status();
  ASSERT_EQ(read->article.captions_size(), 1);
  EXPECT_EQ(read->article.captions(0).text(), "The old quay.");
}

}  // namespace
}  // namespace broadsheet::sources::html
