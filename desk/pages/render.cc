// SPDX-License-Identifier: GPL-3.0-or-later
#include "desk/pages/render.h"

#include "desk/pages/embedded_files.h"

namespace broadsheet::desk {

ctemplate::TemplateString Text(std::string_view text) { return {text.data(), text.size()}; }

absl::Status LoadTemplates() {
  for (const EmbeddedFile& file : EmbeddedFiles()) {
    if (!file.name.ends_with(".html")) continue;
    const bool taken = ctemplate::StringToTemplateCache(Text(file.name), Text(file.text),
                                                        ctemplate::STRIP_WHITESPACE);
    if (!taken) {
      return absl::InternalError("the template " + std::string(file.name) + " is malformed");
    }
  }
  return absl::OkStatus();
}

std::string Render(const std::string& name, const Fields& fields) {
  std::string page;
  ctemplate::ExpandTemplate(name, ctemplate::STRIP_WHITESPACE, &fields, &page);
  return page;
}

Fields& Show(Fields& fields, std::string_view section) {
  return *fields.AddSectionDictionary(Text(section));
}

void Set(Fields& fields, std::string_view name, std::string_view value) {
  fields.SetValue(Text(name), Text(value));
}

void Set(Fields& fields, std::string_view name, long value) {
  fields.SetIntValue(Text(name), value);
}

}  // namespace broadsheet::desk
