// SPDX-License-Identifier: GPL-3.0-or-later
// Which tags and authors stand out in what a search finds.
#include "engine/query/aggregate/significant_values.h"

#include <string>

#include "absl/strings/str_cat.h"
#include "tests/engine/query/aggregate/aggregate_fixture.h"

namespace broadsheet::query {
namespace {

class SignificantValuesTest : public AggregateFixture {
 protected:
  void SetUp() override {
    call_.now = absl::FromUnixSeconds(1999);
    for (int i = 0; i < 4; ++i) {
      Add(absl::StrCat("ferry", i), {.headline = "ferry strike",
                                     .tags = {"Ferries", "News"},
                                     .bylines = {"Ann Sea"},
                                     .source = "Courier"});
    }
    for (int i = 0; i < 16; ++i) {
      Add(absl::StrCat("other", i),
          {.headline = "budget", .tags = {"Money", "News"}, .source = "Courier"});
    }
    Add("other16", {.headline = "budget of ferries", .tags = {"FERRIES"}});
  }
  // "tag Ferries 4/5; byline Ann Sea 4/4"
  std::string Telling(const std::string& query, int most = 10) {
    Request request;
    request.set_query(query);
    request.set_significant_values(most);
    std::string line;
    const v1::AggregateArticlesResponse response = Counts(request);
    for (const v1::SignificantValue& value : response.significant()) {
      EXPECT_GT(value.score(), 0);
      absl::StrAppend(&line, line.empty() ? "" : "; ", value.field(), " ", value.value(), " ",
                      value.count(), "/", value.all());
    }
    return line;
  }
};

TEST_F(SignificantValuesTest, AreMoreFrequentHereThanElsewhereBestFirst) {
  EXPECT_EQ(Telling("strike"), "byline Ann Sea 4/4; tag Ferries 4/5; tag News 4/20");
  EXPECT_EQ(Telling("strike", 1), "byline Ann Sea 4/4");
  EXPECT_EQ(Telling("budget"), "tag Money 16/16");
}

TEST_F(SignificantValuesTest, AreNoneWhereNothingNarrowsOrNothingWasAskedFor) {
  EXPECT_EQ(Telling(""), "");
  EXPECT_EQ(Telling("strike", 0), "");
}

TEST_F(SignificantValuesTest, CountWhatWasWrittenAndNothingHidden) {
  AddToLive("ferry4", {.headline = "ferry strike", .tags = {"Ferries"}});
  AddToLive("ferry0", {.headline = "nothing"});
  Article secret{.headline = "strike", .tags = {"Zeppelins"}, .bylines = {"Zoe Zant"}};
  secret.embargo_seconds = 2000;
  for (int i = 0; i < 3; ++i) AddToLive(absl::StrCat("secret", i), secret);
  EXPECT_EQ(Telling("strike"), "tag Ferries 4/5; byline Ann Sea 3/3");
}

TEST_F(SignificantValuesTest, ANegativeNumberIsNamed) {
  Request request;
  request.set_significant_values(-1);
  EXPECT_EQ(AskCounts(request).status().message(), "the number of values is negative");
}

}  // namespace
}  // namespace broadsheet::query
