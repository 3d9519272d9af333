// SPDX-License-Identifier: GPL-3.0-or-later
// What a source handed over, for tests to look at.
#pragma once

#include <gtest/gtest.h>

#include <string>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "indexer/sources/article/source.h"
#include "indexer/sources/detect.h"
#include "indexer/sources/make_source.h"
#include "tests/testing/status_matchers.h"

namespace broadsheet::testing {

struct Collected {
  std::vector<v1::Article> articles;
  std::vector<sources::Reject> rejects;
  std::vector<sources::Warning> warnings;
  std::vector<sources::RecordTrace> traces;
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

// Reads `bytes`, packed or plain, as a file of that format.
inline Collected ReadAs(sources::Format format, std::string bytes) {
  Collected collected;
  const auto source =
      sources::MakeSource(format,
                          {.hooks = {.on_warning =
                                         [&](sources::Warning&& warning) {
                                           collected.warnings.push_back(std::move(warning));
                                         },
                                     .on_trace =
                                         [&](sources::RecordTrace&& trace) {
                                           collected.traces.push_back(std::move(trace));
                                         }}},
                          &collected.counts);
  auto input = sources::Input::OpenBytes(std::move(bytes), "input");
  EXPECT_OK(input);
  if (!input.ok()) return collected;
  EXPECT_OK(source->ReadAll(**input, collected.article_sink(), collected.reject_sink()));
  return collected;
}
inline Collected ReadJsonl(std::string lines) {
  return ReadAs(sources::Format::kJsonl, std::move(lines));
}
inline Collected ReadText(std::string text) {
  return ReadAs(sources::Format::kText, std::move(text));
}

}  // namespace broadsheet::testing
