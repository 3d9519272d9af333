// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/query/complete/near_texts.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <random>
#include <string>
#include <vector>

#include "engine/query/compile/spellings.h"

namespace broadsheet::query {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::Pair;
using ::testing::UnorderedElementsAre;

// The texts that are near, each with its least number of edits.
std::map<std::string, int> Near(const std::vector<std::string>& texts, const std::string& typed,
                                NearWhat what, int most_edits, size_t right_letters = 0) {
  std::map<std::string, int> found;
  const std::string right(FirstLetters(typed, right_letters));
  uint32_t begin = 0;
  while (begin < texts.size() && !texts[begin].starts_with(right)) ++begin;
  uint32_t end = begin;
  while (end < texts.size() && texts[end].starts_with(right)) ++end;
  const NearRequest request{.typed = CodePoints(typed), .what = what, .most_edits = most_edits};
  NearTexts near(
      request, [&](uint32_t place) { return std::string_view(texts[place]); },
      [&](uint32_t first, uint32_t behind, int edits) {
        for (uint32_t place = first; place < behind; ++place) {
          const auto [at, is_new] = found.try_emplace(texts[place], edits);
          at->second = std::min(at->second, edits);
        }
      });
  near.Run(begin, end, right_letters, right.size());
  return found;
}

TEST(NearTextsTest, WholeTextsAreWithinTheEdits) {
  const std::vector<std::string> texts = {"ferret",   "ferries", "ferry",
                                          "ferryman", "fery",    "merry"};
  EXPECT_THAT(Near(texts, "ferrry", NearWhat::kWhole, 1), ElementsAre(Pair("ferry", 1)));
  EXPECT_THAT(Near(texts, "ferry", NearWhat::kWhole, 1),
              ElementsAre(Pair("ferry", 0), Pair("fery", 1), Pair("merry", 1)));
  EXPECT_THAT(Near(texts, "fryre", NearWhat::kWhole, 1), IsEmpty());
}

TEST(NearTextsTest, TwoLettersThatChangedPlacesAreOneEdit) {
  EXPECT_THAT(Near({"minister"}, "minsiter", NearWhat::kWhole, 1),
              ElementsAre(Pair("minister", 1)));
}

TEST(NearTextsTest, LettersThatAreTakenAsRightAreNotChanged) {
  const std::vector<std::string> texts = {"berry", "ferry"};
  EXPECT_THAT(Near(texts, "ferry", NearWhat::kWhole, 1, 1), ElementsAre(Pair("ferry", 0)));
}

TEST(NearTextsTest, ABeginningEndsWithALetterThatWasTyped) {
  const std::vector<std::string> texts = {"parade", "parlament", "parliament", "parliaments",
                                          "parlour"};
  EXPECT_THAT(Near(texts, "parlamn", NearWhat::kBeginning, 1), ElementsAre(Pair("parlament", 1)));
  EXPECT_THAT(Near(texts, "parliamn", NearWhat::kBeginning, 1),
              ElementsAre(Pair("parliament", 1), Pair("parliaments", 1)));
  // Every text that begins with "parla" were near, if the last letter could be left out.
  EXPECT_THAT(Near(texts, "parlaz", NearWhat::kBeginning, 1), IsEmpty());
}

TEST(NearTextsTest, LettersBeyondAsciiAreLetters) {
  EXPECT_THAT(Near({"москва"}, "моксва", NearWhat::kWhole, 1), ElementsAre(Pair("москва", 1)));
}

// The walk leaves out what cannot be near; it must leave out nothing else.
TEST(NearTextsTest, FindsWhatComparingEachTextFinds) {
  std::mt19937 random(7);  // NOLINT: the same texts each time
  const auto make = [&] {
    std::string text;
    for (size_t length = 1 + random() % 7; length > 0; --length) {
      text.push_back("abcd"[random() % 4]);
    }
    return text;
  };
  std::vector<std::string> texts;
  for (int i = 0; i < 400; ++i) texts.push_back(make());
  std::sort(texts.begin(), texts.end());
  texts.erase(std::unique(texts.begin(), texts.end()), texts.end());
  for (int i = 0; i < 200; ++i) {
    const std::string typed = make();
    const int most = 1 + i % 2;
    std::map<std::string, int> expected;
    for (const std::string& text : texts) {
      const int edits = EditDistance(CodePoints(typed), CodePoints(text), most);
      if (edits <= most) expected[text] = edits;
    }
    EXPECT_EQ(Near(texts, typed, NearWhat::kWhole, most), expected) << typed;
  }
}

}  // namespace
}  // namespace broadsheet::query
