// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/sources/input/input.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <string>

#include "tests/indexer/sources/packed.h"
#include "tests/testing/status_matchers.h"
#include "tests/testing/temp_dir.h"

namespace broadsheet::sources {
namespace {

using ::broadsheet::testing::Pack;
using ::broadsheet::testing::Packing;
using ::broadsheet::testing::StatusIs;
using ::broadsheet::testing::TempDir;
using ::testing::HasSubstr;

// Everything up to the end or to the first error.
absl::StatusOr<std::string> ReadWhole(Input& input) {
  std::string whole;
  std::string buffer(7000, '\0');
  while (true) {
    const absl::StatusOr<size_t> size = input.Read(buffer);
    if (!size.ok()) return size.status();
    if (*size == 0) return whole;
    whole.append(buffer, 0, *size);
  }
}

std::string Sample() {
  std::string text;
  for (int i = 0; i < 20000; ++i) text += "line " + std::to_string(i * 7919) + "\n";
  return text;
}

class PackedInputTest : public ::testing::TestWithParam<Packing> {};

TEST_P(PackedInputTest, IsUnpackedWhateverItsName) {
  TempDir folder;
  const auto file = folder.Write("articles.txt", Pack(Sample(), GetParam()));
  auto input = Input::OpenFile(file, {});
  ASSERT_OK(input);
  const auto whole = ReadWhole(**input);
  ASSERT_OK(whole);
  EXPECT_EQ(*whole, Sample());
  EXPECT_EQ((*input)->bytes_read(), Sample().size());
  EXPECT_EQ((*input)->stored_bytes_read(), std::filesystem::file_size(file));
}

TEST_P(PackedInputTest, BreakingOffIsAnError) {
  std::string packed = Pack(Sample(), GetParam());
  packed.resize(packed.size() / 2);
  auto input = Input::OpenBytes(packed, "half");
  // bzip2 has but one block here, so that not even the first byte can be read.
  const auto whole = input.ok() ? ReadWhole(**input) : input.status();
  EXPECT_THAT(whole, StatusIs(absl::StatusCode::kDataLoss, HasSubstr("breaks off")));
}

INSTANTIATE_TEST_SUITE_P(AllPackings, PackedInputTest,
                         ::testing::Values(Packing::kGzip, Packing::kXz, Packing::kZstd,
                                           Packing::kBzip2));

TEST(InputTest, PlainBytesComeAsTheyAre) {
  auto input = Input::OpenBytes(Sample(), "plain");
  ASSERT_OK(input);
  EXPECT_EQ(*ReadWhole(**input), Sample());
}

TEST(InputTest, EmptyInputHasNoBytes) {
  auto input = Input::OpenBytes("", "empty");
  ASSERT_OK(input);
  EXPECT_EQ(*ReadWhole(**input), "");
}

TEST(InputTest, PeekedBytesAreReadAgain) {
  auto input = Input::OpenBytes("one two three", "plain");
  ASSERT_OK(input);
  EXPECT_EQ(*(*input)->Peek(3), "one");
  EXPECT_EQ(*(*input)->Peek(100), "one two three");
  EXPECT_EQ(*ReadWhole(**input), "one two three");
}

TEST(InputTest, UuencodedTextIsLeftAlone) {
  const std::string text = "begin 644 story\n#86)C\n`\nend\n";
  auto input = Input::OpenBytes(text, "mail");
  ASSERT_OK(input);
  EXPECT_EQ(*ReadWhole(**input), text);
}

TEST(InputTest, SaysWhyAFileCannotBeOpened) {
  TempDir folder;
  EXPECT_THAT(Input::OpenFile(folder / "absent", {}),
              StatusIs(absl::StatusCode::kNotFound, HasSubstr("No such file")));
  EXPECT_THAT(Input::OpenFile(folder.path(), {}),
              StatusIs(absl::StatusCode::kInvalidArgument, "is a folder"));
}

TEST(InputTest, ReadsFromAPipe) {
  int ends[2];
  ASSERT_EQ(pipe(ends), 0);
  ASSERT_EQ(write(ends[1], "piped", 5), 5);
  close(ends[1]);
  auto input = Input::OpenDescriptor(ends[0], "-", {});
  ASSERT_OK(input);
  EXPECT_EQ(*ReadWhole(**input), "piped");
  close(ends[0]);
}

}  // namespace
}  // namespace broadsheet::sources
