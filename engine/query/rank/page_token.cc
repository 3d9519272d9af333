// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/query/rank/page_token.h"

#include <xxhash.h>

#include "absl/strings/escaping.h"

namespace broadsheet::query {
namespace {

constexpr char kVersion = 2;
// More than the longest id needs.
constexpr size_t kMaxBytes = 4096;

enum class Order : char { kRelevance = 0, kDated = 1, kUndated = 2 };

void PutNumber(uint64_t number, size_t bytes, std::string* out) {
  for (size_t i = 0; i < bytes; ++i) *out += static_cast<char>(number >> (8 * (bytes - 1 - i)));
}

void PutText(std::string_view text, std::string* out) {
  PutNumber(text.size(), 2, out);
  *out += text;
}

// Reads from the front of a view; `ok` stays false once anything was missing.
struct Reader {
  std::string_view left;
  bool ok = true;

  uint64_t Number(size_t bytes) {
    if (left.size() < bytes) ok = false;
    if (!ok) return 0;
    uint64_t number = 0;
    for (size_t i = 0; i < bytes; ++i) number = number << 8 | static_cast<unsigned char>(left[i]);
    left.remove_prefix(bytes);
    return number;
  }

  std::string Text() {
    const uint64_t size = Number(2);
    if (left.size() < size) ok = false;
    if (!ok) return "";
    std::string text(left.substr(0, size));
    left.remove_prefix(size);
    return text;
  }
};

uint32_t TokenChecksum(std::string_view bytes) { return XXH32(bytes.data(), bytes.size(), 0); }

}  // namespace

std::string Encode(const PageToken& token) {
  std::string bytes(1, kVersion);
  const Order order = !token.last           ? Order::kRelevance
                      : token.last->seconds ? Order::kDated
                                            : Order::kUndated;
  bytes += static_cast<char>(order);
  PutNumber(token.query_hash, 8, &bytes);
  PutText(token.build_id, &bytes);
  if (order == Order::kRelevance) {
    PutNumber(token.offset, 4, &bytes);
    PutNumber(static_cast<uint64_t>(token.ranked_at), 8, &bytes);
  }
  if (order == Order::kDated) PutNumber(static_cast<uint64_t>(*token.last->seconds), 8, &bytes);
  if (order != Order::kRelevance) PutText(token.last->id, &bytes);
  PutNumber(TokenChecksum(bytes), 4, &bytes);
  return absl::WebSafeBase64Escape(bytes);
}

std::optional<PageToken> Decode(std::string_view text) {
  std::string bytes;
  if (text.size() > kMaxBytes || !absl::WebSafeBase64Unescape(std::string(text), &bytes) ||
      bytes.size() < 4) {
    return std::nullopt;
  }
  const std::string_view all = bytes;
  const std::string_view body = all.substr(0, all.size() - 4);
  Reader checksum{.left = all.substr(body.size())};
  if (checksum.Number(4) != TokenChecksum(body)) return std::nullopt;
  Reader reader{.left = body};
  if (reader.Number(1) != static_cast<uint64_t>(kVersion)) return std::nullopt;
  const auto order = static_cast<Order>(reader.Number(1));
  PageToken token;
  token.query_hash = reader.Number(8);
  token.build_id = reader.Text();
  if (order == Order::kRelevance) {
    token.offset = static_cast<uint32_t>(reader.Number(4));
    token.ranked_at = static_cast<int64_t>(reader.Number(8));
  }
  if (order != Order::kRelevance) {
    token.last.emplace();
    if (order == Order::kDated) token.last->seconds = static_cast<int64_t>(reader.Number(8));
    token.last->id = reader.Text();
  }
  if (!reader.ok || !reader.left.empty()) return std::nullopt;
  return token;
}

std::optional<std::string> GenerationOfPageToken(std::string_view page_token) {
  if (page_token.empty()) return std::nullopt;
  std::optional<PageToken> token = Decode(page_token);
  if (!token) return std::nullopt;
  return std::move(token->build_id);
}

}  // namespace broadsheet::query
