// SPDX-License-Identifier: GPL-3.0-or-later
// What a highlighter lights is exactly what the analyser and the matcher say matches. The slow way
// is kept here: analyse every text again, match its tokens one by one, and take each token's own
// bytes.
#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <string>
#include <tuple>
#include <vector>

#include "engine/indexing/document/document_terms.h"
#include "engine/query/highlight/highlighter.h"
#include "engine/schema/article_texts.h"
#include "engine/storage/base/token_run.h"
#include "engine/text/graphemes.h"
#include "tests/testing/packed_run.h"
#include "tests/testing/status_matchers.h"

namespace broadsheet::query {
namespace {

using schema::FieldId;

constexpr uint64_t kAgreementSeed = 42;

// A query as lists of words: one word, or a phrase.
struct AskedWords {
  FieldMask fields = DefaultFields();
  std::vector<std::string> words;
  bool exact = false;
};

TokenConstraint ConstraintOf(text::Analyzer& analyzer, const AskedWords& asked) {
  PhrasePattern phrase;
  for (const std::string& text : asked.words) {
    for (const text::QueryWord& found : text::AnalyzeQuery(analyzer, text, {"en"})) {
      WordPattern word;
      if (asked.exact) {
        word.exact.push_back(storage::HashTerm(found.exact, kAgreementSeed));
      } else {
        for (const std::string& term : found.terms) {
          word.terms.push_back(storage::HashTerm(term, kAgreementSeed));
        }
      }
      phrase.words.push_back(std::move(word));
    }
  }
  return {.fields = asked.fields, .operands = {{std::move(phrase)}}};
}

// Every form at a position of one text.
struct Form {
  uint32_t term;
  uint32_t exact;
  TextRange range;
};
using Forms = std::vector<std::vector<Form>>;

Forms FormsOf(text::Analyzer& analyzer, const schema::ArticleText& text,
              const std::string& language) {
  Forms forms;
  const auto stemmed_in = schema::StemLanguage(schema::FieldOf(text.field), language);
  analyzer.Analyze(text.text, stemmed_in, [&forms](const text::Token& token) {
    if (forms.size() <= token.position) forms.resize(token.position + 1);
    forms[token.position].push_back({storage::HashTerm(token.term, kAgreementSeed),
                                     storage::HashTerm(token.exact, kAgreementSeed),
                                     {token.begin, token.end}});
  });
  return forms;
}

const Form* Accepted(const WordPattern& word, const std::vector<Form>& forms) {
  const auto has = [](const std::vector<uint32_t>& hashes, uint32_t hash) {
    return std::find(hashes.begin(), hashes.end(), hash) != hashes.end();
  };
  for (const Form& form : forms) {
    if (has(word.terms, form.term) || has(word.exact, form.exact)) return &form;
  }
  return nullptr;
}

// A word by itself is lit in every form that matched; a phrase ends where the first such form does.
void AddLit(const PhrasePattern& phrase, const Forms& forms, std::vector<TextRange>* lit) {
  if (phrase.words.size() == 1) {
    for (const std::vector<Form>& word : forms) {
      for (const Form& form : word) {
        if (Accepted(phrase.words[0], {form}) != nullptr) lit->push_back(form.range);
      }
    }
    return;
  }
  for (size_t at = 0; at + phrase.words.size() <= forms.size(); ++at) {
    const Form* first = nullptr;
    const Form* last = nullptr;
    bool all = true;
    for (size_t i = 0; i < phrase.words.size() && all; ++i) {
      last = Accepted(phrase.words[i], forms[at + i]);
      if (i == 0) first = last;
      all = last != nullptr;
    }
    if (all) lit->push_back({first->range.begin, last->range.end});
  }
}

// Which bytes of a text are lit.
std::vector<bool> SlowlyLit(const schema::ArticleText& text, const Forms& forms,
                            const std::vector<TokenConstraint>& constraints) {
  std::vector<TextRange> lit;
  for (const TokenConstraint& constraint : constraints) {
    if ((constraint.fields & MaskOf(text.field)) == 0) continue;
    AddLit(constraint.operands[0][0], forms, &lit);
  }
  text::Graphemes graphemes;
  std::vector<bool> bytes(text.text.size(), false);
  for (const TextRange& range : lit) {
    const size_t end = graphemes.CutAfter(text.text, range.end);
    for (size_t i = graphemes.CutBefore(text.text, range.begin); i < end; ++i) bytes[i] = true;
  }
  return bytes;
}

// Names as Fragment has them.
std::tuple<std::string, int> FragmentName(const schema::ArticleText& text) {
  const char* name = text.field == FieldId::kHeadline  ? "headline"
                     : text.field == FieldId::kSummary ? "summary"
                     : text.field == FieldId::kBody    ? "body"
                     : text.field == FieldId::kCaption ? "captions"
                     : text.field == FieldId::kCredit  ? "credits"
                     : text.field == FieldId::kTag     ? "tags"
                     : text.field == FieldId::kByline  ? "bylines"
                                                       : "dateline";
  return {name, text.index};
}

class RandomTexts {
 public:
  explicit RandomTexts(unsigned seed) : random_(seed) {}

  size_t Below(size_t count) {
    return std::uniform_int_distribution<size_t>(0, count - 1)(random_);
  }
  std::string Word() { return std::string(kTextWords[Below(std::size(kTextWords))]); }
  std::string Text(size_t most) {
    std::string text;
    for (size_t left = Below(most + 1); left > 0; --left) {
      text += Word();
      text += kTextGaps[Below(std::size(kTextGaps))];
    }
    return text;
  }
  v1::Article Article() {
    v1::Article article;
    article.set_id("a");
    article.set_language("en");
    article.set_headline(Text(8));
    article.set_summary(Text(12));
    article.set_body(Text(60));
    for (size_t i = Below(3); i > 0; --i) {
      v1::Caption* caption = article.add_captions();
      caption->set_text(Text(10));
      caption->set_credit(Text(3));
    }
    if (Below(2) == 0) article.add_tags(Word());
    if (Below(2) == 0) article.add_bylines()->set_name(Word() + " " + Word());
    if (Below(2) == 0) article.set_dateline(Text(4));
    return article;
  }
  AskedWords Query() {
    constexpr FieldId kAskableFields[] = {FieldId::kHeadline, FieldId::kBody,   FieldId::kCaption,
                                          FieldId::kCredit,   FieldId::kByline, FieldId::kDateline};
    AskedWords asked;
    if (Below(4) == 0) asked.fields = MaskOf(kAskableFields[Below(std::size(kAskableFields))]);
    asked.exact = Below(5) == 0;
    for (size_t i = Below(4) == 0 ? 2 : 1; i > 0; --i) asked.words.push_back(Word());
    return asked;
  }

 private:
  static constexpr std::string_view kTextWords[] = {
      "vote",
      "Votes",
      "voting",
      "COVID-19",
      "covid19",
      "19",
      "U.S.",
      "us",
      "AT&T",
      "att",
      "#MeToo",
      "metoo",
      "C++",
      "café",
      "cafe",
      "O’Brien",
      "brien",
      "1,000",
      "1000",
      "the",
      "of",
      "北京大学",
      "大学",
      "ที่นี่กำ",
      "กำ",
      "북한이",
      "हिन्दी",
      "👩‍👩‍👧",
      "ﬁnance",
      "e‑mail",
      "jane@a.com",
      "www.x.org/votes",
      "US",
      "US-led",
      "LA",
      "2½",
      "1/2",
      "1980's",
      "Ph.D.",
      "צה״ל",
      "צהל",
      "臺灣",
      "台湾",
      "everybodywhoeverstoodinaqueueforaferryinthefogknowswhatthismeansforuspassengers"};
  static constexpr std::string_view kTextGaps[] = {" ",    " ",  " ",  ", ", ". ",
                                                   "\n\n", " “", "” ", "—",  ""};

  std::mt19937 random_;
};

TEST(HighlightAgreementTest, LightsExactlyWhatTheAnalyserAndTheMatcherSay) {
  constexpr int kRounds = 3000;
  RandomTexts texts(20240619);
  text::Analyzer analyzer;
  indexing::DocumentAnalyzer indexer(kAgreementSeed, "");
  base::CallControl call;
  base::Deadline deadline(call);
  int lit_texts = 0;
  for (int round = 0; round < kRounds && !::testing::Test::HasFailure(); ++round) {
    const v1::Article article = texts.Article();
    CompiledQuery query;
    std::vector<TokenConstraint> constraints;
    for (size_t i = texts.Below(3) + 1; i > 0; --i) {
      constraints.push_back(ConstraintOf(analyzer, texts.Query()));
      if (constraints.back().operands[0][0].words.empty()) {
        constraints.pop_back();  // an emoji is no word
        continue;
      }
      query.highlights.push_back({.constraint = constraints.back(), .weight = 1});
    }
    v1::Article shown = article;
    Highlighter highlighter(analyzer, query, {.max_fragments = 20, .fragment_chars = 1000},
                            deadline);
    const auto fragments =
        highlighter.Fragments(shown, testing::PackedRun(indexer.Analyze(article).tokens),
                              [](std::string*) { return absl::OkStatus(); });
    ASSERT_THAT(fragments, testing::IsOk()) << article.DebugString();

    for (const schema::ArticleText& text : schema::TextsOf(article)) {
      const std::vector<bool> expected =
          SlowlyLit(text, FormsOf(analyzer, text, article.language()), constraints);
      std::vector<bool> lit(text.text.size(), false);
      for (const v1::Fragment& fragment : *fragments) {
        if (std::tuple(fragment.field(), fragment.index()) != FragmentName(text)) continue;
        // None of these texts is longer than a fragment.
        ASSERT_FALSE(fragment.clipped_start() || fragment.clipped_end()) << text.text;
        size_t at = 0;
        for (const v1::Segment& segment : fragment.segments()) {
          const auto begin = lit.begin() + static_cast<std::ptrdiff_t>(at);
          at += segment.text().size();
          ASSERT_LE(at, lit.size());
          std::fill(begin, lit.begin() + static_cast<std::ptrdiff_t>(at), segment.matched());
        }
        ASSERT_EQ(at, lit.size());
      }
      EXPECT_EQ(lit, expected) << text.text;
      lit_texts += std::count(expected.begin(), expected.end(), true) > 0 ? 1 : 0;
    }
  }
  EXPECT_GT(lit_texts, kRounds / 2) << "most rounds must light something";
}

}  // namespace
}  // namespace broadsheet::query
