// SPDX-License-Identifier: GPL-3.0-or-later
// broadsheet-load: how many searches a second a running server answers, and how long each takes.
//
//   build/bin/broadsheet-load --queries queries.txt --callers 8 --seconds 10
//
// Closed loop: each caller sends its next search when the one before is answered, so the figures
// are those of so many patient readers, and overload shows as latency rather than as a backlog.
// Callers take the queries in turn, each starting elsewhere in the file. Times are of whole calls,
// as the client sees them.
#include <grpcpp/grpcpp.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <atomic>
#include <chrono>
#include <cmath>
#include <cstdint>
#include <fstream>
#include <iostream>
#include <map>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "absl/strings/str_format.h"
#include "broadsheet/v1/search_service.grpc.pb.h"

namespace broadsheet::bench {
namespace {

using Clock = std::chrono::steady_clock;

struct LoadOptions {
  std::string server = "127.0.0.1:6460";
  std::string queries;
  int callers = 1;
  int channels = 1;
  double seconds = 10;
  // Calls in all; 0 = until `seconds` have passed.
  int64_t count = 0;
  double warmup_seconds = 1;
  int page_size = 10;
  double deadline_seconds = 10;
  bool json = false;
};

// What one caller, or all of them, saw after the warm-up.
struct Observed {
  std::vector<int64_t> micros;
  // By gRPC code.
  std::map<int, int64_t> errors;
};

// What ends the run, shared by all callers.
struct Run {
  Clock::time_point measure_from;
  Clock::time_point end;
  std::atomic<int64_t> calls_left;
};

std::vector<std::string> ReadQueries(const std::string& path) {
  std::vector<std::string> queries;
  std::ifstream in(path);
  for (std::string line; std::getline(in, line);) {
    if (!line.empty()) queries.push_back(line);
  }
  return queries;
}

void Call(v1::SearchService::Stub& stub, const std::string& query, const LoadOptions& options,
          Clock::time_point measure_from, Observed& observed) {
  grpc::ClientContext context;
  context.set_deadline(std::chrono::system_clock::now() +
                       std::chrono::milliseconds(std::llround(options.deadline_seconds * 1000)));
  v1::SearchArticlesRequest request;
  request.set_query(query);
  request.set_page_size(options.page_size);
  v1::SearchArticlesResponse response;
  const Clock::time_point start = Clock::now();
  const grpc::Status status = stub.SearchArticles(&context, request, &response);
  const auto took = std::chrono::duration_cast<std::chrono::microseconds>(Clock::now() - start);
  if (start < measure_from) return;
  if (status.ok()) {
    observed.micros.push_back(took.count());
  } else {
    ++observed.errors[status.error_code()];
  }
}

Observed CallInALoop(v1::SearchService::Stub& stub, const std::vector<std::string>& queries,
                     size_t next, const LoadOptions& options, Run& run) {
  Observed observed;
  while (Clock::now() < run.end) {
    const bool measured = Clock::now() >= run.measure_from;
    if (measured && options.count > 0 && run.calls_left.fetch_sub(1) <= 0) break;
    Call(stub, queries[next % queries.size()], options, run.measure_from, observed);
    ++next;
  }
  return observed;
}

std::vector<std::unique_ptr<v1::SearchService::Stub>> Connect(const LoadOptions& options) {
  std::vector<std::unique_ptr<v1::SearchService::Stub>> stubs;
  for (int i = 0; i < options.channels; ++i) {
    grpc::ChannelArguments arguments;
    arguments.SetMaxReceiveMessageSize(256 << 20);
    // Otherwise channels to one address share a connection.
    arguments.SetInt(GRPC_ARG_USE_LOCAL_SUBCHANNEL_POOL, 1);
    stubs.push_back(v1::SearchService::NewStub(
        grpc::CreateCustomChannel(options.server, grpc::InsecureChannelCredentials(), arguments)));
  }
  return stubs;
}

struct Result {
  Observed observed;
  double seconds = 0;
};

Result Load(const LoadOptions& options, const std::vector<std::string>& queries) {
  const auto stubs = Connect(options);
  const auto after = [](double seconds) {
    return std::chrono::duration_cast<Clock::duration>(std::chrono::duration<double>(seconds));
  };
  const Clock::time_point measure_from = Clock::now() + after(options.warmup_seconds);
  // A count has a day.
  const double limit = options.count > 0 ? 86400 : options.seconds;
  Run run{.measure_from = measure_from,
          .end = measure_from + after(limit),
          .calls_left = options.count};
  std::vector<Observed> each(static_cast<size_t>(options.callers));
  std::vector<std::thread> callers;
  for (size_t i = 0; i < each.size(); ++i) {
    callers.emplace_back([&, i] {
      const size_t first = i * queries.size() / each.size();
      each[i] = CallInALoop(*stubs[i % stubs.size()], queries, first, options, run);
    });
  }
  for (std::thread& caller : callers) caller.join();
  Result result;
  result.seconds = std::chrono::duration<double>(Clock::now() - measure_from).count();
  for (const Observed& one : each) {
    auto& all = result.observed;
    all.micros.insert(all.micros.end(), one.micros.begin(), one.micros.end());
    for (const auto& [code, count] : one.errors) all.errors[code] += count;
  }
  std::sort(result.observed.micros.begin(), result.observed.micros.end());
  return result;
}

// The smallest time that `share` of the calls did not exceed.
double MillisAt(const std::vector<int64_t>& sorted_micros, double share) {
  if (sorted_micros.empty()) return 0;
  const auto rank =
      static_cast<size_t>(std::ceil(share * static_cast<double>(sorted_micros.size())));
  return static_cast<double>(sorted_micros[std::max<size_t>(rank, 1) - 1]) / 1000;
}

void Print(const LoadOptions& options, const Result& result) {
  const std::vector<int64_t>& micros = result.observed.micros;
  int64_t errors = 0;
  std::string by_code;
  for (const auto& [code, count] : result.observed.errors) {
    errors += count;
    if (!by_code.empty()) by_code += ", ";
    by_code += "\"" + std::to_string(code) + "\": " + std::to_string(count);
  }
  const double rate = static_cast<double>(micros.size()) / result.seconds;
  const double p50 = MillisAt(micros, 0.5);
  const double p90 = MillisAt(micros, 0.9);
  const double p99 = MillisAt(micros, 0.99);
  const double max = MillisAt(micros, 1);
  if (options.json) {
    absl::PrintF(
        R"({"callers": %d, "channels": %d, "calls": %d, "seconds": %.2f, "perSecond": %.1f, )"
        R"("p50Ms": %.3f, "p90Ms": %.3f, "p99Ms": %.3f, "maxMs": %.3f, )"
        R"("errors": %d, "errorsByCode": {%s}})"
        "\n",
        options.callers, options.channels, micros.size(), result.seconds, rate, p50, p90, p99, max,
        errors, by_code);
    return;
  }
  absl::PrintF(
      "%d callers, %d channels: %d calls in %.2f s, %.1f a second\n"
      "ms: p50 %.3f, p90 %.3f, p99 %.3f, max %.3f\n"
      "errors: %d {by gRPC code: %s}\n",
      options.callers, options.channels, micros.size(), result.seconds, rate, p50, p90, p99, max,
      errors, by_code.empty() ? "none" : by_code);
}

void AddOptions(CLI::App& app, LoadOptions& options) {
  app.add_option("--server", options.server, "Address of the server")
      ->envname("BROADSHEET_SERVER")
      ->capture_default_str();
  app.add_option("--queries", options.queries, "File with one query a line")
      ->required()
      ->check(CLI::ExistingFile);
  app.add_option("--callers", options.callers, "Searches under way at a time")
      ->capture_default_str()
      ->check(CLI::Range(1, 10000));
  app.add_option("--channels", options.channels, "Connections; callers share them evenly")
      ->capture_default_str()
      ->check(CLI::Range(1, 1000));
  auto* seconds = app.add_option("--seconds", options.seconds, "How long to measure")
                      ->capture_default_str()
                      ->check(CLI::PositiveNumber);
  app.add_option("--count", options.count, "How many calls to measure, instead of --seconds")
      ->check(CLI::PositiveNumber)
      ->excludes(seconds);
  app.add_option("--warmup", options.warmup_seconds, "Seconds of calls before the measuring")
      ->capture_default_str()
      ->check(CLI::NonNegativeNumber);
  app.add_option("--page-size", options.page_size, "Hits asked for")->capture_default_str();
  app.add_option("--deadline", options.deadline_seconds, "Seconds that a call may take")
      ->capture_default_str()
      ->check(CLI::PositiveNumber);
  app.add_flag("--json", options.json, "Print one line of JSON");
}

}  // namespace

int Main(int argc, char** argv) {
  CLI::App app("broadsheet-load: measures a running server under search load", "broadsheet-load");
  LoadOptions options;
  AddOptions(app, options);
  CLI11_PARSE(app, argc, argv);
  const std::vector<std::string> queries = ReadQueries(options.queries);
  if (queries.empty()) {
    std::cerr << "broadsheet-load: " << options.queries << " holds no query\n";
    return 2;
  }
  const Result result = Load(options, queries);
  Print(options, result);
  // A run without one answer measured nothing.
  return result.observed.micros.empty() ? 1 : 0;
}

}  // namespace broadsheet::bench

int main(int argc, char** argv) { return broadsheet::bench::Main(argc, argv); }
