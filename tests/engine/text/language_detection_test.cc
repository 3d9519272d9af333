// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/text/language_detection.h"

#include <gtest/gtest.h>

#include <string>

namespace broadsheet::text {
namespace {

constexpr std::string_view kEnglish =
    "The ferry runs again. After three weeks of repairs the morning boat left the harbour on time, "
    "and the islanders went back to their old ways. The mayor thanked the workers of the port, who "
    "had worked through the nights so that the children could get to school.";
constexpr std::string_view kGerman =
    "Die Fähre fährt wieder. Nach drei Wochen Reparatur verließ das Morgenschiff pünktlich den "
    "Hafen, und die Inselbewohner kehrten zu ihren Gewohnheiten zurück. Die Bürgermeisterin dankte "
    "den Arbeitern, die nachts gearbeitet hatten.";

TEST(DetectLanguageTest, FindsTheLanguageOfAText) {
  EXPECT_EQ(DetectLanguage(kEnglish), "en");
  EXPECT_EQ(DetectLanguage(kGerman), "de");
}

TEST(DetectLanguageTest, NeverGuessesAtShortTexts) {
  EXPECT_EQ(DetectLanguage(kEnglish.substr(0, kMinBytesToDetect - 1)), "");
  EXPECT_EQ(DetectLanguage(""), "");
}

TEST(DetectLanguageTest, IsUnsureOfWhatIsNoLanguage) {
  std::string numbers;
  for (int i = 0; i < 100; ++i) numbers += "12.5 | 99 | ";
  EXPECT_EQ(DetectLanguage(numbers), "");
}

TEST(DetectLanguageTest, ReadsLongTexts) {
  std::string text;
  while (text.size() < (1U << 20)) text.append(kGerman).append("\n");
  EXPECT_EQ(DetectLanguage(text), "de");
}

}  // namespace
}  // namespace broadsheet::text
