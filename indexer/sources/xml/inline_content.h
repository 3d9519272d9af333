// SPDX-License-Identifier: GPL-3.0-or-later
// The text inside an item of NewsML: NITF, XHTML, HTML as text, or plain text.
#pragma once

#include <string>

#include "absl/status/status.h"
#include "indexer/sources/article/draft.h"
#include "indexer/sources/markup/element.h"
#include "indexer/sources/markup/flow_text.h"

namespace broadsheet::sources {

struct InlineContent {
  const markup::Element& element;
  // As stated, "" where it is not: "text/plain", "application/xhtml+xml".
  std::string media_type = {};
  // Of data that is no text: "base64".
  std::string encoding = {};
  // Whether text that stands right in the element is the content: else it holds only elements.
  bool is_text = false;
};

// Adds the text to `flow`. A NITF document fills `draft` besides, where that has no value yet; with
// null it only gives its text. INVALID_ARGUMENT when HTML in it cannot be read.
absl::Status ReadInlineContent(const InlineContent& content, Draft* draft, markup::FlowText* flow);

// Takes the headline off the start of the body.
void DropRepeatedHeadline(v1::Article* article);

}  // namespace broadsheet::sources
