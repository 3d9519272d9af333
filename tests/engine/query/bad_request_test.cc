// SPDX-License-Identifier: GPL-3.0-or-later
// Fields of a request: what is refused, each with its reason, and what the read mask chooses.
#include <string>

#include "tests/engine/query/search_fixture.h"

namespace broadsheet::query {
namespace {

class BadRequestTest : public SearchFixture {
 protected:
  void SetUp() override { Add("a", {.headline = "One", .published = "2024-06-19"}); }
};

TEST_F(BadRequestTest, EmptyQueryWithoutAFilterIsRefused) {
  EXPECT_EQ(ReasonFor(Request("")), "QUERY_SYNTAX");
  EXPECT_EQ(ReasonFor(Request(" &  — ")), "QUERY_SYNTAX");
}

TEST_F(BadRequestTest, BadDatesAreRefusedWithTheirPlace) {
  EXPECT_EQ(ReasonFor(Request("date:2023-02-30")), "QUERY_BAD_DATE");
  EXPECT_EQ(ReasonFor(Request("after:someday")), "QUERY_BAD_DATE");
  EXPECT_EQ(ReasonFor(Request("date:2024..2023")), "QUERY_BAD_DATE");
  EXPECT_EQ(ReasonFor(Request("date:..")), "QUERY_BAD_DATE");
}

TEST_F(BadRequestTest, ValuesOutOfRangeAreRefused) {
  const auto reason = [&](auto change) {
    v1::SearchArticlesRequest request = Request("one");
    change(&request);
    return ReasonFor(request);
  };
  EXPECT_EQ(reason([](auto* r) { r->set_page_size(-1); }), "INVALID_ARGUMENT_VALUE");
  EXPECT_EQ(reason([](auto* r) { r->set_skip(-1); }), "INVALID_ARGUMENT_VALUE");
  EXPECT_EQ(reason([](auto* r) { r->set_skip(10001); }), "PAGE_TOO_DEEP");
  EXPECT_EQ(reason([](auto* r) { r->set_time_zone("Moon/Crater"); }), "INVALID_ARGUMENT_VALUE");
  EXPECT_EQ(reason([](auto* r) { r->set_ranking_profile("x"); }), "INVALID_ARGUMENT_VALUE");
  EXPECT_EQ(reason([](auto* r) { r->mutable_read_mask()->add_paths("x"); }),
            "INVALID_ARGUMENT_VALUE");
  EXPECT_EQ(reason([](auto* r) { r->set_sort(static_cast<v1::SortOrder>(9)); }),
            "INVALID_ARGUMENT_VALUE");
  EXPECT_EQ(reason([](auto* r) { r->mutable_filter()->mutable_tag()->add_any_of(" "); }),
            "INVALID_ARGUMENT_VALUE");
  EXPECT_EQ(reason([](auto* r) { r->mutable_highlight()->set_max_fragments(-1); }),
            "INVALID_ARGUMENT_VALUE");
  EXPECT_EQ(reason([](auto* r) {
              for (int i = 0; i < 600; ++i) r->mutable_filter()->mutable_tag()->add_any_of("x");
            }),
            "QUERY_TOO_COMPLEX");
}

TEST_F(BadRequestTest, ReadMaskChoosesWhatAHitCarries) {
  Add("b", {.headline = "Two", .body = "text"});
  EXPECT_EQ(Answer("two").hits(0).article().body(), "");
  v1::SearchArticlesRequest request = Request("two");
  request.mutable_read_mask()->add_paths("body");
  EXPECT_EQ(Answer(request).hits(0).article().body(), "text");
  EXPECT_EQ(Answer(request).hits(0).article().headline(), "");
  EXPECT_EQ(Answer(request).hits(0).article().id(), "b");
  request.mutable_read_mask()->add_paths("*");
  EXPECT_EQ(Answer(request).hits(0).article().headline(), "Two");
}

}  // namespace
}  // namespace broadsheet::query
