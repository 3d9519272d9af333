// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/sources/json/json_article.h"

#include <google/protobuf/util/time_util.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <optional>
#include <string>
#include <unordered_map>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_format.h"
#include "engine/schema/published_time.h"
#include "indexer/sources/article/article_fields.h"
#include "indexer/sources/article/status_words.h"
#include "indexer/sources/article/wire_date.h"
#include "indexer/sources/json/held_back.h"
#include "indexer/sources/json/json_field.h"

namespace broadsheet::sources {
namespace {

using simdjson::dom::element;

// A number, or its digits in a string, as proto3 JSON writes an int64.
absl::StatusOr<int64_t> ReadInteger(const element& value, const FieldPath& path) {
  int64_t number = 0;
  double real = 0;
  std::string_view text;
  if (value.get(number) == simdjson::SUCCESS) return number;
  if (value.get(real) == simdjson::SUCCESS && std::nearbyint(real) == real &&
      std::abs(real) < 9.0e15) {
    return static_cast<int64_t>(real);
  }
  if (value.get(text) == simdjson::SUCCESS && absl::SimpleAtoi(std::string(text), &number)) {
    return number;
  }
  return WrongFieldType(path, "a whole number", value);
}

// Calls `read_item` for each item of an array; null is an empty one.
template <typename ReadItem>
absl::Status ReadArray(const element& value, const FieldPath& path, const char* expected,
                       ReadItem read_item) {
  if (value.is_null()) return absl::OkStatus();
  simdjson::dom::array items;
  if (value.get(items) != simdjson::SUCCESS) return WrongFieldType(path, expected, value);
  size_t index = 0;
  for (const element item : items) {
    const absl::Status read = read_item(item, absl::StrFormat("%s[%d]", path, index++));
    if (!read.ok()) return read;
  }
  return absl::OkStatus();
}

struct Member {
  std::string_view name;
  std::string_view snake_name;
  std::string* target;
};

// INVALID_ARGUMENT when there is something in the member `name` of `path` that may hold back.
absl::Status CheckInner(const FieldPath& path, std::string_view name, const element& value) {
  const std::optional<HoldingMember> hold = FindInnerHold(path, name, value);
  return hold.has_value() ? HoldNotRead(*hold, JsonReader::kLines) : absl::OkStatus();
}

// An object whose members are all strings; names it does not know are passed over.
absl::Status ReadMembers(const simdjson::dom::object& object, const FieldPath& path,
                         std::initializer_list<Member> members) {
  for (const auto& [key, value] : object) {
    const std::string_view name = key;
    const auto* member = std::find_if(members.begin(), members.end(), [name](const Member& known) {
      return name == known.name || name == known.snake_name;
    });
    absl::Status read =
        member == members.end()
            ? CheckInner(path, name, value)
            : ReadStringField(value, path + "." + std::string(name), member->target);
    if (!read.ok()) return read;
  }
  return absl::OkStatus();
}

absl::Status ReadByline(const element& value, const FieldPath& path, v1::Byline* byline) {
  if (value.is_string()) return ReadStringField(value, path, byline->mutable_name());
  simdjson::dom::object object;
  if (value.get(object) != simdjson::SUCCESS) {
    return WrongFieldType(path, "a string or an object", value);
  }
  return ReadMembers(object, path,
                     {{"name", "name", byline->mutable_name()},
                      {"role", "role", byline->mutable_role()},
                      {"organisation", "organization", byline->mutable_organisation()}});
}

absl::Status ReadCaption(const element& value, const FieldPath& path, v1::Caption* caption) {
  if (value.is_string()) return ReadStringField(value, path, caption->mutable_text());
  simdjson::dom::object object;
  if (value.get(object) != simdjson::SUCCESS) {
    return WrongFieldType(path, "a string or an object", value);
  }
  return ReadMembers(object, path,
                     {{"text", "text", caption->mutable_text()},
                      {"credit", "credit", caption->mutable_credit()},
                      {"mediaUrl", "media_url", caption->mutable_media_url()}});
}

// published_time and its two companions come in any order, so they are put together at the end.
struct Reading {
  v1::Article* article;
  ReleaseStatement* release;
  std::optional<v1::DatePrecision> precision;
  std::optional<int32_t> offset_minutes;
  // As stated, for a name that is given twice.
  std::optional<std::string> status;
  std::optional<std::string> embargo;
};

using Reader = absl::Status (*)(const element&, const FieldPath&, Reading&);

template <std::string* (v1::Article::*Mutable)()>
absl::Status ReadText(const element& value, const FieldPath& path, Reading& reading) {
  return ReadStringField(value, path, (reading.article->*Mutable)());
}

absl::Status ReadBylines(const element& value, const FieldPath& path, Reading& reading) {
  v1::Article& article = *reading.article;
  article.clear_bylines();
  absl::Status read = ReadArray(
      value, path, "an array of strings or objects", [&](const element& item, const FieldPath& at) {
        return item.is_null() ? absl::OkStatus() : ReadByline(item, at, article.add_bylines());
      });
  DropNotices(&article);
  return read;
}

absl::Status ReadCaptions(const element& value, const FieldPath& path, Reading& reading) {
  v1::Article& article = *reading.article;
  article.clear_captions();
  return ReadArray(
      value, path, "an array of strings or objects", [&](const element& item, const FieldPath& at) {
        return item.is_null() ? absl::OkStatus() : ReadCaption(item, at, article.add_captions());
      });
}

absl::Status ReadTags(const element& value, const FieldPath& path, Reading& reading) {
  v1::Article& article = *reading.article;
  article.clear_tags();
  return ReadArray(
      value, path, "an array of strings", [&](const element& item, const FieldPath& at) {
        return item.is_null() ? absl::OkStatus() : ReadStringField(item, at, article.add_tags());
      });
}

absl::Status ReadLabels(const element& value, const FieldPath& path, Reading& reading) {
  auto& labels = *reading.article->mutable_labels();
  labels.clear();
  if (value.is_null()) return absl::OkStatus();
  simdjson::dom::object object;
  if (value.get(object) != simdjson::SUCCESS) {
    return WrongFieldType(path, "an object of strings", value);
  }
  for (const auto& [key, label] : object) {
    const std::string name(key);
    absl::Status read = ReadStringField(label, path + "." + name, &labels[name]);
    if (read.ok()) read = CheckInner(path, name, label);
    if (!read.ok()) return read;
  }
  return absl::OkStatus();
}

absl::Status ReadPublished(const element& value, const FieldPath& path, Reading& reading) {
  std::string text;
  if (const absl::Status read = ReadStringField(value, path, &text); !read.ok()) return read;
  absl::StripAsciiWhitespace(&text);
  if (text.empty()) return absl::OkStatus();
  const absl::StatusOr<schema::PublishedTime> published = schema::ParsePublishedTime(text);
  if (!published.ok()) return WrongField(path, std::string(published.status().message()));
  schema::SetPublishedTime(*published, reading.article);
  return absl::OkStatus();
}

// Nothing for null and "".
absl::StatusOr<std::optional<google::protobuf::Timestamp>> ReadTime(const element& value,
                                                                    const FieldPath& path) {
  std::string text;
  if (const absl::Status read = ReadStringField(value, path, &text); !read.ok()) return read;
  if (text.empty()) return std::nullopt;
  google::protobuf::Timestamp time;
  if (google::protobuf::util::TimeUtil::FromString(text, &time)) return time;
  const absl::StatusOr<schema::PublishedTime> sloppy = schema::ParsePublishedTime(text);
  if (!sloppy.ok()) return WrongField(path, std::string(sloppy.status().message()));
  v1::Article scratch;
  schema::SetPublishedTime(*sloppy, &scratch);
  return scratch.published_time();
}

absl::Status ReadUpdated(const element& value, const FieldPath& path, Reading& reading) {
  const auto time = ReadTime(value, path);
  if (time.ok() && time->has_value()) *reading.article->mutable_updated_time() = **time;
  return time.status();
}

absl::Status ReadEmbargo(const element& value, const FieldPath& path, Reading& reading) {
  std::string text;
  if (const absl::Status read = ReadStringField(value, path, &text); !read.ok()) return read;
  absl::StripAsciiWhitespace(&text);
  if (text.empty()) return absl::OkStatus();
  // The same time in two forms is the same.
  google::protobuf::Timestamp time;
  std::string stated = text;
  if (ReadInstant(text, &time)) stated = google::protobuf::util::TimeUtil::ToString(time);
  if (reading.embargo.value_or(stated) != stated) return StatedTwice(path);
  reading.embargo = stated;
  reading.release->StateEmbargo(path, text);
  return absl::OkStatus();
}

absl::Status ReadPrecision(const element& value, const FieldPath& path, Reading& reading) {
  if (value.is_null()) return absl::OkStatus();
  v1::DatePrecision precision = v1::DATE_PRECISION_UNSPECIFIED;
  std::string_view name;
  int64_t number = 0;
  const bool known = value.get(name) == simdjson::SUCCESS
                         ? v1::DatePrecision_Parse(std::string(name), &precision)
                         : value.get(number) == simdjson::SUCCESS && number >= 0 &&
                               number <= v1::DatePrecision_MAX;
  if (!known) return WrongField(path, "expected a name such as DATE_PRECISION_DAY");
  if (name.empty()) precision = static_cast<v1::DatePrecision>(number);
  reading.precision = precision;
  return absl::OkStatus();
}

absl::Status ReadOffset(const element& value, const FieldPath& path, Reading& reading) {
  constexpr int64_t kMaxMinutes = 24 * 60 - 1;
  if (value.is_null()) return absl::OkStatus();
  const absl::StatusOr<int64_t> minutes = ReadInteger(value, path);
  if (!minutes.ok()) return minutes.status();
  if (std::abs(*minutes) > kMaxMinutes) {
    return WrongField(path, absl::StrFormat("%d minutes is no offset from UTC: at most %d",
                                            *minutes, kMaxMinutes));
  }
  reading.offset_minutes = static_cast<int32_t>(*minutes);
  return absl::OkStatus();
}

absl::Status ReadVersionField(const element& value, const FieldPath& path, Reading& reading) {
  if (value.is_null()) return absl::OkStatus();
  const absl::StatusOr<int64_t> version = ReadInteger(value, path);
  if (!version.ok()) return version.status();
  if (*version < 0) return WrongField(path, "a version is 0 or greater");
  reading.article->set_version(*version);
  return absl::OkStatus();
}

// "STATUS_USABLE", "usable" or the enum's number.
absl::Status ReadStatusField(const element& value, const FieldPath& path, Reading& reading) {
  if (value.is_null()) return absl::OkStatus();
  std::string_view text;
  int64_t number = 0;
  std::string status;
  if (value.get(text) == simdjson::SUCCESS) {
    status = text;
  } else if (value.get(number) == simdjson::SUCCESS) {
    const bool known = number >= 0 && number <= v1::Article::Status_MAX;
    status = known ? v1::Article::Status_Name(static_cast<v1::Article::Status>(number))
                   : std::to_string(number);
  } else {
    return WrongField(path, "expected STATUS_USABLE, STATUS_WITHHELD or STATUS_CANCELLED");
  }
  const std::string plain = PlainStatus(status);
  if (reading.status.value_or(plain) != plain) return StatedTwice(path);
  reading.status = plain;
  reading.release->StateStatus(path, status);
  return absl::OkStatus();
}

// Output only: what an index wrote there says nothing about this one.
absl::Status PassOver(const element&, const FieldPath&, Reading&) { return absl::OkStatus(); }

const std::unordered_map<std::string_view, Reader>& Readers() {
  using A = v1::Article;
  static const auto& readers = *new std::unordered_map<std::string_view, Reader>{
      {"id", &ReadText<&A::mutable_id>},
      {"url", &ReadText<&A::mutable_url>},
      {"headline", &ReadText<&A::mutable_headline>},
      {"summary", &ReadText<&A::mutable_summary>},
      {"body", &ReadText<&A::mutable_body>},
      {"section", &ReadText<&A::mutable_section>},
      {"source", &ReadText<&A::mutable_source>},
      {"language", &ReadText<&A::mutable_language>},
      {"dateline", &ReadText<&A::mutable_dateline>},
      {"copyright", &ReadText<&A::mutable_copyright>},
      {"bylines", &ReadBylines},
      {"tags", &ReadTags},
      {"captions", &ReadCaptions},
      {"labels", &ReadLabels},
      {"published", &ReadPublished},
      {"publishedTime", &ReadPublished},
      {"published_time", &ReadPublished},
      {"publishedPrecision", &ReadPrecision},
      {"published_precision", &ReadPrecision},
      {"publishedOffsetMinutes", &ReadOffset},
      {"published_offset_minutes", &ReadOffset},
      {"updatedTime", &ReadUpdated},
      {"updated_time", &ReadUpdated},
      {"embargoTime", &ReadEmbargo},
      {"embargo_time", &ReadEmbargo},
      {"version", &ReadVersionField},
      {"status", &ReadStatusField},
      {"indexedTime", &PassOver},
      {"indexed_time", &PassOver},
  };
  return readers;
}

}  // namespace

absl::Status ReadJsonArticle(const simdjson::dom::object& object, Draft& draft,
                             const std::function<void(std::string_view)>& on_ignored) {
  v1::Article* const article = draft.article();
  Reading reading{.article = article,
                  .release = &draft.release(),
                  .precision = std::nullopt,
                  .offset_minutes = std::nullopt,
                  .status = std::nullopt,
                  .embargo = std::nullopt};
  const auto& readers = Readers();
  for (const auto& [key, value] : object) {
    const auto reader = readers.find(key);
    if (reader == readers.end()) {
      const std::optional<HoldingMember> hold = FindHold(key, value);
      if (hold.has_value()) return HoldNotRead(*hold, JsonReader::kLines);
      StateNotesIn(key, value, hold::Place::kRecord, draft.release());
      on_ignored(key);
      continue;
    }
    const absl::Status read = reader->second(value, FieldPath(key), reading);
    if (!read.ok()) return read;
  }
  // Printed at their default they say nothing against what publishedTime itself states.
  if (article->has_published_time()) {
    if (reading.precision.value_or(v1::DATE_PRECISION_UNSPECIFIED) !=
        v1::DATE_PRECISION_UNSPECIFIED) {
      article->set_published_precision(*reading.precision);
    }
    if (reading.offset_minutes.value_or(0) != 0) {
      article->set_published_offset_minutes(*reading.offset_minutes);
    }
  }
  return absl::OkStatus();
}

}  // namespace broadsheet::sources
