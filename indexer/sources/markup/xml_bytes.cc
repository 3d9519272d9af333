// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/sources/markup/xml_bytes.h"

#include <iconv.h>
#include <unicode/unistr.h>

#include <algorithm>
#include <array>
#include <memory>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "engine/text/char_class.h"
#include "engine/text/clean.h"
#include "engine/text/utf8.h"
#include "indexer/sources/markup/charset.h"
#include "indexer/sources/markup/charset_label.h"

namespace broadsheet::sources::markup {
namespace {

// Bytes of a name in a message.
constexpr size_t kMostQuoted = 60;

// Where an XML declaration is looked for.
constexpr size_t kHeadBytes = 1024;
// How much of a document the choice of a character set is made from.
constexpr size_t kSampleBytes = 64 << 10;
// With fewer bytes beyond ASCII the detector guesses.
constexpr size_t kFewestToDetect = 16;
constexpr uint64_t kUtf16Bytes = 2;
constexpr uint64_t kUtf32Bytes = 4;

struct DocumentStart {
  std::string_view bytes;
  const char* charset;
  // The bytes are a mark, not text.
  bool is_mark;
};
// What is written here is longest first where one begins like another.
constexpr auto kStarts = std::to_array<DocumentStart>({
    {{"\xff\xfe\0\0", 4}, "utf-32le", true},
    {{"\0\0\xfe\xff", 4}, "utf-32be", true},
    {{"\xef\xbb\xbf", 3}, "utf-8", true},
    {{"\xff\xfe", 2}, "utf-16le", true},
    {{"\xfe\xff", 2}, "utf-16be", true},
    {{"<\0\0\0", 4}, "utf-32le", false},
    {{"\0\0\0<", 4}, "utf-32be", false},
    {{"<\0", 2}, "utf-16le", false},
    {{"\0<", 2}, "utf-16be", false},
});

bool IsAscii(char c) { return static_cast<unsigned char>(c) < 0x80; }

// The value of encoding="..." in the XML declaration; "" when there is none.
std::string DeclaredInXml(std::string_view head) {
  const size_t start = head.find("<?xml");
  if (start == std::string_view::npos) return "";
  head = head.substr(start, head.find('>', start) - start);
  constexpr std::string_view kName = "encoding";
  const size_t name = head.find(kName);
  if (name == std::string_view::npos) return "";
  const size_t open = head.find_first_of("\"'", name);
  if (open == std::string_view::npos) return "";
  const size_t close = head.find(head[open], open + 1);
  if (close == std::string_view::npos) return "";
  return std::string(head.substr(open + 1, close - open - 1));
}

struct Utf8Share {
  size_t characters = 0;  // beyond ASCII
  size_t bad = 0;         // sequences that are none
};

Utf8Share ShareOfUtf8(std::string_view sample) {
  Utf8Share share;
  for (size_t at = 0; at < sample.size();) {
    if (IsAscii(sample[at])) {
      ++at;
      continue;
    }
    const text::Character character = text::CharacterAt(sample, at);
    // The sample may end within a character.
    if (character.code_point < 0 && character.end == sample.size()) break;
    ++(character.code_point < 0 ? share.bad : share.characters);
    at = character.end;
  }
  return share;
}

// Whether a label is one of a character set of mainframes that ICU may not know: "ebcdic-int".
bool NamesEbcdic(const std::string& label) {
  UErrorCode error = U_ZERO_ERROR;
  const auto close = [](UConverter* converter) { ucnv_close(converter); };
  const std::unique_ptr<UConverter, decltype(close)> known(ucnv_open(label.c_str(), &error), close);
  if (label.empty() || U_SUCCESS(error) != 0) return false;
  const std::string lower = absl::AsciiStrToLower(label);
  constexpr auto kBeginnings =
      std::to_array<std::string_view>({"ebcdic", "csebcdic", "ibm", "csibm", "ccsid", "cp"});
  return std::any_of(kBeginnings.begin(), kBeginnings.end(),
                     [&](std::string_view beginning) { return lower.starts_with(beginning); });
}

// Fills the table by what the C library knows of a set of single bytes; false when it knows none of
// this name, or it has other letters.
bool FillTableOfSystem(const std::string& label, std::array<std::string, 256>* table) {
  const bool is_plain = std::all_of(label.begin(), label.end(), [](char c) {
    return text::IsAsciiAlnum(c) || c == '-' || c == '_';
  });
  if (!is_plain) return false;
  iconv_t converter = iconv_open("UTF-8", label.c_str());
  // NOLINTNEXTLINE: the value of failure, as iconv.h has it.
  if (converter == reinterpret_cast<iconv_t>(-1)) return false;
  for (size_t byte = 0; byte < table->size(); ++byte) {
    char stored = static_cast<char>(byte);
    std::array<char, 8> utf8{};
    char* from = &stored;
    char* to = utf8.data();
    size_t left = 1;
    size_t room = utf8.size();
    const bool is_known = iconv(converter, &from, &left, &to, &room) != static_cast<size_t>(-1);
    (*table)[byte] = is_known ? std::string(utf8.data(), utf8.size() - room) : "\xef\xbf\xbd";
    iconv(converter, nullptr, nullptr, nullptr, nullptr);
  }
  iconv_close(converter);
  return (*table)[0x4c] == "<" && (*table)[0x6e] == ">" && (*table)[0xa7] == "x";
}

// Mainframes end lines with a character of their own, which is no white space to XML.
void EndLinesAsOthers(std::array<std::string, 256>* table) {
  for (std::string& character : *table) {
    if (character == "\xc2\x85") character = "\n";
  }
}

}  // namespace

XmlBytes::XmlBytes(Input& input) : input_(input), fallback_(&WesternTable()) {}

const XmlBytes::Table& XmlBytes::WesternTable() {
  static const auto& western = *[] {
    auto* table = new Table;
    UErrorCode error = U_ZERO_ERROR;
    const std::unique_ptr<UConverter, CloseConverter> converter(ucnv_open("windows-1252", &error));
    if (U_SUCCESS(error) != 0) FillTable(converter.get(), table);
    return table;
  }();
  return western;
}

bool XmlBytes::FillTable(UConverter* converter, Table* table) {
  if (ucnv_getMaxCharSize(converter) != 1) return false;
  for (size_t byte = 0; byte < table->size(); ++byte) {
    const char stored = static_cast<char>(byte);
    UErrorCode error = U_ZERO_ERROR;
    icu::UnicodeString wide(&stored, 1, converter, error);
    (*table)[byte].clear();
    if (U_SUCCESS(error) != 0) wide.toUTF8String((*table)[byte]);
  }
  return true;
}

absl::Status XmlBytes::Start() {
  started_ = true;
  const absl::StatusOr<std::string_view> head = input_.Peek(kHeadBytes);
  if (!head.ok()) return head.status();
  for (const auto& start : kStarts) {
    if (!head->starts_with(start.bytes)) continue;
    if (start.is_mark) {
      skipped_ = start.bytes.size();
      std::vector<char> mark(start.bytes.size());
      if (const auto read = input_.Read(mark); !read.ok()) return read.status();
    }
    TakeCharset(start.charset);
    return absl::OkStatus();
  }
  const bool is_ebcdic = BeginsLikeEbcdicXml(*head);
  declared_label_ = DeclaredInXml(is_ebcdic ? DecodeEbcdic(*head) : std::string(*head));
  declared_ = CharsetOfLabel(declared_label_);
  // It is said to a person, whatever it is.
  text::RepairUtf8(&declared_label_);
  text::CleanLine(&declared_label_);
  declared_label_ = std::string(text::PrefixOf(declared_label_, kMostQuoted));
  if (is_ebcdic) {
    if (absl::Status taken = TakeEbcdic(); !taken.ok()) return taken;
  }
  if (IsEscapedCharset(declared_)) TakeCharset(declared_);
  return absl::OkStatus();
}

// Letters and the marks of markup are the same in all of these sets; but a document that names one
// of them is never read as another.
absl::Status XmlBytes::TakeEbcdic() {
  const bool is_known = IsEbcdicCharset(declared_);
  if (!is_known && NamesEbcdic(declared_label_)) {
    if (!FillTableOfSystem(declared_label_, &table_)) {
      return absl::InvalidArgumentError(
          absl::StrCat("declares ", declared_label_,
                       ", a character set of mainframes (EBCDIC) that is not known: convert it to "
                       "UTF-8, and its declaration"));
    }
    way_ = Way::kTable;
    EndLinesAsOthers(&table_);
    return absl::OkStatus();
  }
  if (!is_known) {
    note_ =
        absl::StrCat("declares ", declared_label_.empty() ? "no character set" : declared_label_,
                     " but is EBCDIC: read as IBM1047");
  }
  if (TakeCharset(is_known ? declared_ : "ibm-1047")) EndLinesAsOthers(&table_);
  return absl::OkStatus();
}

// False when ICU has no such character set.
bool XmlBytes::TakeCharset(const std::string& charset) {
  way_ = Way::kUtf8;
  if (charset.empty()) return false;
  if (IsUtf8Charset(charset)) return true;
  UErrorCode error = U_ZERO_ERROR;
  converter_.reset(ucnv_open(charset.c_str(), &error));
  if (U_FAILURE(error) != 0) {
    converter_ = nullptr;
    return false;
  }
  // What is no UTF-8 in the midst of UTF-8 is in the set that browsers assume as well.
  if (charset == "windows-1252") return true;
  way_ = FillTable(converter_.get(), &table_) ? Way::kTable : Way::kConverter;
  width_ = charset.starts_with("utf-16")   ? kUtf16Bytes
           : charset.starts_with("utf-32") ? kUtf32Bytes
                                           : 0;
  return true;
}

// Whether more than a tenth of what is no ASCII in `sample` is nothing in the set that was taken.
bool XmlBytes::FitsBadly(std::string_view sample) {
  if (way_ == Way::kUtf8) return false;
  std::string text;
  Convert(sample, false, &text);
  if (converter_ != nullptr) ucnv_reset(converter_.get());
  constexpr std::string_view kReplacement = "\xef\xbf\xbd";
  size_t replaced = 0;
  for (size_t at = 0; (at = text.find(kReplacement, at)) != std::string::npos; ++at) ++replaced;
  const auto leads = std::count_if(text.begin(), text.end(),
                                   [](char c) { return static_cast<unsigned char>(c) >= 0xc0; });
  return replaced * 10 > static_cast<size_t>(leads);
}

// `sample` begins with the first byte that is no ASCII.
void XmlBytes::Choose(std::string_view sample) {
  const std::string said =
      "declares " + (declared_label_.empty() ? "no character set" : declared_label_);
  const Utf8Share share = ShareOfUtf8(sample);
  way_ = Way::kUtf8;
  if (share.characters > 0 && share.bad * 10 <= share.characters) {
    if (declared_.empty() || IsUtf8Charset(declared_)) return;
    note_ = said + " but is UTF-8: read as UTF-8";
    if (!IsWideCharset(declared_) && TakeCharset(declared_) && way_ == Way::kTable) {
      fallback_ = &table_;
    }
    way_ = Way::kUtf8;
    return;
  }
  const bool usable = !IsUtf8Charset(declared_) && !IsWideCharset(declared_);
  if (usable && TakeCharset(declared_) && !FitsBadly(sample)) {
    is_declared_western_ = way_ == Way::kUtf8;
    return;
  }
  const auto beyond = static_cast<size_t>(
      std::count_if(sample.begin(), sample.end(), [](char c) { return !IsAscii(c); }));
  const std::string detected = beyond < kFewestToDetect ? "" : DetectCharset(sample);
  if (IsUtf8Charset(detected) || IsWideCharset(detected) || !TakeCharset(detected)) {
    way_ = Way::kUtf8;
  }
  note_ = absl::StrCat(said, declared_.empty() ? " and is not UTF-8" : " but is not", ": read as ",
                       way_ == Way::kUtf8 ? "windows-1252" : detected);
}

absl::Status XmlBytes::Decide(std::string_view first) {
  const std::string_view::iterator beyond =
      std::find_if(first.begin(), first.end(), [](char c) { return !IsAscii(c); });
  if (beyond == first.end()) return absl::OkStatus();
  std::string sample(beyond, first.end());
  if (sample.size() < kSampleBytes) {
    const absl::StatusOr<std::string_view> more = input_.Peek(kSampleBytes);
    // What is wrong with the rest is found when it is read.
    if (more.ok()) sample += *more;
  }
  sample.resize(std::min(sample.size(), kSampleBytes));
  Choose(sample);
  return absl::OkStatus();
}

void XmlBytes::Convert(std::string_view bytes, bool is_end, std::string* text) {
  if (way_ == Way::kTable) {
    for (const char c : bytes) *text += table_[static_cast<unsigned char>(c)];
    return;
  }
  // A byte gives at most two units, besides what the converter held back of the bytes before.
  wide_.resize(bytes.size() * 2 + 64);
  const char* from = bytes.data();
  UChar* to = wide_.data();
  UErrorCode error = U_ZERO_ERROR;
  ucnv_toUnicode(converter_.get(), &to, wide_.data() + wide_.size(), &from,
                 bytes.data() + bytes.size(), nullptr, is_end ? 1 : 0, &error);
  const icu::UnicodeString units(false, wide_.data(), static_cast<int32_t>(to - wide_.data()));
  units.toUTF8String(*text);
}

absl::StatusOr<bool> XmlBytes::Append(size_t want, std::string* text) {
  if (!started_) {
    if (absl::Status started = Start(); !started.ok()) return started;
  }
  const size_t before = text->size();
  const absl::StatusOr<std::string_view> bytes = input_.Next(want);
  if (!bytes.ok()) return bytes.status();
  const bool is_end = bytes->empty();
  if (way_ == Way::kTable || way_ == Way::kConverter) {
    if (is_end && way_ == Way::kTable) return false;
    Convert(*bytes, is_end, text);
    return !is_end || text->size() > before;
  }
  *text += *bytes;
  if (way_ == Way::kUtf8 || is_end) return !is_end;
  if (absl::Status decided = Decide(std::string_view(*text).substr(before)); !decided.ok()) {
    return decided;
  }
  if (way_ == Way::kTable || way_ == Way::kConverter) {
    const std::string stored = text->substr(before);
    text->resize(before);
    Convert(stored, false, text);
  }
  return true;
}

uint64_t XmlBytes::StoredSize(std::string_view text) const {
  if (way_ == Way::kUtf8 || way_ == Way::kUndecided) return text.size();
  uint64_t ascii = 0;
  uint64_t beyond = 0;
  uint64_t supplementary = 0;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    ascii += byte < 0x80 ? 1 : 0;
    beyond += byte >= 0xc0 ? 1 : 0;
    supplementary += byte >= 0xf0 ? 1 : 0;
  }
  if (width_ == kUtf16Bytes) return width_ * (ascii + beyond + supplementary);
  if (width_ == kUtf32Bytes) return width_ * (ascii + beyond);
  return ascii + (way_ == Way::kTable ? beyond : 2 * beyond);
}

}  // namespace broadsheet::sources::markup
