// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/sources/wording/people/copyright_notice.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <vector>

#include "absl/strings/ascii.h"
#include "engine/text/char_class.h"
#include "engine/text/fold.h"
#include "indexer/sources/wording/people/byline_opening.h"
#include "indexer/sources/wording/word_set.h"
#include "indexer/sources/wording/words.h"

namespace broadsheet::sources::people {
namespace {

using page::Trim;
using page::Words;

constexpr std::string_view kSign = "\xc2\xa9";
constexpr auto kPartMarks =
    std::to_array<std::string_view>({" | ", " - ", " – ", " — ", " • ", " · ", "\n", ". ", "; "});

// Folded.
constexpr auto kReserved = std::to_array<std::string_view>(
    {"all rights reserved", "alle rechte vorbehalten", "tous droits reserves",
     "todos los derechos reservados", "todos os direitos reservados", "tutti i diritti riservati",
     "alle rechten voorbehouden", "alle rettigheter reservert", "alla rattigheter forbehallna",
     "wszelkie prawa zastrzezone", "все права защищены", "tum haklari saklidir"});

size_t OffsetIn(std::string_view text, std::string_view word) {
  return static_cast<size_t>(word.data() - text.data());
}

// "Copyright 2026 AP", "copyright by AP"; but "copyright lawyer" is what somebody does.
bool OpensNotice(std::string_view word, std::string_view next) {
  constexpr auto kBehind = std::to_array<std::string_view>(
      {"by", "of", "the", "notice", "held", "und", "et", "y", "and"});
  constexpr std::string_view kCopyright = "copyright";
  if (word.size() < kCopyright.size()) return false;
  std::string_view bare = page::StripMarks(word);
  if (bare.ends_with(':')) bare.remove_suffix(1);
  if (!page::EqualsIgnoringCase(bare, kCopyright)) return false;
  if (next.empty() || !page::HasLetter(next) || page::IsCapitalised(next)) return true;
  return absl::ascii_isdigit(static_cast<unsigned char>(next.front())) ||
         page::StartsWithIgnoringCase(next, "(c)") || next.starts_with(kSign) ||
         IsOneOf(text::FoldValue(next), kBehind) || !page::HasCase(next);
}

// Whether one of kReserved may begin with `word`. All but its case is as folding leaves it where it
// is of printed ASCII.
bool MayReserve(std::string_view word) {
  if (text::EndOfPrintedAscii(word, 0) < word.size()) return true;
  const std::string_view bare = page::StripMarks(word);
  return bare.empty() ||
         std::any_of(kReserved.begin(), kReserved.end(), [bare](std::string_view all) {
           return page::EqualsIgnoringCase(bare, all.substr(0, all.find(' ')));
         });
}

bool ReservesRights(const std::vector<std::string_view>& words, size_t first) {
  constexpr size_t kMostWords = 4;
  if (!MayReserve(words[first])) return false;
  std::string said;
  for (size_t i = first; i < std::min(first + kMostWords, words.size()); ++i) {
    if (!said.empty()) said += ' ';
    said += text::FoldValue(page::StripMarks(words[i]));
    if (IsOneOf(said, kReserved)) return true;
    const bool goes_on = std::any_of(kReserved.begin(), kReserved.end(),
                                     [&](std::string_view all) { return all.starts_with(said); });
    if (!goes_on) return false;
  }
  return false;
}

// Where in `text` a notice begins; npos when there is none.
size_t FindNotice(std::string_view text) {
  const std::vector<std::string_view> words = Words(text);
  const size_t sign = text.find(kSign);
  for (size_t i = 0; i < words.size(); ++i) {
    std::string_view word = words[i];
    const size_t at = OffsetIn(text, word);
    if (at > sign) break;
    if (page::StartsWithIgnoringCase(word, "(c)") ||
        OpensNotice(word, i + 1 < words.size() ? words[i + 1] : std::string_view()) ||
        ReservesRights(words, i)) {
      return at;
    }
  }
  return sign;
}

// The part of a notice from where a byline begins; "" for none.
std::string_view BylineBehind(std::string_view notice) {
  for (const std::string_view part : page::SplitAt(notice, kPartMarks)) {
    if (part.data() != notice.data() && !StripOpening(part).empty()) {
      return notice.substr(OffsetIn(notice, part));
    }
  }
  return {};
}

// Without the joint that led to the notice: "Jane Doe and", "Jane Doe, (".
std::string_view StripJoint(std::string_view text) {
  constexpr std::string_view kMarks = " ,;:|/-.([";
  constexpr auto kJoints = std::to_array<std::string_view>({"and", "&", "–", "—", "•", "·"});
  const auto strip_marks = [&](std::string_view from) {
    const size_t last = from.find_last_not_of(kMarks);
    return from.substr(0, last == from.npos ? 0 : last + 1);
  };
  text = strip_marks(text);
  const std::string_view last = text.substr(text.rfind(' ') + 1);
  const bool is_joint = IsOneOf(absl::AsciiStrToLower(std::string(last)), kJoints);
  return is_joint ? strip_marks(text.substr(0, text.size() - last.size())) : text;
}

}  // namespace

std::string StripCopyright(std::string_view text) {
  // More of them are made to waste time.
  constexpr int kMostNotices = 4;
  std::string kept;
  for (int notices = 0; notices < kMostNotices; ++notices) {
    const size_t at = FindNotice(text);
    if (at == text.npos) return kept + std::string(text);
    kept += StripJoint(text.substr(0, at));
    text = BylineBehind(text.substr(at));
    if (text.empty()) break;
    if (!kept.empty()) kept += " | ";
  }
  return kept;
}

bool IsCopyrightNotice(std::string_view text) {
  return !Trim(text).empty() && Trim(StripCopyright(text)).empty();
}

}  // namespace broadsheet::sources::people
