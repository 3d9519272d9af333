// SPDX-License-Identifier: GPL-3.0-or-later
#include "bench/load/report.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <simdjson.h>

#include <algorithm>
#include <chrono>
#include <string>

namespace broadsheet::bench {
namespace {

using std::chrono::milliseconds;
using ::testing::HasSubstr;
using ::testing::Not;

Measurement OfAnHour() {
  ClassMeasurement words{.name = "words", .latency = {}, .errors = {{14, 2}}};
  ClassMeasurement phrases{.name = "the \"phrases\"", .latency = {}, .errors = {}};
  for (int i = 1; i <= 100; ++i) words.latency.Record(milliseconds(i));
  phrases.latency.Record(milliseconds(500));
  Measurement measurement{.kind = "poisson",
                          .planned_per_second = 50,
                          .seconds = 2,
                          .answer_bytes = 101 * 2000,
                          .classes = {words, phrases},
                          .send_lag = {}};
  measurement.send_lag.Record(milliseconds(3));
  return measurement;
}

TEST(ReportTest, JsonHasTheFiguresOfAllAndOfEachClass) {
  simdjson::dom::parser parser;
  simdjson::dom::element line;
  const std::string json = JsonLine(OfAnHour());
  ASSERT_EQ(parser.parse(json).get(line), simdjson::SUCCESS) << json;
  EXPECT_EQ(line["kind"].get_string().value(), "poisson");
  EXPECT_EQ(line["calls"].get_int64().value(), 101);
  EXPECT_EQ(line["perSecond"].get_double().value(), 50.5);
  EXPECT_EQ(line["errorsByCode"]["14"].get_int64().value(), 2);
  EXPECT_EQ(line["bytesPerAnswer"].get_double().value(), 2000);
  EXPECT_EQ(line["sendLagMaxMs"].get_double().value(), 3);
  EXPECT_EQ(line["classes"].at(1)["name"].get_string().value(), "the \"phrases\"");
  EXPECT_EQ(line["classes"].at(1)["p50Ms"].get_double().value(), 500);
  int64_t counted = 0;
  const simdjson::dom::array buckets = line["histogram"].get_array().value();
  for (const simdjson::dom::element bucket : buckets) {
    counted += bucket.at(1).get_int64().value();
  }
  EXPECT_EQ(counted, 101);
}

TEST(ReportTest, ATableHasARowForAllAndOneForEachClassAndTellsErrorsAndLag) {
  const std::string rows = TableRows(OfAnHour());
  EXPECT_THAT(rows, HasSubstr("poisson 50/s"));
  EXPECT_THAT(rows, HasSubstr("the \"phrases\""));
  EXPECT_THAT(rows, HasSubstr("errors by gRPC code: {\"14\": 2}"));
  EXPECT_THAT(rows, HasSubstr("sent later than due by: p50 3.000 ms"));
  EXPECT_THAT(rows, Not(HasSubstr("never sent")));
}

TEST(ReportTest, ATableOfOneClassHasOneRow) {
  Measurement measurement;
  measurement.kind = "closed";
  measurement.callers = 8;
  measurement.seconds = 1;
  measurement.classes.push_back({.name = "all", .latency = {}, .errors = {}});
  const std::string rows = TableRows(measurement);
  EXPECT_THAT(rows, HasSubstr("8 callers"));
  EXPECT_EQ(std::count(rows.begin(), rows.end(), '\n'), 1);
}

}  // namespace
}  // namespace broadsheet::bench
