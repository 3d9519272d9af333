// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/base/protobuf_log.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <string>

#include "broadsheet/v1/article.pb.h"
#include "tests/server/collected_log.h"

namespace broadsheet::server {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

size_t CountLines(const std::string& text) {
  return static_cast<size_t>(std::count(text.begin(), text.end(), '\n'));
}

// An article whose headline is no UTF-8.
void ReadBadArticle() {
  v1::Article article;
  EXPECT_FALSE(article.ParseFromString("\x12\x07secret\xff"));
}

// A caller who sent nonsense wrote 232 bytes into the log with each request.
TEST(ProtobufLogTest, SaysOnceWhatManyRequestsHave) {
  CollectedLog log;
  {
    const ProtobufLog protobuf(log, absl::Hours(1));
    for (int i = 0; i < 50; ++i) ReadBadArticle();
  }
  EXPECT_EQ(CountLines(log.text()), 1);
  EXPECT_THAT(log.text(),
              AllOf(HasSubstr("warning: libprotobuf: String field 'broadsheet.v1.Article."),
                    HasSubstr("invalid UTF-8"), Not(HasSubstr("secret"))));
}

TEST(ProtobufLogTest, SaysHowOftenItWasSaid) {
  CollectedLog log;
  const ProtobufLog protobuf(log, absl::ZeroDuration());
  ReadBadArticle();
  ReadBadArticle();
  EXPECT_EQ(CountLines(log.text()), 2);
  EXPECT_THAT(log.text(), Not(HasSubstr("times since")));
}

TEST(ProtobufLogTest, KeepsNamesAndNoWords) {
  EXPECT_EQ(WithoutWords("Field 'a.b_c' is bad"), "Field 'a.b_c' is bad");
  EXPECT_EQ(WithoutWords("Cannot read \"kim jong un\" here"), "Cannot read \"...\" here");
  EXPECT_EQ(WithoutWords("open \"kim jong"), "open ");
}

}  // namespace
}  // namespace broadsheet::server
