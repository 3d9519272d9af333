// SPDX-License-Identifier: GPL-3.0-or-later
// XML of any size, record by record: a feed item by item, a news message newsItem by newsItem.
//
// Safe against hostile documents: nothing is loaded but the input itself, entities that the
// document declares are never expanded (they stay as written, "&name;"; HTML's own are known),
// records are bounded in bytes and depth.
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

// A larger record is no article. Twice what an article may hold, for markup.
inline constexpr size_t kMaxRecordBytes = 16 << 20;

struct XmlOptions {
  // Whether `element`, whose attributes are known and whose content is not, is a record by itself;
  // `parent` is null for the root.
  std::function<bool(const Element& element, const Element* parent)> is_record;
  // Goes on after what is not well-formed, as well as it can; else the reading ends there.
  bool recover = false;
  size_t max_record_bytes = kMaxRecordBytes;
};

struct XmlRecord {
  std::unique_ptr<Element> element;
  // What the document has besides records, as far as it was read: the channel around an item. Null
  // when the record is the root. Valid during the call.
  const Element* around = nullptr;
  uint64_t byte_offset = 0;
  // Why the record cannot be used, when it is too large: then it holds only its start.
  absl::Status usable;
};

// An error ends the reading.
using XmlRecordSink = std::function<absl::Status(XmlRecord&&)>;

struct XmlOutcome {
  // The first thing that was wrong with the document, OK when it is well-formed to its end; then
  // where that was.
  absl::Status well_formed;
  uint64_t line = 0;
  uint64_t byte_offset = 0;
  // What the document has besides records; null when the root is one or there is no element.
  std::unique_ptr<Element> around;
};

// Reads `input` to its end or to what is wrong with it. The only errors are those of the sink and
// CANCELLED; what is wrong with the document is in the outcome.
absl::StatusOr<XmlOutcome> ReadXml(Input& input, const XmlOptions& options,
                                   const XmlRecordSink& records);

}  // namespace broadsheet::sources::markup
