// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/schema/language_detection.h"

#include <cld2/public/compact_lang_det.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <span>
#include <vector>

#include "engine/text/char_class.h"
#include "engine/text/fold.h"
#include "engine/text/stop_words.h"
#include "engine/text/utf8.h"

namespace broadsheet::schema {
namespace {

// CLD2 judges from a part; more text costs time and changes nothing.
constexpr size_t kMaxBytesToDetect = 16 << 10;
// Running text of this length has many stop words.
constexpr size_t kMaxBytesToCount = 1 << 10;

// Stop words that also stand in names: "Ursula von der Leyen", "Charles de Gaulle".
constexpr std::array<std::string_view, 28> kNameParticles = {
    "al",  "am", "das", "de",  "degli", "dei", "del", "della", "den", "der",
    "di",  "do", "dos", "du",  "el",    "het", "im",  "la",    "las", "le",
    "les", "lo", "los", "van", "vom",   "von", "zu",  "zur"};

// CLD2 keeps some codes that ISO 639 has withdrawn (IANA language subtag registry, "Deprecated").
std::string CurrentCode(std::string_view code) {
  if (code == "iw") return "he";
  if (code == "jw") return "jv";
  if (code == "in") return "id";
  if (code == "ji") return "yi";
  return std::string(code);
}

// The distinct words of a folded text.
std::vector<std::string_view> WordsOf(std::string_view folded) {
  std::vector<std::string_view> words;
  size_t begin = 0;
  for (size_t i = 0; i <= folded.size(); ++i) {
    const bool inside = i < folded.size() && (text::IsAsciiAlnum(folded[i]) ||
                                              !text::IsAscii(folded[i]) || folded[i] == '\'');
    if (inside) continue;
    if (i > begin) words.push_back(folded.substr(begin, i - begin));
    begin = i + 1;
  }
  std::sort(words.begin(), words.end());
  words.erase(std::unique(words.begin(), words.end()), words.end());
  return words;
}

// Distinct stop words of one language in a text.
struct StopWordCount {
  size_t all = 0;
  size_t telling = 0;  // that do not stand in names either
};

StopWordCount CountStopWords(const std::vector<std::string_view>& words,
                             std::string_view language) {
  StopWordCount count;
  for (const std::string_view word : words) {
    if (!text::IsStopWord(language, word)) continue;
    ++count.all;
    // A single letter is an initial more often than a word.
    const bool in_names =
        word.size() == 1 ||
        std::find(kNameParticles.begin(), kNameParticles.end(), word) != kNameParticles.end();
    if (!in_names) ++count.telling;
  }
  return count;
}

// Whether the stop words in `text` bear out that it is in `language`, which has a list of them.
bool UsesStopWordsOf(std::string_view language, std::string_view text) {
  const std::string folded = text::FoldValue(text::PrefixOf(text, kMaxBytesToCount));
  const std::vector<std::string_view> words = WordsOf(folded);
  const StopWordCount own = CountStopWords(words, language);
  if (own.all < 2 || own.telling == 0) return false;
  if (text.size() >= kMinBytesToDetect) return true;
  const std::span<const std::string_view> languages = text::StopWordLanguages();
  return std::all_of(languages.begin(), languages.end(), [&](std::string_view other) {
    return other == language || CountStopWords(words, other).all < own.all;
  });
}

bool HasStopWords(std::string_view language) {
  const std::span<const std::string_view> languages = text::StopWordLanguages();
  return std::find(languages.begin(), languages.end(), language) != languages.end();
}

// CLD2's answer, "" when it is unsure.
std::string AskCld2(std::string_view text) {
  const std::string_view sample = text::PrefixOf(text, kMaxBytesToDetect);
  bool is_reliable = false;
  const CLD2::Language language = CLD2::DetectLanguage(
      sample.data(), static_cast<int>(sample.size()), /*is_plain_text=*/true, &is_reliable);
  if (!is_reliable || language == CLD2::UNKNOWN_LANGUAGE || language == CLD2::TG_UNKNOWN_LANGUAGE) {
    return {};
  }
  return CurrentCode(CLD2::LanguageCode(language));
}

}  // namespace

std::string DetectLanguage(std::string_view text) {
  std::string language = AskCld2(text);
  if (language.empty()) return {};
  const bool certain =
      HasStopWords(language) ? UsesStopWordsOf(language, text) : text.size() >= kMinBytesToDetect;
  return certain ? language : std::string();
}

}  // namespace broadsheet::schema
