// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/query/compile/filters.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>
#include <string>
#include <vector>

#include "engine/schema/field_table.h"

namespace broadsheet::query {
namespace {

using ::testing::ElementsAre;

// A condition that the table knows nothing of would narrow nothing.
TEST(FiltersTest, TheValuesThatAFilterTakesAreThoseOfTheFieldTable) {
  std::set<std::string> of_filter;
  const google::protobuf::Descriptor* filter = v1::Filter::descriptor();
  for (int i = 0; i < filter->field_count(); ++i) {
    if (filter->field(i)->message_type() == v1::ValueFilter::descriptor()) {
      of_filter.insert(filter->field(i)->name());
    }
  }
  std::set<std::string> of_table;
  for (const schema::Field& field : schema::Fields()) {
    if (field.facet) of_table.emplace(field.name);
  }
  EXPECT_EQ(of_filter, of_table);
}

TEST(FiltersTest, ConditionsAreToldInTheOrderOfTheMessage) {
  v1::Filter filter;
  EXPECT_FALSE(IsSet(filter));
  filter.mutable_language()->add_any_of("en");
  filter.mutable_byline()->add_all_of("Ann Lee");
  filter.mutable_tag()->add_none_of("x");
  filter.mutable_tag()->add_all_of("y");
  filter.mutable_source()->add_any_of("The Hill");
  filter.mutable_section()->add_any_of("World");
  std::vector<std::string> told;
  for (const v1::AppliedFilter& applied : ExplainFilter(filter)) {
    told.push_back(applied.field() + " " + applied.condition() + " " + applied.values(0));
  }
  EXPECT_THAT(told,
              ElementsAre("tag all_of y", "tag none_of x", "byline all_of Ann Lee",
                          "section any_of World", "source any_of The Hill", "language any_of en"));
  EXPECT_TRUE(IsSet(filter));
  EXPECT_EQ(CountValues(filter), 6U);
}

}  // namespace
}  // namespace broadsheet::query
