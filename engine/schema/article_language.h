// SPDX-License-Identifier: GPL-3.0-or-later
// The language of an article: as its source states it, as its text tells it, or as assumed.
#pragma once

#include <string>
#include <string_view>

#include "broadsheet/v1/article.pb.h"

namespace broadsheet::schema {

// Puts Article.language into normal form (ReadLanguage), and detects it in the texts when the
// source states none. It stays empty when the texts do not tell it either. Thread-safe.
void PrepareLanguage(v1::Article* article);

// The BCP 47 tag for what a source states, or "" when that names no language. Takes tags ("pt-BR",
// "pt_BR"), codes of ISO 639-2 ("eng", "ger") and names in English and in the language itself
// ("English (US)", "Deutsch"). "und", "mul", "zxx" and "mis" name no language. Thread-safe.
std::string ReadLanguage(std::string_view stated);

// The English name of a language, "German" for "de-AT", else the tag itself. Thread-safe.
std::string LanguageName(std::string_view tag);

// The language that the texts of `article` are analysed in: its own, else `assumed`, that of its
// generation (Manifest::assumed_language). Whatever analyses an article's text calls this; only
// what shows, counts or filters languages reads Article.language itself.
inline std::string_view AnalysisLanguage(const v1::Article& article, std::string_view assumed) {
  return article.language().empty() ? assumed : std::string_view(article.language());
}

}  // namespace broadsheet::schema
