// SPDX-License-Identifier: GPL-3.0-or-later
// What a load asks: classes of searches, each with its queries and its share.
#pragma once

#include <grpcpp/support/byte_buffer.h>

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"

namespace broadsheet::bench {

// Searches of one kind. Immutable once read.
struct QueryClass {
  std::string name;
  // Its share of the calls, against the sum of all classes'.
  double weight = 1;
  // Whole requests, ready to be sent: making them costs the measured machine nothing.
  std::vector<grpc::ByteBuffer> requests;
};

using QueryMix = std::vector<QueryClass>;

// One class, "all", of a file with a query a line. `request` is the rest of a SearchArticlesRequest
// as JSON, "" for its defaults. NotFound or InvalidArgument names the file and the reason.
absl::StatusOr<QueryMix> ReadQueries(const std::string& path, std::string_view request);

// A file of JSON, the paths in which are relative to it:
//
//   [{"name": "phrase", "weight": 2, "queries": "phrases.txt", "request": {"pageSize": 10}}, ...]
//
// `weight` is 1 unless it is given. Errors as those of ReadQueries.
absl::StatusOr<QueryMix> ReadMix(const std::string& path);

// Chooses one request after the other, each class as often as its weight says, as evenly as can be
// (smooth weighted round robin, as nginx does it), and the queries of a class in turn. Not
// thread-safe; `mix` outlives it.
class MixCursor {
 public:
  // Cursors with other numbers begin at other queries; `first` is a share of each list, 0 to 1.
  MixCursor(const QueryMix& mix, double first);

  struct Choice {
    size_t query_class;
    const grpc::ByteBuffer* request;
  };
  Choice Next();

 private:
  const QueryMix& mix_;
  double total_weight_ = 0;
  std::vector<double> credit_;
  std::vector<size_t> next_;
};

}  // namespace broadsheet::bench
