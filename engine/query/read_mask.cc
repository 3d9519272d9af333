// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/query/read_mask.h"

#include "engine/schema/error.h"
#include "engine/schema/field_values.h"

namespace broadsheet::query {

ReadMask ReadMask::AllButBody() {
  ReadMask mask;
  mask.cleared_.insert(schema::ValuesOf(schema::FieldId::kBody).article_field);
  return mask;
}

absl::StatusOr<ReadMask> ReadMask::From(const google::protobuf::FieldMask& mask) {
  const google::protobuf::Descriptor* article = v1::Article::descriptor();
  ReadMask result;
  for (int i = 0; i < article->field_count(); ++i) {
    result.cleared_.insert(article->field(i)->number());
  }
  result.cleared_.erase(v1::Article::kIdFieldNumber);
  for (const std::string& path : mask.paths()) {
    if (path == "*") return Everything();
    const google::protobuf::FieldDescriptor* field = article->FindFieldByName(path);
    if (field == nullptr) field = article->FindFieldByCamelcaseName(path);
    if (field == nullptr) {
      return schema::BadField("read_mask", "an article has no field `" + path + "`");
    }
    result.cleared_.erase(field->number());
  }
  return result;
}

void ReadMask::Apply(v1::Article* article) const {
  const google::protobuf::Reflection* reflection = article->GetReflection();
  for (const int number : cleared_) {
    reflection->ClearField(article, article->GetDescriptor()->FindFieldByNumber(number));
  }
}

}  // namespace broadsheet::query
