// SPDX-License-Identifier: GPL-3.0-or-later
// The fields of an Article that a caller wants.
#pragma once

#include <bitset>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "broadsheet/v1/article.pb.h"
#include "google/protobuf/field_mask.pb.h"

namespace broadsheet::query {

class ReadMask {
 public:
  // All fields, with or without the body, for an absent mask, whose meaning differs by method.
  static ReadMask Everything() { return {}; }
  static ReadMask AllButBody();
  // INVALID_ARGUMENT with BadRequest for a name that is not a top-level field of Article.
  static absl::StatusOr<ReadMask> From(const google::protobuf::FieldMask& mask);
  // The same, or all fields where there is no mask.
  static absl::StatusOr<ReadMask> FromOrEverything(bool present,
                                                   const google::protobuf::FieldMask& mask);

  // Clears the fields that are not wanted; the id stays.
  void Apply(v1::Article* article) const;
  // Whether the field with this number stays: also one that this version does not know.
  bool Wants(int number) const;
  // Adds the wanted fields of a serialised Article to `target`, as they are. False when
  // `serialized` is damaged; `target` then has a part of them.
  bool AppendWanted(std::string_view serialized, std::string* target) const;

 private:
  // An article has fewer fields.
  static constexpr size_t kMaxFields = 64;
  std::bitset<kMaxFields> cleared_;  // by field number
};

}  // namespace broadsheet::query
