// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/commands/ingest/reject_log.h"

#include <cerrno>
#include <charconv>
#include <cstring>
#include <utility>

#include "indexer/commands/shared/figures.h"
#include "indexer/commands/shared/json_text.h"

namespace broadsheet::commands {

absl::StatusOr<RejectLimit> RejectLimit::Parse(const std::string& text) {
  RejectLimit limit;
  limit.text_ = text;
  limit.is_share_ = text.ends_with('%');
  const char* end = text.data() + text.size() - (limit.is_share_ ? 1 : 0);
  const std::from_chars_result read = limit.is_share_
                                          ? std::from_chars(text.data(), end, limit.percent_)
                                          : std::from_chars(text.data(), end, limit.count_);
  if (text.empty() || read.ec != std::errc() || read.ptr != end || limit.percent_ < 0 ||
      limit.percent_ > 100) {
    return absl::InvalidArgumentError("--max-rejects " + text +
                                      ": expected a number of records or a share, as in 100 or 5%");
  }
  return limit;
}

bool RejectLimit::Exceeded(uint64_t rejected, uint64_t records) const {
  if (!is_share_) return rejected > count_;
  return rejected > kAlwaysAllowed &&
         100 * static_cast<double>(rejected) > percent_ * static_cast<double>(records);
}

absl::StatusOr<std::unique_ptr<RejectLog>> RejectLog::Open(const std::string& file,
                                                           ProgressLine& line) {
  std::unique_ptr<RejectLog> log(new RejectLog(file, line));
  if (file.empty()) return log;
  log->out_.open(file, std::ios::binary | std::ios::trunc);
  if (!log->out_) {
    return absl::UnavailableError("cannot write the rejects to " + file + ": " +
                                  std::strerror(errno));
  }
  return log;
}

absl::Status RejectLog::Add(const sources::Reject& reject) {
  if (count_++ < kPrinted) {
    std::string place = reject.input;
    if (reject.line > 0) place += ":" + std::to_string(reject.line);
    line_.PrintAbove(place + ": " + reject.reason);
  }
  if (file_.empty()) return absl::OkStatus();
  out_ << "{\"file\":" << JsonString(reject.input)
       << ",\"line\":" << (reject.line > 0 ? std::to_string(reject.line) : "null")
       << ",\"byteOffset\":" << reject.byte_offset << ",\"reason\":" << JsonString(reject.reason)
       << ",\"record\":" << JsonString(reject.record) << "}\n";
  return CheckWritten();
}

absl::Status RejectLog::Finish() {
  if (count_ > kPrinted) {
    const std::string remedy =
        file_.empty() ? "; --rejects FILE keeps them all" : "; all are in " + file_;
    line_.PrintAbove("... and " + Count(count_ - kPrinted) + " more rejected" + remedy);
  }
  if (file_.empty()) return absl::OkStatus();
  out_.close();
  return CheckWritten();
}

absl::Status RejectLog::CheckWritten() {
  if (out_) return absl::OkStatus();
  return absl::ResourceExhaustedError("cannot write the rejects to " + file_ + ": " +
                                      std::strerror(errno));
}

}  // namespace broadsheet::commands
