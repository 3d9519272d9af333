// SPDX-License-Identifier: GPL-3.0-or-later
// A source reads one input of one format, and passes on its articles, the records that it could not
// use, and what it could not read at all, with the reason.
//
// Every record of an input is one of: an article, a reject, lost, or passed over (ReadCounts), so
// that the counts of a run add up to what was read.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "broadsheet/v1/article.pb.h"
#include "indexer/sources/article/field_rule.h"
#include "indexer/sources/article/record_place.h"
#include "indexer/sources/article/trace.h"
#include "indexer/sources/input/input.h"

namespace broadsheet::sources {

// A record that was left out, or a loss. The other records of its input are not affected.
struct Reject {
  // The path of the file, or "-" for standard input.
  std::string input = {};
  // Counted from 1; 0 when the reject is about the whole input.
  uint64_t line = 0;
  // The offset of the record in the unpacked input.
  uint64_t byte_offset = 0;
  // For a person to read, without a final period.
  std::string reason = {};
  // The bytes of the record as read, in XML its elements written anew; of one that is too long,
  // only the start. Empty when there is none.
  std::string record = {};
  // 0 for a record that was read and refused. Otherwise the input is damaged there, and at least so
  // many of its records could not be read at all.
  uint64_t lost = 0;
};

// Something about an accepted article that a person should know: an embargo that cannot be read, so
// that the article is withheld.
struct Warning {
  RecordPlace place = {};
  // For a person to read, without a final period.
  std::string reason = {};
};

// How often a path of a field map led somewhere.
struct PathUse {
  // Records that were read by the path, and those of them that had a value there.
  uint64_t records = 0;
  uint64_t found = 0;
};

// Counts what a source repaired or skipped without refusing a record.
struct ReadCounts {
  // Records in which ill-formed UTF-8 or lone surrogates were replaced by U+FFFD.
  uint64_t repaired = 0;
  // Unknown field names, with the number of records that have them; at most kMaxIgnoredFields
  // names.
  std::map<std::string, uint64_t, std::less<>> ignored_fields;
  // Records that are valid but not articles, by kind: a picture in a WARC file, a planning item of
  // an agency, what a field map passes over; at most kMaxIgnoredFields kinds, further ones as
  // "other kinds".
  std::map<std::string, uint64_t, std::less<>> skipped;
  // All of these.
  uint64_t passed_over = 0;
  // The use of each path of a field map, in the order of FieldMap::counted_paths; empty where no
  // record was read by a map.
  std::vector<PathUse> mapped_paths;

  static constexpr size_t kMaxIgnoredFields = 50;
  void CountIgnored(std::string_view field);
  void CountSkipped(std::string_view kind);
};

// INVALID_ARGUMENT refuses the article: the source makes a reject of it and goes on. Any other
// error ends the reading.
using ArticleSink = std::function<absl::Status(v1::Article&&)>;
// An error ends the reading.
using RejectSink = std::function<absl::Status(Reject&&)>;
using WarningSink = std::function<void(Warning&&)>;

// What a source tells of the articles that it passes on, besides themselves. Each may be empty.
struct SourceHooks {
  // Called for each article right before it is passed on.
  RuleSink on_rules = {};
  // Called for each article that was accepted, once a warning.
  WarningSink on_warning = {};
  // Called for each record before its rules; see trace.h. A source makes no trace without it.
  TraceSink on_trace = {};
};

// Not thread-safe; one object may read many inputs, one after the other.
class ArticleSource {
 public:
  virtual ~ArticleSource() = default;

  // Reads `input` to its end. Bad records and a truncated input are rejects, not errors: the only
  // errors are those of the sinks.
  virtual absl::Status ReadAll(Input& input, const ArticleSink& articles,
                               const RejectSink& rejects) = 0;
};

}  // namespace broadsheet::sources
