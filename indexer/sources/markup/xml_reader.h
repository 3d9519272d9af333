// SPDX-License-Identifier: GPL-3.0-or-later
// Reads XML of any size record by record: a feed item by item, a news message newsItem by newsItem.
// A mistake in the document never ends the reading: a record that is whole is handed out, whatever
// is wrong around it, and one that is not is told of.
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
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "indexer/sources/input/input.h"
#include "indexer/sources/markup/element.h"
#include "indexer/sources/markup/xml_tokenizer.h"

namespace broadsheet::sources::markup {

// A larger record is not an article. Twice the largest article, for markup.
inline constexpr size_t kMaxRecordBytes = 16 << 20;

struct XmlOptions {
  // Whether `element`, whose attributes are known but not its content, is a record; `parent` is
  // null for the root.
  std::function<bool(const Element& element, const Element* parent)> is_record;
  // Hands out a record with mistakes in its tags as well as they can be mended; otherwise it is not
  // usable. Where a record has to have an end tag to be handed out, it has to in either case: what
  // holds an article back may stand in the part that is missing.
  bool recover = false;
  size_t max_record_bytes = kMaxRecordBytes;
};

// An element around a record: the root, a channel, the envelope of one story or of several.
struct XmlEnvelope {
  const Element* element = nullptr;
  // How many of its children come before its first record: they are its head.
  size_t head_nodes = 0;
};

struct XmlRecord {
  std::unique_ptr<Element> element;
  // The document without its records, as far as it was read: the channel around an item. Envelopes
  // that have ended are not kept, but channels are. Null when the record is the root. Valid during
  // the call.
  const Element* around = nullptr;
  // The elements that the record stands in, from the root inwards. Valid during the call.
  std::vector<XmlEnvelope> envelopes;
  uint64_t byte_offset = 0;
  // The size of `element` in memory, about.
  size_t bytes = 0;
  // OK, or why the record cannot be used: it is too large (`element` has only the start), has
  // mistakes in its tags, or is not whole.
  absl::Status usable;
  // It is not whole: it does not end before the next one begins, or the document does not go on.
  bool is_broken_off = false;
};

// An error ends the reading.
using XmlRecordSink = std::function<absl::Status(XmlRecord&&)>;

struct XmlOutcome {
  // See XmlBytes::note: it is no mistake in the markup.
  std::string charset_note;
  // The first mistake that cost nothing, in the document or in a record that was handed out; and
  // how many such records there are.
  XmlMistake mended;
  uint64_t mended_records = 0;
  // Why and where reading ended before the document did, outside of its records; and how many
  // records were begun where none can be read.
  XmlMistake broken_off;
  uint64_t lost = 0;
  // The document without its records; null when the root is a record or there is no element.
  std::unique_ptr<Element> around;
};

// Reads `input` to its end. The only errors returned are those of the sink and CANCELLED; what is
// wrong with the document is in the outcome.
absl::StatusOr<XmlOutcome> ReadXml(Input& input, const XmlOptions& options,
                                   const XmlRecordSink& records);

}  // namespace broadsheet::sources::markup
