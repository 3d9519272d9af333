// SPDX-License-Identifier: GPL-3.0-or-later
// The rooms of the house, as ARCHITECTURE.md tells of them. A room is a folder of sources; one that
// is added gets a row here and a sentence there.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace broadsheet::testing {

// In order: a file includes files of its own room and of rooms above it in its list, and of the
// engine's where it is a program's.
inline const std::vector<std::string> kEngineRooms = {
    "engine/base",
    "engine/tls",
    "engine/text",
    "engine/schema",
    "engine/access",
    "engine/xapian",
    "engine/storage/index",
    "engine/storage/table",
    "engine/storage/columns",
    "engine/storage/vocabulary",
    "engine/storage/copies",
    "engine/storage/base",
    "engine/storage/live",
    "engine/storage/check",
    "engine/storage/backup",
    "engine/weights",
    "engine/copies",
    // Neither of these two includes the other.
    "engine/indexing/document",
    "engine/indexing/sort",
    "engine/indexing/bulk",
    "engine/indexing/live",
    "engine/indexing/publish",
    "engine/query/syntax",
    "engine/query/positions",
    "engine/query/match",
    "engine/query/compile",
    "engine/query/rank",
    "engine/query/similar",
    "engine/query/highlight",
    "engine/query/aggregate",
    "engine/query/copies",
    "engine/query/complete",
    "engine/query/plan",
    "engine/query/encoding",
    "engine/query",
};
inline const std::vector<std::string> kIndexerRooms = {
    "indexer/sources/input",
    "indexer/sources/wording",
    "indexer/sources/wording/people",
    "indexer/sources/article",
    "indexer/sources/markup",
    "indexer/sources/json",
    "indexer/sources/xml",
    "indexer/sources/plain_text/lines",
    "indexer/sources/plain_text/foreign",
    "indexer/sources/plain_text",
    "indexer/sources/html/tree",
    "indexer/sources/html/metadata",
    "indexer/sources/html/pictures",
    "indexer/sources/html/titles",
    "indexer/sources/html/visible",
    "indexer/sources/html",
    "indexer/sources/warc",
    "indexer/sources",
    "indexer/commands/shared",
    "indexer/commands/report",
    "indexer/commands/ingest",
    "indexer/commands/upkeep",
    "indexer/commands",
    "indexer",
};
// What all programs do with the arguments they are given. Sees kArgumentsSee alone.
inline const std::vector<std::string> kSharedRooms = {"arguments"};
inline const std::vector<std::string> kArgumentsSee = {"engine/base/shell_word.h", "engine/tls/"};
inline const std::vector<std::string> kServerRooms = {
    "server/base",        "server/figures",    "server/access",
    "server/generations", "server/admission",  "server/http",
    "server/services",    "server/monitoring", "server",
};
// Sees proto/ and kClientSees only.
inline const std::vector<std::string> kClientRooms = {
    "client/view", "client/session", "client/request", "client/top", "client/commands", "client",
};

// All that the client includes of the engine: what knows nothing of an index.
inline const std::vector<std::string> kClientSees = {
    "engine/base/bearer_token.h", "engine/base/hidden_mark.h", "engine/base/shell_word.h",
    "engine/base/standard_output.h", "engine/tls/"};

// Sees proto/ and kDeskSees.
inline const std::vector<std::string> kDeskRooms = {
    "desk/http", "desk/calls", "desk/pages", "desk/door", "desk",
};

// All that the desk includes of others: what knows nothing of an index; how what a person asks
// becomes a request, and how an article becomes words.
inline const std::vector<std::string> kDeskSees = {"engine/base/allocator.h",
                                                   "engine/base/bearer_token.h",
                                                   "engine/base/file_descriptor.h",
                                                   "engine/base/mutex.h",
                                                   "engine/base/standard_output.h",
                                                   "engine/base/steady_time.h",
                                                   "engine/tls/channel_security.h",
                                                   "client/request/",
                                                   "client/session/channel_protection.h",
                                                   "client/view/"};

// The folder of a source file, which is its room.
inline std::string RoomOf(std::string_view path) {
  return std::string(path.substr(0, path.rfind('/')));
}

}  // namespace broadsheet::testing
