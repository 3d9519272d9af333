// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/sources/markup/xml_writing.h"

#include <string_view>

#include "engine/text/utf8.h"

namespace broadsheet::sources::markup {
namespace {

class XmlWriter {
 public:
  explicit XmlWriter(size_t max_bytes) : max_bytes_(max_bytes) {}

  // Recursive, as deep as kMaxDepth.
  void Write(const Element& element) {
    if (is_full()) return;
    xml_ += '<' + element.name;
    for (const Attribute& attribute : element.attributes) {
      xml_ += ' ' + attribute.name + "=\"";
      AddText(attribute.value, /*is_value=*/true);
      xml_ += '"';
    }
    if (element.children.empty()) {
      xml_ += "/>";
      return;
    }
    xml_ += '>';
    for (const Node& node : element.children) {
      if (node.element != nullptr) {
        Write(*node.element);
      } else {
        AddText(node.text, /*is_value=*/false);
      }
    }
    if (!is_full()) xml_ += "</" + element.name + '>';
  }

  std::string Take() {
    if (is_full()) xml_.resize(text::PrefixOf(xml_, max_bytes_).size());
    return std::move(xml_);
  }

 private:
  bool is_full() const { return xml_.size() > max_bytes_; }

  void AddText(std::string_view text, bool is_value) {
    if (is_full()) return;
    for (const char c : text.substr(0, max_bytes_)) {
      switch (c) {
        case '&':
          xml_ += "&amp;";
          break;
        case '<':
          xml_ += "&lt;";
          break;
        case '>':
          xml_ += "&gt;";
          break;
        case '"':
          xml_ += is_value ? "&quot;" : "\"";
          break;
        default:
          xml_ += c;
      }
    }
  }

  const size_t max_bytes_;
  std::string xml_;
};

}  // namespace

std::string WriteXml(const Element& element, size_t max_bytes) {
  XmlWriter writer(max_bytes);
  writer.Write(element);
  return writer.Take();
}

}  // namespace broadsheet::sources::markup
