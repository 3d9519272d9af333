// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/sources/wording/tag_label.h"

#include <algorithm>
#include <array>
#include <string>
#include <vector>

#include "absl/strings/str_join.h"
#include "indexer/sources/wording/word_set.h"
#include "indexer/sources/wording/words.h"

namespace broadsheet::sources::page {
namespace {

// Folded. How words of labels start, in the languages of the papers that we know of.
constexpr auto kTagLabelWords = std::to_array<std::string_view>(
    {"topic",      "tags",     "tagged",   "keyword", "subject",  "thema",    "themen", "themes",
     "sujets",     "motscl",   "mots-cl",  "mots",    "temas",    "tema",     "temi",   "temat",
     "temata",     "tagi",     "schlag",   "stichw",  "etiquet",  "etichett", "etiket", "trefwoord",
     "onderwerp",  "argoment", "emne",     "amne",    "avainsan", "aihe",     "klicov", "stitky",
     "cimk",       "konular",  "anahtar",  "теги",    "тэги",     "темы",     "тема",   "теми",
     "метки",      "ключев",   "ετικετ",   "关键词",  "標籤",     "标签",     "關鍵字", "タグ",
     "キーワード", "関連",     "ジャンル", "태그",    "키워드",   "الكلمات",  "وسوم",   "תגיות",
     "filed"});

// The whole line, folded, without marks at its ends.
constexpr auto kTagLabelLines = std::to_array<std::string_view>(
    {"more on",         "more about",    "more on this",       "more in",        "more",
     "in this article", "in this story", "published under",    "posted in",      "read more about",
     "read more on",    "explore",       "explore more",       "mehr zu",        "mehr uber",
     "mehr zum thema",  "plus sur",      "en savoir plus sur", "mas sobre",      "mais sobre",
     "piu su",          "mer om",        "meer over",          "lisaa aiheesta", "orte",
     "people",          "places",        "companies",          "organisations",  "organizations",
     "categories",      "category",      "kategorie",          "kategorien"});

std::string_view WithoutBullet(std::string_view label) {
  for (const std::string_view bullet : {"■", "▼", "●", "◆", "▶", "•"}) {
    if (label.starts_with(bullet)) return Trim(label.substr(bullet.size()));
  }
  return label;
}

}  // namespace

bool IsTagLabel(std::string_view label) {
  const std::string_view bare = WithoutBullet(label);
  const std::vector<std::string> words = FoldedWords(bare);
  const bool word =
      std::any_of(kTagLabelWords.begin(), kTagLabelWords.end(), [&](std::string_view start) {
        // Folding changes some characters of Han.
        return bare.starts_with(start) ||
               std::any_of(words.begin(), words.end(),
                           [&](const std::string& each) { return each.starts_with(start); });
      });
  return word || IsOneOf(absl::StrJoin(words, " "), kTagLabelLines);
}

}  // namespace broadsheet::sources::page
