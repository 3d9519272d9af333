// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/schema/field_table.h"

#include <gtest/gtest.h>

#include <set>
#include <string_view>

namespace broadsheet::schema {
namespace {

std::string_view NearestName(std::string_view typed) {
  const Field* field = NearestField(typed);
  return field == nullptr ? "(none)" : field->name;
}

TEST(FieldTableTest, FindsFieldsByNameAndAliasInAnyCase) {
  ASSERT_NE(FindField("headline"), nullptr);
  EXPECT_EQ(FindField("headline")->id, FieldId::kHeadline);
  EXPECT_EQ(FindField("Author"), FindField("byline"));
  EXPECT_EQ(FindField("capton"), nullptr);
  EXPECT_EQ(FindField(""), nullptr);
}

TEST(FieldTableTest, EveryFieldIdHasItsOwnRow) {
  for (int id = 1; id <= static_cast<int>(FieldId::kDateline); ++id) {
    EXPECT_EQ(static_cast<int>(FieldOf(static_cast<FieldId>(id)).id), id);
  }
  EXPECT_EQ(Fields().size(), static_cast<size_t>(FieldId::kDateline));
}

TEST(FieldTableTest, NamesAndPrefixesAreDistinct) {
  std::set<std::string_view> names;
  std::set<std::string_view> prefixes;
  for (const Field& field : Fields()) {
    EXPECT_TRUE(names.insert(field.name).second) << field.name;
    if (!field.alias.empty()) {
      EXPECT_TRUE(names.insert(field.alias).second) << field.alias;
    }
    for (const std::string_view prefix : {field.prefix, field.value_prefix}) {
      if (prefix.empty()) continue;
      EXPECT_TRUE(prefixes.insert(prefix).second) << prefix;
    }
    EXPECT_FALSE(field.help.empty()) << field.name;
  }
}

TEST(FieldTableTest, LongPrefixesEndInAColonSoThatNoValueRunsIntoThem) {
  for (const Field& field : Fields()) {
    for (const std::string_view prefix : {field.prefix, field.value_prefix}) {
      if (prefix.size() <= 1) continue;
      EXPECT_EQ(prefix.front(), 'X') << field.name;
      EXPECT_EQ(prefix.back(), ':') << field.name;
    }
  }
}

// Phrases are found in token runs alone, and so is what has no terms of its own.
TEST(FieldTableTest, WhateverIsSearchedByWordsHasAPlaceInTokenRuns) {
  for (const Field& field : Fields()) {
    const bool by_words = field.kind == FieldKind::kText || field.weight > 0;
    EXPECT_EQ(field.run_place > 0, by_words) << field.name;
  }
}

TEST(FieldTableTest, TheHeadlineWeighsMostAndCreditsAndDatelinesNothing) {
  EXPECT_EQ(FieldOf(FieldId::kHeadline).weight, 3);
  EXPECT_EQ(FieldOf(FieldId::kSummary).weight, 2);
  EXPECT_EQ(FieldOf(FieldId::kTag).weight, 2);
  EXPECT_EQ(FieldOf(FieldId::kBody).weight, 1);
  EXPECT_EQ(FieldOf(FieldId::kCaption).weight, 1);
  EXPECT_EQ(FieldOf(FieldId::kByline).weight, 1);
  EXPECT_EQ(FieldOf(FieldId::kCredit).weight, 0);
  EXPECT_EQ(FieldOf(FieldId::kDateline).weight, 0);
}

TEST(FieldTableTest, SuggestsTheNearestFieldForAMistypedOne) {
  EXPECT_EQ(NearestName("capton"), "caption");
  EXPECT_EQ(NearestName("heading"), "headline");
  EXPECT_EQ(NearestName("HEADLIN"), "headline");
  EXPECT_EQ(NearestName("autor"), "byline");
  EXPECT_EQ(NearestName("tags"), "tag");
  EXPECT_EQ(NearestName("datline"), "dateline");
  EXPECT_EQ(NearestName("https"), "(none)");
  EXPECT_EQ(NearestName("x"), "(none)");
  EXPECT_EQ(NearestName(""), "(none)");
}

}  // namespace
}  // namespace broadsheet::schema
