// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/proto/style.h"

#include <gmock/gmock.h>
#include <google/protobuf/descriptor.h>
#include <google/protobuf/descriptor.pb.h>
#include <google/protobuf/text_format.h>
#include <gtest/gtest.h>

#include <fstream>
#include <string>
#include <string_view>
#include <vector>

namespace broadsheet::testing {
namespace {

using ::google::protobuf::DescriptorPool;
using ::google::protobuf::FileDescriptor;
using ::google::protobuf::FileDescriptorProto;
using ::google::protobuf::FileDescriptorSet;
using ::testing::Contains;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;

// The API's files as written, with their comments.
class ApiStyleTest : public ::testing::Test {
 protected:
  void SetUp() override {
    std::ifstream file(BROADSHEET_DESCRIBED_API, std::ios::binary);
    FileDescriptorSet set;
    ASSERT_TRUE(set.ParseFromIstream(&file)) << BROADSHEET_DESCRIBED_API;
    for (const FileDescriptorProto& proto : set.file()) {
      const FileDescriptor* built = pool_.BuildFile(proto);
      ASSERT_NE(built, nullptr) << proto.name();
      files_.push_back(built);
    }
  }

  std::vector<const FileDescriptor*> FilesIn(std::string_view directory) const {
    std::vector<const FileDescriptor*> result;
    for (const FileDescriptor* file : files_) {
      if (file->name().starts_with(directory)) result.push_back(file);
    }
    return result;
  }

 private:
  DescriptorPool pool_;
  std::vector<const FileDescriptor*> files_;
};

TEST_F(ApiStyleTest, KeepsAllRules) {
  ASSERT_THAT(FilesIn("broadsheet/v1/"), SizeIs(4));
  EXPECT_THAT(StyleViolations(FilesIn("broadsheet/v1/")), IsEmpty());
}

TEST_F(ApiStyleTest, HasCommentsOnGooglesErrorDetailsToo) {
  ASSERT_THAT(FilesIn("google/rpc/"), SizeIs(2));
  EXPECT_THAT(CommentViolations(FilesIn("google/rpc/")), IsEmpty());
}

// What the review finds in one file, given as text of a FileDescriptorProto.
std::vector<std::string> ViolationsIn(const std::string& text) {
  FileDescriptorProto proto;
  EXPECT_TRUE(google::protobuf::TextFormat::ParseFromString(text, &proto));
  DescriptorPool pool;
  const FileDescriptor* file = pool.BuildFile(proto);
  EXPECT_NE(file, nullptr);
  return StyleViolations({file});
}

TEST(StyleViolationsTest, NamesMisplacedAndUnversionedFile) {
  const auto violations =
      ViolationsIn(R"pb(name: "wrong/News.proto" package: "news" syntax: "proto3")pb");
  EXPECT_THAT(violations,
              Contains("wrong/News.proto: PACKAGE_DIRECTORY: package news belongs into news/"));
  EXPECT_THAT(
      violations,
      Contains("wrong/News.proto: PACKAGE_DIRECTORY: package news does not end in a version"));
  EXPECT_THAT(violations, Contains("wrong/News.proto: NAMES: is not lower_snake_case.proto"));
}

TEST(StyleViolationsTest, NamesMissingOptionsAndHeader) {
  const auto violations =
      ViolationsIn(R"pb(name: "news/v1/news.proto" package: "news.v1" syntax: "proto3")pb");
  for (const std::string option :
       {"go_package", "java_package", "java_multiple_files", "csharp_namespace"}) {
    EXPECT_THAT(violations,
                Contains("news/v1/news.proto: FILE_OPTIONS: " + option + " is not set"));
  }
  EXPECT_THAT(violations,
              Contains("news/v1/news.proto: FILE_HEADER: does not start with its SPDX line"));
  EXPECT_THAT(violations, SizeIs(5));
}

// One message `Story` with a field, and what may be wrong with methods.
std::vector<std::string> ViolationsInService(const std::string& service) {
  return ViolationsIn(R"pb(name: "news/v1/news.proto"
                           package: "news.v1"
                           syntax: "proto3"
                           message_type { name: "Story" }
                           message_type {
                             name: "GetStoryRequest"
                             field { name: "Id" number: 1 type: TYPE_STRING }
                           })pb" +
                      service);
}

TEST(StyleViolationsTest, NamesServiceWithoutSuffix) {
  EXPECT_THAT(ViolationsInService(R"pb(service { name: "News" })pb"),
              Contains("news.v1.News: SERVICE_SUFFIX: does not end in Service"));
}

TEST(StyleViolationsTest, NamesMethodWithOtherTypesThanItsOwn) {
  const auto violations = ViolationsInService(
      R"pb(service {
             name: "NewsService"
             method { name: "GetStory" input_type: "GetStoryRequest" output_type: "Story" }
             method { name: "find_story" input_type: "GetStoryRequest" output_type: "Story" }
           })pb");
  EXPECT_THAT(violations,
              Contains("news.v1.NewsService.GetStory: METHOD_TYPES: has news.v1.Story in place of "
                       "news.v1.GetStoryResponse"));
  EXPECT_THAT(violations, Contains("news.v1.NewsService.find_story: METHOD_TYPES: "
                                   "news.v1.GetStoryRequest is another method's too"));
  EXPECT_THAT(violations, Contains("news.v1.NewsService.find_story: NAMES: is not PascalCase"));
}

TEST(StyleViolationsTest, NamesUndescribedFieldOfRequest) {
  const auto violations = ViolationsInService(
      R"pb(service {
             name: "NewsService"
             method { name: "GetStory" input_type: "GetStoryRequest" output_type: "Story" }
           })pb");
  EXPECT_THAT(violations, Contains("news.v1.GetStoryRequest.Id: NAMES: is not lower_snake_case"));
  EXPECT_THAT(violations, Contains("news.v1.GetStoryRequest.Id: COMMENT: has none"));
  EXPECT_THAT(violations,
              Contains("news.v1.GetStoryRequest.Id: FIELD_BEHAVIOUR: its comment starts with none "
                       "of Required, Optional, Output only"));
  EXPECT_THAT(violations, Contains("news.v1.Story: COMMENT: has none"));
}

TEST(StyleViolationsTest, NamesEnumWithoutZeroAndPrefix) {
  const auto violations = ViolationsIn(
      R"pb(name: "news/v1/news.proto"
           package: "news.v1"
           syntax: "proto3"
           enum_type {
             name: "StoryKind"
             value { name: "STORY_KIND_NONE" number: 0 }
             value { name: "Picture" number: 1 }
             value { name: "STORY_KIND_TEXT" number: 2 }
           })pb");
  EXPECT_THAT(violations,
              Contains("news.v1.StoryKind: ENUM_ZERO: its value 0 is not STORY_KIND_UNSPECIFIED"));
  EXPECT_THAT(violations,
              Contains("news.v1.Picture: ENUM_PREFIX: does not begin with STORY_KIND_"));
  EXPECT_THAT(violations, Contains("news.v1.Picture: NAMES: is not UPPER_SNAKE_CASE"));
  EXPECT_THAT(
      violations,
      Not(Contains("news.v1.STORY_KIND_TEXT: ENUM_PREFIX: does not begin with STORY_KIND_")));
}

TEST(StyleViolationsTest, OnlyCommentsAndHeadersMatterInForeignFiles) {
  FileDescriptorProto proto;
  ASSERT_TRUE(google::protobuf::TextFormat::ParseFromString(
      R"pb(name: "other/News.proto"
           package: "other"
           syntax: "proto3"
           message_type { name: "story" })pb",
      &proto));
  DescriptorPool pool;
  EXPECT_THAT(
      CommentViolations({pool.BuildFile(proto)}),
      ::testing::ElementsAre("other/News.proto: FILE_HEADER: does not start with its SPDX line",
                             "other.story: COMMENT: has none"));
}

}  // namespace
}  // namespace broadsheet::testing
