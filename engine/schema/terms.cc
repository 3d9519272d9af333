// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/schema/terms.h"

#include <xxhash.h>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/string_view.h"
#include "engine/text/fold.h"
#include "engine/text/utf8.h"

namespace broadsheet::schema {
namespace {

// Xapian's terms hold 245 bytes. A longer value is cut and completed by a hash of the whole, which
// makes it longer than any value that is not cut: the two cannot meet.
constexpr size_t kMaxWholeBytes = 190;

std::string BoundedTerm(std::string_view prefix, std::string_view value) {
  std::string term(prefix);
  if (value.size() <= kMaxWholeBytes) return term.append(value);
  const XXH128_hash_t hash = XXH3_128bits(value.data(), value.size());
  term.append(text::PrefixOf(value, kMaxWholeBytes));
  absl::StrAppend(&term, absl::Hex(hash.high64, absl::kZeroPad16),
                  absl::Hex(hash.low64, absl::kZeroPad16));
  return term;
}

template <typename Unsigned>
std::string EncodeBigEndian(Unsigned number) {
  std::string bytes(sizeof(number), '\0');
  for (size_t i = 0; i < sizeof(number); ++i) {
    bytes[sizeof(number) - 1 - i] = static_cast<char>(number >> (8 * i));
  }
  return bytes;
}

template <typename Unsigned>
Unsigned DecodeBigEndian(std::string_view bytes) {
  Unsigned number = 0;
  for (const char byte : bytes.substr(0, sizeof(number))) {
    number = static_cast<Unsigned>((number << 8) | static_cast<unsigned char>(byte));
  }
  return number;
}

// Flipping the sign bit makes negative numbers order before positive ones.
constexpr uint64_t kSignBit64 = uint64_t{1} << 63;
constexpr uint32_t kSignBit32 = uint32_t{1} << 31;

}  // namespace

std::string FieldTerm(FieldId field, std::string_view term) {
  std::string result(FieldOf(field).prefix);
  return result.append(term);
}

std::string ValueTerm(FieldId field, std::string_view value) {
  const Field& row = FieldOf(field);
  return BoundedTerm(row.value_prefix.empty() ? row.prefix : row.value_prefix,
                     text::FoldValue(value));
}

std::string IdTerm(std::string_view id) { return BoundedTerm(FieldOf(FieldId::kId).prefix, id); }

std::string YearTerm(int year) { return absl::StrFormat("Y%04d", year); }
std::string MonthTerm(int year, int month) { return absl::StrFormat("M%04d%02d", year, month); }
std::string DayTerm(int year, int month, int day) {
  return absl::StrFormat("D%04d%02d%02d", year, month, day);
}

std::string EncodeSeconds(int64_t seconds) {
  return EncodeBigEndian(static_cast<uint64_t>(seconds) ^ kSignBit64);
}
int64_t DecodeSeconds(std::string_view value) {
  return static_cast<int64_t>(DecodeBigEndian<uint64_t>(value) ^ kSignBit64);
}
std::string EncodeDay(int32_t days_since_1970) {
  return EncodeBigEndian(static_cast<uint32_t>(days_since_1970) ^ kSignBit32);
}
int32_t DecodeDay(std::string_view value) {
  return static_cast<int32_t>(DecodeBigEndian<uint32_t>(value) ^ kSignBit32);
}
std::string EncodeCount(uint32_t count) { return EncodeBigEndian(count); }
uint32_t DecodeCount(std::string_view value) { return DecodeBigEndian<uint32_t>(value); }

}  // namespace broadsheet::schema
