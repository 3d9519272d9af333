// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/sources/input/zip_end.h"

#include <algorithm>

namespace broadsheet::sources {
namespace {

// Of APPNOTE.TXT, 4.3.14 to 4.3.16.
constexpr std::string_view kEndRecord("PK\x05\x06", 4);
constexpr std::string_view kEndRecord64("PK\x06\x06", 4);
constexpr std::string_view kEndLocator64("PK\x06\x07", 4);
constexpr size_t kEndRecordBytes = 22;
constexpr size_t kEndRecord64Bytes = 56;
constexpr size_t kEndLocator64Bytes = 20;

uint64_t LittleEndian(std::string_view bytes, size_t at, size_t size) {
  uint64_t value = 0;
  for (size_t i = size; i > 0; --i) {
    value = value << 8 | static_cast<unsigned char>(bytes[at + i - 1]);
  }
  return value;
}

// Where the list of entries lies that ends at `listed_end`.
std::optional<ZipEnd> EndOfList(uint64_t listed_end, uint64_t size, uint64_t offset, uint64_t end) {
  if (size > listed_end || offset > listed_end - size) return std::nullopt;
  return ZipEnd{.begin = listed_end - size - offset, .directory = listed_end - size, .end = end};
}

}  // namespace

std::optional<ZipEnd> FindZipEnd(std::string_view tail, uint64_t end) {
  const uint64_t tail_begin = end - tail.size();
  size_t at = tail.rfind(kEndRecord);
  while (at != std::string_view::npos) {
    if (at + kEndRecordBytes <= tail.size()) {
      const size_t comment = LittleEndian(tail, at + 20, 2);
      const uint64_t record_end = std::min(at + kEndRecordBytes + comment, tail.size());
      const size_t long_form = kEndLocator64Bytes + kEndRecord64Bytes;
      std::optional<ZipEnd> found;
      if (at >= long_form && tail.substr(at - kEndLocator64Bytes).starts_with(kEndLocator64) &&
          tail.substr(at - long_form).starts_with(kEndRecord64)) {
        const size_t record = at - long_form;
        found = EndOfList(tail_begin + record, LittleEndian(tail, record + 40, 8),
                          LittleEndian(tail, record + 48, 8), tail_begin + record_end);
      } else {
        found = EndOfList(tail_begin + at, LittleEndian(tail, at + 12, 4),
                          LittleEndian(tail, at + 16, 4), tail_begin + record_end);
      }
      if (found.has_value()) return found;
    }
    if (at == 0) break;
    at = tail.rfind(kEndRecord, at - 1);
  }
  return std::nullopt;
}

}  // namespace broadsheet::sources
