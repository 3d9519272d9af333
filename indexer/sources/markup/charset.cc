// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/sources/markup/charset.h"

#include <unicode/ucnv.h>
#include <unicode/ucsdet.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <memory>

#include "absl/strings/ascii.h"
#include "absl/strings/str_replace.h"
#include "engine/text/utf8.h"
#include "indexer/sources/markup/charset_label.h"

namespace broadsheet::sources::markup {
namespace {

// Where browsers look for a declaration, and some: long scripts may come before it.
constexpr size_t kDeclarationBytes = 4096;
// How much of a page the detector is shown.
constexpr size_t kDetectionBytes = 64 << 10;
// Below this the detector guesses.
constexpr int32_t kMinConfidence = 30;

struct CloseConverter {
  void operator()(UConverter* converter) const { ucnv_close(converter); }
};
struct CloseDetector {
  void operator()(UCharsetDetector* detector) const { ucsdet_close(detector); }
};

struct Mark {
  std::string_view bytes;
  std::string_view charset;
};
constexpr auto kMarks = std::to_array<Mark>({
    {"\xef\xbb\xbf", "UTF-8"},
    {"\xff\xfe", "UTF-16LE"},
    {"\xfe\xff", "UTF-16BE"},
});

bool HasBytesBeyondAscii(std::string_view bytes) {
  return std::any_of(bytes.begin(), bytes.end(),
                     [](char c) { return static_cast<unsigned char>(c) >= 0x80; });
}

// The value after "charset=" in the page's head, in lower case; "" when there is none.
std::string DeclaredInPage(std::string_view bytes) {
  const std::string head = absl::AsciiStrToLower(std::string(bytes.substr(0, kDeclarationBytes)));
  constexpr std::string_view kLabel = "charset=";
  size_t at = head.find(kLabel);
  if (at == std::string::npos) return "";
  at += kLabel.size();
  while (at < head.size() && (head[at] == '"' || head[at] == '\'' || head[at] == ' ')) ++at;
  size_t end = at;
  while (end < head.size() && (std::isalnum(static_cast<unsigned char>(head[end])) != 0 ||
                               head[end] == '-' || head[end] == '_')) {
    ++end;
  }
  return head.substr(at, end - at);
}

// False when ICU does not know the character set, or when it does not go over ASCII markup: bytes
// with "<html" in plain ASCII are no UTF-16.
bool Convert(std::string_view bytes, const std::string& charset, Decoded* decoded) {
  if (charset.empty() || IsWideCharset(charset)) return false;
  UErrorCode error = U_ZERO_ERROR;
  const std::unique_ptr<UConverter, CloseConverter> converter(ucnv_open(charset.c_str(), &error));
  if (U_FAILURE(error) != 0) return false;
  decoded->utf8.resize(bytes.size() * 3 + 16);
  const int32_t size = ucnv_toAlgorithmic(UCNV_UTF8, converter.get(), decoded->utf8.data(),
                                          static_cast<int32_t>(decoded->utf8.size()), bytes.data(),
                                          static_cast<int32_t>(bytes.size()), &error);
  if (U_FAILURE(error) != 0) return false;
  decoded->utf8.resize(static_cast<size_t>(size));
  decoded->charset = charset;
  decoded->repaired = decoded->utf8.find("\xef\xbf\xbd") != std::string::npos;
  return true;
}

void ConvertUtf16(std::string_view bytes, std::string_view charset, Decoded* decoded) {
  UErrorCode error = U_ZERO_ERROR;
  const std::unique_ptr<UConverter, CloseConverter> converter(
      ucnv_open(std::string(charset).c_str(), &error));
  decoded->utf8.resize(bytes.size() * 2 + 16);
  const int32_t size = ucnv_toAlgorithmic(UCNV_UTF8, converter.get(), decoded->utf8.data(),
                                          static_cast<int32_t>(decoded->utf8.size()), bytes.data(),
                                          static_cast<int32_t>(bytes.size()), &error);
  decoded->utf8.resize(U_FAILURE(error) != 0 ? 0 : static_cast<size_t>(size));
  decoded->charset = charset;
}

void TakeAsUtf8(std::string_view bytes, std::string_view reason, Decoded* decoded) {
  decoded->utf8 = bytes;
  decoded->charset = "utf-8";
  decoded->reason = reason;
  decoded->repaired = text::RepairUtf8(&decoded->utf8) > 0;
}

// Nearly all of a page that says it is UTF-8 is; one broken character is no other character set.
bool IsMostlyUtf8(std::string_view bytes) {
  std::string copy(bytes.substr(0, kDetectionBytes));
  const size_t broken = text::RepairUtf8(&copy);
  const auto beyond = static_cast<size_t>(std::count_if(
      bytes.begin(),
      bytes.begin() + static_cast<std::ptrdiff_t>(std::min(bytes.size(), kDetectionBytes)),
      [](char c) { return static_cast<unsigned char>(c) >= 0xC0; }));
  return broken * 10 <= beyond;
}

}  // namespace

bool BeginsLikeEbcdicXml(std::string_view bytes) {
  return bytes.starts_with("\x4c\x6f\xa7\x94\x93");
}

bool LooksLikeEbcdic(std::string_view bytes) {
  constexpr size_t kSampleBytes = 4096;
  constexpr size_t kFewest = 16;
  constexpr std::string_view kSigns =
      "\x05\x0d\x15\x25\x4b\x4c\x4d\x4e\x50\x5a\x5b\x5c\x5d\x5e\x60\x61\x6b\x6c\x6d\x6e\x6f"
      "\x7a\x7b\x7c\x7d\x7e\x7f";
  const std::string_view sample = bytes.substr(0, kSampleBytes);
  // Most texts are told by their first bytes, which have no letter of EBCDIC.
  constexpr size_t kBeginning = 256;
  const auto may_be_letter = [](char c) { return static_cast<unsigned char>(c) > 0x80; };
  if (std::ranges::none_of(sample.substr(0, kBeginning), may_be_letter)) return false;
  size_t spaces = 0;
  size_t letters = 0;
  size_t others = 0;
  for (const char c : sample) {
    const auto byte = static_cast<unsigned char>(c);
    // Each row of the table has letters, small or large, or digits in the same columns.
    const unsigned row = byte >> 4;
    const unsigned column = byte & 15;
    const bool is_letter = row >= 8 && row <= 14 && row != 11 && column <= 9 && column >= 1 &&
                           (column >= 2 || (row != 10 && row != 14));
    const bool is_digit = row == 15 && column <= 9;
    if (byte == 0x40) {
      ++spaces;
    } else if (is_letter) {
      ++letters;
    } else if (!is_digit && kSigns.find(c) == std::string_view::npos) {
      ++others;
    }
  }
  // "<" is 0x4c; markup may have no blank.
  const bool is_spaced = spaces * 40 > sample.size() && letters * 2 > sample.size();
  const bool is_markup = sample.starts_with('\x4c') && letters * 3 > sample.size();
  return sample.size() >= kFewest && (is_spaced || is_markup) && others * 20 < sample.size();
}

std::string DecodeEbcdic(std::string_view bytes) {
  Decoded decoded;
  if (!Convert(bytes, "ibm-1047", &decoded)) return "";
  return absl::StrReplaceAll(decoded.utf8, {{"\xc2\x85", "\n"}});
}

bool IsEbcdicCharset(const std::string& charset) {
  Decoded decoded;
  return Convert("\x4c\xa7\x6e", charset, &decoded) && decoded.utf8 == "<x>";
}

std::string DetectCharset(std::string_view bytes) {
  UErrorCode error = U_ZERO_ERROR;
  const std::unique_ptr<UCharsetDetector, CloseDetector> detector(ucsdet_open(&error));
  if (U_FAILURE(error) != 0) return "";
  const std::string_view sample = bytes.substr(0, kDetectionBytes);
  // Tags are Latin whatever the text is.
  ucsdet_enableInputFilter(detector.get(), 1);
  ucsdet_setText(detector.get(), sample.data(), static_cast<int32_t>(sample.size()), &error);
  const UCharsetMatch* match = ucsdet_detect(detector.get(), &error);
  if (U_FAILURE(error) != 0 || match == nullptr) return "";
  if (ucsdet_getConfidence(match, &error) < kMinConfidence) return "";
  const char* name = ucsdet_getName(match, &error);
  return U_FAILURE(error) != 0 || name == nullptr ? "" : CharsetOfLabel(name);
}

Decoded DecodePage(std::string_view bytes, std::string_view declared) {
  Decoded decoded;
  for (const Mark& mark : kMarks) {
    if (!bytes.starts_with(mark.bytes)) continue;
    const std::string_view rest = bytes.substr(mark.bytes.size());
    if (mark.charset == "UTF-8") {
      TakeAsUtf8(rest, "byte order mark", &decoded);
    } else {
      ConvertUtf16(rest, mark.charset, &decoded);
      decoded.reason = "byte order mark";
    }
    return decoded;
  }
  const bool beyond_ascii = HasBytesBeyondAscii(bytes);
  if (!beyond_ascii || text::IsValidUtf8(bytes)) {
    const std::string in_page = CharsetOfLabel(DeclaredInPage(bytes));
    if (!beyond_ascii && IsEscapedCharset(in_page) && Convert(bytes, in_page, &decoded)) {
      decoded.reason = "declared in the page";
      return decoded;
    }
    TakeAsUtf8(bytes, "valid UTF-8", &decoded);
    return decoded;
  }
  const std::string by_transport = CharsetOfLabel(declared);
  const std::string in_page = CharsetOfLabel(DeclaredInPage(bytes));
  if ((IsUtf8Charset(by_transport) || IsUtf8Charset(in_page)) && IsMostlyUtf8(bytes)) {
    TakeAsUtf8(bytes, "declared in the page", &decoded);
    return decoded;
  }
  if (!IsUtf8Charset(by_transport) && Convert(bytes, by_transport, &decoded)) {
    decoded.reason = "declared by the transport";
    return decoded;
  }
  if (!IsUtf8Charset(in_page) && Convert(bytes, in_page, &decoded)) {
    decoded.reason = "declared in the page";
    return decoded;
  }
  const std::string detected = DetectCharset(bytes);
  decoded.reason = "detected";
  if (IsUtf8Charset(detected)) {
    TakeAsUtf8(bytes, decoded.reason, &decoded);
  } else if (!Convert(bytes, detected, &decoded)) {
    Convert(bytes, "windows-1252", &decoded);
  }
  return decoded;
}

}  // namespace broadsheet::sources::markup
