// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/schema/field_values.h"

#include <algorithm>
#include <array>

namespace broadsheet::schema {
namespace {

using A = v1::Article;

int None(const A& /*article*/) { return 0; }
int One(const A& /*article*/) { return 1; }

template <const std::string& (A::*kGet)() const>
const std::string& Get(const A& article, int /*index*/) {
  return (article.*kGet)();
}

// In the order of the field table.
constexpr std::array kValues = {
    FieldValues{.field = FieldId::kHeadline,
                .article_field = A::kHeadlineFieldNumber,
                .shown_as = "headline",
                .count = One,
                .at = Get<&A::headline>},
    FieldValues{.field = FieldId::kSummary,
                .article_field = A::kSummaryFieldNumber,
                .shown_as = "summary",
                .count = One,
                .at = Get<&A::summary>},
    FieldValues{.field = FieldId::kBody,
                .article_field = A::kBodyFieldNumber,
                .shown_as = "body",
                .count = One,
                .at = Get<&A::body>},
    FieldValues{.field = FieldId::kByline,
                .article_field = A::kBylinesFieldNumber,
                .shown_as = "bylines",
                .count = [](const A& article) { return article.bylines_size(); },
                .at = [](const A& article, int i) -> const std::string& {
                  return article.bylines(i).name();
                }},
    FieldValues{.field = FieldId::kCaption,
                .article_field = A::kCaptionsFieldNumber,
                .shown_as = "captions",
                .count = [](const A& article) { return article.captions_size(); },
                .at = [](const A& article, int i) -> const std::string& {
                  return article.captions(i).text();
                }},
    FieldValues{.field = FieldId::kCredit,
                .article_field = A::kCaptionsFieldNumber,
                .shown_as = "credits",
                .count = [](const A& article) { return article.captions_size(); },
                .at = [](const A& article, int i) -> const std::string& {
                  return article.captions(i).credit();
                }},
    FieldValues{.field = FieldId::kDateline,
                .article_field = A::kDatelineFieldNumber,
                .shown_as = "dateline",
                .count = One,
                .at = Get<&A::dateline>},
    FieldValues{
        .field = FieldId::kTag,
        .article_field = A::kTagsFieldNumber,
        .shown_as = "tags",
        .count = [](const A& article) { return article.tags_size(); },
        .at = [](const A& article, int i) -> const std::string& { return article.tags(i); }},
    FieldValues{.field = FieldId::kSection,
                .article_field = A::kSectionFieldNumber,
                .shown_as = "section",
                .count = One,
                .at = Get<&A::section>},
    FieldValues{.field = FieldId::kSource,
                .article_field = A::kSourceFieldNumber,
                .shown_as = "source",
                .count = One,
                .at = Get<&A::source>},
    FieldValues{.field = FieldId::kLanguage,
                .article_field = A::kLanguageFieldNumber,
                .shown_as = "",
                .count = One,
                .at = Get<&A::language>},
    FieldValues{.field = FieldId::kId,
                .article_field = A::kIdFieldNumber,
                .shown_as = "",
                .count = One,
                .at = Get<&A::id>},
    FieldValues{.field = FieldId::kDate,
                .article_field = A::kPublishedTimeFieldNumber,
                .shown_as = "",
                .count = None,
                .at = Get<&A::id>},
};

}  // namespace

const FieldValues& ValuesOf(FieldId field) {
  // Every FieldId has a row; a test holds the table to it.
  return *std::find_if(kValues.begin(), kValues.end(),
                       [field](const FieldValues& values) { return values.field == field; });
}

}  // namespace broadsheet::schema
