// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/query/complete/typed_place.h"

#include <gtest/gtest.h>

#include <string>

namespace broadsheet::query {
namespace {

// "kind field [what is replaced] typed"; the cursor is at the bar.
std::string PlaceIn(std::string text) {
  const size_t cursor = text.find('|');
  text.erase(cursor, 1);
  const TypedPlace place = PlaceAt(text, cursor);
  const char* const kinds[] = {"clause", "word", "value", "phrase"};
  std::string line = kinds[static_cast<size_t>(place.kind)];
  if (place.field) line += " " + std::string(schema::FieldOf(*place.field).name);
  line += " [" + text.substr(place.span.begin, place.span.end - place.span.begin) + "] ";
  return line + place.typed;
}

TEST(TypedPlaceTest, AWordIsReplacedAsAWholeAndReadUpToTheCursor) {
  EXPECT_EQ(PlaceIn("|"), "clause [] ");
  EXPECT_EQ(PlaceIn("fer|"), "clause [fer] fer");
  EXPECT_EQ(PlaceIn("oslo fer| sinks"), "clause [fer] fer");
  EXPECT_EQ(PlaceIn("oslo fer|ies sinks"), "clause [feries] fer");
  EXPECT_EQ(PlaceIn("oslo |"), "clause [] ");
}

TEST(TypedPlaceTest, MarksInFrontOfAWordStay) {
  EXPECT_EQ(PlaceIn("oslo -fer|"), "clause [fer] fer");
  EXPECT_EQ(PlaceIn("=fer|"), "clause [fer] fer");
  EXPECT_EQ(PlaceIn("(oslo OR fer|)"), "clause [fer] fer");
}

TEST(TypedPlaceTest, BehindAFieldItsWordsOrValuesAreTyped) {
  EXPECT_EQ(PlaceIn("headline:fer|"), "word headline [fer] fer");
  EXPECT_EQ(PlaceIn("oslo tag:fer|"), "value tag [fer] fer");
  EXPECT_EQ(PlaceIn("-tag:|"), "value tag [] ");
  EXPECT_EQ(PlaceIn("byline:ker|"), "value byline [ker] ker");
}

TEST(TypedPlaceTest, AWholeValueIsReplacedWithItsQuotes) {
  EXPECT_EQ(PlaceIn("tag:\"port of o| oslo"), "value tag [\"port of o] port of o");
  EXPECT_EQ(PlaceIn("tag:\"port of o|\" oslo"), "value tag [\"port of o\"] port of o");
  EXPECT_EQ(PlaceIn("tag:“port of o|” oslo"), "value tag [“port of o”] port of o");
}

TEST(TypedPlaceTest, InsideQuotesWordsAreTyped) {
  EXPECT_EQ(PlaceIn("\"port of os|\""), "phrase [os] os");
  EXPECT_EQ(PlaceIn("headline:\"port of os|"), "phrase headline [os] os");
  EXPECT_EQ(PlaceIn("\"port of oslo\" fer|"), "clause [fer] fer");
}

TEST(TypedPlaceTest, ANameThatIsNoFieldIsText) {
  EXPECT_EQ(PlaceIn("breaking:fer|"), "clause [breaking:fer] breaking:fer");
  EXPECT_EQ(PlaceIn("https://exa|"), "clause [https://exa] https://exa");
}

}  // namespace
}  // namespace broadsheet::query
