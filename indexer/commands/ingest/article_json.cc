// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/commands/ingest/article_json.h"

#include <google/protobuf/type.pb.h>
#include <google/protobuf/util/json_util.h>
#include <google/protobuf/util/type_resolver.h>
#include <google/protobuf/util/type_resolver_util.h>

#include <map>

namespace broadsheet::commands {
namespace {

namespace pb = google::protobuf;

// What stands before the name of a message in its type URL, for any pool.
constexpr const char* kUrlPrefix = "type.googleapis.com";

}  // namespace

// Asks protobuf once for each type.
class ArticleJson::Types final : public pb::util::TypeResolver {
 public:
  pb::util::Status ResolveMessageType(const std::string& url, pb::Type* type) override {
    return Resolve(url, messages_, type, &pb::util::TypeResolver::ResolveMessageType);
  }
  pb::util::Status ResolveEnumType(const std::string& url, pb::Enum* type) override {
    return Resolve(url, enums_, type, &pb::util::TypeResolver::ResolveEnumType);
  }

 private:
  template <typename Type, typename Method>
  pb::util::Status Resolve(const std::string& url, std::map<std::string, Type>& known, Type* type,
                           Method method) {
    const auto [at, is_new] = known.try_emplace(url);
    pb::util::Status status;
    if (is_new) status = (resolver_.get()->*method)(url, &at->second);
    *type = at->second;
    if (!status.ok()) known.erase(at);
    return status;
  }

  const std::unique_ptr<pb::util::TypeResolver> resolver_{
      pb::util::NewTypeResolverForDescriptorPool(kUrlPrefix, pb::DescriptorPool::generated_pool())};
  std::map<std::string, pb::Type> messages_;
  std::map<std::string, pb::Enum> enums_;
};

ArticleJson::ArticleJson() : types_(std::make_unique<Types>()) {}
ArticleJson::~ArticleJson() = default;

absl::Status ArticleJson::Print(const v1::Article& article, std::string* json) {
  pb::util::JsonPrintOptions options;
  options.always_print_primitive_fields = true;
  json->clear();
  if (!article.SerializeToString(&bytes_)) return absl::InternalError("cannot print as JSON");
  const auto printed = pb::util::BinaryToJsonString(
      types_.get(), std::string(kUrlPrefix) + "/" + v1::Article::descriptor()->full_name(), bytes_,
      json, options);
  if (printed.ok()) return absl::OkStatus();
  return absl::InternalError("cannot print as JSON: " + printed.ToString());
}

}  // namespace broadsheet::commands
