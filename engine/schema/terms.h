// SPDX-License-Identifier: GPL-3.0-or-later
// Names of terms and value slots in the Xapian database: the only place that spells a prefix.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "engine/schema/field_table.h"

namespace broadsheet::schema {

// Value slots of every document. All are big-endian so that bytes order like the numbers.
enum class Slot : uint32_t {
  kPublishedTime = 0,  // 8 bytes: seconds since 1970 with the sign bit flipped; empty when undated
  kLocalFirst = 1,     // 4 bytes: first day of the stated local period, days since 1970 + 2^31
  kLocalLast = 2,      // 4 bytes: its last day (a plain date has first = last); empty when undated
  kLength = 3,         // 4 bytes: tokens in the default search's fields
  kTokens = 4,         // live/ only: the token run; base/ keeps runs in a file
  kEmbargo = 5,  // as kPublishedTime: when readers may first see the article; empty without embargo
  kId = 6,       // live/ only: the id, to order equal times; base/ is in that order
  kStatus = 7,  // kWithheldValue or kCancelledValue, of documents with kWithheldTerm; may be absent
                // where an earlier version indexed them
  kColumns = 8,  // live/ only: values and date for facets and timelines; base/ has files of them
  // live/ only, and only where the article can have copies; base/ has a file of both.
  kStory = 9,        // 8 bytes: the story that the article tells
  kCopySketch = 10,  // its sketch
};
inline constexpr uint32_t SlotNumber(Slot slot) { return static_cast<uint32_t>(slot); }

// A word in a text field; `term` comes from the analyser.
std::string FieldTerm(FieldId field, std::string_view term);

// A whole value of tag, section, source, language or byline (for filters; bylines have one under
// a prefix of their own). Folded here; a long one is cut and completed by a hash.
std::string ValueTerm(FieldId field, std::string_view value);

// The unique term of an article's id: case-sensitive; hashed when longer than Xapian takes.
std::string IdTerm(std::string_view id);

// Terms of a stated local date: Y2024, M202406, D20240619, and the one of undated articles.
std::string YearTerm(int year);
std::string MonthTerm(int year, int month);
std::string DayTerm(int year, int month, int day);
inline constexpr std::string_view kUndatedTerm = "XDATE:none";

// The term of articles that no reader may see at any time: withheld or cancelled.
inline constexpr std::string_view kWithheldTerm = "XSTATUS:hidden";
// Which of both they are: values of kStatus.
inline constexpr std::string_view kWithheldValue = "w";
inline constexpr std::string_view kCancelledValue = "c";

// Encodings of the slots above. Decoding takes values that were encoded here; a value that is too
// short gives an arbitrary number, so callers first check for the empty value of an undated
// article.
std::string EncodeSeconds(int64_t seconds);
int64_t DecodeSeconds(std::string_view value);
std::string EncodeDay(int32_t days_since_1970);
int32_t DecodeDay(std::string_view value);
std::string EncodeCount(uint32_t count);
uint32_t DecodeCount(std::string_view value);

}  // namespace broadsheet::schema
