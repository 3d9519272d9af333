// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/sources/wording/people/credit.h"

#include <algorithm>
#include <array>

#include "indexer/sources/wording/people/credit_label.h"
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

constexpr size_t kMaxCreditWords = 15;

bool HasMark(std::string_view text) {
  return std::any_of(kCreditMarks.begin(), kCreditMarks.end(), [&](std::string_view mark) {
    return text.find(mark) != std::string_view::npos;
  });
}

std::string_view StripLabel(std::string_view text) {
  for (const std::string_view label : kLabels) {
    if (StartsWithIgnoringCase(text, label)) return Trim(text.substr(label.size()));
  }
  return text;
}

// The inside of "( ... )" that is all of `text`.
std::string_view StripBrackets(std::string_view text) {
  constexpr std::string_view kWideOpens = "（";
  constexpr std::string_view kWideCloses = "）";
  constexpr std::string_view kTakenBy = "撮影）";
  if (text.starts_with(kWideOpens) && text.ends_with(kWideCloses) && !text.ends_with(kTakenBy)) {
    return Trim(
        text.substr(kWideOpens.size(), text.size() - kWideOpens.size() - kWideCloses.size()));
  }
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

// "Jane Doe. All rights reserved" -> "Jane Doe"; with a year it is a notice about the page.
std::string_view WithoutRights(std::string_view credit) {
  constexpr auto kRights = std::to_array<std::string_view>(
      {"All rights reserved", "All Rights Reserved", "Alle Rechte vorbehalten",
       "Tous droits réservés", "Todos los derechos reservados", "Tutti i diritti riservati",
       "Todos os direitos reservados"});
  // "Jane Doe/Copyright 2031 The Wire"
  const size_t copyright = credit.find("/Copyright");
  if (copyright != credit.npos && copyright > 0) return credit.substr(0, copyright);
  for (const std::string_view rights : kRights) {
    const size_t at = credit.find(rights);
    if (at == credit.npos || at == 0) continue;
    std::string_view kept = Trim(credit.substr(0, at));
    if (kept.find_first_of("0123456789") != kept.npos) return credit;
    while (kept.ends_with(',') || kept.ends_with('.') || kept.ends_with('-')) {
      kept = Trim(kept.substr(0, kept.size() - 1));
    }
    return kept;
  }
  return credit;
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

std::string PlainCredit(std::string_view credit) {
  std::string_view bare = WithoutRights(Trim(credit));
  if (bare.ends_with(").")) bare.remove_suffix(1);
  for (bool changed = true; changed;) {
    const size_t before = bare.size();
    bare = StripCreditLabel(StripLabel(Trim(StripBrackets(bare))));
    for (const std::string_view sign :
         {"\xc2\xa9", "(c)", "(C)", "\xef\xbc\x88\xef\xbc\xa3\xef\xbc\x89", "/", "|", "-",
          "\xe2\x80\x93", "—", ":", ",", "＝", "Copyright ", "Fot. ", "fot. "}) {
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
