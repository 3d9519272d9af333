// SPDX-License-Identifier: GPL-3.0-or-later
// What a byline says around the names, language by language. Everything here is fixed data.
#pragma once

#include <span>
#include <string_view>

namespace broadsheet::sources::people {

// One language's words. Each list has its phrases parted by "|"; they are compared folded.
struct BylineLanguage {
  // "ro"
  std::string_view language;
  // Who wrote, before a colon: "author", "text".
  std::string_view labels;
  // "by", and what says so without a colon.
  std::string_view openings;
  // The same, where names or sentences of other languages begin so: on pages in the language alone.
  std::string_view own_openings = {};
  // "and", on pages in the language alone.
  std::string_view joint = {};
};

std::span<const BylineLanguage> BylineLanguages();

// Labels of scripts that put no blank behind them: "文／田中花子", "記者王小明". Longer ones first.
std::span<const std::string_view> UnspacedLabels();

// Words before the agencies whose reports an author used: "with", "avec". Folded.
std::span<const std::string_view> WithWords();

}  // namespace broadsheet::sources::people
