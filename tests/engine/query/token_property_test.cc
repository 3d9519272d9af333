// SPDX-License-Identifier: GPL-3.0-or-later
// Random queries of words, phrases and NEAR, in every form that the language has, over random
// articles in base and live: what the searcher finds is what trying every combination finds. The
// whole chain takes part: lexer, parser, compiler, Xapian's AND and the token matcher.
//
// BROADSHEET_PROPERTY_QUERIES sets how many queries (default 1,000; scripts/test-long: 20,000),
// BROADSHEET_PROPERTY_SEED the seed, which a failure prints with the query.
#include <algorithm>
#include <array>
#include <iostream>
#include <map>
#include <random>
#include <set>

#include "engine/query/compile/compiler.h"
#include "engine/query/syntax/tree_text.h"
#include "engine/text/fold.h"
#include "tests/engine/query/plain_search.h"
#include "tests/engine/query/search_fixture.h"
#include "tests/testing/from_environment.h"

namespace broadsheet::query {
namespace {

using schema::FieldId;

// Few words, so that they repeat and meet; among them stems, accents, initialisms, compounds,
// numbers, and a word twice in one sentence.
constexpr std::array<std::string_view, 26> kWords = {
    "summit", "summits", "pact", "pacts", "sign",   "signed",    "signing",    "Café",    "cafe",
    "cafés",  "U.S.",    "us",   "USA",   "U.S.A.", "COVID-19",  "covid19",    "COVID",   "19",
    "1,000",  "1000",    "of",   "the",   "AT&T",   "ministers", "minister's", "minister"};
constexpr std::array<std::string_view, 8> kNames = {"Ana",     "Anna", "Núñez", "Nunez",
                                                    "O'Brien", "Kim",  "Kims",  "of"};
constexpr std::array<std::string_view, 8> kStarts = {"su", "sig", "caf", "min",
                                                     "co", "pac", "us",  "COVID-1"};
constexpr std::array<std::string_view, 8> kMisspelt = {"sumit",  "pcat",  "cofe", "minster",
                                                       "singed", "covod", "Anna", "nunes"};

class RandomNews {
 public:
  explicit RandomNews(uint32_t seed) : random_(seed) {}

  uint32_t Below(uint32_t n) { return std::uniform_int_distribution<uint32_t>(0, n - 1)(random_); }
  bool OneIn(uint32_t n) { return Below(n) == 0; }
  template <size_t N>
  std::string Pick(const std::array<std::string_view, N>& from) {
    return std::string(from[Below(N)]);
  }

  // Paragraphs only where an article keeps them, in the body.
  std::string Text(uint32_t most_words, bool paragraphs = false) {
    std::string text;
    const uint32_t words = Below(most_words + 1);
    bool starts = true;
    for (uint32_t i = 0; i < words; ++i) {
      std::string word = Pick(kWords);
      if (starts && word[0] >= 'a' && word[0] <= 'z') word[0] = static_cast<char>(word[0] - 32);
      text += word;
      starts = OneIn(6);
      if (starts) text += paragraphs && OneIn(3) ? ".\n\n" : ". ";
      if (!starts) text += OneIn(12) ? ", " : " ";
    }
    return text;
  }

  testing::TestArticle Article() {
    constexpr std::array<std::string_view, 4> kLanguages = {"en", "en", "es", "vi"};
    testing::TestArticle article;
    // A headline that is never empty keeps every article valid.
    article.headline = Pick(kWords);
    article.headline += " " + Text(5);
    if (OneIn(2)) article.summary = Text(8);
    article.body = Text(32, /*paragraphs=*/true);
    for (uint32_t i = Below(4); i > 0; --i) {
      const std::string text = Text(5);
      article.captions.push_back({text, OneIn(2) ? TwoNames() : ""});
    }
    for (uint32_t i = Below(3); i > 0; --i) {
      std::string tag = Pick(kWords);
      tag += ' ';
      AddValue(tag + Text(1), &article.tags);
    }
    for (uint32_t i = Below(3); i > 0; --i) AddValue(TwoNames(), &article.bylines);
    if (OneIn(2)) article.dateline = TwoNames();
    article.language = Pick(kLanguages);
    article.published = "2024-06-" + std::to_string(10 + Below(20));
    return article;
  }

  // An article has a tag and a name once, however it is spelt.
  static void AddValue(const std::string& value, std::vector<std::string>* values) {
    for (const std::string& other : *values) {
      if (text::FoldValue(other) == text::FoldValue(value)) return;
    }
    values->push_back(value);
  }

  // One call a statement: the order in which operands are evaluated is the compiler's.
  std::string TwoNames() {
    std::string name = Pick(kNames);
    name += ' ';
    return name += Pick(kNames);
  }

  Node Query() {
    if (!OneIn(5)) return Clause();
    Node node{.kind = OneIn(2) ? NodeKind::kAnd : NodeKind::kOr};
    node.children.push_back(Clause());
    node.children.push_back(Clause());
    if (node.kind == NodeKind::kAnd && OneIn(2)) {
      Node negation{.kind = NodeKind::kNot};
      negation.children.push_back(std::move(node.children[1]));
      node.children[1] = std::move(negation);
    }
    return node;
  }

 private:
  using Field = std::optional<FieldId>;

  Field AnyField() {
    constexpr std::array kTextFields = {FieldId::kHeadline, FieldId::kSummary, FieldId::kBody,
                                        FieldId::kCaption,  FieldId::kByline,  FieldId::kCredit,
                                        FieldId::kDateline};
    if (!OneIn(3)) return std::nullopt;
    return kTextFields[Below(kTextFields.size())];
  }

  Node Word(Field field) {
    const bool name =
        field == FieldId::kByline || field == FieldId::kCredit || field == FieldId::kDateline;
    Node word{.field = field, .text = name ? Pick(kNames) : Pick(kWords)};
    switch (Below(8)) {
      case 0:
        word.form = WordForm::kExact;
        break;
      case 1:
        word.form = WordForm::kPrefix;
        word.text = Pick(kStarts);
        break;
      case 2:
        word.form = WordForm::kFuzzy;
        word.text = Pick(kMisspelt);
        word.distance = static_cast<int>(Below(3));
        break;
      default:
        break;
    }
    return word;
  }

  Node Phrase(Field field) {
    Node phrase{.kind = NodeKind::kPhrase, .field = field};
    const uint32_t words = 1 + Below(3);
    for (uint32_t i = 0; i < words; ++i) phrase.children.push_back(Word(field));
    if (OneIn(2)) phrase.distance = 1 + static_cast<int>(Below(4));
    return phrase;
  }

  Node WordOrPhrase(Field field) { return OneIn(3) ? Phrase(field) : Word(field); }

  Node Near(Field field) {
    Node near{.kind = NodeKind::kNear, .field = field, .ordered = OneIn(2)};
    switch (Below(4)) {
      case 0:
        near.unit = NearUnit::kSentence;
        break;
      case 1:
        near.unit = NearUnit::kParagraph;
        break;
      default:
        near.distance = 1 + static_cast<int>(Below(6));
        break;
    }
    const uint32_t operands = OneIn(3) ? 3 + Below(2) : 2;
    for (uint32_t i = 0; i < operands; ++i) {
      if (!OneIn(3)) {
        near.children.push_back(WordOrPhrase(field));
        continue;
      }
      Node group{.kind = NodeKind::kOr};
      for (uint32_t j = 2 + Below(2); j > 0; --j) group.children.push_back(WordOrPhrase(field));
      near.children.push_back(std::move(group));
    }
    return near;
  }

  Node Clause() {
    const Field field = AnyField();
    switch (Below(5)) {
      case 0:
        return Word(field);
      case 1:
      case 2:
        return Phrase(field);
      default:
        return Near(field);
    }
  }

  std::mt19937 random_;
};

class TokenPropertyTest : public SearchFixture {
 protected:
  // 60 articles in base; live has newer versions of some of them and some of its own.
  void Fill(RandomNews& news) {
    for (int i = 0; i < 60; ++i) Keep("b" + std::to_string(i), news, &TokenPropertyTest::Add);
    for (int i = 0; i < 20; ++i) {
      const std::string id = (i < 10 ? "b" : "l") + std::to_string(i);
      Keep(id, news, &TokenPropertyTest::AddToLive);
    }
  }

  std::set<std::string> Found(const std::string& query, bool ranked) {
    v1::SearchArticlesRequest request = Request(query);
    request.set_sort(ranked ? v1::SORT_ORDER_RELEVANCE : v1::SORT_ORDER_NEWEST);
    request.set_page_size(100);
    request.mutable_read_mask()->add_paths("id");
    std::set<std::string> ids;
    const v1::SearchArticlesResponse response = Answer(request);
    for (const v1::Hit& hit : response.hits()) ids.insert(hit.article().id());
    return ids;
  }

  std::set<std::string> Expected(const Node& query) {
    const std::vector<std::string> languages = searcher().generation().manifest().QueryLanguages();
    PlainSearch search(analyzer_, languages, query);
    std::set<std::string> ids;
    for (const auto& [id, article] : articles_) {
      if (search.Matches(article)) ids.insert(id);
    }
    return ids;
  }

  text::Analyzer analyzer_;

 private:
  void Keep(const std::string& id, RandomNews& news,
            void (TokenPropertyTest::*add)(const std::string&, const Article&)) {
    const Article article = news.Article();
    (this->*add)(id, article);
    articles_[id] = ReadPlain(analyzer_, testing::MakeArticle(id, article));
  }

  std::map<std::string, PlainArticle> articles_;
};

TEST_F(TokenPropertyTest, FindsWhatTryingEveryCombinationFinds) {
  const uint32_t seed = testing::FromEnvironment("BROADSHEET_PROPERTY_SEED", 20240619);
  const uint32_t queries = testing::FromEnvironment("BROADSHEET_PROPERTY_QUERIES", 1000);
  std::cout << "BROADSHEET_PROPERTY_SEED=" << seed << ", " << queries << " queries\n";
  RandomNews news(seed);
  Fill(news);
  uint32_t with_hits = 0;
  uint32_t with_live_hits = 0;
  for (uint32_t i = 0; i < queries; ++i) {
    const Node query = news.Query();
    const std::string typed = ToString(query);
    const std::set<std::string> expected = Expected(query);
    ASSERT_EQ(Found(typed, /*ranked=*/i % 2 == 0), expected)
        << "query " << i << " of seed " << seed << ": " << typed;
    with_hits += expected.empty() ? 0 : 1;
    with_live_hits += std::any_of(expected.begin(), expected.end(),
                                  [](const std::string& id) { return id[0] == 'l'; })
                          ? 1
                          : 0;
  }
  // Neither side is trivially empty.
  EXPECT_GT(with_hits, queries / 4);
  EXPECT_GT(with_live_hits, queries / 10);
}

}  // namespace
}  // namespace broadsheet::query
