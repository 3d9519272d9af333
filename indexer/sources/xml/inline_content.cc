// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/sources/xml/inline_content.h"

#include <algorithm>
#include <array>
#include <memory>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "engine/text/utf8.h"
#include "indexer/sources/input/input.h"
#include "indexer/sources/markup/charset.h"
#include "indexer/sources/markup/xml_reader.h"
#include "indexer/sources/wording/word_set.h"
#include "indexer/sources/wording/words.h"
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

// "text/html; charset=utf-8" -> "text/html", in small letters.
std::string BareType(const std::string& media_type) {
  return absl::AsciiStrToLower(
      absl::StripAsciiWhitespace(media_type.substr(0, media_type.find(';'))));
}

std::string CharsetIn(const std::string& media_type) {
  constexpr std::string_view kLabel = "charset=";
  const std::string lower = absl::AsciiStrToLower(media_type);
  const size_t at = lower.find(kLabel);
  if (at == std::string::npos) return "";
  const std::string value = lower.substr(at + kLabel.size());
  const size_t begin = std::min(value.find_first_not_of("\"' "), value.size());
  return value.substr(begin, value.find_first_of("\"'; ", begin) - begin);
}

bool IsTextType(std::string_view type) {
  return type.empty() || type.starts_with("text") || type.find("xml") != type.npos ||
         type.find("html") != type.npos;
}

// What is sent as it is has these for an encoding as well.
bool IsUnencoded(std::string_view encoding) {
  constexpr auto kNone = std::to_array<std::string_view>(
      {"", "utf-8", "utf8", "us-ascii", "7bit", "8bit", "none", "identity", "plain", "text"});
  return IsOneOf(encoding, kNone);
}

bool IsQuotedPrintable(std::string_view encoding) {
  constexpr auto kNames = std::to_array<std::string_view>(
      {"quoted-printable", "quotedprintable", "quoted_printable", "quoted printable"});
  return IsOneOf(encoding, kNames);
}

// The byte that two hexadecimal digits stand for, small ones too, against the rule.
std::optional<char> ByteOfDigits(std::string_view digits) {
  const bool are_digits =
      digits.size() == 2 && std::all_of(digits.begin(), digits.end(), [](char c) {
        return absl::ascii_isxdigit(static_cast<unsigned char>(c));
      });
  if (!are_digits) return std::nullopt;
  return absl::HexStringToBytes(absl::string_view(digits.data(), digits.size()))[0];
}

// RFC 2045, section 6.7: "=E9" is a byte, "=" at the end of a line leaves out the line's end, and
// so are blanks there. What is neither stays as it is.
std::string UnquotePrintable(std::string_view text) {
  std::string bytes;
  while (!text.empty()) {
    const size_t end = std::min(text.find('\n'), text.size());
    std::string_view line = text.substr(0, end);
    const bool has_end = end < text.size();
    text.remove_prefix(std::min(end + 1, text.size()));
    while (!line.empty() && absl::ascii_isspace(static_cast<unsigned char>(line.back()))) {
      line.remove_suffix(1);
    }
    const bool goes_on = line.ends_with('=');
    if (goes_on) line.remove_suffix(1);
    for (size_t at = 0; at < line.size(); ++at) {
      const std::optional<char> byte =
          line[at] == '=' ? ByteOfDigits(line.substr(at + 1, 2)) : std::nullopt;
      bytes += byte.value_or(line[at]);
      if (byte.has_value()) at += 2;
    }
    if (has_end && !goes_on) bytes += '\n';
  }
  return bytes;
}

// The text that is packed as base64 or in quoted-printable; nothing when it is damaged, or no text.
std::optional<std::string> UnpackText(const InlineContent& content, const std::string& encoding) {
  std::string packed = content.element.OwnText();
  std::string bytes;
  if (IsQuotedPrintable(encoding)) {
    bytes = UnquotePrintable(packed);
  } else {
    std::erase_if(packed, [](unsigned char c) { return absl::ascii_isspace(c); });
    if (!absl::Base64Unescape(packed, &bytes)) return std::nullopt;
  }
  const std::string charset = CharsetIn(content.media_type);
  const bool is_stated = !BareType(content.media_type).empty();
  // Of data of no stated type only what is surely text.
  if (!is_stated && charset.empty() && !text::IsValidUtf8(bytes)) return std::nullopt;
  std::string utf8 = markup::DecodePage(bytes, charset).utf8;
  const bool is_binary = std::any_of(utf8.begin(), utf8.end(), [](unsigned char c) {
    return c < 0x20 && !absl::ascii_isspace(c);
  });
  return is_binary ? std::nullopt : std::optional(std::move(utf8));
}

// The root of a document that stands in an item as text; null when it is none.
std::unique_ptr<Element> ParsedRoot(const std::string& text) {
  const auto input = Input::OpenBytes(text, "");
  if (!input.ok()) return nullptr;
  const markup::XmlOptions options = {
      .is_record = [](const Element&, const Element* parent) { return parent == nullptr; },
      .recover = true};
  std::unique_ptr<Element> root;
  const auto read = markup::ReadXml(**input, options, [&](markup::XmlRecord&& record) {
    if (record.usable.ok() && root == nullptr) root = std::move(record.element);
    return absl::OkStatus();
  });
  return read.ok() ? std::move(root) : nullptr;
}

// An element with words of its own is a paragraph with all that stands in it.
void AddOwnTexts(const Element& element, std::vector<std::string>* paragraphs) {
  const std::string own = element.OwnText();
  const bool has_words = own.find_first_not_of(" \t\r\n") != std::string::npos;
  if (has_words) {
    paragraphs->push_back(element.Text());
    return;
  }
  for (const markup::Node& node : element.children) {
    if (node.element != nullptr) AddOwnTexts(*node.element, paragraphs);
  }
}

// The text of elements that are of no known vocabulary. Tables of results and the like have no
// paragraph of so many words, and are not read.
void ReadUnknown(const InlineContent& content, FlowText* flow, InlineNotes* notes) {
  constexpr size_t kFewestWords = 6;
  FlowText read;
  AddOwnTexts(content.element, &read.paragraphs);
  const auto& nodes = content.element.children;
  const auto first = std::find_if(nodes.begin(), nodes.end(),
                                  [](const markup::Node& node) { return node.element != nullptr; });
  const std::string what = absl::StrCat(content.element.name, " of an unknown vocabulary (<",
                                        first == nodes.end() ? "" : first->element->name, ">)");
  const bool has_text =
      std::any_of(read.paragraphs.begin(), read.paragraphs.end(),
                  [](const std::string& text) { return page::CountWords(text) >= kFewestWords; });
  if (has_text) {
    notes->guessed.push_back(what + ": each element with words is read as a paragraph");
    Append(std::move(read), flow);
  } else {
    notes->unread.push_back(what + " without running text is not read");
  }
}

absl::Status ReadInlineText(const InlineContent& content, const std::string& text, Draft* draft,
                            FlowText* flow) {
  const std::string type = BareType(content.media_type);
  if (type.find("xml") != std::string::npos) {
    const std::unique_ptr<Element> root = ParsedRoot(text);
    Element around{.name = content.element.name};
    if (root != nullptr && (root->name == "nitf" || root->name == "html")) {
      around.children.push_back({.element = std::make_unique<Element>(std::move(*root))});
      if (ReadDocuments(around, draft, flow)) return absl::OkStatus();
    }
  }
  const bool is_plain = type == "text/plain" && !markup::HasHtmlTags(text);
  absl::StatusOr<FlowText> read =
      is_plain ? markup::ReadPlainFlow(text) : markup::ReadHtmlFlow(text);
  if (!read.ok()) return read.status();
  Append(*std::move(read), flow);
  return absl::OkStatus();
}

// Content that is encoded, or of a type that is no text.
absl::Status ReadInlineData(const InlineContent& content, const std::string& encoding, Draft* draft,
                            FlowText* flow, InlineNotes* notes) {
  const std::string type = BareType(content.media_type);
  const std::string name = content.element.name;
  if (!IsTextType(type)) {
    notes->unread.push_back(name + " of the type " + type + ", which is not read");
    return absl::OkStatus();
  }
  if (encoding != "base64" && !IsQuotedPrintable(encoding)) {
    notes->unread.push_back(name + " encoded as \"" + encoding + "\", which is not read");
    return absl::OkStatus();
  }
  const std::optional<std::string> text = UnpackText(content, encoding);
  if (text.has_value()) return ReadInlineText(content, *text, draft, flow);
  notes->unread.push_back(name + " in " + encoding + " that is damaged or no text");
  return absl::OkStatus();
}

}  // namespace

absl::Status ReadInlineContent(const InlineContent& content, Draft* draft, FlowText* flow,
                               InlineNotes* notes) {
  const std::string encoding = absl::AsciiStrToLower(absl::StripAsciiWhitespace(content.encoding));
  if (!IsUnencoded(encoding) || (content.is_text && !IsTextType(BareType(content.media_type)))) {
    return ReadInlineData(content, encoding, draft, flow, notes);
  }
  if (ReadDocuments(content.element, draft, flow)) return absl::OkStatus();
  const std::vector<markup::Node>& children = content.element.children;
  const bool has_markup =
      std::any_of(children.begin(), children.end(), [](const markup::Node& node) {
        return node.element != nullptr && IsMarkedUp(node.element->name);
      });
  if (has_markup) {
    ReadPage(content.element, draft, flow);
    return absl::OkStatus();
  }
  const std::string text = content.element.OwnText();
  const bool has_text = text.find_first_not_of(" \t\r\n") != std::string::npos;
  if (content.element.HasElements() && (!content.is_text || !has_text)) {
    ReadUnknown(content, flow, notes);
    return absl::OkStatus();
  }
  return ReadInlineText(content, text, draft, flow);
}

const Element* DataOfContentItem(const Element& item) {
  const Element* data = item.Child("DataContent");
  const Element* encoding = item.Child("Encoding");
  return data != nullptr || encoding == nullptr ? data : encoding->Child("DataContent");
}

std::string EncodingOfContentItem(const Element& item) {
  const Element* encoding = item.Child("Encoding");
  if (encoding == nullptr) return "";
  for (const char* name : {"FormalName", "Notation"}) {
    if (!encoding->Get(name).empty()) return std::string(encoding->Get(name));
  }
  return encoding->OwnText();
}

void WarnOf(const InlineNotes& notes, Draft& draft) {
  for (const std::string& note : notes.guessed) draft.Warn(note);
  if (!draft->body().empty()) return;
  for (const std::string& note : notes.unread) draft.Warn("no body: " + note);
}

void DropRepeatedHeadline(v1::Article* article) {
  const std::string& headline = article->headline();
  if (headline.empty() || !article->body().starts_with(headline)) return;
  const std::string_view rest = std::string_view(article->body()).substr(headline.size());
  if (rest.starts_with("\n\n")) article->set_body(std::string(rest.substr(2)));
}

}  // namespace broadsheet::sources
