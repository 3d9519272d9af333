// SPDX-License-Identifier: GPL-3.0-or-later
// How long a search goes on without looking at the clock.
//
//   deadline_probe INDEX MILLISECONDS... <requests >figures
//
// Reads SearchArticlesRequests as JSON, one a line, and searches for each in the published
// generation: once to its end, and once for each deadline. Prints a line of JSON for each request:
// total_ms, the processor time of the whole search; gap_ms, the longest processor time between two
// looks at the clock (or before the first or after the last), which is how late the search may
// notice any deadline, however busy the machine is; late_ms, for each deadline how long after it
// the search really ended, 0 when it had ended before.
#include <ctime>

#include <google/protobuf/util/json_util.h>

#include <algorithm>
#include <cstdlib>
#include <iostream>
#include <memory>
#include <string>
#include <vector>

#include "absl/strings/str_format.h"
#include "absl/time/clock.h"
#include "engine/query/searcher.h"
#include "engine/storage/base/generation.h"
#include "engine/storage/index/layout.h"
#include "tests/testing/parsed_response.h"

namespace broadsheet {
namespace {

double ProcessorMilliseconds() {
  timespec time{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
  return static_cast<double>(time.tv_sec) * 1e3 + static_cast<double>(time.tv_nsec) / 1e6;
}

[[noreturn]] void Fail(const std::string& message) {
  std::cerr << "deadline_probe: " << message << '\n';
  std::exit(2);
}

std::unique_ptr<query::Searcher> OpenSearcher(const std::string& index) {
  auto generation = storage::Generation::OpenCurrent(storage::Layout(index));
  if (!generation.ok()) Fail(generation.status().ToString());
  query::Limits limits;
  auto searcher = query::Searcher::Open(*std::move(generation), limits);
  if (!searcher.ok()) Fail(searcher.status().ToString());
  return *std::move(searcher);
}

struct Figures {
  double total_ms = 0;
  double gap_ms = 0;
};

Figures RunToItsEnd(query::Searcher& searcher, const v1::SearchArticlesRequest& request) {
  Figures figures;
  const double start = ProcessorMilliseconds();
  double last = start;
  const auto look = [&] {
    const double now = ProcessorMilliseconds();
    figures.gap_ms = std::max(figures.gap_ms, now - last);
    last = now;
    return false;
  };
  base::CallControl call;
  call.cancelled = look;
  const auto response = testing::Parsed(searcher.Search(request, call));
  look();
  figures.total_ms = last - start;
  if (!response.ok()) Fail(response.status().ToString() + " for " + request.ShortDebugString());
  return figures;
}

double MillisecondsLate(query::Searcher& searcher, const v1::SearchArticlesRequest& request,
                        absl::Duration allowed) {
  base::CallControl call;
  call.deadline = absl::Now() + allowed;
  const auto response = testing::Parsed(searcher.Search(request, call));
  const double late = absl::ToDoubleMilliseconds(absl::Now() - call.deadline);
  if (!response.ok() && !absl::IsDeadlineExceeded(response.status())) {
    Fail(std::string(response.status().ToString()));
  }
  return std::max(late, 0.0);
}

int Run(const std::vector<std::string>& arguments) {
  if (arguments.size() < 2) Fail("usage: deadline_probe INDEX MILLISECONDS...");
  const std::unique_ptr<query::Searcher> searcher = OpenSearcher(arguments[0]);
  for (std::string line; std::getline(std::cin, line);) {
    v1::SearchArticlesRequest request;
    const auto parsed = google::protobuf::util::JsonStringToMessage(line, &request);
    if (!parsed.ok()) Fail(parsed.ToString());
    const Figures figures = RunToItsEnd(*searcher, request);
    std::string late;
    for (size_t i = 1; i < arguments.size(); ++i) {
      const absl::Duration allowed = absl::Milliseconds(std::atoi(arguments[i].c_str()));
      late += absl::StrFormat("%s%.1f", i > 1 ? ", " : "",
                              MillisecondsLate(*searcher, request, allowed));
    }
    std::cout << absl::StrFormat("{\"total_ms\": %.1f, \"gap_ms\": %.1f, \"late_ms\": [%s]}\n",
                                 figures.total_ms, figures.gap_ms, late)
              << std::flush;
  }
  return 0;
}

}  // namespace
}  // namespace broadsheet

int main(int count, char** arguments) {
  return broadsheet::Run(std::vector<std::string>(arguments + 1, arguments + count));
}
