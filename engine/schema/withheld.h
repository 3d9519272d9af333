// SPDX-License-Identifier: GPL-3.0-or-later
// Why readers may not see an article, and how many such articles there are.
#pragma once

#include <cstdint>
#include <optional>

#include "absl/time/time.h"
#include "broadsheet/v1/article.pb.h"

namespace broadsheet::schema {

// kEmbargoed is said of an article whose status lets readers see it once its embargo has ended.
enum class Withholding : uint8_t { kWithheld, kEmbargoed, kCancelled };

// nullopt when readers may see `article` at `now`, that is, when it is released.
std::optional<Withholding> WhyWithheld(const v1::Article& article, absl::Time now);

// Each article counts once.
struct WithheldCounts {
  uint64_t withheld = 0;   // by their status
  uint64_t embargoed = 0;  // by an embargo that has not ended, and by nothing else
  uint64_t cancelled = 0;

  void Add(std::optional<Withholding> why);
  uint64_t total() const { return withheld + embargoed + cancelled; }
  WithheldCounts& operator+=(const WithheldCounts& other);
  bool operator==(const WithheldCounts&) const = default;
};

}  // namespace broadsheet::schema
