// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/sources/markup/html_fragment.h"

#include <libxml/HTMLparser.h>
#include <libxml/parserInternals.h>

#include <string>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/str_format.h"
#include "engine/text/clean.h"
#include "indexer/sources/markup/bounded_tags.h"
#include "indexer/sources/markup/libxml_text.h"
#include "indexer/sources/markup/tree_builder.h"

namespace broadsheet::sources::markup {
namespace {

struct FragmentReading {
  TreeBuilder tree;
  htmlParserCtxtPtr parser = nullptr;
  bool too_deep = false;

  static FragmentReading& Self(void* self) { return *static_cast<FragmentReading*>(self); }

  static void OnStart(void* self, const xmlChar* name, const xmlChar** attributes) {
    FragmentReading& reading = Self(self);
    // Beyond it the parser's own search for what an end tag closes would take for ever.
    if (reading.tree.depth() >= kMaxDepth) {
      reading.too_deep = true;
      xmlStopParser(reading.parser);
      return;
    }
    Element element{.name = absl::AsciiStrToLower(std::string(View(name)))};
    for (; attributes != nullptr && *attributes != nullptr; attributes += 2) {
      element.attributes.push_back(
          {.name = std::string(View(attributes[0])), .value = std::string(View(attributes[1]))});
    }
    reading.tree.Start(std::move(element));
  }

  static void OnText(void* self, const xmlChar* text, int size) {
    Self(self).tree.Text({reinterpret_cast<const char*>(text), static_cast<size_t>(size)});
  }

  static htmlSAXHandler Handlers() {
    htmlSAXHandler handlers = {};
    handlers.startElement = &OnStart;
    handlers.endElement = [](void* self, const xmlChar*) {
      // The element without a name stays open.
      if (Self(self).tree.depth() > 1) Self(self).tree.End();
    };
    handlers.characters = &OnText;
    handlers.ignorableWhitespace = &OnText;
    handlers.cdataBlock = &OnText;
    return handlers;
  }
};

void CollectShownText(const Element& element, std::string* text) {
  if (element.name == "script" || element.name == "style") return;
  for (const Node& node : element.children) {
    *text += node.text;
    if (node.element != nullptr) CollectShownText(*node.element, text);
  }
}

}  // namespace

absl::StatusOr<std::unique_ptr<Element>> ParseHtmlFragment(std::string_view html) {
  FragmentReading reading;
  reading.tree.Start(Element{});
  static const htmlSAXHandler kHandlers = FragmentReading::Handlers();
  htmlSAXHandler handlers = kHandlers;
  reading.parser =
      htmlCreatePushParserCtxt(&handlers, &reading, nullptr, 0, nullptr, XML_CHAR_ENCODING_UTF8);
  if (reading.parser == nullptr) {
    return absl::ResourceExhaustedError("no memory for an HTML parser");
  }
  // Else it would guess, and take what is not ASCII for Latin-1.
  xmlSwitchEncoding(reading.parser, XML_CHAR_ENCODING_UTF8);
  htmlCtxtUseOptions(reading.parser, HTML_PARSE_RECOVER | HTML_PARSE_NONET | HTML_PARSE_NOERROR |
                                         HTML_PARSE_NOWARNING | HTML_PARSE_IGNORE_ENC);
  std::string room;
  html = WithBoundedTags(html, &room);
  htmlParseChunk(reading.parser, html.data(), static_cast<int>(html.size()), 1);
  if (reading.parser->myDoc != nullptr) xmlFreeDoc(reading.parser->myDoc);
  htmlFreeParserCtxt(reading.parser);
  if (reading.too_deep) {
    return absl::InvalidArgumentError(
        absl::StrFormat("HTML elements are nested more than %d deep", kMaxDepth));
  }
  return reading.tree.Take();
}

bool LooksLikeHtml(std::string_view text) {
  for (size_t at = text.find_first_of("<&"); at != std::string_view::npos;
       at = text.find_first_of("<&", at + 1)) {
    const char next = at + 1 < text.size() ? text[at + 1] : ' ';
    const bool is_tag = text[at] == '<' && (absl::ascii_isalpha(static_cast<unsigned char>(next)) ||
                                            next == '/' || next == '!');
    const bool is_reference =
        text[at] == '&' && (next == '#' || absl::ascii_isalpha(static_cast<unsigned char>(next))) &&
        text.substr(at, 12).find(';') != std::string_view::npos;
    if (is_tag || is_reference) return true;
  }
  return false;
}

std::string ShownText(const Element& element) {
  std::string text;
  CollectShownText(element, &text);
  text::CleanLine(&text);
  return text;
}

std::string PlainLine(std::string_view text) {
  std::string line(text);
  if (LooksLikeHtml(text)) {
    const absl::StatusOr<std::unique_ptr<Element>> tree = ParseHtmlFragment(text);
    if (tree.ok()) {
      line = ShownText(**tree);
    }
  }
  text::CleanLine(&line);
  return line;
}

}  // namespace broadsheet::sources::markup
