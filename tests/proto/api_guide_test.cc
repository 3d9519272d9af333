// SPDX-License-Identifier: GPL-3.0-or-later
// The examples in docs/api.md are real messages: a block of JSON below a comment with the name of a
// message must be one, to the last field name and enum value.
#include <google/protobuf/descriptor.h>
#include <google/protobuf/message.h>
#include <google/protobuf/util/json_util.h>
#include <gtest/gtest.h>

#include <cstddef>
#include <fstream>
#include <memory>
#include <regex>
#include <string>
#include <vector>

#include "broadsheet/v1/admin_service.pb.h"
#include "broadsheet/v1/article_service.pb.h"
#include "broadsheet/v1/search_service.pb.h"
#include "google/rpc/error_details.pb.h"
#include "google/rpc/status.pb.h"

namespace broadsheet::testing {
namespace {

struct Example {
  size_t line;  // of the comment, from 1
  std::string message;
  std::string json;
};

std::vector<Example> ExamplesIn(const std::string& path) {
  std::vector<std::string> lines;
  std::ifstream file(path);
  for (std::string line; std::getline(file, line);) lines.push_back(line);

  static const std::regex kComment("<!-- ([a-z0-9.]+\\.[A-Z][A-Za-z]+) -->");
  std::vector<Example> examples;
  for (size_t i = 0; i + 1 < lines.size(); ++i) {
    std::smatch match;
    if (!std::regex_match(lines[i], match, kComment)) continue;
    EXPECT_EQ(lines[i + 1], "```json") << path << ":" << i + 2;
    Example example{.line = i + 1, .message = match[1], .json = ""};
    for (size_t j = i + 2; j < lines.size() && lines[j] != "```"; ++j) {
      example.json += lines[j] + "\n";
    }
    examples.push_back(example);
  }
  return examples;
}

// An empty message of a type that is linked in; nullptr when there is none of this name.
std::unique_ptr<google::protobuf::Message> NewMessage(const std::string& name) {
  const auto* type =
      google::protobuf::DescriptorPool::generated_pool()->FindMessageTypeByName(name);
  if (type == nullptr) return nullptr;
  return std::unique_ptr<google::protobuf::Message>(
      google::protobuf::MessageFactory::generated_factory()->GetPrototype(type)->New());
}

TEST(ApiGuideTest, ExamplesAreMessagesOfTheApi) {
  // Refers to each file of the API: the linker drops what nothing refers to.
  for (const auto* file :
       {v1::SearchArticlesRequest::descriptor()->file(),
        v1::PutArticleRequest::descriptor()->file(), v1::RebuildRequest::descriptor()->file(),
        google::rpc::Status::descriptor()->file(), google::rpc::ErrorInfo::descriptor()->file()}) {
    ASSERT_NE(file, nullptr);
  }
  const std::vector<Example> examples = ExamplesIn(BROADSHEET_API_GUIDE);
  EXPECT_GE(examples.size(), 20);
  for (const Example& example : examples) {
    SCOPED_TRACE("docs/api.md:" + std::to_string(example.line));
    const auto message = NewMessage(example.message);
    ASSERT_NE(message, nullptr) << "there is no message " << example.message;
    const auto status = google::protobuf::util::JsonStringToMessage(example.json, message.get());
    EXPECT_TRUE(status.ok()) << status.ToString() << "\n" << example.json;
  }
}

}  // namespace
}  // namespace broadsheet::testing
