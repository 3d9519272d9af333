// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/sources/wording/people/byline_joint.h"

#include <algorithm>
#include <array>
#include <span>
#include <string>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "engine/text/fold.h"
#include "indexer/sources/wording/people/byline_role.h"
#include "indexer/sources/wording/people/byline_table.h"
#include "indexer/sources/wording/people/name_case.h"
#include "indexer/sources/wording/people/organisation.h"
#include "indexer/sources/wording/word_set.h"
#include "indexer/sources/wording/words.h"

namespace broadsheet::sources::people {
namespace {

using page::LooksLikeName;
using page::SplitAt;
using page::Words;

constexpr auto kConjunctions = std::to_array<std::string_view>(
    {" and ", " & ", " und ", " et ", " y ", " e ", " i ", " и ", " og ", " och ", " sowie ",
     " with ", " mit ", " plus ", " / "});

// " a ", " ve ": the joints of the page's language.
std::vector<std::string> JointsOf(std::string_view language) {
  std::vector<std::string> joints(kConjunctions.begin(), kConjunctions.end());
  const std::string_view wanted = language.substr(0, language.find_first_of("-_"));
  for (const BylineLanguage& known : BylineLanguages()) {
    if (known.joint.empty() || !page::EqualsIgnoringCase(known.language, wanted)) continue;
    for (const absl::string_view joint :
         absl::StrSplit(absl::string_view(known.joint.data(), known.joint.size()), '|')) {
      joints.push_back(absl::StrCat(" ", joint, " "));
    }
  }
  return joints;
}

// Whether a word in capitals joins names: "AND" always does, any other only between words in
// capitals, since "E" is an initial and "MIT" a house as well.
bool JoinsInCapitals(std::string_view word, std::string_view before, std::string_view after,
                     std::span<const std::string> joints) {
  if (!IsInCapitals(word)) return false;
  const std::string joint = absl::StrCat(" ", InSmallLetters(word), " ");
  if (std::find(joints.begin(), joints.end(), joint) == joints.end()) return false;
  return word == "AND" || (IsInCapitals(before) && IsInCapitals(after));
}

// Adds the parts of `group` between joints in capitals to `parts`.
void SplitInCapitals(std::string_view group, std::span<const std::string> joints,
                     std::vector<std::string_view>* parts) {
  const std::vector<std::string_view> words = Words(group);
  const char* begin = group.data();
  for (size_t i = 1; i + 1 < words.size(); ++i) {
    if (words[i - 1].data() < begin) continue;
    if (!JoinsInCapitals(words[i], words[i - 1], words[i + 1], joints)) continue;
    const char* end = words[i - 1].data() + words[i - 1].size();
    parts->emplace_back(begin, static_cast<size_t>(end - begin));
    begin = words[i + 1].data();
  }
  parts->emplace_back(begin, static_cast<size_t>(group.data() + group.size() - begin));
}

// Words between "with" and the agency: "Material von", "informations de".
bool IsOfReports(std::string_view word) {
  constexpr auto kWords = std::to_array<std::string_view>({"material",
                                                           "von",
                                                           "der",
                                                           "des",
                                                           "agenturmaterial",
                                                           "informationen",
                                                           "inputs",
                                                           "input",
                                                           "from",
                                                           "reporting",
                                                           "reports",
                                                           "by",
                                                           "files",
                                                           "information",
                                                           "informations",
                                                           "infos",
                                                           "de",
                                                           "l",
                                                           "la",
                                                           "les",
                                                           "informacion",
                                                           "informaciones",
                                                           "datos",
                                                           "informacoes",
                                                           "da",
                                                           "do",
                                                           "das",
                                                           "informazioni",
                                                           "dell",
                                                           "di",
                                                           "materiaal",
                                                           "van",
                                                           "materiale",
                                                           "fra",
                                                           "fran",
                                                           "additional",
                                                           "the",
                                                           "wire",
                                                           "services",
                                                           "agency",
                                                           "agenzie"});
  const std::string folded = text::FoldValue(page::StripMarks(word));
  return IsOneOf(folded, kWords);
}

// The first of the agencies in a text of nothing but agencies; "" for any other.
std::string_view AgencyOf(std::string_view text) {
  // Longer ones are of more than agencies; they are not asked about again and again.
  constexpr size_t kLongest = 200;
  if (text.size() > kLongest) return {};
  const std::vector<std::string_view> words = Words(text);
  size_t first = 0;
  while (first < words.size() && !IsAgency(text) && IsOfReports(words[first])) {
    ++first;
    if (first == words.size()) return {};
    text.remove_prefix(static_cast<size_t>(words[first].data() - text.data()));
  }
  // "l'AFP"
  for (const std::string_view elision : {"l'", "l’", "dell'", "dell’", "d'", "d’"}) {
    if (text.starts_with(elision)) text.remove_prefix(elision.size());
  }
  const std::vector<std::string_view> agencies =
      SplitAt(text, std::to_array<std::string_view>({" and ", " & ", " und ", " et ", " y ", " e ",
                                                     " og ", " och ", "/", ","}));
  const bool all = !agencies.empty() && std::all_of(agencies.begin(), agencies.end(), &IsAgency);
  return all ? agencies.front() : std::string_view();
}

bool IsWith(std::string_view word) {
  const std::string folded = text::FoldValue(page::StripMarks(word));
  const auto with = WithWords();
  return std::find(with.begin(), with.end(), folded) != with.end();
}

}  // namespace

std::vector<std::string_view> SplitAtJoints(std::string_view segment, std::string_view language) {
  const std::vector<std::string> joints = JointsOf(language);
  const std::vector<std::string_view> marks(joints.begin(), joints.end());
  std::vector<std::string_view> groups;
  for (const std::string_view group : SplitAt(segment, marks)) {
    SplitInCapitals(group, joints, &groups);
  }
  std::vector<std::string_view> joined;
  for (const std::string_view group : groups) {
    const bool whole = Words(group).size() >= 2 || IsOrganisation(group) || IsRole(group);
    const bool before_whole =
        joined.empty() || Words(joined.back()).size() >= 2 || IsOrganisation(joined.back());
    if (!joined.empty() && (!whole || !before_whole)) {
      const char* begin = joined.back().data();
      joined.back() =
          std::string_view(begin, static_cast<size_t>(group.data() + group.size() - begin));
    } else {
      joined.push_back(group);
    }
  }
  return joined;
}

WithoutAgencies StripAgencies(std::string_view text) {
  static const auto* const kStrokes = new page::FixedWords("/ | // -");
  const std::vector<std::string_view> words = Words(text);
  for (size_t i = 1; i + 1 < words.size(); ++i) {
    // What is in brackets is read with the name before it.
    if (words[i].front() == '(' || words[i].front() == '[') break;
    if (!IsWith(words[i]) && !kStrokes->Has(words[i])) continue;
    const std::string_view agency =
        AgencyOf(text.substr(static_cast<size_t>(words[i + 1].data() - text.data())));
    if (agency.empty()) continue;
    return {page::Trim(text.substr(0, static_cast<size_t>(words[i].data() - text.data()))), agency};
  }
  return {text, {}};
}

std::string_view AgencyBehindWith(std::string_view text) {
  const std::vector<std::string_view> words = Words(text);
  if (words.size() < 2 || !IsWith(words.front())) return {};
  return AgencyOf(text.substr(static_cast<size_t>(words[1].data() - text.data())));
}

}  // namespace broadsheet::sources::people
