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

struct PastDamage {
  std::string bytes;
  std::string told;
};

// All that can be read, and what is said of the damage.
PastDamage ReadPastDamage(const std::string& packed) {
  PastDamage got;
  auto input = Input::OpenBytes(packed, "members");
  EXPECT_OK(input);
  EXPECT_OK((*input)->Peek(100)) << "looking at it loses no message";
  std::string buffer(7000, '\0');
  while (true) {
    const absl::StatusOr<size_t> size = (*input)->Read(buffer);
    if (size.ok() && *size == 0) return got;
    if (size.ok()) got.bytes.append(buffer, 0, *size);
    if (!size.ok()) got.told += std::string(size.status().message()) + "\n";
  }
}

// A bug once: the members behind a damaged one were missing, and nothing was said.
TEST_P(PackedInputTest, DamagedMemberCostsNothingButItself) {
  const std::string first = Pack("first\n", GetParam());
  const std::string second = Pack(Sample(), GetParam());
  const std::string third = Pack("third\n", GetParam());
  for (size_t at = 0; at < second.size(); at += 1 + at / 2) {
    std::string damaged = second;
    damaged[at] = static_cast<char>(damaged[at] ^ 0x10);
    const PastDamage got = ReadPastDamage(first + damaged + third);
    EXPECT_TRUE(got.bytes.starts_with("first\n")) << at;
    EXPECT_TRUE(got.bytes.ends_with("third\n")) << at << ": " << got.told;
    // Names and times in a head are no data, and zstd has checksums only when it is asked to.
    const bool is_right = got.bytes == "first\n" + Sample() + "third\n";
    EXPECT_TRUE(!got.told.empty() || is_right || GetParam() == Packing::kZstd) << at;
  }
}

TEST_P(PackedInputTest, CutMembersAndWhatIsNoneAreTold) {
  const std::string first = Pack("first\n", GetParam());
  const std::string second = Pack(Sample(), GetParam());
  const PastDamage cut = ReadPastDamage(first + second.substr(0, second.size() / 2) + first);
  EXPECT_TRUE(cut.bytes.ends_with("first\n"));
  EXPECT_THAT(cut.told, HasSubstr("unpacking goes on at byte"));
  const PastDamage between = ReadPastDamage(first + "no member of anything" + first);
  EXPECT_EQ(between.bytes, "first\nfirst\n");
  EXPECT_THAT(between.told, HasSubstr("unpacking goes on at byte"));
  const PastDamage last = ReadPastDamage(first + second.substr(0, second.size() / 2));
  EXPECT_THAT(last.told, HasSubstr("breaks off: it is truncated; nothing that can be unpacked"));
  const PastDamage zeros = ReadPastDamage(first + std::string(64, '\0') + first);
  EXPECT_EQ(zeros.bytes, "first\nfirst\n") << "zeros fill up tapes";
  EXPECT_EQ(zeros.told, "");
}

TEST(InputTest, PlainBytesComeAsTheyAre) {
  auto input = Input::OpenBytes(Sample(), "plain");
  ASSERT_OK(input);
  EXPECT_EQ(*ReadWhole(**input), Sample());
}

// A bug once: the head of some crawlers' members names a system that nobody knows.
TEST(InputTest, GzipOfAnySystemIsUnpacked) {
  std::string packed = Pack("packed", Packing::kGzip);
  packed[9] = 19;
  EXPECT_EQ(ReadPastDamage(packed).bytes, "packed");
}

// Bytes that look like members again and again, each of which has to be tried.
TEST(InputTest, ManyFalseMembersAreGivenUp) {
  std::string packed = Pack("first\n", Packing::kGzip);
  for (int i = 0; i < 200'000; ++i) packed += std::string("\x1f\x8b\x08\0\0\0\0\0\0\3\xff\xff", 12);
  EXPECT_THAT(ReadPastDamage(packed).told, HasSubstr("given up looking for what can be read"));
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
