// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/sources/page/credit.h"

#include <algorithm>
#include <array>

#include "indexer/sources/page/words.h"

namespace broadsheet::sources::page {
namespace {

constexpr auto kLabels = std::to_array<std::string_view>(
    {"image source, ",  "image source: ", "image credit: ", "photo credit: ", "picture credit: ",
     "photo: ",         "photos: ",       "photograph: ",   "photographs: ",  "picture: ",
     "pictures: ",      "image: ",        "images: ",       "credit: ",       "credits: ",
     "photo by ",       "photos by ",     "photograph by ", "picture by ",    "photo courtesy of ",
     "courtesy of ",    "foto: ",         "fotos: ",        "bild: ",         "quelle: ",
     "crédit photo : ", "crédit : ",      "photo : ",       "crédito: ",      "imagen: ",
     "fotografía: "});

constexpr auto kCaptionLabels = std::to_array<std::string_view>(
    {"image caption, ", "image caption: ", "caption: ", "media caption, ", "bildunterschrift: "});

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

// Where a label such as "Photograph: " starts behind the end of a sentence, or npos.
size_t FindLabelAfterSentence(std::string_view line) {
  size_t at = 0;
  while ((at = line.find(". ", at)) != std::string_view::npos) {
    at += 2;
    const std::string_view rest = line.substr(at);
    if (StripLabel(rest).size() != rest.size()) return at;
  }
  return std::string_view::npos;
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

std::optional<CreditedCaption> CaptionWithCredit(std::string_view line) {
  constexpr size_t kMinCaptionWords = 3;
  size_t cut = std::string_view::npos;
  if (line.ends_with(')') || line.ends_with(']')) {
    cut = line.find_last_of("([");
  } else {
    cut = FindLabelAfterSentence(line);
  }
  if (cut == std::string_view::npos || cut == 0) return std::nullopt;
  const std::string_view text = Trim(line.substr(0, cut));
  const std::optional<std::string> credit = CreditOfLine(Trim(line.substr(cut)));
  if (!credit.has_value() || Words(text).size() < kMinCaptionWords) return std::nullopt;
  return CreditedCaption{.text = std::string(text), .credit = *credit};
}

}  // namespace broadsheet::sources::page
