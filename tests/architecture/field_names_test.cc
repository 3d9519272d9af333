// SPDX-License-Identifier: GPL-3.0-or-later
// A field is a row (CONTRIBUTING.md): what indexes and searches articles, and what help says of
// fields, knows their names from engine/schema/field_table.cc and where they stand in an Article
// from field_values.cc. The names looked for here are those of the tables, so a new field is looked
// for as soon as it has its rows.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cctype>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "engine/schema/field_table.h"
#include "engine/schema/field_values.h"
#include "tests/architecture/source_tree.h"

namespace broadsheet::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

// What a file may name all the same, and why.
struct Exception {
  std::string_view path;
  std::vector<std::string_view> names;
  std::string_view why;
};

const std::vector<Exception> kInQuotes = {
    {"client/request/search_value_options.cc",
     {"tag", "byline", "caption", "section", "source", "language"},
     "the client's options are a table of their own: not every field has one"},
    {"client/view/hit_list.cc",
     {"headline", "captions", "bylines", "tags", "credits", "dateline"},
     "where a fragment of each is shown on a terminal, and below which label"},
    {"client/view/article_page.cc",
     {"headline", "summary", "captions", "body"},
     "where what matched in each is lit up in an article that is read"},
    {"client/view/article_table.cc",
     {"headline", "bylines", "source", "section", "tags", "language", "dateline", "summary",
      "captions", "credits", "body"},
     "the columns of a table, and how each is written there"},
    {"client/commands/counts_command.cc",
     {"tag", "byline", "section", "source", "language", "tags"},
     "the facets of the API, which are not all fields"},
    {"client/completion.cc", {"headline"}, "a kind of completions, which shells do not offer"},
    {"client/commands/admin_command.cc", {"language"}, "an option of a rebuild"},
    {"server/services/admin_service.cc", {"language"}, "a field of RebuildRequest"},
};

const std::vector<Exception> kAsAccessors = {
    {"engine/indexing/document/document_terms.cc",
     {"language"},
     "\"pt-BR\" is a value of \"pt\", too"},
    {"engine/indexing/bulk/article_counts.cc",
     {"language", "source"},
     "MANIFEST counts articles by these two"},
    {"engine/indexing/bulk/spool.cc", {"language"}, "which one prevails is known from its counts"},
    {"engine/indexing/live/story_finder.cc", {"body"}, "copies are told by it alone"},
    {"engine/query/highlight/highlighter.cc",
     {"body"},
     "it is stored apart, and read where needed"},
    {"engine/query/similar_articles.cc", {"body"}, "a text that was pasted becomes one"},
    {"engine/query/encoding/article_encoder.cc",
     {"body"},
     "it is stored apart, and shown where it is wanted"},
};

const std::vector<std::string> kRooms = {"engine/indexing", "engine/query"};
const std::vector<std::string> kHelp = {"client", "server"};

// Each name of a field that indexing and queries read by the tables: as typed, as Article has it,
// as a fragment has it. The id and the date are no text; each has a module of its own.
std::map<std::string, schema::FieldId> ReadFieldNames() {
  std::map<std::string, schema::FieldId> names;
  for (const schema::Field& field : schema::Fields()) {
    if (field.run_place == 0 && !field.facet) continue;
    const schema::FieldValues& values = schema::ValuesOf(field.id);
    const std::string of_article =
        v1::Article::descriptor()->FindFieldByNumber(values.article_field)->name();
    for (const std::string_view name :
         {field.name, field.alias, values.shown_as, std::string_view(of_article)}) {
      if (!name.empty()) names.emplace(name, field.id);
    }
  }
  return names;
}
const std::map<std::string, schema::FieldId>& FieldNames() {
  static const std::map<std::string, schema::FieldId> names = ReadFieldNames();
  return names;
}

struct Word {
  std::string text;
  std::string_view before;  // the rest of its line
  std::string_view after;
};

bool IsWordCharacter(char c) {
  return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_';
}

// The words of a line of code, without a comment at its end.
std::vector<Word> WordsOf(std::string_view line) {
  const size_t first = line.find_first_not_of(' ');
  if (first == std::string_view::npos) return {};
  size_t comment = line.substr(first).starts_with("//") ? first : line.find(" //");
  const std::string_view code = line.substr(0, comment);
  std::vector<Word> words;
  for (size_t at = 0; at < code.size();) {
    size_t end = at;
    while (end < code.size() && IsWordCharacter(code[end])) ++end;
    if (end > at) {
      words.push_back({.text = std::string(code.substr(at, end - at)),
                       .before = code.substr(0, at),
                       .after = code.substr(end)});
    }
    at = end + 1;
  }
  return words;
}

// "headline", "--headline", "headline:...".
std::set<std::string> NamesInQuotes(const SourceFile& source) {
  std::set<std::string> found;
  for (const std::string& line : source.lines) {
    for (const Word& word : WordsOf(line)) {
      const bool opens = word.before.ends_with('"') || word.before.ends_with("\"--");
      const bool closes = word.after.starts_with('"') || word.after.starts_with(':');
      if (opens && closes && FieldNames().contains(word.text)) found.insert(word.text);
    }
  }
  return found;
}

// The name in "set_headline", "captions_size", "kHeadlineFieldNumber".
std::string NameInAccessor(std::string word) {
  constexpr std::string_view kNumber = "FieldNumber";
  if (word.starts_with('k') && word.ends_with(kNumber)) {
    word = word.substr(1, word.size() - 1 - kNumber.size());
    if (!word.empty()) word[0] = static_cast<char>(std::tolower(word[0]));
    return word;
  }
  for (const std::string_view prefix : {"mutable_", "set_", "add_", "clear_"}) {
    if (word.starts_with(prefix)) word = word.substr(prefix.size());
  }
  constexpr std::string_view kSize = "_size";
  if (word.ends_with(kSize)) word.resize(word.size() - kSize.size());
  return word;
}

// article.headline(), article->add_captions(), v1::Article::kHeadlineFieldNumber.
std::set<std::string> NamesInAccessors(const SourceFile& source) {
  std::set<std::string> found;
  for (const std::string& line : source.lines) {
    for (const Word& word : WordsOf(line)) {
      const bool called = (word.before.ends_with('.') || word.before.ends_with("->")) &&
                          word.after.starts_with('(');
      const bool numbered =
          word.before.ends_with("Article::") && word.text.ends_with("FieldNumber");
      const std::string name = NameInAccessor(word.text);
      if ((called || numbered) && FieldNames().contains(name)) found.insert(name);
    }
  }
  return found;
}

// A file may mean one field or two. From three on it lists them.
constexpr size_t kFewest = 3;

std::set<std::string> ListedIds(const SourceFile& source) {
  std::set<std::string> ids;
  for (const std::string& line : source.lines) {
    for (const Word& word : WordsOf(line)) {
      if (word.before.ends_with("FieldId::")) ids.insert(word.text);
    }
  }
  return ids.size() < kFewest ? std::set<std::string>() : ids;
}

// The lines that name three fields, in whatever form: what help would list.
std::vector<std::string> ListingLines(const SourceFile& source) {
  std::vector<std::string> lines;
  for (const std::string& line : source.lines) {
    std::set<schema::FieldId> fields;
    for (const Word& word : WordsOf(line)) {
      const auto named = FieldNames().find(word.text);
      if (named != FieldNames().end()) fields.insert(named->second);
    }
    if (fields.size() >= kFewest) lines.push_back(line);
  }
  return lines;
}

// Fails for what `found` has beside the exceptions of this file, and for those that it has not.
void ExpectOnly(const std::vector<Exception>& exceptions, const SourceFile& source,
                std::set<std::string> found, std::string_view remedy) {
  for (const Exception& exception : exceptions) {
    if (exception.path != source.path) continue;
    for (const std::string_view name : exception.names) {
      EXPECT_EQ(found.erase(std::string(name)), 1U)
          << source.path << " does not name " << name << " any more: take it off the exceptions";
    }
  }
  EXPECT_THAT(found, IsEmpty()) << source.path << ": " << remedy;
}

TEST(FieldNamesTest, StandInQuotesInTheTablesAlone) {
  std::vector<std::string> folders = kRooms;
  folders.insert(folders.end(), kHelp.begin(), kHelp.end());
  for (const SourceFile& source : ReadSources(folders)) {
    ExpectOnly(kInQuotes, source, NamesInQuotes(source),
               "take the name from engine/schema/field_table.h or field_values.h");
  }
}

TEST(FieldNamesTest, ArticlesAreReadByTheTable) {
  for (const SourceFile& source : ReadSources(kRooms)) {
    ExpectOnly(kAsAccessors, source, NamesInAccessors(source),
               "read values with schema::ForEachValue or schema::TextsOf");
  }
}

TEST(FieldNamesTest, NothingListsTheFieldsOnceMore) {
  for (const SourceFile& source : ReadSources(kRooms)) {
    EXPECT_THAT(ListedIds(source), IsEmpty())
        << source.path << ": ask the field table instead, by a column that says what these share";
  }
}

TEST(FieldNamesTest, HelpTakesItsListsFromTheTable) {
  for (const SourceFile& source : ReadSources(kHelp)) {
    EXPECT_THAT(ListingLines(source), IsEmpty())
        << source.path << ": take the list from the header that cmake/write_field_names.cc writes";
  }
}

TEST(FieldNamesTest, EveryExceptionIsOfAFileThatThereIs) {
  std::set<std::string> paths;
  for (const SourceFile& source : ReadSources({"engine", "client", "server"})) {
    paths.insert(source.path);
  }
  for (const auto& exceptions : {kInQuotes, kAsAccessors}) {
    for (const Exception& exception : exceptions) {
      EXPECT_TRUE(paths.contains(std::string(exception.path))) << exception.path;
      EXPECT_FALSE(exception.why.empty()) << exception.path;
    }
  }
}

// What the tests above would say of a file that breaks the rule.
TEST(FieldNamesTest, WhatBreaksTheRuleIsFound) {
  const auto file = [](const std::vector<std::string>& lines) {
    return SourceFile{.path = "engine/query/x.cc", .lines = lines};
  };
  EXPECT_THAT(NamesInQuotes(file({"  return \"captions\";", "f(\"--tag\"); g(\"caption:\\\"\");"})),
              ElementsAre("caption", "captions", "tag"));
  EXPECT_THAT(NamesInQuotes(file({"// \"headline\"", "f(\"the headline\", source);"})), IsEmpty());
  EXPECT_THAT(NamesInAccessors(file({"add(article.headline());", "a->add_captions();",
                                     "n = v1::Article::kBodyFieldNumber;  // tags()"})),
              ElementsAre("body", "captions", "headline"));
  EXPECT_THAT(NamesInAccessors(file({"article.id();", "headline();", "options.body"})), IsEmpty());
  EXPECT_THAT(ListedIds(file({"case FieldId::kTag:", "case FieldId::kBody:", "FieldId::kTag"})),
              IsEmpty());
  EXPECT_THAT(ListedIds(file({"f(FieldId::kTag, FieldId::kBody);", "schema::FieldId::kDate"})),
              ElementsAre("kBody", "kDate", "kTag"));
  EXPECT_THAT(
      ListingLines(file({"  in one field: headline summary body", "tag:a tags --tag body"})),
      ElementsAre("  in one field: headline summary body"));
}

}  // namespace
}  // namespace broadsheet::testing
