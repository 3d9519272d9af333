// SPDX-License-Identifier: GPL-3.0-or-later
// Summarises the records of each kind of source at the end of a run, one line a kind.
#pragma once

#include <string>
#include <vector>

#include "indexer/commands/ingest/ingest_accounts.h"
#include "indexer/sources/read_paths.h"

namespace broadsheet::commands {

// "jsonl: 1,204 read from 2 files, 1,190 indexed, 10 duplicates merged, 4 rejected (3 not valid
// JSON: ..., 1 ...)" for each format that was found, in the order of sources::Format. Input in no
// known format is the kind "other". `is_indexed` as for IngestAccounts::Finish: without it "1,200
// accepted" stands in place of what is indexed and merged.
std::vector<std::string> KindLines(const sources::PathReader& reader,
                                   const IngestAccounts& accounts, bool is_indexed);

}  // namespace broadsheet::commands
