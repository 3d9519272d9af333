// SPDX-License-Identifier: GPL-3.0-or-later
// Which fields of an Article a caller wants.
#pragma once

#include <set>
#include <string>

#include "absl/status/statusor.h"
#include "broadsheet/v1/article.pb.h"
#include "google/protobuf/field_mask.pb.h"

namespace broadsheet::query {

class ReadMask {
 public:
  // All fields, the body or not: what an absent mask means differs by method.
  static ReadMask Everything() { return ReadMask(); }
  static ReadMask AllButBody();
  // INVALID_ARGUMENT with BadRequest for a name that is no top-level field of Article.
  static absl::StatusOr<ReadMask> From(const google::protobuf::FieldMask& mask);

  // Clears what is not wanted; the id stays.
  void Apply(v1::Article* article) const;

 private:
  std::set<int> cleared_;  // field numbers
};

}  // namespace broadsheet::query
