// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/engine/query/invariants/author.h"

#include <algorithm>
#include <array>
#include <sstream>
#include <string_view>
#include <utility>

#include "tests/engine/query/invariants/gazette.h"

namespace broadsheet::query::invariants {
namespace {

using schema::FieldId;

constexpr std::array<std::string_view, 9> kDates = {"2024",       "2024-06",   "2024-06-19",
                                                    "2024-07",    "yesterday", "2w",
                                                    "2023-12-31", "1m",        "2024-06-30"};
constexpr std::array<std::string_view, 5> kSpans = {"none", "2024-05..2024-06", "..2023",
                                                    "2024-06-19..", "2024-06-19..2024-07-01"};
constexpr std::array<std::string_view, 40> kPieces = {
    "(",    ")",     "\"",      "“",         "”",          "-",
    "NOT ", " OR ",  " AND ",   "*",         "~",          "~9",
    "=",    ":",     "\\",      " NEAR/5 ",  "NEAR/",      " ADJ/s ",
    "tag:", "date:", "capton:", "headline:", "headline:(", "\"\"",
    "()",   "\xFF",  "\xC3",    "\u200F",    "\u0301",     "👩‍👩‍👧",
    "ǅ",    "ﬁ",     "ı",       "\u00AD",    "\uFEFF",     "北",
    "«",    "!",     "&&",      "\u2028"};

// Split at spaces, without the signs that end sentences.
std::vector<std::string> WordsIn(const std::string& text) {
  std::vector<std::string> words;
  std::istringstream in(text);
  for (std::string word; in >> word;) {
    const bool initialism = word.find('.') + 1 < word.size();
    while (!word.empty() && std::string_view(",;?").find(word.back()) != std::string::npos) {
      word.pop_back();
    }
    if (!initialism && word.ends_with('.')) word.pop_back();
    if (!word.empty()) words.push_back(word);
  }
  return words;
}

bool IsAsciiWord(const std::string& text) {
  return std::all_of(text.begin(), text.end(),
                     [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); });
}

std::string Repeat(std::string_view text, size_t times) {
  std::string repeated;
  for (size_t i = 0; i < times; ++i) repeated += text;
  return repeated;
}

}  // namespace

Author::Author(const std::map<std::string, v1::Article>& articles, uint64_t seed) : chance_(seed) {
  const auto add = [this](FieldId field, const std::string& text) {
    std::vector<std::string> words = WordsIn(text);
    if (!words.empty()) texts_.push_back({field, std::move(words)});
  };
  for (const auto& [id, article] : articles) {
    add(FieldId::kHeadline, article.headline());
    add(FieldId::kSummary, article.summary());
    add(FieldId::kBody, article.body());
    for (const v1::Caption& caption : article.captions()) {
      add(FieldId::kCaption, caption.text());
      add(FieldId::kCredit, caption.credit());
    }
    for (const v1::Byline& byline : article.bylines()) add(FieldId::kByline, byline.name());
    add(FieldId::kDateline, article.dateline());
  }
}

Question Author::Ask() {
  constexpr std::array kSorts = {v1::SORT_ORDER_RELEVANCE, v1::SORT_ORDER_RELEVANCE,
                                 v1::SORT_ORDER_NEWEST, v1::SORT_ORDER_OLDEST};
  Question question;
  question.query = chance_.OneIn(3) ? Words() : Query(2);
  question.other = Query(1);
  question.writes_and = chance_.OneIn(2);
  if (chance_.OneIn(3)) question.match = v1::MATCH_MODE_ANY;
  question.sort = chance_.Pick(kSorts);
  question.profile = RankingProfile();
  if (chance_.OneIn(5)) question.filter = Filter();
  question.exact_total = chance_.OneIn(4);
  question.seed = chance_.Seed();
  return question;
}

std::string Author::RankingProfile() {
  constexpr std::array<std::string_view, 4> kProfiles = {"default", "recent", "exact", "plain"};
  return std::string(chance_.Pick(kProfiles));
}

// Some words of one text, as most readers search.
Node Author::Words() {
  const Text& text = AnyText();
  Node words{.kind = NodeKind::kAnd};
  for (size_t i = 1 + chance_.Below(4); i > 0; --i) {
    Node word = Word(chance_.Pick(text.words));
    words.children.push_back(chance_.OneIn(10) ? Leaf() : std::move(word));
  }
  return words.children.size() == 1 ? words.children.front() : words;
}

Node Author::Query(int depth) {
  if (depth == 0 || chance_.OneIn(4)) return Leaf();
  if (chance_.OneIn(8)) return Not(Query(depth - 1));
  Node node{.kind = chance_.OneIn(2) ? NodeKind::kAnd : NodeKind::kOr};
  for (size_t i = 2 + chance_.Below(2); i > 0; --i) {
    Node part = Query(depth - 1);
    // A chain within a chain of its kind is read as one.
    if (part.kind == node.kind) part = Leaf();
    node.children.push_back(chance_.OneIn(6) ? Not(std::move(part)) : std::move(part));
  }
  return node;
}

Node Author::Leaf() {
  const Text& text = AnyText();
  const Field field = FieldOf(text);
  switch (chance_.Below(12)) {
    case 0:
      return Value();
    case 1:
      return Date();
    case 2:
    case 3:
    case 4:
      return Phrase(text, field);
    case 5:
    case 6:
      return Near(text, field);
    default:
      return PlainWord(text, field);
  }
}

Node Author::PlainWord(const Text& text, Field field) {
  Node word{.kind = NodeKind::kWord, .field = field, .text = chance_.Pick(text.words)};
  switch (chance_.Below(8)) {
    case 0:
      word.form = WordForm::kExact;
      return word;
    case 1:
      return Wildcard(std::move(word));
    case 2:
      if (!IsAsciiWord(word.text)) return word;
      word.form = WordForm::kFuzzy;
      word.distance = static_cast<int>(chance_.Below(3));
      return word;
    default:
      return word;
  }
}

Node Author::Wildcard(Node word) {
  if (!IsAsciiWord(word.text) || word.text.size() < 3) return word;
  word.text.resize(2 + chance_.Below(word.text.size() - 2));
  word.form = WordForm::kPrefix;
  return word;
}

// Mostly words that stand so in the text.
Node Author::Phrase(const Text& text, Field field) {
  Node phrase{.kind = NodeKind::kPhrase, .field = field};
  const size_t most = std::min<size_t>(3, text.words.size());
  const size_t count = 1 + chance_.Below(most);
  const size_t first = chance_.Below(text.words.size() - count + 1);
  for (size_t i = 0; i < count; ++i) {
    Node word{.kind = NodeKind::kWord, .field = field, .text = text.words[first + i]};
    if (chance_.OneIn(12)) word = PlainWord(text, field);
    phrase.children.push_back(std::move(word));
  }
  if (chance_.OneIn(3)) phrase.distance = 1 + static_cast<int>(chance_.Below(4));
  return phrase;
}

Node Author::Near(const Text& text, Field field) {
  Node near{.kind = NodeKind::kNear, .field = field, .ordered = chance_.OneIn(2)};
  switch (chance_.Below(4)) {
    case 0:
      near.unit = NearUnit::kSentence;
      break;
    case 1:
      near.unit = NearUnit::kParagraph;
      break;
    default:
      near.distance = 1 + static_cast<int>(chance_.Below(6));
      break;
  }
  const auto side = [&] { return chance_.OneIn(4) ? Phrase(text, field) : PlainWord(text, field); };
  for (size_t i = 2 + (chance_.OneIn(4) ? 1 : 0); i > 0; --i) {
    Node one = side();
    if (chance_.OneIn(5)) one = Or(std::move(one), side());
    near.children.push_back(std::move(one));
  }
  return near;
}

Node Author::Value() {
  Node value{.kind = NodeKind::kValue};
  switch (chance_.Below(4)) {
    case 0:
    case 1:
      value.field = FieldId::kTag;
      value.text = chance_.Pick(Tags());
      break;
    case 2:
      value.field = FieldId::kSection;
      value.text = chance_.Pick(Sections());
      break;
    default:
      value.field = FieldId::kSource;
      value.text = chance_.Pick(Sources());
      break;
  }
  return value;
}

Node Author::Date() {
  Node date{.kind = NodeKind::kDate, .field = FieldId::kDate};
  switch (chance_.Below(4)) {
    case 0:
      date.relation = DateRelation::kFrom;
      break;
    case 1:
      date.relation = DateRelation::kBefore;
      break;
    case 2:
      date.text = chance_.Pick(kSpans);
      return date;
    default:
      break;
  }
  date.text = chance_.Pick(kDates);
  return date;
}

v1::Filter Author::Filter() {
  v1::Filter filter;
  switch (chance_.Below(5)) {
    case 0:
      filter.mutable_tag()->add_any_of(chance_.Pick(Tags()));
      filter.mutable_tag()->add_any_of(chance_.Pick(Tags()));
      break;
    case 1:
      filter.mutable_section()->add_none_of(chance_.Pick(Sections()));
      break;
    case 2:
      filter.mutable_language()->add_any_of(chance_.Pick(Languages()));
      break;
    case 3:
      filter.mutable_published_from()->set_seconds(1'717'200'000);  // 2024-06-01
      filter.set_include_undated(chance_.OneIn(2));
      break;
    default:
      filter.mutable_tag()->add_all_of(chance_.Pick(Tags()));
      filter.mutable_source()->add_any_of(chance_.Pick(Sources()));
      break;
  }
  return filter;
}

const Author::Text& Author::AnyText() { return chance_.Pick(texts_); }

Author::Field Author::FieldOf(const Text& text) {
  const bool in_default = schema::FieldOf(text.field).weight > 0;
  if (in_default && !chance_.OneIn(4)) return std::nullopt;
  return text.field;
}

Question Author::AskBadly() {
  Question question = Ask();
  question.typed = BadText(question);
  return question;
}

std::string Author::BadText(const Question& question) {
  switch (chance_.Below(12)) {
    case 0:
      return Repeat(chance_.Pick(kPieces), chance_.Below(60));
    case 1:
      return Repeat("a OR (", 1 + chance_.Below(40)) + "b";
    case 2:
      return Repeat("ferry ", 1 + chance_.Below(900));
    case 3:
      return Repeat("fe* st* ", 1 + chance_.Below(30));
    case 4:
      return "ferry" + Repeat("x", chance_.Below(300)) + std::string(chance_.Pick(kPieces));
    default:
      break;
  }
  std::string text = TextOf(question);
  for (size_t i = 1 + chance_.Below(3); i > 0; --i) Damage(&text);
  return text;
}

void Author::Damage(std::string* text) {
  const size_t at = chance_.Below(text->size() + 1);
  switch (chance_.Below(4)) {
    case 0:
      text->erase(at, 1 + chance_.Below(4));
      break;
    case 1:
      text->insert(at, text->substr(chance_.Below(text->size() + 1), 1 + chance_.Below(8)));
      break;
    default:
      text->insert(at, chance_.Pick(kPieces));
      break;
  }
}

}  // namespace broadsheet::query::invariants
