// SPDX-License-Identifier: GPL-3.0-or-later
// What a source handed over, for tests to look at.
#pragma once

#include <gtest/gtest.h>

#include <string>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "indexer/sources/jsonl.h"
#include "indexer/sources/source.h"
#include "indexer/sources/text.h"
#include "tests/testing/status_matchers.h"

namespace broadsheet::testing {

struct Collected {
  std::vector<v1::Article> articles;
  std::vector<sources::Reject> rejects;
  sources::ReadCounts counts;

  sources::ArticleSink article_sink() {
    return [this](v1::Article&& article) {
      articles.push_back(std::move(article));
      return absl::OkStatus();
    };
  }
  sources::RejectSink reject_sink() {
    return [this](sources::Reject&& reject) {
      rejects.push_back(std::move(reject));
      return absl::OkStatus();
    };
  }
};

// Reads `bytes`, packed or plain, with a new `Source`.
template <typename Source>
Collected ReadWith(std::string bytes) {
  Collected collected;
  Source source(&collected.counts);
  auto input = sources::Input::OpenBytes(std::move(bytes), "input");
  EXPECT_OK(input);
  if (!input.ok()) return collected;
  EXPECT_OK(source.ReadAll(**input, collected.article_sink(), collected.reject_sink()));
  return collected;
}
inline Collected ReadJsonl(std::string lines) {
  return ReadWith<sources::JsonlSource>(std::move(lines));
}
inline Collected ReadText(std::string text) {
  return ReadWith<sources::TextSource>(std::move(text));
}

}  // namespace broadsheet::testing
