// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/text/long_word.h"

#include <xxhash.h>

#include <algorithm>
#include <array>
#include <charconv>

#include "engine/text/char_class.h"

namespace broadsheet::text {
namespace {

constexpr char kMark = '~';
constexpr size_t kHashDigits = 16;
// Three bytes a letter; of the few scripts that need four, fewer letters fit.
constexpr size_t kMaxBeginningBytes = 3 * kMaxTermLetters;
static_assert(kMaxTermBytes == kMaxBeginningBytes + 1 + kHashDigits);

std::string_view BeginningOf(std::string_view form) {
  size_t end = 0;
  for (size_t letters = 0; letters < kMaxTermLetters && end < form.size(); ++letters) {
    const size_t next = CharacterAt(form, end).end;
    if (next > kMaxBeginningBytes) break;
    end = next;
  }
  return form.substr(0, end);
}

}  // namespace

bool CountsAsLong(std::string_view form) {
  return BeginningOf(form).size() < form.size() && !IsBeginning(form);
}

void AppendBeginning(std::string_view form, std::string* out) {
  out->append(BeginningOf(form)).push_back(kMark);
}

std::string_view Shortened(std::string_view form, std::string* buffer) {
  if (!IsLong(form)) return form;
  buffer->clear();
  AppendBeginning(form, buffer);
  std::array<char, kHashDigits> digits;
  const uint64_t hash = XXH3_64bits(form.data(), form.size());
  const auto [end, error] = std::to_chars(digits.begin(), digits.end(), hash, 16);
  buffer->append(digits.begin(), end);
  return *buffer;
}

bool IsBeginning(std::string_view term) { return term.ends_with(kMark); }

}  // namespace broadsheet::text
