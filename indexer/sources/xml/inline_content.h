// SPDX-License-Identifier: GPL-3.0-or-later
// The text inside an item of NewsML: NITF, XHTML, HTML as text, plain text, any of them in base64,
// or what stands in elements of an unknown vocabulary.
#pragma once

#include <string>
#include <vector>

#include "absl/status/status.h"
#include "indexer/sources/article/draft.h"
#include "indexer/sources/markup/element.h"
#include "indexer/sources/markup/flow_text.h"

namespace broadsheet::sources {

struct InlineContent {
  const markup::Element& element;
  // As stated, "" where it is not: "text/plain", "application/xhtml+xml; charset=utf-8".
  std::string media_type = {};
  // As stated: "base64", or "" for what is not encoded.
  std::string encoding = {};
  // Whether text that stands right in the element is the content: else it holds only elements.
  bool is_text = false;
};

// What a person should know about content, each for a person to read.
struct InlineNotes {
  // Why content gave no text: "inlineData of the type application/pdf, which is not read".
  std::vector<std::string> unread;
  // How content was read that is of no known format.
  std::vector<std::string> guessed;
};

// Adds the text to `flow`. A NITF document fills `draft` besides, where that has no value yet; with
// null it only gives its text. INVALID_ARGUMENT when HTML in it cannot be read.
absl::Status ReadInlineContent(const InlineContent& content, Draft* draft, markup::FlowText* flow,
                               InlineNotes* notes);

// The data of a ContentItem of NewsML 1, also where it stands within its encoding; null without
// any.
const markup::Element* DataOfContentItem(const markup::Element& item);

// How it is encoded, as stated; "" when it is not.
std::string EncodingOfContentItem(const markup::Element& item);

// Warns of what was guessed, and of what was not read where the article is without a body.
void WarnOf(const InlineNotes& notes, Draft& draft);

// Takes the headline off the start of the body.
void DropRepeatedHeadline(v1::Article* article);

}  // namespace broadsheet::sources
