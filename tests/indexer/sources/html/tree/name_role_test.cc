// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/sources/html/tree/name_role.h"

#include <gtest/gtest.h>

namespace broadsheet::sources::html {
namespace {

TEST(NameRoleTest, NamesOfFurnitureAreKnown) {
  for (const char* names :
       {"related-articles", "article__related", "articleRelated box", "newsletter", "share-buttons",
        "taboola", "more-from-us", "screen-reader-text"}) {
    EXPECT_EQ(RoleOfNames(names).role, ElementRole::kFurniture) << names;
  }
  for (const char* names : {"comments", "comment-list", "commentlist x", "disqus_thread"}) {
    EXPECT_EQ(RoleOfNames(names).role, ElementRole::kComments) << names;
  }
  for (const char* names : {"sidebar", "is-hidden", "hidden", "js-hidden", "ad-box", "promo",
                            "social", "story--related"}) {
    EXPECT_EQ(RoleOfNames(names).role, ElementRole::kPerhapsFurniture) << names;
  }
}

// What an element holds, lacks, or looks like was taken for what it is: whole articles were lost.
TEST(NameRoleTest, WhatAnElementHasOrLooksLikeIsNotWhatItIs) {
  for (const char* names : {"field--label-hidden",
                            "field field-name-body field-label-hidden",
                            "print-hidden",
                            "hidden-print",
                            "md:hidden lg:block",
                            "overflow-hidden",
                            "article-sidebar-layout",
                            "layout-sidebar-right",
                            "page-with-header",
                            "content-with-related-sidebar",
                            "no-comments",
                            "has-ads",
                            "not-sponsored",
                            "social-enabled",
                            "ads-disabled",
                            "ad-free",
                            "comments-closed",
                            "without-newsletter",
                            "adsorption",
                            "shareholder",
                            ""}) {
    EXPECT_EQ(RoleOfNames(names).role, ElementRole::kNone) << names;
  }
}

TEST(NameRoleTest, TheNameThatGaveTheRoleIsTold) {
  EXPECT_EQ(RoleOfNames("box box--wide sidebar-box\tfoo").name, "sidebar-box");
  EXPECT_EQ(RoleOfNames("byline related").role, ElementRole::kFurniture);
  EXPECT_EQ(RoleOfNames("byline wide").role, ElementRole::kByline);
  EXPECT_EQ(RoleOfNames("post_show_tags").role, ElementRole::kTags);
  EXPECT_EQ(RoleOfNames("with-caption").role, ElementRole::kNone);
}

}  // namespace
}  // namespace broadsheet::sources::html
