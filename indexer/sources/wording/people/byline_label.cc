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
#include "indexer/sources/wording/people/copyright_notice.h"
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

// Whoever is meant, no name follows: "From our own correspondent", "Von unserem Mitarbeiter".
bool IsOurCorrespondent(std::string_view text) {
  static const auto* const kBefore =
      new FixedWords("by from von vom de del dal dalla da van fran fra od do par por");
  static const auto* const kOur = new FixedWords(
      "our a notre nos unser unserem unserer unseren nostro nostra nostri nuestro nuestra onze ons "
      "var vart vores naszego naszej nosso nossa");
  static const auto* const kKinds = new FixedWords(
      "special own staff foreign local political sports diplomatic permanent particulier special "
      "speciale especial particular");
  static const auto* const kWho = new FixedWords(
      "correspondent correspondents correspondant correspondante correspondants korrespondent "
      "korrespondenten korrespondentin sonderkorrespondenten mitarbeiter mitarbeiterin reporter "
      "reporters inviato inviata inviati corrispondente corresponsal correspondente verslaggever "
      "korespondenta korespondentki korrespondenta envoye envoyee enviado enviada");
  constexpr size_t kMostWords = 6;
  const std::vector<std::string_view> words = page::Words(text);
  if (words.size() < 2 || words.size() > kMostWords) return false;
  std::vector<std::string> folded;
  for (const std::string_view word : words) {
    folded.push_back(text::FoldValue(page::StripMarks(word)));
  }
  size_t at = 0;
  const auto skip = [&](const FixedWords& known) {
    while (at < folded.size() && known.Has(folded[at])) ++at;
  };
  skip(*kBefore);
  const size_t our = at;
  skip(*kOur);
  if (at == our) return false;
  skip(*kKinds);
  const size_t who = at;
  skip(*kWho);
  if (at == who) return false;
  skip(*kKinds);
  return at == folded.size();
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

// "noreply@news.example".
bool IsUnreadMailbox(std::string_view text) {
  if (page::StartsWithIgnoringCase(text, "mailto:")) text.remove_prefix(7);
  constexpr auto kAccounts =
      std::to_array<std::string_view>({"noreply@", "no-reply@", "donotreply@", "do-not-reply@"});
  return text.find(' ') == text.npos &&
         std::any_of(kAccounts.begin(), kAccounts.end(), [&](std::string_view account) {
           return page::StartsWithIgnoringCase(text, account);
         });
}

// An address of a page names nobody.
bool IsLoneWebAddress(std::string_view text) {
  return text.find(' ') == text.npos && (page::StartsWithIgnoringCase(text, "http://") ||
                                         page::StartsWithIgnoringCase(text, "https://"));
}

}  // namespace

bool IsBylineLabel(std::string_view text) {
  constexpr size_t kMaxWords = 10;
  if (IsProgramsAccount(text::FoldValue(page::StripMarks(page::Trim(text))))) return true;
  if (IsOurCorrespondent(text)) return true;
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
  text = page::Trim(text);
  if (IsProgramsAccount(text::FoldValue(page::StripMarks(text)))) return true;
  if (IsOurCorrespondent(text) || IsUnreadMailbox(text) || IsLoneWebAddress(text) ||
      IsCopyrightNotice(text))
    return true;
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
  // No name has more.
  constexpr size_t kMostWords = 5;
  const std::vector<std::string_view> words = page::Words(text);
  const auto fold = [](std::string_view word) { return text::FoldValue(page::StripMarks(word)); };
  for (size_t i = 2; i < std::min(words.size(), kMostWords + 1); ++i) {
    const std::string first = fold(words[i]);
    if (!OpeningWords().Has(first) && !IsButtonWord(first)) continue;
    const bool label = std::all_of(
        words.begin() + static_cast<std::ptrdiff_t>(i), words.end(), [&](std::string_view word) {
          const std::string folded = fold(word);
          return folded.empty() || IsButtonWord(folded) || IsLabelWord(folded);
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
