// SPDX-License-Identifier: GPL-3.0-or-later
// Templates filled in. Every template has ctemplate's AUTOESCAPE, which escapes each value for the
// place where it stands: text of articles never becomes markup.
#pragma once

#include <ctemplate/template.h>

#include <string>
#include <string_view>

#include "absl/status/status.h"

namespace broadsheet::desk {

using Fields = ctemplate::TemplateDictionary;

// Reads the templates of the program. Call it once, before threads. INTERNAL when one is malformed.
absl::Status LoadTemplates();

// "search.html" with `fields`. Safe from any thread.
std::string Render(const std::string& name, const Fields& fields);

// ctemplate takes strings of its own.
ctemplate::TemplateString Text(std::string_view text);
// A section that is shown once, with fields of its own.
Fields& Show(Fields& fields, std::string_view section);
void Set(Fields& fields, std::string_view name, std::string_view value);
void Set(Fields& fields, std::string_view name, long value);

}  // namespace broadsheet::desk
