// SPDX-License-Identifier: GPL-3.0-or-later
// The source that reads a format.
#pragma once

#include <memory>

#include "indexer/sources/article/field_rule.h"
#include "indexer/sources/article/source.h"
#include "indexer/sources/detect.h"
#include "indexer/sources/json/field_map.h"

namespace broadsheet::sources {

struct SourceOptions {
  // For JSON lines: other people's names. Outlives the source; may be null.
  const FieldMap* map = nullptr;
  // Told which rule gave each field; may be empty.
  RuleSink on_rules = {};
};

// `format` is a known one, not kAuto. `counts` is added to, and outlives the source.
std::unique_ptr<ArticleSource> MakeSource(Format format, const SourceOptions& options,
                                          ReadCounts* counts);

}  // namespace broadsheet::sources
