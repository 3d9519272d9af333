// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/sources/page/byline.h"

#include <algorithm>
#include <array>
#include <string>

#include "indexer/sources/page/words.h"

namespace broadsheet::sources::page {
namespace {

constexpr auto kOpenings = std::to_array<std::string_view>(
    {"by: ", "by ", "written by ", "story by ", "reported by ", "author: ", "authors: ", "von ",
     "von: ", "par ", "por ", "di ", "autor: ", "auteur : "});

constexpr auto kSeparators =
    std::to_array<std::string_view>({" | ", " - ", " – ", " — ", " • ", " · ", " ∙ "});

constexpr auto kConjunctions =
    std::to_array<std::string_view>({" and ", " & ", " und ", " et ", " y ", " e "});

// The last word of what somebody is at a paper.
constexpr auto kRoles = std::to_array<std::string_view>(
    {"reporter",        "correspondent", "editor",    "writer",      "columnist",
     "journalist",      "producer",      "analyst",   "contributor", "critic",
     "photographer",    "staff",         "redakteur", "redakteurin", "korrespondent",
     "korrespondentin", "reporterin",    "rédacteur", "periodista",  "redactor"});

std::string_view StripOpening(std::string_view line) {
  for (const std::string_view opening : kOpenings) {
    if (StartsWithIgnoringCase(line, opening)) return Trim(line.substr(opening.size()));
  }
  return {};
}

// Cuts at each of `marks`; parts are trimmed and never empty.
template <typename Marks>
std::vector<std::string_view> SplitAt(std::string_view text, const Marks& marks) {
  std::vector<std::string_view> parts;
  while (!text.empty()) {
    size_t cut = text.size();
    size_t length = 0;
    for (const std::string_view mark : marks) {
      const size_t found = text.find(mark);
      if (found < cut) {
        cut = found;
        length = mark.size();
      }
    }
    if (const std::string_view part = Trim(text.substr(0, cut)); !part.empty()) {
      parts.push_back(part);
    }
    text.remove_prefix(std::min(cut + length, text.size()));
  }
  return parts;
}

void Complete(std::string_view detail, v1::Byline* byline) {
  if (IsRole(detail)) {
    byline->set_role(std::string(detail));
  } else if (byline->organisation().empty()) {
    byline->set_organisation(std::string(detail));
  }
}

// "Jane Doe in Springfield" -> "Jane Doe".
std::string_view StripPlace(std::string_view name) {
  const size_t place = name.find(" in ");
  return place == std::string_view::npos ? name : name.substr(0, place);
}

}  // namespace

std::vector<std::string_view> SplitSegments(std::string_view line) {
  return SplitAt(line, kSeparators);
}

bool IsRole(std::string_view line) {
  constexpr size_t kMaxRoleWords = 6;
  const std::vector<std::string_view> words = Words(line);
  if (words.empty() || words.size() > kMaxRoleWords) return false;
  return std::any_of(kRoles.begin(), kRoles.end(), [&](std::string_view role) {
    return EqualsIgnoringCase(words.back(), role) || EqualsIgnoringCase(words.front(), role);
  });
}

// With a conjunction everything between commas is an author ("A, B and C"); without one what
// follows a comma is the first author's role or house ("A, The Wire").
std::vector<v1::Byline> ReadByline(std::string_view line) {
  const std::string_view names = StripOpening(line);
  const std::vector<std::string_view> groups = SplitAt(names, kConjunctions);
  std::vector<v1::Byline> bylines;
  for (const std::string_view group : groups) {
    const auto parts = SplitAt(group, std::to_array<std::string_view>({", ", "; "}));
    for (const std::string_view part : parts) {
      const std::string_view name = StripPlace(part);
      const bool author = bylines.empty() || groups.size() > 1;
      if (author && LooksLikeName(name)) {
        bylines.emplace_back().set_name(std::string(name));
      } else if (!bylines.empty()) {
        Complete(part, &bylines.back());
      } else {
        return {};
      }
    }
  }
  return bylines;
}

std::vector<v1::Byline> ReadBareByline(std::string_view line) {
  const std::string_view name = StripPlace(line);
  if (!LooksLikeName(name)) return {};
  std::vector<v1::Byline> bylines(1);
  bylines.front().set_name(std::string(name));
  return bylines;
}

}  // namespace broadsheet::sources::page
