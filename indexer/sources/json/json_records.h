// SPDX-License-Identifier: GPL-3.0-or-later
// Reads the objects of a JSON document one at a time: the document is one object, an array of
// objects, or objects one after the other, each on one line or several.
//
// A document that is broken somewhere costs the object that is broken: reading goes on at the next
// place where an object of the same kind starts, at the same indentation or with the same first
// member.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "indexer/sources/input/input.h"
#include "indexer/sources/input/line_reader.h"
#include "indexer/sources/json/object_scan.h"

namespace broadsheet::sources {

struct JsonRecord {
  // From "{" to "}"; only the first bytes of a record that is too long or broken. At least
  // JsonRecords::kPadding bytes after it may be read. Valid until the next call of Next.
  std::string_view text = {};
  // The start of the record: the line counted from 1, the byte in the unpacked input.
  uint64_t line = 0;
  uint64_t byte_offset = 0;
  bool too_long = false;
  // It was found behind a break: it may be a part of an object that is broken.
  bool salvaged = false;
  // INVALID_ARGUMENT of an object that does not end where it should, or of what is no object.
  absl::Status whole;
};

// Not thread-safe. `input` outlives it. Memory is bounded by the longest record, time by a small
// multiple of the document.
class JsonRecords {
 public:
  static constexpr size_t kPadding = LineReader::kPadding;

  // If the first line is a whole object, and more follows, every record is a line: a broken line
  // then affects no other record.
  //
  // `enters_wrappers`: of an object that wraps others (wrapper.h) only these are handed out; for
  // one that is broken inside.
  JsonRecords(Input& input, size_t max_record_bytes, bool enters_wrappers = false);

  // Moves to the next object, or to what is broken; false at the end. INVALID_ARGUMENT when the
  // document does not start as JSON objects do; errors of Input::Read. Do not call it again after
  // an error.
  absl::StatusOr<bool> Next(JsonRecord* record);

  // The place that Next has reached, which is where an error happened.
  uint64_t line() const { return lines_ == nullptr ? line_ : lines_->next_number(); }
  uint64_t byte_offset() const { return lines_ == nullptr ? Offset(at_) : lines_->next_offset(); }

  // After the end: the array around the objects was never closed, so the document may be cut off.
  bool ends_in_array() const { return open_arrays_ > 0; }

 private:
  absl::StatusOr<bool> NextLine(JsonRecord* record);
  // Reads more behind the window; false at the end of the input.
  absl::StatusOr<bool> Fill();
  // Cuts off the start of the window, before at_.
  void Compact();
  // Moves the place that Next has reached.
  void MoveTo(size_t at);
  uint64_t Offset(size_t at) const { return window_offset_ + at; }

  // Moves to the next object, or to something else between objects; false at the end.
  absl::StatusOr<bool> SkipBetween();
  // Moves to the next place where an object may start after a break; false at the end.
  absl::StatusOr<bool> Resume();
  bool MayStartAt(size_t at) const;
  void Describe();

  // These set `*is_broken` where the text is neither handed out nor at its end.
  absl::Status ReadObject(JsonRecord* record, bool* is_broken);
  // Whether a member of an object stands behind `at`, where an object ended: too soon, then.
  bool IsBeforeMember(size_t at);
  // The next byte from `at` on that is no white space, and moves `at` there; 0 at the end.
  char NextAfter(size_t* at);
  // Moves behind a string, a number or the like that stands in the array among the objects.
  bool SkipScalar();
  absl::Status ReadTooLong(JsonRecord* record);
  absl::Status ReadRestOfWrapper(bool* is_broken);
  // Moves into the array of a wrapper that is broken somewhere; false for any other object.
  bool EnterWrapper();
  void HandOutBroken(std::string_view what, JsonRecord* record);

  Input& input_;
  const size_t max_record_bytes_;
  const bool enters_wrappers_;
  // Set when records are lines.
  std::unique_ptr<LineReader> lines_;

  // The text from the record that was handed out last on, as far as it was read.
  std::string window_;
  // What is wrong with the input behind the window.
  absl::Status failure_;
  uint64_t window_offset_ = 0;
  size_t at_ = 0;
  uint64_t line_ = 1;
  ObjectScan scan_;
  uint64_t open_arrays_ = 0;
  bool has_read_ = false;

  // Behind a break, until an object starts again.
  bool resumes_ = false;
  bool salvages_ = false;
  // Bytes that were scanned again after breaks.
  uint64_t rescanned_ = 0;
  // How the last object started: an object behind a break has to start alike.
  bool starts_line_ = false;
  std::string indent_;
  std::string first_name_;
  // The array of a wrapper is being read; the wrapper's other members follow it.
  bool in_wrapper_ = false;
  std::string excerpt_;
};

}  // namespace broadsheet::sources
