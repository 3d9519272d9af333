// SPDX-License-Identifier: GPL-3.0-or-later
// What broadsheetd can be told: each member is an option of the command line, and its comment there
// is the help text's long form.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>

#include "absl/time/time.h"
#include "engine/query/rank/ranking_profile.h"
#include "engine/query/syntax/limits.h"
#include "server/generations/generation_manager.h"

namespace broadsheet::server {

struct ServerOptions {
  // --index, or the environment's BROADSHEET_INDEX: the folder of the index. Required.
  std::string index;
  // --listen: HOST:PORT, [IPV6]:PORT or unix:PATH; port 0 = any free one.
  std::string listen = "127.0.0.1:6460";
  // --insecure: other machines may connect, unencrypted and unauthenticated.
  bool insecure = false;
  // --reflection, --no-reflection: whether the server describes its API to tools such as grpcurl.
  // Not stated: on loopback only.
  std::optional<bool> reflection;
  // --writable: take writes (broadsheet.v1.ArticleService). The server then holds the index's lock.
  bool writable = false;
  // --wait-for-index: start without a readable index, and serve once one is published.
  bool wait_for_index = false;

  // --max-connections: connections open at a time; more are hung up on. Fewer where the limit of
  // open files leaves no room for so many. Raising it takes memory, some 20 KB for one that is
  // idle.
  size_t max_connections = 4096;
  // --threads: searches run at a time; 0 = one for each core.
  size_t threads = 0;
  // --queue: calls that may wait for a thread before more are refused. Raising it turns refusals
  // into waiting.
  size_t queue = 128;
  // --deadline: the longest a call may take, whatever its caller allows.
  absl::Duration max_deadline = absl::Seconds(10);
  // --drain: how long running calls may go on after SIGTERM.
  absl::Duration drain = absl::Seconds(10);
  // --check-rate: MB a second at which a generation is read in the background, once it is served,
  // to compare it with its checksums; 0 = not at all. Raising it finds damage sooner and takes more
  // of the disk from searches.
  uint64_t check_rate = 50;
  // --log-queries: slow queries are logged with their text. Off, for what people search for is
  // their own affair.
  bool log_queries = false;
  // --max-...: what one query may ask for.
  query::Limits limits;
  // --recency-half-life, --recency-cap: what the ranking profile "recent" does.
  query::RankingOptions ranking;

  // --rebuild-threads, --rebuild-memory: what a rebuild on the server takes beside searches.
  GenerationManagerOptions generations;

  // Not on the command line.
  int max_search_bytes = 64 << 10;
  int max_write_bytes = 16 << 20;
  absl::Duration slow_call = absl::Seconds(1);
};

// Options, or the status to exit with when there is nothing to run: 0 after --help or --version
// (printed to standard output), 2 after a mistake (explained on standard error).
struct CommandLine {
  std::optional<ServerOptions> options;
  int exit_status = 0;
};

CommandLine ParseCommandLine(int argc, const char* const* argv);

}  // namespace broadsheet::server
