// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/sources/wording/people/caption_credit.h"

#include <algorithm>
#include <array>
#include <string>
#include <utility>
#include <vector>

#include "engine/text/fold.h"
#include "indexer/sources/wording/people/credit.h"
#include "indexer/sources/wording/people/credit_label.h"
#include "indexer/sources/wording/people/organisation.h"
#include "indexer/sources/wording/word_set.h"
#include "indexer/sources/wording/words.h"

namespace broadsheet::sources::page {
namespace {

// Open a credit within a caption's line.
constexpr auto kCreditSigns =
    std::to_array<std::string_view>({"\xc2\xa9",
                                     " (c) ",
                                     "\xef\xbc\x88\xef\xbc\xa3\xef\xbc\x89",
                                     "Photo by ",
                                     "Photograph by ",
                                     "Photo courtesy of ",
                                     "Courtesy of ",
                                     "写真：",
                                     "撮影：",
                                     "写真提供：",
                                     "図：",
                                     "圖／",
                                     "图／",
                                     "图：",
                                     "图片来源：",
                                     "圖片來源：",
                                     "Foto/",
                                     " Fot. ",
                                     " fot. ",
                                     " / ",
                                     " | "});

// A credit by itself: "Supplied", "Handout".
bool IsLoneCredit(const std::string& folded) {
  static const auto* const kWords = new FixedWords(
      "supplied handout courtesy contributed provided submitted file archive archives archiv "
      "archivo archivio archief arkiv unsplash pixabay pexels shutterstock istock istockphoto "
      "freepik depositphotos dreamstime alamy imago gettyimages getty wikimedia wikipedia "
      "facebook instagram twitter youtube screenshot tangkapan dokumentasi handouts privat "
      "supplied/file sithunyelwe 연합뉴스 뉴시스 뉴스1 공동취재단 자료사진 共同 時事 ロイター");
  return kWords->Has(folded);
}

std::string FoldedBare(std::string_view word) { return text::FoldValue(StripMarks(word)); }

// The inside of brackets at the very end, and where they open.
struct EndBracket {
  std::string_view inside;
  size_t open;
};

EndBracket FindEndBracket(std::string_view caption) {
  constexpr auto kPairs = std::to_array<std::pair<std::string_view, std::string_view>>(
      {{"(", ")"}, {"[", "]"}, {"（", "）"}, {"【", "】"}});
  std::string_view bare = caption;
  while (bare.ends_with('.') || bare.ends_with(' ')) bare.remove_suffix(1);
  for (const auto& [opens, closes] : kPairs) {
    if (!bare.ends_with(closes)) continue;
    const size_t open = bare.rfind(opens);
    if (open == bare.npos || open == 0) continue;
    const size_t begin = open + opens.size();
    return {Trim(bare.substr(begin, bare.size() - closes.size() - begin)), open};
  }
  return {{}, caption.size()};
}

// Whether what stands in brackets behind `before` is a credit: "(Unsplash)" behind a sentence.
bool IsBracketedCredit(std::string_view inside, std::string_view before) {
  constexpr size_t kMaxBracketWords = 10;
  constexpr size_t kFewWords = 3;
  const std::string plain = PlainCredit(inside);
  const size_t words = Words(plain).size();
  if (plain.empty() || words > kMaxBracketWords) return false;
  if (CreditOfLine(inside).has_value() || people::IsOrganisation(plain) || LooksLikeName(plain) ||
      plain.find('/') != plain.npos || IsLoneCredit(FoldedBare(Words(plain).front()))) {
    return true;
  }
  if (FindCreditLabel(inside) == 0 || inside.starts_with("Dok.")) return true;
  return EndsSentence(before) && words <= kFewWords && IsCapitalised(plain) &&
         !page::HasDigit(plain);
}

// Whether a sentence ends before `at`, rather than an abbreviation: "on Monday. ", but "Dr. ".
bool IsBehindSentence(std::string_view caption, size_t at) {
  constexpr size_t kShortWord = 5;
  const std::string_view before = Trim(caption.substr(0, at));
  if (!EndsSentence(before)) return false;
  const std::vector<std::string_view> words = Words(before);
  const std::string_view last = words.empty() ? std::string_view() : StripMarks(words.back());
  if (before.ends_with("。")) return true;
  return words.size() >= 3 && (last.size() >= kShortWord || !IsCapitalised(last));
}

// "Supplied", "Jane Doe", "Reuters", "김하늘 기자", behind the last sentence of a caption.
bool IsCreditBehindSentence(std::string_view rest) {
  constexpr size_t kMaxWords = 7;
  const std::vector<std::string_view> words = Words(rest);
  if (words.empty() || words.size() > kMaxWords || EndsSentence(rest)) return false;
  if (CreditOfLine(rest).has_value() || people::IsAgency(rest)) return true;
  if (IsLoneCredit(FoldedBare(words.front()))) return words.size() <= 3;
  if (LooksLikeName(rest)) return true;
  // "新华社记者 王小明 摄"
  for (const std::string_view taken : {"摄", "攝", "撮影", "提供", "제공", "촬영"}) {
    if (rest.ends_with(taken) && words.size() <= 4) return true;
  }
  // "영포항 제공": an agency of a script without capitals, who provided it.
  return words.size() <= 2 && !HasCase(rest) && HasLetter(rest) && CountWords(rest) <= 5;
}

// Behind the last sentence, or a dash: "A bell. Jane Doe/Wire", "A bell – Reuters".
size_t FindBehindSentence(std::string_view caption) {
  for (const std::string_view mark : {". ", ".\" ", ".” ", "! ", "? ", ".) ", "。"}) {
    const size_t end = caption.rfind(mark);
    if (end == caption.npos) continue;
    const size_t rest = end + mark.size();
    if (IsBehindSentence(caption, rest) && IsCreditBehindSentence(Trim(caption.substr(rest)))) {
      return rest;
    }
  }
  for (const std::string_view dash : {" – ", " — ", " - "}) {
    const size_t end = caption.rfind(dash);
    if (end == caption.npos || end == 0) continue;
    const std::string_view rest = Trim(caption.substr(end + dash.size()));
    const bool credit = people::IsAgency(rest) || CreditOfLine(rest).has_value();
    if (credit && Words(rest).size() <= kMaxLabelledWords) return end;
  }
  return caption.size();
}

// Digits, full-width ones too.
bool HasAnyNumber(std::string_view text) {
  constexpr std::string_view kWide = "\xef\xbc";
  for (size_t at = 0; at < text.size(); ++at) {
    if (text[at] >= '0' && text[at] <= '9') return true;
    const bool wide = text.substr(at).starts_with(kWide) && at + 2 < text.size();
    if (wide && static_cast<unsigned char>(text[at + 2]) >= 0x90 &&
        static_cast<unsigned char>(text[at + 2]) <= 0x99) {
      return true;
    }
  }
  return false;
}

// The marks of East Asia: "（名前撮影）", who took it, and "＝ＡＰ"; but "＝３日" is when it was.
size_t FindEastAsianCredit(std::string_view caption) {
  constexpr std::string_view kTaken = "撮影）";
  if (caption.ends_with(kTaken)) {
    const size_t open = caption.rfind("（");
    if (open != caption.npos && open > 0) return open;
  }
  constexpr std::string_view kEquals = "＝";
  if (const size_t equals = caption.rfind(kEquals); equals != caption.npos && equals > 0) {
    const std::string_view rest = caption.substr(equals + kEquals.size());
    if (!rest.empty() && !HasAnyNumber(rest)) return equals;
  }
  return caption.size();
}

size_t FindCreditSign(std::string_view caption) {
  size_t cut = caption.size();
  for (const std::string_view mark : kCreditSigns) {
    const size_t found = caption.rfind(mark);
    if (found == caption.npos || found == 0) continue;
    const std::string_view rest = caption.substr(found + mark.size());
    if (Words(rest).size() <= kMaxLabelledWords && !rest.empty()) cut = std::min(cut, found);
  }
  const size_t label = FindCreditLabel(caption);
  return label == 0 ? cut : std::min(cut, label);
}

}  // namespace

size_t FindCreditInCaption(std::string_view caption) {
  const EndBracket bracket = FindEndBracket(caption);
  if (bracket.open < caption.size() &&
      IsBracketedCredit(bracket.inside, caption.substr(0, bracket.open))) {
    // "Foto: Jane Doe (Archiv)"
    const std::string_view before = caption.substr(0, bracket.open);
    const size_t label = FindCreditLabel(before);
    return label == 0 ? bracket.open : label < before.size() ? label : bracket.open;
  }
  size_t cut = FindEastAsianCredit(caption);
  if (cut == caption.size()) cut = FindCreditSign(caption);
  // "A bell. Jane Doe / Wire" goes on from the sentence, not from the stroke.
  cut = std::min(cut, FindBehindSentence(caption));
  if (cut == caption.size()) return cut;
  // "A bell rings. — Picture by Jane Doe"
  for (bool changed = true; changed;) {
    const std::string_view before = Trim(caption.substr(0, cut));
    changed = false;
    for (const std::string_view dash : {"–", "—", "-", "|", "•", "(", "（", "["}) {
      if (!before.ends_with(dash) || before.size() == dash.size()) continue;
      cut = before.size() - dash.size();
      changed = true;
      break;
    }
  }
  return cut;
}

}  // namespace broadsheet::sources::page
