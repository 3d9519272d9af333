// SPDX-License-Identifier: GPL-3.0-or-later
// Makes the source that reads a format.
#pragma once

#include <memory>

#include "indexer/sources/article/source.h"
#include "indexer/sources/detect.h"
#include "indexer/sources/json/field_map.h"

namespace broadsheet::sources {

struct SourceOptions {
  // For JSON lines and XML with foreign names. Must outlive the source; null unless the format is
  // kXml, for which it has a record.
  const FieldMap* map = nullptr;
  SourceHooks hooks = {};
};

// `format` is not kAuto. The source adds to `counts`, which must outlive it.
std::unique_ptr<ArticleSource> MakeSource(Format format, const SourceOptions& options,
                                          ReadCounts* counts);

}  // namespace broadsheet::sources
