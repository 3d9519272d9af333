// SPDX-License-Identifier: GPL-3.0-or-later
// A mistake in a query is drawn under its place, whatever the query is made of.
#include "client/view/error_report.h"

#include <gmock/gmock.h>
#include <grpcpp/grpcpp.h>
#include <gtest/gtest.h>

#include <sstream>
#include <string>
#include <string_view>
#include <vector>

#include "google/rpc/error_details.pb.h"
#include "google/rpc/status.pb.h"

namespace broadsheet::client {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

// What is printed below the message when the bytes of `mistake` in `query` are wrong.
std::vector<std::string> Drawn(const std::string& query, std::string_view mistake,
                               size_t columns = 80) {
  const size_t begin = query.find(mistake);
  v1::QueryError error;
  error.set_start_byte(static_cast<int32_t>(begin));
  error.set_end_byte(static_cast<int32_t>(begin + mistake.size()));
  google::rpc::Status details;
  details.add_details()->PackFrom(error);
  const SentQuery sent{.text = query, .typed_begin = 0, .typed_end = query.size()};
  std::ostringstream err;
  ReportError(
      grpc::Status(grpc::StatusCode::INVALID_ARGUMENT, "wrong", details.SerializeAsString()), &sent,
      Terminal(false, columns), err);
  std::istringstream lines(err.str());
  std::vector<std::string> drawn;
  for (std::string line; std::getline(lines, line);) drawn.push_back(line);
  drawn.erase(drawn.begin());
  return drawn;
}

TEST(CaretTest, StandsUnderTheMistake) {
  EXPECT_THAT(Drawn("kim capton:x", "capton"), ElementsAre("  kim capton:x",  //
                                                           "      ^^^^^^"));
}

TEST(CaretTest, CountsWideCharactersTwice) {
  EXPECT_THAT(Drawn("北京 capton:x", "capton"), ElementsAre("  北京 capton:x",  //
                                                            "       ^^^^^^"));
  EXPECT_THAT(Drawn("日本:x", "日本"), ElementsAre("  日本:x",  //
                                                   "  ^^^^"));
}

TEST(CaretTest, CountsCombiningCharactersAndMarksNot) {
  // e with an acute accent of its own, and a right-to-left mark.
  EXPECT_THAT(Drawn("cafe\u0301 \u200Fx g*", "g*"), ElementsAre("  cafe\u0301 \u200Fx g*",  //
                                                                "         ^^"));
}

TEST(CaretTest, ALineBreakIsASpace) {
  EXPECT_THAT(Drawn("kim\nputin\tg*", "g*"), ElementsAre("  kim putin g*",  //
                                                         "            ^^"));
}

TEST(CaretTest, StandsBehindTheQueryWhereSomethingIsMissing) {
  EXPECT_THAT(Drawn("kim", ""), ElementsAre("  kim", "  ^"));
}

TEST(CaretTest, ALongQueryIsCutAroundItsMistake) {
  const std::string words(300, 'a');
  EXPECT_THAT(Drawn(words + " g* " + words, "g*", 40),
              ElementsAre("  …" + std::string(17, 'a') + " g* " + std::string(15, 'a') + "…",
                          "                     ^^"));
  EXPECT_THAT(Drawn("g* " + words, "g*", 40),
              ElementsAre("  g* " + std::string(33, 'a') + "…", "  ^^"));
  EXPECT_THAT(Drawn(words + " g*", "g*", 40),
              ElementsAre("  …" + std::string(17, 'a') + " g*", "                     ^^"));
}

TEST(CaretTest, ALongMistakeIsMarkedAsFarAsItIsShown) {
  const std::vector<std::string> drawn =
      Drawn("kim " + std::string(300, 'g') + " x", std::string(300, 'g'), 40);
  EXPECT_THAT(drawn,
              ElementsAre("  kim " + std::string(32, 'g') + "…", "      " + std::string(32, '^')));
}

TEST(CaretTest, ACutNeverPartsACharacter) {
  std::string wide;
  for (int i = 0; i < 100; ++i) wide += "北";
  const std::vector<std::string> drawn = Drawn(wide + " g*", "g*", 40);
  // An odd number of columns has no room for half a character.
  EXPECT_EQ(drawn[0], "  …北北北北北北北北 g*");
  EXPECT_EQ(drawn[1], std::string(2 + 1 + 16 + 1, ' ') + "^^");
}

TEST(ErrorReportTest, ARequestThatIsTooLargeForAnyServerIsToldInBytesOfTheQuery) {
  const SentQuery sent{.text = std::string(2000000, 'a'), .typed_begin = 0, .typed_end = 2000000};
  std::ostringstream err;
  ReportError(grpc::Status(grpc::StatusCode::RESOURCE_EXHAUSTED, "larger than max"), &sent,
              Terminal(false, 80), err);
  EXPECT_THAT(err.str(), HasSubstr("the query has 2000000 bytes"));
}

// What is printed for an error of this reason.
std::string Told(const std::string& reason) {
  google::rpc::ErrorInfo info;
  info.set_reason(reason);
  google::rpc::Status details;
  details.add_details()->PackFrom(info);
  std::ostringstream err;
  ReportError(grpc::Status(grpc::StatusCode::FAILED_PRECONDITION, "what is wrong",
                           details.SerializeAsString()),
              nullptr, Terminal(false, 80), err);
  return err.str();
}

TEST(ErrorReportTest, OptionsThatHelpAreNamedHereAndNotByTheServer) {
  EXPECT_EQ(Told("LIVE_WRITES_AT_STAKE"),
            "broadsheet: what is wrong; carry them over with --keep-writes or lose them with "
            "--discard-writes\n");
  EXPECT_EQ(Told("OPERATION_RUNNING"), "broadsheet: what is wrong\n");
}

TEST(ErrorReportTest, ADeadlineSaysHowToWaitLonger) {
  const grpc::Status late(grpc::StatusCode::DEADLINE_EXCEEDED, "Deadline Exceeded");
  const SentQuery sent{.text = "kim", .typed_begin = 0, .typed_end = 3};
  std::ostringstream search;
  ReportError(late, &sent, Terminal(false, 80), search);
  EXPECT_EQ(search.str(),
            "broadsheet: no answer in time; try a narrower query, or --timeout SECONDS\n");
  std::ostringstream other;
  ReportError(late, nullptr, Terminal(false, 80), other);
  EXPECT_EQ(other.str(), "broadsheet: no answer in time; try again, or --timeout SECONDS\n");
}

}  // namespace
}  // namespace broadsheet::client
