// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/sources/plain_text/lines/author_line.h"

#include <unicode/uchar.h>

#include <algorithm>
#include <array>
#include <utility>

#include "engine/text/char_class.h"
#include "engine/text/fold.h"
#include "indexer/sources/wording/furniture.h"
#include "indexer/sources/wording/page_date.h"
#include "indexer/sources/wording/people/byline.h"
#include "indexer/sources/wording/people/byline_line.h"
#include "indexer/sources/wording/people/byline_opening.h"
#include "indexer/sources/wording/people/byline_role.h"
#include "indexer/sources/wording/people/organisation.h"
#include "indexer/sources/wording/word_set.h"
#include "indexer/sources/wording/words.h"

namespace broadsheet::sources::page {
namespace {

constexpr size_t kMaxAuthorLineWords = 30;

constexpr auto kPieceMarks = std::to_array<std::string_view>(
    {"|", "\xe2\x80\xa2", "\xc2\xb7", " \xe2\x80\x93 ", " \xe2\x80\x94 ", " - ", " / ", "; "});

// Capitalised words of buttons and headings that stand where authors stand.
constexpr auto kButtonWords = std::to_array<std::string_view>(
    {"anzahl",    "commentaires", "commenti",      "comentarios", "kommentare", "kommentarer",
     "partager",  "teilen",       "advertisement", "app",         "article",    "comment",
     "comments",  "conversation", "copy",          "editor's",    "email",      "follow",
     "google",    "image",        "images",        "link",        "live",       "media",
     "more",      "news",         "newsletter",    "photo",       "photos",     "popular",
     "premium",   "print",        "read",          "related",     "save",       "share",
     "sharing",   "sign",         "social",        "sponsored",   "stories",    "story",
     "subscribe", "text",         "top",           "trending",    "updated",    "video",
     "view",      "watch"});

// Words of dates, capitalised where a line starts with them or by the language's rules. Folded.
constexpr auto kTimeWords = std::to_array<std::string_view>(
    {"monday",       "tuesday",        "wednesday",  "thursday",   "friday",     "saturday",
     "sunday",       "montag",         "dienstag",   "mittwoch",   "donnerstag", "freitag",
     "samstag",      "sonnabend",      "sonntag",    "lundi",      "mardi",      "mercredi",
     "jeudi",        "vendredi",       "samedi",     "dimanche",   "lunes",      "martes",
     "miercoles",    "jueves",         "viernes",    "sabado",     "domingo",    "lunedi",
     "martedi",      "mercoledi",      "giovedi",    "venerdi",    "sabato",     "domenica",
     "published",    "posted",         "updated",    "modified",   "last",       "publiziert",
     "aktualisiert", "veroffentlicht", "zuletzt",    "stand",      "uhr",        "publie",
     "publicado",    "actualizado",    "atualizado", "pubblicato", "aggiornato", "publisert",
     "oppdatert",    "publicerad",     "uppdaterad", "publiceret", "opdateret",  "gepubliceerd",
     "bijgewerkt"});

// Folded. First words of links beside authors: "View all posts", "Follow Jane Doe", "Get alerts".
constexpr auto kLinkWords = std::to_array<std::string_view>(
    {"view",    "follow", "get",    "show",     "see",   "read",      "contact",   "email",
     "send",    "browse", "click",  "visit",    "load",  "sign",      "subscribe", "more",
     "all",     "voir",   "suivre", "afficher", "lire",  "contacter", "ver",       "seguir",
     "mostrar", "sigue",  "siga",   "segui",    "vedi",  "mostra",    "folgen",    "folge",
     "zeige",   "alle",   "mehr",   "weitere",  "volg",  "bekijk",    "toon",      "folg",
     "vis",     "folj",   "visa",   "seuraa",   "nayta", "sleduj",    "zobrazit",  "obserwuj",
     "pokaz",   "takip",  "goster"});

// Folded. Papers' names end in them; in a part of its own behind an author's name such a word is
// no surname.
constexpr auto kPaperWords = std::to_array<std::string_view>(
    {"advertiser",  "advocate",     "allgemeine", "anzeiger",   "argus",    "avisen",
     "banner",      "beacon",       "bladet",     "blatt",      "bugle",    "bulletin",
     "chronicle",   "citizen",      "courant",    "dagblad",    "democrat", "diario",
     "dispatch",    "echo",         "enquirer",   "enterprise", "examiner", "express",
     "gaceta",      "gazeta",       "gazzetta",   "giornale",   "globe",    "guardian",
     "independent", "inquirer",     "jornal",     "kurier",     "leader",   "ledger",
     "mail",        "mercury",      "mirror",     "monitor",    "newswire", "nieuwsblad",
     "noticias",    "publications", "record",     "register",   "republic", "rundschau",
     "sentinel",    "standard",     "star",       "statesman",  "sun",      "tageblatt",
     "tagblatt",    "telegram",     "telegramm",  "tidende",    "tidning",  "tidningen",
     "voice",       "weekly",       "world"});

template <typename Table>
bool IsIn(const Table& table, std::string_view folded) {
  return std::find(table.begin(), table.end(), folded) != table.end();
}

bool IsPerson(std::string_view name, const CommonWords* common) {
  if (!LooksLikeName(name) || people::IsOrganisation(name) || IsFurniture(name)) return false;
  // An initial is a small word in many languages.
  constexpr size_t kInitialBytes = 2;
  const std::vector<std::string_view> words = Words(name);
  // Some are called Jan or April, none by a month alone.
  if (IsMonthName(StripMarks(words.back()))) return false;
  return std::none_of(words.begin(), words.end(), [&](std::string_view word) {
    const bool counts = IsCapitalised(word) && word.size() > kInitialBytes;
    return counts && common != nullptr && common->Contains(word);
  });
}

bool IsHan(UChar32 c) { return c >= 0x4E00 && c <= 0x9FFF; }
bool IsHangul(UChar32 c) { return c >= 0xAC00 && c <= 0xD7A3; }

size_t CountHan(std::string_view text) {
  size_t han = 0;
  for (size_t at = 0; at < text.size();) {
    const text::Character character = text::CharacterAt(text, at);
    if (character.code_point != ' ' && !IsHan(character.code_point)) return 0;
    if (IsHan(character.code_point)) ++han;
    at = character.end;
  }
  return han;
}

// A Japanese name as papers print it, in Han alone: four or five of them, as sections rarely are.
bool IsHanName(std::string_view text) {
  constexpr auto kNotices =
      std::to_array<std::string_view>({"有料記事", "会員限定", "会員記事", "無料記事", "関連記事",
                                       "記事一覧", "新着記事", "人気記事"});
  const size_t han = CountHan(text);
  const bool notice = IsOneOf(text, kNotices);
  return !notice && (han == 4 || (han == 5 && text.find(' ') != text.npos));
}

// "서울 김하나 기자 hana@..." -> "김하나": the word before the Korean for reporter.
std::string_view KoreanReporter(std::string_view text) {
  constexpr std::string_view kReporter = "기자";
  // A longer line is a caption, which the photographer signs.
  constexpr size_t kMostWords = 8;
  const std::vector<std::string_view> words = Words(text);
  for (size_t i = 0; i < words.size() && words.size() <= kMostWords; ++i) {
    const std::string_view word = StripMarks(words[i]);
    std::string_view name;
    if (word == kReporter && i > 0) name = StripMarks(words[i - 1]);
    if (word.ends_with(kReporter))
      name = word == kReporter ? name : word.substr(0, word.size() - kReporter.size());
    constexpr size_t kNameBytes = 9;  // three syllables
    if (name.size() == kNameBytes && IsHangul(text::CharacterAt(name, 0).code_point)) return name;
  }
  return {};
}

std::vector<v1::Byline> One(std::string_view name) {
  std::vector<v1::Byline> bylines(1);
  bylines.front().set_name(std::string(name));
  return bylines;
}

// Where a word was run together with the next: "ExnerKorrespondent", "Doe24.04.2024". "McDonald",
// "DeVeaux" and the like are one word.
size_t FindSeam(std::string_view text) {
  constexpr size_t kLongestPrefix = 3;
  size_t letters = 0;
  bool lower = false;
  for (size_t at = 0; at < text.size();) {
    const text::Character character = text::CharacterAt(text, at);
    const UChar32 c = character.code_point;
    const bool seam = u_isdigit(c) || (u_isupper(c) && letters > kLongestPrefix);
    if (lower && seam) return at;
    lower = u_islower(c);
    letters = u_isalpha(c) ? letters + 1 : 0;
    at = character.end;
  }
  return text.size();
}

struct AuthorPiece {
  std::string_view text;
  bool behind_gap = false;
};

// The parts of a line: between wide gaps and marks.
std::vector<AuthorPiece> Pieces(const PageLine& line) {
  std::vector<AuthorPiece> pieces;
  const std::string_view text = line.text;
  size_t begin = 0;
  for (size_t i = 0; i <= line.gaps.size(); ++i) {
    const size_t end = i < line.gaps.size() ? line.gaps[i] : text.size();
    bool behind_gap = begin > 0;
    for (const std::string_view part : SplitAt(text.substr(begin, end - begin), kPieceMarks)) {
      pieces.push_back({.text = part, .behind_gap = behind_gap});
      behind_gap = false;
    }
    begin = end;
  }
  return pieces;
}

std::string_view StripEnds(std::string_view piece) {
  piece = Trim(piece);
  while (piece.starts_with('-') || piece.starts_with(',')) piece = Trim(piece.substr(1));
  while (!piece.empty() && (piece.ends_with(',') || piece.ends_with('&') || piece.ends_with(':') ||
                            piece.ends_with('('))) {
    piece = Trim(piece.substr(0, piece.size() - 1));
  }
  return piece;
}

// Behind a time in the same piece: "at 6:08 PM ET by Jane Doe", "Am 3. März von Jane Doe".
std::string_view BehindTime(std::string_view piece) {
  for (const std::string_view opening : {" by ", " von ", " par ", " por "}) {
    const size_t found = piece.rfind(opening);
    if (found == piece.npos || !page::HasDigit(piece.substr(0, found))) continue;
    if (!page::HasDigit(piece.substr(found))) return piece.substr(found + 1);
  }
  return piece;
}

// "Jane Doe, March" in front of a day's number: the month, with the day of the week or the label
// before it, belongs to the date. Not where the month follows the number ("Jane April 3 May"), nor
// where it is all that would be left of the name ("By May 3").
std::string_view WithoutDateWords(std::string_view names, std::string_view date) {
  const std::vector<std::string_view> after = Words(date);
  for (size_t i = 1; i < after.size() && i <= 2; ++i) {
    if (IsMonthName(StripMarks(after[i]))) return names;
  }
  constexpr size_t kFewestWords = 2;
  constexpr auto kJoining =
      std::to_array<std::string_view>({"", "on", "le", "am", "den", "el", "il", "op"});
  std::vector<std::string_view> words = Words(names);
  bool month = false;
  while (words.size() > kFewestWords) {
    const std::string_view last = StripMarks(words.back());
    const bool date_word = month ? IsIn(kTimeWords, text::FoldValue(last)) : IsMonthName(last);
    const bool joining = month && IsIn(kJoining, last);
    if (!date_word && !joining) break;
    month = true;
    words.pop_back();
    const size_t end = static_cast<size_t>(words.back().data() - names.data());
    names = names.substr(0, end + words.back().size());
  }
  return StripEnds(names);
}

// The piece up to its first digit or handle, seams opened: "Jane DoeLifestyle Writer" becomes "Jane
// Doe, Lifestyle Writer".
std::string NamesOf(std::string_view piece) {
  std::string names;
  piece = BehindTime(piece);
  const size_t digit = std::min(piece.find_first_of("0123456789@"), piece.size());
  const std::string_view date = piece.substr(digit);
  piece = StripEnds(piece.substr(0, digit));
  while (!piece.empty()) {
    const size_t seam = FindSeam(piece);
    if (!names.empty()) names += ", ";
    names += piece.substr(0, seam);
    piece.remove_prefix(seam);
  }
  if (!date.empty()) names = std::string(WithoutDateWords(names, date));
  names = std::string(people::StripRepetition(names));
  // "Jane Doe For lantern.example": for whom is no part of the name.
  for (const std::string_view house : {" for ", " For "}) {
    const size_t found = names.find(house);
    const std::string_view before = std::string_view(names).substr(0, found);
    const std::string_view opened = people::StripOpening(before);
    if (found != names.npos && LooksLikeName(opened.empty() ? before : opened)) names.resize(found);
  }
  return names;
}

// What a piece names; empty unless all of it are people, houses, and their roles.
std::vector<v1::Byline> ReadNames(std::string_view piece, const CommonWords* common) {
  if (IsHanName(piece)) return One(piece);
  const std::string names = NamesOf(piece);
  if (names.empty() || IsFurniture(names)) return {};
  std::vector<v1::Byline> bylines = people::ReadByline("By " + names);
  for (const v1::Byline& byline : bylines) {
    if (!IsPerson(byline.name(), common) && !people::IsAgency(byline.name())) return {};
  }
  return bylines;
}

// "Von", "By:", "Kommentar von": an opening with nothing behind.
bool IsOpening(std::string_view text) {
  constexpr size_t kMaxWords = 4;
  if (Words(text).size() > kMaxWords) return false;
  while (text.ends_with(':')) text = Trim(text.substr(0, text.size() - 1));
  const std::string with_name = std::string(text) + " X";
  const std::string with_label = std::string(text) + ": X";
  return people::StripOpening(with_name) == "X" || people::StripOpening(with_label) == "X";
}

bool TellsTime(const PageLine& line) {
  return line.kind == LineKind::kDate || line.text.find_first_of("0123456789") != std::string::npos;
}

bool IsHouse(const v1::Byline& byline) { return byline.organisation() == byline.name(); }

// "Vellmar Telegram & Courier" behind a person's name: a word of papers, or a pair of which one is
// no full name.
bool IsPaper(std::string_view piece) {
  constexpr size_t kMostWords = 7;
  const std::vector<std::string_view> words = Words(piece);
  if (words.size() < 2 || words.size() > kMostWords || !IsCapitalised(words.front())) return false;
  if (people::IsRole(piece) || !people::StripOpening(piece).empty()) return false;
  const bool paper = std::any_of(words.begin(), words.end(), [](std::string_view word) {
    return IsIn(kPaperWords, text::FoldValue(StripMarks(word)));
  });
  if (paper || people::IsOrganisation(piece)) return true;
  const size_t pair = piece.find(" & ");
  if (pair == piece.npos) return false;
  return Words(piece.substr(0, pair)).size() == 1 || Words(piece.substr(pair + 3)).size() == 1;
}

// A house in a part of its own behind names is theirs: "By Jane Doe  Meridian Wire".
void AddPiece(std::vector<v1::Byline> piece, std::vector<v1::Byline>* bylines) {
  const bool house = piece.size() == 1 && IsHouse(piece.front());
  if (!house || bylines->empty()) {
    people::MergeBylines(std::move(piece), bylines);
  } else if (bylines->back().organisation().empty()) {
    bylines->back().set_organisation(piece.front().name());
  }
}

// "von Herold  30. Juni 2025": one word is a name where an opening and a date say so.
std::vector<v1::Byline> ReadSignedWord(std::string_view piece, const PageLine& line) {
  const std::string names = NamesOf(piece);
  const std::string_view word = people::StripOpening(names);
  const bool one_name = Words(word).size() == 1 && IsCapitalised(word);
  if (!one_name || !TellsTime(line)) return {};
  return people::ReadStatedAuthors(word);
}

// Behind an opening set apart in its line everything short is a name: "By  anna smith".
std::vector<v1::Byline> ReadOpened(std::string_view piece) {
  constexpr size_t kMostWords = 3;
  std::vector<v1::Byline> bylines = ReadNames(piece, nullptr);
  if (bylines.empty() && Words(piece).size() <= kMostWords) {
    bylines = people::ReadStatedAuthors(NamesOf(piece));
  }
  return bylines;
}

}  // namespace

CommonWords::CommonWords(const Page& page) {
  for (const PageLine& line : page) {
    if (line.kind != LineKind::kParagraph && line.kind != LineKind::kSentence) continue;
    for (const std::string_view word : Words(line.text)) {
      const std::string_view bare = StripMarks(word);
      if (!bare.empty() && !IsCapitalised(bare)) words_.insert(text::FoldValue(bare));
    }
  }
}

bool CommonWords::Contains(std::string_view word) const {
  const std::string folded = text::FoldValue(StripMarks(word));
  return IsIn(kButtonWords, folded) || IsIn(kTimeWords, folded) || words_.count(folded) > 0;
}

AuthorLine ReadAuthorLine(const PageLine& line, const CommonWords* common) {
  AuthorLine read;
  if (line.words > kMaxAuthorLineWords || line.kind == LineKind::kParagraph) return read;
  const std::string first = text::FoldValue(StripMarks(line.text.substr(0, line.text.find(' '))));
  if (line.words > 1 && IsIn(kLinkWords, first)) return read;
  if (IsOpening(line.text)) {
    read.says = AuthorLine::Says::kOpening;
    return read;
  }
  if (const std::string_view reporter = KoreanReporter(line.text); !reporter.empty()) {
    return {.says = AuthorLine::Says::kAuthors, .bylines = One(reporter)};
  }
  bool opened = false;
  for (const auto& [piece, behind_gap] : Pieces(line)) {
    if (behind_gap && !read.bylines.empty() && !IsHouse(read.bylines.back()) && IsPaper(piece)) {
      v1::Byline& author = read.bylines.back();
      if (author.organisation().empty()) author.set_organisation(std::string(piece));
      continue;
    }
    std::vector<v1::Byline> bylines = people::ReadByline(NamesOf(piece));
    if (bylines.empty()) bylines = ReadSignedWord(piece, line);
    if (bylines.empty() && opened) bylines = ReadOpened(piece);
    if (!bylines.empty()) {
      read.says = AuthorLine::Says::kAuthors;
    } else if (bylines = ReadNames(piece, common); !bylines.empty()) {
      read.says = std::max(
          read.says, TellsTime(line) ? AuthorLine::Says::kNamesWithDate : AuthorLine::Says::kNames);
    }
    opened = IsOpening(piece);
    AddPiece(std::move(bylines), &read.bylines);
  }
  return read;
}

}  // namespace broadsheet::sources::page
