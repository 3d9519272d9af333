// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/storage/base/article_wire.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdint>
#include <limits>
#include <optional>
#include <random>
#include <string>
#include <vector>

#include "broadsheet/v1/article.pb.h"

namespace broadsheet::storage {
namespace {

using ::testing::ElementsAre;
using ::testing::SizeIs;

v1::Article Regatta() {
  v1::Article article;
  article.set_id("regatta");
  article.set_headline("Regatta is moved to Sunday");
  article.add_tags("Regatta");
  article.add_tags("Harbour");
  article.add_bylines()->set_name("Ines Tallow");
  article.set_body(std::string(300, 'b'));
  article.mutable_published_time()->set_seconds(1'720'000'000);
  article.set_version(std::numeric_limits<int64_t>::max());
  article.set_published_offset_minutes(-60);
  (*article.mutable_labels())["desk"] = "sport";
  return article;
}

std::vector<int> NumbersIn(WireWalk* walk) {
  std::vector<int> numbers;
  while (const std::optional<WireField> field = walk->Next()) numbers.push_back(field->number);
  return numbers;
}

// How many fields are walked before the bytes are found to be none; nullopt when they are not.
std::optional<size_t> FieldsBeforeDamage(const std::string& bytes) {
  WireWalk walk(bytes);
  const size_t fields = NumbersIn(&walk).size();
  if (walk.whole()) return std::nullopt;
  return fields;
}

TEST(WireWalkTest, GivesEachFieldWithItsBytesInOrder) {
  const std::string bytes = Regatta().SerializeAsString();
  WireWalk walk(bytes);
  std::string joined;
  std::vector<int> numbers;
  while (const std::optional<WireField> field = walk.Next()) {
    numbers.push_back(field->number);
    joined += field->whole;
    const bool is_id = field->number == v1::Article::kIdFieldNumber;
    const bool has_length = field->number != v1::Article::kVersionFieldNumber &&
                            field->number != v1::Article::kPublishedOffsetMinutesFieldNumber;
    EXPECT_EQ(field->content == "regatta", is_id) << field->number;
    EXPECT_EQ(!field->content.empty(), has_length) << field->number;
  }
  EXPECT_TRUE(walk.whole());
  EXPECT_EQ(joined, bytes);
  EXPECT_THAT(numbers, ElementsAre(1, 3, 5, 6, 6, 8, 14, 18, 20, 22));
}

TEST(WireWalkTest, NothingIsAWholeMessage) {
  WireWalk walk("");
  EXPECT_EQ(walk.Next(), std::nullopt);
  EXPECT_TRUE(walk.whole());
}

TEST(WireWalkTest, PassesFieldsOfEveryKindThatItDoesNotKnow) {
  const std::string varint = "\xf8\x06\x2a";  // field 111
  const std::string fixed32 = "\xfd\x06\x01\x02\x03\x04";
  std::string fixed64 = "\xf9\x06";
  fixed64 += "12345678";
  const std::string delimited = "\xfa\x06\x03new";
  WireWalk walk(varint);
  EXPECT_THAT(NumbersIn(&walk), ElementsAre(111));
  const std::string all = varint + fixed32 + fixed64 + delimited;
  WireWalk several(all);
  EXPECT_THAT(NumbersIn(&several), ElementsAre(111, 111, 111, 111));
  EXPECT_TRUE(several.whole());
}

TEST(WireWalkTest, EndsAtBytesThatAreNoField) {
  const std::string id = "\x0a\x01z";
  EXPECT_EQ(FieldsBeforeDamage(id + '\0'), 1U) << "field 0";
  EXPECT_EQ(FieldsBeforeDamage(id + "\x0b"), 1U) << "a group begins";
  EXPECT_EQ(FieldsBeforeDamage(id + "\x0c"), 1U) << "a group ends";
  EXPECT_EQ(FieldsBeforeDamage(id + "\x0e"), 1U) << "a kind that is none";
  EXPECT_EQ(FieldsBeforeDamage(id + "\x80\x80\x80\x80\x10"), 1U) << "field 2^29";
  EXPECT_EQ(FieldsBeforeDamage(id + std::string(11, '\xff')), 1U) << "a tag without end";
  EXPECT_EQ(FieldsBeforeDamage(id + "\x12\x04"
                                    "abc"),
            1U)
      << "a length past the end";
  EXPECT_EQ(FieldsBeforeDamage(id + "\x12\xff\xff\xff\xff\xff\xff\xff\xff\xff\x01"), 1U)
      << "the largest length";
  EXPECT_EQ(FieldsBeforeDamage(id + "\x90\x01\x80"), 1U) << "a number without end";
  EXPECT_EQ(FieldsBeforeDamage(id + "\x0d\x01\x02"), 1U) << "half a number of 4 bytes";
}

// A cut message is damaged, but at the ends of its fields, where it is a shorter message.
TEST(WireWalkTest, NoticesEveryCutInsideAField) {
  const std::string bytes = Regatta().SerializeAsString();
  std::vector<size_t> ends = {0};
  WireWalk fields(bytes);
  while (const std::optional<WireField> field = fields.Next()) {
    ends.push_back(ends.back() + field->whole.size());
  }
  for (size_t length = 0; length <= bytes.size(); ++length) {
    const std::string cut = bytes.substr(0, length);
    WireWalk walk(cut);
    NumbersIn(&walk);
    EXPECT_EQ(walk.whole(), std::find(ends.begin(), ends.end(), length) != ends.end()) << length;
  }
}

// Whatever the bytes are, the fields lie one behind the other within them.
TEST(WireWalkTest, StaysWithinDamagedBytes) {
  std::mt19937 random(7);  // NOLINT(cert-msc32-c,cert-msc51-cpp): the same bytes in each run
  const std::string truth = Regatta().SerializeAsString();
  for (int round = 0; round < 20'000; ++round) {
    std::string bytes = truth;
    for (int i = 0; i < 3; ++i) bytes[random() % bytes.size()] = static_cast<char>(random());
    WireWalk walk(bytes);
    const char* at = bytes.data();
    while (const std::optional<WireField> field = walk.Next()) {
      ASSERT_EQ(field->whole.data(), at);
      at += field->whole.size();
      ASSERT_LE(at, bytes.data() + bytes.size());
      if (field->content.empty()) continue;
      ASSERT_EQ(field->content.data() + field->content.size(), at);
    }
    EXPECT_EQ(walk.whole(), at == bytes.data() + bytes.size());
  }
}

TEST(SplitBodyTest, CardAndBodyTogetherAreTheArticle) {
  const v1::Article article = Regatta();
  const std::string bytes = article.SerializeAsString();
  const std::optional<SplitArticle> split = SplitBody(bytes);
  ASSERT_TRUE(split.has_value());
  EXPECT_EQ(split->body, article.body());
  v1::Article card;
  ASSERT_TRUE(card.ParseFromString(split->card));
  EXPECT_EQ(card.body(), "");
  std::string joined = split->card;
  AppendBody(split->body, &joined);
  v1::Article whole;
  ASSERT_TRUE(whole.ParseFromString(joined));
  EXPECT_EQ(whole.SerializeAsString(), bytes);
}

TEST(SplitBodyTest, TheLastOfSeveralBodiesCountsAsInAParser) {
  std::string bytes = Regatta().SerializeAsString();
  AppendWireField(v1::Article::kBodyFieldNumber, "the later text", &bytes);
  v1::Article parsed;
  ASSERT_TRUE(parsed.ParseFromString(bytes));
  EXPECT_EQ(SplitBody(bytes)->body, parsed.body());
}

TEST(SplitBodyTest, AnEmptyBodyAddsNothing) {
  std::string card = "\x0a\x01z";
  AppendBody("", &card);
  EXPECT_THAT(card, SizeIs(3));
  EXPECT_EQ(SplitBody(card)->body, "");
}

TEST(SplitBodyTest, DamagedBytesAreNoArticle) {
  const std::string bytes = Regatta().SerializeAsString();
  EXPECT_EQ(SplitBody(bytes.substr(0, bytes.size() - 1)), std::nullopt);
  EXPECT_EQ(SplitBody("\xff"), std::nullopt);
}

TEST(AppendWireFieldTest, LengthsOfEverySizeAreReadBack) {
  for (const size_t size : {0U, 1U, 127U, 128U, 16'383U, 16'384U, 2'097'152U}) {
    std::string bytes;
    AppendWireField(v1::Article::kBodyFieldNumber, std::string(size, 'x'), &bytes);
    v1::Article parsed;
    ASSERT_TRUE(parsed.ParseFromString(bytes)) << size;
    EXPECT_THAT(parsed.body(), SizeIs(size));
  }
}

}  // namespace
}  // namespace broadsheet::storage
