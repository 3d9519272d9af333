// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/sources/plain_text/lines/caption_line.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <vector>

#include "indexer/sources/wording/furniture.h"
#include "indexer/sources/wording/people/credit.h"
#include "indexer/sources/wording/people/organisation.h"
#include "indexer/sources/wording/word_set.h"
#include "indexer/sources/wording/words.h"

namespace broadsheet::sources::page {
namespace {

constexpr size_t kMaxCaptionWords = 90;
constexpr size_t kMinTextWords = 2;
constexpr size_t kMaxCaptionCreditWords = 16;

// Start a credit wherever they stand. Case counts: these are labels, not words of a sentence.
constexpr auto kCreditLabels =
    std::to_array<std::string_view>({"Foto: ",
                                     "Fotos: ",
                                     "Foto/",
                                     "Foto : ",
                                     "FOTO: ",
                                     "Photo: ",
                                     "Photo : ",
                                     "Photos: ",
                                     "PHOTO: ",
                                     "Photo by ",
                                     "Photos by ",
                                     "Photo courtesy of ",
                                     "Photograph: ",
                                     "Photographs: ",
                                     "Photograph by ",
                                     "Photographs by ",
                                     "Picture: ",
                                     "Pictures: ",
                                     "Picture by ",
                                     "Image: ",
                                     "Image:",
                                     "Images: ",
                                     "Image Credits: ",
                                     "Credit: ",
                                     "Credits: ",
                                     "CREDIT: ",
                                     "Bild: ",
                                     "Bilder: ",
                                     "Bildquelle: ",
                                     "Quelle: ",
                                     "Bildrechte: ",
                                     "Source: ",
                                     "Cr\xc3\xa9"
                                     "dit photo : ",
                                     "Cr\xc3\xa9"
                                     "dit : ",
                                     "Cr\xc3\xa9"
                                     "dits : ",
                                     "Cr\xc3\xa9"
                                     "dito: ",
                                     "Imagen: ",
                                     "Fotograf\xc3\xad"
                                     "a: ",
                                     "Illustration: ",
                                     "Isithombe: ",
                                     "Kuva: ",
                                     "Zdroj: ",
                                     "Foto\xc4\x9fraf: ",
                                     "Fot. ",
                                     "\xd0\xa4\xd0\xbe\xd1\x82\xd0\xbe: ",
                                     "\xc2\xa9",
                                     "\xe2\x93\x92",
                                     "\xef\xbc\x88\xef\xbc\xa3\xef\xbc\x89",
                                     "Copyright "});

// Agencies and other words that name a picture's origin.
constexpr auto kOrigins =
    std::to_array<std::string_view>({"picture",
                                     "AP",
                                     "AFP",
                                     "EFE",
                                     "dpa",
                                     "DPA",
                                     "Reuters",
                                     "REUTERS",
                                     "Getty",
                                     "NTB",
                                     "EPA",
                                     "ANSA",
                                     "AAP",
                                     "Xinhua",
                                     "IMAGO",
                                     "Imago",
                                     "imago",
                                     "alliance",
                                     "Keystone",
                                     "KEYSTONE",
                                     "Scanpix",
                                     "SIPA",
                                     "Shutterstock",
                                     "iStock",
                                     "iStockphoto",
                                     "Unsplash",
                                     "Pixabay",
                                     "Pexels",
                                     "Handout",
                                     "HANDOUT",
                                     "Supplied",
                                     "SUPPLIED",
                                     "Submitted",
                                     "Bloomberg",
                                     "TASS",
                                     "Sputnik",
                                     "\xc4\x8cTK",
                                     "PAP",
                                     "APA",
                                     "ANP",
                                     "Belga",
                                     "LUSA",
                                     "Ritzau",
                                     "Archiv",
                                     "Archivo",
                                     "Archives",
                                     "NurPhoto",
                                     "ZUMA",
                                     "Anadolu",
                                     "WireImage",
                                     "Newscom",
                                     "Alamy",
                                     "\xec\x97\xb0\xed\x95\xa9\xeb\x89\xb4\xec\x8a\xa4",
                                     "\xeb\x89\xb4\xec\x8b\x9c\xec\x8a\xa4",
                                     "\xeb\x89\xb4\xec\x8a\xa4"
                                     "1"});

bool IsOrigin(std::string_view word) { return IsOneOf(word, kOrigins); }

bool NamesOrigin(std::string_view text) {
  constexpr auto kMarks =
      std::to_array<std::string_view>({" ", "/", ",", "|", "(", ")", "\xc2\xa9"});
  const std::vector<std::string_view> parts = SplitAt(text, kMarks);
  return std::any_of(parts.begin(), parts.end(), IsOrigin);
}

// Words of names and houses: capitals, numbers, and what joins them.
bool IsNameWord(std::string_view word) {
  constexpr auto kJoining =
      std::to_array<std::string_view>({"via", "/", "|", "&", "-", "\xe2\x80\x93", "and", "und",
                                       "et", "y", "de", "van", "von", "the", "for", "of"});
  const size_t stroke = word.find('/');
  const bool house = stroke != word.npos && IsCapitalised(word.substr(stroke + 1));
  return IsCapitalised(word) || IsOrigin(word) || house || word.front() == '@' ||
         IsOneOf(word, kJoining);
}

bool IsAllNames(std::string_view text) {
  const std::vector<std::string_view> words = Words(text);
  return !words.empty() && std::all_of(words.begin(), words.end(), IsNameWord);
}

constexpr std::array<bool, 256> StartsOfLabels() {
  std::array<bool, 256> starts{};
  for (const std::string_view label : kCreditLabels) {
    starts[static_cast<unsigned char>(label.front())] = true;
  }
  return starts;
}

bool StartsWithLabel(std::string_view text) {
  return std::any_of(kCreditLabels.begin(), kCreditLabels.end(),
                     [text](std::string_view label) { return text.starts_with(label); });
}

// The first of the labels' last places. Most bytes start no label, so that each is looked at once.
size_t LabelAt(std::string_view text) {
  static constexpr std::array<bool, 256> kStarts = StartsOfLabels();
  std::array<size_t, kCreditLabels.size()> last;
  last.fill(text.size());
  for (size_t at = 0; at < text.size(); ++at) {
    if (!kStarts[static_cast<unsigned char>(text[at])]) continue;
    for (size_t i = 0; i < kCreditLabels.size(); ++i) {
      const std::string_view label = kCreditLabels[i];
      if (label.front() == text[at] && text.substr(at).starts_with(label)) last[i] = at;
    }
  }
  return *std::min_element(last.begin(), last.end());
}

// As text.rfind(mark), which compares at each byte; few have the one behind the mark's first.
size_t LastOf(std::string_view mark, std::string_view text) {
  const char second = mark[1];
  if (text.find(second) == text.npos) return text.npos;
  for (size_t at = text.rfind(second); at != text.npos && at > 0; at = text.rfind(second, at - 1)) {
    if (text.substr(at - 1).starts_with(mark)) return at - 1;
  }
  return text.npos;
}

// Where a bracket opens that the line's end closes, or size.
size_t BracketAt(std::string_view text) {
  if (!text.ends_with(')') && !text.ends_with(']')) return text.size();
  size_t depth = 0;
  for (size_t at = text.size(); at-- > 0;) {
    if (text[at] == ')' || text[at] == ']') ++depth;
    if ((text[at] == '(' || text[at] == '[') && --depth == 0) return at;
  }
  return text.size();
}

// Behind the last full stop within the text, whether a space follows or not; size when there is
// none. "U.S." and initials are no end.
size_t BehindSentence(std::string_view text) {
  for (size_t at = text.size() > 1 ? text.size() - 1 : 0; at-- > 2;) {
    if (text[at] != '.' && text[at] != '!' && text[at] != '?') continue;
    const auto before = static_cast<unsigned char>(text[at - 1]);
    const auto before_that = static_cast<unsigned char>(text[at - 2]);
    const bool word = (std::islower(before) != 0 && before_that != '.' && before_that != ' ') ||
                      before >= 0x80 || before == ')' || before == '"' || std::isdigit(before) != 0;
    const bool next = text[at + 1] == ' ' || std::isupper(static_cast<unsigned char>(text[at + 1]));
    if (word && next) return at + 1;
  }
  return text.size();
}

// Where the names and houses at the end of the line start.
size_t NamesAtEnd(std::string_view text) {
  const std::vector<std::string_view> words = Words(text);
  constexpr size_t kMostWords = 8;
  size_t begin = text.size();
  for (size_t i = words.size(); i-- > 0 && words.size() - i <= kMostWords;) {
    if (!IsNameWord(words[i])) break;
    begin = static_cast<size_t>(words[i].data() - text.data());
  }
  return begin;
}

// Some words of a sentence; entries of a menu with gaps and marks between are none.
bool IsProse(std::string_view text) {
  constexpr size_t kFewestWords = 4;
  text = Trim(text);
  if (EndsSentence(text)) return !text.ends_with('?') && !text.ends_with('!');
  if (text.ends_with(',')) return false;
  const std::vector<std::string_view> words = Words(text);
  return words.size() >= kFewestWords && !IsAllNames(text);
}

// "A bell. (AP) more >" without the button behind it.
std::string_view WithoutButton(std::string_view text) {
  const size_t bracket = text.find_last_of(")]");
  if (bracket == text.npos) return text;
  const std::string_view rest = Trim(text.substr(bracket + 1));
  return !rest.empty() && IsFurniture(rest) ? text.substr(0, bracket + 1) : text;
}

class CaptionLineReader {
 public:
  explicit CaptionLineReader(const PageLine& line) : line_(line), text_(WithoutButton(line.text)) {}

  std::optional<CaptionLine> Read() const {
    if (line_.words > kMaxCaptionWords || LooksLikeCredit(text_, false)) return std::nullopt;
    for (const size_t cut :
         {AtBracket(), LabelAt(text_), AtGap(), AtMark(), AtSentence(), AtEnd()}) {
      if (auto read = CutAt(cut); read.has_value()) return read;
    }
    return std::nullopt;
  }

 private:
  size_t AtBracket() const {
    const size_t open = BracketAt(text_);
    if (open >= text_.size()) return open;
    const std::string_view inner = text_.substr(open + 1, text_.size() - open - 2);
    const bool apart = open > 1 && (EndsSentence(text_.substr(0, open)) || HasGap(open));
    return LooksLikeCredit(inner, apart) ? open : text_.size();
  }

  bool HasGap(size_t at) const {
    return std::find(line_.gaps.begin(), line_.gaps.end(), at) != line_.gaps.end();
  }

  size_t AtGap() const {
    const auto gap = std::find_if(line_.gaps.rbegin(), line_.gaps.rend(),
                                  [&](size_t at) { return at < text_.size(); });
    if (gap == line_.gaps.rend()) return text_.size();
    const bool apart = IsProse(text_.substr(0, *gap));
    return LooksLikeCredit(text_.substr(*gap), apart) ? *gap : text_.size();
  }

  size_t AtMark() const {
    size_t cut = text_.size();
    for (const std::string_view mark : {" | ", " / ", " \xe2\x80\x94 ", " \xe2\x80\x93 "}) {
      const size_t found = LastOf(mark, text_);
      if (found == text_.npos) continue;
      const std::string_view rest = text_.substr(found + mark.size());
      const bool sure = (mark == " | " || mark == " / ") && IsProse(text_.substr(0, found));
      if (LooksLikeCredit(rest, sure)) cut = std::min(cut, found);
    }
    return cut;
  }

  size_t AtSentence() const {
    const size_t cut = BehindSentence(text_);
    return cut < text_.size() && LooksLikeCredit(text_.substr(cut), false) ? cut : text_.size();
  }

  size_t AtEnd() const {
    if (line_.ends_sentence) return text_.size();
    const size_t cut = NamesAtEnd(text_);
    if (cut >= text_.size()) return cut;
    const std::string_view tail = text_.substr(cut);
    const bool pair = tail.find('/') != tail.npos || tail.find("AP Photo") != tail.npos;
    return pair && NamesOrigin(tail) ? cut : text_.size();
  }

  std::optional<CaptionLine> CutAt(size_t cut) const {
    if (cut >= text_.size()) return std::nullopt;
    std::string_view text = Trim(text_.substr(0, cut));
    for (const std::string_view mark : {"|", "/", ",", "(", "-", "\xe2\x80\x93", "\xe2\x80\x94"}) {
      if (text.ends_with(mark)) text = Trim(text.substr(0, text.size() - mark.size()));
    }
    const std::string credit = PlainCredit(text_.substr(cut));
    if (CountWords(text) < kMinTextWords || credit.empty()) return std::nullopt;
    if (Words(credit).size() > kMaxCaptionCreditWords) return std::nullopt;
    return CaptionLine{.text = std::string(LabelledCaption(text).value_or(text)), .credit = credit};
  }

  const PageLine& line_;
  const std::string_view text_;
};

}  // namespace

bool LooksLikeCredit(std::string_view text, bool apart) {
  text = Trim(text);
  if (!text.empty() && BracketAt(text) == 0) {
    text = text.substr(1, text.size() - 2);
    apart = true;
  }
  const size_t words = CountSpacedWords(text, kMaxCaptionCreditWords);
  if (words == 0 || words > kMaxCaptionCreditWords || text.find('>') != text.npos) return false;
  if (StartsWithLabel(text) && LabelAt(text) == 0) return true;
  constexpr size_t kFewWords = 10;
  const std::string_view from_word = text.substr(text.find_first_not_of(' '));
  if (words > kFewWords || !IsNameWord(from_word.substr(0, from_word.find(' ')))) return false;
  if (NamesOrigin(text) && IsAllNames(text)) return true;
  const size_t stroke = text.find('/');
  const bool address = words == 1 && text.find('.') < stroke;
  const bool pair = stroke != text.npos && stroke > 0 && !address && stroke + 1 < text.size() &&
                    text.find("//") == text.npos && IsAllNames(text);
  if (pair) return true;
  constexpr size_t kFewNames = 8;
  const bool digits = text.find_first_of("0123456789") != text.npos;
  return apart && !digits && !EndsSentence(text) && !IsFurniture(text) &&
         (LooksLikeName(text) || people::IsAgency(text) ||
          (words <= kFewNames && IsAllNames(text)));
}

std::optional<CaptionLine> ReadCaptionLine(const PageLine& line) {
  return CaptionLineReader(line).Read();
}

}  // namespace broadsheet::sources::page
