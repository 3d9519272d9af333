// SPDX-License-Identifier: GPL-3.0-or-later
// Generations and operations as text for people. Each text ends with a line end.
#pragma once

#include <string>
#include <string_view>

#include "broadsheet/v1/admin_service.pb.h"

namespace broadsheet::client {

// One line a generation, newest first.
std::string GenerationList(const v1::ListGenerationsResponse& response);

// Which generation is published now, and how many writes were discarded.
std::string PublishedText(const v1::Generation& published, int discarded_writes);

std::string PrunedText(const v1::PruneGenerationsResponse& response);

// The state of an operation: "operation 5f...: analysing, 12000 of 72644 articles". `publish` is
// the start of the command that publishes a generation: "broadsheet admin publish".
std::string OperationText(const v1::Operation& operation, std::string_view publish);

// Only the step, without a line end: "analysing, 12000 of 72644 articles".
std::string ProgressText(const v1::OperationProgress& progress);

}  // namespace broadsheet::client
