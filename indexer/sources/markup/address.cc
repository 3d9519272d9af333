// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/sources/markup/address.h"

#include <algorithm>
#include <array>

#include "absl/strings/ascii.h"

namespace broadsheet::sources::markup {
namespace {

std::string_view Trimmed(std::string_view text) {
  constexpr std::string_view kBlanks = " \t\r\n\f";
  const size_t begin = text.find_first_not_of(kBlanks);
  if (begin == std::string_view::npos) return {};
  return text.substr(begin, text.find_last_not_of(kBlanks) + 1 - begin);
}

// The length of "https:", 0 without a scheme.
size_t SchemeSize(std::string_view address) {
  const size_t colon = address.find(':');
  if (colon == std::string_view::npos || colon == 0) return 0;
  const std::string_view scheme = address.substr(0, colon);
  const bool is_scheme = absl::ascii_isalpha(static_cast<unsigned char>(scheme[0])) &&
                         std::all_of(scheme.begin(), scheme.end(), [](char c) {
                           return absl::ascii_isalnum(static_cast<unsigned char>(c)) || c == '+' ||
                                  c == '.' || c == '-';
                         });
  return is_scheme ? colon + 1 : 0;
}

// An address of a hierarchy, in parts that make it up when put one after the other.
struct Parts {
  std::string_view scheme;     // with its colon
  std::string_view authority;  // with its slashes
  std::string_view path;
  std::string_view query;  // with its question mark
};

// Its fragment, if any, is left out.
Parts Split(std::string_view address) {
  address = address.substr(0, address.find('#'));
  Parts parts;
  const size_t scheme = SchemeSize(address);
  parts.scheme = address.substr(0, scheme);
  address.remove_prefix(scheme);
  if (address.starts_with("//")) {
    parts.authority = address.substr(0, address.find_first_of("/?", 2));
    address.remove_prefix(parts.authority.size());
  }
  parts.path = address.substr(0, address.find('?'));
  parts.query = address.substr(parts.path.size());
  return parts;
}

// As browsers read it: a line break is left out, with the blanks beside it, and a blank within the
// address stands for itself. Words that are no address stay as they are.
std::string Mended(std::string_view reference) {
  if (reference.find_first_of(" \t\r\n\f") == std::string_view::npos) return std::string(reference);
  std::string mended;
  for (std::string_view rest = reference; !rest.empty();) {
    const size_t blanks = std::min(rest.find_first_of(" \t\r\n\f"), rest.size());
    mended += rest.substr(0, blanks);
    rest.remove_prefix(blanks);
    const size_t end = std::min(rest.find_first_not_of(" \t\r\n\f"), rest.size());
    const std::string_view gap = rest.substr(0, end);
    if (gap.find_first_of("\t\r\n\f") == std::string_view::npos) {
      for (size_t i = 0; i < gap.size(); ++i) mended += "%20";
    }
    rest.remove_prefix(end);
  }
  const size_t authority = mended.find("//");
  const bool is_address =
      mended.starts_with('/') || (authority > 0 && authority == SchemeSize(mended));
  const bool are_two =
      authority != std::string::npos && mended.find("://", authority + 2) != std::string::npos;
  return is_address && !are_two ? mended : std::string(reference);
}

// Without "." and ".." between slashes.
std::string WithoutDots(std::string_view path) {
  std::string done;
  while (!path.empty()) {
    const size_t end = path.find('/', 1);
    std::string_view segment = path.substr(0, end);
    const bool is_last = end == std::string_view::npos;
    path = is_last ? std::string_view() : path.substr(end);
    if (segment == "/.." || segment == "/.") {
      if (segment == "/..") done.resize(done.empty() ? 0 : done.rfind('/'));
      if (is_last) done += '/';
    } else {
      done += segment;
    }
  }
  return done;
}

std::string Joined(const Parts& parts, std::string_view path, std::string_view rest) {
  std::string address;
  for (const std::string_view part : {parts.scheme, parts.authority, path, rest}) address += part;
  return address;
}

}  // namespace

bool NamesNoDocument(std::string_view address) {
  constexpr auto kSchemes = std::to_array<std::string_view>(
      {"javascript:", "vbscript:", "data:", "blob:", "about:", "mailto:", "tel:"});
  constexpr size_t kLongest = 64;
  // Browsers skip control characters within a scheme.
  std::string scheme;
  for (const char c : address.substr(0, kLongest)) {
    if (static_cast<unsigned char>(c) > ' ')
      scheme += absl::ascii_tolower(static_cast<unsigned char>(c));
    if (c == ':') break;
  }
  return std::ranges::find(kSchemes, scheme) != kSchemes.end();
}

bool IsWebAddress(std::string_view address) {
  if (!IsAbsoluteAddress(address)) return false;
  const Parts parts = Split(address);
  const std::string scheme = absl::AsciiStrToLower(std::string(parts.scheme));
  return (scheme == "http:" || scheme == "https:") && parts.authority.size() > 2;
}

bool IsAbsoluteAddress(std::string_view address) {
  // No host has a blank, which is escaped by now.
  return SchemeSize(address) > 0 && !NamesNoDocument(address) &&
         address.find_first_of(" \t\r\n") == std::string_view::npos &&
         Split(address).authority.find("%20") == std::string_view::npos;
}

std::string ResolveAddress(std::string_view base, std::string_view stated) {
  base = Trimmed(base);
  const std::string mended = Mended(Trimmed(stated));
  const std::string_view reference = mended;
  const Parts at = Split(base);
  const bool is_hierarchy = !at.scheme.empty() && !at.authority.empty();
  if (!is_hierarchy || SchemeSize(reference) > 0) return std::string(reference);
  if (reference.empty() || reference[0] == '#') {
    return Joined(at, at.path, at.query) + std::string(reference);
  }
  if (reference[0] == '?') return Joined(at, at.path.empty() ? "/" : at.path, reference);
  if (reference.starts_with("//")) return std::string(at.scheme) + std::string(reference);
  const size_t path_end = reference.find_first_of("?#");
  const std::string_view path = reference.substr(0, path_end);
  const std::string_view rest = reference.substr(path.size());
  if (path[0] == '/') return Joined(at, WithoutDots(path), rest);
  std::string merged(at.path.substr(0, at.path.rfind('/') + 1));
  if (merged.empty()) merged = "/";
  merged += path;
  return Joined(at, WithoutDots(merged), rest);
}

}  // namespace broadsheet::sources::markup
