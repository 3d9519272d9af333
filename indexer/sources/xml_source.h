// SPDX-License-Identifier: GPL-3.0-or-later
// What the sources of XML formats have in common: their records, one by one, and a reject with its
// place for what cannot be used.
#pragma once

#include <functional>

#include "absl/status/status.h"
#include "indexer/sources/markup/xml_reader.h"
#include "indexer/sources/source.h"

namespace broadsheet::sources {

// Reads one record into `article`. INVALID_ARGUMENT makes it a reject; false means that it is
// rightly no article and was counted as passed over.
using XmlRecordReader =
    std::function<absl::StatusOr<bool>(const markup::XmlRecord& record, v1::Article* article)>;

// Reads all records of `input`. What is not well-formed is a reject, as is a document in which
// `options` finds no record at all, for the reason `none` ("no <item> in it").
absl::Status ReadXmlArticles(Input& input, const markup::XmlOptions& options,
                             const XmlRecordReader& read, const char* none,
                             const ArticleSink& articles, const RejectSink& rejects);

}  // namespace broadsheet::sources
