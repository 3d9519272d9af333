// SPDX-License-Identifier: GPL-3.0-or-later
// ninjs as interfaces of agencies answer it: wrapped, with Superdesk's names, and broken.
#include "indexer/sources/json/ninjs.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "tests/indexer/sources/collected.h"

namespace broadsheet::sources {
namespace {

using ::broadsheet::testing::Collected;
using ::broadsheet::testing::ReadAs;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

// Reads it in the format that it is detected to be in.
Collected ReadDetected(const std::string& json) {
  const absl::StatusOr<Detected> detected = DetectFormat(json);
  EXPECT_OK(detected) << json.substr(0, 200);
  if (!detected.ok()) return {};
  return ReadAs(detected->format, json);
}

std::vector<std::string> Headlines(const Collected& got) {
  std::vector<std::string> headlines;
  for (const v1::Article& article : got.articles) headlines.push_back(article.headline());
  return headlines;
}

constexpr const char* kOne = R"({"guid":"g1","headline":"One","body_html":"<p>P</p>"})";
constexpr const char* kHeld =
    R"({"guid":"g2","headline":"Two","pubstatus":"withheld","embargoed":"2031-03-06T08:00:00+0000"})";

// A bug once: what an interface wraps around its items was taken for an article, and their embargo
// for nothing.
TEST(NinjsWrapperTest, ItemsAreReadInWhateverWrapping) {
  for (
      const char* wrapping :
      {R"({"_items":[A,B],"_meta":{"page":1,"total":2},"_links":{"self":{"href":"/x","title":"t"}}})",
       R"({"items":[A,B]})", R"({"status":"ok","results":[A,B]})", R"({"data":{"articles":[A,B]}})",
       R"([{"item":A},{"item":B}])", "{\"item\":A}\n{\"item\":B}\n", R"({"newsItems":[A,B]})",
       R"({"hits":{"total":2,"hits":[{"_id":"1","_source":A},{"_id":"2","_source":B}]}})",
       R"({"type":"feed","uri":"urn:feed","items":[A,B],"language":"en"})",
       "{\n  \"response\": {\n    \"docs\": [\n      A,\n      B\n    ]\n  }\n}\n"}) {
    const Collected got = ReadDetected(absl::StrReplaceAll(wrapping, {{"A", kOne}, {"B", kHeld}}));
    ASSERT_THAT(Headlines(got), ElementsAre("One", "Two")) << wrapping;
    EXPECT_EQ(got.articles[0].id(), "g1");
    EXPECT_EQ(got.articles[0].body(), "P");
    EXPECT_EQ(got.articles[1].status(), v1::Article::STATUS_WITHHELD) << wrapping;
    EXPECT_TRUE(got.articles[1].has_embargo_time()) << wrapping;
    EXPECT_THAT(got.rejects, IsEmpty()) << wrapping;
  }
}

TEST(NinjsWrapperTest, WhatHoldsTheWrapperBackHoldsItsItemsBack) {
  const Collected got =
      ReadDetected(absl::StrCat(R"({"pubstatus":"withheld","item":)", kOne, "}\n",
                                R"({"embargoed":"2031-03-06","items":[)", kOne, "]}\n"));
  ASSERT_THAT(got.articles, SizeIs(2));
  EXPECT_EQ(got.articles[0].status(), v1::Article::STATUS_WITHHELD);
  EXPECT_TRUE(got.articles[1].has_embargo_time());
  for (const char* member : {R"("embargo":{"until":"2031"})", R"("status":"draft")",
                             R"("rights":{"embargo_until":"2031"})", R"("on_hold":true)"}) {
    const Collected refused =
        ReadAs(Format::kNinjs, absl::StrCat("{", member, ",\"items\":[", kOne, "]}"));
    EXPECT_THAT(refused.articles, IsEmpty()) << member;
    ASSERT_THAT(refused.rejects, SizeIs(1)) << member;
    EXPECT_THAT(refused.rejects[0].reason, HasSubstr("may hold the article back")) << member;
  }
}

TEST(NinjsWrapperTest, WhatHoldsAnInnerWrapperBackHoldsNoOther) {
  const Collected got = ReadAs(
      Format::kNinjs, absl::StrCat(R"({"items":[{"on_hold":true,"item":)", kOne, "},", kOne, "]}"));
  EXPECT_THAT(Headlines(got), ElementsAre("One"));
  ASSERT_THAT(got.rejects, SizeIs(1));
  EXPECT_THAT(got.rejects[0].reason, HasSubstr("items[0]"));
}

TEST(NinjsWrapperTest, AnItemInItThatCannotBeReadIsNamed) {
  const Collected got = ReadDetected(
      absl::StrCat(R"({"items":[{"guid":"g","headline":5,"pubstatus":"usable"},7,)", kOne, "]}"));
  EXPECT_THAT(Headlines(got), ElementsAre("One"));
  ASSERT_THAT(got.rejects, SizeIs(2));
  EXPECT_THAT(got.rejects[0].reason, HasSubstr("items[0]: field \"headline\""));
  EXPECT_THAT(got.rejects[0].record, HasSubstr("\"guid\":\"g\""));
  EXPECT_THAT(got.rejects[1].reason, HasSubstr("items[1]: expected a JSON object"));
}

TEST(NinjsTest, ReadsTheMembersThatSuperdeskAdds) {
  const Collected got = ReadDetected(R"({"guid":"urn:newsml:1","version":3,"type":"text",
    "headline":"Mill turns","abstract":"<p>In short.</p>","body_html":"<p>A.</p>",
    "byline":"By Jane Doe","source":"AAP","keywords":["mills"],"firstpublished":"2026-05-01T08:00:00Z",
    "versioncreated":"2026-05-02T08:00:00Z","extra":{"kicker":"Crafts"},
    "authors":[{"code":"jd","name":"Jane Doe","role":"writer","biography":"b"},
               {"name":"Hal Obuya","role":"photographer"}],"readtime":1,"priority":6})");
  ASSERT_THAT(got.articles, SizeIs(1)) << got.rejects.at(0).reason;
  const v1::Article& article = got.articles[0];
  EXPECT_EQ(article.version(), 3);
  EXPECT_EQ(article.summary(), "In short.");
  EXPECT_EQ(article.source(), "AAP");
  EXPECT_THAT(article.tags(), ElementsAre("mills"));
  EXPECT_EQ(article.published_time().seconds(), 1777622400);
  ASSERT_EQ(article.bylines_size(), 2);
  EXPECT_EQ(article.bylines(0).name(), "Jane Doe");
  EXPECT_EQ(article.bylines(0).role(), "writer");
  EXPECT_EQ(article.bylines(1).name(), "Hal Obuya");
}

TEST(NinjsTest, StatusOrEmbargoThatCannotBeReadWithholdsWithItsPlace) {
  const Collected got =
      ReadAs(Format::kNinjs,
             "{\"uri\":\"1\",\"headline\":\"A\",\"pubstatus\":\"usble\"}\n"
             "{\"uri\":\"2\",\"headline\":\"B\",\"embargoed\":\"tomorrow-ish\"}\n"
             "{\"uri\":\"3\",\"headline\":\"C\",\"ednote\":\"EMBARGOED for noon\"}\n");
  ASSERT_THAT(got.articles, SizeIs(3));
  ASSERT_THAT(got.warnings, SizeIs(3));
  for (size_t i = 0; i < 3; ++i) {
    EXPECT_EQ(got.articles[i].status(), v1::Article::STATUS_WITHHELD);
    EXPECT_EQ(got.warnings[i].place.line, i + 1);
  }
}

// A bug once: a cancellation without a text was refused, and the story stayed.
TEST(NinjsTest, CancellationNeedsNoText) {
  const Collected got =
      ReadAs(Format::kNinjs, R"({"uri":"u1","version":"4","pubstatus":"canceled"})");
  ASSERT_THAT(got.articles, SizeIs(1));
  EXPECT_EQ(got.articles[0].status(), v1::Article::STATUS_CANCELLED);
  EXPECT_FALSE(got.articles[0].headline().empty());
}

TEST(NinjsTest, EventsAndPlanningWithoutATextAreNoArticles) {
  const Collected got = ReadDetected(
      R"([{"uri":"e","type":"event","eventDetails":{}},)"
      R"({"uri":"p","type":"planning","plannedCoverage":[]},{"uri":"1","headline":"One"}])");
  EXPECT_THAT(Headlines(got), ElementsAre("One"));
  EXPECT_EQ(got.counts.passed_over, 2U);
}

// A bug once: photographs between the stories of a feed were stories themselves, of a headline and
// a caption.
TEST(NinjsTest, PictureVideoOrAudioAloneIsPassedOver) {
  const Collected got = ReadDetected(
      R"([{"uri":"p","type":"picture","headline":"Wheel","description_text":"The wheel.",)"
      R"("renditions":{"original":{"href":"https://wire.example/m.jpg"}}},)"
      R"({"uri":"v","type":"video","headline":"Film","body_text":"What is said in it."},)"
      R"({"uri":"a","type":"audio","headline":"Taken back","pubstatus":"canceled"},)"
      R"({"uri":"k","type":"picture","headline":"KILL: Wheel"},)"
      R"({"uri":"1","type":"text","headline":"One"}])");
  EXPECT_THAT(Headlines(got), ElementsAre("Film", "Taken back", "KILL: Wheel", "One"));
  EXPECT_EQ(got.articles[1].status(), v1::Article::STATUS_CANCELLED);
  EXPECT_EQ(got.articles[2].status(), v1::Article::STATUS_CANCELLED);
  EXPECT_THAT(got.counts.skipped, ElementsAre(::testing::Pair("ninjs picture item", 1U)));
}

// Six items, in one line, in lines, and laid out, each as it is and in a wrapper.
std::vector<std::string> Documents() {
  std::vector<std::string> documents;
  for (const char* layout : {"{$\"uri\": \"u#\",$\"headline\": \"H#\",$\"subject\": [{\"name\": "
                             "\"a\"}, {\"name\": \"b\"}],$\"body_text\": \"T\"%}"}) {
    for (const auto& [inner, outer, between] :
         {std::tuple(" ", "", ", "), std::tuple(" ", "", ",\n"),
          std::tuple("\n    ", "\n  ", ",\n  ")}) {
      std::string items;
      for (int i = 0; i < 6; ++i) {
        absl::StrAppend(
            &items, i == 0 ? "" : between,
            absl::StrReplaceAll(layout, {{"$", inner}, {"%", outer}, {"#", absl::StrCat(i)}}));
      }
      const std::string lead = std::string(outer).empty() ? "" : "  ";
      documents.push_back("[\n" + lead + items + "\n]");
      documents.push_back("[" + items + "]");
      documents.push_back("{\"_items\": [" + items + "], \"_meta\": {\"total\": 6}}");
      documents.push_back("{\"page\": 1, \"items\":\n[\n" + lead + items + "\n]}");
    }
  }
  return documents;
}

std::vector<std::string> Without(std::initializer_list<int> left_out) {
  std::vector<std::string> headlines;
  for (int i = 0; i < 6; ++i) {
    if (std::find(left_out.begin(), left_out.end(), i) == left_out.end()) {
      headlines.push_back(absl::StrCat("H", i));
    }
  }
  return headlines;
}

// A bug once: a document was read up to its first mistake, and the rest was lost in silence.
TEST(BrokenJsonTest, AnItemThatIsBrokenCostsNoOther) {
  const std::pair<const char*, const char*> kBreaks[] = {
      {"\"H2\"", "\"H2"},                               // no quotation mark
      {"\"H2\"", "H2\""},                               // none at the start
      {"\"H2\"", ""},                                   // no value
      {"\"H2\"", "\"H2\" \"x\""},                       // no comma
      {"\"headline\": \"H2\"", "\"headline\" \"H2\""},  // no colon
      {"\"H2\"", "[\"H2\""},                            // a bracket too many
      {"\"H2\"", "\"H2\"}"},
      {"\"H2\"", "\"H2\", {"},
      {"\"H2\"", "tru\xff, \x01"},
  };
  for (const std::string& document : Documents()) {
    for (const auto& [from, to] : kBreaks) {
      const std::string broken = absl::StrReplaceAll(document, {{from, to}});
      const Collected got = ReadDetected(broken);
      EXPECT_EQ(Headlines(got), Without({2})) << broken;
      EXPECT_GE(got.rejects.size(), 1U) << broken;
    }
  }
}

// What is behind a bracket too many may be what holds the item back.
TEST(BrokenJsonTest, AnItemThatEndsTooSoonIsNotRead) {
  for (
      const char* document :
      {R"([{"uri":"1","headline":"A"},"embargoed":"2031-03-06"},{"uri":"2","headline":"B"}])",
       R"([{"uri":"1","headline":"A"} "pubstatus":"withheld"},{"uri":"2","headline":"B"}])",
       R"([{"uri":"1","headline":"A","x":{"y":1}}},"embargoed":"2031"},{"uri":"2","headline":"B"}])",
       R"({"items":[{"uri":"1","headline":"A"},"embargoed":"2031"},{"uri":"2","headline":"B"}]})",
       "{\n\"uri\":\"1\",\n\"headline\":\"A\"},\n\"embargoed\":\"2031\"\n}\n"
       "{\"uri\":\"2\",\"headline\":\"B\"}"}) {
    EXPECT_THAT(Headlines(ReadAs(Format::kNinjs, document)), ElementsAre("B")) << document;
  }
}

TEST(BrokenJsonTest, WhatNeedsNoCorrectionIsRead) {
  for (const std::string& document : Documents()) {
    for (const std::string& mended : {absl::StrReplaceAll(document, {{"\"H2\"", "\"H2\","}}),
                                      absl::StrReplaceAll(document, {{"\"T\"", "\"T\","}}),
                                      absl::StrReplaceAll(document, {{"\"b\"}]", "\"b\"},]"}}),
                                      absl::StrReplaceAll(document, {{"\"T\"", "\"T\x01\n\""}})}) {
      EXPECT_EQ(Headlines(ReadDetected(mended)), Without({})) << mended;
    }
    EXPECT_EQ(Headlines(ReadDetected(absl::StrReplaceAll(document, {{"H2", "H2\xff"}}))).size(),
              6U);
  }
}

TEST(BrokenJsonTest, CutEndCostsTheItemThatIsCut) {
  for (const std::string& document : Documents()) {
    const Collected got = ReadDetected(document.substr(0, document.find("H4") + 2));
    EXPECT_EQ(Headlines(got), Without({4, 5})) << document;
    ASSERT_THAT(got.rejects, SizeIs(1)) << document;
    EXPECT_EQ(got.rejects[0].lost, 1U);
    EXPECT_THAT(got.rejects[0].reason, HasSubstr("breaks off"));
  }
  // Between two items nothing shows what is missing, but that the array is open.
  const std::string document = Documents().front();
  const Collected got = ReadDetected(document.substr(0, document.rfind(',')));
  EXPECT_EQ(got.warnings.size(), 1U);
}

TEST(BrokenJsonTest, WhatIsNoObjectIsReported) {
  for (const std::string& document : Documents()) {
    if (document.starts_with("{")) continue;
    std::string other = document;
    other.insert(other.rfind('{', other.find("\"u3\"")), "null, \"x\", ");
    const Collected got = ReadDetected(other);
    EXPECT_EQ(Headlines(got), Without({})) << other;
    EXPECT_THAT(got.rejects, SizeIs(2)) << other;
  }
}

// A document of 16 MB in which every object is open would be scanned from each of its brackets.
TEST(BrokenJsonTest, HostileDocumentsTakeNoQuadraticTime) {
  std::string open;
  while (open.size() < (4U << 20)) open += "{\"uri\":\"1\",\"headlines\":[";
  EXPECT_THAT(ReadAs(Format::kNinjs, open).articles, IsEmpty());
  std::string repeated;
  while (repeated.size() < (4U << 20)) repeated += "[{\"uri\":\"1\"},{\"uri\":{";
  (void)ReadAs(Format::kNinjs, repeated);
  EXPECT_THAT(ReadAs(Format::kNinjs, std::string(4 << 20, '{')).articles, IsEmpty());
  EXPECT_THAT(ReadAs(Format::kNinjs, "{\"uri\":\"1\",\"x\":" + std::string(4 << 20, '[')).articles,
              IsEmpty());
}

}  // namespace
}  // namespace broadsheet::sources
