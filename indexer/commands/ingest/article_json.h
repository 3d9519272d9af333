// SPDX-License-Identifier: GPL-3.0-or-later
// Prints articles as protobuf's JSON, many of them. protobuf's own MessageToJsonString() describes
// the message anew for each one, out of its descriptor, which takes more than printing it; here the
// descriptions are kept.
#pragma once

#include <memory>
#include <string>

#include "absl/status/status.h"
#include "broadsheet/v1/article.pb.h"

namespace broadsheet::commands {

// Not thread-safe.
class ArticleJson {
 public:
  ArticleJson();
  ~ArticleJson();
  ArticleJson(const ArticleJson&) = delete;
  ArticleJson& operator=(const ArticleJson&) = delete;

  // Replaces `json` by one line without its end. Fields that are not set are printed with their
  // defaults, but messages. INTERNAL when protobuf refuses.
  absl::Status Print(const v1::Article& article, std::string* json);

 private:
  class Types;
  std::unique_ptr<Types> types_;
  std::string bytes_;
};

}  // namespace broadsheet::commands
