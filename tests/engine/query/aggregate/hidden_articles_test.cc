// SPDX-License-Identifier: GPL-3.0-or-later
// No count, value, spelling, total or period tells of an article that readers may not see.
#include <string>

#include "engine/storage/index/takedowns.h"
#include "tests/engine/query/aggregate/aggregate_fixture.h"

namespace broadsheet::query {
namespace {

class HiddenArticlesTest : public AggregateFixture {
 protected:
  void SetUp() override {
    call_.now = absl::FromUnixSeconds(1999);
    Add("shown", {.headline = "zinc mine",
                  .tags = {"Mining"},
                  .source = "The Hill Courier",
                  .published = "2024-06-01"});
  }
  // What nobody else has, and a spelling that would be that of most.
  static Article Secret() {
    return {.headline = "zinc secret",
            .tags = {"MINING", "Zeppelins"},
            .bylines = {"Zoe Zant"},
            .section = "Zones",
            .source = "THE HILL COURIER",
            .language = "zu",
            .published = "2026-01-01"};
  }
  void ExpectNothingShows(const std::string& how) {
    Request request;
    for (const char* field :
         {"tag", "byline", "section", "source", "language", "year", "month", "weekday"}) {
      request.add_facets()->set_field(field);
    }
    request.mutable_timeline()->set_interval(v1::INTERVAL_YEAR);
    for (const std::string query : {"", "zinc"}) {
      request.set_query(query);
      const v1::AggregateArticlesResponse response = Counts(request);
      EXPECT_EQ(response.total().value(), 1) << how;
      EXPECT_EQ(Written(response.facets(0)), "Mining 1 | 1 distinct, 0 without") << how;
      EXPECT_EQ(Written(response.facets(1)), " | 0 distinct, 1 without") << how;
      EXPECT_EQ(Written(response.facets(2)), " | 0 distinct, 1 without") << how;
      EXPECT_EQ(Written(response.facets(3)), "The Hill Courier 1 | 1 distinct, 0 without") << how;
      EXPECT_EQ(Written(response.facets(4)), "en 1 | 1 distinct, 0 without") << how;
      EXPECT_EQ(Written(response.facets(5)), "2024 1 | 1 distinct, 0 without") << how;
      EXPECT_EQ(Written(response.facets(6)), "2024-06 1 | 1 distinct, 0 without") << how;
      EXPECT_EQ(Written(response.facets(7)), "Saturday 1 | 1 distinct, 0 without") << how;
      EXPECT_EQ(TimelineOf(request), "2024 1/1 | 0 undated") << how;
      EXPECT_EQ(response.notices_size(), 0) << how;
    }
    request = CountsOf("tag");
    request.mutable_filter()->mutable_tag()->add_any_of("zeppelins");
    EXPECT_EQ(FacetOf(request), "Mining 1 | 1 distinct, 0 without") << how;
    request = PeriodsOf(v1::INTERVAL_YEAR);
    request.mutable_timeline()->mutable_until()->set_seconds(1'780'000'000);
    EXPECT_EQ(TimelineOf(request), "2024 1/1, 2025 0/0, 2026 0/0 | 0 undated") << how;
  }
};

TEST_F(HiddenArticlesTest, ThatAreWithheld) {
  Article secret = Secret();
  secret.status = v1::Article::STATUS_WITHHELD;
  Add("secret", secret);
  Add("secret-2", secret);
  ExpectNothingShows("in base");
  AddToLive("secret-3", secret);
  AddToLive("secret-4", secret);
  ExpectNothingShows("in live");
}

TEST_F(HiddenArticlesTest, ThatAreUnderEmbargo) {
  Article secret = Secret();
  secret.embargo_seconds = 2000;
  Add("secret", secret);
  ExpectNothingShows("in base");
  AddToLive("secret-2", secret);
  ExpectNothingShows("in live");
  call_.now = absl::FromUnixSeconds(2000);
  EXPECT_EQ(FacetOf("byline"), "Zoe Zant 2 | 1 distinct, 1 without");
  EXPECT_EQ(FacetOf("tag", "zinc"), "MINING 3, Zeppelins 2 | 2 distinct, 0 without");
}

TEST_F(HiddenArticlesTest, ThatWereReplaced) {
  Add("replaced", Secret());
  AddToLive("replaced", {.headline = "zinc", .status = v1::Article::STATUS_CANCELLED});
  ExpectNothingShows("by one that is cancelled");
}

TEST_F(HiddenArticlesTest, ThatAreTakenDown) {
  Add("secret", Secret());
  AddToLive("secret-2", Secret());
  EXPECT_EQ(Counts(CountsOf("tag")).total().value(), 3);
  ASSERT_OK(
      storage::AddTakedowns(storage::Layout(index_.path()), {"secret", "secret-2"}, call_.now));
  ExpectNothingShows("in base and live");
}

}  // namespace
}  // namespace broadsheet::query
