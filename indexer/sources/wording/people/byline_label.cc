// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/sources/wording/people/byline_label.h"

#include <algorithm>
#include <array>
#include <string>
#include <vector>

#include "absl/strings/ascii.h"
#include "engine/text/fold.h"
#include "indexer/sources/wording/page_date.h"
#include "indexer/sources/wording/people/byline_line.h"
#include "indexer/sources/wording/word_set.h"
#include "indexer/sources/wording/words.h"

namespace broadsheet::sources::people {
namespace {

using page::FixedWords;

// Folded. A text of nothing but these is a label; a name may have some of them.
const FixedWords& LabelWords() {
  static const auto* const kWords = new FixedWords(
      "about uber sobre posted published written updated edited created reviewed reported "
      "submitted modified "
      "last first on in at by from the a an and of filed under with article story text words "
      "date time author authors writer writers contributor contributors byline read reading "
      "min mins minute minutes hour hours ago day days week weeks month months year years "
      "today yesterday comments comment views view shares share likes photos photo video "
      "veroffentlicht erschienen geschrieben verfasst aktualisiert erstellt bearbeitet "
      "publiziert eingestellt gepostet am um im von vom durch der die das den dem uhr stand "
      "zuletzt lesezeit lesedauer minuten stunden vor autor autorin autoren autorinnen "
      "verfasser kategorie datum heute gestern kommentare kommentar publie publiee poste "
      "postee ecrit ecrite redige redigee mis mise jour le la les dans par du de des et "
      "auteur auteurs lecture heures temps il y signe aujourd hui hier commentaires modifie "
      "cree publicado publicada escrito escrita redactado actualizado creado el en por las "
      "los lectura minutos hace horas hoy ayer fecha autores comentarios postado atualizado "
      "em as os pelo pela leitura ha ontem hoje autoria pubblicato pubblicata scritto "
      "scritta aggiornato creato da dal di alle ore cura lettura minuti fa oggi ieri autore "
      "autori commenti geplaatst gepubliceerd geschreven bijgewerkt gewijzigd door op "
      "leestijd geleden vandaag gisteren reacties publiceret publisert publicerad publicerat "
      "skrevet skriven oppdatert opdateret uppdaterad uppdaterat postet af av kl klokken "
      "klockan lestid laesetid lastid forfatter forfattare journalist tekst foto i dag "
      "julkaistu kirjoittanut paivitetty kirjoittaja publikovano vydano zverejneno "
      "aktualizovano napsal napsala dne v opublikowano zaktualizowano dodano napisal "
      "napisala przez dnia autorzy data yayinlandi yayinlanma yayin guncellendi guncelleme "
      "yazan yazar tarafindan tarih tarihi saat diterbitkan dipublikasikan ditulis "
      "diperbarui oleh pada penulis tanggal "
      "zum zur unsere unser meet bio profile profil propos l'auteur l'autrice d'auteur sobre "
      "autora autoras sull'autore sull'autrice over auteurs om forfatteren forfattaren "
      "publicat actualizat frissitve megjelent обновлено опубликовано оновлено опубліковано "
      "обновен обновена публикувано ажурирано објављено azurirano objavljeno objavljen "
      "posodobljeno ενημερωθηκε ενημερωση δημοσιευτηκε δημοσιευθηκε δημοσιευση kozzeteve "
      "uppdaterat paivitetty atnaujinta publicerad "
      "skribenten journalisten o autorovi autorze hakkinda tentang kirjoittajasta about-author");
  return *kWords;
}

// Those that are said of pages: a label with a date begins with one of them.
const FixedWords& OpeningWords() {
  static const auto* const kWords = new FixedWords(
      "posted published written updated created submitted modified filed "
      "veroffentlicht erschienen geschrieben verfasst aktualisiert erstellt publiziert "
      "gepostet publie publiee poste postee ecrit ecrite redige redigee mis mise publicado "
      "publicada escrito escrita redactado actualizado creado postado atualizado pubblicato "
      "pubblicata scritto scritta aggiornato geplaatst gepubliceerd geschreven bijgewerkt "
      "publiceret publisert publicerad publicerat skrevet skriven oppdatert opdateret "
      "uppdaterad uppdaterat julkaistu publikovano vydano opublikowano dodano yayinlandi "
      "publicat actualizat frissitve megjelent обновлено опубликовано оновлено опубліковано "
      "обновен обновена публикувано ажурирано објављено azurirano objavljeno objavljen "
      "posodobljeno ενημερωθηκε ενημερωση δημοσιευτηκε δημοσιευθηκε δημοσιευση kozzeteve "
      "uppdaterat paivitetty atnaujinta publicerad "
      "diterbitkan dipublikasikan ditulis diperbarui");
  return *kWords;
}

// Small words, which names have as well.
const FixedWords& Particles() {
  static const auto* const kWords = new FixedWords(
      "a af alle am an and as at av by da das de dem den der des di die dnia du door durch "
      "el em en et from i il im in la las le les los of oleh on op os pada par pela pelo por "
      "przez the um under v vom von vor w with y");
  return *kWords;
}

// Days of the week in the languages of bylines, folded.
const FixedWords& DayNames() {
  static const auto* const kWords = new FixedWords(
      "monday tuesday wednesday thursday friday saturday sunday montag dienstag mittwoch "
      "donnerstag freitag samstag sonnabend sonntag lundi mardi mercredi jeudi vendredi "
      "samedi dimanche lunes martes miercoles jueves viernes sabado domingo segunda-feira "
      "terca-feira quarta-feira quinta-feira sexta-feira lunedi martedi mercoledi giovedi "
      "venerdi sabato domenica maandag dinsdag woensdag donderdag vrijdag zaterdag zondag "
      "mandag tirsdag onsdag torsdag fredag lordag sondag");
  return *kWords;
}

// Accounts that a program has before anybody writes with it, and that say nothing of who wrote.
bool IsProgramsAccount(const std::string& folded) {
  constexpr auto kAccounts = std::to_array<std::string_view>({"www-data",
                                                              "www data",
                                                              "noreply",
                                                              "no-reply",
                                                              "no reply",
                                                              "donotreply",
                                                              "no author",
                                                              "author unknown",
                                                              "unknown author",
                                                              "email protected",
                                                              "our correspondent",
                                                              "from our correspondent",
                                                              "notre correspondant",
                                                              "de notre correspondant",
                                                              "de notre correspondante",
                                                              "de notre envoye special",
                                                              "von unserem korrespondenten",
                                                              "von unserer korrespondentin",
                                                              "dal nostro inviato",
                                                              "da nostro inviato",
                                                              "dal nostro corrispondente",
                                                              "de nuestro corresponsal",
                                                              "de nuestra corresponsal",
                                                              "van onze correspondent",
                                                              "van onze verslaggever",
                                                              "fran var korrespondent",
                                                              "fra var korrespondent",
                                                              "od naszego korespondenta",
                                                              "do nosso correspondente",
                                                              "admin",
                                                              "admins",
                                                              "administrator",
                                                              "administrateur",
                                                              "administrador",
                                                              "amministratore",
                                                              "beheerder",
                                                              "super user",
                                                              "superuser",
                                                              "superadmin",
                                                              "root",
                                                              "user",
                                                              "webmaster",
                                                              "web admin",
                                                              "site admin",
                                                              "siteadmin",
                                                              "wp admin",
                                                              "wp-admin",
                                                              "super-user",
                                                              "site-admin",
                                                              "web-admin",
                                                              "wpadmin",
                                                              "wordpress",
                                                              "default",
                                                              "moderator",
                                                              "system",
                                                              "guest",
                                                              "gast",
                                                              "invite",
                                                              "invitado",
                                                              "anonymous",
                                                              "anonym",
                                                              "anonyme",
                                                              "anonimo",
                                                              "unknown",
                                                              "unbekannt",
                                                              "inconnu",
                                                              "desconocido",
                                                              "undefined",
                                                              "null",
                                                              "none",
                                                              "n/a",
                                                              "作者",
                                                              "作者：",
                                                              "记者",
                                                              "記者",
                                                              "编辑",
                                                              "編集部員",
                                                              "来源"});
  return IsOneOf(folded, kAccounts);
}

bool IsNumber(std::string_view word) {
  return std::all_of(word.begin(), word.end(), [](unsigned char c) {
    return absl::ascii_isdigit(c) || absl::ascii_ispunct(c);
  });
}

// "Posted", "am", "3", "Montag".
bool IsLabelWord(const std::string& folded) {
  return IsNumber(folded) || LabelWords().Has(folded) || DayNames().Has(folded) ||
         Particles().Has(folded);
}

// "min read", in the same word as the number: "3min", "5mins".
std::string WithoutNumber(const std::string& folded) {
  size_t digits = 0;
  while (digits < folded.size() &&
         absl::ascii_isdigit(static_cast<unsigned char>(folded[digits]))) {
    ++digits;
  }
  return digits == 0 || digits == folded.size() ? folded : folded.substr(digits);
}

// What a button beside a name says: "Jane Doe Share".
bool IsButtonWord(const std::string& folded) {
  constexpr auto kButtons = std::to_array<std::string_view>(
      {"share", "follow", "email", "print", "subscribe", "teilen", "folgen", "partager", "suivre",
       "compartir", "seguir", "segui", "condividi", "delen", "volg", "dela", "folg", "folj"});
  return IsOneOf(folded, kButtons);
}

}  // namespace

bool IsBylineLabel(std::string_view text) {
  constexpr size_t kMaxWords = 10;
  if (IsProgramsAccount(text::FoldValue(page::StripMarks(page::Trim(text))))) return true;
  const std::vector<std::string_view> words = page::Words(text);
  if (words.empty() || words.size() > kMaxWords) return false;
  bool says_something = words.size() == 1;
  bool capitals = false;
  bool more_than_months = false;
  for (const std::string_view word : words) {
    const std::string folded = WithoutNumber(text::FoldValue(page::StripMarks(word)));
    if (folded.empty()) continue;
    const bool month = page::IsMonthName(folded);
    if (!month && !IsLabelWord(folded)) return false;
    more_than_months |= !month;
    says_something |= !month && !Particles().Has(folded);
    capitals |= page::IsCapitalised(word);
  }
  // "Du Le" and "April" are called so.
  return more_than_months && (says_something || !capitals);
}

bool IsStatedNobody(std::string_view text) {
  if (IsProgramsAccount(text::FoldValue(page::StripMarks(page::Trim(text))))) return true;
  return page::Words(text).size() == 1 && IsBylineLabel(text);
}

std::string_view StripDatedLabel(std::string_view text) {
  constexpr auto kOpenings =
      std::to_array<std::string_view>({" by ", " von ", " durch ", " par ", " por ", " da ", " di ",
                                       " door ", " af ", " av ", " przez ", " oleh "});
  const std::vector<std::string_view> words = page::Words(text);
  if (words.empty()) return text;
  const std::string first = text::FoldValue(page::StripMarks(words.front()));
  const bool dated =
      absl::ascii_isdigit(static_cast<unsigned char>(text.front())) || DayNames().Has(first);
  if (!dated && !OpeningWords().Has(first)) return text;
  for (const std::string_view opening : kOpenings) {
    const size_t at = text.find(opening);
    if (at == text.npos || !IsBylineLabel(text.substr(0, at))) continue;
    std::string_view names = page::Trim(text.substr(at + opening.size()));
    while (names.starts_with(':')) names = page::Trim(names.substr(1));
    return names;
  }
  return text;
}

std::string_view StripTrailingLabel(std::string_view text) {
  const std::vector<std::string_view> words = page::Words(text);
  std::vector<std::string> folded;
  for (const std::string_view word : words) {
    folded.push_back(text::FoldValue(page::StripMarks(word)));
  }
  for (size_t i = 2; i < words.size(); ++i) {
    if (!OpeningWords().Has(folded[i]) && !IsButtonWord(folded[i])) continue;
    const bool label = std::all_of(folded.begin() + static_cast<std::ptrdiff_t>(i), folded.end(),
                                   [](const std::string& word) {
                                     return word.empty() || IsButtonWord(word) || IsLabelWord(word);
                                   });
    const std::string_view last = words[i - 1];
    const std::string_view name =
        text.substr(0, static_cast<size_t>(last.data() + last.size() - text.data()));
    if (label && page::LooksLikeName(name)) {
      return name;
    }
  }
  return text;
}

}  // namespace broadsheet::sources::people
