// SPDX-License-Identifier: GPL-3.0-or-later
// Errors about an index, for the person who keeps it. The message of such a Status says what is
// wrong and where; its payload has the reason. Each program says what to do about it, because it
// knows its own commands: remedy.cc of the program is a table from reason to advice.
//
// A fault is not an error of the API (error.h): ErrorReason() returns "" for it, so a server does
// not send its message, which names files, to callers.
//
// Everything here is safe from any thread.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"

namespace broadsheet::schema {

// A new reason needs a name in index_fault.cc and advice in remedy.cc of the indexer and the
// server.
enum class FaultReason : uint8_t {
  kNoIndex,               // there is nothing at the path
  kNotAFolder,            // there is a file at the path
  kNotAnIndex,            // the folder at the path contains something else
  kNothingPublished,      // an index in which CURRENT is missing
  kCurrentDamaged,        // CURRENT names no generation, or one that is not there
  kGenerationUnfinished,  // it has no MANIFEST
  kGenerationDamaged,     // files of its base, or its MANIFEST, are not what was written
  kOtherFormat,           // written in an index format that this program does not speak
  kEarlierFormat,         // written in an earlier index format, whose articles can still be read
  kOtherAnalyser,         // written by another version of the analyser, in our format
  kTakedownsLost,         // lines of takedowns are missing or damaged
  kTakedownsUnrecorded,   // the record is damaged, so nobody knows whether lines are missing
  kIndexLocked,           // another process writes the index
  kIndexShrinks,          // a build has less than half of the articles that are published
  kWritesUnknown,    // the writes since the last build cannot be read; the next fault may say why
  kNotABackup,       // the folder given as a backup is none
  kBackupOvertaken,  // live/ is written faster than it can be copied
  kLiveCopyDamaged,  // live/ was copied, and the copy is damaged
};

// E.g. "NO_INDEX".
std::string_view NameOf(FaultReason reason);

struct IndexFault {
  FaultReason reason = FaultReason::kNoIndex;
  // The folder of the index, as the caller named it.
  std::string index;
  // With kIndexLocked: where the process takes requests; empty when it does not.
  std::string server = {};
  bool operator==(const IndexFault&) const = default;
};

// Makes the error. `message` is a sentence without a final period that names no command or option
// of any program. If another error led to the fault, `cause` is that error: FaultsOf() returns its
// faults after this one.
absl::Status FaultError(absl::StatusCode code, const IndexFault& fault, std::string_view message,
                        const absl::Status& cause = absl::OkStatus());

// The faults in the payload of `status`, each followed by its cause; empty if there are none.
std::vector<IndexFault> FaultsOf(const absl::Status& status);
bool HasFault(const absl::Status& status, FaultReason reason);

// Returns `status` with the faults of `why` added: for errors that retell another error.
absl::Status WithFaultsOf(const absl::Status& why, absl::Status status);

// `status` with a stable reason of the API, where it is an error of storage or Xapian and has none;
// its faults stay. ABORTED, as of an index that changed under every try, becomes UNAVAILABLE.
absl::Status WithReason(const absl::Status& status);

// The type URL of the payload. Never sent to callers.
inline constexpr std::string_view kFaultsTypeUrl = "broadsheet/index_faults";

}  // namespace broadsheet::schema
