// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/commands/shared/remedy.h"

#include <algorithm>
#include <vector>

#include "engine/base/shell_word.h"
#include "engine/schema/error.h"
#include "engine/schema/index_fault.h"

namespace broadsheet::commands {
namespace {

using schema::FaultReason;

// "`broadsheet-indexer rollback --index /srv/news`"; `rest` begins with a space unless it is empty.
std::string Command(const std::string& name, const std::string& index,
                    const std::string& rest = "") {
  return "`broadsheet-indexer " + name + base::ShellOption("--index", index) + rest + "`";
}

std::string RemedyOfLocked(const std::string& server) {
  if (server.empty()) return "wait for it or stop it";
  const std::string at = base::ShellOption("--server", server);
  return "stop it, or let it do the work: `broadsheet" + at +
         " admin` for generations, `broadsheet-indexer push" + at + "` for articles";
}

std::string RemedyOf(const schema::IndexFault& fault) {
  const std::string& index = fault.index;
  switch (fault.reason) {
    case FaultReason::kNoIndex:
      return "make one with " + Command("build", index, " PATH...");
    case FaultReason::kNotAFolder:
      return "name the folder that `broadsheet-indexer build --index DIR` wrote";
    case FaultReason::kNotAnIndex:
      return "make one in a new folder with `broadsheet-indexer build --index DIR PATH...`";
    case FaultReason::kNothingPublished:
      return "run " + Command("build", index, " PATH...") + ", or " +
             Command("publish", index, " --generation N") + " for one it has";
    case FaultReason::kCurrentDamaged:
      return "name one with " + Command("publish", index, " --generation N");
    case FaultReason::kGenerationUnfinished:
      return "run " + Command("build", index, " PATH...");
    case FaultReason::kGenerationDamaged:
      return "go back with " + Command("rollback", index) + ", or run `build` anew";
    case FaultReason::kOtherFormat:
      return "use the version that wrote it, or make it anew with " +
             Command("build", index, " PATH...");
    case FaultReason::kEarlierFormat:
    case FaultReason::kOtherAnalyser:
      return "run " + Command("rebuild", index);
    case FaultReason::kTakedownsLost:
      return "put back a copy that has all lines (a snapshot has one, called takedowns, too), or, "
             "when there is none, accept the loss with " +
             Command("takedown", index, " --accept-loss");
    case FaultReason::kTakedownsUnrecorded:
      return "see by a copy that it has all lines (a snapshot has one, called takedowns, too), and "
             "have them counted anew with " +
             Command("takedown", index, " --accept-loss");
    case FaultReason::kIndexLocked:
      return RemedyOfLocked(fault.server);
    case FaultReason::kIndexShrinks:
      return "check the sources, or publish it all the same with --force";
    case FaultReason::kWritesUnknown:
      return "--discard-writes goes on all the same, without what was written";
    case FaultReason::kNotABackup:
      return "name a folder that `broadsheet-indexer snapshot --index DIR --to PATH` wrote";
    case FaultReason::kBackupOvertaken:
      return "take the snapshot when there is less to write, or " + Command("compact", index) +
             " first";
    case FaultReason::kLiveCopyDamaged:
      return "see whether live/ itself is with " + Command("verify", index);
  }
  return "";
}

// Of what a server reports by the API. The engine reports the first, too.
std::string RemedyOf(const std::string& reason) {
  if (reason == "LIVE_WRITES_AT_STAKE") {
    return "carry them over with --keep-writes or lose them with --discard-writes";
  }
  if (reason == "TOKEN_MISSING") {
    return "put yours into a file and name it with --token-file FILE, or set BROADSHEET_TOKEN";
  }
  if (reason == "TOKEN_INVALID" || reason == "TOKEN_EXPIRED") {
    return "make a new one on the server with `broadsheet-indexer token new --tokens FILE NAME`";
  }
  if (reason == "ROLE_MISSING") {
    return "use the token of another caller, or add the role to this one in the server's file of "
           "callers";
  }
  return "";
}

}  // namespace

std::string Remedy(const absl::Status& status) {
  std::string remedy = RemedyOf(schema::ErrorReason(status));
  if (!remedy.empty()) return remedy;
  std::vector<schema::IndexFault> faults = schema::FaultsOf(status);
  std::reverse(faults.begin(), faults.end());
  for (const schema::IndexFault& fault : faults) {
    remedy += (remedy.empty() ? "" : "; ") + RemedyOf(fault);
  }
  return remedy;
}

std::string WithRemedy(const absl::Status& status) {
  const std::string remedy = Remedy(status);
  return std::string(status.message()) + (remedy.empty() ? "" : "; " + remedy);
}

}  // namespace broadsheet::commands
