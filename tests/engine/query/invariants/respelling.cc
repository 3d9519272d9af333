// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/engine/query/invariants/respelling.h"

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

#include "engine/query/rank/ranking_profile.h"
#include "engine/text/fold.h"

namespace broadsheet::query::invariants {
namespace {

// Words that are other words, or operators, in capitals or with accents: the only ones.
constexpr std::array<std::string_view, 10> kAsTheyAre = {"us",  "am", "it",  "la",   "who",
                                                         "and", "or", "not", "near", "adj"};

struct Substitute {
  std::string_view plain;
  std::string_view other;
};
// A word has an accent where it is typed with care, and none where it is typed in haste.
constexpr std::array<Substitute, 12> kAccents = {{{"a", "á"},
                                                  {"e", "é"},
                                                  {"i", "ï"},
                                                  {"o", "o\u0301"},
                                                  {"u", "û"},
                                                  {"n", "ñ"},
                                                  {"c", "ç"},
                                                  {"é", "e"},
                                                  {"ñ", "n"},
                                                  {"ó", "o"},
                                                  {"ä", "a\u0308"},
                                                  {"è", "e"}}};
constexpr std::array<Substitute, 10> kCapitals = {{{"é", "É"},
                                                   {"ñ", "Ñ"},
                                                   {"ó", "Ó"},
                                                   {"ä", "Ä"},
                                                   {"ü", "Ü"},
                                                   {"è", "È"},
                                                   {"м", "М"},
                                                   {"и", "И"},
                                                   {"п", "П"},
                                                   {"œ", "Œ"}}};
constexpr std::array<Substitute, 3> kSigns = {{{"-", "\u2010"}, {"-", "\u2011"}, {"'", "\u2019"}}};
constexpr std::array<std::string_view, 5> kSpaces = {"\u00A0", "  ", "\t", "\u3000", " \u00A0 "};
constexpr std::array<std::string_view, 3> kQuotes = {"\u201C", "\u201D", "\u201E"};

std::string Replaced(const std::string& text, std::string_view from, std::string_view to,
                     Chance& chance) {
  std::string replaced;
  size_t at = 0;
  while (at < text.size()) {
    const size_t found = text.find(from, at);
    replaced += text.substr(at, found - at);
    if (found == std::string::npos) break;
    replaced += chance.OneIn(2) ? to : from;
    at = found + from.size();
  }
  return replaced;
}

std::string InAnyCase(std::string text, Chance& chance) {
  const bool shouts = chance.OneIn(3);
  for (char& c : text) {
    if (!shouts && !chance.OneIn(3)) continue;
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
  }
  const Substitute& capital = chance.Pick(kCapitals);
  return Replaced(text, capital.plain, capital.other, chance);
}

// ａｂｃ, of a word of plain letters and digits.
std::string FullWidth(const std::string& text) {
  const bool plain = std::all_of(text.begin(), text.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
  });
  if (!plain) return text;
  std::string wide;
  for (const char c : text) {
    // From U+FF00, as far on as the sign is from the space.
    const unsigned point = 0xFF00U + static_cast<unsigned>(c) - 0x20U;
    wide += static_cast<char>(0xE0U | point >> 12U);
    wide += static_cast<char>(0x80U | (point >> 6U & 0x3FU));
    wide += static_cast<char>(0x80U | (point & 0x3FU));
  }
  return wide;
}

std::string WithOtherAccents(const std::string& text, Chance& chance) {
  const Substitute& accent = chance.Pick(kAccents);
  return Replaced(text, accent.plain, accent.other, chance);
}

std::string Respelt(const std::string& word, bool accents_count, Chance& chance) {
  const std::string folded = text::FoldValue(word);
  if (std::find(kAsTheyAre.begin(), kAsTheyAre.end(), folded) != kAsTheyAre.end()) return word;
  std::string other = word;
  if (chance.OneIn(2)) other = InAnyCase(std::move(other), chance);
  if (!accents_count && chance.OneIn(2)) other = WithOtherAccents(other, chance);
  if (chance.OneIn(3)) {
    const Substitute& sign = chance.Pick(kSigns);
    other = Replaced(other, sign.plain, sign.other, chance);
  }
  return chance.OneIn(6) ? FullWidth(other) : other;
}

// Ids are compared to the letter; languages and dates have one spelling.
bool HasSpellings(const Node& node) {
  return node.kind == NodeKind::kWord ||
         (node.kind == NodeKind::kValue && node.field != schema::FieldId::kId);
}

void RespellWords(Node* node, bool accents_count, Chance& chance) {
  for (Node& child : node->children) RespellWords(&child, accents_count, chance);
  if (!HasSpellings(*node) || chance.OneIn(3)) return;
  const bool as_typed =
      node->kind == NodeKind::kWord &&
      (node->form == WordForm::kExact || (accents_count && node->form == WordForm::kPlain));
  node->text = Respelt(node->text, as_typed, chance);
}

}  // namespace

std::string Respelt(const Question& question, Chance& chance) {
  Question respelt = question;
  // A word has its accents where it is typed, so they count where typed forms do.
  const RankingProfile& profile = *FindRankingProfile(question.profile);
  const bool typed_forms_score = question.is_ranked() && profile.rescored;
  RespellWords(&respelt.query, profile.exact_words || typed_forms_score, chance);
  std::string text = TextOf(respelt);
  if (chance.OneIn(2)) text = Replaced(text, " ", chance.Pick(kSpaces), chance);
  // A quote within a value is escaped, whatever its kind.
  if (text.find('\\') == std::string::npos) {
    text = Replaced(text, "\"", chance.Pick(kQuotes), chance);
  }
  return text;
}

}  // namespace broadsheet::query::invariants
