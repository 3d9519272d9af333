// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/commands/shared/language_option.h"

#include "engine/schema/article_language.h"
#include "engine/text/language.h"
#include "indexer/commands/shared/figures.h"

namespace broadsheet::commands {

void LanguageOption::AddTo(CLI::App& command, const std::string& otherwise) {
  const auto read = [](std::string& value) {
    const std::string tag = text::PrimaryLanguage(schema::ReadLanguage(value));
    if (tag.empty()) return "\"" + value + "\" is no language; give a tag such as en or pt-BR";
    value = tag;
    return std::string();
  };
  command
      .add_option("--language", tag_,
                  "Take articles that state no language, and whose text does not tell it, as in "
                  "LANG (en, de, pt-BR); without this, as in " +
                      otherwise)
      ->transform(CLI::Validator(read, ""))
      ->type_name("LANG");
}

std::optional<storage::AssumedLanguage> LanguageOption::given() const {
  if (tag_.empty()) return std::nullopt;
  return storage::AssumedLanguage{.tag = tag_, .given = true};
}

std::string DescribeWithoutLanguage(uint64_t articles, const storage::AssumedLanguage& assumed) {
  const std::string without = Count(articles) + " without a language";
  return assumed.tag.empty() ? without : without + " taken as " + schema::LanguageName(assumed.tag);
}

std::string AdviceOnLanguage(uint64_t articles, const storage::AssumedLanguage& assumed) {
  if (articles == 0 || !assumed.tag.empty()) return "";
  return "Words of the " + Counted(articles, "article") +
         " without a language are found as written only; name the language with --language LANG, "
         "of `build` and `rebuild`\n";
}

}  // namespace broadsheet::commands
