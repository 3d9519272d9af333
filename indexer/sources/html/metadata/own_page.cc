// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/sources/html/metadata/own_page.h"

#include <algorithm>
#include <iterator>
#include <utility>

#include "absl/strings/ascii.h"
#include "indexer/sources/wording/words.h"

namespace broadsheet::sources::html {
namespace {

// An address without its scheme, "www.", fragment and the stroke at its end; the path after the
// host's stroke is empty for that of a site.
struct Address {
  std::string host;
  std::string path;
  std::string query;
};

Address AddressOf(std::string_view url) {
  if (const size_t scheme = url.find("://"); scheme != url.npos) {
    url.remove_prefix(scheme + 3);
  } else if (url.starts_with("//")) {
    url.remove_prefix(2);
  }
  url = url.substr(0, url.find('#'));
  Address address;
  const size_t question = url.find('?');
  if (question != url.npos) address.query = std::string(url.substr(question + 1));
  url = url.substr(0, question);
  const size_t stroke = url.find('/');
  address.host = absl::AsciiStrToLower(std::string(url.substr(0, stroke)));
  if (address.host.starts_with("www.")) address.host.erase(0, 4);
  if (stroke != url.npos) address.path = std::string(url.substr(stroke + 1));
  while (address.path.ends_with('/')) address.path.pop_back();
  return address;
}

std::string_view LastPart(const std::string& path) {
  const size_t stroke = path.rfind('/');
  return std::string_view(path).substr(stroke == std::string::npos ? 0 : stroke + 1);
}

// The same page, or another form of it: for telephones, printed, on another host of the house.
bool IsSamePage(const Address& a, const Address& b) {
  constexpr size_t kTellingBytes = 10;
  const bool queries = a.query.empty() || b.query.empty() || a.query == b.query;
  const bool hosts = a.host.empty() || b.host.empty() || a.host == b.host;
  if (a.path == b.path) return hosts && queries;
  const std::string_view last = LastPart(a.path);
  return last.size() >= kTellingBytes && last == LastPart(b.path) && queries;
}

// The words of a title in their order, without the shortest, which all titles have.
std::vector<std::string> TellingWords(std::string_view title) {
  constexpr size_t kShortest = 4;
  std::vector<std::string> words = page::FoldedWords(title);
  std::vector<std::string> telling;
  std::copy_if(words.begin(), words.end(), std::back_inserter(telling),
               [](const std::string& word) { return word.size() >= kShortest; });
  if (telling.empty()) telling = std::move(words);
  std::sort(telling.begin(), telling.end());
  return telling;
}

}  // namespace

OwnPage::OwnPage(const Tree& tree, const Metadata& meta) {
  if (!meta.url.empty()) addresses_.push_back(meta.url);
  std::vector<std::string> titles;
  for (const TitleStatement& title : meta.titles) titles.push_back(title.text);
  if (!meta.headline.empty()) titles.push_back(meta.headline);
  for (NodeId at = 0; at < tree.size(); ++at) {
    const Tag tag = tree.tag(at);
    if (tag == Tag::kH1 || tag == Tag::kTitle) titles.push_back(tree.TextBelow(at));
    if (tag == Tag::kMeta && tree.attribute(at, Attribute::kProperty) == "og:url") {
      addresses_.emplace_back(tree.attribute(at, Attribute::kContent));
    }
  }
  for (const std::string& title : titles) {
    if (std::vector<std::string> words = TellingWords(title); !words.empty()) {
      titles_.push_back(std::move(words));
    }
  }
}

int OwnPage::Fit(const PageClaim& claim) const {
  constexpr int kAddressFits = 4;
  constexpr int kTitleFits = 2;
  int fit = 0;
  bool other = false;
  for (const std::string& address : claim.addresses) {
    const Match match = MatchOf(address);
    if (match == Match::kOwn) fit = kAddressFits;
    other = other || match == Match::kOther;
  }
  const bool titled = !claim.headline.empty() && !titles_.empty();
  const bool like = titled && HasLikeTitle(claim.headline);
  if (like) fit += kTitleFits;
  const bool of_another = fit == 0 && ((other && titled) || claim.listed);
  return of_another ? -1 : fit;
}

bool OwnPage::IsOther(std::string_view address) const { return MatchOf(address) == Match::kOther; }

OwnPage::Match OwnPage::MatchOf(std::string_view address) const {
  const Address claimed = AddressOf(address);
  if (claimed.path.empty() && claimed.query.empty()) return Match::kUnknown;
  bool told = false;
  for (const std::string& own : addresses_) {
    const Address known = AddressOf(own);
    if (known.path.empty() && known.query.empty()) continue;
    if (IsSamePage(claimed, known)) return Match::kOwn;
    told = true;
  }
  return told ? Match::kOther : Match::kUnknown;
}

// Half of the words of the shorter one are words of both; of scripts without blanks one is a part
// of the other.
bool OwnPage::HasLikeTitle(std::string_view headline) const {
  const std::vector<std::string> words = TellingWords(headline);
  if (words.empty()) return false;
  return std::any_of(titles_.begin(), titles_.end(), [&](const std::vector<std::string>& title) {
    std::vector<std::string> shared;
    std::set_intersection(words.begin(), words.end(), title.begin(), title.end(),
                          std::back_inserter(shared));
    const bool several = shared.size() > 1 || words.size() == 1;
    if (several && shared.size() * 2 >= std::min(words.size(), title.size())) return true;
    constexpr size_t kTellingBytes = 12;
    const auto holds = [](const std::string& longer, const std::string& part) {
      return part.size() >= kTellingBytes && longer.find(part) != std::string::npos;
    };
    return std::any_of(words.begin(), words.end(), [&](const std::string& word) {
      return std::any_of(title.begin(), title.end(), [&](const std::string& own) {
        return !page::HasCase(word) && (holds(own, word) || holds(word, own));
      });
    });
  });
}

}  // namespace broadsheet::sources::html
