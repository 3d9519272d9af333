// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/sources/wording/people/byline.h"

#include <algorithm>
#include <array>
#include <string>
#include <utility>

#include "absl/strings/ascii.h"
#include "engine/text/fold.h"
#include "indexer/sources/wording/people/byline_joint.h"
#include "indexer/sources/wording/people/byline_label.h"
#include "indexer/sources/wording/people/byline_line.h"
#include "indexer/sources/wording/people/byline_opening.h"
#include "indexer/sources/wording/people/byline_role.h"
#include "indexer/sources/wording/people/call_to_action.h"
#include "indexer/sources/wording/people/copyright_notice.h"
#include "indexer/sources/wording/people/name_case.h"
#include "indexer/sources/wording/people/organisation.h"
#include "indexer/sources/wording/words.h"

namespace broadsheet::sources::people {
namespace {

using page::EqualsIgnoringCase;
using page::LooksLikeName;
using page::SplitAt;
using page::Trim;
using page::Words;

constexpr auto kSeparators = std::to_array<std::string_view>(
    {" | ", " - ", " – ", " — ", " • ", " · ", " ∙ ", " ● ", "\n", " // "});

// "Jane Doe in Springfield" -> "Jane Doe".
std::string_view StripPlace(std::string_view name) {
  for (const std::string_view mark : {" in ", " on ", " à ", " aus ", " en "}) {
    const size_t place = name.find(mark);
    if (place != name.npos && LooksLikeName(name.substr(0, place))) return name.substr(0, place);
  }
  return name;
}

// "Senior reporter Jane Doe" -> "Senior reporter" and "Jane Doe".
std::string_view StripLeadingRole(std::string_view part, std::string* role) {
  const std::vector<std::string_view> words = Words(part);
  constexpr size_t kMaxRoleWords = 3;
  for (size_t n = std::min(kMaxRoleWords, words.size()); n > 0; --n) {
    const std::string_view name = Trim(
        part.substr(static_cast<size_t>(words[n - 1].data() - part.data()) + words[n - 1].size()));
    const std::string_view before = Trim(part.substr(0, part.size() - name.size()));
    if (LooksLikeName(name) && IsRole(before)) {
      *role = std::string(before);
      return name;
    }
  }
  return part;
}

class AuthorReader {
 public:
  // A stated author may be a single word or in lower case.
  AuthorReader(bool stated, std::string_view language) : stated_(stated), language_(language) {}

  std::vector<v1::Byline> Read(std::string_view names) {
    for (const std::string_view segment : SplitAt(names, kSeparators)) {
      const WithoutAgencies without = StripAgencies(StripTrailingLabel(StripDate(segment)));
      ReadSegment(without.names);
      if (bylines_.empty() || without.agency.empty()) continue;
      v1::Byline& last = bylines_.back();
      if (last.organisation().empty()) last.set_organisation(std::string(without.agency));
    }
    return std::move(bylines_);
  }

 private:
  // With a conjunction everything between commas is an author ("A, B and C"); without one what
  // follows a comma is the author's role or house ("A, The Wire"), unless it is a person.
  void ReadSegment(std::string_view segment) {
    const std::vector<std::string_view> groups = SplitAtJoints(segment, language_);
    for (const std::string_view group : groups) {
      const auto parts =
          SplitAt(group, std::to_array<std::string_view>({", ", "; ", "、", "，", ";"}));
      joined_ = group.data() != groups.front().data();
      for (const std::string_view part : parts) {
        ReadPart(part);
        joined_ = false;
      }
    }
  }

  void ReadPart(std::string_view part) {
    // "By | Jane Doe", of elements that stand side by side.
    while (part.starts_with('|')) part = Trim(part.substr(1));
    while (part.ends_with(',') || part.ends_with(':')) part = Trim(part.substr(0, part.size() - 1));
    if (part.empty() || IsCallToAction(part) || IsBylineLabel(part)) return;
    if (IsOfPictures(part)) return;
    const size_t bracket = part.find_first_of("([");
    std::string_view in_brackets;
    if (bracket != part.npos && bracket > 0) {
      in_brackets = Trim(part.substr(bracket + 1));
      in_brackets = in_brackets.substr(0, in_brackets.find_first_of(")]"));
      if (const auto agency = AgencyBehindWith(in_brackets); !agency.empty()) in_brackets = agency;
      part = Trim(part.substr(0, bracket));
    }
    if (const std::string_view rest = StripOpening(part, language_); LooksLikeName(rest))
      part = rest;
    if (IsPictureWork(in_brackets)) return;
    ReadName(part);
    const bool detail = !in_brackets.empty() && !IsBylineLabel(in_brackets);
    if (detail && !bylines_.empty()) Complete(in_brackets);
  }

  // "Photographs by Tom Quill", and who follows, took or drew the pictures: no authors.
  bool IsOfPictures(std::string_view part) {
    if (OpensPictureCredit(part)) {
      of_pictures_ = true;
    } else if (of_pictures_ && !StripOpening(part).empty()) {
      of_pictures_ = false;
    }
    return of_pictures_;
  }

  // "dpa/Reuters"
  bool ReadAgencies(std::string_view part) {
    const auto houses = SplitAt(part, std::to_array<std::string_view>({"/"}));
    if (houses.size() < 2 || !std::all_of(houses.begin(), houses.end(), &IsAgency)) return false;
    for (const std::string_view house : houses) AddHouse(house);
    return true;
  }

  void ReadName(std::string_view part) {
    if (ReadAgencies(part)) return;
    if (const size_t stroke = part.find('/'); stroke != part.npos && stroke > 0) {
      const std::string_view name = Trim(part.substr(0, stroke));
      const std::string_view house = Trim(part.substr(stroke + 1));
      if (LooksLikeName(name) && !house.empty()) {
        ReadName(name);
        if (LooksLikeName(house) && !IsOrganisation(house)) {
          ReadName(house);
        } else {
          Complete(house);
        }
        return;
      }
    }
    std::string role;
    std::string_view name = part;
    if (const size_t behind = FindTrailingRole(part); behind < part.size()) {
      role = std::string(part.substr(behind));
      name = Trim(part.substr(0, behind));
    } else {
      name = StripLeadingRole(StripPlace(part), &role);
    }
    const bool detail = !bylines_.empty();
    if (IsRole(name) && detail) {
      if (bylines_.back().role().empty()) bylines_.back().set_role(std::string(name));
    } else if (IsOrganisation(name)) {
      const bool own = joined_ && IsAgency(name);
      if (detail && !own && bylines_.back().organisation().empty() && !IsHouse(bylines_.back())) {
        bylines_.back().set_organisation(std::string(name));
      } else if (!detail || IsAgency(name)) {
        AddHouse(name);
      }
    } else if (LooksLikeName(stated_ ? RepairNameCase(name) : std::string(name))) {
      Add(name, role);
    } else if (!ReadNameBefore(part) && !stated_) {
      if (detail) {
        Complete(part);
      } else if (IsNameWithoutCase(part)) {
        Add(part, role);
      }
    }
  }

  // "田中花子", "أحمد سالم": a name in a script without capitals, where a name is expected.
  static bool IsNameWithoutCase(std::string_view part) {
    constexpr size_t kMostWords = 4;
    constexpr size_t kMostUnspaced = 4;
    constexpr size_t kMaxBytes = 50;
    const size_t words = Words(part).size();
    const bool fits = part.size() <= kMaxBytes && words <= kMostWords &&
                      page::CountWords(part) <= words + kMostUnspaced;
    return fits && !page::HasCase(part) && page::HasLetter(part) && !page::EndsSentence(part);
  }

  // "Jane Doe 5 minute read", "Jane Doe Lantern News Fellow", "신현주 기자".
  bool ReadNameBefore(std::string_view part) {
    const std::vector<std::string_view> words = Words(part);
    constexpr size_t kMaxNameWords = 4;
    for (size_t n = std::min(kMaxNameWords, words.size() - 1); n > 0 && n < words.size(); --n) {
      const char* end = words[n - 1].data() + words[n - 1].size();
      const std::string_view name = part.substr(0, static_cast<size_t>(end - part.data()));
      const std::string_view rest = Trim(part.substr(name.size()));
      const bool ends = page::HasDigit(Words(rest).front()) || IsRole(rest) || IsOrganisation(rest);
      const bool named =
          LooksLikeName(name) || (n == 1 && IsRole(rest) && !page::IsCapitalised(name));
      if (!named || !ends) continue;
      Add(name, IsRole(rest) ? std::string(rest) : "");
      if (!IsRole(rest) && IsOrganisation(rest) && !page::HasDigit(rest)) Complete(rest);
      return true;
    }
    return false;
  }

  static bool IsHouse(const v1::Byline& byline) { return byline.organisation() == byline.name(); }

  void Add(std::string_view name, const std::string& role) {
    if (IsBylineLabel(name)) return;
    v1::Byline& byline = bylines_.emplace_back();
    byline.set_name(RepairNameCase(name));
    byline.set_role(role);
  }

  void AddHouse(std::string_view name) {
    v1::Byline& byline = bylines_.emplace_back();
    byline.set_name(std::string(name));
    byline.set_organisation(std::string(name));
  }

  void Complete(std::string_view detail) {
    v1::Byline& last = bylines_.back();
    if (page::HasDigit(detail) || detail.find("her") == 0) return;
    if (IsRole(detail)) {
      if (last.role().empty()) last.set_role(std::string(detail));
    } else if (last.organisation().empty() && page::IsCapitalised(Words(detail).front())) {
      last.set_organisation(std::string(detail));
    } else if (last.organisation().empty() && IsAgency(detail)) {
      last.set_organisation(std::string(detail));
    }
  }

  const bool stated_;
  // The page's, "" where it is unknown.
  const std::string_view language_;
  // The part being read is the first behind a conjunction: "Jane Doe and AP" are two.
  bool joined_ = false;
  // The parts being read name those who took the pictures.
  bool of_pictures_ = false;
  std::vector<v1::Byline> bylines_;
};

// What nobody is called, though it stands where names stand.
bool IsNoName(std::string_view text) {
  if (IsCallToAction(text) || text.ends_with(':') || text.ends_with("：")) return true;
  if (!page::HasLetter(text) || OpensPictureCredit(text)) return true;
  constexpr auto kNoNames = std::to_array<std::string_view>(
      {"byline", "by", "von", "comments", "share", "follow", "editor's note"});
  return IsBylineLabel(text) ||
         std::any_of(kNoNames.begin(), kNoNames.end(),
                     [&](std::string_view no) { return EqualsIgnoringCase(text, no); });
}

// A name that does not look like one: a lone word, a script without capitals, a signature.
std::vector<v1::Byline> WholeAsName(std::string_view text) {
  constexpr size_t kMaxWords = 5;
  constexpr size_t kMaxBytes = 60;
  const bool fits = !text.empty() && text.size() <= kMaxBytes && Words(text).size() <= kMaxWords;
  if (!fits || IsNoName(text) || page::EndsSentence(text) || text.front() == '(') return {};
  const auto digits = static_cast<size_t>(std::count_if(
      text.begin(), text.end(), [](unsigned char c) { return absl::ascii_isdigit(c); }));
  if (digits > 2) return {};
  std::vector<v1::Byline> bylines(1);
  bylines.front().set_name(RepairNameCase(text));
  if (IsOrganisation(text)) {
    bylines.front().set_name(std::string(text));
    bylines.front().set_organisation(std::string(text));
  }
  return bylines;
}

// "김하늘 기자": a name of a script without capitals with the word for who writes.
bool IsNameWithMark(std::string_view line) {
  const std::vector<std::string_view> words = Words(line);
  return words.size() == 2 && !page::HasCase(line) && IsRole(words.back()) &&
         page::CountWords(words.front()) <= 4;
}

}  // namespace

std::vector<v1::Byline> ReadByline(std::string_view line, std::string_view language) {
  const std::string plain = StripCopyright(StripAddresses(line));
  std::string_view names = StripOpening(plain, language);
  if (names.empty()) {
    names = StripDatedLabel(plain);
    if (names.size() == plain.size() && !IsNameWithMark(plain)) return {};
  }
  names = StripRepetition(StripEnding(names));
  return names.empty() ? std::vector<v1::Byline>() : AuthorReader(false, language).Read(names);
}

std::vector<std::string_view> SplitSegments(std::string_view line) {
  return SplitAt(line, kSeparators);
}

std::vector<v1::Byline> ReadBareByline(std::string_view line) {
  const std::string_view name = StripPlace(line);
  if (!LooksLikeName(name) || IsOrganisation(name) || IsCopyrightNotice(name)) return {};
  std::vector<v1::Byline> bylines(1);
  bylines.front().set_name(RepairNameCase(name));
  return bylines;
}

std::vector<v1::Byline> ReadSignature(std::string_view line) {
  constexpr auto kJoints = std::to_array<std::string_view>(
      {"/", " and ", " & ", " und ", " et ", " y ", " e ", " og ", " och ", ", ", " AND ", " UND ",
       " ET ", " Y ", " E ", " OG ", " OCH "});
  std::string_view names = Trim(line);
  for (const std::string_view mark : {"–", "—", "-", "|"}) {
    if (names.starts_with(mark)) names = Trim(names.substr(mark.size()));
  }
  const bool in_brackets = names.size() > 2 && (names.front() == '(' || names.front() == '[');
  if (in_brackets) names = Trim(names.substr(1, names.find_first_of(")]") - 1));
  if (std::vector<v1::Byline> opened = ReadByline(names); !opened.empty()) return opened;
  std::vector<v1::Byline> bylines;
  for (const std::string_view part : SplitAt(names, kJoints)) {
    if (!bylines.empty() && IsRole(part)) {
      bylines.back().set_role(std::string(part));
      continue;
    }
    std::vector<v1::Byline> found = ReadBareByline(part);
    if (!bylines.empty() && IsAgency(part)) {
      bylines.back().set_organisation(std::string(part));
      continue;
    }
    if (found.empty() && IsAgency(part) && in_brackets) {
      found = ReadStatedAuthors(part);
    }
    if (found.empty()) return {};
    MergeBylines(std::move(found), &bylines);
  }
  return bylines;
}

std::vector<v1::Byline> ReadStatedAuthors(std::string_view statement, std::string_view language) {
  const std::string plain = StripCopyright(StripAddresses(statement));
  std::string_view names = StripEnding(StripDatedLabel(plain));
  if (const std::string_view rest = StripOpening(names, language); !rest.empty()) names = rest;
  names = StripRepetition(names);
  std::vector<v1::Byline> bylines = AuthorReader(true, language).Read(names);
  if (!bylines.empty()) return bylines;
  // "kesm;hosb", "牛镛、岳弘彬"
  for (const std::string_view name : SplitAt(names, std::to_array<std::string_view>({";", "、"}))) {
    MergeBylines(WholeAsName(name), &bylines);
  }
  return bylines;
}

void MergeBylines(std::vector<v1::Byline> more, std::vector<v1::Byline>* bylines) {
  for (v1::Byline& byline : more) {
    const std::string folded = text::FoldValue(byline.name());
    const auto known = std::find_if(bylines->begin(), bylines->end(), [&](const v1::Byline& b) {
      return text::FoldValue(b.name()) == folded;
    });
    if (known == bylines->end()) {
      bylines->push_back(std::move(byline));
      continue;
    }
    if (known->role().empty()) known->set_role(byline.role());
    if (known->organisation().empty()) known->set_organisation(byline.organisation());
  }
}

}  // namespace broadsheet::sources::people
