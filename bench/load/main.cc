// SPDX-License-Identifier: GPL-3.0-or-later
// broadsheet-load: how many searches a second a running server answers, and how long each takes.
#include <CLI/CLI.hpp>
#include <iostream>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "bench/load/load.h"
#include "bench/load/query_mix.h"
#include "bench/load/report.h"

namespace broadsheet::bench {
namespace {

constexpr const char* kAbout = R"(Measures a running server under a load of searches.

  broadsheet-load --queries queries.txt --callers 8
      Closed loop: 8 callers, each of which sends a search when the one before is answered.
  broadsheet-load --queries queries.txt --rate 100,200,400
      Open loop: searches are sent when they are due, 100 a second, then 200, then 400. Latency
      counts from when a search was due, so that a server that stalls shows it.
  broadsheet-load --mix mix.json --rate 300 --json
      Classes of searches by weight, with requests of their own:
      [{"name": "words", "weight": 3, "queries": "words.txt"},
       {"name": "phrase", "queries": "phrases.txt", "request": {"pageSize": 20}}]

Exit status: 0; 1 when nothing was answered; 2 for a usage or an input that is wrong.)";

struct LoadOptions {
  Target target = {.server = "127.0.0.1:6460"};
  Window window;
  ClosedLoop closed;
  OpenLoop open;
  std::string queries;
  std::string request;
  std::string mix;
  std::vector<double> rates;
  bool constant = false;
  bool json = false;
};

void AddWhat(CLI::App& app, LoadOptions& options) {
  app.add_option("--server", options.target.server, "Address of the server")
      ->envname("BROADSHEET_SERVER")
      ->capture_default_str();
  auto* queries = app.add_option("--queries", options.queries, "File with one query a line")
                      ->check(CLI::ExistingFile);
  app.add_option("--request", options.request,
                 "The rest of each request, as JSON of SearchArticlesRequest: {\"pageSize\": 50}")
      ->needs(queries);
  app.add_option("--mix", options.mix, "File with classes of queries, in place of --queries")
      ->check(CLI::ExistingFile)
      ->excludes(queries);
}

void AddHow(CLI::App& app, LoadOptions& options) {
  auto* callers = app.add_option("--callers", options.closed.callers,
                                 "Closed loop: searches under way at a time")
                      ->capture_default_str()
                      ->check(CLI::Range(1, 10000));
  auto* rates = app.add_option("--rate", options.rates,
                               "Open loop: searches a second; several, parted by commas, are "
                               "measured one after the other")
                    ->delimiter(',')
                    ->check(CLI::PositiveNumber)
                    ->excludes(callers);
  app.add_flag("--constant", options.constant,
               "Open loop: searches evenly spaced, not at random (Poisson)")
      ->needs(rates);
  app.add_option("--seed", options.open.seed, "Open loop: of the random times")
      ->capture_default_str()
      ->needs(rates);
  app.add_option("--channels", options.target.channels, "Connections; calls take them in turn")
      ->capture_default_str()
      ->check(CLI::Range(1, 1000));
  auto* seconds = app.add_option("--seconds", options.window.seconds, "How long to measure")
                      ->capture_default_str()
                      ->check(CLI::PositiveNumber);
  app.add_option("--count", options.closed.count,
                 "Closed loop: how many calls to measure, in place of --seconds")
      ->check(CLI::PositiveNumber)
      ->excludes(seconds)
      ->excludes(rates);
  app.add_option("--warmup", options.window.warmup_seconds, "Seconds of calls before the measuring")
      ->capture_default_str()
      ->check(CLI::NonNegativeNumber);
  app.add_option("--deadline", options.target.deadline_seconds, "Seconds that a call may take")
      ->capture_default_str()
      ->check(CLI::PositiveNumber);
  app.add_flag("--json", options.json, "Print a line of JSON for each load, with its histogram");
}

absl::StatusOr<QueryMix> ReadWhat(const LoadOptions& options) {
  if (!options.mix.empty()) return ReadMix(options.mix);
  if (!options.queries.empty()) return ReadQueries(options.queries, options.request);
  return absl::InvalidArgumentError("give --queries or --mix");
}

// Whether anything was answered.
bool Print(const Measurement& measurement, bool json) {
  if (json) {
    std::cout << JsonLine(measurement) << std::endl;
  } else {
    std::cout << TableRows(measurement) << std::flush;
  }
  return measurement.All().latency.count() > 0;
}

bool RunAll(const LoadOptions& options, const QueryMix& mix) {
  if (!options.json) std::cout << TableHead() << std::flush;
  if (options.rates.empty()) {
    return Print(RunClosedLoop(options.target, mix, options.window, options.closed), options.json);
  }
  bool answered = true;
  OpenLoop loop = options.open;
  if (options.constant) loop.kind = ArrivalKind::kConstant;
  for (const double rate : options.rates) {
    loop.per_second = rate;
    answered &= Print(RunOpenLoop(options.target, mix, options.window, loop), options.json);
  }
  return answered;
}

}  // namespace

int Main(int argc, char** argv) {
  CLI::App app(kAbout, "broadsheet-load");
  LoadOptions options;
  AddWhat(app, options);
  AddHow(app, options);
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return app.exit(error) == 0 ? 0 : 2;
  }
  const absl::StatusOr<QueryMix> mix = ReadWhat(options);
  if (!mix.ok()) {
    std::cerr << absl::StrCat("broadsheet-load: ", mix.status().message(), "\n");
    return 2;
  }
  if (RunAll(options, *mix)) return 0;
  std::cerr << absl::StrCat("broadsheet-load: ", options.target.server, " answered nothing\n");
  return 1;
}

}  // namespace broadsheet::bench

int main(int argc, char** argv) { return broadsheet::bench::Main(argc, argv); }
