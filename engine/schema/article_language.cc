// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/schema/article_language.h"

#include <unicode/locid.h>
#include <unicode/uloc.h>
#include <unicode/unistr.h>

#include <algorithm>
#include <array>
#include <string>
#include <string_view>
#include <unordered_map>

#include "absl/strings/str_cat.h"
#include "engine/schema/language_detection.h"
#include "engine/text/clean.h"
#include "engine/text/fold.h"
#include "engine/text/language.h"
#include "engine/text/utf8.h"

namespace broadsheet::schema {
namespace {

constexpr size_t kMaxTagBytes = 35;  // RFC 5646 section 4.4.1

// Codes of ISO 639-2 for what is no one language: undetermined, several, none at all, not coded.
constexpr std::array<std::string_view, 4> kNoLanguage = {"und", "mul", "zxx", "mis"};

// The name of the language `code` in the language `in`, in UTF-8.
std::string DisplayName(const char* code, const char* in) {
  icu::UnicodeString name;
  icu::Locale(code).getDisplayLanguage(icu::Locale(in), name);
  std::string utf8;
  return name.toUTF8String(utf8);
}

// From folded names to codes of two letters: "german" and "deutsch" to "de".
std::unordered_map<std::string, std::string> MakeCodesByName() {
  std::unordered_map<std::string, std::string> codes;
  for (const char* const* code = uloc_getISOLanguages(); *code != nullptr; ++code) {
    if (std::string_view(*code).size() != 2) continue;
    codes.emplace(text::FoldValue(DisplayName(*code, "en")), *code);
    codes.emplace(text::FoldValue(DisplayName(*code, *code)), *code);
  }
  return codes;
}

// "English (US)" -> "en"
std::string CodeOfName(std::string_view name) {
  static const std::unordered_map<std::string, std::string> codes = MakeCodesByName();
  const auto found = codes.find(text::FoldValue(name.substr(0, name.find('('))));
  return found == codes.end() ? std::string() : found->second;
}

// The code of two letters where the language has one, else the code itself: "eng", "ger" -> "en",
// "de". "" for a code of two letters that no language has.
std::string ShortCode(const std::string& code) {
  if (code.size() == 2) return *uloc_getISO3Language(code.c_str()) == 0 ? "" : code;
  UErrorCode error = U_ZERO_ERROR;
  icu::Locale locale(code.c_str());
  locale.canonicalize(error);
  const std::string_view known = U_SUCCESS(error) ? locale.getLanguage() : "";
  return known.size() == 2 ? std::string(known) : code;
}

bool IsTag(std::string_view text) {
  const size_t primary = std::min(text.find('-'), text.size());
  return text.size() <= kMaxTagBytes && primary >= 2 && primary <= 3 &&
         std::all_of(text.begin(), text.end(), [](char c) {
           return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                  c == '-';
         });
}

std::string DetectLanguageOf(const v1::Article& article) {
  // As much as detection reads; the body alone is nearly always enough.
  constexpr size_t kEnoughBytes = 16 << 10;
  std::string sample = absl::StrCat(article.headline(), "\n", article.summary(), "\n");
  const auto append = [&sample](const std::string& text) {
    if (sample.size() >= kEnoughBytes) return;
    sample.append(text::PrefixOf(text, kEnoughBytes)).append("\n");
  };
  append(article.body());
  for (const v1::Caption& caption : article.captions()) append(caption.text());
  return DetectLanguage(sample);
}

}  // namespace

void PrepareLanguage(v1::Article* article) {
  std::string* language = article->mutable_language();
  text::CleanLine(language);
  *language = ReadLanguage(*language);
  if (language->empty()) *language = DetectLanguageOf(*article);
}

std::string ReadLanguage(std::string_view stated) {
  // Most articles state none; looking up a name makes a table of them all.
  if (stated.empty()) return "";
  std::string tag(stated);
  // A common misspelling of the tag "pt-BR".
  std::replace(tag.begin(), tag.end(), '_', '-');
  if (!IsTag(tag)) return CodeOfName(stated);
  const std::string primary = text::PrimaryLanguage(tag);
  if (std::find(kNoLanguage.begin(), kNoLanguage.end(), primary) != kNoLanguage.end()) return "";
  const std::string code = ShortCode(primary);
  if (code.empty()) return "";
  return code == primary ? tag : code + tag.substr(primary.size());
}

std::string LanguageName(std::string_view tag) {
  const std::string name = DisplayName(text::PrimaryLanguage(tag).c_str(), "en");
  return name.empty() ? std::string(tag) : name;
}

}  // namespace broadsheet::schema
