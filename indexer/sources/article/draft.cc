// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/sources/article/draft.h"

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "engine/schema/article.h"
#include "engine/schema/published_time.h"
#include "indexer/sources/article/loose_date.h"
#include "indexer/sources/article/printed_notice.h"
#include "indexer/sources/article/wire_date.h"

namespace broadsheet::sources {
namespace {

// Leaves out times that are what programs write that have none, with a warning for each. Returns
// the fields that were left out.
std::set<std::string> LeaveOutZeroDates(v1::Article* article, std::vector<std::string>* warnings) {
  std::set<std::string> left_out;
  if (HasZeroDate(*article)) {
    warnings->push_back("published: " + schema::FormatPublishedTime(*article) +
                        " is what programs write that have no date: left out");
    article->clear_published_time();
    article->clear_published_precision();
    article->clear_published_offset_minutes();
    left_out.insert("published_time");
  }
  if (article->has_updated_time()) {
    const schema::PublishedTime updated{
        .local = absl::CivilSecond(1970) + article->updated_time().seconds(),
        .precision = v1::DATE_PRECISION_INSTANT};
    if (IsZeroDate(updated)) {
      warnings->push_back("updated: a time that programs write that have none: left out");
      article->clear_updated_time();
      left_out.insert("updated_time");
    }
  }
  return left_out;
}

}  // namespace

absl::Status HandOver(v1::Article&& article, const FieldRules& rules,
                      std::vector<std::string>&& warnings, const RecordPlace& place,
                      const SourceHooks& hooks, const ArticleSink& articles) {
  const std::set<std::string> left_out = LeaveOutZeroDates(&article, &warnings);
  if (!left_out.empty() && hooks.on_rules) {
    FieldRules kept = rules;
    std::erase_if(kept, [&](const FieldRule& rule) { return left_out.contains(rule.field); });
    hooks.on_rules(article, kept);
  } else if (hooks.on_rules) {
    hooks.on_rules(article, rules);
  }
  absl::Status taken = articles(std::move(article));
  if (!taken.ok() || !hooks.on_warning) return taken;
  for (std::string& warning : warnings) {
    hooks.on_warning({.place = place, .reason = std::move(warning)});
  }
  return taken;
}

void Draft::GivenBy(std::string_view part) {
  if (!hooks_.on_rules) return;
  std::vector<const google::protobuf::FieldDescriptor*> fields;
  article_.GetReflection()->ListFields(article_, &fields);
  for (const google::protobuf::FieldDescriptor* field : fields) {
    if (field->is_map()) continue;
    AddRule(field->name(), part);
  }
}

void Draft::SetLabel(const std::string& name, std::string value, std::string_view part) {
  if (value.empty()) return;
  (*article_.mutable_labels())[name] = std::move(value);
  if (hooks_.on_rules) AddRule("labels." + name, part);
}

void Draft::AddRule(const std::string& field, std::string_view part) {
  if (known_.insert(field).second) rules_.push_back({.field = field, .rule = std::string(part)});
}

void Draft::DecideRelease() {
  ReleaseDecision decision = release_.Decide();
  decision.ApplyTo(&article_);
  for (const auto& [is_stated, field] :
       {std::pair<bool, std::string>(article_.status() != 0, "status"),
        std::pair<bool, std::string>(article_.has_embargo_time(), "embargo_time")}) {
    if (is_stated) AddRule(field, decision.given_by);
  }
  for (std::string& warning : decision.warnings) warnings_.push_back(std::move(warning));
  // A notice without a text supersedes the version before it, too. Nobody is shown its headline.
  if (article_.status() > v1::Article::STATUS_USABLE && !article_.id().empty() &&
      schema::TextBytes(article_) == 0) {
    article_.set_headline(article_.id());
  }
}

void Draft::StateNotices() {
  if (std::exchange(notices_stated_, true) || release_.is_cancelled()) return;
  release_.StateHeading("headline", article_.headline());
  StateNoticesInArticle(article_, release_);
}

bool Draft::IsMediumAlone() {
  if (!article_.body().empty()) return false;
  StateNotices();
  return release_.Decide().status <= v1::Article::STATUS_USABLE;
}

absl::Status Draft::HandOver(const ArticleSink& articles) {
  StateNotices();
  if (!release_.is_empty()) DecideRelease();
  return sources::HandOver(std::move(article_), rules_, std::move(warnings_), place_, hooks_,
                           articles);
}

}  // namespace broadsheet::sources
