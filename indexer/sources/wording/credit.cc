// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/sources/wording/credit.h"

#include <algorithm>
#include <array>

#include "indexer/sources/wording/organisation.h"
#include "indexer/sources/wording/words.h"

namespace broadsheet::sources::page {
namespace {

constexpr auto kLabels = std::to_array<std::string_view>(
    {"image source, ",  "image source: ",  "image credit: ", "photo credit: ", "picture credit: ",
     "photo: ",         "photos: ",        "photograph: ",   "photographs: ",  "picture: ",
     "pictures: ",      "image: ",         "images: ",       "credit: ",       "credits: ",
     "photo by ",       "photos by ",      "photograph by ", "picture by ",    "photo courtesy of ",
     "courtesy of ",    "foto: ",          "fotos: ",        "bild: ",         "quelle: ",
     "bildrechte: ",    "source: ",        "agency photo: ", "illustration: ", "crédit photo : ",
     "사진 출처 = ",    "사진출처=",       "사진 = ",        "사진=",          "사진: ",
     "Ảnh: ",           "nguồn: ",         "撮影：",         "写真：",         "写真＝",
     "image credits: ", "photo credits: ", "bildquelle: ",   "foto von ",      "crédit : ",
     "photo : ",        "crédito: ",       "imagen: ",       "fotografía: "});

constexpr auto kCaptionLabels = std::to_array<std::string_view>(
    {"image caption, ", "image caption: ", "caption: ", "media caption, ",
     "bildunterschrift: ", "legende: ", "l\xc3\xa9gende : "});

// What only a credit says. Matched with case: these are names.
constexpr auto kCreditMarks = std::to_array<std::string_view>(
    {"Getty Images", "AP Photo",    "via AP",        "via Getty", "via REUTERS", "via Reuters",
     "Pool Photo",   "Pool via",    "Photo via ",    "/AP",       "/AFP",        "/Reuters",
     "/REUTERS",     "/EPA",        "/Shutterstock", "/dpa",      "/PA",         "/Xinhua",
     "Shutterstock", "Staff Photo", "File Photo",    "Handout"});

// Open a credit within a caption's line.
constexpr auto kSigns = std::to_array<std::string_view>({"\xc2\xa9",
                                                         " (c) ",
                                                         "\xef\xbc\x88\xef\xbc\xa3\xef\xbc\x89",
                                                         "Foto: ",
                                                         "Foto : ",
                                                         "Fotos: ",
                                                         "Bild: ",
                                                         "Quelle: ",
                                                         "Photo: ",
                                                         "Photo : ",
                                                         "Photos: ",
                                                         "Image: ",
                                                         "Photograph: ",
                                                         "Picture: ",
                                                         "Credit: ",
                                                         "Bildrechte: ",
                                                         "Source: ",
                                                         "Cr\xc3\xa9"
                                                         "dit photo : ",
                                                         "Cr\xc3\xa9"
                                                         "dit : ",
                                                         "Photo by ",
                                                         "Photograph by ",
                                                         "Photo courtesy of ",
                                                         "Courtesy of ",
                                                         "Imagen: ",
                                                         "Ảnh: ",
                                                         "Nguồn: ",
                                                         "写真：",
                                                         "撮影：",
                                                         "Foto/",
                                                         " / ",
                                                         " | "});

constexpr size_t kMaxCreditWords = 15;

bool HasMark(std::string_view text) {
  return std::any_of(kCreditMarks.begin(), kCreditMarks.end(), [&](std::string_view mark) {
    return text.find(mark) != std::string_view::npos;
  });
}

// Digits, full-width ones too.
bool HasNumber(std::string_view text) {
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

std::string_view StripLabel(std::string_view text) {
  for (const std::string_view label : kLabels) {
    if (StartsWithIgnoringCase(text, label)) return Trim(text.substr(label.size()));
  }
  return text;
}

// The inside of "( ... )" that is all of `text`.
std::string_view StripBrackets(std::string_view text) {
  if (text.size() < 2 || (text.front() != '(' && text.front() != '[')) return text;
  if (text.back() != ')' && text.back() != ']') return text;
  return Trim(text.substr(1, text.size() - 2));
}

// "Jane Doe/The Ledger": the person, a stroke, the house.
bool IsNameAndHouse(std::string_view text) {
  const size_t stroke = text.find('/');
  if (stroke == std::string_view::npos || text.find("//") != std::string_view::npos) return false;
  const std::string_view house = Trim(text.substr(stroke + 1));
  return LooksLikeName(Trim(text.substr(0, stroke))) && !house.empty() && IsCapitalised(house);
}

}  // namespace

std::optional<std::string> CreditOfLine(std::string_view line) {
  const std::string_view inner = StripBrackets(line);
  const std::string_view bare = StripLabel(inner);
  const size_t words = Words(bare).size();
  if (words == 0 || words > kMaxCreditWords) return std::nullopt;
  const bool labelled = bare.size() != inner.size();
  if (labelled) return std::string(bare);
  if (EndsSentence(bare) && bare.size() == line.size()) return std::nullopt;
  if (HasMark(bare) || IsNameAndHouse(bare)) return std::string(bare);
  return std::nullopt;
}

std::optional<std::string_view> LabelledCaption(std::string_view line) {
  for (const std::string_view label : kCaptionLabels) {
    if (StartsWithIgnoringCase(line, label)) return Trim(line.substr(label.size()));
  }
  return std::nullopt;
}

size_t FindCreditInCaption(std::string_view caption) {
  constexpr size_t kMaxBracketWords = 10;
  // In brackets at the very end.
  if (caption.ends_with(')') || caption.ends_with(']')) {
    const size_t open = caption.find_last_of("([");
    if (open != caption.npos && open > 0) {
      const std::string inner = PlainCredit(caption.substr(open));
      const bool credit = CreditOfLine(caption.substr(open)).has_value() ||
                          people::IsOrganisation(inner) || LooksLikeName(inner) ||
                          inner.find('/') != inner.npos;
      if (credit && Words(inner).size() <= kMaxBracketWords) return open;
    }
  }
  // "（名前撮影）": who took the picture.
  constexpr std::string_view kTaken = "撮影）";
  if (caption.ends_with(kTaken)) {
    const size_t open = caption.rfind("（");
    if (open != caption.npos && open > 0) return open;
  }
  // "＝ＡＰ", but "＝３日" is when it was.
  constexpr std::string_view kEquals = "＝";
  if (const size_t equals = caption.rfind(kEquals); equals != caption.npos && equals > 0) {
    const std::string_view rest = caption.substr(equals + kEquals.size());
    if (!rest.empty() && !HasNumber(rest)) return equals;
  }
  // Behind a sign or a label.
  size_t cut = caption.size();
  for (const std::string_view mark : kSigns) {
    const size_t found = caption.rfind(mark);
    if (found == caption.npos || found == 0) continue;
    const std::string_view rest = caption.substr(found + mark.size());
    if (Words(rest).size() <= kMaxCreditWords && !rest.empty()) cut = std::min(cut, found);
  }
  if (cut < caption.size()) return cut;
  // Behind the sentence: "A bell. Jane Doe/Wire".
  const size_t end = caption.rfind(". ");
  if (end != caption.npos && CreditOfLine(Trim(caption.substr(end + 2))).has_value()) {
    return end + 2;
  }
  return caption.size();
}

std::string PlainCredit(std::string_view credit) {
  std::string_view bare = Trim(credit);
  for (bool changed = true; changed;) {
    const size_t before = bare.size();
    bare = StripLabel(Trim(StripBrackets(bare)));
    for (const std::string_view sign :
         {"\xc2\xa9", "(c)", "(C)", "\xef\xbc\x88\xef\xbc\xa3\xef\xbc\x89", "/", "|", "-",
          "\xe2\x80\x93", ":", ",", "＝"}) {
      if (bare.starts_with(sign)) bare = Trim(bare.substr(sign.size()));
    }
    while (bare.ends_with('.') && Words(bare).size() <= 2 && !bare.ends_with("Inc."))
      bare.remove_suffix(1);
    changed = bare.size() != before;
  }
  constexpr std::string_view kWideOpen = "（";
  constexpr std::string_view kTakenEnd = "撮影）";
  if (bare.starts_with(kWideOpen) && bare.ends_with(kTakenEnd)) {
    bare.remove_prefix(kWideOpen.size());
    bare.remove_suffix(kTakenEnd.size());
  }
  std::string plain(bare);
  for (size_t at = 0; (at = plain.find(" | ", at)) != std::string::npos;)
    plain.replace(at, 3, ", ");
  return plain;
}

}  // namespace broadsheet::sources::page
