// SPDX-License-Identifier: GPL-3.0-or-later
// Makes the source that reads a format.
#pragma once

#include <memory>

#include "indexer/sources/article/source.h"
#include "indexer/sources/detect.h"
#include "indexer/sources/json/field_map.h"

namespace broadsheet::sources {

struct SourceOptions {
  // For JSON lines with foreign names. Must outlive the source; may be null.
  const FieldMap* map = nullptr;
  SourceHooks hooks = {};
};

// `format` is not kAuto. The source adds to `counts`, which must outlive it.
std::unique_ptr<ArticleSource> MakeSource(Format format, const SourceOptions& options,
                                          ReadCounts* counts);

}  // namespace broadsheet::sources
