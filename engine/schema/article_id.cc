// SPDX-License-Identifier: GPL-3.0-or-later
#include <xxhash.h>

#include <algorithm>
#include <string>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "absl/strings/string_view.h"
#include "engine/schema/article.h"
#include "engine/text/utf8.h"

namespace broadsheet::schema {
namespace {

constexpr size_t kHashedBodyBytes = 1024;

// Parts are written with their lengths, so that no two articles run together to the same bytes.
void AppendPart(std::string_view part, std::string* bytes) {
  absl::StrAppend(bytes, part.size(), ":", absl::string_view(part.data(), part.size()));
}

std::string HashId(std::string_view bytes) {
  const XXH128_hash_t hash = XXH3_128bits(bytes.data(), bytes.size());
  return absl::StrCat("h:", absl::Hex(hash.high64, absl::kZeroPad16),
                      absl::Hex(hash.low64, absl::kZeroPad16));
}

bool IsTracking(absl::string_view parameter) {
  return absl::StartsWithIgnoreCase(parameter, "utm_");
}

// Path and query from the first '/' or '?' on; utm_* parameters go.
std::string CanonicalPath(absl::string_view path_and_query) {
  const size_t question = path_and_query.find('?');
  std::string path(path_and_query.substr(0, question));
  if (path.empty()) path = "/";
  if (question == absl::string_view::npos) return path;
  std::vector<absl::string_view> kept =
      absl::StrSplit(path_and_query.substr(question + 1), '&', absl::SkipEmpty());
  kept.erase(std::remove_if(kept.begin(), kept.end(), IsTracking), kept.end());
  if (!kept.empty()) absl::StrAppend(&path, "?", absl::StrJoin(kept, "&"));
  return path;
}

}  // namespace

std::string CanonicalUrl(std::string_view url) {
  absl::string_view rest(url.data(), url.size());
  const bool is_https = absl::StartsWithIgnoreCase(rest, "https://");
  if (!is_https && !absl::StartsWithIgnoreCase(rest, "http://")) return std::string(url);
  rest.remove_prefix(is_https ? 8 : 7);
  rest = rest.substr(0, rest.find('#'));
  const size_t authority_end = std::min(rest.find_first_of("/?"), rest.size());
  const absl::string_view authority = rest.substr(0, authority_end);
  if (authority.empty()) return std::string(url);
  // A user name before the host keeps its case.
  const size_t at = authority.rfind('@');
  const size_t host_begin = at == absl::string_view::npos ? 0 : at + 1;
  std::string host = absl::AsciiStrToLower(authority.substr(host_begin));
  const absl::string_view default_port = is_https ? ":443" : ":80";
  if (absl::EndsWith(host, default_port)) host.resize(host.size() - default_port.size());
  return absl::StrCat(is_https ? "https://" : "http://", authority.substr(0, host_begin), host,
                      CanonicalPath(rest.substr(authority_end)));
}

std::string DeriveId(const v1::Article& article) {
  if (!article.url().empty()) {
    std::string url = CanonicalUrl(article.url());
    return url.size() <= kMaxIdBytes ? url : HashId(url);
  }
  std::string bytes;
  AppendPart(article.source(), &bytes);
  AppendPart(article.headline(), &bytes);
  const bool dated = article.has_published_time();
  AppendPart(dated ? absl::StrCat(article.published_time().seconds()) : "", &bytes);
  AppendPart(text::PrefixOf(article.body(), kHashedBodyBytes), &bytes);
  return HashId(bytes);
}

}  // namespace broadsheet::schema
