// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/sources/json/json_records.h"

#include <algorithm>

#include "absl/strings/str_format.h"
#include "indexer/sources/json/hold_in_text.h"
#include "indexer/sources/json/wrapper.h"

namespace broadsheet::sources {
namespace {

constexpr size_t kJsonReadBytes = 64 << 10;
constexpr size_t kHeadBytes = 64 << 10;
constexpr size_t kKeptOfLongBytes = 1000;
constexpr size_t kMaxFirstNameBytes = 100;
constexpr std::string_view kBlank = " \t\r\n\f\v";
constexpr std::string_view kRecordsMark = "\xef\xbb\xbf";

// Whether the first line begins and ends as an object does and another line follows.
bool StartsWithLines(std::string_view head) {
  if (head.starts_with(kRecordsMark)) head.remove_prefix(kRecordsMark.size());
  const size_t begin = head.find_first_not_of(kBlank);
  if (begin == std::string_view::npos || head[begin] != '{') return false;
  const size_t end = head.find('\n', begin);
  if (end == std::string_view::npos) return false;
  const size_t last = head.find_last_not_of(kBlank, end);
  const size_t next = head.find_first_not_of(kBlank, end);
  return head[last] == '}' && next != std::string_view::npos && head[next] == '{';
}

// What stands between the line's start and `at`; false when that is not only white space.
bool IndentBefore(std::string_view text, size_t at, std::string_view* indent) {
  const size_t before = at == 0 ? std::string_view::npos : text.find_last_not_of(" \t", at - 1);
  const size_t start = before == std::string_view::npos ? 0 : before + 1;
  *indent = text.substr(start, at - start);
  return before == std::string_view::npos || text[before] == '\n';
}

// "uri" of {"uri": ...; "" when no name is there.
std::string_view FirstNameAt(std::string_view text, size_t at) {
  text = text.substr(at + 1, kMaxFirstNameBytes);
  const size_t quote = text.find_first_not_of(kBlank);
  if (quote == std::string_view::npos || text[quote] != '"') return {};
  const size_t end = text.find('"', quote + 1);
  return end == std::string_view::npos ? std::string_view()
                                       : text.substr(quote + 1, end - quote - 1);
}

}  // namespace

JsonRecords::JsonRecords(Input& input, size_t max_record_bytes, bool enters_wrappers)
    : input_(input), max_record_bytes_(max_record_bytes), enters_wrappers_(enters_wrappers) {
  const absl::StatusOr<std::string_view> head = input.Peek(kHeadBytes);
  // What is wrong with the input comes up again when it is read.
  if (head.ok() && StartsWithLines(*head)) {
    lines_ = std::make_unique<LineReader>(input, max_record_bytes);
  }
}

absl::StatusOr<bool> JsonRecords::NextLine(JsonRecord* record) {
  TextLine line;
  while (true) {
    const absl::StatusOr<bool> more = lines_->Next(&line);
    if (!more.ok() || !*more) return more;
    if (line.number == 1 && line.text.starts_with(kRecordsMark)) line.text.remove_prefix(3);
    if (line.text.find_first_not_of(kBlank) == std::string_view::npos) continue;
    *record = {.text = line.text,
               .line = line.number,
               .byte_offset = line.byte_offset,
               .too_long = line.too_long,
               .whole = absl::OkStatus()};
    return true;
  }
}

absl::StatusOr<bool> JsonRecords::Fill() {
  if (!failure_.ok()) return failure_;
  const absl::StatusOr<std::string_view> bytes = input_.Next(kJsonReadBytes);
  failure_ = bytes.status();
  if (!bytes.ok()) return failure_;
  window_.reserve(window_.size() + bytes->size() + kPadding);
  window_ += *bytes;
  return !bytes->empty();
}

// Only when it is at least half of the window, so that bytes are moved about once.
void JsonRecords::Compact() {
  if (at_ < kJsonReadBytes || at_ < window_.size() / 2) return;
  window_.erase(0, at_);
  window_offset_ += at_;
  at_ = 0;
}

void JsonRecords::MoveTo(size_t at) {
  line_ += static_cast<uint64_t>(std::count(window_.begin() + static_cast<ptrdiff_t>(at_),
                                            window_.begin() + static_cast<ptrdiff_t>(at), '\n'));
  at_ = at;
}

// Between objects there may be white space, commas and the brackets of the array around them. Their
// order is not checked: an array that breaks off costs none of its whole objects.
absl::StatusOr<bool> JsonRecords::SkipBetween() {
  constexpr std::string_view kBetween = " \t\r\n\f\v,[]\xef\xbb\xbf";
  while (true) {
    size_t next = at_;
    for (; next < window_.size() && kBetween.find(window_[next]) != std::string_view::npos;
         ++next) {
      if (window_[next] == '[') ++open_arrays_;
      if (window_[next] == ']' && open_arrays_ > 0) --open_arrays_;
    }
    MoveTo(next);
    if (at_ < window_.size()) return true;
    Compact();
    const absl::StatusOr<bool> more = Fill();
    if (!more.ok() || !*more) return more;
  }
}

// An object that starts a line is followed by objects that start a line at the same indentation;
// what it contains stands further in. In a document without such lines the objects' first names
// tell them from most of what they contain.
bool JsonRecords::MayStartAt(size_t at) const {
  std::string_view indent;
  const bool starts_line = IndentBefore(window_, at, &indent);
  if (starts_line_) return starts_line && indent == indent_;
  const size_t before = at == 0 ? std::string::npos : window_.find_last_not_of(kBlank, at - 1);
  const bool follows =
      before == std::string::npos || std::string_view(",[}]").find(window_[before]) < 4;
  return follows && !first_name_.empty() && FirstNameAt(window_, at) == first_name_;
}

absl::StatusOr<bool> JsonRecords::Resume() {
  while (true) {
    const size_t next = std::min(window_.find('{', at_), window_.size());
    // The white space before it has to stay, since it tells how it starts.
    if (next < window_.size()) {
      MoveTo(next);
      if (window_.size() - at_ <= kMaxFirstNameBytes) {
        if (const absl::StatusOr<bool> more = Fill(); !more.ok()) return more;
      }
      if (MayStartAt(at_)) return true;
      MoveTo(at_ + 1);
      continue;
    }
    const size_t kept = window_.find_last_not_of(kBlank);
    MoveTo(std::max(at_, kept == std::string::npos ? 0 : kept));
    Compact();
    const absl::StatusOr<bool> more = Fill();
    if (!more.ok() || !*more) return more;
  }
}

void JsonRecords::Describe() {
  std::string_view indent;
  starts_line_ = IndentBefore(window_, at_, &indent);
  indent_ = indent;
  first_name_ = FirstNameAt(window_, at_);
}

bool JsonRecords::EnterWrapper() {
  const std::string_view text = std::string_view(window_).substr(at_, scan_.end());
  const size_t first = FindWrapped(text);
  if (first == std::string_view::npos) return false;
  // What holds back the wrapper holds back what is in it.
  if (FindHoldInText(text.substr(0, first)).has_value()) return false;
  MoveTo(at_ + first);
  ++open_arrays_;
  in_wrapper_ = true;
  Describe();
  return true;
}

absl::Status JsonRecords::ReadRestOfWrapper(bool* is_broken) {
  // The scan passes over the first byte, which is what stood before the members.
  const size_t start = at_ - 1;
  scan_.Restart();
  in_wrapper_ = false;
  while (true) {
    const ObjectScan::Outcome outcome = scan_.Scan(std::string_view(window_).substr(start));
    if (outcome == ObjectScan::Outcome::kWhole) {
      MoveTo(start + scan_.end());
      return absl::OkStatus();
    }
    *is_broken =
        outcome == ObjectScan::Outcome::kBroken || window_.size() - start > max_record_bytes_;
    if (*is_broken) return absl::OkStatus();
    const absl::StatusOr<bool> more = Fill();
    if (!more.ok()) return more.status();
    *is_broken = !*more;
    if (*is_broken) return absl::OkStatus();
  }
}

char JsonRecords::NextAfter(size_t* at) {
  constexpr size_t kMaxBlankBytes = 1 << 20;
  const size_t begin = *at;
  while (true) {
    const size_t next = window_.find_first_not_of(kBlank, *at);
    *at = std::min(next, window_.size());
    if (next != std::string::npos) return window_[next];
    if (*at - begin > kMaxBlankBytes || !Fill().value_or(false)) return '\0';
  }
}

bool JsonRecords::IsBeforeMember(size_t at) {
  char next = NextAfter(&at);
  if (next == '}' && !in_wrapper_) return true;
  if (next == ',') next = NextAfter(&++at);
  if (next != '"') return next == ':';
  // A name, or a string of the array? What is wrong with the input comes up when it is read on.
  if (window_.size() - at < 2 * kMaxFirstNameBytes) (void)Fill();
  size_t end = window_.find('"', at + 1);
  if (end == std::string::npos || end - at > kMaxFirstNameBytes) return true;
  return NextAfter(&++end) == ':';
}

bool JsonRecords::SkipScalar() {
  size_t at = at_;
  if (window_[at] == '"') {
    at = window_.find('"', at + 1);
    while (at != std::string::npos && window_[at - 1] == '\\') at = window_.find('"', at + 1);
    if (at == std::string::npos) return false;
    ++at;
  } else {
    at = std::min(window_.find_first_of(",]{}[:\" \t\r\n", at), window_.size());
  }
  const char next = NextAfter(&at);
  if (next != ',' && next != ']') return false;
  MoveTo(at);
  return true;
}

absl::Status JsonRecords::ReadTooLong(JsonRecord* record) {
  record->too_long = true;
  excerpt_.assign(window_, at_, kKeptOfLongBytes);
  record->text = excerpt_;
  ObjectScan::Outcome outcome = ObjectScan::Outcome::kOpen;
  while (outcome == ObjectScan::Outcome::kOpen) {
    const size_t scanned = scan_.end();
    MoveTo(at_ + scanned);
    scan_.Forget(scanned);
    Compact();
    const absl::StatusOr<bool> more = Fill();
    if (!more.ok()) return more.status();
    if (!*more) return absl::OkStatus();
    outcome = scan_.Scan(std::string_view(window_).substr(at_));
  }
  MoveTo(at_ + scan_.end());
  resumes_ = outcome == ObjectScan::Outcome::kBroken;
  return absl::OkStatus();
}

absl::Status JsonRecords::ReadObject(JsonRecord* record, bool* is_broken) {
  scan_.Restart();
  while (true) {
    const std::string_view text = std::string_view(window_).substr(at_);
    switch (scan_.Scan(text)) {
      case ObjectScan::Outcome::kWhole:
        *is_broken = enters_wrappers_ && !in_wrapper_ &&
                     FindWrapped(text.substr(0, scan_.end())) != std::string_view::npos;
        if (*is_broken) return absl::OkStatus();
        // From here on `text` may be gone.
        *is_broken = IsBeforeMember(at_ + scan_.end());
        if (*is_broken) return absl::OkStatus();
        record->too_long = scan_.end() > max_record_bytes_;
        record->text = std::string_view(window_).substr(
            at_, record->too_long ? kKeptOfLongBytes : scan_.end());
        MoveTo(at_ + scan_.end());
        return absl::OkStatus();
      case ObjectScan::Outcome::kBroken:
        *is_broken = true;
        return absl::OkStatus();
      case ObjectScan::Outcome::kOpen:
        break;
    }
    if (text.size() > max_record_bytes_) return ReadTooLong(record);
    const absl::StatusOr<bool> more = Fill();
    if (!more.ok()) return more.status();
    *is_broken = !*more;
    if (*is_broken) return absl::OkStatus();
  }
}

void JsonRecords::HandOutBroken(std::string_view what, JsonRecord* record) {
  const size_t scanned = std::min(scan_.end(), window_.size() - at_);
  const bool breaks_off = at_ + scanned >= window_.size();
  const auto lines = static_cast<uint64_t>(
      std::count(window_.begin() + static_cast<ptrdiff_t>(at_),
                 window_.begin() + static_cast<ptrdiff_t>(at_ + scanned), '\n'));
  if (!what.empty()) {
    record->whole = absl::InvalidArgumentError(std::string(what));
  } else if (breaks_off) {
    record->whole = absl::InvalidArgumentError(absl::StrFormat(
        "the document breaks off within the object that starts in line %d", record->line));
  } else {
    record->whole = absl::InvalidArgumentError(absl::StrFormat(
        "not valid JSON: the object that starts in line %d breaks in line %d: a bracket, a "
        "quotation mark, a colon or a comma is missing",
        record->line, line_ + lines));
  }
  excerpt_.assign(window_, at_, std::min(scanned + 1, kKeptOfLongBytes));
  record->text = excerpt_;
  resumes_ = true;
  constexpr uint64_t kRescansOfAny = 16 << 20;
  constexpr uint64_t kMaxRescans = 4;
  rescanned_ += scanned;
  const bool again = rescanned_ <= kRescansOfAny + kMaxRescans * Offset(at_ + scanned);
  MoveTo(again ? at_ + 1 : at_ + scanned);
}

absl::StatusOr<bool> JsonRecords::Next(JsonRecord* record) {
  if (lines_ != nullptr) return NextLine(record);
  // Of a stretch that is broken in several places the first is told.
  bool tell = !resumes_;
  while (true) {
    Compact();
    const absl::StatusOr<bool> found = resumes_ ? Resume() : SkipBetween();
    if (!found.ok() || !*found) return found;
    *record = {.line = line_, .byte_offset = Offset(at_), .whole = absl::OkStatus()};
    bool is_broken = false;
    std::string_view what;
    if (window_[at_] == '{') {
      const bool salvages = resumes_ && !starts_line_;
      salvages_ = salvages_ || salvages;
      record->salvaged = salvages_;
      resumes_ = false;
      if (!salvages_) Describe();
      if (absl::Status read = ReadObject(record, &is_broken); !read.ok()) return read;
      if (is_broken && EnterWrapper()) continue;
    } else if (in_wrapper_ && window_[at_] == '"') {
      if (absl::Status read = ReadRestOfWrapper(&is_broken); !read.ok()) return read;
      if (!is_broken) continue;
    } else if (in_wrapper_ && window_[at_] == '}' && open_arrays_ == 0) {
      in_wrapper_ = false;
      MoveTo(at_ + 1);
      continue;
    } else {
      if (!std::exchange(has_read_, true)) {
        return absl::InvalidArgumentError("not valid JSON: expected an object, {...}");
      }
      what = "not valid JSON: expected an object, {...}";
      excerpt_.assign(window_, at_, kMaxFirstNameBytes);
      if (SkipScalar()) {
        record->whole = absl::InvalidArgumentError(std::string(what));
        record->text = excerpt_;
        return true;
      }
      is_broken = true;
      scan_.Restart();
    }
    has_read_ = true;
    if (!is_broken) return true;
    HandOutBroken(what, record);
    if (tell) return true;
  }
}

}  // namespace broadsheet::sources
