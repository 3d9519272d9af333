// SPDX-License-Identifier: GPL-3.0-or-later
// Real collections load whole: every row that has text becomes an article.
#include <gtest/gtest.h>

#include <filesystem>
#include <string>

#include "engine/schema/article.h"
#include "indexer/sources/read_paths.h"
#include "tests/testing/shared_data.h"
#include "tests/testing/status_matchers.h"

namespace broadsheet::sources {
namespace {

struct Loaded {
  uint64_t articles = 0;
  uint64_t without_text = 0;
  std::string first_other_reason;
  uint64_t repaired = 0;
};

Loaded Load(const std::filesystem::path& file) {
  Loaded loaded;
  PathReader reader({});
  EXPECT_OK(reader.Read(
      {file.string()},
      [&](v1::Article&& article) {
        if (schema::TextBytes(article) == 0) return absl::InvalidArgumentError("no text");
        ++loaded.articles;
        return absl::OkStatus();
      },
      [&](Reject&& reject) {
        if (reject.reason == "no text") {
          ++loaded.without_text;
        } else if (loaded.first_other_reason.empty()) {
          loaded.first_other_reason = std::to_string(reject.line) + ": " + reject.reason;
        }
        return absl::OkStatus();
      }));
  loaded.repaired = reader.counts().repaired;
  EXPECT_TRUE(reader.counts().ignored_fields.empty());
  return loaded;
}

TEST(RealArticlesTest, DigitalgovLoadsWhole) {
  const auto file = testing::SharedData() / "data/articles/digitalgov.jsonl";
  SKIP_UNLESS_PRESENT(file);
  const Loaded loaded = Load(file);
  EXPECT_EQ(loaded.articles, 2079U);
  EXPECT_EQ(loaded.first_other_reason, "");
}

TEST(RealArticlesTest, EighteenFLoadsWhole) {
  const auto file = testing::SharedData() / "data/articles/18f.jsonl";
  SKIP_UNLESS_PRESENT(file);
  const Loaded loaded = Load(file);
  EXPECT_EQ(loaded.articles, 509U);
  EXPECT_EQ(loaded.first_other_reason, "");
}

TEST(RealArticlesTest, SenateReleasesLoadWholeFromXz) {
  const auto file = testing::SharedData() / "data/articles/senate-72k.jsonl.xz";
  SKIP_UNLESS_PRESENT(file);
  const Loaded loaded = Load(file);
  EXPECT_EQ(loaded.articles + loaded.without_text, 72644U);
  EXPECT_EQ(loaded.without_text, 12U);
  EXPECT_EQ(loaded.first_other_reason, "");
}

}  // namespace
}  // namespace broadsheet::sources
