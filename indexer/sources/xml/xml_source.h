// SPDX-License-Identifier: GPL-3.0-or-later
// Shared by the sources of XML formats: reads records one by one, and makes rejects of records that
// cannot be used.
#pragma once

#include <functional>
#include <memory>
#include <vector>

#include "absl/status/status.h"
#include "indexer/sources/article/draft.h"
#include "indexer/sources/article/source.h"
#include "indexer/sources/markup/xml_reader.h"

namespace broadsheet::sources {

// Reads one record into `draft`. INVALID_ARGUMENT makes the record a reject; false means that it is
// valid but not an article, and was counted as skipped.
using XmlRecordReader =
    std::function<absl::StatusOr<bool>(const markup::XmlRecord& record, Draft& draft)>;

struct XmlFormat {
  markup::XmlOptions options;
  XmlRecordReader read;
  // Why a document without any record is refused: "no <item> in it".
  const char* none;
  // Called with the drafts of many records, all of a usual feed, before they are handed over; if
  // empty, each is handed over before the next one is read.
  std::function<void(const std::vector<std::unique_ptr<Draft>>&)> settle = {};
};

// Reads all records of `input`. A record that is not whole is a loss, as is what lies behind the
// place where the input breaks off; what was mended is one warning about the document. A document
// without any record of the format is a reject.
absl::Status ReadXmlArticles(Input& input, const XmlFormat& format, const SourceHooks& hooks,
                             const ArticleSink& articles, const RejectSink& rejects);

}  // namespace broadsheet::sources
