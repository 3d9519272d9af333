// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/storage/base/article_wire.h"

#include "broadsheet/v1/article.pb.h"

namespace broadsheet::storage {
namespace {

// The kinds of a field on the wire; groups (3 and 4) do not occur in proto3.
enum WireKind : uint8_t { kVarint = 0, kFixed64 = 1, kDelimited = 2, kFixed32 = 5 };

constexpr int kKindBits = 3;
constexpr uint64_t kKindMask = (1U << kKindBits) - 1;
constexpr uint64_t kLastFieldNumber = (1U << 29) - 1;

// Takes a varint from the front of `bytes`.
std::optional<uint64_t> TakeVarint(std::string_view* bytes) {
  constexpr int kBits = 64;
  uint64_t value = 0;
  size_t taken = 0;
  for (int shift = 0; shift < kBits && taken < bytes->size(); shift += 7) {
    const auto byte = static_cast<unsigned char>((*bytes)[taken++]);
    value |= static_cast<uint64_t>(byte & 0x7f) << shift;
    if (byte >= 0x80) continue;
    bytes->remove_prefix(taken);
    return value;
  }
  return std::nullopt;
}

void AppendVarint(uint64_t value, std::string* message) {
  for (; value >= 0x80; value >>= 7) message->push_back(static_cast<char>(value | 0x80));
  message->push_back(static_cast<char>(value));
}

// How many bytes the content of a field of this kind has; takes the length of a delimited one.
std::optional<uint64_t> TakeContentSize(uint64_t kind, std::string_view* bytes) {
  switch (kind) {
    case kVarint: {
      std::string_view behind = *bytes;
      if (!TakeVarint(&behind)) return std::nullopt;
      return bytes->size() - behind.size();
    }
    case kFixed64:
      return sizeof(uint64_t);
    case kDelimited:
      return TakeVarint(bytes);
    case kFixed32:
      return sizeof(uint32_t);
    default:
      return std::nullopt;
  }
}

}  // namespace

std::optional<WireField> WireWalk::Next() {
  if (rest_.empty()) return std::nullopt;
  std::string_view bytes = rest_;
  const std::optional<uint64_t> tag = TakeVarint(&bytes);
  if (!tag || *tag >> kKindBits == 0 || *tag >> kKindBits > kLastFieldNumber) return std::nullopt;
  const uint64_t kind = *tag & kKindMask;
  const std::optional<uint64_t> size = TakeContentSize(kind, &bytes);
  if (!size || *size > bytes.size()) return std::nullopt;
  WireField field{.number = static_cast<int>(*tag >> kKindBits), .whole = {}, .content = {}};
  if (kind == kDelimited) field.content = bytes.substr(0, *size);
  bytes.remove_prefix(*size);
  field.whole = rest_.substr(0, rest_.size() - bytes.size());
  rest_ = bytes;
  return field;
}

std::optional<SplitArticle> SplitBody(std::string_view serialized) {
  SplitArticle split;
  WireWalk walk(serialized);
  while (const std::optional<WireField> field = walk.Next()) {
    if (field->number == v1::Article::kBodyFieldNumber) {
      // The last one counts, as in a parser.
      split.body = field->content;
    } else {
      split.card += field->whole;
    }
  }
  if (!walk.whole()) return std::nullopt;
  return split;
}

void AppendWireHead(int number, uint64_t content_bytes, std::string* message) {
  AppendVarint(static_cast<uint64_t>(number) << kKindBits | kDelimited, message);
  AppendVarint(content_bytes, message);
}

void AppendWireField(int number, std::string_view content, std::string* message) {
  AppendWireHead(number, content.size(), message);
  *message += content;
}

void AppendBody(std::string_view body, std::string* card) {
  if (!body.empty()) AppendWireField(v1::Article::kBodyFieldNumber, body, card);
}

}  // namespace broadsheet::storage
