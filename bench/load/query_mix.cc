// SPDX-License-Identifier: GPL-3.0-or-later
#include "bench/load/query_mix.h"

#include <google/protobuf/util/json_util.h>
#include <simdjson.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <utility>

#include "absl/strings/str_cat.h"
#include "broadsheet/v1/search_service.pb.h"

namespace broadsheet::bench {
namespace {

absl::StatusOr<std::vector<std::string>> ReadLines(const std::string& path) {
  std::ifstream in(path);
  if (!in) return absl::NotFoundError(absl::StrCat(path, ": no file that can be read"));
  std::vector<std::string> lines;
  for (std::string line; std::getline(in, line);) {
    if (!line.empty()) lines.push_back(std::move(line));
  }
  if (lines.empty()) return absl::InvalidArgumentError(absl::StrCat(path, ": holds no query"));
  return lines;
}

// `queries` is a file, `request` JSON.
absl::StatusOr<QueryClass> ReadClass(std::string name, double weight, const std::string& queries,
                                     std::string_view request) {
  v1::SearchArticlesRequest whole;
  if (!request.empty()) {
    const auto parsed = google::protobuf::util::JsonStringToMessage(
        google::protobuf::StringPiece(request.data(), request.size()), &whole);
    if (!parsed.ok()) {
      return absl::InvalidArgumentError(
          absl::StrCat("the request of class ", name, ": ", parsed.ToString()));
    }
  }
  const auto lines = ReadLines(queries);
  if (!lines.ok()) return lines.status();
  QueryClass read{.name = std::move(name), .weight = weight, .requests = {}};
  for (const std::string& line : *lines) {
    whole.set_query(line);
    const grpc::Slice slice(whole.SerializeAsString());
    read.requests.emplace_back(&slice, 1);
  }
  return read;
}

absl::Status AddClass(simdjson::dom::element element, const std::filesystem::path& folder,
                      QueryMix* mix) {
  std::string_view name;
  std::string_view queries;
  if (element["name"].get(name) != simdjson::SUCCESS ||
      element["queries"].get(queries) != simdjson::SUCCESS) {
    return absl::InvalidArgumentError("a class needs \"name\" and \"queries\"");
  }
  double weight = 1;
  const auto stated = element["weight"];
  if (stated.error() != simdjson::NO_SUCH_FIELD && stated.get(weight) != simdjson::SUCCESS) {
    weight = 0;
  }
  if (!(weight > 0)) {
    return absl::InvalidArgumentError(
        absl::StrCat("the weight of class ", std::string(name), " is no number above 0"));
  }
  std::string request;
  if (simdjson::dom::element given; element["request"].get(given) == simdjson::SUCCESS) {
    request = simdjson::to_string(given);
  }
  auto read = ReadClass(std::string(name), weight, folder / queries, request);
  if (!read.ok()) return read.status();
  mix->push_back(*std::move(read));
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<QueryMix> ReadQueries(const std::string& path, std::string_view request) {
  auto read = ReadClass("all", 1, path, request);
  if (!read.ok()) return read.status();
  QueryMix mix;
  mix.push_back(*std::move(read));
  return mix;
}

absl::StatusOr<QueryMix> ReadMix(const std::string& path) {
  simdjson::dom::parser parser;
  simdjson::dom::array classes;
  const auto error = parser.load(path).get(classes);
  if (error != simdjson::SUCCESS) {
    return absl::InvalidArgumentError(
        absl::StrCat(path, ": no JSON array of classes: ", simdjson::error_message(error)));
  }
  QueryMix mix;
  for (const simdjson::dom::element element : classes) {
    const absl::Status added = AddClass(element, std::filesystem::path(path).parent_path(), &mix);
    if (!added.ok()) {
      return absl::Status(added.code(), absl::StrCat(path, ": ", added.message()));
    }
  }
  if (mix.empty()) return absl::InvalidArgumentError(absl::StrCat(path, ": holds no class"));
  return mix;
}

MixCursor::MixCursor(const QueryMix& mix, double first) : mix_(mix), credit_(mix.size()) {
  for (const QueryClass& query_class : mix) {
    total_weight_ += query_class.weight;
    const auto size = static_cast<double>(query_class.requests.size());
    next_.push_back(static_cast<size_t>(first * size));
  }
}

MixCursor::Choice MixCursor::Next() {
  size_t chosen = 0;
  for (size_t i = 0; i < mix_.size(); ++i) {
    credit_[i] += mix_[i].weight;
    if (credit_[i] > credit_[chosen]) chosen = i;
  }
  credit_[chosen] -= total_weight_;
  const std::vector<grpc::ByteBuffer>& requests = mix_[chosen].requests;
  return {.query_class = chosen, .request = &requests[next_[chosen]++ % requests.size()]};
}

}  // namespace broadsheet::bench
