// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/sources/markup/charset_label.h"

#include <array>
#include <sstream>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/ascii.h"

namespace broadsheet::sources::markup {
namespace {

struct Charset {
  // ICU's name of the character set, or of a superset of it.
  std::string_view name;
  // In lower case, letters and digits only.
  std::string_view labels;
};

// The labels of https://encoding.spec.whatwg.org/#names-and-labels, and a few that it leaves out
// and feeds have (win1251, utf8mb4, ucs4). ICU has no ISO-8859-16; ISO-8859-2 has the letters of
// Romanian at the same places.
constexpr auto kCharsets = std::to_array<Charset>({
    {"utf-8", "unicode11utf8 unicode20utf8 utf8 xunicode20utf8 utf8mb4 utf8mb3 utf8n cp65001 utf"},
    {"ibm866", "866 cp866 csibm866 ibm866 dos866"},
    {"iso-8859-2",
     "csisolatin2 iso88592 isoir101 iso885921987 l2 latin2 iso885916 l10 latin10 csiso885916"},
    {"iso-8859-3", "csisolatin3 iso88593 isoir109 iso885931988 l3 latin3"},
    {"iso-8859-4", "csisolatin4 iso88594 isoir110 iso885941988 l4 latin4"},
    {"iso-8859-5", "csisolatincyrillic cyrillic iso88595 isoir144 iso885951988"},
    {"iso-8859-6",
     "arabic asmo708 csiso88596e csiso88596i csisolatinarabic ecma114 iso88596 iso88596e iso88596i "
     "isoir127 iso885961987"},
    {"iso-8859-7",
     "csisolatingreek ecma118 elot928 greek greek8 iso88597 isoir126 iso885971987 suneugreek"},
    {"iso-8859-8",
     "csiso88598e csisolatinhebrew hebrew iso88598 iso88598e isoir138 iso885981988 visual "
     "csiso88598i iso88598i logical"},
    {"iso-8859-10", "csisolatin6 iso885910 isoir157 l6 latin6"},
    {"iso-8859-13", "iso885913 l7 latin7"},
    {"iso-8859-14", "iso885914 l8 latin8"},
    {"iso-8859-15", "csisolatin9 iso885915 l9 latin9 latin0"},
    {"koi8-r", "cskoi8r koi koi8 koi8r"},
    {"koi8-u", "koi8ru koi8u"},
    {"macintosh", "csmacintosh mac macintosh xmacroman macroman"},
    {"windows-874", "dos874 iso885911 tis620 windows874 cp874 win874"},
    {"windows-1250", "cp1250 windows1250 xcp1250 win1250"},
    {"windows-1251", "cp1251 windows1251 xcp1251 win1251"},
    {"windows-1252",
     "ansix341968 ascii cp1252 cp819 csisolatin1 ibm819 iso88591 isoir100 iso885911987 l1 latin1 "
     "usascii windows1252 xcp1252 win1252 ansi iso646us us 646 westerniso88591"},
    {"windows-1253", "cp1253 windows1253 xcp1253 win1253"},
    {"windows-1254",
     "cp1254 csisolatin5 iso88599 isoir148 iso885991989 l5 latin5 windows1254 xcp1254 win1254"},
    {"windows-1255", "cp1255 windows1255 xcp1255 win1255"},
    {"windows-1256", "cp1256 windows1256 xcp1256 win1256"},
    {"windows-1257", "cp1257 windows1257 xcp1257 win1257"},
    {"windows-1258", "cp1258 windows1258 xcp1258 win1258"},
    {"x-mac-cyrillic", "xmaccyrillic xmacukrainian maccyrillic"},
    {"gb18030",
     "chinese csgb2312 csiso58gb231280 gb2312 gb231280 gbk isoir58 xgbk gb18030 cp936 ms936 "
     "windows936 euccn"},
    {"hz-gb-2312", "hzgb2312 hz"},
    {"big5-hkscs", "big5 big5hkscs cnbig5 csbig5 xxbig5 cp950 ms950 windows950"},
    {"euc-jp", "cseucpkdfmtjapanese eucjp xeucjp ujis"},
    {"iso-2022-jp", "csiso2022jp iso2022jp"},
    {"windows-31j",
     "csshiftjis mskanji shiftjis sjis windows31j xsjis cp932 ms932 windows932 cswindows31j"},
    {"windows-949",
     "cseuckr csksc56011987 euckr isoir149 korean ksc56011987 ksc56011989 ksc5601 windows949 cp949 "
     "ms949 uhc"},
    {"iso-2022-kr", "csiso2022kr iso2022kr"},
    {"iso-2022-cn", "iso2022cn iso2022cnext"},
    {"utf-16be", "unicodefffe utf16be"},
    {"utf-16le", "csunicode iso10646ucs2 ucs2 unicode unicodefeff utf16 utf16le"},
    {"utf-32", "utf32 ucs4 iso10646ucs4"},
});

std::string PlainLabel(std::string_view label) {
  std::string plain;
  for (const char c : label) {
    const auto byte = static_cast<unsigned char>(c);
    if (absl::ascii_isalnum(byte)) plain += absl::ascii_tolower(byte);
  }
  return plain;
}

using LabelTable = absl::flat_hash_map<std::string, std::string_view>;

LabelTable MakeTable() {
  LabelTable table;
  for (const Charset& charset : kCharsets) {
    std::istringstream labels{std::string(charset.labels)};
    for (std::string label; labels >> label;) table.emplace(label, charset.name);
  }
  return table;
}

}  // namespace

std::string CharsetOfLabel(std::string_view label) {
  static const auto& table = *new LabelTable(MakeTable());
  const auto found = table.find(PlainLabel(label));
  if (found != table.end()) return std::string(found->second);
  return absl::AsciiStrToLower(absl::StripAsciiWhitespace(std::string(label)));
}

bool IsUtf8Charset(std::string_view charset) { return charset == "utf-8"; }

bool IsWideCharset(std::string_view charset) {
  return charset.starts_with("utf-16") || charset.starts_with("utf-32");
}

bool IsEscapedCharset(std::string_view charset) {
  return charset.starts_with("iso-2022") || charset.starts_with("hz");
}

}  // namespace broadsheet::sources::markup
