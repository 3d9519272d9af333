// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/sources/wording/date_line.h"

#include <algorithm>
#include <array>

#include "absl/container/flat_hash_set.h"
#include "engine/text/fold.h"
#include "indexer/sources/wording/words.h"

namespace broadsheet::sources::page {
namespace {

template <size_t kCount>
bool StartsWithOneOf(std::string_view line, const std::array<std::string_view, kCount>& words) {
  return std::any_of(words.begin(), words.end(),
                     [&](std::string_view word) { return StartsWithIgnoringCase(line, word); });
}

using WordSet = absl::flat_hash_set<absl::string_view>;

// Folded words beside dates that are not those of a page.
const WordSet& OtherDateWords() {
  static const auto* const kWords = new WordSet{
      "born",      "birth",     "birthday", "died",     "death",     "deceased",   "founded",
      "since",     "expires",   "expired",  "expiry",   "deadline",  "until",      "valid",
      "copyright", "rights",    "founded",  "geb",      "geboren",   "geburtstag", "gestorben",
      "gegrundet", "seit",      "bis",      "gultig",   "rechte",    "ne",         "nee",
      "naissance", "mort",      "morte",    "decede",   "decedee",   "fonde",      "fondee",
      "depuis",    "jusqu",     "droits",   "nacido",   "nacida",    "nacio",      "murio",
      "fallecido", "fallecida", "fundado",  "fundada",  "hasta",     "derechos",   "nato",
      "nata",      "nascita",   "morto",    "fondato",  "fondata",   "diritti",    "nascido",
      "nascida",   "nasceu",    "morreu",   "direitos", "overleden", "sinds",      "opgericht",
      "rechten",   "fodt",      "fodd",     "dod",      "urodzony",  "urodzona",   "zmarl",
      "narozen",   "narozena",  "dogum",    "lahir"};
  return *kWords;
}

}  // namespace

bool SaysUpdated(std::string_view line) {
  constexpr auto kUpdated = std::to_array<std::string_view>(
      {"updated",      "last updated",         "last modified", "modified",
       "aktualisiert", "zuletzt aktualisiert", "akt.",          "mis à jour",
       "mise à jour",  "actualizado",          "atualizado",    "aggiornato",
       "oppdatert",    "uppdaterad",           "opdateret",     "bijgewerkt",
       "aktualizov",   "zaktualizowano",       "güncelleme",    "diperbarui"});
  return StartsWithOneOf(line, kUpdated);
}

bool SaysPublished(std::string_view line) {
  constexpr auto kPublished = std::to_array<std::string_view>({"published",
                                                               "first published",
                                                               "posted",
                                                               "date",
                                                               "released",
                                                               "issued",
                                                               "veröffentlicht",
                                                               "erschienen",
                                                               "stand",
                                                               "vom ",
                                                               "datum",
                                                               "publié",
                                                               "posté",
                                                               "mis en ligne",
                                                               "paru",
                                                               "publicado",
                                                               "publicada",
                                                               "fecha",
                                                               "pubblicato",
                                                               "pubblicata",
                                                               "data",
                                                               "postado",
                                                               "gepubliceerd",
                                                               "geplaatst",
                                                               "publiceret",
                                                               "publisert",
                                                               "publicera",
                                                               "julkaistu",
                                                               "opublikowano",
                                                               "dodano",
                                                               "publikováno",
                                                               "vydáno",
                                                               "zveřejněno",
                                                               "yayın",
                                                               "diterbitkan",
                                                               "dipublikasikan",
                                                               "発行",
                                                               "公開",
                                                               "发布",
                                                               "發布",
                                                               "입력"});
  return StartsWithOneOf(line, kPublished);
}

bool TellsOtherDate(std::string_view line) {
  constexpr std::string_view kDagger = "\xe2\x80\xa0";
  constexpr std::string_view kCopyrightSign = "\xc2\xa9";
  if (line.find(kDagger) != line.npos || line.find(kCopyrightSign) != line.npos) return true;
  if (line.starts_with('*') || line.find("(c)") != line.npos || line.find("(*") != line.npos) {
    return true;
  }
  for (const std::string_view word : Words(line)) {
    const std::string folded = text::FoldValue(StripMarks(word));
    if (OtherDateWords().contains(absl::string_view(folded))) return true;
  }
  return false;
}

}  // namespace broadsheet::sources::page
