// SPDX-License-Identifier: GPL-3.0-or-later
// A generation on disk, in the API's words.
#pragma once

#include "broadsheet/v1/admin_service.pb.h"
#include "engine/storage/index/generations.h"
#include "engine/storage/index/layout.h"

namespace broadsheet::server {

// Counts what was written to it, which opens it.
v1::Generation MakeGeneration(const storage::GenerationInfo& info, const storage::Layout& layout);

}  // namespace broadsheet::server
