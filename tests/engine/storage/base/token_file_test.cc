// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/storage/base/token_file.h"

#include <gtest/gtest.h>

#include <cstdint>
#include <cstring>
#include <filesystem>
#include <string>
#include <vector>

#include "engine/storage/base/run_packer.h"
#include "tests/testing/packed_run.h"
#include "tests/testing/status_matchers.h"
#include "tests/testing/temp_dir.h"

namespace broadsheet::storage {
namespace {

using ::broadsheet::testing::CodesOf;
using ::broadsheet::testing::IsOk;
using ::broadsheet::testing::ReadFile;
using ::broadsheet::testing::StatusIs;
using ::broadsheet::testing::TempDir;
using ::testing::HasSubstr;

// The codes of runs: here the words 1, 2, 3 and so on, each its own form.
using Runs = std::vector<std::vector<uint32_t>>;

// 1 is a frequent word.
const std::vector<uint32_t>& Frequent() {
  static const std::vector<uint32_t> one = {1};
  return one;
}

absl::Status Append(TokenFileWriter& writer, const std::vector<uint32_t>& run) {
  static const FormNumbers frequent = NumbersOf(WordTable(Frequent()));
  return writer.Append(RunPacker(frequent).Pack(run));
}

std::filesystem::path WriteRuns(const std::filesystem::path& path, const Runs& runs) {
  absl::StatusOr<std::unique_ptr<TokenFileWriter>> writer =
      TokenFileWriter::Create(path, Frequent());
  EXPECT_OK(writer);
  for (const std::vector<uint32_t>& run : runs) EXPECT_OK(Append(**writer, run));
  EXPECT_OK((*writer)->Finish());
  return path;
}

Runs ReadRuns(const std::filesystem::path& path) {
  const absl::StatusOr<std::unique_ptr<TokenFile>> file = TokenFile::Open(path);
  EXPECT_OK(file);
  Runs runs;
  for (uint32_t docid = 1; file.ok() && docid <= (*file)->count(); ++docid) {
    runs.push_back(CodesOf((*file)->run(docid)));
  }
  return runs;
}

TEST(TokenFileTest, GivesBackEachRunByDocid) {
  const TempDir dir;
  const Runs runs = {{1, 2, 3}, {}, {4}, {FieldMark(schema::FieldId::kBody), 5, 1}};
  EXPECT_EQ(ReadRuns(WriteRuns(dir / "tokens", runs)), runs);
  EXPECT_EQ(ReadRuns(WriteRuns(dir / "none", {})), Runs());
}

TEST(TokenFileTest, GivesBackMoreRareWordsThanThereAreCodesForThem) {
  const TempDir dir;
  std::vector<uint32_t> run = {FieldMark(schema::FieldId::kBody)};
  for (uint32_t word = 1; word < 6000; ++word) run.push_back(word);
  for (uint32_t word = 1; word < 6000; word += 97) run.push_back(word);
  EXPECT_EQ(ReadRuns(WriteRuns(dir / "tokens", {run})), (Runs{run}));
}

TEST(TokenFileTest, HasNoRunOutsideItsDocids) {
  const TempDir dir;
  const auto file = TokenFile::Open(WriteRuns(dir / "tokens", {{1}, {2}}));
  ASSERT_OK(file);
  EXPECT_TRUE((*file)->run(0).empty());
  EXPECT_TRUE((*file)->run(3).empty());
  EXPECT_TRUE((*file)->run(UINT32_MAX).empty());
}

TEST(TokenFileTest, AppendsOtherFilesBehindWhatWasWritten) {
  const TempDir dir;
  const auto first = WriteRuns(dir / "1", {{1, 2}, {}});
  const auto second = WriteRuns(dir / "2", {{3}});
  const auto empty = WriteRuns(dir / "3", {});
  auto writer = TokenFileWriter::Create(dir / "all", Frequent());
  ASSERT_OK(writer);
  ASSERT_OK(Append(**writer, {9}));
  for (const auto& part : {first, empty, second}) ASSERT_OK((*writer)->AppendFile(part));
  ASSERT_OK(Append(**writer, {8, 8}));
  ASSERT_OK((*writer)->Finish());
  EXPECT_EQ(ReadRuns(dir / "all"), (Runs{{9}, {1, 2}, {}, {3}, {8, 8}}));
}

TEST(TokenFileTest, LeavesNothingBesideTheFile) {
  const TempDir dir;
  WriteRuns(dir / "tokens", {{1}});
  // Given up on the way.
  ASSERT_OK(TokenFileWriter::Create(dir / "tokens2", {}));
  EXPECT_FALSE(std::filesystem::exists(dir / "tokens.table"));
  EXPECT_FALSE(std::filesystem::exists(dir / "tokens2.table"));
}

TEST(TokenFileTest, RefusesAFileCutAtAnyByte) {
  const TempDir dir;
  const std::string whole = ReadFile(WriteRuns(dir / "tokens", {{1, 2, 3}, {4}}));
  for (size_t size = 0; size < whole.size(); ++size) {
    const auto path = dir.Write("cut", whole.substr(0, size));
    EXPECT_THAT(TokenFile::Open(path),
                StatusIs(absl::StatusCode::kDataLoss, HasSubstr(path.string() + " is damaged")))
        << size;
  }
  EXPECT_THAT(TokenFile::Open(dir.Write("longer", whole + "x")),
              StatusIs(absl::StatusCode::kDataLoss));
}

// Contents are MANIFEST's to vouch for; here only that no damage leads out of the file.
TEST(TokenFileTest, NeverReadsOutsideTheFileWhateverByteIsDamaged) {
  const TempDir dir;
  const std::string whole = ReadFile(WriteRuns(dir / "tokens", {{1, 2, 3}, {4}, {5, 6}}));
  for (size_t at = 0; at < whole.size(); ++at) {
    for (const char damage : {'\x00', '\x7f', '\xff'}) {
      std::string bytes = whole;
      bytes[at] = damage;
      const auto file = TokenFile::Open(dir.Write("damaged", bytes));
      if (!file.ok()) continue;
      for (uint32_t docid = 1; docid <= (*file)->count(); ++docid) {
        const TokenRun run = (*file)->run(docid);
        EXPECT_LE(run.size(), 20U);
        // Reads every code, which AddressSanitizer watches.
        EXPECT_LE(CodesOf(run).size(), 60U);
      }
    }
  }
}

TEST(TokenFileTest, RefusesToAppendAFileWhoseRunsAreOutOfOrder) {
  const TempDir dir;
  std::string bytes = ReadFile(WriteRuns(dir / "tokens", {{1, 2, 3}, {4}}));
  // The end of the first run: behind a header of 16 bytes, the frequent word, and the runs, of
  // which the first has the number of rare codes, two of these, and three codes and a filler.
  constexpr size_t kEnd = 16 + 4 + 4 * (5 + 3);
  ASSERT_EQ(bytes[kEnd + 4], 5);
  bytes[kEnd + 4] = 50;
  const auto damaged = dir.Write("damaged", bytes);
  auto writer = TokenFileWriter::Create(dir / "all", Frequent());
  ASSERT_OK(writer);
  EXPECT_THAT((*writer)->AppendFile(damaged),
              StatusIs(absl::StatusCode::kDataLoss, HasSubstr(damaged.string())));
}

TEST(TokenFileTest, RefusesAnArticleFile) {
  const TempDir dir;
  const auto path = dir.Write("tokens", std::string("BSARTICL") + std::string(64, '\0'));
  EXPECT_THAT(TokenFile::Open(path),
              StatusIs(absl::StatusCode::kDataLoss, HasSubstr("a file of another kind")));
}

TEST(TokenFileTest, NamesTheFileWhenTheDiskIsFull) {
  const TempDir dir;
  std::filesystem::create_symlink("/dev/full", dir / "tokens");
  auto writer = TokenFileWriter::Create(dir / "tokens", {});
  ASSERT_OK(writer);
  ASSERT_OK(Append(**writer, {1}));
  EXPECT_THAT((*writer)->Finish(), StatusIs(absl::StatusCode::kResourceExhausted,
                                            "cannot write " + (dir / "tokens").string() +
                                                ": disk full; free space and run again"));
}

TEST(FormNumbersTest, TellsWordsApartByEachOfTheirForms) {
  const std::vector<std::vector<uint32_t>> words = {
      {1}, {1, 2}, {1, 2, 3}, {1, 2, 4}, {1, 2, 3, 4}, {2, 1}, {2}, {0}, {1, 0}};
  FormNumbers numbers;
  for (uint32_t i = 0; i < words.size(); ++i) EXPECT_EQ(numbers.FindOrAdd(words[i]), i);
  for (uint32_t i = 0; i < words.size(); ++i) {
    EXPECT_EQ(numbers.FindOrAdd(words[i]), i);
    EXPECT_EQ(numbers.Find(words[i]), i);
  }
  EXPECT_EQ(numbers.size(), words.size());
  const std::vector<uint32_t> unknown = {1, 2, 5};
  EXPECT_EQ(numbers.Find(unknown), FormNumbers::kNone);
  numbers.Clear();
  EXPECT_EQ(numbers.Find(words[0]), FormNumbers::kNone);
}

TEST(TokenRunTest, CodesKeepKindAndPayloadApart) {
  const uint32_t hash = HashTerm("korea", 1);
  EXPECT_EQ(KindOf(MakeCode(CodeKind::kExact, hash)), CodeKind::kExact);
  EXPECT_EQ(MakeCode(CodeKind::kExact, hash) & kPayloadMask, hash);
  EXPECT_NE(HashTerm("korea", 1), HashTerm("korea", 2));
  EXPECT_EQ(KindOf(FieldMark(schema::FieldId::kCaption)), CodeKind::kMark);
  EXPECT_EQ(FieldOfMark(FieldMark(schema::FieldId::kCaption)), schema::FieldId::kCaption);
  EXPECT_EQ(MarkKindOf(BreakMark(MarkKind::kParagraph)), MarkKind::kParagraph);
}

}  // namespace
}  // namespace broadsheet::storage
