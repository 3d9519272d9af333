// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/sources/warc/record_head.h"

#include <algorithm>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "engine/text/char_class.h"
#include "indexer/sources/wording/words.h"

namespace broadsheet::sources::warc {
namespace {

// In the order of an ARC head: what follows the URL.
constexpr size_t kArcFields = 5;

std::string Stripped(std::string_view text) {
  std::string stripped(text);
  absl::StripAsciiWhitespace(&stripped);
  return stripped;
}

std::vector<std::string> SplitAtSpaces(std::string_view line) {
  std::vector<std::string> words;
  while (true) {
    const size_t end = line.find(' ');
    words.emplace_back(line.substr(0, end));
    if (end == std::string_view::npos) return words;
    line.remove_prefix(end + 1);
  }
}

}  // namespace

// A header may go on in lines that begin with white space; none of those read here does.
void ReadWarcHeader(std::string_view line, RecordHead* head) {
  const size_t colon = line.find(':');
  if (colon == std::string_view::npos) return;
  const std::string name = Stripped(line.substr(0, colon));
  const std::string value = Stripped(line.substr(colon + 1));
  uint64_t number = 0;
  if (absl::EqualsIgnoreCase(name, "WARC-Type")) {
    head->type = absl::AsciiStrToLower(value);
  } else if (absl::EqualsIgnoreCase(name, "WARC-Target-URI")) {
    // Some writers put it in angle brackets.
    const bool bracketed = value.starts_with('<') && value.ends_with('>');
    head->uri = bracketed ? value.substr(1, value.size() - 2) : value;
  } else if (absl::EqualsIgnoreCase(name, "Content-Type")) {
    head->content_type = value;
  } else if (absl::EqualsIgnoreCase(name, "WARC-Block-Digest")) {
    head->block_digest = value;
  } else if (absl::EqualsIgnoreCase(name, "WARC-Truncated")) {
    head->truncated = value;
  } else if (absl::EqualsIgnoreCase(name, "WARC-Segment-Number")) {
    if (absl::SimpleAtoi(value, &number)) head->segment = number;
  } else if (absl::EqualsIgnoreCase(name, "Content-Length")) {
    if (absl::SimpleAtoi(value, &number)) head->size = number;
  }
}

std::optional<RecordHead> ReadArcHead(std::string_view line) {
  const std::vector<std::string> words = SplitAtSpaces(line);
  uint64_t size = 0;
  if (words.size() < kArcFields || !absl::SimpleAtoi(words.back(), &size)) return std::nullopt;
  RecordHead head;
  head.size = size;
  head.type = words[0].starts_with("filedesc:") ? "warcinfo" : "response";
  head.uri = words[0];
  for (size_t i = 1; i <= words.size() - kArcFields; ++i) head.uri += " " + words[i];
  head.content_type = head.uri.starts_with("http") ? "application/http" : words[words.size() - 2];
  return head;
}

bool IsWarcHead(std::string_view text) {
  constexpr std::string_view kVersion = "WARC/";
  constexpr size_t kMostVersion = 8;
  if (!text.starts_with(kVersion)) return false;
  const size_t end = text.find_first_not_of("0123456789.", kVersion.size());
  if (end == std::string_view::npos) return true;
  if (end == kVersion.size() || end > kVersion.size() + kMostVersion) return false;
  text.remove_prefix(end);
  if (text.starts_with('\r')) text.remove_prefix(1);
  if (!text.starts_with('\n')) return text.empty();
  text.remove_prefix(1);
  return text.empty() || page::StartsWithIgnoringCase(text, "WARC-") ||
         page::StartsWithIgnoringCase(text, "Content-");
}

size_t WarcHeadWithin(std::string_view line) {
  constexpr std::string_view kVersion = "WARC/1.";
  const size_t at = line.rfind(kVersion);
  if (at == line.npos || (at > 0 && line[at - 1] == '/')) return line.npos;
  return page::IsDigits(line.substr(at + kVersion.size())) ? at : line.npos;
}

bool IsArcHead(std::string_view line) {
  constexpr size_t kDateDigits = 14;
  const std::optional<RecordHead> head = ReadArcHead(line);
  if (!head.has_value() || head->uri.find(':') == std::string::npos) return false;
  const std::vector<std::string> words = SplitAtSpaces(line);
  const std::string& date = words[words.size() - 3];
  return date.size() == kDateDigits && std::all_of(date.begin(), date.end(), text::IsAsciiDigit);
}

}  // namespace broadsheet::sources::warc
