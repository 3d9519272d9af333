// SPDX-License-Identifier: GPL-3.0-or-later
// BCP 47 tags of languages, as far as the analysis of text goes by them.
#pragma once

#include <algorithm>
#include <string>
#include <string_view>

#include "engine/text/char_class.h"

namespace broadsheet::text {

// The primary subtag in lower case: "pt-BR" -> "pt", "" -> "". Statistics count articles by it.
inline std::string PrimaryLanguage(std::string_view language) {
  std::string primary(language.substr(0, language.find_first_of("-_")));
  std::transform(primary.begin(), primary.end(), primary.begin(), AsciiLower);
  return primary;
}

}  // namespace broadsheet::text
