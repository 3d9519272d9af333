// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/figures/disk_forecast.h"

#include <gtest/gtest.h>

namespace broadsheet::server {
namespace {

constexpr uint64_t kForecastGigabyte = 1'000'000'000;
const absl::Time kMorning = absl::FromUnixSeconds(1'700'000'000);

// A note a minute, from `begin` on.
void Fill(DiskForecast& forecast, absl::Time begin, int minutes, uint64_t first_free,
          int64_t bytes_a_minute) {
  for (int minute = 0; minute <= minutes; ++minute) {
    forecast.Note(
        begin + absl::Minutes(minute),
        static_cast<uint64_t>(static_cast<int64_t>(first_free) - minute * bytes_a_minute));
  }
}

TEST(DiskForecastTest, ASteadyLossEndsWhereTheLineDoes) {
  DiskForecast forecast;
  // 10 GB, and 10 MB a minute: 9.4 GB are left after an hour.
  Fill(forecast, kMorning, 60, 10 * kForecastGigabyte, 10'000'000);
  ASSERT_TRUE(forecast.FullIn().has_value());
  EXPECT_NEAR(absl::ToDoubleMinutes(*forecast.FullIn()), 940, 1);
}

TEST(DiskForecastTest, SaysNothingOfADiskThatDoesNotFill) {
  DiskForecast forecast;
  EXPECT_EQ(forecast.FullIn(), std::nullopt);
  Fill(forecast, kMorning, 60, kForecastGigabyte, 0);
  EXPECT_EQ(forecast.FullIn(), std::nullopt);
  DiskForecast emptied;
  Fill(emptied, kMorning, 60, kForecastGigabyte, -1'000'000);
  EXPECT_EQ(emptied.FullIn(), std::nullopt);
}

TEST(DiskForecastTest, AFewMinutesForetellNothing) {
  DiskForecast forecast;
  Fill(forecast, kMorning, 9, kForecastGigabyte, 50'000'000);
  EXPECT_EQ(forecast.FullIn(), std::nullopt);
}

TEST(DiskForecastTest, ABuildOfThisMorningIsForgottenInTheEvening) {
  DiskForecast forecast;
  Fill(forecast, kMorning, 60, 100 * kForecastGigabyte, kForecastGigabyte);
  ASSERT_TRUE(forecast.FullIn().has_value());
  Fill(forecast, kMorning + absl::Hours(2), 6 * 60 + 1, 40 * kForecastGigabyte, 0);
  EXPECT_EQ(forecast.FullIn(), std::nullopt);
}

TEST(DiskForecastTest, AClockThatIsSetBackStartsAnew) {
  DiskForecast forecast;
  Fill(forecast, kMorning, 60, 10 * kForecastGigabyte, 10'000'000);
  Fill(forecast, kMorning - absl::Hours(1), 20, 9 * kForecastGigabyte, 10'000'000);
  ASSERT_TRUE(forecast.FullIn().has_value());
  EXPECT_NEAR(absl::ToDoubleMinutes(*forecast.FullIn()), 880, 1);
}

}  // namespace
}  // namespace broadsheet::server
