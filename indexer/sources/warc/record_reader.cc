// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/sources/warc/record_reader.h"

#include <algorithm>
#include <cstring>
#include <optional>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_format.h"
#include "engine/text/utf8.h"

namespace broadsheet::sources::warc {
namespace {

constexpr size_t kReadBytes = 64 << 10;
constexpr size_t kMaxLineBytes = 64 << 10;
constexpr size_t kMaxHeadLines = 1000;

struct Header {
  std::string name;
  std::string value;
};

std::optional<Header> ParseHeader(const std::string& line) {
  const size_t colon = line.find(':');
  if (colon == std::string::npos) return std::nullopt;
  Header header{.name = line.substr(0, colon), .value = line.substr(colon + 1)};
  absl::StripAsciiWhitespace(&header.name);
  absl::StripAsciiWhitespace(&header.value);
  return header;
}

std::vector<std::string> Words(std::string_view line) {
  std::vector<std::string> words;
  while (true) {
    const size_t end = line.find(' ');
    words.emplace_back(line.substr(0, end));
    if (end == std::string_view::npos) return words;
    line.remove_prefix(end + 1);
  }
}

}  // namespace

RecordReader::RecordReader(Input& input) : input_(input), buffer_(kReadBytes) {}

absl::Status RecordReader::Broken(const std::string& why) const {
  return absl::InvalidArgumentError(absl::StrFormat("record %d: %s", records_, why));
}

absl::StatusOr<bool> RecordReader::Fill() {
  if (begin_ < end_) return true;
  const absl::StatusOr<size_t> size = input_.Read(buffer_);
  if (!size.ok()) return size.status();
  begin_ = 0;
  end_ = *size;
  return end_ > 0;
}

absl::StatusOr<bool> RecordReader::ReadLine(std::string* line) {
  line->clear();
  bool any = false;
  while (true) {
    const absl::StatusOr<bool> more = Fill();
    if (!more.ok()) return more.status();
    if (!*more) {
      text::RepairUtf8(line);
      return any;
    }
    any = true;
    const char* begin = buffer_.data() + begin_;
    const void* found = std::memchr(begin, '\n', end_ - begin_);
    const size_t size = found == nullptr
                            ? end_ - begin_
                            : static_cast<size_t>(static_cast<const char*>(found) - begin);
    line->append(begin, size);
    const size_t taken = size + (found == nullptr ? 0 : 1);
    begin_ += taken;
    offset_ += taken;
    if (line->size() > kMaxLineBytes) {
      return Broken(absl::StrFormat("a header line of more than %d bytes", kMaxLineBytes));
    }
    if (found == nullptr) continue;
    if (line->ends_with('\r')) line->pop_back();
    text::RepairUtf8(line);
    return true;
  }
}

// Records are divided by blank lines, more or fewer of them.
absl::StatusOr<bool> RecordReader::Next(Record* record) {
  std::string line;
  *record = {};
  do {
    record->byte_offset = offset_;
    const absl::StatusOr<bool> more = ReadLine(&line);
    if (!more.ok() || !*more) return more;
  } while (line.empty());
  record->number = ++records_;
  const absl::StatusOr<uint64_t> size =
      line.starts_with("WARC/") ? ReadWarcHead(record) : ReadArcHead(line, record);
  if (!size.ok()) return size.status();
  if (absl::Status read = ReadContent(*size, record); !read.ok()) return read;
  return true;
}

absl::StatusOr<uint64_t> RecordReader::ReadWarcHead(Record* record) {
  std::string line;
  std::optional<uint64_t> size;
  for (size_t lines = 0;; ++lines) {
    const absl::StatusOr<bool> more = ReadLine(&line);
    if (!more.ok()) return more.status();
    if (!*more) return Broken("the archive breaks off within its headers");
    if (line.empty()) break;
    if (lines > kMaxHeadLines) return Broken("too many headers");
    const std::optional<Header> header = ParseHeader(line);
    // A header may go on in lines that begin with white space; none of those read here does.
    if (!header.has_value()) continue;
    const std::string& value = header->value;
    if (absl::EqualsIgnoreCase(header->name, "WARC-Type")) {
      record->type = absl::AsciiStrToLower(value);
    } else if (absl::EqualsIgnoreCase(header->name, "WARC-Target-URI")) {
      // Some writers put it in angle brackets.
      const bool bracketed = value.starts_with('<') && value.ends_with('>');
      record->uri = bracketed ? value.substr(1, value.size() - 2) : value;
    } else if (absl::EqualsIgnoreCase(header->name, "Content-Type")) {
      record->content_type = value;
    } else if (absl::EqualsIgnoreCase(header->name, "Content-Length")) {
      uint64_t length = 0;
      if (absl::SimpleAtoi(value, &length)) size = length;
    }
  }
  if (!size.has_value()) return Broken("no Content-Length that is a number");
  return *size;
}

// "URL IP-address Archive-date Content-type Archive-length", the URL perhaps with spaces in it.
absl::StatusOr<uint64_t> RecordReader::ReadArcHead(std::string_view line, Record* record) {
  constexpr size_t kFields = 5;
  constexpr size_t kMaxQuotedBytes = 80;
  const std::vector<std::string> words = Words(line);
  uint64_t size = 0;
  if (words.size() < kFields || !absl::SimpleAtoi(words.back(), &size)) {
    return Broken("neither \"WARC/1.x\" nor the head of an ARC record with its length: \"" +
                  std::string(text::PrefixOf(line, kMaxQuotedBytes)) + "\"");
  }
  record->type = words[0].starts_with("filedesc:") ? "warcinfo" : "response";
  record->uri = words[0];
  for (size_t i = 1; i <= words.size() - kFields; ++i) record->uri += " " + words[i];
  record->content_type =
      record->uri.starts_with("http") ? "application/http" : words[words.size() - 2];
  return size;
}

absl::Status RecordReader::ReadContent(uint64_t size, Record* record) {
  record->too_large = size > kMaxContentBytes;
  for (uint64_t left = size; left > 0;) {
    const absl::StatusOr<bool> more = Fill();
    if (!more.ok()) return more.status();
    if (!*more) {
      return Broken(
          absl::StrFormat("the archive breaks off %d bytes before the end of its content", left));
    }
    const size_t part = static_cast<size_t>(std::min<uint64_t>(left, end_ - begin_));
    if (!record->too_large) record->content.append(buffer_.data() + begin_, part);
    begin_ += part;
    offset_ += part;
    left -= part;
  }
  return absl::OkStatus();
}

}  // namespace broadsheet::sources::warc
