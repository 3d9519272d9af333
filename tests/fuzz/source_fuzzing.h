// SPDX-License-Identifier: GPL-3.0-or-later
// Any bytes as a file of one format: reading them must neither crash nor hang, and whatever comes
// out must be fit for a message, with a reason for what does not.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <string_view>
#include <utility>

#include "engine/schema/article.h"
#include "engine/text/utf8.h"
#include "indexer/sources/source.h"

namespace broadsheet::fuzz {

inline void Require(bool holds, const char* what) {
  if (holds) return;
  std::fprintf(stderr, "broken: %s\n", what);
  std::abort();
}

inline void ReadAny(sources::ArticleSource& source, const uint8_t* data, size_t size) {
  auto input =
      sources::Input::OpenBytes(std::string(reinterpret_cast<const char*>(data), size), "fuzz");
  if (!input.ok()) return;
  const absl::Status read = source.ReadAll(
      **input,
      [](v1::Article&& article) {
        for (const std::string* text :
             {&article.id(), &article.headline(), &article.body(), &article.summary()}) {
          Require(text::IsValidUtf8(*text), "text is valid UTF-8");
        }
        return schema::PrepareArticle(&article);
      },
      [](sources::Reject&& reject) {
        Require(!reject.reason.empty(), "a reject has a reason");
        return absl::OkStatus();
      });
  Require(read.ok(), "bad input is a reject, not an error");
}

}  // namespace broadsheet::fuzz
