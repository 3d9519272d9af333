// SPDX-License-Identifier: GPL-3.0-or-later
// What is wrong with an index, told to the person who keeps it. A Status made here says in its
// message what is wrong and where, and carries the reason apart from that. What to do about it is
// said by the program, which knows its own commands: each has one table from reason to advice, in a
// file called remedy.cc.
//
// This is no error of the API (error.h): ErrorReason of it is "", so that a server keeps its
// message, which names files, from callers.
//
// Everything here is safe from any thread.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"

namespace broadsheet::schema {

// One that is added gets a name in index_fault.cc, and an answer in each program's remedy.cc.
enum class FaultReason : uint8_t {
  kNoIndex,               // nothing is at the path
  kNotAFolder,            // a file is
  kNotAnIndex,            // a folder of other things is
  kNothingPublished,      // an index in which CURRENT is missing
  kCurrentDamaged,        // CURRENT names no generation, or one that is not there
  kGenerationUnfinished,  // it has no MANIFEST
  kGenerationDamaged,     // files of its base, or its MANIFEST, are not what was written
  kOtherFormat,           // written in an index format that this program does not speak
  kOtherAnalyser,         // written by another version of the analyser, in our format
  kTakedownsLost,         // lines of takedowns are missing or damaged
  kTakedownsUnrecorded,   // whether they are cannot be told, since their record is damaged
  kIndexLocked,           // another process writes the index
  kIndexShrinks,          // a build has less than half of the articles that are published
  kWritesUnknown,    // what was written since the last build cannot be told; a fault may say why
  kNotABackup,       // a folder that was to be a backup is none
  kBackupOvertaken,  // live/ is written faster than it can be copied
  kLiveCopyDamaged,  // live/ was copied, and the copy is damaged
};

// E.g. "NO_INDEX".
std::string_view NameOf(FaultReason reason);

struct IndexFault {
  FaultReason reason = FaultReason::kNoIndex;
  // The folder of the index, as it was named by whoever asked.
  std::string index;
  // With kIndexLocked: where the process takes requests; empty when it does not.
  std::string server = {};
  bool operator==(const IndexFault&) const = default;
};

// `message` is a sentence without a final period, and names no command and no option of any
// program. `cause` is the error that the fault comes of, when there is one: its faults come after
// this one in FaultsOf.
absl::Status FaultError(absl::StatusCode code, const IndexFault& fault, std::string_view message,
                        const absl::Status& cause = absl::OkStatus());

// The faults that a Status carries, each followed by the one it comes of; empty for any other.
std::vector<IndexFault> FaultsOf(const absl::Status& status);
bool HasFault(const absl::Status& status, FaultReason reason);

// `status` with the faults of `why`, of which it tells in words, or with a code, of its own.
absl::Status WithFaultsOf(const absl::Status& why, absl::Status status);

// Under which a Status carries its faults: for nobody but the program's own person to see.
inline constexpr std::string_view kFaultsTypeUrl = "broadsheet/index_faults";

}  // namespace broadsheet::schema
