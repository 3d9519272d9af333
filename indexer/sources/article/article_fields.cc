// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/sources/article/article_fields.h"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "engine/schema/article.h"
#include "engine/text/clean.h"
#include "indexer/sources/wording/people/byline.h"
#include "indexer/sources/wording/people/byline_label.h"
#include "indexer/sources/wording/people/byline_line.h"
#include "indexer/sources/wording/people/copyright_notice.h"

namespace broadsheet::sources {
namespace {

std::string CleanedLine(std::string_view text) {
  std::string line(text);
  text::CleanLine(&line);
  return line;
}

// One more than an article may have is enough for it to be refused.
bool IsFull(int count) { return static_cast<size_t>(count) > schema::kMaxTags; }

// What stands where an author does is not lost.
void KeepNotice(const std::string& notice, v1::Article* article) {
  if (article->copyright().empty()) article->set_copyright(notice);
}

// The name in what a field for one name says: without addresses and a notice of copyright, unless
// there is nothing else.
std::string NameAlone(const std::string& line) {
  const std::string plain = people::StripAddresses(line);
  if (plain.empty()) return line;
  std::string name = people::StripCopyright(plain);
  return name.empty() ? plain : name;
}

bool NamesSeveral(std::string_view name) {
  const std::string lower = absl::AsciiStrToLower(std::string(name));
  // A comma may be a part of a house's name.
  return lower.find(" and ") != lower.npos || lower.find(" & ") != lower.npos ||
         lower.find_first_of("/;") != lower.npos;
}

}  // namespace

void AddBylines(std::string_view printed, v1::Article* article) {
  AddBylines(printed, "", "", article);
}

void AddBylines(std::string_view printed, std::string_view role, std::string_view organisation,
                v1::Article* article) {
  const std::string line = CleanedLine(printed);
  if (line.empty()) return;
  const std::vector<v1::Byline> bylines = people::ReadStatedAuthors(line);
  // "By" without a name, an account of a program.
  const std::string plain = bylines.empty() ? people::StripAddresses(line) : line;
  if (bylines.empty() && people::IsCopyrightNotice(plain)) return KeepNotice(plain, article);
  if (bylines.empty() && people::IsStatedNobody(line)) return;
  // The field says that it is an author even where it looks like none.
  if (bylines.empty()) AddByline(line, role, organisation, article);
  for (const v1::Byline& byline : bylines) {
    AddByline(byline.name(), byline.role().empty() ? role : byline.role(),
              byline.organisation().empty() ? organisation : byline.organisation(), article);
  }
}

void AddByline(std::string_view name, std::string_view role, std::string_view organisation,
               v1::Article* article) {
  const std::string stated = CleanedLine(name);
  if (stated.empty() || IsFull(article->bylines_size())) return;
  const std::string line = NameAlone(stated);
  if (people::IsCopyrightNotice(line)) return KeepNotice(line, article);
  for (v1::Byline& known : *article->mutable_bylines()) {
    if (!absl::EqualsIgnoreCase(known.name(), line)) continue;
    if (known.role().empty()) known.set_role(CleanedLine(role));
    if (known.organisation().empty()) known.set_organisation(CleanedLine(organisation));
    return;
  }
  v1::Byline* byline = article->add_bylines();
  byline->set_name(line);
  byline->set_role(CleanedLine(role));
  byline->set_organisation(CleanedLine(organisation));
}

void AddStatedName(std::string_view name, std::string_view role, std::string_view organisation,
                   v1::Article* article) {
  if (NamesSeveral(name)) return AddBylines(name, role, organisation, article);
  AddByline(name, role, organisation, article);
}

void DropNotices(v1::Article* article) {
  const auto notices = std::remove_if(
      article->mutable_bylines()->begin(), article->mutable_bylines()->end(),
      [](const v1::Byline& byline) { return people::IsCopyrightNotice(byline.name()); });
  article->mutable_bylines()->erase(notices, article->mutable_bylines()->end());
}

void AddTag(std::string_view tag, v1::Article* article) {
  std::string line = CleanedLine(tag);
  if (line.empty() || IsFull(article->tags_size())) return;
  const auto& tags = article->tags();
  if (std::find(tags.begin(), tags.end(), line) == tags.end()) article->add_tags(std::move(line));
}

void AddCaption(v1::Caption caption, v1::Article* article) {
  text::CleanLine(caption.mutable_text());
  text::CleanLine(caption.mutable_credit());
  if (caption.text().empty() && caption.credit().empty()) return;
  if (IsFull(article->captions_size())) return;
  for (const v1::Caption& known : article->captions()) {
    if (known.text() == caption.text() && known.credit() == caption.credit()) return;
  }
  *article->add_captions() = std::move(caption);
}

int64_t ReadVersion(std::string_view text) {
  int64_t version = 0;
  return absl::SimpleAtoi(CleanedLine(text), &version) && version >= 0 ? version : 0;
}

}  // namespace broadsheet::sources
