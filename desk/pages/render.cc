// SPDX-License-Identifier: GPL-3.0-or-later
#include "desk/pages/render.h"

#include "absl/strings/str_cat.h"
#include "desk/pages/embedded_files.h"

namespace broadsheet::desk {
namespace {

// ctemplate takes strings of its own.
ctemplate::TemplateString Text(std::string_view text) { return {text.data(), text.size()}; }

}  // namespace

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
  // More than most pages have: ctemplate appends them in small pieces.
  constexpr size_t kUsualBytes = 64 << 10;
  std::string page;
  page.reserve(kUsualBytes);
  ctemplate::ExpandTemplate(name, ctemplate::STRIP_WHITESPACE, &fields, &page);
  return page;
}

Fields& Show(Fields& fields, Name section) { return *fields.AddSectionDictionary(section); }

void Reveal(Fields& fields, Name section) { fields.ShowSection(section); }

void Set(Fields& fields, Name name, std::string_view value) { fields.SetValue(name, Text(value)); }

void Set(Fields& fields, Name name, int64_t value) {
  const absl::AlphaNum digits(value);
  Set(fields, name, std::string_view(digits.data(), digits.size()));
}

void SetAndReveal(Fields& fields, Name section, Name name, std::string_view value) {
  if (value.empty()) return;
  Set(fields, name, value);
  Reveal(fields, section);
}

}  // namespace broadsheet::desk
