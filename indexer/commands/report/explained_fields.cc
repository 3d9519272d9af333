// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/commands/report/explained_fields.h"

#include <google/protobuf/util/time_util.h>

#include <algorithm>
#include <iterator>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "engine/schema/article.h"
#include "engine/schema/article_language.h"
#include "engine/schema/published_time.h"

namespace broadsheet::commands {
namespace {

std::string Names(const v1::Article& article) {
  std::string names;
  for (const v1::Byline& byline : article.bylines()) {
    if (!names.empty()) names += "; ";
    names += byline.name();
    if (!byline.role().empty()) absl::StrAppend(&names, ", ", byline.role());
    const bool house = byline.organisation() != byline.name() && !byline.organisation().empty();
    if (house) absl::StrAppend(&names, ", ", byline.organisation());
  }
  return names;
}

std::string Captions(const v1::Article& article) {
  return absl::StrJoin(article.captions(), "; ", [](std::string* out, const v1::Caption& caption) {
    absl::StrAppend(out, caption.text());
    if (!caption.credit().empty()) absl::StrAppend(out, " (", caption.credit(), ")");
  });
}

std::string Instant(bool stated, const google::protobuf::Timestamp& time) {
  return stated ? google::protobuf::util::TimeUtil::ToString(time) : std::string();
}

// Names as in the proto, in the order of a page.
std::vector<std::pair<std::string, std::string>> Values(const v1::Article& article) {
  return {{"headline", article.headline()},
          {"summary", article.summary()},
          {"bylines", Names(article)},
          {"published_time",
           article.has_published_time() ? schema::FormatPublishedTime(article) : std::string()},
          {"updated_time", Instant(article.has_updated_time(), article.updated_time())},
          {"embargo_time", Instant(article.has_embargo_time(), article.embargo_time())},
          {"status", article.status() == v1::Article::STATUS_UNSPECIFIED
                         ? std::string()
                         : v1::Article::Status_Name(article.status())},
          {"section", article.section()},
          {"source", article.source()},
          {"language", article.language()},
          {"dateline", article.dateline()},
          {"url", article.url()},
          {"captions", Captions(article)},
          {"tags", absl::StrJoin(article.tags(), ", ")},
          {"copyright", article.copyright()},
          {"version", article.version() == 0 ? std::string() : std::to_string(article.version())},
          {"body", article.body()}};
}

// The labels in the order of their names: that of a map of the proto changes from run to run.
std::vector<std::pair<std::string, std::string>> Labels(const v1::Article& article) {
  std::vector<std::pair<std::string, std::string>> labels;
  for (const auto& [name, value] : article.labels()) labels.emplace_back("labels." + name, value);
  std::sort(labels.begin(), labels.end());
  return labels;
}

}  // namespace

absl::StatusOr<std::vector<ExplainedField>> ExplainFields(v1::Article& article,
                                                          const sources::FieldRules& rules) {
  // The language may be told by its text.
  const bool language_stated = !schema::ReadLanguage(article.language()).empty();
  if (absl::Status fit = schema::PrepareArticle(&article); !fit.ok()) return fit;
  std::vector<ExplainedField> fields;
  std::vector<std::pair<std::string, std::string>> values = Values(article);
  const std::vector<std::pair<std::string, std::string>> labels = Labels(article);
  values.insert(std::prev(values.end()), labels.begin(), labels.end());
  for (auto& [field, value] : values) {
    // Not captured as it is: clang takes no part of a pair.
    const std::string& name = field;
    const auto found =
        std::find_if(rules.begin(), rules.end(),
                     [&](const sources::FieldRule& rule) { return rule.field == name; });
    std::string rule = found == rules.end() ? "stated by the source" : found->rule;
    if (name == "language" && !language_stated) rule = "told by the text";
    fields.push_back({.name = name, .rule = std::move(rule), .value = std::move(value)});
  }
  return fields;
}

}  // namespace broadsheet::commands
