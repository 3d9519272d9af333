// SPDX-License-Identifier: GPL-3.0-or-later
// What every subcommand is given and gives back. One file a subcommand; each adds itself to the
// command line and writes its exit status when it was the one that ran.
#pragma once

#include <CLI/CLI.hpp>
#include <functional>
#include <ostream>
#include <string>
#include <vector>

#include "absl/status/status.h"

namespace broadsheet::commands {

// Scripts depend on these.
enum ExitStatus : int {
  kAllGood = 0,
  // Done, and some records were left out: they were reported.
  kSomeRejected = 1,
  // Nothing was done: for a build, the published generation is the one it was before.
  kFailed = 2,
};

struct Io {
  std::ostream& out;
  std::ostream& err;
  // Read for the path "-".
  int standard_input = 0;
  // Then progress is drawn on one line that is written over.
  bool err_is_terminal = false;
  // True once the person wants it to stop. Asked from several threads.
  std::function<bool()> cancelled;
};

// Prints "broadsheet-indexer: <message>; <remedy>" (remedy.h) and returns kFailed.
ExitStatus Fail(const Io& io, const absl::Status& status);
// The same with what that means for the person behind it, "" for nothing: "<message>; <remedy>;
// <consequence>".
ExitStatus Fail(const Io& io, const absl::Status& status, const std::string& consequence);

// --index DIR, or the environment's BROADSHEET_INDEX.
void AddIndexOption(CLI::App& command, std::string* index);

// What stands without a name, such as PATH: each word to the letter, and behind `--` also those
// that look like an option. Whatever is a list is added by this.
CLI::Option* AddArguments(CLI::App& command, const std::string& name,
                          std::vector<std::string>* values, const std::string& help);

// A subcommand with a line for the list of all and what its own help says below the options.
CLI::App* AddCommand(CLI::App& app, const std::string& name, const std::string& brief,
                     const std::string& about);

void AddBuildCommand(CLI::App& app, const Io& io, ExitStatus* status);
void AddAddCommand(CLI::App& app, const Io& io, ExitStatus* status);
void AddPushCommand(CLI::App& app, const Io& io, ExitStatus* status);
void AddParseCommand(CLI::App& app, const Io& io, ExitStatus* status);
void AddVerifyCommand(CLI::App& app, const Io& io, ExitStatus* status);
void AddStatsCommand(CLI::App& app, const Io& io, ExitStatus* status);
void AddGenerationsCommand(CLI::App& app, const Io& io, ExitStatus* status);
void AddRebuildCommand(CLI::App& app, const Io& io, ExitStatus* status);
void AddCompactCommand(CLI::App& app, const Io& io, ExitStatus* status);
void AddPublishCommand(CLI::App& app, const Io& io, ExitStatus* status);
void AddRollbackCommand(CLI::App& app, const Io& io, ExitStatus* status);
void AddPruneCommand(CLI::App& app, const Io& io, ExitStatus* status);
void AddTakedownCommand(CLI::App& app, const Io& io, ExitStatus* status);
void AddSnapshotCommand(CLI::App& app, const Io& io, ExitStatus* status);
void AddQueriesCommand(CLI::App& app, const Io& io, ExitStatus* status);
void AddRestoreCommand(CLI::App& app, const Io& io, ExitStatus* status);
void AddTokenCommand(CLI::App& app, const Io& io, ExitStatus* status);

}  // namespace broadsheet::commands
