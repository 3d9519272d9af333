// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/sources/warc/record_reader.h"

#include <algorithm>
#include <cstring>
#include <optional>
#include <utility>

#include "absl/strings/str_format.h"
#include "engine/text/utf8.h"

namespace broadsheet::sources::warc {
namespace {

constexpr size_t kReadBytes = 64 << 10;
constexpr size_t kMaxLineBytes = 64 << 10;
constexpr size_t kMaxHeadLines = 1000;
// Enough to tell a head.
constexpr size_t kWarcHeadBytes = 64;
constexpr size_t kLongestArcHeadBytes = 16 << 10;
// Records within records, as lengths that are too large make them, are read again so far and no
// further, since each may be within the one before.
constexpr uint64_t kAlwaysGivenBack = 4 * kMaxContentBytes;

bool IsHead(std::string_view text, bool is_arc) {
  return is_arc ? IsArcHead(text.substr(0, text.find('\n'))) : IsWarcHead(text);
}

// Where in `text` a head begins; npos when none does.
size_t FindHead(std::string_view text, bool is_arc) {
  if (!is_arc) {
    for (size_t at = text.find("WARC/"); at != text.npos; at = text.find("WARC/", at + 1)) {
      if (IsWarcHead(text.substr(at))) return at;
    }
    return text.npos;
  }
  for (size_t at = 0; at < text.size();) {
    const size_t end = text.find('\n', at);
    if (end == text.npos) return text.npos;
    if (IsArcHead(text.substr(at, end - at))) return at;
    at = end + 1;
  }
  return text.npos;
}

}  // namespace

RecordReader::RecordReader(Input& input) : input_(input), buffer_(kReadBytes) {}

absl::Status RecordReader::Broken(const std::string& why) const {
  return absl::InvalidArgumentError(absl::StrFormat("record %d: %s", records_, why));
}

void RecordReader::Drop(size_t bytes) {
  begin_ += bytes;
  offset_ += bytes;
}

// The next bytes, which Drop takes: `bytes` of them or more, fewer only at the end and before
// damage, which Fill then tells.
absl::StatusOr<std::string_view> RecordReader::Ahead(size_t bytes) {
  while (end_ - begin_ < bytes && gap_.ok() && !is_at_end_) {
    if (begin_ > 0) std::memmove(buffer_.data(), buffer_.data() + begin_, end_ - begin_);
    end_ -= std::exchange(begin_, 0);
    if (buffer_.size() - end_ < kReadBytes) buffer_.resize(end_ + kReadBytes);
    const absl::StatusOr<size_t> size = input_.Read(std::span(buffer_).subspan(end_));
    if (absl::IsDataLoss(size.status())) {
      gap_ = size.status();
    } else if (!size.ok()) {
      return size.status();
    } else {
      end_ += *size;
      is_at_end_ = *size == 0;
    }
  }
  return buffered();
}

// Some of the next bytes; none at the end.
absl::StatusOr<std::string_view> RecordReader::Fill() {
  const absl::StatusOr<std::string_view> ahead = Ahead(1);
  if (ahead.ok() && ahead->empty() && !gap_.ok()) return std::exchange(gap_, absl::OkStatus());
  return ahead;
}

// Reads a line without its end, and replaces ill-formed UTF-8. False at the end of the input.
absl::StatusOr<bool> RecordReader::ReadLine(std::string* line) {
  line->clear();
  bool any = false;
  while (true) {
    const absl::StatusOr<std::string_view> more = Fill();
    if (!more.ok()) return more.status();
    const size_t found = more->find('\n');
    line->append(more->substr(0, found));
    if (line->size() > kMaxLineBytes) {
      return Broken(absl::StrFormat("a header line of more than %d bytes", kMaxLineBytes));
    }
    any = any || !more->empty();
    const bool is_last = more->empty() || found != more->npos;
    Drop(std::min(found, more->size() - 1) + 1);
    if (!is_last) continue;
    if (found != more->npos && line->ends_with('\r')) line->pop_back();
    text::RepairUtf8(line);
    return any;
  }
}

// Records are divided by blank lines, more or fewer of them.
absl::StatusOr<bool> RecordReader::ReadHead(Record* record) {
  constexpr size_t kMaxQuotedBytes = 80;
  std::string line;
  const std::optional<uint64_t> begun_at = std::exchange(begun_at_, std::nullopt);
  if (begun_at.has_value()) {
    record->byte_offset = *begun_at;
  } else {
    do {
      record->byte_offset = offset_;
      const absl::StatusOr<bool> more = ReadLine(&line);
      if (!more.ok() || !*more) return more;
    } while (line.empty());
  }
  record->number = ++records_;
  if (begun_at.has_value() || line.starts_with("WARC/")) {
    if (absl::Status read = ReadWarcHeaders(&record->head); !read.ok()) return read;
    return true;
  }
  std::optional<RecordHead> arc = ReadArcHead(line);
  if (!arc.has_value()) {
    return Broken("neither \"WARC/1.x\" nor the head of an ARC record with its length: \"" +
                  std::string(text::PrefixOf(line, kMaxQuotedBytes)) + "\"");
  }
  is_arc_ = true;
  record->head = *std::move(arc);
  return true;
}

absl::Status RecordReader::ReadWarcHeaders(RecordHead* head) {
  std::string line;
  for (size_t lines = 0;; ++lines) {
    const uint64_t line_offset = offset_;
    const absl::StatusOr<bool> more = ReadLine(&line);
    if (!more.ok()) return more.status();
    if (!*more) return Broken("the archive breaks off within its headers");
    if (line.empty()) break;
    if (const size_t next = WarcHeadWithin(line); next != line.npos) {
      begun_at_ = line_offset + next;
      return Broken("it breaks off within its headers, where the next record begins");
    }
    if (lines > kMaxHeadLines) return Broken("too many headers");
    ReadWarcHeader(line, head);
  }
  return head->size.has_value() ? absl::OkStatus() : Broken("no Content-Length that is a number");
}

absl::Status RecordReader::ReadContent(uint64_t size, Record* record) {
  record->too_large = size > kMaxContentBytes;
  for (uint64_t left = size; left > 0;) {
    const absl::StatusOr<std::string_view> more = Fill();
    if (!more.ok()) return more.status();
    if (more->empty()) {
      const absl::Status back = GiveBack(size - left, *record);
      if (!absl::IsNotFound(back)) return back;
      return Broken(
          absl::StrFormat("the archive breaks off %d bytes before the end of its content", left));
    }
    const auto part = static_cast<size_t>(std::min<uint64_t>(left, more->size()));
    // Also the beginning of what is too large, which is looked at when its length is wrong.
    const size_t room = kMaxContentBytes - record->content.size();
    record->content.append(more->substr(0, std::min(part, room)));
    Drop(part);
    left -= part;
  }
  if (record->too_large) record->content.clear();
  return absl::OkStatus();
}

// Makes the records within the content of `record`, of which `read` bytes were read and whose
// length is wrong, the next ones. NOT_FOUND when there are none.
absl::Status RecordReader::GiveBack(uint64_t read, const Record& record) {
  const std::string& content = record.content;
  if (content.size() < read) return absl::NotFoundError("not all of the content is there");
  // A head may go on behind the content.
  const std::string_view behind =
      buffered().substr(0, is_arc_ ? kLongestArcHeadBytes : kWarcHeadBytes);
  const size_t at = FindHead(content + std::string(behind), is_arc_);
  if (at >= content.size()) return absl::NotFoundError("no record within the record");
  const size_t back = content.size() - at;
  given_back_ += back;
  if (given_back_ > kAlwaysGivenBack + offset_) return absl::NotFoundError("too many of them");
  std::vector<char> joined(content.begin() + static_cast<std::ptrdiff_t>(at), content.end());
  joined.insert(joined.end(), buffer_.begin() + static_cast<std::ptrdiff_t>(begin_),
                buffer_.begin() + static_cast<std::ptrdiff_t>(end_));
  offset_ -= back;
  begin_ = 0;
  end_ = joined.size();
  buffer_ = std::move(joined);
  is_astray_ = false;
  return Broken(
      absl::StrFormat("its content breaks off after %d of %d bytes, where the next record "
                      "begins",
                      at, *record.head.size));
}

// Whether damage follows of packed data that begins within `record`: it is the one that is damaged.
bool RecordReader::IsDoubtful(const Record& record) const {
  return !gap_.ok() && input_.damaged_from() >= record.byte_offset &&
         input_.damaged_from() < offset_;
}

// Whether blank lines and a head follow, or the end. Otherwise the length of the record is wrong,
// or what follows it is damaged.
absl::Status RecordReader::CheckEnd(const Record& record) {
  while (true) {
    const absl::StatusOr<std::string_view> more = Ahead(1);
    if (!more.ok()) return more.status();
    const size_t blank = std::min(more->find_first_not_of("\r\n"), more->size());
    Drop(blank);
    if (more->empty() || blank < more->size()) break;
  }
  const absl::StatusOr<std::string_view> ahead =
      Ahead(is_arc_ ? kLongestArcHeadBytes : kWarcHeadBytes);
  if (!ahead.ok()) return ahead.status();
  if (!ahead->empty()) {
    if (IsHead(*ahead, is_arc_)) return absl::OkStatus();
    is_astray_ = true;
    is_told_ = false;
    // Damage of packed data gives wrong bytes before it is noticed.
    if (const auto more = Ahead(kReadBytes); !more.ok()) return more.status();
    if (IsDoubtful(record)) return Broken(std::string(std::exchange(gap_, {}).message()));
    if (absl::Status back = GiveBack(*record.head.size, record); !absl::IsNotFound(back)) {
      return back;
    }
    return absl::OkStatus();
  }
  if (!IsDoubtful(record)) return absl::OkStatus();
  return Broken(std::string(std::exchange(gap_, {}).message()));
}

// Past everything that begins like no record.
absl::Status RecordReader::SkipToHead() {
  const uint64_t begin = offset_;
  while (true) {
    const absl::StatusOr<std::string_view> ahead = Ahead(kReadBytes);
    if (!ahead.ok()) return ahead.status();
    const size_t head = FindHead(*ahead, is_arc_);
    const bool is_all = ahead->size() < kReadBytes;
    // A head may begin in the last bytes.
    const size_t kept = is_all ? 0 : (is_arc_ ? kLongestArcHeadBytes : kWarcHeadBytes);
    Drop(head == ahead->npos ? ahead->size() - kept : head);
    if (head == ahead->npos && !is_all) continue;
    is_astray_ = false;
    if (is_told_ || offset_ == begin) return absl::OkStatus();
    return absl::InvalidArgumentError(absl::StrFormat(
        "%d bytes behind record %d are no record that can be read", offset_ - begin, records_));
  }
}

absl::StatusOr<bool> RecordReader::Next(Record* record) {
  *record = {};
  if (is_astray_) {
    if (absl::Status skipped = SkipToHead(); !skipped.ok()) return skipped;
  }
  const absl::StatusOr<bool> more = ReadHead(record);
  if (more.ok() && !*more) return false;
  // Damage before the end of the content leads astray.
  is_astray_ = !begun_at_.has_value();
  absl::Status read = more.status();
  if (read.ok()) read = ReadContent(*record->head.size, record);
  if (read.ok()) {
    is_astray_ = false;
    read = CheckEnd(*record);
  }
  if (read.ok()) return true;
  is_told_ = true;
  if (!absl::IsDataLoss(read)) return read;
  // What is lost before its head was read is a record as well.
  if (record->number == 0) ++records_;
  return absl::DataLossError(
      absl::StrFormat("record %d: %s", records_, std::string(read.message())));
}

}  // namespace broadsheet::sources::warc
