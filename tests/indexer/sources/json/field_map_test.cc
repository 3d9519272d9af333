// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/sources/json/field_map.h"

#include <gmock/gmock.h>
#include <google/protobuf/util/time_util.h>
#include <gtest/gtest.h>

#include <string>
#include <utility>
#include <vector>

#include "tests/testing/status_matchers.h"
#include "tests/testing/temp_dir.h"

namespace broadsheet::sources {
namespace {

using ::broadsheet::testing::StatusIs;
using ::google::protobuf::util::TimeUtil;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

// NOT_FOUND when the map passes over the record.
absl::StatusOr<v1::Article> Read(const std::string& map_json, const std::string& json,
                                 ReadCounts* counts = nullptr) {
  const absl::StatusOr<FieldMap> map = FieldMap::Parse(map_json);
  if (!map.ok()) return map.status();
  simdjson::dom::parser parser;
  const SourceHooks no_hooks;
  Draft draft(no_hooks, {});
  ReadCounts unused;
  if (counts == nullptr) counts = &unused;
  const absl::StatusOr<bool> read =
      map->ReadArticle(parser.parse(json).get_object().value(), draft, counts);
  if (!read.ok()) return read.status();
  if (!*read) return absl::NotFoundError("passed over");
  v1::Article article;
  const absl::Status taken = draft.HandOver([&](v1::Article&& handed_over) {
    article = std::move(handed_over);
    return absl::OkStatus();
  });
  if (!taken.ok()) return taken;
  return article;
}

TEST(FieldMapTest, FillsFieldsFromPaths) {
  const auto article = Read(
      R"({"id": "doc_id", "headline": "title", "body": ["content.html", "text"],
          "bylines": {"each": "authors", "name": "displayName", "role": "title"},
          "captions": {"each": "images", "text": "caption", "credit": "by", "mediaUrl": "src"},
          "published": "date", "tags": "topics.label", "source": {"value": "The Gazette"},
          "version": "rev", "status": "state", "labels.desk": "meta.desk"})",
      R"({"doc_id": 7001, "title": "Almanac", "content": {"html": " "}, "text": "<p>A</p><p>B</p>",
          "authors": [{"displayName": "Jane Doe", "title": "Editor"}, {"displayName": null}],
          "images": [{"caption": "A page.", "by": "Hal", "src": "a.jpg"}],
          "date": 1783843200, "topics": [{"label": "books"}, {}, {"label": "mills"}],
          "rev": 3, "state": "usable", "meta": {"desk": "arts"}})");
  ASSERT_OK(article);
  EXPECT_EQ(article->id(), "7001");
  EXPECT_EQ(article->headline(), "Almanac");
  EXPECT_EQ(article->body(), "A\n\nB");
  ASSERT_EQ(article->bylines_size(), 1);
  EXPECT_EQ(article->bylines(0).name(), "Jane Doe");
  EXPECT_EQ(article->bylines(0).role(), "Editor");
  ASSERT_EQ(article->captions_size(), 1);
  EXPECT_EQ(article->captions(0).credit(), "Hal");
  EXPECT_EQ(TimeUtil::ToString(article->published_time()), "2026-07-12T08:00:00Z");
  EXPECT_THAT(article->tags(), ElementsAre("books", "mills"));
  EXPECT_EQ(article->source(), "The Gazette");
  EXPECT_EQ(article->version(), 3);
  EXPECT_EQ(article->status(), v1::Article::STATUS_USABLE);
  EXPECT_EQ(article->labels().at("desk"), "arts");
}

TEST(FieldMapTest, MistakesInTheMapNameTheirKey) {
  const std::pair<const char*, const char*> kRows[] = {
      {"{", "not valid JSON"},
      {"[]", "expected a JSON object"},
      {R"({"headine": "title"})", "key \"headine\": no field of an article"},
      {R"({"headline": 5})",
       "key \"headline\": expected a path or an array of paths, found a number"},
      {R"({"headline": ["a", 5]})", "key \"headline\": expected a path, found a number"},
      {R"({"headline": "a..b"})", "key \"headline\": a path is names with dots"},
      {R"({"captions": {"text": "t"}})", "key \"captions\": an object needs \"each\""},
      {R"({"captions": {"each": "a", "caption": "t"}})",
       "key \"captions.caption\": no such member"},
      {R"({"headline": {"each": "a"}})", "key \"headline.each\": expected a path"},
      {R"({"editorsNote": {"value": "hold"}})", "key \"editorsNote\": expected a path"},
      {R"({"passOver": "type"})", "key \"passOver\": expected an object of a path"},
      {R"({"passOver": {}})", "key \"passOver\": expected an object of a path"},
      {R"({"passOver": {"a..b": "x"}})", "key \"passOver\": a path is names with dots"},
      {R"({"only": {"type": []}})", "key \"only.type\": expected a value or an array of values"},
      {R"({"only": {"type": ["text", ""]}})", "key \"only.type\": expected a value"},
      {R"({"only": {"type": {"is": "text"}}})", "key \"only.type\": expected a value"},
  };
  for (const auto& [map, reason] : kRows) {
    EXPECT_THAT(FieldMap::Parse(map).status(),
                StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr(reason)))
        << map;
  }
}

TEST(FieldMapTest, ValuesThatDoNotFitNameTheirPath) {
  EXPECT_THAT(Read(R"({"headline": "a.b"})", R"({"a": {"b": {}}})").status(),
              StatusIs(absl::StatusCode::kInvalidArgument,
                       HasSubstr("field \"a.b\": expected a string, found an object")));
  EXPECT_THAT(Read(R"({"published": "d"})", R"({"d": "soon"})").status(),
              StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("field \"d\": no date")));
  EXPECT_THAT(Read(R"({"captions": {"each": "i", "text": "t"}})", R"({"i": ["x"]})").status(),
              StatusIs(absl::StatusCode::kInvalidArgument,
                       HasSubstr("field \"i\": expected an array of objects")));
}

// A bug once: the constant of a date was passed over in silence.
TEST(FieldMapTest, DateMayBeTheSameForAll) {
  const auto article =
      Read(R"({"headline": "title", "published": {"value": "2024-06-19"}})", R"({"title": "A"})");
  ASSERT_OK(article);
  EXPECT_EQ(TimeUtil::ToString(article->published_time()), "2024-06-19T00:00:00Z");
  EXPECT_THAT(Read(R"({"headline": "title", "published": {"value": "soon"}})", R"({"title": "A"})"),
              StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("field \"published\"")));
}

TEST(FieldMapTest, NumbersCountFrom1970InTheUnitThatFitsTheirSize) {
  for (const char* number : {"1783843200", "1783843200.7", "1783843200000", "1783843200000000"}) {
    const auto article = Read(R"({"headline": "title", "published": "at"})",
                              std::string(R"({"title": "A", "at": )") + number + "}");
    ASSERT_OK(article);
    EXPECT_EQ(TimeUtil::ToString(article->published_time()), "2026-07-12T08:00:00Z") << number;
  }
  EXPECT_THAT(Read(R"({"headline": "title", "published": "at"})", R"({"title": "A", "at": 1e300})"),
              StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("field \"at\": no date")));
}

// A bug once: no map could read an editor's note, so that a story was shown that one held back.
TEST(FieldMapTest, EditorsNotesHoldBackAsInAgencysFormats) {
  constexpr const char* kMap =
      R"({"headline": "title", "editorsNote": ["desk.note", "instructions"]})";
  const struct {
    const char* record;
    v1::Article::Status status;
  } kRows[] = {
      {R"({"title": "A", "desk": {"note": "EMBARGOED until Friday noon"}})",
       v1::Article::STATUS_WITHHELD},
      {R"({"title": "A", "desk": {"note": "Adds quote."}, "instructions": "NOT FOR PUBLICATION"})",
       v1::Article::STATUS_WITHHELD},
      {R"({"title": "A", "instructions": ["Second lead.", "Do not use before 6 p.m."]})",
       v1::Article::STATUS_WITHHELD},
      {R"({"title": "A", "instructions": "MANDATORY KILL: the mayor was not there"})",
       v1::Article::STATUS_CANCELLED},
      {R"({"title": "A", "instructions": "Embargo lifted. Corrects the age."})",
       v1::Article::STATUS_UNSPECIFIED},
      {R"({"title": "A", "instructions": null})", v1::Article::STATUS_UNSPECIFIED},
  };
  for (const auto& row : kRows) {
    const auto article = Read(kMap, row.record);
    ASSERT_OK(article);
    EXPECT_EQ(article->status(), row.status) << row.record;
  }
  EXPECT_THAT(Read(kMap, R"({"title": "A", "instructions": {"text": "hold"}})"),
              StatusIs(absl::StatusCode::kInvalidArgument,
                       HasSubstr("field \"instructions\": expected a string")));
}

TEST(FieldMapTest, AnEmbargoInANoteIsNoEmbargoThatIsRead) {
  EXPECT_THAT(Read(R"({"headline": "title", "editorsNote": "embargoNote"})",
                   R"({"title": "A", "embargoNote": "Friday, 5 p.m."})"),
              StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("may hold the article back")));
}

TEST(FieldMapTest, RecordsAreToldApartByTheirValues) {
  constexpr const char* kMap =
      R"({"headline": "title", "passOver": {"meta.type": ["Picture", "video"], "test": true},
          "only": {"lang": ["en", "de"], "edition": 4}})";
  const std::pair<const char*, const char*> kRows[] = {
      {R"({"title": "A", "lang": "en", "edition": 4})", ""},
      {R"({"title": "A", "lang": " DE ", "edition": "4", "test": false})", ""},
      {R"({"title": "A", "lang": ["fr", "en"], "edition": [4, 5], "meta": {"type": "text"}})", ""},
      {R"({"title": "A", "lang": "en", "edition": 4, "meta": {"type": "PICTURE"}})",
       "meta.type \"PICTURE\""},
      {R"({"title": "A", "lang": "en", "edition": 4, "meta": [{"type": "text"}, {"type": "video"}]})",
       "meta.type \"video\""},
      {R"({"title": "A", "lang": "en", "edition": 4, "test": true})", "test \"true\""},
      {R"({"title": "A", "lang": "fr", "edition": 4})", "lang \"fr\""},
      {R"({"title": "A", "lang": "en"})", "without edition"},
      {R"({"title": "A", "lang": "\u001b[31m", "edition": 4})", "lang \"[31m\""},
      // What holds a record back that is not read does not matter.
      {R"({"title": "A", "lang": "fr", "edition": 4, "embargo": "2031-03-06"})", "lang \"fr\""},
  };
  for (const auto& [record, reason] : kRows) {
    ReadCounts counts;
    const auto article = Read(kMap, record, &counts);
    if (*reason == '\0') {
      EXPECT_OK(article) << record;
      EXPECT_EQ(counts.passed_over, 0U);
    } else {
      EXPECT_THAT(article, StatusIs(absl::StatusCode::kNotFound, HasSubstr(""))) << record;
      EXPECT_EQ(counts.skipped[reason], 1U) << record;
    }
  }
  EXPECT_THAT(Read(kMap, R"({"title": "A", "lang": {"code": "en"}, "edition": 4})"),
              StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("field \"lang\"")));
}

TEST(FieldMapTest, CountsTheRecordsThatHaveEachPath) {
  const std::string map_json =
      R"({"headline": ["title", "head\\.line"], "body": "text", "source": {"value": "The Gazette"},
          "bylines": {"each": ["people", "staff"], "name": "who", "role": "post"},
          "passOver": {"kind": "picture"}})";
  ReadCounts counts;
  for (const char* record :
       {R"({"title": "A", "text": " ", "people": [{"who": "Jo Doe"}, {"who": "Al Roe"}]})",
        R"({"title": "B", "head.line": "C", "text": null, "staff": [{"who": "Ed Poe"}]})",
        R"({"title": "P", "kind": "picture"})"}) {
    (void)Read(map_json, record, &counts);
  }
  const auto map = FieldMap::Parse(map_json);
  ASSERT_OK(map);
  std::vector<std::string> said;
  ASSERT_EQ(map->counted_paths().size(), counts.mapped_paths.size());
  for (size_t i = 0; i < counts.mapped_paths.size(); ++i) {
    const FieldMap::CountedPath& path = map->counted_paths()[i];
    said.push_back(path.key + " " + path.path + " " + std::to_string(counts.mapped_paths[i].found) +
                   " of " + std::to_string(counts.mapped_paths[i].records));
  }
  EXPECT_THAT(said, ElementsAre("headline title 2 of 2", R"(headline head\.line 1 of 2)",
                                "body text 0 of 2", "bylines.each people 1 of 2",
                                "bylines.each staff 1 of 2", "bylines.name who 2 of 2",
                                "bylines.role post 0 of 2", "passOver kind 1 of 3"));
}

TEST(FieldMapTest, FileThatIsMissingIsNamed) {
  testing::TempDir folder;
  EXPECT_THAT(FieldMap::Load(folder / "absent.json").status(),
              StatusIs(absl::StatusCode::kNotFound, HasSubstr("absent.json: ")));
}

}  // namespace
}  // namespace broadsheet::sources
