// SPDX-License-Identifier: GPL-3.0-or-later
// The fields of an Article that a caller wants.
#pragma once

#include <set>
#include <string>

#include "absl/status/statusor.h"
#include "broadsheet/v1/article.pb.h"
#include "google/protobuf/field_mask.pb.h"

namespace broadsheet::query {

class ReadMask {
 public:
  // All fields, with or without the body, for an absent mask, whose meaning differs by method.
  static ReadMask Everything() { return ReadMask(); }
  static ReadMask AllButBody();
  // INVALID_ARGUMENT with BadRequest for a name that is not a top-level field of Article.
  static absl::StatusOr<ReadMask> From(const google::protobuf::FieldMask& mask);

  // Clears the fields that are not wanted; the id stays.
  void Apply(v1::Article* article) const;

 private:
  std::set<int> cleared_;  // field numbers
};

}  // namespace broadsheet::query
