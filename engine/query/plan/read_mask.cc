// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/query/plan/read_mask.h"

#include <optional>

#include "engine/schema/error.h"
#include "engine/schema/field_values.h"
#include "engine/storage/base/article_wire.h"

namespace broadsheet::query {

ReadMask ReadMask::AllButBody() {
  ReadMask mask;
  mask.cleared_.set(static_cast<size_t>(schema::ValuesOf(schema::FieldId::kBody).article_field));
  return mask;
}

absl::StatusOr<ReadMask> ReadMask::FromOrEverything(bool present,
                                                    const google::protobuf::FieldMask& mask) {
  return present ? From(mask) : Everything();
}

absl::StatusOr<ReadMask> ReadMask::From(const google::protobuf::FieldMask& mask) {
  const google::protobuf::Descriptor* article = v1::Article::descriptor();
  ReadMask result;
  for (int i = 0; i < article->field_count(); ++i) {
    result.cleared_.set(static_cast<size_t>(article->field(i)->number()));
  }
  result.cleared_.reset(v1::Article::kIdFieldNumber);
  for (const std::string& path : mask.paths()) {
    if (path == "*") return Everything();
    const google::protobuf::FieldDescriptor* field = article->FindFieldByName(path);
    if (field == nullptr) field = article->FindFieldByCamelcaseName(path);
    if (field == nullptr) {
      return schema::BadField("read_mask", "an article has no field `" + path + "`");
    }
    result.cleared_.reset(static_cast<size_t>(field->number()));
  }
  return result;
}

void ReadMask::Apply(v1::Article* article) const {
  const google::protobuf::Reflection* reflection = article->GetReflection();
  const google::protobuf::Descriptor* type = article->GetDescriptor();
  for (int i = 0; i < type->field_count(); ++i) {
    if (!Wants(type->field(i)->number())) reflection->ClearField(article, type->field(i));
  }
}

bool ReadMask::Wants(int number) const {
  const auto index = static_cast<size_t>(number);
  return index >= kMaxFields || !cleared_[index];
}

bool ReadMask::AppendWanted(std::string_view serialized, std::string* target) const {
  storage::WireWalk walk(serialized);
  while (const std::optional<storage::WireField> field = walk.Next()) {
    if (Wants(field->number)) *target += field->whole;
  }
  return walk.whole();
}

}  // namespace broadsheet::query
