// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/sources/html/metadata/live_blog.h"

#include <algorithm>
#include <optional>
#include <vector>

#include "absl/time/civil_time.h"
#include "absl/time/clock.h"
#include "absl/time/time.h"
#include "engine/schema/published_time.h"
#include "indexer/sources/article/release.h"
#include "indexer/sources/html/metadata/hold_members.h"
#include "indexer/sources/html/metadata/json_ld_value.h"
#include "indexer/sources/html/metadata/metadata.h"

namespace broadsheet::sources::html {
namespace {

using simdjson::dom::element;
using simdjson::dom::object;

struct Update {
  // As stated.
  std::string time = {};
  std::optional<schema::PublishedTime> read = {};
  std::string headline = {};
  std::string text = {};

  absl::CivilSecond Instant() const { return read->local - int64_t{60} * read->offset_minutes; }
};

std::string FirstMember(object of, std::initializer_list<const char*> names) {
  for (const char* name : names) {
    const std::string_view text = JsonLdMember(of, name);
    if (!text.empty()) return std::string(text);
  }
  return "";
}

Update ReadUpdate(object of) {
  Update update{.time = FirstMember(of, {"datePublished", "dateCreated", "dateModified"}),
                .headline = PlainText(FirstMember(of, {"headline", "name"})),
                .text = FirstMember(of, {"articleBody", "text", "description"})};
  if (auto read = schema::ParsePublishedTime(update.time); read.ok()) update.read = *read;
  return update;
}

// "2025-03-03 10:15 The first boat lands"
std::string HeadOf(const Update& update) {
  std::string head;
  if (update.read.has_value()) {
    const bool day = update.read->precision == v1::DATE_PRECISION_DAY;
    head = day ? absl::FormatCivilTime(absl::CivilDay(update.read->local))
               : absl::FormatCivilTime(absl::CivilMinute(update.read->local));
    std::replace(head.begin(), head.end(), 'T', ' ');
  } else {
    head = PlainText(update.time);
  }
  if (!head.empty() && !update.headline.empty()) head += ' ';
  return head + update.headline;
}

// Whether an update says that it may not be shown, or not yet.
bool IsHeldBack(object of, const Update& update) {
  std::vector<HoldStatement> holds;
  AddHoldMembers(of, &holds);
  ReleaseStatement release;
  StateHolds(holds, release);
  if (release.Decide().HoldsBackAt(absl::Now())) return true;
  if (!update.read.has_value()) return false;
  // Where no zone is stated, it may be that of the first place of the Earth where its time comes.
  constexpr absl::Duration kFirstZone = absl::Hours(14);
  const absl::Time time = absl::FromCivil(update.Instant(), absl::UTCTimeZone());
  return time - kFirstZone > absl::Now() ||
         (update.read->precision == v1::DATE_PRECISION_INSTANT && time > absl::Now());
}

}  // namespace

LiveBlog ReadLiveBlog(object posting) {
  LiveBlog blog;
  element list;
  if (posting["liveBlogUpdate"].get(list) != simdjson::SUCCESS) return blog;
  std::vector<Update> updates;
  ForEachValue(list, [&](element item) {
    object of;
    if (item.get(of) != simdjson::SUCCESS) return;
    Update update = ReadUpdate(of);
    if (IsHeldBack(of, update)) {
      ++blog.held;
      return;
    }
    if (!update.text.empty() || !update.headline.empty()) updates.push_back(std::move(update));
  });
  if (updates.empty()) return blog;
  const bool timed = std::all_of(updates.begin(), updates.end(),
                                 [](const Update& update) { return update.read.has_value(); });
  if (timed) {
    std::stable_sort(updates.begin(), updates.end(),
                     [](const Update& a, const Update& b) { return a.Instant() < b.Instant(); });
    blog.first = updates.front().time;
    blog.last = updates.back().time;
  }
  for (const Update& update : updates) {
    const std::string head = HeadOf(update);
    if (!head.empty()) blog.text += head + "\n";
    if (!update.text.empty()) blog.text += update.text + "\n";
  }
  return blog;
}

}  // namespace broadsheet::sources::html
