// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/commands/date_option.h"

#include <gtest/gtest.h>

#include <string>

#include "tests/testing/status_matchers.h"

namespace broadsheet::client {
namespace {

using testing::StatusIs;

std::string Span(const std::string& text) {
  const absl::Time now =
      absl::FromCivil(absl::CivilSecond(2024, 6, 19, 15, 0, 0), absl::UTCTimeZone());
  const auto span = ParseDateOption(text, now);
  if (!span.ok()) return "no date";
  return absl::FormatTime("%Y-%m-%d", span->begin, absl::UTCTimeZone()) + " " +
         absl::FormatTime("%Y-%m-%d", span->end, absl::UTCTimeZone());
}

TEST(DateOptionTest, ADateStandsForTheWholePeriodItNames) {
  EXPECT_EQ(Span("2024"), "2024-01-01 2025-01-01");
  EXPECT_EQ(Span("2024-02"), "2024-02-01 2024-03-01");
  EXPECT_EQ(Span("2024-02-29"), "2024-02-29 2024-03-01");
  EXPECT_EQ(Span("today"), "2024-06-19 2024-06-20");
  EXPECT_EQ(Span("yesterday"), "2024-06-18 2024-06-19");
}

TEST(DateOptionTest, AnAgeIsCountedBackFromToday) {
  EXPECT_EQ(Span("7d"), "2024-06-12 2024-06-13");
  EXPECT_EQ(Span("2w"), "2024-06-05 2024-06-06");
  EXPECT_EQ(Span("3m"), "2024-03-19 2024-03-20");
  EXPECT_EQ(Span("1y"), "2023-06-19 2023-06-20");
}

TEST(DateOptionTest, AnInstantStandsForItself) {
  EXPECT_EQ(Span("2024-06-19T23:30:00-04:00"), "2024-06-20 2024-06-20");
}

TEST(DateOptionTest, WhatDoesNotExistIsNoDate) {
  for (const char* text :
       {"2023-02-29", "2024-13", "2024-06-31", "24", "d", "7x", "", "2024-6-1"}) {
    EXPECT_EQ(Span(text), "no date") << text;
  }
}

}  // namespace
}  // namespace broadsheet::client
