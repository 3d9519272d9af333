// SPDX-License-Identifier: GPL-3.0-or-later
// Every date of the real collections can be read. They are not part of the project: the test looks
// for them in $BROADSHEET_SHARED or beside the source tree.
#include <gtest/gtest.h>
#include <simdjson.h>

#include <filesystem>
#include <string>
#include <string_view>

#include "engine/schema/published_time.h"
#include "tests/testing/shared_data.h"

namespace broadsheet::schema {
namespace {

struct Counts {
  int rows = 0;
  int undated = 0;
};

Counts ReadDates(const std::filesystem::path& path) {
  Counts counts;
  simdjson::ondemand::parser parser;
  simdjson::padded_string lines = simdjson::padded_string::load(path.string());
  constexpr size_t kLargestRow = 4 << 20;
  simdjson::ondemand::document_stream rows = parser.iterate_many(lines, kLargestRow);
  for (auto row : rows) {
    std::string_view published;
    if (row["published"].get_string().get(published) != simdjson::SUCCESS) {
      ADD_FAILURE() << path << " row " << counts.rows << " has no `published`";
      continue;
    }
    ++counts.rows;
    if (published.empty()) {
      ++counts.undated;
    } else {
      EXPECT_TRUE(ParsePublishedTime(published).ok()) << path << ": " << published;
    }
  }
  return counts;
}

TEST(RealDatesTest, AllOfThemCanBeRead) {
  const std::filesystem::path folder = testing::SharedData() / "data" / "articles";
  SKIP_UNLESS_PRESENT(folder);
  const Counts eighteen_f = ReadDates(folder / "18f.jsonl");
  EXPECT_EQ(eighteen_f.rows, 509);
  EXPECT_EQ(eighteen_f.undated, 87);
  const Counts digital_gov = ReadDates(folder / "digitalgov.jsonl");
  EXPECT_EQ(digital_gov.rows, 2079);
  EXPECT_EQ(digital_gov.undated, 0);
}

}  // namespace
}  // namespace broadsheet::schema
