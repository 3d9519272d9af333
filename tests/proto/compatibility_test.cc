// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/proto/compatibility.h"

#include <gmock/gmock.h>
#include <google/protobuf/descriptor.h>
#include <google/protobuf/descriptor.pb.h>
#include <google/protobuf/text_format.h>
#include <gtest/gtest.h>

#include <fstream>
#include <functional>
#include <string>
#include <vector>

#include "broadsheet/v1/admin_service.pb.h"
#include "broadsheet/v1/article.pb.h"
#include "broadsheet/v1/article_service.pb.h"
#include "broadsheet/v1/search_service.pb.h"
#include "google/rpc/error_details.pb.h"
#include "google/rpc/status.pb.h"

namespace broadsheet::testing {
namespace {

using ::google::protobuf::FileDescriptor;
using ::google::protobuf::FileDescriptorSet;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

// The API as programs of this build speak it. Names a message of each file, as the linker drops a
// file of a static library that nothing refers to.
FileDescriptorSet LinkedApi() {
  FileDescriptorSet set;
  for (const FileDescriptor* file :
       {v1::Article::descriptor()->file(), v1::SearchArticlesRequest::descriptor()->file(),
        v1::PutArticleRequest::descriptor()->file(), v1::RebuildRequest::descriptor()->file(),
        google::rpc::Status::descriptor()->file(), google::rpc::ErrorInfo::descriptor()->file()}) {
    google::protobuf::FileDescriptorProto* copy = set.add_file();
    file->CopyTo(copy);
    file->CopyJsonNameTo(copy);
  }
  return set;
}

TEST(PublishedApiTest, IsKeptByTheLinkedApi) {
  FileDescriptorSet published;
  std::ifstream file(BROADSHEET_PUBLISHED_API, std::ios::binary);
  ASSERT_TRUE(published.ParseFromIstream(&file)) << BROADSHEET_PUBLISHED_API;
  ASSERT_EQ(published.file_size(), 6);
  EXPECT_THAT(BreakingChanges(published, LinkedApi()), IsEmpty())
      << "Programs in use would break. Keep what is published and add beside it; see "
         "scripts/update-descriptors.";
}

// A published API with one of everything. Each test changes a copy of it.
FileDescriptorSet Sample() {
  FileDescriptorSet set;
  EXPECT_TRUE(google::protobuf::TextFormat::ParseFromString(
      R"pb(
        file {
          name: "news/v1/news.proto"
          package: "news.v1"
          syntax: "proto3"
          options { go_package: "news/v1;newsv1" java_package: "news.v1" }
          message_type {
            name: "Story"
            field { name: "title" number: 1 type: TYPE_STRING json_name: "title" }
            field {
              name: "parts"
              number: 2
              label: LABEL_REPEATED
              type: TYPE_MESSAGE
              type_name: ".news.v1.Story.Part"
              json_name: "parts"
            }
            field { name: "size" number: 3 type: TYPE_INT32 json_name: "size" }
            nested_type {
              name: "Part"
              field { name: "kind" number: 1 type: TYPE_ENUM type_name: ".news.v1.Story.Kind" }
            }
            enum_type {
              name: "Kind"
              value { name: "KIND_UNSPECIFIED" number: 0 }
              value { name: "KIND_TEXT" number: 1 }
            }
          }
          message_type { name: "GetStoryRequest" }
          service {
            name: "NewsService"
            method {
              name: "GetStory"
              input_type: ".news.v1.GetStoryRequest"
              output_type: ".news.v1.Story"
            }
          }
        })pb",
      &set));
  return set;
}

std::vector<std::string> ChangesAfter(
    const std::function<void(google::protobuf::FileDescriptorProto&)>& edit) {
  FileDescriptorSet edited = Sample();
  edit(*edited.mutable_file(0));
  return BreakingChanges(Sample(), edited);
}

TEST(BreakingChangesTest, NoneWhenNothingChanged) {
  EXPECT_THAT(BreakingChanges(Sample(), Sample()), IsEmpty());
}

TEST(BreakingChangesTest, NoneForAdditions) {
  EXPECT_THAT(ChangesAfter([](auto& file) {
                auto* field = file.mutable_message_type(0)->add_field();
                field->set_name("author");
                field->set_number(9);
                field->set_type(google::protobuf::FieldDescriptorProto::TYPE_STRING);
                auto* value = file.mutable_message_type(0)->mutable_enum_type(0)->add_value();
                value->set_name("KIND_PICTURE");
                value->set_number(2);
                file.add_message_type()->set_name("ListStoriesRequest");
                file.mutable_service(0)->add_method()->set_name("ListStories");
                file.mutable_service()->Add()->set_name("AdminService");
                file.mutable_options()->set_csharp_namespace("");
              }),
              IsEmpty());
}

TEST(BreakingChangesTest, NamesRemovedField) {
  EXPECT_THAT(ChangesAfter([](auto& file) {
                file.mutable_message_type(0)->mutable_field()->DeleteSubrange(0, 1);
              }),
              ElementsAre("field news.v1.Story.title = 1 was removed"));
}

TEST(BreakingChangesTest, NamesRemovedFieldWhoseNumberIsReserved) {
  EXPECT_THAT(ChangesAfter([](auto& file) {
                file.mutable_message_type(0)->mutable_field()->DeleteSubrange(0, 1);
                auto* range = file.mutable_message_type(0)->add_reserved_range();
                range->set_start(1);
                range->set_end(2);
              }),
              ElementsAre("field news.v1.Story.title = 1 was removed"));
}

TEST(BreakingChangesTest, NamesRenumberedField) {
  EXPECT_THAT(ChangesAfter([](auto& file) {
                file.mutable_message_type(0)->mutable_field(0)->set_number(7);
              }),
              ElementsAre("field news.v1.Story.title = 1 was renumbered to 7"));
}

TEST(BreakingChangesTest, NamesFieldsWhoseNumbersWereSwapped) {
  EXPECT_THAT(ChangesAfter([](auto& file) {
                file.mutable_message_type(0)->mutable_field(0)->set_number(3);
                file.mutable_message_type(0)->mutable_field(2)->set_number(1);
              }),
              ElementsAre("field news.v1.Story.title = 1 was renumbered to 3",
                          "field news.v1.Story.size = 3 was renumbered to 1"));
}

TEST(BreakingChangesTest, NamesRenamedField) {
  EXPECT_THAT(ChangesAfter([](auto& file) {
                file.mutable_message_type(0)->mutable_field(0)->set_name("headline");
              }),
              ElementsAre("field news.v1.Story.title = 1 was renamed to headline"));
}

TEST(BreakingChangesTest, NamesRetypedField) {
  EXPECT_THAT(
      ChangesAfter([](auto& file) {
        file.mutable_message_type(0)->mutable_field(2)->set_type(
            google::protobuf::FieldDescriptorProto::TYPE_INT64);
      }),
      ElementsAre("field news.v1.Story.size = 3: type was changed from 'int32' to 'int64'"));
}

TEST(BreakingChangesTest, NamesFieldThatIsNoLongerRepeated) {
  EXPECT_THAT(ChangesAfter([](auto& file) {
                file.mutable_message_type(0)->mutable_field(1)->clear_label();
              }),
              ElementsAre("field news.v1.Story.parts = 2: type was changed from "
                          "'repeated news.v1.Story.Part' to 'news.v1.Story.Part'"));
}

TEST(BreakingChangesTest, NamesFieldOfAnotherMessageType) {
  EXPECT_THAT(
      ChangesAfter([](auto& file) {
        file.mutable_message_type(0)->mutable_field(1)->set_type_name(".news.v1.GetStoryRequest");
      }),
      ElementsAre("field news.v1.Story.parts = 2: type was changed from "
                  "'repeated news.v1.Story.Part' to 'repeated news.v1.GetStoryRequest'"));
}

TEST(BreakingChangesTest, NamesFieldThatMovedIntoAOneof) {
  EXPECT_THAT(ChangesAfter([](auto& file) {
                file.mutable_message_type(0)->add_oneof_decl()->set_name("kind");
                file.mutable_message_type(0)->mutable_field(0)->set_oneof_index(0);
              }),
              ElementsAre("field news.v1.Story.title = 1: type was changed from 'string' to "
                          "'string in oneof kind'"));
}

TEST(BreakingChangesTest, NamesFieldThatGainedPresence) {
  EXPECT_THAT(ChangesAfter([](auto& file) {
                file.mutable_message_type(0)->add_oneof_decl()->set_name("_size");
                file.mutable_message_type(0)->mutable_field(2)->set_oneof_index(0);
                file.mutable_message_type(0)->mutable_field(2)->set_proto3_optional(true);
              }),
              ElementsAre("field news.v1.Story.size = 3: type was changed from 'int32' to "
                          "'optional int32'"));
}

TEST(BreakingChangesTest, NamesChangedJsonName) {
  EXPECT_THAT(
      ChangesAfter([](auto& file) {
        file.mutable_message_type(0)->mutable_field(0)->set_json_name("Title");
      }),
      ElementsAre("field news.v1.Story.title = 1: JSON name was changed from 'title' to 'Title'"));
}

TEST(BreakingChangesTest, NamesRemovedMessages) {
  EXPECT_THAT(ChangesAfter([](auto& file) { file.mutable_message_type()->RemoveLast(); }),
              ElementsAre("message news.v1.GetStoryRequest was removed"));
  EXPECT_THAT(ChangesAfter([](auto& file) { file.mutable_message_type(0)->clear_nested_type(); }),
              ElementsAre("message news.v1.Story.Part was removed"));
}

TEST(BreakingChangesTest, NamesMessageThatMovedToAnotherFile) {
  FileDescriptorSet edited = Sample();
  auto* file = edited.add_file();
  file->set_name("news/v1/requests.proto");
  file->set_package("news.v1");
  *file->add_message_type() = edited.file(0).message_type(1);
  edited.mutable_file(0)->mutable_message_type()->RemoveLast();
  EXPECT_THAT(BreakingChanges(Sample(), edited),
              ElementsAre("message news.v1.GetStoryRequest: file was changed from "
                          "'news/v1/news.proto' to 'news/v1/requests.proto'"));
}

TEST(BreakingChangesTest, NamesRemovedRenamedAndRenumberedEnumValues) {
  const auto kind = [](auto& file) { return file.mutable_message_type(0)->mutable_enum_type(0); };
  EXPECT_THAT(ChangesAfter([&](auto& file) { kind(file)->mutable_value()->RemoveLast(); }),
              ElementsAre("value news.v1.Story.Kind.KIND_TEXT = 1 was removed"));
  EXPECT_THAT(ChangesAfter([&](auto& file) { kind(file)->mutable_value(1)->set_name("KIND_X"); }),
              ElementsAre("value news.v1.Story.Kind.KIND_TEXT = 1 was renamed to KIND_X"));
  EXPECT_THAT(ChangesAfter([&](auto& file) { kind(file)->mutable_value(1)->set_number(2); }),
              ElementsAre("value news.v1.Story.Kind.KIND_TEXT = 1 was renumbered to 2"));
}

TEST(BreakingChangesTest, NamesRemovedEnum) {
  EXPECT_THAT(ChangesAfter([](auto& file) { file.mutable_message_type(0)->clear_enum_type(); }),
              ElementsAre("enum news.v1.Story.Kind was removed"));
}

TEST(BreakingChangesTest, NamesRemovedServiceAndMethod) {
  EXPECT_THAT(ChangesAfter([](auto& file) { file.clear_service(); }),
              ElementsAre("service news.v1.NewsService was removed"));
  EXPECT_THAT(ChangesAfter([](auto& file) { file.mutable_service(0)->clear_method(); }),
              ElementsAre("method news.v1.NewsService.GetStory was removed"));
}

TEST(BreakingChangesTest, NamesMethodOfOtherTypes) {
  EXPECT_THAT(ChangesAfter([](auto& file) {
                file.mutable_service(0)->mutable_method(0)->set_server_streaming(true);
              }),
              ElementsAre("method news.v1.NewsService.GetStory was changed from "
                          "'news.v1.GetStoryRequest -> news.v1.Story' to "
                          "'news.v1.GetStoryRequest -> stream news.v1.Story'"));
}

TEST(BreakingChangesTest, NamesChangedOptionsOfGeneratedCode) {
  EXPECT_THAT(ChangesAfter([](auto& file) { file.mutable_options()->set_go_package("other"); }),
              ElementsAre("file news/v1/news.proto: go_package was changed from 'news/v1;newsv1' "
                          "to 'other'"));
}

}  // namespace
}  // namespace broadsheet::testing
