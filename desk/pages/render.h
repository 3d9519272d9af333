// SPDX-License-Identifier: GPL-3.0-or-later
// Templates filled in. Every template has ctemplate's AUTOESCAPE, which escapes each value for the
// place where it stands: text of articles never becomes markup.
//
// ctemplate makes a dictionary with a name of its own for each section with fields, which costs
// more than all it holds: sections without fields of their own are revealed, not shown.
#pragma once

#include <ctemplate/template.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "absl/status/status.h"

namespace broadsheet::desk {

using Fields = ctemplate::TemplateDictionary;

// The name of a value or a section, written "HIT"_name. ctemplate knows it by a number; a name
// given as text is looked up under a lock each time.
using Name = const ctemplate::StaticTemplateString&;

template <size_t kBytes>
struct NameText {
  consteval NameText(const char (&name)[kBytes]) {  // NOLINT(google-explicit-constructor)
    std::copy_n(name, kBytes, text);
  }
  static constexpr size_t kLength = kBytes - 1;
  char text[kBytes] = {};
};

template <NameText kName>
Name operator""_name() {
  static const ctemplate::StaticTemplateString name = {{kName.text, kName.kLength, 0}};
  static const ctemplate::StaticTemplateStringInitializer known(&name);
  return name;
}

// Reads the templates of the program. Call it once, before threads. INTERNAL when one is malformed.
absl::Status LoadTemplates();

// "search.html" with `fields`. Safe from any thread.
std::string Render(const std::string& name, const Fields& fields);

// Shows a section once more, with fields of its own. Like all sections, it sees those around it.
Fields& Show(Fields& fields, Name section);
// Shows a section once, with the fields around it.
void Reveal(Fields& fields, Name section);
void Set(Fields& fields, Name name, std::string_view value);
void Set(Fields& fields, Name name, int64_t value);
// Reveals `section` for a value that is not empty.
void SetAndReveal(Fields& fields, Name section, Name name, std::string_view value);

}  // namespace broadsheet::desk
