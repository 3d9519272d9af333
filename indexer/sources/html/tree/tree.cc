// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/sources/html/tree/tree.h"

#include <libxml/HTMLparser.h>

#include <cstring>
#include <memory>
#include <optional>
#include <utility>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/ascii.h"
#include "absl/strings/str_format.h"
#include "engine/text/char_class.h"
#include "indexer/sources/markup/parser_input.h"

namespace broadsheet::sources::html {
namespace {

// Deeper elements are passed over and their text goes to the last one above.
constexpr size_t kMaxDepth = 250;

std::string_view View(const xmlChar* text) { return reinterpret_cast<const char*>(text); }

std::optional<Attribute> AttributeByName(std::string_view name) {
  static const auto* const kAttributes = new absl::flat_hash_map<absl::string_view, Attribute>{
      {"align", Attribute::kAlign},
      {"alt", Attribute::kAlt},
      {"aria-hidden", Attribute::kAriaHidden},
      {"aria-label", Attribute::kAriaLabel},
      {"class", Attribute::kClass},
      {"content", Attribute::kContent},
      {"data-caption", Attribute::kDataCaption},
      {"data-copyright", Attribute::kDataCredit},
      {"data-credit", Attribute::kDataCredit},
      {"datetime", Attribute::kDatetime},
      {"hidden", Attribute::kHidden},
      {"href", Attribute::kHref},
      {"id", Attribute::kId},
      {"itemprop", Attribute::kItemprop},
      {"itemscope", Attribute::kItemscope},
      {"itemtype", Attribute::kItemtype},
      {"lang", Attribute::kLang},
      {"name", Attribute::kName},
      {"property", Attribute::kProperty},
      {"rel", Attribute::kRel},
      {"role", Attribute::kRole},
      {"src", Attribute::kSrc},
      {"style", Attribute::kStyle},
      {"data-component", Attribute::kTestId},
      {"data-testid", Attribute::kTestId},
      {"title", Attribute::kTitle},
      {"type", Attribute::kType},
      {"value", Attribute::kValue},
  };
  const auto found = kAttributes->find(absl::string_view(name.data(), name.size()));
  if (found == kAttributes->end()) return std::nullopt;
  return found->second;
}

bool IsJsonLd(std::string_view type) {
  return absl::AsciiStrToLower(std::string(type)).find("ld+json") != std::string::npos;
}

struct FreeParser {
  void operator()(htmlParserCtxtPtr parser) const {
    if (parser->myDoc != nullptr) xmlFreeDoc(parser->myDoc);
    htmlFreeParserCtxt(parser);
  }
};

}  // namespace

// Receives libxml2's events, which are balanced however ill-formed the page is.
class TreeBuilder {
 public:
  explicit TreeBuilder(size_t bytes) { tree_.characters_.reserve(bytes / 2); }

  absl::StatusOr<Tree> Build(std::string_view utf8) {
    parser_.reset(htmlCreateMemoryParserCtxt(utf8.data(), static_cast<int>(utf8.size())));
    if (parser_ == nullptr) return absl::ResourceExhaustedError("no memory for the HTML parser");
    htmlCtxtUseOptions(parser_.get(), HTML_PARSE_RECOVER | HTML_PARSE_NOERROR |
                                          HTML_PARSE_NOWARNING | HTML_PARSE_NONET |
                                          HTML_PARSE_IGNORE_ENC);
    // The bytes are UTF-8 whatever a meta element says.
    parser_->charset = XML_CHAR_ENCODING_UTF8;
    htmlSAXHandler handler = {};
    handler.startElement = &TreeBuilder::OnStart;
    handler.endElement = &TreeBuilder::OnEnd;
    handler.characters = &TreeBuilder::OnText;
    handler.cdataBlock = &TreeBuilder::OnText;
    handler.ignorableWhitespace = &TreeBuilder::OnText;
    *parser_->sax = handler;
    parser_->userData = this;
    htmlParseDocument(parser_.get());
    while (!open_.empty()) Close();
    if (!error_.ok()) return error_;
    return std::move(tree_);
  }

 private:
  static void OnStart(void* self, const xmlChar* name, const xmlChar** attributes) {
    static_cast<TreeBuilder*>(self)->Start(View(name), attributes);
  }
  static void OnEnd(void* self, const xmlChar* /*name*/) { static_cast<TreeBuilder*>(self)->End(); }
  static void OnText(void* self, const xmlChar* text, int size) {
    static_cast<TreeBuilder*>(self)->AddText(View(text).data(), static_cast<size_t>(size));
  }

  void Start(std::string_view name, const xmlChar** attributes) {
    if (open_.size() >= kMaxDepth) {
      // libxml2 looks through all open elements at each end tag: its time would grow as a square.
      if (++passed_over_ + kMaxDepth > kMaxOpenElements) {
        Stop(absl::StrFormat("more than %d elements within one another", kMaxOpenElements));
      }
      return;
    }
    const Tag tag = TagByName(name);
    Add(tag);
    for (; attributes != nullptr && attributes[0] != nullptr; attributes += 2) {
      const std::optional<Attribute> known = AttributeByName(View(attributes[0]));
      if (!known.has_value()) continue;
      AddAttribute(*known, attributes[1] == nullptr ? std::string_view() : View(attributes[1]));
    }
    open_.push_back(tree_.size() - 1);
  }

  void End() {
    if (passed_over_ > 0) {
      --passed_over_;
    } else if (!open_.empty()) {
      Close();
    }
  }

  void AddText(const char* text, size_t size) {
    if (open_.empty()) return;
    const NodeId parent = open_.back();
    const Tag tag = tree_.tag(parent);
    if (tag == Tag::kStyle) return;
    if (tag == Tag::kScript) {
      if (!IsJsonLd(tree_.attribute(parent, Attribute::kType))) return;
      Append(text, size, parent);
      return;
    }
    // The parser hands over a long text in pieces.
    const NodeId last = tree_.size() - 1;
    const bool continues = tree_.tag(last) == Tag::kText && tree_.parent(last) == parent;
    if (!continues) Add(Tag::kText);
    Append(text, size, tree_.size() - 1);
  }

  void Append(const char* text, size_t size, NodeId node) {
    Tree::Node& target = tree_.nodes_[node];
    if (target.text_size == 0) target.text = static_cast<uint32_t>(tree_.characters_.size());
    target.text_size += static_cast<uint32_t>(size);
    tree_.characters_.append(text, size);
  }

  void Add(Tag tag) {
    if (tree_.size() >= kMaxNodes) {
      Stop(absl::StrFormat("more than %d elements", kMaxNodes));
    }
    const NodeId id = tree_.size();
    tree_.nodes_.push_back({.parent = open_.empty() ? kNoNode : open_.back(),
                            .end = id + 1,
                            .text = 0,
                            .text_size = 0,
                            .attributes = static_cast<uint32_t>(tree_.attributes_.size()),
                            .attribute_count = 0,
                            .tag = tag});
  }

  void AddAttribute(Attribute name, std::string_view value) {
    tree_.attributes_.push_back({.name = name,
                                 .value = static_cast<uint32_t>(tree_.characters_.size()),
                                 .value_size = static_cast<uint32_t>(value.size())});
    tree_.characters_.append(value);
    ++tree_.nodes_.back().attribute_count;
  }

  void Close() {
    tree_.nodes_[open_.back()].end = tree_.size();
    open_.pop_back();
  }

  void Stop(const std::string& why) {
    if (!error_.ok()) return;
    error_ = absl::InvalidArgumentError("no page of an article: " + why);
    xmlStopParser(parser_.get());
  }

  Tree tree_;
  std::vector<NodeId> open_;
  // Open elements below the deepest one that is kept.
  size_t passed_over_ = 0;
  absl::Status error_;
  std::unique_ptr<htmlParserCtxt, FreeParser> parser_;
};

absl::StatusOr<Tree> Tree::Parse(std::string_view utf8) {
  if (utf8.empty()) return Tree();
  std::string room;
  return TreeBuilder(utf8.size()).Build(markup::HtmlForParser(utf8, &room));
}

const Tree::AttributeValue* Tree::Find(NodeId node, Attribute attribute) const {
  const Node& element = nodes_[node];
  for (uint32_t i = 0; i < element.attribute_count; ++i) {
    const AttributeValue& value = attributes_[element.attributes + i];
    if (value.name == attribute) return &value;
  }
  return nullptr;
}

std::string_view Tree::attribute(NodeId node, Attribute attribute) const {
  const AttributeValue* value = Find(node, attribute);
  if (value == nullptr) return {};
  return std::string_view(characters_).substr(value->value, value->value_size);
}

bool Tree::has_attribute(NodeId node, Attribute attribute) const {
  return Find(node, attribute) != nullptr;
}

NodeId Tree::Enclosing(NodeId node, Tag tag) const {
  while (node != kNoNode && nodes_[node].tag != tag) node = nodes_[node].parent;
  return node;
}

NodeId Tree::FirstBelow(NodeId node, Tag tag) const {
  for (NodeId at = node + 1; at < nodes_[node].end; ++at) {
    if (nodes_[at].tag == tag) return at;
  }
  return kNoNode;
}

std::string Tree::TextBelow(NodeId node) const {
  std::string line;
  for (NodeId at = node; at < nodes_[node].end;) {
    const Tag tag = nodes_[at].tag;
    if (at != node && IsUnseen(tag)) {
      at = nodes_[at].end;
      continue;
    }
    if (tag == Tag::kText) {
      AppendCollapsed(text(at), &line);
    } else if (!IsInline(tag)) {
      AppendCollapsed(" ", &line);
    }
    ++at;
  }
  if (line.ends_with(' ')) line.pop_back();
  return line;
}

void AppendCollapsed(std::string_view text, std::string* line) {
  for (size_t at = 0; at < text.size();) {
    const size_t run = text::EndOfPrintedAscii(text, at);
    line->append(text.substr(at, run - at));
    at = run;
    if (at == text.size()) break;
    const text::Character character = text::CharacterAt(text, at);
    switch (character.code_point) {
      case ' ':
      case '\n':
      case '\r':
      case '\t':
      case '\f':
      case 0x00A0:
      case 0x2003:
      case 0x2009:
      case 0x202F:
      case 0x3000:
        if (!line->empty() && line->back() != ' ') *line += ' ';
        break;
      case 0x00AD:
      case 0x200B:
      case 0x200C:
      case 0x200D:
      case 0x2060:
      case 0xFEFF:
        break;
      default:
        line->append(text.substr(at, character.end - at));
    }
    at = character.end;
  }
}

std::string_view LanguageOf(const Tree& tree) {
  for (NodeId at = 0; at < tree.size(); ++at) {
    if (tree.tag(at) == Tag::kHtml) return tree.attribute(at, Attribute::kLang);
  }
  return {};
}

}  // namespace broadsheet::sources::html
