// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/sources/input/line_reader.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "tests/testing/status_matchers.h"

namespace broadsheet::sources {
namespace {

struct Seen {
  std::string text;
  uint64_t number;
  uint64_t byte_offset;
  uint64_t bytes;
  bool too_long;
  bool operator==(const Seen&) const = default;
};

std::vector<Seen> Lines(std::string bytes, size_t max_line_bytes = 100) {
  auto input = Input::OpenBytes(std::move(bytes), "lines");
  EXPECT_OK(input);
  LineReader reader(**input, max_line_bytes);
  std::vector<Seen> seen;
  TextLine line;
  while (true) {
    const auto more = reader.Next(&line);
    EXPECT_OK(more);
    if (!more.ok() || !*more) return seen;
    seen.push_back(
        {std::string(line.text), line.number, line.byte_offset, line.bytes, line.too_long});
  }
}

TEST(LineReaderTest, HandsOutLinesWithTheirPlaces) {
  EXPECT_EQ(
      Lines("ab\r\n\ncd\n"),
      (std::vector<Seen>{{"ab", 1, 0, 2, false}, {"", 2, 4, 0, false}, {"cd", 3, 5, 2, false}}));
}

TEST(LineReaderTest, LastLineNeedsNoLineEnd) {
  EXPECT_EQ(Lines("ab\ncd"), (std::vector<Seen>{{"ab", 1, 0, 2, false}, {"cd", 2, 3, 2, false}}));
}

TEST(LineReaderTest, EmptyInputHasNoLine) { EXPECT_TRUE(Lines("").empty()); }

TEST(LineReaderTest, LineOfTheGreatestLengthIsWhole) {
  EXPECT_EQ(
      Lines(std::string(100, 'x') + "\ny"),
      (std::vector<Seen>{{std::string(100, 'x'), 1, 0, 100, false}, {"y", 2, 101, 1, false}}));
}

TEST(LineReaderTest, LongerLineIsCutAndTheNextOneIsWhole) {
  const uint64_t length = 5 << 20;
  const std::vector<Seen> lines = Lines("a\n" + std::string(length, 'x') + "\nb\n");
  ASSERT_EQ(lines.size(), 3U);
  EXPECT_EQ(lines[1], (Seen{std::string(LineReader::kExcerptBytes, 'x'), 2, 2, length, true}));
  EXPECT_EQ(lines[2], (Seen{"b", 3, length + 3, 1, false}));
}

TEST(LineReaderTest, LongLineJustOverTheLimitIsCutToo) {
  const std::vector<Seen> lines = Lines(std::string(101, 'x') + "\nb");
  ASSERT_EQ(lines.size(), 2U);
  EXPECT_EQ(lines[0], (Seen{std::string(101, 'x'), 1, 0, 101, true}));
  EXPECT_EQ(lines[1], (Seen{"b", 2, 102, 1, false}));
}

TEST(LineReaderTest, LineLongerThanTheBufferIsWholeWithinTheLimit) {
  const std::string line(3 << 20, 'z');
  const std::vector<Seen> lines = Lines(line + "\nb", 16 << 20);
  ASSERT_EQ(lines.size(), 2U);
  EXPECT_EQ(lines[0].text, line);
  EXPECT_EQ(lines[1].text, "b");
}

}  // namespace
}  // namespace broadsheet::sources
