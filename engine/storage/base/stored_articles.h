// SPDX-License-Identifier: GPL-3.0-or-later
// The articles of a base/, addressed by docid, whatever the format of its files.
#pragma once

#include <cstdint>
#include <functional>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "broadsheet/v1/article.pb.h"

namespace broadsheet::storage {

// Immutable; safe from any thread. All that reads gives OUT_OF_RANGE for a docid outside
// 1..count(), and DATA_LOSS when what is stored is damaged.
class StoredArticles {
 public:
  virtual ~StoredArticles() = default;

  virtual uint32_t count() const = 0;
  // The card: the serialised Article without its body. Replaces `card`, whose memory is used again.
  virtual absl::Status ReadCard(uint32_t docid, std::string* card) const = 0;
  // The body alone; replaces `body` in the same way.
  virtual absl::Status ReadBody(uint32_t docid, std::string* body) const = 0;
  // All articles in docid order. Stops at the first error, also one of `sink`.
  virtual absl::Status ForEach(
      const std::function<absl::Status(uint32_t docid, v1::Article&&)>& sink) const = 0;

  // The whole article.
  absl::StatusOr<v1::Article> Read(uint32_t docid) const;
};

// Parses a card. DATA_LOSS when it is none; `what` names it.
absl::StatusOr<v1::Article> ParseCard(const std::string& card, const std::string& what);

}  // namespace broadsheet::storage
