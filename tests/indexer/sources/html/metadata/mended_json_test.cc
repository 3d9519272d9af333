// SPDX-License-Identifier: GPL-3.0-or-later
// JSON-LD with the mistakes that people and templates make.
#include "indexer/sources/html/metadata/mended_json.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <simdjson.h>

#include <string>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "indexer/sources/html/read_html.h"
#include "tests/indexer/sources/html/pages.h"

namespace broadsheet::sources::html {
namespace {

using ::broadsheet::testing::kParagraphs;
using ::broadsheet::testing::NewsPage;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

std::string Mended(std::string_view json) {
  std::string out = MendJson(json).json;
  simdjson::dom::parser parser;
  simdjson::dom::element root;
  if (parser.parse(out).get(root) != simdjson::SUCCESS) return "no JSON: " + out;
  return simdjson::minify(root);
}

TEST(MendedJsonTest, ClearMistakesAreMended) {
  const struct {
    const char* broken;
    const char* mended;
  } kRows[] = {
      {R"({"a":1,})", R"({"a":1})"},
      {R"({"a":[1,2,],})", R"({"a":[1,2]})"},
      {R"({"a":1,,"b":2})", R"({"a":1,"b":2})"},
      {R"({,"a":1})", R"({"a":1})"},
      {"{\"a\":\"x\ny\tz\x01\"}", R"({"a":"x\ny z "})"},
      {"{ // why\n\"a\":1 /* so */ }", R"({"a":1})"},
      {"// <![CDATA[\n{\"a\":1}\n// ]]>", R"({"a":1})"},
      {"<!-- {\"a\":1} -->", R"({"a":1})"},
      {"\xef\xbb\xbf{\"a\":1}", R"({"a":1})"},
      {"{&quot;a&quot;:&quot;x &amp;amp; y&quot;}", R"({"a":"x &amp; y"})"},
      {"{&#34;a&#34;:1}", R"({"a":1})"},
      {R"({"a":1}{"b":2})", R"([{"a":1},{"b":2}])"},
      {"{\"a\":1}\n,\n{\"b\":2},", R"([{"a":1},{"b":2}])"},
      {R"([{"a":1}] [{"b":2}])", R"([[{"a":1}],[{"b":2}]])"},
      {R"({"a":{"b":[1,2)", R"({"a":{"b":[1,2]}})"},
      {R"({"a":[{"b":1})", R"({"a":[{"b":1}]})"},
      {R"({"a":[1,2})", R"({"a":[1,2]})"},
      {R"({"a":1}})", R"({"a":1})"},
      {R"(var ld = {"a":1};)", R"({"a":1})"},
      {"{\"a\":\"x\"\n\"b\":\"y\"}", R"({"a":"x","b":"y"})"},
      {R"({"a":[{"b":1}{"b":2}]})", R"({"a":[{"b":1},{"b":2}]})"},
      {R"({"a":"He said "no" again","b":1})", R"({"a":"He said \"no\" again","b":1})"},
      {R"({"a":"a "b", c","d":1})", R"({"a":"a \"b\", c","d":1})"},
      {R"({"a":"it\'s"})", R"({"a":"it's"})"},
      {R"({"a":undefined})", R"({"a":null})"},
      {R"({"a":"https://x.example/a//b?c=1"})", R"({"a":"https://x.example/a//b?c=1"})"},
      {R"({"a":"{[,,]}"})", R"({"a":"{[,,]}"})"},
  };
  for (const auto& row : kRows) EXPECT_EQ(Mended(row.broken), row.mended) << row.broken;
}

TEST(MendedJsonTest, WhatIsNotClearStaysBroken) {
  for (const char* json :
       {"{\"a\":\"x", "{\"a\":", "", "no JSON at all", "{\"a\" \"b\"}", "{a:1}", "{\"a\":1 2}"}) {
    EXPECT_THAT(Mended(json), HasSubstr("no JSON")) << json;
  }
}

TEST(MendedJsonTest, SaysWhatWasMended) {
  EXPECT_THAT(MendJson("{\"a\":1,,\"b\":[1,],}").what, ElementsAre("a comma too many"));
  EXPECT_THAT(MendJson("{\"a\":1").what, ElementsAre("a closing bracket that was missing"));
  EXPECT_THAT(MendJson("{\"a\":\"//\"}").what, IsEmpty());
}

TEST(MendedJsonTest, HostileTextTakesNoLongerThanItsShare) {
  constexpr size_t kMany = 200'000;
  std::string quotes = "{\"a\":\"";
  for (size_t i = 0; i < kMany; ++i) quotes += "\" ";
  for (const std::string& json :
       {std::string(kMany, '['), std::string(kMany, '[') + std::string(kMany, '}'),
        std::string(kMany, '{') + std::string(kMany, ']'), std::string(kMany, ','), quotes,
        "{\"a\":\"" + std::string(kMany, '\\'), "[\"\"" + std::string(kMany, ' ') + ","}) {
    MendJson(json);
  }
}

HtmlArticle ReadWithJsonLd(const std::string& json) {
  absl::StatusOr<HtmlArticle> read = ReadHtml(
      {.bytes = NewsPage(absl::StrCat("<script type=\"application/ld+json\">", json, "</script>"),
                         absl::StrCat("<h1>Ferry landing moves</h1>", kParagraphs))});
  EXPECT_TRUE(read.ok()) << read.status();
  return read.ok() ? *std::move(read) : HtmlArticle();
}

// One comma too many lost all that the block states, without a word.
TEST(MendedJsonTest, AMendedBlockIsUsedAndSaysSo) {
  const HtmlArticle read = ReadWithJsonLd(
      R"({"@type":"NewsArticle","author":{"name":"Inga Bredal",},"keywords":["Ferries",],})");
  ASSERT_EQ(read.article.bylines_size(), 1);
  EXPECT_EQ(read.article.bylines(0).name(), "Inga Bredal");
  std::string rules;
  for (const FieldRule& rule : read.rules)
    absl::StrAppend(&rules, rule.field, ": ", rule.rule, "\n");
  EXPECT_THAT(rules, HasSubstr("bylines: JSON-LD author; mended: a comma too many"));
  EXPECT_THAT(read.warnings, IsEmpty());
}

TEST(MendedJsonTest, ABlockThatCannotBeMendedIsAWarning) {
  const HtmlArticle read = ReadWithJsonLd(R"({"@type":"NewsArticle","author":"Inga Bre)");
  EXPECT_THAT(read.warnings, ElementsAre(HasSubstr("JSON-LD that cannot be read")));
  EXPECT_EQ(read.article.headline(), "Ferry landing moves");
}

TEST(MendedJsonTest, ADraftIsADraftInBrokenJsonToo) {
  EXPECT_EQ(
      ReadWithJsonLd(R"({"@type":"NewsArticle","creativeWorkStatus":"Draft",})").article.status(),
      v1::Article::STATUS_WITHHELD);
}

}  // namespace
}  // namespace broadsheet::sources::html
