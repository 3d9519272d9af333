// SPDX-License-Identifier: GPL-3.0-or-later
// A source reads one input of one format, and passes on its articles, and the records that it could
// not use with the reason.
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

// A record that was left out. The other records of its input are not affected.
struct Reject {
  // The path of the file, or "-" for standard input.
  std::string input = {};
  // Counted from 1; 0 when the reject is about the whole input.
  uint64_t line = 0;
  // The offset of the record in the unpacked input.
  uint64_t byte_offset = 0;
  // For a person to read, without a final period.
  std::string reason = {};
  // The bytes of the record as read; of one that is too long, only the start. Empty when there is
  // none.
  std::string record = {};
};

// Counts what a source repaired or skipped without refusing a record.
struct ReadCounts {
  // Records in which ill-formed UTF-8 or lone surrogates were replaced by U+FFFD.
  uint64_t repaired = 0;
  // Unknown field names, with the number of records that have them; at most kMaxIgnoredFields
  // names.
  std::map<std::string, uint64_t, std::less<>> ignored_fields;
  // Records that are valid but not articles, by kind: a picture in a WARC file, a planning item of
  // an agency; at most kMaxIgnoredFields kinds.
  std::map<std::string, uint64_t, std::less<>> skipped;

  static constexpr size_t kMaxIgnoredFields = 50;
  void CountIgnored(std::string_view field);
  void CountSkipped(std::string_view kind);
};

// INVALID_ARGUMENT refuses the article: the source makes a reject of it and goes on. Any other
// error ends the reading.
using ArticleSink = std::function<absl::Status(v1::Article&&)>;
// An error ends the reading.
using RejectSink = std::function<absl::Status(Reject&&)>;

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
