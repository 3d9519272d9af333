// SPDX-License-Identifier: GPL-3.0-or-later
// The running text of XHTML, HTML and NITF elements: the paragraphs that a reader sees, and the
// pictures beside them.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "broadsheet/v1/article.pb.h"
#include "indexer/sources/markup/element.h"

namespace broadsheet::sources::markup {

struct FlowText {
  // In document order, none empty; "\n" only where the source breaks a line.
  std::vector<std::string> paragraphs;
  // From <figure> and NITF's <media>: caption, credit and address of the medium.
  std::vector<v1::Caption> captions;

  // The paragraphs, separated by blank lines.
  std::string Body() const;
};

// The text below `element`, without scripts, styles, forms and navigation.
FlowText ReadFlow(const Element& element);

// The same of an agency's document, in which the tags may be written as text:
// "&lt;p&gt;One.&lt;/p&gt;" is read as HTML.
FlowText ReadAgencyFlow(const Element& element);

// Whether `text` has tags of HTML as text: the end of an element, a paragraph, a line break.
bool HasHtmlTags(std::string_view text);

// Reads `html` (valid UTF-8); plain text is split at blank lines. INVALID_ARGUMENT as
// ParseHtmlFragment.
absl::StatusOr<FlowText> ReadHtmlFlow(std::string_view html);

// Reads plain text: blank lines divide paragraphs.
FlowText ReadPlainFlow(std::string_view text);

}  // namespace broadsheet::sources::markup
