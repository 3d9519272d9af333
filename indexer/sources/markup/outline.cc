// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/sources/markup/outline.h"

#include <algorithm>

namespace broadsheet::sources::markup {
namespace {

class OutlineWriter {
 public:
  explicit OutlineWriter(size_t max_bytes) : max_bytes_(max_bytes) {}

  // Recursive, as deep as kMaxDepth.
  void Write(const Element& element, size_t depth) {
    if (out_.size() >= max_bytes_) return;
    Indent(depth);
    out_ += '<' + element.name;
    for (const Attribute& attribute : element.attributes) {
      out_ += ' ' + attribute.name + "=\"" + attribute.value + '"';
    }
    const bool has_elements = element.HasElements();
    out_ += element.children.empty() ? "/>" : ">";
    if (has_elements) {
      WriteChildren(element, depth + 1);
      Indent(depth);
    } else if (!element.children.empty()) {
      for (const Node& node : element.children) AddText(node.text);
    }
    if (!element.children.empty()) out_ += "</" + element.name + '>';
    if (depth == 0) out_ += '\n';
  }

  std::string Take() { return std::move(out_); }

 private:
  static constexpr size_t kMaxIndent = 40;

  void WriteChildren(const Element& element, size_t depth) {
    for (const Node& node : element.children) {
      if (out_.size() >= max_bytes_) return;
      if (node.element != nullptr) {
        Write(*node.element, depth);
      } else if (node.text.find_first_not_of(" \t\r\n") != std::string::npos) {
        Indent(depth);
        AddText(node.text);
      }
    }
  }

  void AddText(const std::string& text) {
    out_.append(text, 0, max_bytes_ - std::min(out_.size(), max_bytes_));
  }

  void Indent(size_t depth) {
    if (!out_.empty()) out_ += '\n';
    out_.append(std::min(2 * depth, kMaxIndent), ' ');
  }

  const size_t max_bytes_;
  std::string out_;
};

}  // namespace

std::string Outline(const Element& element, size_t max_bytes) {
  OutlineWriter writer(max_bytes);
  writer.Write(element, 0);
  return writer.Take();
}

}  // namespace broadsheet::sources::markup
