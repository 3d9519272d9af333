// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/storage/columns/columns.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "engine/storage/index/layout.h"
#include "tests/testing/status_matchers.h"
#include "tests/testing/temp_dir.h"

namespace broadsheet::storage {
namespace {

using ::broadsheet::testing::StatusIs;
using ::broadsheet::testing::TempDir;
using schema::FieldId;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

constexpr StatedDate kSomeDay{.seconds = 1'718'755'200, .precision = v1::DATE_PRECISION_DAY};

class ColumnsTest : public ::testing::Test {
 protected:
  void SetUp() override {
    auto values = ValueTableWriter::Create(dir_ / kValuesName);
    ASSERT_OK(values);
    for (const FieldValue& value :
         {FieldValue{FieldId::kByline, "ana", "Ana"}, FieldValue{FieldId::kTag, "aid", "AID"},
          FieldValue{FieldId::kTag, "aid", "Aid"}, FieldValue{FieldId::kTag, "aids", "AIDS"},
          FieldValue{FieldId::kTag, "budget", "Budget"},
          FieldValue{FieldId::kSource, "aid", "Aid"}}) {
      ASSERT_OK(values->Append(EncodeValue(value)));
    }
    ASSERT_OK(values->Finish());
    auto rows = ValueRowsWriter::Create(dir_ / kColumnsName);
    ASSERT_OK(rows);
    ASSERT_OK(rows->Append(kSomeDay, std::vector<uint32_t>{0, 3, 5}));
    ASSERT_OK(rows->Append({}, {}));
    ASSERT_OK(rows->Append({}, std::vector<uint32_t>{4}));
    ASSERT_OK(rows->Finish());
  }
  std::unique_ptr<Columns> Open() {
    auto columns = Columns::Open(dir_.path());
    EXPECT_OK(columns);
    return *std::move(columns);
  }

  TempDir dir_;
};

TEST_F(ColumnsTest, ValuesHaveNumbersInTheirOrder) {
  const auto columns = Open();
  const ValueTable& values = columns->values();
  EXPECT_EQ(values.count(), 6U);
  EXPECT_EQ(values.At(2), (FieldValue{FieldId::kTag, "aid", "Aid"}));
  EXPECT_THAT(values.At(6).folded, IsEmpty());
}

TEST_F(ColumnsTest, ValuesAreFoundByTheirBeginning) {
  const auto columns = Open();
  const ValueTable& values = columns->values();
  EXPECT_EQ(values.WithPrefix(FieldId::kTag, ""), (ValueRange{1, 5}));
  EXPECT_EQ(values.WithPrefix(FieldId::kTag, "aid"), (ValueRange{1, 4}));
  EXPECT_EQ(values.WithPrefix(FieldId::kTag, "b"), (ValueRange{4, 5}));
  EXPECT_EQ(values.WithPrefix(FieldId::kTag, "c").size(), 0U);
  EXPECT_EQ(values.WithPrefix(FieldId::kSection, "").size(), 0U);
  EXPECT_EQ(values.WithPrefix(FieldId::kByline, ""), (ValueRange{0, 1}));
}

TEST_F(ColumnsTest, AValueIsFoundInAllItsSpellings) {
  const auto columns = Open();
  EXPECT_EQ(columns->values().Find(FieldId::kTag, "aid"), (ValueRange{1, 3}));
  EXPECT_EQ(columns->values().Find(FieldId::kTag, "ai").size(), 0U);
  std::vector<uint32_t> further;
  for (uint32_t number = 0; number < 7; ++number) {
    if (columns->values().IsFurtherSpelling(number)) further.push_back(number);
  }
  EXPECT_THAT(further, ElementsAre(2));
}

TEST_F(ColumnsTest, RowsHaveNumbersAndADate) {
  const auto columns = Open();
  const ValueRows& rows = columns->rows();
  EXPECT_EQ(rows.count(), 3U);
  EXPECT_THAT(rows.NumbersOf(1), ElementsAre(0, 3, 5));
  EXPECT_EQ(rows.DateOf(1), kSomeDay);
  EXPECT_THAT(rows.NumbersOf(2), IsEmpty());
  EXPECT_FALSE(rows.DateOf(2).dated());
  EXPECT_THAT(rows.NumbersOf(3), ElementsAre(4));
}

TEST_F(ColumnsTest, AnArticleThatIsNotThereHasNothing) {
  const auto columns = Open();
  for (const uint32_t docid : {0U, 4U}) {
    EXPECT_THAT(columns->rows().NumbersOf(docid), IsEmpty());
    EXPECT_FALSE(columns->rows().DateOf(docid).dated());
  }
}

TEST_F(ColumnsTest, TheIndexCountsTheDocumentsOfEachSpelling) {
  const auto columns = Open();
  const auto index = columns->Index();
  EXPECT_EQ(index->DocumentsWith(3), 1U);
  EXPECT_EQ(index->DocumentsWith(1), 0U);
  EXPECT_EQ(index->DocumentsWith(6), 0U);
  EXPECT_EQ(columns->Index(), index);
}

TEST_F(ColumnsTest, TheIndexFindsValuesByAnyOfTheirWords) {
  auto values = ValueTableWriter::Create(dir_ / kValuesName);
  ASSERT_OK(values);
  for (const FieldValue& value : {FieldValue{FieldId::kByline, "jane o'neil-kerrigan", "Jane"},
                                  FieldValue{FieldId::kByline, "kerrigan, tom", "Kerrigan, Tom"},
                                  FieldValue{FieldId::kTag, "kerry county", "Kerry County"}}) {
    ASSERT_OK(values->Append(EncodeValue(value)));
  }
  ASSERT_OK(values->Finish());
  const auto columns = Open();
  const auto index = columns->Index();
  std::vector<uint32_t> found;
  for (const ValueWord& word : index->WordsWith(FieldId::kByline, "kerr")) {
    found.push_back(word.number);
  }
  EXPECT_THAT(found, ElementsAre(0, 1));
  EXPECT_EQ(index->WordsWith(FieldId::kTag, "county").size(), 1U);
  EXPECT_EQ(index->WordsWith(FieldId::kTag, "ounty").size(), 0U);
  EXPECT_EQ(index->WordsOf(FieldId::kByline).size(), 5U);
  EXPECT_EQ(index->TextFrom(index->WordsWith(FieldId::kTag, "kerry")[0]), "kerry county");
}

TEST_F(ColumnsTest, AFileThatIsCutIsNamed) {
  for (const std::string_view name : {kValuesName, kColumnsName}) {
    SetUp();
    const std::filesystem::path path = dir_ / name;
    std::filesystem::resize_file(path, std::filesystem::file_size(path) - 8);
    EXPECT_THAT(Columns::Open(dir_.path()).status(),
                StatusIs(absl::StatusCode::kDataLoss, HasSubstr(path.string())));
  }
}

}  // namespace
}  // namespace broadsheet::storage
