// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/sources/page/author_line.h"

#include <unicode/uchar.h>

#include <algorithm>
#include <array>
#include <utility>

#include "engine/text/char_class.h"
#include "engine/text/fold.h"
#include "indexer/sources/page/furniture.h"
#include "indexer/sources/page/page_date.h"
#include "indexer/sources/page/words.h"
#include "indexer/sources/people/byline.h"
#include "indexer/sources/people/byline_line.h"
#include "indexer/sources/people/organisation.h"

namespace broadsheet::sources::page {
namespace {

constexpr size_t kMaxAuthorLineWords = 30;

constexpr auto kPieceMarks = std::to_array<std::string_view>(
    {"|", "\xe2\x80\xa2", "\xc2\xb7", " \xe2\x80\x93 ", " \xe2\x80\x94 ", " - ", " / ", "; "});

// Capitalised words of buttons and headings that stand where authors stand.
constexpr auto kButtonWords = std::to_array<std::string_view>(
    {"advertisement", "app",     "article",  "comment",   "comments",   "conversation", "copy",
     "editor's",      "email",   "follow",   "google",    "image",      "images",       "link",
     "live",          "media",   "more",     "news",      "newsletter", "photo",        "photos",
     "popular",       "premium", "print",    "read",      "related",    "save",         "share",
     "sharing",       "sign",    "social",   "sponsored", "stories",    "story",        "subscribe",
     "text",          "top",     "trending", "updated",   "video",      "view",         "watch"});

bool IsButtonWord(std::string_view folded) {
  return std::find(kButtonWords.begin(), kButtonWords.end(), folded) != kButtonWords.end();
}

bool IsPerson(std::string_view name, const CommonWords& common) {
  if (!LooksLikeName(name) || people::IsOrganisation(name) || IsFurniture(name)) return false;
  const std::vector<std::string_view> words = Words(name);
  return std::none_of(words.begin(), words.end(), [&](std::string_view word) {
    return IsCapitalised(word) && (IsMonthName(StripMarks(word)) || common.Contains(word));
  });
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

// The parts of a line: between wide gaps, marks and seams.
std::vector<std::string_view> Pieces(const PageLine& line) {
  std::vector<std::string_view> pieces;
  const std::string_view text = line.text;
  size_t begin = 0;
  for (size_t i = 0; i <= line.gaps.size(); ++i) {
    const size_t end = i < line.gaps.size() ? line.gaps[i] : text.size();
    for (const std::string_view part : SplitAt(text.substr(begin, end - begin), kPieceMarks)) {
      pieces.push_back(part);
    }
    begin = end;
  }
  return pieces;
}

std::string_view StripEnds(std::string_view piece) {
  piece = Trim(piece);
  while (!piece.empty() && (piece.ends_with(',') || piece.ends_with('&') || piece.ends_with(':') ||
                            piece.ends_with('('))) {
    piece = Trim(piece.substr(0, piece.size() - 1));
  }
  return piece;
}

// The piece up to its first digit, seams opened: "Jane DoeLifestyle Writer" becomes "Jane Doe,
// Lifestyle Writer".
std::string NamesOf(std::string_view piece) {
  std::string names;
  const size_t digit = std::min(piece.find_first_of("0123456789"), piece.size());
  piece = StripEnds(piece.substr(0, digit));
  while (!piece.empty()) {
    const size_t seam = FindSeam(piece);
    if (!names.empty()) names += ", ";
    names += piece.substr(0, seam);
    piece.remove_prefix(seam);
  }
  return std::string(people::StripRepetition(names));
}

// What a piece names; empty unless all of it are people, houses, and their roles.
std::vector<v1::Byline> ReadNames(std::string_view piece, const CommonWords& common) {
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
  return IsButtonWord(folded) || words_.count(folded) > 0;
}

AuthorLine ReadAuthorLine(const PageLine& line, const CommonWords& common) {
  AuthorLine read;
  if (line.words > kMaxAuthorLineWords || line.kind == LineKind::kParagraph) return read;
  if (IsOpening(line.text)) {
    read.says = AuthorLine::Says::kOpening;
    return read;
  }
  for (const std::string_view piece : Pieces(line)) {
    std::vector<v1::Byline> bylines = people::ReadByline(NamesOf(piece));
    if (!bylines.empty()) {
      read.says = AuthorLine::Says::kAuthors;
    } else if (bylines = ReadNames(piece, common); !bylines.empty()) {
      const bool dated = TellsTime(line);
      read.says =
          std::max(read.says, dated ? AuthorLine::Says::kNamesWithDate : AuthorLine::Says::kNames);
    }
    people::MergeBylines(std::move(bylines), &read.bylines);
  }
  return read;
}

}  // namespace broadsheet::sources::page
