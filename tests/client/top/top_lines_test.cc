// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/top/top_lines.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

namespace broadsheet::client {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

constexpr const char* kMethod =
    "grpc_type=\"unary\",grpc_service=\"broadsheet.v1.SearchService\",grpc_method="
    "\"SearchArticles\"";

FigureSet PageWith(const std::string& lines) {
  absl::StatusOr<FigureSet> set = FigureSet::Parse(
      "broadsheet_build_info{version=\"0.1.0\"} 1\nprocess_start_time_seconds 1000000000\n" +
      lines);
  EXPECT_TRUE(set.ok()) << set.status();
  return set.value_or(FigureSet());
}

std::vector<TopLine> LinesOf(const FigureSet& before, const FigureSet& now) {
  return MakeTopLines(before, now, absl::Seconds(2), absl::FromUnixSeconds(1'000'009'000));
}

// All lines; those that stand out begin with "!".
std::string TextOf(const FigureSet& before, const FigureSet& now) {
  std::string text;
  for (const TopLine& line : LinesOf(before, now)) {
    text += (line.style == Style::kError ? "!" : "") + line.text + "\n";
  }
  return text;
}

std::string Labelled(const std::string& name, const std::string& more, int value) {
  return name + "{" + kMethod + more + "} " + std::to_string(value) + "\n";
}

TEST(TopLines, TellOfCallsBetweenTwoLooks) {
  const auto page = [](int started, int well, int failed, int quick, int all) {
    return PageWith(Labelled("grpc_server_started_total", "", started) +
                    Labelled("grpc_server_handled_total", ",grpc_code=\"OK\"", well) +
                    Labelled("grpc_server_handled_total", ",grpc_code=\"UNAVAILABLE\"", failed) +
                    Labelled("grpc_server_handling_seconds_bucket", ",le=\"0.01\"", quick) +
                    Labelled("grpc_server_handling_seconds_bucket", ",le=\"+Inf\"", all));
  };
  const std::string text = TextOf(page(100, 100, 0, 100, 100), page(140, 130, 10, 138, 140));
  EXPECT_THAT(text, HasSubstr("broadsheetd version 0.1.0, up 2 h 30 min"));
  EXPECT_THAT(text, HasSubstr("Calls       20.0/s, 5.0/s failed; 50 % within 5.3 ms, 90 % 9.5 ms, "
                              "99 % >10 s\n"));
  EXPECT_THAT(text, HasSubstr("SearchArticles                 20.0       5.0     5.3 ms"));
}

TEST(TopLines, WhatAnAdminHasToLookAtStandsOut) {
  const FigureSet now = PageWith(
      "broadsheet_serving 0\nbroadsheet_generation 7\nbroadsheet_generation_bytes 3e8\n"
      "broadsheet_base_check{state=\"whole\"} 0\nbroadsheet_base_check{state=\"damaged\"} 1\n"
      "broadsheet_writable 1\nbroadsheet_writes_failing 1\n"
      "broadsheet_writes_failing_since_timestamp_seconds{reason=\"INDEX_FULL\"} 1000000000\n"
      "broadsheet_search_refused_total 8\n"
      "broadsheet_disk_free_bytes 2e9\nbroadsheet_disk_bytes 5e10\n"
      "broadsheet_disk_full_timestamp_seconds 1000019800\n"
      "broadsheet_certificate_end_timestamp_seconds 1000095400\n"
      "broadsheet_last_operation_failed 1\nbroadsheet_last_operation_timestamp_seconds "
      "1000008400\n");
  const std::string text = TextOf(FigureSet(), now);
  EXPECT_THAT(text, HasSubstr("!Serving     NO: generation 7 of "));
  EXPECT_THAT(text, HasSubstr("300 MB, files damaged\n"));
  EXPECT_THAT(text, HasSubstr("!Writes      FAIL since 2001-09-09 01:46 UTC, INDEX_FULL\n"));
  EXPECT_THAT(text, HasSubstr("!Searches    0 running, 0 waiting; 4.0/s refused"));
  EXPECT_THAT(text, HasSubstr("!Disk        2.0 GB free of 50.0 GB; FULL IN 3 h 0 min\n"));
  EXPECT_THAT(text, HasSubstr("!Certificate ENDS 2001-09-10"));
  EXPECT_THAT(text, HasSubstr("!Operation   the last FAILED, 10 min ago\n"));
}

TEST(TopLines, WithoutAnIndexOrWritesTellOfNone) {
  const std::string text = TextOf(FigureSet(), PageWith("broadsheet_serving 0\n"));
  EXPECT_THAT(text, HasSubstr("!Serving     NOTHING: no index is open yet\n"));
  EXPECT_THAT(text, Not(HasSubstr("Writes")));
  EXPECT_THAT(text, Not(HasSubstr("Articles")));
  EXPECT_THAT(text, Not(HasSubstr("METHOD")));
}

TEST(TopLines, FitIntoAnOldTerminalAndControlNone) {
  std::string huge;
  for (const char* name :
       {"broadsheet_articles", "broadsheet_live_articles", "broadsheet_serving",
        "broadsheet_generation", "broadsheet_generation_bytes", "broadsheet_writable",
        "broadsheet_writes_total", "broadsheet_search_queue_length", "process_open_fds",
        "process_max_fds", "process_resident_memory_bytes", "broadsheet_connections_open"}) {
    huge += std::string(name) + " 9e15\n";
  }
  huge += "broadsheet_base_check{state=\"\x1b[2J\"} 1\n";
  for (const TopLine& line : LinesOf(FigureSet(), PageWith(huge))) {
    EXPECT_LE(DisplayWidth(line.text), 80U) << line.text;
    EXPECT_THAT(line.text, Not(HasSubstr("\x1b")));
  }
}

}  // namespace
}  // namespace broadsheet::client
