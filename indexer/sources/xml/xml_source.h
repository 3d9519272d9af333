// SPDX-License-Identifier: GPL-3.0-or-later
// What the sources of XML formats have in common: their records, one by one, and a reject with its
// place for what cannot be used.
#pragma once

#include <functional>

#include "absl/status/status.h"
#include "indexer/sources/article/draft.h"
#include "indexer/sources/article/source.h"
#include "indexer/sources/markup/xml_reader.h"

namespace broadsheet::sources {

// Reads one record into `draft`. INVALID_ARGUMENT makes it a reject; false means that it is
// rightly no article and was counted as passed over.
using XmlRecordReader =
    std::function<absl::StatusOr<bool>(const markup::XmlRecord& record, Draft& draft)>;

struct XmlFormat {
  markup::XmlOptions options;
  XmlRecordReader read;
  // Why a document without any record is refused: "no <item> in it".
  const char* none;
};

// Reads all records of `input`. What is not well-formed is a reject, as is a document in which
// the format finds no record at all.
absl::Status ReadXmlArticles(Input& input, const XmlFormat& format, const RuleSink& on_rules,
                             const ArticleSink& articles, const RejectSink& rejects);

}  // namespace broadsheet::sources
