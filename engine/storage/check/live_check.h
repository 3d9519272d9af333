// SPDX-License-Identifier: GPL-3.0-or-later
// Checks that live/ of a generation is consistent, by itself and with base/. MANIFEST has no
// checksums of live/, because live/ changes.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "engine/storage/base/generation.h"

namespace broadsheet::storage {

// Runs Xapian's own check, and checks that each document has an Article, is found by its id and no
// other id, and supersedes the document of base/ with its id; and that each tombstone supersedes a
// document of base/. Empty when there is no live/. A writer may go on meanwhile: a check that a
// commit overtook begins again; ABORTED when that keeps happening. CANCELLED when `cancelled` (may
// be empty) returns true. Returns the faults, one line each, naming live/.
absl::StatusOr<std::vector<std::string>> CheckLive(
    const std::shared_ptr<const Generation>& generation, const std::function<bool()>& cancelled);

}  // namespace broadsheet::storage
