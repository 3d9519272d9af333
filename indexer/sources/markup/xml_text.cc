// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/sources/markup/xml_text.h"

#include <libxml/HTMLparser.h>
#include <simdjson.h>
#include <unicode/utf16.h>
#include <unicode/utf8.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <initializer_list>
#include <utility>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/ascii.h"
#include "engine/text/char_class.h"

namespace broadsheet::sources::markup {
namespace {

constexpr const char* kBareAmpersand = "an \"&\" that begins no reference is kept as it is written";
constexpr const char* kForbidden = "a character that XML forbids is left out";
constexpr const char* kNoUtf8 = "a byte that is no UTF-8 is read as one of an older character set";

constexpr size_t kLongestReference = 40;
constexpr UChar32 kFirstBeyondControls = 0xA0;
constexpr UChar32 kNextLine = 0x85;

void AppendCodePoint(UChar32 code_point, std::string* text) {
  std::array<char, U8_MAX_LENGTH> bytes = {};
  size_t size = 0;
  U8_APPEND_UNSAFE(bytes.data(), size, code_point);
  text->append(bytes.data(), size);
}

using Entities = absl::flat_hash_map<std::string, UChar32>;

// libxml2 looks them up one by one.
Entities MakeEntities() {
  constexpr UChar32 kBeyondAll = 0x2700;
  Entities entities;
  for (UChar32 code_point = 1; code_point < kBeyondAll; ++code_point) {
    const auto* entity = htmlEntityValueLookup(static_cast<unsigned>(code_point));
    if (entity != nullptr) entities.emplace(entity->name, code_point);
  }
  // Of later versions of HTML.
  for (const auto& [name, code_point] : std::initializer_list<std::pair<const char*, UChar32>>{
           {"apos", '\''},     {"AMP", '&'},       {"LT", '<'},        {"GT", '>'},
           {"QUOT", '"'},      {"COPY", 0xA9},     {"REG", 0xAE},      {"TRADE", 0x2122},
           {"NewLine", '\n'},  {"Tab", '\t'},      {"excl", '!'},      {"quest", '?'},
           {"num", '#'},       {"dollar", '$'},    {"percnt", '%'},    {"lpar", '('},
           {"rpar", ')'},      {"ast", '*'},       {"plus", '+'},      {"comma", ','},
           {"period", '.'},    {"sol", '/'},       {"colon", ':'},     {"semi", ';'},
           {"equals", '='},    {"commat", '@'},    {"lsqb", '['},      {"rsqb", ']'},
           {"lbrack", '['},    {"rbrack", ']'},    {"bsol", '\\'},     {"lowbar", '_'},
           {"grave", '`'},     {"lcub", '{'},      {"rcub", '}'},      {"lbrace", '{'},
           {"rbrace", '}'},    {"verbar", '|'},    {"vert", '|'},      {"hyphen", 0x2010},
           {"dash", 0x2010},   {"horbar", 0x2015}, {"mldr", 0x2026},   {"nldr", 0x2025},
           {"rsquor", 0x2019}, {"lsquor", 0x201A}, {"rdquor", 0x201D}, {"ldquor", 0x201E},
           {"half", 0xBD},     {"nbsp", 0xA0},     {"numsp", 0x2007},  {"puncsp", 0x2008},
           {"hairsp", 0x200A}, {"check", 0x2713},  {"star", 0x2606},   {"starf", 0x2605},
           {"phone", 0x260E},  {"copysr", 0x2117}, {"numero", 0x2116}, {"caron", 0x2C7},
           {"inodot", 0x131},  {"imath", 0x131},   {"Abreve", 0x102},  {"abreve", 0x103},
           {"Cacute", 0x106},  {"cacute", 0x107},  {"Ccaron", 0x10C},  {"ccaron", 0x10D},
           {"Dcaron", 0x10E},  {"dcaron", 0x10F},  {"Dstrok", 0x110},  {"dstrok", 0x111},
           {"Ecaron", 0x11A},  {"ecaron", 0x11B},  {"Gbreve", 0x11E},  {"gbreve", 0x11F},
           {"Idot", 0x130},    {"Lstrok", 0x141},  {"lstrok", 0x142},  {"Nacute", 0x143},
           {"nacute", 0x144},  {"Ncaron", 0x147},  {"ncaron", 0x148},  {"Rcaron", 0x158},
           {"rcaron", 0x159},  {"Sacute", 0x15A},  {"sacute", 0x15B},  {"Scedil", 0x15E},
           {"scedil", 0x15F},  {"Tcaron", 0x164},  {"tcaron", 0x165},  {"Uring", 0x16E},
           {"uring", 0x16F},   {"Zacute", 0x179},  {"zacute", 0x17A},  {"Zdot", 0x17B},
           {"zdot", 0x17C},    {"Zcaron", 0x17D},  {"zcaron", 0x17E},  {"Aogon", 0x104},
           {"aogon", 0x105},   {"Eogon", 0x118},   {"eogon", 0x119},   {"Amacr", 0x100},
           {"amacr", 0x101},   {"Odblac", 0x150},  {"odblac", 0x151},  {"Udblac", 0x170},
           {"udblac", 0x171}}) {
    entities.emplace(name, code_point);
  }
  return entities;
}

bool IsForbidden(UChar32 c) {
  return (c < 0x20 && c != '\t' && c != '\n' && c != '\r') || c == 0xFFFE || c == 0xFFFF ||
         (c >= 0xD800 && c <= 0xDFFF) || c > 0x10FFFF;
}

// Control characters that divide: the tabs and page ends of old machines.
bool Divides(UChar32 c) { return c == 0x0B || c == 0x0C || (c >= 0x1C && c <= 0x1F); }

class Appending {
 public:
  Appending(std::string_view stored, const XmlTextRules& rules, const XmlBytes& bytes,
            std::string* text)
      : stored_(stored), rules_(rules), bytes_(bytes), text_(*text) {}

  XmlTextMistake Run() {
    const bool is_plain = IsPlainBeyondAscii();
    while (at_ < stored_.size()) {
      const size_t begin = at_;
      while (at_ < stored_.size() && IsOrdinary(stored_[at_], is_plain)) ++at_;
      text_.append(stored_, begin, at_ - begin);
      if (at_ < stored_.size()) Step();
    }
    return mistake_;
  }

 private:
  bool IsOrdinary(char c, bool is_plain) const {
    const auto byte = static_cast<unsigned char>(c);
    if (byte >= 0x80) return is_plain;
    if (byte >= 0x20) return c != '&' || !rules_.has_references;
    return (c == '\n' || c == '\t') && !rules_.is_value;
  }

  // Valid UTF-8 without control characters of its second block and without what is no character.
  bool IsPlainBeyondAscii() const {
    if (!simdjson::validate_utf8(stored_.data(), stored_.size())) return false;
    if (stored_.find("\xef\xbf\xbe") != std::string_view::npos ||
        stored_.find("\xef\xbf\xbf") != std::string_view::npos) {
      return false;
    }
    for (size_t at = 0; (at = stored_.find('\xc2', at)) != std::string_view::npos; ++at) {
      if (static_cast<unsigned char>(stored_[at + 1]) < kFirstBeyondControls) return false;
    }
    return true;
  }

  void Note(const char* what) {
    if (mistake_.what != nullptr) return;
    mistake_ = {.what = what, .at = at_, .is_of_charset = what == kNoUtf8};
  }

  void Step() {
    const char c = stored_[at_];
    if (c == '&' && rules_.has_references) return TakeReference();
    if (c == '\r' || c == '\n' || c == '\t') {
      // "\r\n" is one end of a line.
      if (c == '\r' && at_ + 1 < stored_.size() && stored_[at_ + 1] == '\n') ++at_;
      ++at_;
      text_ += rules_.is_value ? ' ' : (c == '\t' ? '\t' : '\n');
      return;
    }
    const text::Character character = text::CharacterAt(stored_, at_);
    if (character.code_point >= 0) {
      AppendCharacter(character.code_point);
    } else if (!TakeSurrogates()) {
      if (!bytes_.is_declared_western()) Note(kNoUtf8);
      AppendOlder(static_cast<unsigned char>(stored_[at_++]));
      return;
    } else {
      return;
    }
    at_ = character.end;
  }

  void AppendCharacter(UChar32 c) {
    if (IsForbidden(c)) {
      Note(kForbidden);
      if (Divides(c)) text_ += ' ';
    } else if (c >= 0x80 && c < kFirstBeyondControls && c != kNextLine) {
      AppendOlder(static_cast<unsigned char>(c));
    } else {
      AppendCodePoint(c, &text_);
    }
  }

  // Five of the set have no character.
  void AppendOlder(unsigned char byte) {
    const std::string_view character = bytes_.CharacterOf(byte);
    if (character.size() == 2 && character[0] == '\xc2' &&
        static_cast<unsigned char>(character[1]) < kFirstBeyondControls) {
      return;
    }
    text_ += character;
  }

  // "\xed\xa0\xbd\xed\xb8\x80", two surrogates as three bytes each, as some programs write what is
  // beyond U+FFFF. One alone is nothing.
  bool TakeSurrogates() {
    constexpr size_t kBytes = 3;
    const auto surrogate = [&](size_t at) -> UChar32 {
      if (at + kBytes > stored_.size() || stored_[at] != '\xed') return 0;
      const auto second = static_cast<unsigned char>(stored_[at + 1]);
      const auto third = static_cast<unsigned char>(stored_[at + 2]);
      if (second < 0xA0 || second > 0xBF || third < 0x80 || third > 0xBF) return 0;
      return 0xD000 | ((second & 0x3F) << 6) | (third & 0x3F);
    };
    const UChar32 first = surrogate(at_);
    if (first == 0) return false;
    Note(kNoUtf8);
    const UChar32 second = surrogate(at_ + kBytes);
    const bool is_pair = U16_IS_LEAD(first) && U16_IS_TRAIL(second);
    if (is_pair) AppendCodePoint(U16_GET_SUPPLEMENTARY(first, second), &text_);
    at_ += is_pair ? 2 * kBytes : kBytes;
    return true;
  }

  void TakeReference() {
    const std::string_view rest = stored_.substr(at_ + 1, kLongestReference);
    const size_t end = rest.find_first_not_of(
        "#0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_.-:");
    const bool is_reference = end != std::string_view::npos && end > 0 && rest[end] == ';';
    const std::string_view name = rest.substr(0, end);
    if (is_reference && name.starts_with('#') && TakeNumber(name.substr(1))) {
      at_ += end + 2;
      return;
    }
    if (is_reference && !name.starts_with('#')) {
      static const auto& entities = *new Entities(MakeEntities());
      const auto known = entities.find(std::string(name));
      // What the document may declare is not looked at.
      if (known == entities.end()) {
        text_.append(stored_, at_, end + 2);
      } else {
        AppendCodePoint(known->second, &text_);
      }
      at_ += end + 2;
      return;
    }
    Note(kBareAmpersand);
    text_ += '&';
    ++at_;
  }

  // "8217", "x2019". False when it is no number.
  bool TakeNumber(std::string_view digits) {
    const bool is_hex = digits.starts_with('x') || digits.starts_with('X');
    if (is_hex) digits.remove_prefix(1);
    if (digits.empty()) return false;
    constexpr UChar32 kTooLarge = 0x110000;
    UChar32 number = 0;
    for (const char c : digits) {
      const auto byte = static_cast<unsigned char>(c);
      if (is_hex ? !absl::ascii_isxdigit(byte) : !absl::ascii_isdigit(byte)) return false;
      const int digit = absl::ascii_isdigit(byte) ? c - '0' : absl::ascii_tolower(byte) - 'a' + 10;
      number = std::min(number * (is_hex ? 16 : 10) + digit, kTooLarge);
    }
    AppendCharacter(number);
    return true;
  }

  const std::string_view stored_;
  const XmlTextRules rules_;
  const XmlBytes& bytes_;
  std::string& text_;
  size_t at_ = 0;
  XmlTextMistake mistake_;
};

}  // namespace

XmlTextMistake AppendXmlText(std::string_view stored, const XmlTextRules& rules,
                             const XmlBytes& bytes, std::string* text) {
  return Appending(stored, rules, bytes, text).Run();
}

}  // namespace broadsheet::sources::markup
