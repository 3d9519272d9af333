// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/options.h"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <cstdint>
#include <iostream>
#include <map>
#include <utility>
#include <vector>

#include "absl/strings/str_join.h"
#include "arguments/mistyped.h"
#include "server/base/version.h"
#include "server/config_file.h"

namespace broadsheet::server {
namespace {

constexpr int kUsageError = 2;

// What is parsed into before it has its final type.
struct RawOptions {
  double deadline_seconds = 10;
  double drain_seconds = 10;
  double stream_idle_seconds = 300;
  double slow_call_seconds = 1;
  double half_life_days = 30;
  uint32_t rebuild_megabytes = 400;
  uint32_t answer_cache_megabytes = 64;
  uint32_t answer_memory_megabytes = 256;
  std::string socket_mode = "0660";
  bool reflection = false;
};

// 0600, 660, 0666: connecting to a socket is writing to it.
CLI::Validator SocketMode() {
  const auto check = [](std::string& text) {
    const bool octal = !text.empty() && text.size() <= 4 &&
                       text.find_first_not_of("01234567") == std::string::npos;
    const bool right = octal && (std::stoul(text, nullptr, 8) & ~0666UL) == 0;
    return right ? std::string() : "a mode such as 0660 is expected";
  };
  return {check, "", "mode"};
}

void AddServing(CLI::App& app, ServerOptions& options, RawOptions& raw) {
  app.add_option("--index", options.index, "Folder of the index")
      ->envname("BROADSHEET_INDEX")
      ->required()
      ->type_name("DIR");
  app.add_option("--listen", options.listen,
                 "HOST:PORT or unix:PATH; port 0 = any free one. May be given several times")
      ->capture_default_str()
      ->allow_extra_args(false)
      ->type_name("ADDR");
  app.add_option("--metrics", options.metrics,
                 "Serve figures for Prometheus at http://ADDR/metrics [nowhere]")
      ->type_name("ADDR");
  app.add_option("--socket-mode", raw.socket_mode,
                 "Mode of Unix sockets, in octal: who may connect, as far as the folder lets them")
      ->capture_default_str()
      ->check(SocketMode())
      ->type_name("MODE");
  app.add_flag("--insecure", options.insecure,
               "Let other machines connect, unencrypted and unauthenticated");
  CLI::Option* tokens =
      app.add_option("--tokens", options.tokens,
                     "Who may call and do what, as `broadsheet-indexer token` writes it; read anew "
                     "when it changes [whoever can connect may do everything]")
          ->type_name("FILE");
  app.add_flag("--trust-front", options.trust_front,
               "Believe what the front before the Unix socket tells of its callers, in "
               "x-broadsheet-identity")
      ->needs(tokens);
  app.add_flag("--reflection,!--no-reflection", raw.reflection,
               "Describe the API to tools such as grpcurl [on loopback only, without --tokens]");
  CLI::Option* writable = app.add_flag(
      "--writable", options.writable, "Take articles over the API too; nobody else may write then");
  app.add_option("--synonyms", options.synonyms,
                 "Words that mean the same, a line each: `usa, united states`; read again when it "
                 "changes")
      ->type_name("FILE");
  app.add_flag("--wait-for-index", options.wait_for_index,
               "Start without a readable index; serve once one is published")
      ->excludes(writable);
}

void AddTls(CLI::App& app, CertificateFiles& files) {
  const auto add = [&](const char* name, std::string& file, const char* help) {
    return app.add_option(name, file, help)->type_name("FILE")->group("TLS, on TCP addresses");
  };
  CLI::Option* certificate = add("--tls-cert", files.certificate,
                                 "Certificate of this server, and those above it, as PEM; files "
                                 "are read again when they change, and on SIGHUP");
  CLI::Option* key = add("--tls-key", files.key, "Its private key, as PEM");
  certificate->needs(key);
  key->needs(certificate);
  add("--tls-client-ca", files.client_authorities,
      "Take only clients that show a certificate of these authorities (PEM)")
      ->needs(certificate);
}

void AddCapacity(CLI::App& app, ServerOptions& options, RawOptions& raw) {
  app.add_option("--max-connections", options.max_connections,
                 "Connections open at a time; fewer where the limit of open files is lower")
      ->capture_default_str()
      ->check(CLI::Range(1, 1000000));
  app.add_option("--max-connections-per-address", options.max_connections_per_address,
                 "Of those, how many from one address on another machine")
      ->capture_default_str()
      ->check(CLI::Range(1, 1000000));
  app.add_option("--answer-memory", raw.answer_memory_megabytes,
                 "Memory for answers that callers have not taken yet, in MB; when it is full, the "
                 "slowest of them are cut off, and in any case after a minute")
      ->capture_default_str()
      ->check(CLI::Range(64, 1'000'000));
  app.add_option("--threads", options.threads, "Searches run at a time; 0 = one for each core")
      ->capture_default_str()
      ->check(CLI::Range(0, 1024));
  app.add_option("--queue", options.queue, "Calls that may wait before more are refused")
      ->capture_default_str()
      ->check(CLI::Range(1, 1000000));
  app.add_option("--answer-cache", raw.answer_cache_megabytes,
                 "Memory for answers to searches that are asked again, in MB; 0 = keep none")
      ->capture_default_str()
      ->check(CLI::Range(0, 1'000'000));
  app.add_option("--deadline", raw.deadline_seconds, "Longest a call may take, in seconds")
      ->capture_default_str()
      ->check(CLI::Range(0.001, 3600.0));
  app.add_option("--max-streams", options.max_streams,
                 "Exports and streams of queries open at a time")
      ->capture_default_str()
      ->check(CLI::Range(1, 100000));
  app.add_option("--stream-idle", raw.stream_idle_seconds,
                 "How long such a stream waits for a caller that does nothing, in seconds")
      ->capture_default_str()
      ->check(CLI::Range(0.1, 86400.0));
  app.add_option("--drain", raw.drain_seconds,
                 "How long running calls may go on after SIGTERM, in seconds")
      ->capture_default_str()
      ->check(CLI::Range(0.0, 3600.0));
  app.add_option("--check-rate", options.check_rate,
                 "MB a second to read, in the background, of what is newly served, to compare it "
                 "with its checksums; 0 = do not")
      ->capture_default_str()
      ->check(CLI::Range(0, 100000));
}

void AddRebuild(CLI::App& app, ServerOptions& options, RawOptions& raw) {
  app.add_option("--rebuild-threads", options.generations.rebuild_threads,
                 "Threads of a rebuild; 0 = half of the cores")
      ->capture_default_str()
      ->check(CLI::Range(0, 1024))
      ->group("Rebuild on a writable server");
  app.add_option("--rebuild-memory", raw.rebuild_megabytes, "Memory of a rebuild, in MB")
      ->capture_default_str()
      ->check(CLI::Range(16, 1'000'000))
      ->group("Rebuild on a writable server");
}

void AddLimits(CLI::App& app, query::Limits& limits) {
  app.add_option("--max-query-bytes", limits.max_query_bytes, "Longest query")
      ->capture_default_str()
      ->check(CLI::Range(1, 60000))
      ->group("Limits of one query");
  app.add_option("--max-query-terms", limits.max_written_terms, "Most words in a query")
      ->capture_default_str()
      ->check(CLI::Range(1, 10000))
      ->group("Limits of one query");
  app.add_option("--max-expanded-terms", limits.max_expanded_leaves,
                 "Most terms after wildcards and word forms")
      ->capture_default_str()
      ->check(CLI::Range(1, 100000))
      ->group("Limits of one query");
  app.add_option("--max-page-size", limits.max_page_size, "Most hits on a page")
      ->capture_default_str()
      ->check(CLI::Range(1, 10000))
      ->group("Limits of one query");
}

void AddRanking(CLI::App& app, query::RankingOptions& ranking, RawOptions& raw) {
  app.add_option("--recency-half-life", raw.half_life_days,
                 "Days until an article has lost half of what being new gave it")
      ->capture_default_str()
      ->check(CLI::Range(0.001, 100000.0))
      ->group("Ranking profile \"recent\"");
  app.add_option("--recency-cap", ranking.recency_cap,
                 "The most that being new gives; 1 = as much as one mention of each word")
      ->capture_default_str()
      ->check(CLI::Range(0.0, 1000.0))
      ->group("Ranking profile \"recent\"");
}

void AddLogs(CLI::App& app, ServerOptions& options, RawOptions& raw) {
  static const std::map<std::string, LogFormat> kFormats = {{"text", LogFormat::kText},
                                                            {"json", LogFormat::kJson}};
  app.add_option("--log-format", options.log_format, "text, or json for programs [text]")
      ->transform(CLI::CheckedTransformer(kFormats).description(""))
      ->type_name("FORMAT")
      ->group("Logs");
  app.add_option("--access-log", options.access_log, "Append a line to this file for each call")
      ->type_name("FILE")
      ->group("Logs");
  app.add_option("--query-log", options.query_log,
                 "Append a line to this file for each search: its words, the hour, and nothing of "
                 "who asked")
      ->type_name("FILE")
      ->group("Logs");
  app.add_option("--slow-call", raw.slow_call_seconds,
                 "Log calls that take longer, in seconds, with the shape of their query")
      ->capture_default_str()
      ->check(CLI::Range(0.0, 3600.0))
      ->group("Logs");
  app.add_flag("--log-queries", options.log_queries, "Log slow queries with their text")
      ->group("Logs");
}

void AddConfig(CLI::App& app, std::string& config_file, bool& check_only) {
  app.add_option("--config", config_file,
                 "Read settings from this TOML file, named as these options; the command line "
                 "wins over it")
      ->type_name("FILE");
  app.add_flag("--check-config", check_only, "Say whether the server could start so, and exit");
}

// The options, and what they are parsed into.
struct DeclaredOptions {
  DeclaredOptions()
      : app("broadsheetd: answers searches from a Broadsheet index over gRPC", "broadsheetd") {
    app.set_version_flag("--version", "broadsheetd " + std::string(kVersion));
    AddServing(app, options, raw);
    AddTls(app, options.tls);
    AddConfig(app, config_file, check_only);
    AddCapacity(app, options, raw);
    AddLogs(app, options, raw);
    AddRebuild(app, options, raw);
    AddLimits(app, options.limits);
    AddRanking(app, options.ranking, raw);
  }
  DeclaredOptions(const DeclaredOptions&) = delete;
  DeclaredOptions& operator=(const DeclaredOptions&) = delete;

  void Parse(const std::vector<std::string>& arguments) {
    std::vector<const char*> argv;
    for (const std::string& each : arguments) argv.push_back(each.c_str());
    app.parse(static_cast<int>(argv.size()), argv.data());
  }
  // What is wrong with these arguments, whatever others there may be; "" for nothing.
  std::string MistakeIn(std::vector<std::string> arguments) {
    app.get_option("--index")->required(false);
    arguments.insert(arguments.begin(), "broadsheetd");
    try {
      Parse(arguments);
    } catch (const CLI::RequiresError&) {
      // What it takes besides may come from elsewhere.
      return "";
    } catch (const CLI::ParseError& error) {
      return error.what();
    }
    return "";
  }

  CLI::App app;
  ServerOptions options;
  RawOptions raw;
  std::string config_file;
  bool check_only = false;
};

// Whether `setting` is said, or ruled out, by what `given` has from elsewhere.
bool IsOverruled(const FileSetting& setting, const CLI::App& given) {
  const CLI::Option* option = given.get_option(setting.option);
  if (option->count() > 0) return true;
  const auto excluded = option->get_excludes();
  return std::any_of(excluded.begin(), excluded.end(),
                     [](const CLI::Option* other) { return other->count() > 0; });
}

// `arguments`, with those of the file that they name. Nothing is added when they cannot be parsed:
// whoever parses them next says why. The mistakes of the file, each a line; empty = none.
std::vector<std::string> AddFromFile(std::vector<std::string>& arguments) {
  DeclaredOptions given;
  if (!given.MistakeIn({arguments.begin() + 1, arguments.end()}).empty()) return {};
  if (given.config_file.empty()) return {};
  const ConfigFile file = ReadConfigFile(given.config_file, given.app, [](const auto& setting) {
    return DeclaredOptions().MistakeIn(setting);
  });
  auto place = arguments.begin() + 1;
  for (const FileSetting& setting : file.settings) {
    if (IsOverruled(setting, given.app)) continue;
    place = arguments.insert(place, setting.arguments.begin(), setting.arguments.end());
    place += static_cast<std::ptrdiff_t>(setting.arguments.size());
  }
  return file.mistakes;
}

std::map<std::string, std::string> GivenValues(const CLI::App& app) {
  std::map<std::string, std::string> values;
  for (const CLI::Option* option : app.get_options()) {
    if (option->count() == 0) continue;
    values[option->get_name()] = absl::StrJoin(option->results(), ",");
  }
  return values;
}

// Gives what was parsed its final type.
void Convert(const CLI::App& app, const RawOptions& raw, ServerOptions& options) {
  if (app.count("--reflection") > 0) options.reflection = raw.reflection;
  options.max_deadline = absl::Seconds(raw.deadline_seconds);
  options.generations.rebuild_memory_bytes = static_cast<uint64_t>(raw.rebuild_megabytes) << 20;
  options.stream_idle = absl::Seconds(raw.stream_idle_seconds);
  options.slow_call = absl::Seconds(raw.slow_call_seconds);
  options.answer_cache_bytes = size_t{raw.answer_cache_megabytes} << 20;
  options.answer_memory_bytes = size_t{raw.answer_memory_megabytes} << 20;
  options.socket_mode = static_cast<unsigned>(std::stoul(raw.socket_mode, nullptr, 8));
  options.drain = absl::Seconds(raw.drain_seconds);
  options.ranking.recency_half_life = absl::Hours(24) * raw.half_life_days;
}

}  // namespace

CommandLine ParseCommandLine(int argc, const char* const* argv) {
  std::vector<std::string> arguments(argv, argv + argc);
  const std::vector<std::string> mistakes = AddFromFile(arguments);
  for (const std::string& mistake : mistakes) std::cerr << "broadsheetd: " << mistake << '\n';
  if (!mistakes.empty()) return {.options = std::nullopt, .exit_status = kUsageError};
  DeclaredOptions declared;
  try {
    declared.Parse(arguments);
  } catch (const CLI::ParseError& error) {
    const bool asked = arguments::ReportEnd(declared.app, error, std::cout, std::cerr);
    return {.options = std::nullopt, .exit_status = asked ? 0 : kUsageError};
  }
  Convert(declared.app, declared.raw, declared.options);
  return {.options = std::move(declared.options),
          .exit_status = 0,
          .check_only = declared.check_only,
          .config_file = declared.config_file,
          .given = GivenValues(declared.app)};
}

}  // namespace broadsheet::server
