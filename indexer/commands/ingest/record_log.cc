// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/commands/ingest/record_log.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "engine/text/clean.h"
#include "engine/text/utf8.h"
#include "indexer/commands/shared/figures.h"
#include "indexer/sources/json/json_string.h"

namespace broadsheet::commands {
namespace {

std::string JsonPlace(const std::string& input, uint64_t line, uint64_t byte_offset) {
  return absl::StrCat("\"file\":", sources::JsonString(input),
                      ",\"line\":", line > 0 ? std::to_string(line) : "null",
                      ",\"byteOffset\":", byte_offset);
}

}  // namespace

RecordLog::RecordLog(ReportFile file, std::string more, std::string option, ProgressLine& line)
    : file_(std::move(file)), more_(std::move(more)), option_(std::move(option)), line_(line) {}

void RecordLog::Print(const std::string& input, uint64_t line, const std::string& reason) {
  if (count_++ >= kPrinted) return;
  // Names and reasons may have bytes of files in them, which a terminal might obey, and marks of
  // direction, which would show them turned round.
  std::string printed = input + (line > 0 ? ":" + std::to_string(line) : "") + ": " + reason;
  text::RepairUtf8(&printed);
  text::CleanLine(&printed);
  line_.PrintAbove(text::WithHiddenShown(printed));
}

absl::Status RecordLog::Add(const sources::Reject& reject) {
  const std::string loss =
      reject.lost == 0 ? "" : "at least " + Counted(reject.lost, "record") + " lost: ";
  Print(reject.input, reject.line, loss + reject.reason);
  return file_.Write(absl::StrCat("{", JsonPlace(reject.input, reject.line, reject.byte_offset),
                                  ",\"reason\":", sources::JsonString(reject.reason),
                                  ",\"record\":", sources::JsonString(reject.record),
                                  ",\"lost\":", reject.lost, "}"));
}

absl::Status RecordLog::Add(const sources::Warning& warning) {
  const sources::RecordPlace& place = warning.place;
  Print(place.input, place.line, "warning: " + warning.reason);
  return file_.Write(absl::StrCat("{", JsonPlace(place.input, place.line, place.byte_offset),
                                  ",\"reason\":", sources::JsonString(warning.reason), "}"));
}

absl::Status RecordLog::Finish() {
  if (count_ > kPrinted) {
    const std::string remedy =
        file_.is_wanted() ? "; all are in " + file_.path() : "; " + option_ + " keeps them all";
    line_.PrintAbove("... and " + Count(count_ - kPrinted) + " more " + more_ + remedy);
  }
  return file_.Finish();
}

}  // namespace broadsheet::commands
