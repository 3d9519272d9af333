// SPDX-License-Identifier: GPL-3.0-or-later
// The options of broadsheetd. Each member is an option of the command line; its comment is the long
// form of the help text.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "absl/time/time.h"
#include "engine/query/rank/ranking_profile.h"
#include "engine/query/syntax/limits.h"
#include "server/admission/server_certificate.h"
#include "server/base/log_line.h"
#include "server/generations/generation_manager.h"

namespace broadsheet::server {

struct ServerOptions {
  // --index, or the environment's BROADSHEET_INDEX: the folder of the index. Required.
  std::string index;
  // --listen, may be given several times: HOST:PORT, [IPV6]:PORT or unix:PATH; port 0 = any free
  // one.
  std::vector<std::string> listen = {"127.0.0.1:6460"};
  // --socket-mode: who may connect to Unix sockets, as far as their folders let them.
  unsigned socket_mode = 0660;
  // --tls-cert, --tls-key, --tls-client-ca: PEM files. With them TCP addresses speak TLS alone;
  // Unix sockets never do. All empty: no TLS.
  CertificateFiles tls;
  // --metrics: where figures for Prometheus are served over HTTP, written as --listen is; empty =
  // nowhere.
  std::string metrics = {};
  // --insecure: other machines may connect, unencrypted and unauthenticated.
  bool insecure = false;
  // --tokens: the file of callers and the hashes of their tokens, which `broadsheet-indexer token`
  // writes; read anew when it changes. Empty: whoever can connect may do everything.
  std::string tokens;
  // --trust-front: a front before the Unix socket tells in x-broadsheet-identity whom it let in.
  bool trust_front = false;
  // --reflection, --no-reflection: whether the server describes its API to tools such as grpcurl.
  // Not stated: on loopback only, and not where --tokens says who may call.
  std::optional<bool> reflection;
  // --writable: take writes (broadsheet.v1.ArticleService). The server then holds the index's lock.
  bool writable = false;
  // --wait-for-index: start without a readable index, and serve once one is published.
  bool wait_for_index = false;

  // --max-connections: connections open at a time; further ones are closed at once. Fewer if the
  // limit of open files does not allow as many. An idle connection takes some 20 KB of memory.
  size_t max_connections = 4096;
  // --max-connections-per-address: of those, how many from one address on another machine.
  size_t max_connections_per_address = 256;
  // --answer-memory: memory for answers that callers have not taken yet. When it is full, the
  // slowest of them are cut off, and in any case after a minute.
  size_t answer_memory_bytes = size_t{256} << 20;
  // --threads: searches run at a time; 0 = one for each core.
  size_t threads = 0;
  // --queue: calls that may wait for a thread before more are refused. A larger value turns
  // refusals into waiting.
  size_t queue = 128;
  // --deadline: the longest a call may take, whatever its caller allows.
  absl::Duration max_deadline = absl::Seconds(10);
  // --max-streams: exports and streams of queries to count that are open at a time; further ones
  // are refused. Each takes up to 1 MB of memory when its caller is slow.
  size_t max_streams = 64;
  // --stream-idle: how long such a stream may go on without its caller reading or sending anything.
  // What is under way holds several MB, which a slow caller takes its time over: with a smaller
  // value it is cut off.
  absl::Duration stream_idle = absl::Seconds(300);
  // --answer-cache: memory for answers to searches that are asked again; 0 = none is kept.
  size_t answer_cache_bytes = 64 << 20;
  // --synonyms: a file of words that mean the same (engine/query/syntax/synonyms.h), read again
  // when it changes; empty = none.
  std::string synonyms;
  // --drain: how long running calls may go on after SIGTERM.
  absl::Duration drain = absl::Seconds(10);
  // --check-rate: MB a second at which a generation is read in the background, once it is served,
  // to compare it with its checksums; 0 = not at all. A larger value finds damage sooner and leaves
  // less of the disk to searches.
  uint64_t check_rate = 50;
  // --log-format: whether the log is text for people or JSON for programs; also of --access-log.
  LogFormat log_format = LogFormat::kText;
  // --access-log: a file that gets a line for each call; empty = none.
  std::string access_log = {};
  // --query-log: a file that gets a line for each search, with its words and without its caller;
  // empty = none, to protect the privacy of searchers.
  std::string query_log = {};
  // --slow-call: calls that take longer are logged, with the shape of their query.
  absl::Duration slow_call = absl::Seconds(1);
  // --log-queries: slow queries are logged with their text. Off by default, to protect the privacy
  // of searchers.
  bool log_queries = false;
  // --max-...: limits of one query.
  query::Limits limits;
  // --recency-half-life, --recency-cap: parameters of the ranking profile "recent".
  query::RankingOptions ranking;

  // --rebuild-threads, --rebuild-memory: resources of a rebuild on the server.
  GenerationManagerOptions generations;

  // Not on the command line.
  int max_search_bytes = 64 << 10;
  // A text to find similar articles for, and what else its request has.
  int max_similar_bytes = 320 << 10;
  int max_write_bytes = 16 << 20;
};

// The options; or, if the server must not run, the exit status: 0 after --help or --version
// (printed to standard output), 2 after a mistake (explained on standard error).
struct CommandLine {
  std::optional<ServerOptions> options;
  int exit_status = 0;
  // --check-config: say whether the server could start, and do not.
  bool check_only = false;
  // --config: the file that settings were read from; empty = none.
  std::string config_file = {};
  // The options that were given a value, on the command line, in the environment or in the file.
  std::map<std::string, std::string> given = {};
};

// What the command line says holds; then the environment, and then the file of --config.
CommandLine ParseCommandLine(int argc, const char* const* argv);

}  // namespace broadsheet::server
