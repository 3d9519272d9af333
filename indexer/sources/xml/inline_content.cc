// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/sources/xml/inline_content.h"

#include <algorithm>
#include <array>
#include <string_view>
#include <vector>

#include "absl/strings/ascii.h"
#include "indexer/sources/xml/nitf_article.h"

namespace broadsheet::sources {
namespace {

using markup::Element;
using markup::FlowText;

// Elements of a page, without a document around them.
bool IsMarkedUp(std::string_view name) {
  constexpr std::array<std::string_view, 20> kNames = {
      "html", "body", "div", "section", "article", "p",  "main", "h1",     "h2",    "h3",
      "h4",   "ul",   "ol",  "table",   "pre",     "br", "span", "figure", "media", "blockquote"};
  for (const std::string_view known : kNames) {
    if (name == known) return true;
  }
  return false;
}

void Append(FlowText more, FlowText* flow) {
  flow->paragraphs.insert(flow->paragraphs.end(), more.paragraphs.begin(), more.paragraphs.end());
  flow->captions.insert(flow->captions.end(), more.captions.begin(), more.captions.end());
}

void ReadPage(const Element& page, Draft* draft, FlowText* flow) {
  const Element* body = page.Child("body");
  Append(markup::ReadAgencyFlow(body == nullptr ? page : *body), flow);
  if (draft == nullptr || !(*draft)->headline().empty()) return;
  const std::string title = page.TextOf({"head", "title"});
  const std::vector<const Element*> headings = page.Descendants("h1");
  (*draft)->set_headline(headings.empty() ? title : headings.front()->Text());
  draft->GivenBy(headings.empty() ? "title of the page inside" : "h1 of the page inside");
}

// The documents in `element`, however deep in elements of other formats.
bool ReadDocuments(const Element& element, Draft* draft, FlowText* flow) {
  const std::vector<const Element*> nitf = element.Descendants("nitf");
  for (const Element* document : nitf) {
    Append(ReadNitfBody(*document), flow);
    if (draft != nullptr) ReadNitfArticle(*document, *draft);
  }
  if (!nitf.empty()) return true;
  const std::vector<const Element*> pages = element.Descendants("html");
  for (const Element* page : pages) ReadPage(*page, draft, flow);
  return !pages.empty();
}

}  // namespace

absl::Status ReadInlineContent(const InlineContent& content, Draft* draft, FlowText* flow) {
  const std::string type = absl::AsciiStrToLower(content.media_type);
  // Encoded data is a picture or the like.
  const bool is_data =
      !content.encoding.empty() ||
      (content.is_text && !type.empty() && !type.starts_with("text") &&
       type.find("xml") == std::string::npos && type.find("html") == std::string::npos);
  if (is_data || ReadDocuments(content.element, draft, flow)) return absl::OkStatus();
  const std::vector<markup::Node>& children = content.element.children;
  const bool has_markup =
      std::any_of(children.begin(), children.end(), [](const markup::Node& node) {
        return node.element != nullptr && IsMarkedUp(node.element->name);
      });
  if (has_markup) {
    ReadPage(content.element, draft, flow);
    return absl::OkStatus();
  }
  if (content.element.HasElements() && !content.is_text) return absl::OkStatus();
  const std::string text = content.element.OwnText();
  const bool is_plain = type == "text/plain" && !markup::HasHtmlTags(text);
  absl::StatusOr<FlowText> read =
      is_plain ? markup::ReadPlainFlow(text) : markup::ReadHtmlFlow(text);
  if (!read.ok()) return read.status();
  Append(*std::move(read), flow);
  return absl::OkStatus();
}

void DropRepeatedHeadline(v1::Article* article) {
  const std::string& headline = article->headline();
  if (headline.empty() || !article->body().starts_with(headline)) return;
  const std::string_view rest = std::string_view(article->body()).substr(headline.size());
  if (rest.starts_with("\n\n")) article->set_body(std::string(rest.substr(2)));
}

}  // namespace broadsheet::sources
