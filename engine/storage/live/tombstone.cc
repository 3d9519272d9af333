// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/storage/live/tombstone.h"

namespace broadsheet::storage {
namespace {

constexpr size_t kKeyBytes = 5;

}  // namespace

std::string TombstoneKey(uint32_t base_docid) {
  std::string key(kTombstonePrefix);
  for (int shift = 24; shift >= 0; shift -= 8) {
    key += static_cast<char>((base_docid >> shift) & 0xff);
  }
  return key;
}

uint32_t DocidOfTombstone(std::string_view key) {
  if (key.size() != kKeyBytes || !key.starts_with(kTombstonePrefix)) return 0;
  uint32_t docid = 0;
  for (const char byte : key.substr(kTombstonePrefix.size())) {
    docid = (docid << 8) | static_cast<unsigned char>(byte);
  }
  return docid;
}

}  // namespace broadsheet::storage
