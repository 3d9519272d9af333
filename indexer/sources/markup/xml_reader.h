// SPDX-License-Identifier: GPL-3.0-or-later
// Reads XML of any size record by record: a feed item by item, a news message newsItem by newsItem.
//
// Safe against hostile documents: it loads nothing but the input, never expands entities that the
// document declares (they stay as written, "&name;"; those of HTML are known), and bounds the bytes
// and depth of records.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "indexer/sources/input/input.h"
#include "indexer/sources/markup/element.h"

namespace broadsheet::sources::markup {

// A larger record is not an article. Twice the largest article, for markup.
inline constexpr size_t kMaxRecordBytes = 16 << 20;

struct XmlOptions {
  // Whether `element`, whose attributes are known but not its content, is a record; `parent` is
  // null for the root.
  std::function<bool(const Element& element, const Element* parent)> is_record;
  // Continues after ill-formed XML as well as possible; otherwise the reading ends there.
  bool recover = false;
  size_t max_record_bytes = kMaxRecordBytes;
};

struct XmlRecord {
  std::unique_ptr<Element> element;
  // The document without its records, as far as it was read: the channel around an item. Null when
  // the record is the root. Valid during the call.
  const Element* around = nullptr;
  uint64_t byte_offset = 0;
  // The error of a record that is too large, of which `element` has only the start; else OK.
  absl::Status usable;
};

// An error ends the reading.
using XmlRecordSink = std::function<absl::Status(XmlRecord&&)>;

struct XmlOutcome {
  // The first error of the document, OK when it is well-formed to its end; and the place of the
  // error.
  absl::Status well_formed;
  uint64_t line = 0;
  uint64_t byte_offset = 0;
  // The document without its records; null when the root is a record or there is no element.
  std::unique_ptr<Element> around;
};

// Reads `input` to its end or its first fatal error. The only errors returned are those of the sink
// and CANCELLED; errors of the document are in the outcome.
absl::StatusOr<XmlOutcome> ReadXml(Input& input, const XmlOptions& options,
                                   const XmlRecordSink& records);

}  // namespace broadsheet::sources::markup
