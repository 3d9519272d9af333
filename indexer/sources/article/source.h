// SPDX-License-Identifier: GPL-3.0-or-later
// The seam between bytes and articles: a source reads one input of one format and hands over
// articles, or says which records it could not use and why.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "broadsheet/v1/article.pb.h"
#include "indexer/sources/input/input.h"

namespace broadsheet::sources {

// A record that was left out. Nothing else is lost by it.
struct Reject {
  // The file as it was found, or "-" for standard input.
  std::string input = {};
  // Counted from 1; 0 when it is about the input as a whole.
  uint64_t line = 0;
  // Where the record starts in the unpacked input.
  uint64_t byte_offset = 0;
  // For a person to read, without a final period.
  std::string reason = {};
  // As read: any bytes. Only the start of one that is too long to hold; empty when there is none.
  std::string record = {};
};

// What a source mended or passed over without refusing a record.
struct ReadCounts {
  // Records in which ill-formed UTF-8 or lone surrogates were replaced by U+FFFD.
  uint64_t repaired = 0;
  // Field names that no Article has, and in how many records; at most kMaxIgnoredFields names.
  std::map<std::string, uint64_t, std::less<>> ignored_fields;
  // Records that are rightly no articles, by what they are: a picture in a WARC file, a planning
  // item of an agency; at most kMaxIgnoredFields names.
  std::map<std::string, uint64_t, std::less<>> skipped;

  static constexpr size_t kMaxIgnoredFields = 50;
  void CountIgnored(std::string_view field);
  void CountSkipped(std::string_view kind);
};

// INVALID_ARGUMENT refuses the article: the source turns it into a reject with its place and goes
// on. Any other error ends the reading.
using ArticleSink = std::function<absl::Status(v1::Article&&)>;
// An error ends the reading.
using RejectSink = std::function<absl::Status(Reject&&)>;

// Not thread-safe; one object may read many inputs, one after the other.
class ArticleSource {
 public:
  virtual ~ArticleSource() = default;

  // Reads `input` to its end. Bad records and an input that breaks off are rejects, not errors: the
  // only errors are those of the sinks.
  virtual absl::Status ReadAll(Input& input, const ArticleSink& articles,
                               const RejectSink& rejects) = 0;
};

}  // namespace broadsheet::sources
