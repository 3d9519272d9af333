// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/commands/shared/language_option.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace broadsheet::commands {
namespace {

using ::testing::HasSubstr;

std::optional<storage::AssumedLanguage> Read(const std::string& value) {
  CLI::App app;
  LanguageOption option;
  option.AddTo(app, "another");
  app.parse(std::vector<std::string>{value, "--language"});  // CLI11 takes them back to front
  return option.given();
}

TEST(LanguageOptionTest, TakesTagsAndNames) {
  EXPECT_EQ(Read("en"), (storage::AssumedLanguage{.tag = "en", .given = true}));
  EXPECT_EQ(Read("pt-BR")->tag, "pt") << "articles are stemmed by the primary subtag";
  EXPECT_EQ(Read("German")->tag, "de");
  EXPECT_EQ(Read("eng")->tag, "en");
}

TEST(LanguageOptionTest, SaysWhatIsNoLanguage) {
  for (const char* value : {"Quatsch", "und", "", "12"}) {
    EXPECT_THROW(Read(value), CLI::ValidationError) << value;
  }
}

TEST(LanguageOptionTest, WithoutItNothingIsGiven) {
  CLI::App app;
  LanguageOption option;
  option.AddTo(app, "another");
  app.parse(std::vector<std::string>());
  EXPECT_EQ(option.given(), std::nullopt);
}

TEST(DescribeWithoutLanguageTest, NamesWhatTheyAreTakenAs) {
  EXPECT_EQ(DescribeWithoutLanguage(1234, {.tag = "en"}),
            "1,234 without a language taken as English");
  EXPECT_EQ(DescribeWithoutLanguage(1, {}), "1 without a language");
}

TEST(AdviceOnLanguageTest, IsGivenOnlyWhereItHelps) {
  EXPECT_EQ(AdviceOnLanguage(0, {}), "");
  EXPECT_EQ(AdviceOnLanguage(2, {.tag = "en"}), "");
  EXPECT_THAT(AdviceOnLanguage(2, {}), HasSubstr("--language LANG"));
}

}  // namespace
}  // namespace broadsheet::commands
