// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/request/search_value_options.h"

#include <array>

namespace broadsheet::client {
namespace {

constexpr std::array kValueOptions = {
    ValueOption{.name = "--tag",
                .values = &SearchOptions::tags,
                .filter = &v1::Filter::mutable_tag,
                .words = false,
                .all = true,
                .help = "Only with this tag (again: with all of them)"},
    ValueOption{.name = "--byline",
                .values = &SearchOptions::bylines,
                .filter = &v1::Filter::mutable_byline,
                .words = true,
                .all = true,
                .help = "Only by an author of this name, or part of one; the whole name in quotes: "
                        "'\"Ada Quill\"' (again: by all of them)"},
    ValueOption{.name = "--caption",
                .values = &SearchOptions::captions,
                .filter = nullptr,
                .words = true,
                .all = true,
                .help = "Only with these words in a caption, as a phrase"},
    ValueOption{.name = "--section",
                .values = &SearchOptions::sections,
                .filter = &v1::Filter::mutable_section,
                .words = false,
                .all = false,
                .help = "Only from this section (again: or that)"},
    ValueOption{.name = "--source",
                .values = &SearchOptions::sources,
                .filter = &v1::Filter::mutable_source,
                .words = false,
                .all = false,
                .help = "Only from this publication (again: or that)"},
    ValueOption{.name = "--language",
                .values = &SearchOptions::languages,
                .filter = &v1::Filter::mutable_language,
                .words = false,
                .all = false,
                .help = "Only in this language, e.g. en (again: or)"},
};

}  // namespace

std::optional<std::string> ValueOption::FilterValue(const SearchOptions& options,
                                                    const std::string& value) const {
  if (filter == nullptr) return std::nullopt;
  if (!words || options.whole_values) return value;
  const bool quoted = value.size() > 2 && value.front() == '"' && value.back() == '"';
  if (!quoted) return std::nullopt;
  return value.substr(1, value.size() - 2);
}

std::span<const ValueOption> ValueOptions() { return kValueOptions; }

}  // namespace broadsheet::client
