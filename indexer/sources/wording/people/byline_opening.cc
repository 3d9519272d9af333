// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/sources/wording/people/byline_opening.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <string>
#include <vector>

#include "absl/strings/ascii.h"
#include "engine/text/fold.h"
#include "indexer/sources/wording/people/byline_role.h"
#include "indexer/sources/wording/word_set.h"
#include "indexer/sources/wording/words.h"

namespace broadsheet::sources::people {
namespace {

using page::FixedWords;

// Fixed openings that no rule below reads; the longer of two that fit stands first.
constexpr auto kFixed = std::to_array<std::string_view>({"view all posts by ",
                                                         "more stories by ",
                                                         "more by ",
                                                         "as told to ",
                                                         "propos recueillis par ",
                                                         "a cura di ",
                                                         "Γράφει ο ",
                                                         "Γράφει η ",
                                                         "cuộc viết: ",
                                                         "tác giả: ",
                                                         "取材・文：",
                                                         "取材・文/",
                                                         "文・写真：",
                                                         "文・構成：",
                                                         "作者：",
                                                         "作者:",
                                                         "撰文：",
                                                         "撰文:",
                                                         "撰文／",
                                                         "作家：",
                                                         "記者：",
                                                         "记者：",
                                                         "记者 ",
                                                         "記者 ",
                                                         "文：",
                                                         "文:",
                                                         "文・",
                                                         "文●",
                                                         "文／",
                                                         "文/"});

// Words that say "by", by themselves; folded.
const FixedWords& ByWords() {
  static const auto* const kWords =
      new FixedWords("by von par por di door av af przez oleh boi بقلم מאת");
  return *kWords;
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

// Who wrote: a name follows the colon. Folded.
const FixedWords& AuthorWords() {
  static const auto* const kWords = new FixedWords(
      "author authors writer writers autor autoren autorin autorinnen autorin/autor autor/in "
      "autor:in auteur auteurs autrice autores autora autoras autore autori forfatter "
      "skribent kirjoittaja autorka autorzy yazan yazar penulis reporter journalist journaliste "
      "periodista giornalista redakteur redakteurin автор كتب كتبت");
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
    if (ByWords().Has(word.folded)) return after;
    if (OfWords().Has(word.folded) && state.kind) return after;
    const bool author = AuthorWords().Has(word.folded);
    const bool kind = KindWords().Has(word.folded);
    if (!author && !kind && !FillerWords().Has(word.folded)) break;
    state.kind = state.kind || kind;
    state.author = state.author || author || ColonWords().Has(word.folded);
    if (word.colon) return state.author ? after : 0;
  }
  const bool bare = state.at == 1 && BareWords().Has(ReadOpeningWord(words.front()).folded);
  return bare ? 1 : 0;
}

}  // namespace

std::string_view StripOpening(std::string_view line) {
  if (IsGluedOpening(line)) return line.substr(2);
  for (const std::string_view opening : kFixed) {
    if (page::StartsWithIgnoringCase(line, opening)) {
      return page::Trim(line.substr(opening.size()));
    }
  }
  const std::vector<std::string_view> words = page::Words(line);
  if (words.empty() || OpensPictureCredit(line)) return {};
  const size_t count = CountOpeningWords(words);
  if (count == 0 || count == words.size()) return {};
  return page::Trim(line.substr(static_cast<size_t>(words[count].data() - line.data())));
}

bool OpensPictureCredit(std::string_view line) {
  const std::vector<std::string_view> words = page::Words(line);
  if (words.size() < 2) return false;
  const OpeningWord first = ReadOpeningWord(words.front());
  if (!IsPictureWork(first.folded)) return false;
  const OpeningWord second = ReadOpeningWord(words[1]);
  return first.colon || (second.folded.empty() && second.colon) || ByWords().Has(second.folded) ||
         OfWords().Has(second.folded);
}

}  // namespace broadsheet::sources::people
