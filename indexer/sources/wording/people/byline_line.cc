// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/sources/wording/people/byline_line.h"

#include <algorithm>
#include <array>
#include <vector>

#include "absl/strings/ascii.h"
#include "engine/text/clean.h"
#include "indexer/sources/wording/page_date.h"
#include "indexer/sources/wording/words.h"

namespace broadsheet::sources::people {
namespace {

using page::StartsWithIgnoringCase;
using page::Trim;
using page::Words;

// Cut off wherever they stand: what follows is no name.
constexpr auto kEndings = std::to_array<std::string_view>({" view all posts",
                                                           " view author",
                                                           " view profile",
                                                           " author email",
                                                           " print ",
                                                           " view all articles",
                                                           " see all posts",
                                                           " more by this",
                                                           " follow @",
                                                           " follow on ",
                                                           " follow us",
                                                           " opens in new",
                                                           " (opens in",
                                                           " published ",
                                                           " updated ",
                                                           " posted on ",
                                                           " last updated",
                                                           " read more",
                                                           " follow",
                                                           " email the author",
                                                           " contact ",
                                                           " senior reporter for",
                                                           " special to ",
                                                           " for the ",
                                                           " share ",
                                                           " is a ",
                                                           " is an ",
                                                           " is the ",
                                                           " was a ",
                                                           " covers ",
                                                           " writes about ",
                                                           " writes for ",
                                                           " has been ",
                                                           " joined ",
                                                           " reports on ",
                                                           " works as ",
                                                           " ist ",
                                                           " arbeitet ",
                                                           " schreibt ",
                                                           " with agencies",
                                                           " and agencies",
                                                           " mit agenturen",
                                                           " und agenturen",
                                                           " avec agences",
                                                           " con agencias",
                                                           " est journaliste",
                                                           " es periodista",
                                                           " è giornalista",
                                                           " photographs by",
                                                           " photos by ",
                                                           " photo by ",
                                                           " photography by",
                                                           " pictures by ",
                                                           " illustration by",
                                                           " illustrations by",
                                                           " video by ",
                                                           " graphics by ",
                                                           " art by ",
                                                           " edited by ",
                                                           " translated by ",
                                                           " fotos:",
                                                           " foto:",
                                                           " fotos von ",
                                                           " foto von ",
                                                           " bilder:",
                                                           " bild:",
                                                           " illustration:",
                                                           " illustrationen:",
                                                           " illustrationen von ",
                                                           " video:",
                                                           " photos:",
                                                           " photos :",
                                                           " photo:",
                                                           " photo :",
                                                           " photographs:",
                                                           " illustrations:",
                                                           " illustrations :",
                                                           " fotos de ",
                                                           " fotografías de ",
                                                           " fotografía:",
                                                           " foto di ",
                                                           " foto door ",
                                                           " beeld:",
                                                           " bilde:",
                                                           " kuvat:",
                                                           " zdjęcia:"});

// "lantern.example/staff", "x.com/inga": a host with a path.
bool IsPath(std::string_view word) {
  const std::string_view host = word.substr(0, word.find('/'));
  const size_t dot = host.rfind('.');
  if (host.size() == word.size() || dot == host.npos || dot == 0) return false;
  const std::string_view ending = host.substr(dot + 1);
  return ending.size() >= 2 && std::all_of(ending.begin(), ending.end(),
                                           [](unsigned char c) { return absl::ascii_isalpha(c); });
}

// Addresses and handles are no names.
bool IsAddress(std::string_view word) {
  constexpr std::string_view kWideAt = "\xef\xbc\xa0";
  while (!word.empty() && (word.front() == '(' || word.front() == '[' || word.front() == '<')) {
    word.remove_prefix(1);
  }
  if (word.starts_with("mailto:") || word.starts_with(kWideAt)) return true;
  return word.find("://") != word.npos || word.starts_with("www.") || word.find('@') != word.npos ||
         word.find("(at)") != word.npos || word.find("[at]") != word.npos || IsPath(word);
}

// Whether what follows `text` is the first of a part of its own.
bool EndsPart(std::string_view text) {
  constexpr std::string_view kMarks = ",;|/&";
  return text.empty() || kMarks.find(text.back()) != kMarks.npos || text.ends_with(" and");
}

// "\"Jane Doe\"" and "(Jane Doe)", as they stand beside an address -> "Jane Doe".
std::string_view Unwrapped(std::string_view name) {
  for (const std::string_view pair : {"\"\"", "()", "''"}) {
    const bool is_wrapped = name.size() > 2 && name.front() == pair[0] && name.back() == pair[1];
    if (!is_wrapped) continue;
    const std::string_view inner = name.substr(1, name.size() - 2);
    if (inner.find_first_of(pair) == inner.npos) return Trim(inner);
  }
  return name;
}

}  // namespace

std::string StripAddresses(std::string_view text) {
  std::string line(text);
  text::CleanLine(&line);
  std::string kept;
  bool is_behind_address = false;  // which is the first of its part
  bool is_in_brackets = false;     // of the name behind it
  bool has_address = false;
  for (std::string_view word : Words(line)) {
    if (IsAddress(word)) {
      has_address = true;
      is_behind_address = EndsPart(kept);
      continue;
    }
    if (is_behind_address && word.front() == '(') {
      is_in_brackets = true;
      word.remove_prefix(1);
    }
    is_behind_address = false;
    if (word.empty()) continue;
    if (!kept.empty()) kept += ' ';
    const size_t close = is_in_brackets ? word.find(')') : word.npos;
    kept += word.substr(0, close);
    if (close == word.npos) continue;
    kept += word.substr(close + 1);
    is_in_brackets = false;
  }
  return has_address ? std::string(Unwrapped(kept)) : kept;
}

std::string_view StripRepetition(std::string_view text) {
  const size_t half = text.size() / 2;
  if (text.size() < 8) return text;
  const std::string_view first = Trim(text.substr(0, half));
  const std::string_view second = Trim(text.substr(text.size() - half));
  return first == second ? first : text;
}

std::string_view StripDate(std::string_view text) {
  const std::vector<std::string_view> words = Words(text);
  for (size_t i = 1; i < words.size(); ++i) {
    if (!page::HasDigit(words[i])) continue;
    const bool month = i > 1 && page::IsMonthName(page::StripMarks(words[i - 1]));
    const std::string_view last = words[i - (month ? 2 : 1)];
    return text.substr(0, static_cast<size_t>(last.data() + last.size() - text.data()));
  }
  return text;
}

std::string_view StripEnding(std::string_view text) {
  const std::string lower = absl::AsciiStrToLower(std::string(text));
  size_t cut = text.size();
  for (const std::string_view ending : kEndings) {
    cut = std::min(cut, std::min(lower.find(ending), text.size()));
  }
  std::string_view kept = Trim(text.substr(0, cut));
  while (!kept.empty() && std::string_view(",;:|-").find(kept.back()) != std::string_view::npos) {
    kept = Trim(kept.substr(0, kept.size() - 1));
  }
  return kept;
}

}  // namespace broadsheet::sources::people
