// SPDX-License-Identifier: GPL-3.0-or-later
// What states an author, in each format that does: the same words name the same people in all.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "tests/indexer/sources/collected.h"

namespace broadsheet::sources {
namespace {

using ::broadsheet::testing::Collected;
using ::broadsheet::testing::ReadAs;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr const char* kStory =
    "The council of Brackwater voted on Tuesday to rebuild the old harbour wall, after months of "
    "debate about its cost. Work will begin in spring and last for two years.";

// Each format with AUTHOR where it states one.
std::vector<std::pair<Format, std::string>> AllWithAuthor() {
  const std::string nitf = absl::StrCat(
      "<nitf><head><title>Wall</title></head><body><body.head><hedline><hl1>Wall"
      "</hl1></hedline><byline>AUTHOR</byline></body.head><body.content><p>",
      kStory, "</p></body.content></body></nitf>");
  const std::string g2 = absl::StrCat(
      "<newsItem xmlns=\"http://iptc.org/std/nar/2006-10-01/\" guid=\"urn:x:1\"><itemMeta>"
      "<pubStatus qcode=\"stat:usable\"/></itemMeta><contentMeta><headline>Wall</headline>"
      "<by>AUTHOR</by></contentMeta><contentSet><inlineData contenttype=\"text/plain\">",
      kStory, "</inlineData></contentSet></newsItem>");
  const std::string rss = absl::StrCat(
      "<rss xmlns:dc=\"http://purl.org/dc/elements/1.1/\"><channel><item><title>Wall</title>"
      "<author>AUTHOR</author><description>",
      kStory, "</description></item></channel></rss>");
  const std::string page = absl::StrCat(
      "<html lang=en><head><title>Wall</title><meta name=author content=\"AUTHOR\"></head><body>"
      "<article><h1>Wall</h1><p>",
      kStory, "</p><p>", kStory, "</p></article></body></html>");
  const auto json = [](const std::string& author) {
    return absl::StrCat(R"({"uri":"urn:x:1","type":"text","pubstatus":"usable","headline":"Wall",)",
                        author, R"(,"body_text":")", kStory, R"("})");
  };
  return {
      {Format::kNitf, nitf},
      {Format::kNitf, absl::StrReplaceAll(nitf, {{"AUTHOR", "<person>AUTHOR</person>"}})},
      {Format::kNewsml, g2},
      {Format::kNewsml,
       absl::StrReplaceAll(g2, {{"<by>", "<creator><name>"}, {"</by>", "</name></creator>"}})},
      {Format::kNewsml,
       "<NewsML><NewsItem><NewsComponent><NewsLines><HeadLine>Wall</HeadLine><ByLine>AUTHOR"
       "</ByLine></NewsLines></NewsComponent></NewsItem></NewsML>"},
      {Format::kRss, rss},
      {Format::kRss, absl::StrReplaceAll(rss, {{"author>", "dc:creator>"}})},
      {Format::kRss,
       R"({"version":"https://jsonfeed.org/version/1.1","items":[{"id":"1","title":"Wall",)"
       R"("authors":[{"name":"AUTHOR"}]}]})"},
      {Format::kNinjs, json(R"("byline":"AUTHOR")")},
      {Format::kNinjs, json(R"("authors":[{"name":"AUTHOR"}])")},
      {Format::kHtml, page},
      {Format::kHtml,
       absl::StrReplaceAll(page, {{"<meta name=author content=\"AUTHOR\">",
                                   "<script type=\"application/ld+json\">{\"@type\":"
                                   "\"NewsArticle\",\"author\":{\"name\":\"AUTHOR\"}}"
                                   "</script>"}})},
      {Format::kHtml, absl::StrReplaceAll(page, {{"<meta name=author content=\"AUTHOR\">", ""},
                                                 {"</h1>", "</h1><p class=byline>AUTHOR</p>"}})}};
}

std::vector<std::string> NamesIn(Format format, const std::string& record,
                                 const std::string& author) {
  const std::string escaped =
      format == Format::kNinjs || record.starts_with('{')
          ? author
          : absl::StrReplaceAll(author, {{"&", "&amp;"}, {"<", "&lt;"}, {">", "&gt;"}});
  const Collected got = ReadAs(format, absl::StrReplaceAll(record, {{"AUTHOR", escaped}}));
  EXPECT_THAT(got.rejects, IsEmpty()) << record;
  std::vector<std::string> names;
  for (const v1::Article& article : got.articles) {
    for (const v1::Byline& byline : article.bylines()) names.push_back(byline.name());
  }
  return names;
}

// A bug once: names in capitals were one person.
TEST(StatedAuthorsTest, TwoNamesInCapitalsAreTwoPeople) {
  for (const auto& [format, record] : AllWithAuthor()) {
    EXPECT_THAT(NamesIn(format, record, "BY INGA BREDAL AND TOM QUILL"),
                ElementsAre("Inga Bredal", "Tom Quill"))
        << record;
  }
}

TEST(StatedAuthorsTest, NoticesOfCopyrightAreNobody) {
  for (const auto& [format, record] : AllWithAuthor()) {
    for (const char* notice :
         {"Copyright 2026 AP", "(c) 2026 Lantern Wire", "\u00a9 2026 Lantern Wire",
          "All rights reserved", "desk@lantern.example (Copyright 2026 AP)"}) {
      EXPECT_THAT(NamesIn(format, record, notice), IsEmpty()) << notice << " in " << record;
    }
  }
}

TEST(StatedAuthorsTest, TheNameBesideAnAddressIsTheAuthor) {
  for (const auto& [format, record] : AllWithAuthor()) {
    for (const char* author :
         {"inga@lantern.example (Inga Bredal)", "Inga Bredal <inga@lantern.example>",
          "(Inga Bredal) inga@lantern.example"}) {
      EXPECT_THAT(NamesIn(format, record, author), ElementsAre("Inga Bredal"))
          << author << " in " << record;
    }
  }
}

TEST(StatedAuthorsTest, ANoticeWhereAnAuthorStandsIsTheArticles) {
  const Collected got = ReadAs(Format::kNitf,
                               "<nitf><body><body.head><hedline><hl1>Wall</hl1></hedline><byline>"
                               "Copyright 2026 AP</byline></body.head></body></nitf>");
  ASSERT_EQ(got.articles.size(), 1U);
  EXPECT_EQ(got.articles[0].copyright(), "Copyright 2026 AP");
}

TEST(StatedAuthorsTest, OwnRecordsWithANoticeForAnAuthorHaveNone) {
  const Collected got = broadsheet::testing::ReadJsonl(
      R"({"headline":"Wall","bylines":["Inga Bredal",{"name":"(c) 2026 Lantern"}]})");
  ASSERT_EQ(got.articles.size(), 1U);
  ASSERT_EQ(got.articles[0].bylines_size(), 1);
  EXPECT_EQ(got.articles[0].bylines(0).name(), "Inga Bredal");
}

}  // namespace
}  // namespace broadsheet::sources
