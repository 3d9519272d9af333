// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/sources/json/json_records.h"

#include "absl/strings/str_format.h"

namespace broadsheet::sources {
namespace {

constexpr size_t kJsonReadBytes = 64 << 10;
constexpr size_t kHeadBytes = 64 << 10;
constexpr size_t kKeptOfLongBytes = 1000;

constexpr std::string_view kBlank = " \t\r\n\f\v";

// Whether the first line begins and ends as an object does and another line follows.
bool StartsWithLines(std::string_view head) {
  if (head.starts_with("\xef\xbb\xbf")) head.remove_prefix(3);
  const size_t begin = head.find_first_not_of(kBlank);
  if (begin == std::string_view::npos || head[begin] != '{') return false;
  const size_t end = head.find('\n', begin);
  if (end == std::string_view::npos) return false;
  const size_t last = head.find_last_not_of(kBlank, end);
  const size_t next = head.find_first_not_of(kBlank, end);
  return head[last] == '}' && next != std::string_view::npos && head[next] == '{';
}

}  // namespace

JsonRecords::JsonRecords(Input& input, size_t max_record_bytes)
    : input_(input), max_record_bytes_(max_record_bytes) {
  const absl::StatusOr<std::string_view> head = input.Peek(kHeadBytes);
  // What is wrong with the input comes up again when it is read.
  if (head.ok() && StartsWithLines(*head)) {
    lines_ = std::make_unique<LineReader>(input, max_record_bytes);
  } else {
    buffer_.resize(kJsonReadBytes);
  }
}

absl::StatusOr<bool> JsonRecords::NextLine(JsonRecord* record) {
  TextLine line;
  while (true) {
    const absl::StatusOr<bool> more = lines_->Next(&line);
    if (!more.ok() || !*more) return more;
    if (line.number == 1 && line.text.starts_with("\xef\xbb\xbf")) line.text.remove_prefix(3);
    if (line.text.find_first_not_of(kBlank) == std::string_view::npos) continue;
    *record = {.text = line.text,
               .line = line.number,
               .byte_offset = line.byte_offset,
               .too_long = line.too_long};
    return true;
  }
}

absl::StatusOr<int> JsonRecords::Take() {
  if (begin_ == end_) {
    const absl::StatusOr<size_t> size = input_.Read(buffer_);
    if (!size.ok()) return size.status();
    begin_ = 0;
    end_ = *size;
    if (end_ == 0) return -1;
  }
  const char byte = buffer_[begin_++];
  ++offset_;
  if (byte == '\n') ++line_;
  return static_cast<unsigned char>(byte);
}

// Between objects there may be white space, commas and the brackets of the array around them. Their
// order is not checked: an array that breaks off costs none of its whole objects.
absl::Status JsonRecords::SkipToObject(bool* found) {
  constexpr std::string_view kBetween = " \t\r\n,[]\xef\xbb\xbf";
  while (true) {
    const absl::StatusOr<int> byte = Take();
    if (!byte.ok()) return byte.status();
    *found = *byte == '{';
    if (*byte < 0 || *found) return absl::OkStatus();
    if (kBetween.find(static_cast<char>(*byte)) == std::string_view::npos) {
      return absl::InvalidArgumentError("not valid JSON: expected an object, {...}");
    }
  }
}

absl::Status JsonRecords::ReadObject(JsonRecord* record) {
  uint64_t depth = 1;
  bool in_string = false;
  bool escaped = false;
  record_ = "{";
  while (depth > 0) {
    const absl::StatusOr<int> byte = Take();
    if (!byte.ok()) return byte.status();
    if (*byte < 0) {
      return absl::InvalidArgumentError(absl::StrFormat(
          "the document breaks off within the object that starts in line %d", record->line));
    }
    const char c = static_cast<char>(*byte);
    if (record_.size() < max_record_bytes_) {
      record_ += c;
    } else {
      record->too_long = true;
    }
    if (in_string) {
      in_string = escaped || c != '"';
      escaped = !escaped && c == '\\';
    } else if (c == '"') {
      in_string = true;
    } else if (c == '{' || c == '[') {
      ++depth;
    } else if (c == '}' || c == ']') {
      --depth;
    }
  }
  return absl::OkStatus();
}

absl::StatusOr<bool> JsonRecords::Next(JsonRecord* record) {
  if (lines_ != nullptr) return NextLine(record);
  bool found = false;
  if (absl::Status skipped = SkipToObject(&found); !skipped.ok()) return skipped;
  if (!found) return false;
  *record = {.text = {}, .line = line_, .byte_offset = offset_ - 1};
  if (absl::Status read = ReadObject(record); !read.ok()) return read;
  const size_t size = record->too_long ? kKeptOfLongBytes : record_.size();
  record_.reserve(size + kPadding);
  record->text = std::string_view(record_).substr(0, size);
  return true;
}

}  // namespace broadsheet::sources
