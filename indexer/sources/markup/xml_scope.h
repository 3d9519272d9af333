// SPDX-License-Identifier: GPL-3.0-or-later
// The namespaces that prefixes stand for where the reading of an XML document is.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "indexer/sources/markup/element.h"
#include "indexer/sources/markup/xml_tokenizer.h"

namespace broadsheet::sources::markup {

// Not thread-safe.
class XmlScope {
 public:
  // The element of a start tag, with its name as Element::name has it, without content. It is the
  // root of a document when `is_root`. What its attributes declare holds until Leave(mark), where
  // `mark` is what mark() was before.
  Element Enter(const XmlToken& tag, bool is_root);
  size_t mark() const { return bindings_.size(); }
  void Leave(size_t mark) { bindings_.resize(mark); }

  // The namespace of the element that was entered last.
  const std::string& space() const { return space_; }

 private:
  struct Binding {
    std::string prefix;
    std::string uri;
    // What Element::name puts before the names of this namespace.
    std::string written;
    bool is_written = false;
  };

  void Bind(std::string_view prefix, std::string_view uri);
  std::string NameOf(std::string_view prefix, std::string_view name, bool is_root);

  std::vector<Binding> bindings_;
  std::string root_space_;
  std::string space_;
};

}  // namespace broadsheet::sources::markup
