// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/text/language_detection.h"

#include <cld2/public/compact_lang_det.h>

#include "engine/text/utf8.h"

namespace broadsheet::text {
namespace {

// CLD2 keeps some codes that ISO 639 has withdrawn (IANA language subtag registry, "Deprecated").
std::string CurrentCode(std::string_view code) {
  if (code == "iw") return "he";
  if (code == "jw") return "jv";
  if (code == "in") return "id";
  if (code == "ji") return "yi";
  return std::string(code);
}

// CLD2 judges from a part; more text costs time and changes nothing.
constexpr size_t kMaxBytesToDetect = 16 << 10;

}  // namespace

std::string DetectLanguage(std::string_view text) {
  if (text.size() < kMinBytesToDetect) return {};
  const std::string_view sample = PrefixOf(text, kMaxBytesToDetect);
  bool is_reliable = false;
  const CLD2::Language language = CLD2::DetectLanguage(
      sample.data(), static_cast<int>(sample.size()), /*is_plain_text=*/true, &is_reliable);
  if (!is_reliable || language == CLD2::UNKNOWN_LANGUAGE || language == CLD2::TG_UNKNOWN_LANGUAGE) {
    return {};
  }
  return CurrentCode(CLD2::LanguageCode(language));
}

}  // namespace broadsheet::text
