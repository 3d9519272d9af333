// SPDX-License-Identifier: GPL-3.0-or-later
// Generations and the work on them, for a person. Each text ends its lines.
#pragma once

#include <string>
#include <string_view>

#include "broadsheet/v1/admin_service.pb.h"

namespace broadsheet::client {

// One line each, newest first.
std::string GenerationList(const v1::ListGenerationsResponse& response);

// What is published now, and what that cost.
std::string PublishedText(const v1::Generation& published, int discarded_writes);

std::string PrunedText(const v1::PruneGenerationsResponse& response);

// Where an operation stands: "operation 5f...: analysing, 12000 of 72644 articles". `publish` is
// how the command begins that publishes a generation: "broadsheet admin publish".
std::string OperationText(const v1::Operation& operation, std::string_view publish);

// The step alone, without a line end: "analysing, 12000 of 72644 articles".
std::string ProgressText(const v1::OperationProgress& progress);

}  // namespace broadsheet::client
