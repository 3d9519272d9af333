// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/sources/wording/people/byline_opening.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <string>
#include <vector>

#include "absl/container/flat_hash_set.h"
#include "absl/strings/ascii.h"
#include "absl/strings/str_split.h"
#include "absl/strings/string_view.h"
#include "engine/text/fold.h"
#include "indexer/sources/wording/people/byline_role.h"
#include "indexer/sources/wording/people/byline_table.h"
#include "indexer/sources/wording/word_set.h"
#include "indexer/sources/wording/words.h"

namespace broadsheet::sources::people {
namespace {

using page::FixedWords;

using Phrases = absl::flat_hash_set<std::string>;

void AddPhrases(std::string_view list, Phrases* phrases) {
  if (list.empty()) return;
  for (const absl::string_view phrase :
       absl::StrSplit(absl::string_view(list.data(), list.size()), '|')) {
    phrases->insert(text::FoldValue(std::string_view(phrase.data(), phrase.size())));
  }
}

// The phrases of all languages in one column of the table.
Phrases PhrasesOf(std::string_view BylineLanguage::*column) {
  Phrases phrases;
  for (const BylineLanguage& language : BylineLanguages()) AddPhrases(language.*column, &phrases);
  return phrases;
}

const Phrases& Labels() {
  static const auto* const kPhrases = new Phrases(PhrasesOf(&BylineLanguage::labels));
  return *kPhrases;
}

// What says "by", by itself.
const Phrases& Openings() {
  static const auto* const kPhrases = new Phrases(PhrasesOf(&BylineLanguage::openings));
  return *kPhrases;
}

// Those that say so on pages in `language`, "ro" or "pt-BR".
Phrases OwnOpenings(std::string_view language) {
  Phrases phrases;
  const std::string_view wanted = language.substr(0, language.find_first_of("-_"));
  for (const BylineLanguage& known : BylineLanguages()) {
    if (!wanted.empty() && page::EqualsIgnoringCase(known.language, wanted)) {
      AddPhrases(known.own_openings, &phrases);
    }
  }
  return phrases;
}

// Those that say so only behind a kind of text: "Reportage de".
const FixedWords& OfWords() {
  static const auto* const kWords = new FixedWords("de da du do del van z to fra fran from");
  return *kWords;
}

// Kinds of texts, and what is done with them. Folded.
const FixedWords& KindWords() {
  static const auto* const kWords = new FixedWords(
      "posted written words story stories reported reporting report analysis opinion review "
      "published exclusive post text texts commentary column interview essay article "
      "compiled contributed contribution feature profile told dispatch "
      "kommentar analyse essay reportage rezension glosse portrat interview gastbeitrag "
      "kolumne bericht protokoll protokolliert aufgezeichnet beitrag leitartikel texte "
      "geschrieben verfasst recherche kritik gastkommentar bearbeitung gesprach "
      "texte ecrit publie article chronique analyse tribune enquete entretien recit "
      "reportage recueilli redige billet "
      "texto textos escrito publicado cronica reportaje entrevista analisis articulo columna "
      "informa informe redaccion reportagem texto analise coluna artigo entrevista cronica "
      "scritto articolo testo intervista analisi redazione servizio commento "
      "tekst teksti skrevet skriven intervju analyse kommentar reportage anmeldelse "
      "geschreven interview recensie column kirjoittanut napsal napsala pripravil text "
      "zpracoval tekst opracowanie opracowala rozmowa wywiad haber yazi roportaj ditulis "
      "laporan текст автор материал");
  return *kWords;
}

// Kinds of texts before a colon: "Text:"; "Opinion:" opens headlines. Folded.
const FixedWords& ColonWords() {
  static const auto* const kWords = new FixedWords(
      "words text texts "
      "interview protokoll protokolliert aufgezeichnet geschrieben verfasst recherche "
      "bearbeitung texte ecrit redige recueilli texto textos escrito redaccion testo scritto "
      "redazione tekst teksti skrevet skriven geschreven kirjoittanut napsal napsala pripravil "
      "zpracoval opracowanie opracowala haber yazi ditulis laporan текст материал");
  return *kWords;
}

// Of these and of the kinds of texts a name may follow without a colon: "Napsala Jana Horova".
const FixedWords& BareWords() {
  static const auto* const kWords = new FixedWords(
      "author autor autorin autorin/autor autorka auteur autore yazan penulis napsal napsala "
      "kirjoittanut teksti tekst texto автор текст");
  return *kWords;
}

// Stand between or before the words above: "Ein", "guest", "und".
const FixedWords& FillerWords() {
  static const auto* const kWords = new FixedWords(
      "a an the ein eine einer der die das un une una le la el il guest gast und and et y e i "
      "og och en clanku special original exclusive & photos photo foto fotos "
      "bilder bild photographs fotografie");
  return *kWords;
}

// "ByJane Doe": markup that was put together without a space.
bool IsGluedOpening(std::string_view line) {
  return line.size() > 3 && (line.starts_with("By") || line.starts_with("BY")) &&
         absl::ascii_isupper(static_cast<unsigned char>(line[2])) &&
         absl::ascii_islower(static_cast<unsigned char>(line[3]));
}

// What the words so far have said.
struct OpeningState {
  size_t at = 0;
  bool kind = false;
  // A colon may follow.
  bool author = false;
};

struct OpeningWord {
  std::string folded;
  bool colon = false;
};

OpeningWord ReadOpeningWord(std::string_view word) {
  OpeningWord read;
  for (const std::string_view mark : {":", "："}) {
    if (!word.ends_with(mark)) continue;
    word.remove_suffix(mark.size());
    read.colon = true;
  }
  read.folded = text::FoldValue(word);
  return read;
}

// How many of `words` are an opening; 0 for none.
size_t CountOpeningWords(const std::vector<std::string_view>& words) {
  constexpr size_t kMaxOpeningWords = 6;
  OpeningState state;
  for (; state.at < std::min(words.size(), kMaxOpeningWords); ++state.at) {
    const OpeningWord word = ReadOpeningWord(words[state.at]);
    const size_t after = state.at + 1;
    if (word.folded.empty()) return word.colon && state.author ? after : 0;
    if (Openings().contains(word.folded)) return after;
    if (OfWords().Has(word.folded) && state.kind) return after;
    const bool author = Labels().contains(word.folded);
    const bool kind = KindWords().Has(word.folded);
    if (!author && !kind && !FillerWords().Has(word.folded)) break;
    state.kind = state.kind || kind;
    state.author = state.author || author || ColonWords().Has(word.folded);
    if (word.colon) return state.author ? after : 0;
  }
  const bool bare = state.at == 1 && BareWords().Has(ReadOpeningWord(words.front()).folded);
  return bare ? 1 : 0;
}

// What follows the label before a colon or its like: "Autor des Artikels: ". "" for none.
std::string_view StripLabel(std::string_view line) {
  constexpr auto kColons = std::to_array<std::string_view>({":", "：", "՝", "؛"});
  constexpr size_t kLongestLabel = 64;
  std::string_view rest;
  for (const std::string_view colon : kColons) {
    for (size_t at = line.find(colon); at != line.npos && at <= kLongestLabel;
         at = line.find(colon, at + colon.size())) {
      if (!Labels().contains(text::FoldValue(line.substr(0, at)))) continue;
      rest = page::Trim(line.substr(at + colon.size()));
    }
  }
  return rest;
}

// What follows a label of a script without blanks; behind the word for a reporter up to the place
// that follows the name: "文／田中花子", "記者王小明／台北報導". "" for none.
std::string_view StripUnspacedLabel(std::string_view line) {
  constexpr auto kMarks = std::to_array<std::string_view>(
      {"：", ":", "・", "●", "／", "/", "｜", "|", "＝", "=", "丨", "▪", "◎"});
  constexpr size_t kLongestName = 12;
  constexpr size_t kOneCharacter = 3;
  for (const std::string_view label : UnspacedLabels()) {
    if (!line.starts_with(label)) continue;
    const std::string_view behind = line.substr(label.size());
    std::string_view rest = page::Trim(behind);
    const auto mark = std::find_if(kMarks.begin(), kMarks.end(),
                                   [&](std::string_view known) { return rest.starts_with(known); });
    if (mark != kMarks.end()) rest = page::Trim(rest.substr(mark->size()));
    const bool reporter = label.ends_with("記者") || label.ends_with("记者");
    const size_t place = std::min(rest.find("／"), rest.find('/'));
    if (reporter) rest = page::Trim(rest.substr(0, place));
    const bool blank = behind.starts_with(' ') && label.size() > kOneCharacter;
    const bool name = reporter && place != rest.npos && rest.size() <= kLongestName;
    if (!rest.empty() && (mark != kMarks.end() || blank || name)) return rest;
  }
  return {};
}

// Whether a name may follow: in capitals, or in a script without them.
bool MayBeName(std::string_view text) { return page::IsCapitalised(text) || !page::HasCase(text); }

// What follows the longest opening of several words, or one of the page's language.
std::string_view StripPhrase(const std::vector<std::string_view>& words, std::string_view line,
                             const Phrases& own) {
  constexpr size_t kMostWords = 5;
  constexpr size_t kLongestPhrase = 64;
  for (size_t n = std::min(kMostWords, words.size() - 1); n > 0; --n) {
    if (!MayBeName(words[n])) continue;
    const auto end = static_cast<size_t>(words[n - 1].data() + words[n - 1].size() - line.data());
    if (end > kLongestPhrase) continue;
    const std::string phrase = text::FoldValue(line.substr(0, end));
    if (own.contains(phrase) || Openings().contains(phrase)) return page::Trim(line.substr(end));
  }
  return {};
}

}  // namespace

std::string_view StripOpening(std::string_view line, std::string_view language) {
  if (IsGluedOpening(line)) return line.substr(2);
  if (const std::string_view rest = StripUnspacedLabel(line); !rest.empty()) return rest;
  const std::vector<std::string_view> words = page::Words(line);
  if (words.empty() || OpensPictureCredit(line)) return {};
  if (const std::string_view rest = StripLabel(line); !rest.empty()) return rest;
  if (const std::string_view rest = StripPhrase(words, line, OwnOpenings(language));
      !rest.empty()) {
    return rest;
  }
  const size_t count = CountOpeningWords(words);
  if (count == 0 || count == words.size()) return {};
  std::string_view rest =
      page::Trim(line.substr(static_cast<size_t>(words[count].data() - line.data())));
  // "Rédigé par : Jeanne Dupont"
  while (rest.starts_with(':')) rest = page::Trim(rest.substr(1));
  return rest;
}

bool OpensPictureCredit(std::string_view line) {
  const std::vector<std::string_view> words = page::Words(line);
  if (words.size() < 2) return false;
  const OpeningWord first = ReadOpeningWord(words.front());
  if (!IsPictureWork(first.folded)) return false;
  const OpeningWord second = ReadOpeningWord(words[1]);
  return first.colon || (second.folded.empty() && second.colon) ||
         Openings().contains(second.folded) || OfWords().Has(second.folded);
}

}  // namespace broadsheet::sources::people
