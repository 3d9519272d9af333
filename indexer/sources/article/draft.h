// SPDX-License-Identifier: GPL-3.0-or-later
// An article that a source fills from a record, with the part of the record that gave each field.
//
//   if (draft->headline().empty()) draft->set_headline(hedline.TextOf({"hl1"}));
//   draft.GivenBy("hedline/hl1");
#pragma once

#include <array>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "broadsheet/v1/article.pb.h"
#include "indexer/sources/article/field_rule.h"
#include "indexer/sources/article/release.h"
#include "indexer/sources/article/source.h"

namespace broadsheet::sources {

// Passes an article that was read at `place` to `articles`, after its rules and, if it is accepted,
// before its warnings. A time of publication or of the last change that is none (HasZeroDate) is
// left out with a warning. Returns what `articles` does.
absl::Status HandOver(v1::Article&& article, const FieldRules& rules,
                      std::vector<std::string>&& warnings, const RecordPlace& place,
                      const SourceHooks& hooks, const ArticleSink& articles);

// IPTC's types of items that are pictures, sound or film: ninjs' `type`, NewsML-G2's `itemClass`.
inline constexpr std::array<std::string_view, 5> kMediumTypes = {"picture", "graphic", "video",
                                                                 "audio", "animation"};

// Not thread-safe.
class Draft {
 public:
  // `hooks` must outlive this.
  Draft(const SourceHooks& hooks, RecordPlace place) : hooks_(hooks), place_(std::move(place)) {}

  v1::Article* operator->() { return &article_; }
  v1::Article* article() { return &article_; }

  // Records that all fields filled since the last call come from `part` of the record, given in the
  // record's own names.
  void GivenBy(std::string_view part);

  // Sets the label `name`, which `part` of the record gives, unless `value` is empty.
  void SetLabel(const std::string& name, std::string value, std::string_view part);

  // What the record states about whether the article may be shown; decided by HandOver, which sets
  // the article's status and embargo_time.
  ReleaseStatement& release() { return release_; }

  // Whether an item of a picture, video or audio is that alone, and so no article: it has no text
  // of its own, and does not withhold or cancel the one that a version before may have had. Call it
  // when all else is filled.
  bool IsMediumAlone();

  // Keeps something that a person should know about the article.
  void Warn(std::string reason) { warnings_.push_back(std::move(reason)); }

  // Decides about the release, for which a headline that kills the story counts, and passes the
  // article on. Call it once.
  absl::Status HandOver(const ArticleSink& articles);

 private:
  void AddRule(const std::string& field, std::string_view part);
  // States, once, what headline and text say of the release.
  void StateNotices();
  void DecideRelease();

  const SourceHooks& hooks_;
  const RecordPlace place_;
  v1::Article article_;
  ReleaseStatement release_;
  bool notices_stated_ = false;
  std::vector<std::string> warnings_;
  // The fields that have a rule.
  std::set<std::string> known_;
  FieldRules rules_;
};

}  // namespace broadsheet::sources
