// SPDX-License-Identifier: GPL-3.0-or-later
// parse --html: the report of what was read.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <regex>
#include <string>
#include <string_view>
#include <utility>

#include "absl/time/clock.h"
#include "indexer/commands/report/reading_report.h"
#include "tests/indexer/commands/command_run.h"
#include "tests/indexer/sources/html/pages.h"
#include "tests/testing/temp_dir.h"

namespace broadsheet::commands {
namespace {

using ::broadsheet::testing::CommandRun;
using ::broadsheet::testing::kParagraphs;
using ::broadsheet::testing::NewsPage;
using ::broadsheet::testing::ReadFile;
using ::broadsheet::testing::RunIndexer;
using ::broadsheet::testing::TempDir;
using ::testing::AllOf;
using ::testing::AnyOf;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

class ParseReportTest : public ::testing::Test {
 protected:
  // The report over `path`.
  std::string Report(const std::string& path, int status = 0) {
    const CommandRun run = RunIndexer({"parse", "--html", report_, path});
    EXPECT_EQ(run.status, status) << run.err;
    EXPECT_EQ(run.out, "");
    return std::filesystem::exists(report_) ? ReadFile(report_) : "";
  }

  TempDir folder_;
  const std::string report_ = folder_ / "report.html";
};

TEST_F(ParseReportTest, ShowsThePageBesideTheArticleAndWhyTheRestWasDropped) {
  const auto page = folder_.Write(
      "page.html",
      NewsPage("", "<h1>Ferry landing moves</h1><p class=byline>By Inga Bredal</p>" +
                       std::string(kParagraphs) + "<div class=share-bar>Tell your friends</div>"));
  const std::string report = Report(page.string());
  EXPECT_THAT(report, HasSubstr("<dt>headline <span class=rule>"));
  EXPECT_THAT(report, HasSubstr("<dd dir=auto>Inga Bredal</dd>"));
  EXPECT_THAT(report, HasSubstr("<li class=keep><p dir=auto>The harbour board of Varnholm"));
  EXPECT_THAT(report, HasSubstr("dropped: in a nav element</span><p dir=auto><del>Home</del>"));
  EXPECT_THAT(report, HasSubstr("dropped: in an element named &quot;share-bar&quot; "
                                "(&quot;share&quot;)</span><p dir=auto><del>Tell your friends"));
  EXPECT_THAT(report, HasSubstr("<li><strong>1 article without a date (100 %)</strong>"));
}

TEST_F(ParseReportTest, IdsThatManyShareAreWorthALook) {
  std::string lines;
  for (int i = 0; i < 12; ++i) {
    const std::string id = i < 5 ? "front" : i < 11 ? "pair" + std::to_string(i / 2) : "own";
    lines += R"({"id":")" + id + R"(","headline":"Weir no. )" + std::to_string(i) + "\"}\n";
  }
  const std::string report = Report(folder_.Write("a.jsonl", lines).string());
  EXPECT_THAT(report, HasSubstr("<strong>5 articles share 1 id, so that an index keeps one of them"
                                "</strong>: <q dir=auto>front</q>"));
  EXPECT_THAT(report,
              HasSubstr("articles share 3 ids, so that an index keeps one of each</strong></li>"));
}

TEST_F(ParseReportTest, AStoryAndItsCorrectionAreNotWorthALook) {
  const std::string report =
      Report(folder_
                 .Write("a.jsonl", R"({"id":"a","headline":"Weir holds","version":1})"
                                   "\n"
                                   R"({"id":"a","headline":"Weir holds again","version":2})"
                                   "\n"
                                   R"({"id":"b","headline":"Mill turns"})")
                 .string());
  EXPECT_THAT(report, Not(HasSubstr("so that an index keeps")));
}

TEST_F(ParseReportTest, ShowsTheShareOfRecordsThatHaveEachPathOfAMap) {
  const auto map = folder_.Write(
      "map.json", R"({"headline": "title", "body": "<b>txt", "labels.desk": "desk"})");
  const auto file =
      folder_.Write("a.jsonl", "{\"title\":\"A\",\"desk\":\"city\"}\n{\"title\":\"B\"}\n");
  const CommandRun run =
      RunIndexer({"parse", "--html", report_, "--map", map.string(), file.string()});
  EXPECT_EQ(run.status, 0) << run.err;
  const std::string report = ReadFile(report_);
  EXPECT_THAT(report, HasSubstr("<h2>Paths of the map</h2>"));
  EXPECT_THAT(report, HasSubstr("<tr><th scope=row>headline</th><td>title</td><td class=n>2</td>"
                                "<td class=n>100 %</td>"));
  EXPECT_THAT(report, HasSubstr("<tr><th scope=row>body</th><td>&lt;b&gt;txt</td><td class=n>0</td>"
                                "<td class=n>0 %</td>"));
  EXPECT_THAT(report, HasSubstr("<tr><th scope=row>labels.desk</th><td>desk</td><td class=n>1</td>"
                                "<td class=n>50 %</td>"));
  EXPECT_THAT(report, HasSubstr("<dt>labels.desk <span class=rule>desk</span>"));
  EXPECT_THAT(Report(file.string(), 2), Not(HasSubstr("Paths of the map")));
}

TEST_F(ParseReportTest, NamesOfLabelsAreTextAndBounded) {
  std::string labels = R"("<i>x":"y")";
  for (int i = 0; i < 200; ++i) labels += ",\"n" + std::to_string(i) + "\":\"v\"";
  const std::string report =
      Report(folder_.Write("a.jsonl", R"({"headline":"A","labels":{)" + labels + "}}").string());
  EXPECT_THAT(report, HasSubstr("<dt>labels.&lt;i&gt;x <span"));
  EXPECT_THAT(report, Not(HasSubstr("<i>x")));
}

TEST_F(ParseReportTest, CountsEveryRecordAndSaysWhatIsWorthALook) {
  const auto lines = folder_.Write(
      "a.jsonl",
      "{\"id\":\"a\",\"headline\":\"One\",\"body\":\"Short.\",\"published\":\"2024-06-19\"}\n"
      "{\"id\":\"b\",\"headline\":\"Two\",\"body\":\"Short.\",\"status\":\"withheld\",\"extra\":1}"
      "\n"
      "{\"id\":\"empty\"}\n");
  const std::string report = Report(lines.string(), 1);
  EXPECT_THAT(report, HasSubstr("<dt>Articles</dt><dd>2</dd>"));
  EXPECT_THAT(report, HasSubstr("<dt>Rejected</dt><dd>1</dd>"));
  EXPECT_THAT(report, HasSubstr("Not shown to readers: 1 withheld."));
  EXPECT_THAT(report, HasSubstr("Members that no article has, by records: 1 extra."));
  EXPECT_THAT(report, HasSubstr("1 record rejected"));
  EXPECT_THAT(report, HasSubstr("2 articles very short"));
  EXPECT_THAT(report, HasSubstr("<tr><th scope=row>published_time</th><td class=n>1</td><td "
                                "class=n>50 %</td>"));
  EXPECT_THAT(report, HasSubstr("a.jsonl, line 3"));
  EXPECT_THAT(report, HasSubstr("Rejected: article refused: it has no headline"));
  EXPECT_THAT(report, HasSubstr("{\n  &quot;id&quot;: &quot;empty&quot;\n}"));
  // Every link leads to a record that is there.
  const std::regex links("href=\"#(r[0-9]+)\"");
  for (auto at = std::sregex_iterator(report.begin(), report.end(), links);
       at != std::sregex_iterator(); ++at) {
    EXPECT_THAT(report, HasSubstr(" id=" + (*at)[1].str() + " "));
  }
}

TEST_F(ParseReportTest, WarningsStandAtTheirArticles) {
  const auto report = ReadingReport::Open(report_, absl::Now());
  ASSERT_TRUE(report.ok()) << report.status();
  const sources::PathReader reader({});
  for (const char* headline : {"First", "Next"}) {
    (*report)->AddTrace(sources::TraceOfRecord({.input = "wire.json"}, headline));
    v1::Article article;
    article.set_headline(headline);
    ASSERT_TRUE((*report)->AddArticle(std::move(article), reader).ok());
    // A warning comes after its article, and before the next one.
    if (std::string_view(headline) == "First") {
      (*report)->AddWarning({.place = {.input = "wire.json"}, .reason = "no such status: <later>"});
    }
  }
  ASSERT_TRUE((*report)->Finish({"wire.json"}, reader).ok());
  const std::string page = ReadFile(report_);
  const size_t warning = page.find("<li dir=auto>Warning: no such status: &lt;later&gt;</li>");
  EXPECT_LT(page.find("<article class=entry id=r1 "), warning);
  EXPECT_LT(warning, page.find("<article class=entry id=r2 "));
  EXPECT_THAT(page, HasSubstr("<li><strong>1 warning</strong><ul><li><a href=\"#r1\"><bdi>First"));
}

// Pages are other people's, and the report is opened by an administrator.
TEST_F(ParseReportTest, AHostilePageDoesNothingInTheReport) {
  const auto page = folder_.Write(
      "<b onmouseover=x>.html",
      NewsPage(
          "<meta property=\"og:title\" content=\"&lt;script&gt;alert(1)&lt;/script&gt; "
          "&quot;onload=&quot;x\">",
          "<h1>&lt;script&gt;alert(1)&lt;/script&gt; \"onload=\"x</h1>"
          "<p class=\"x&quot;&gt;&lt;img src=x onerror=y&gt; share\">Hidden &lt;iframe&gt;</p>" +
              std::string(kParagraphs) +
              "<p>&lt;/article&gt;&lt;img src=https://evil.example/x.png onerror=alert(1)&gt; "
              "\xe2\x80\xae turned round \x1b[31m and so on, for more than eight words.</p>"));
  const std::string report = Report(page.string());
  EXPECT_THAT(report, HasSubstr("default-src 'none'"));
  EXPECT_THAT(report, HasSubstr("&lt;img src=https://evil.example/x.png onerror=alert(1)&gt;"));
  EXPECT_THAT(report, HasSubstr("<span class=cp>U+202E</span> turned round"));
  EXPECT_THAT(report, Not(HasSubstr("\xe2\x80\xae")));
  // Our own tags are all that there is.
  const std::regex tag("<([a-z0-9]+)([^>]*)>");
  for (auto at = std::sregex_iterator(report.begin(), report.end(), tag);
       at != std::sregex_iterator(); ++at) {
    const std::string name = (*at)[1];
    const std::string attributes = (*at)[2];
    EXPECT_FALSE(name == "script" || name == "img" || name == "iframe" || name == "link" ||
                 name == "form" || name == "b")
        << at->str();
    EXPECT_FALSE(std::regex_search(attributes, std::regex("\\bon[a-z]+=|\\bsrc=|javascript:")))
        << at->str();
    EXPECT_FALSE(std::regex_search(attributes, std::regex("href=\"[^#]"))) << at->str();
  }
}

TEST_F(ParseReportTest, EveryFormatIsShownWithWhatItWasMadeFrom) {
  const std::string report = Report(std::string(BROADSHEET_SOURCE_DIR) + "/examples/articles");
  for (const char* format : {"html", "text", "jsonl", "ninjs", "nitf", "newsml", "rss", "warc"}) {
    const size_t entry = report.find(" · " + std::string(format) + " · ");
    ASSERT_NE(entry, std::string::npos) << format;
    EXPECT_THAT(report.substr(entry, report.find("</article>", entry) - entry),
                AnyOf(HasSubstr("<h4>The record</h4>"), HasSubstr("block by block</h4>")))
        << format;
  }
  EXPECT_THAT(report, HasSubstr("&lt;item&gt;\n  &lt;title&gt;"));
}

TEST_F(ParseReportTest, AnEmptyInputGivesAReportThatSaysSo) {
  const auto empty = folder_.Write("in/empty.jsonl", "");
  const std::string report = Report(empty.string(), 2);
  EXPECT_THAT(report, HasSubstr("<dt>Articles</dt><dd>0</dd>"));
}

TEST_F(ParseReportTest, APathThatCannotBeWrittenIsNamedBeforeAnythingIsRead) {
  const auto lines = folder_.Write("a.jsonl", "{\"headline\":\"A\"}\n");
  const std::string nowhere = folder_ / "nowhere/report.html";
  const CommandRun run = RunIndexer({"parse", "--html", nowhere, lines.string()});
  EXPECT_EQ(run.status, 2);
  EXPECT_THAT(run.err, AllOf(HasSubstr(nowhere), HasSubstr("No such file or directory")));
}

// `parse --html a.html b.html` looks like a format and its files, and would have overwritten
// a.html.
TEST_F(ParseReportTest, AFileThatIsNoReportIsNotOverwritten) {
  const auto page = folder_.Write("page.html", NewsPage("", "<h1>A</h1>"));
  const std::string before = ReadFile(page);
  const CommandRun run = RunIndexer({"parse", "--html", page.string(), page.string()});
  EXPECT_EQ(run.status, 2);
  EXPECT_THAT(run.err, HasSubstr("this exists and is no report of `parse --html`"));
  EXPECT_EQ(ReadFile(page), before);
}

TEST_F(ParseReportTest, AReportIsMadeAnewAndNotReadAsAPage) {
  const auto lines = folder_.Write("a.jsonl", "{\"headline\":\"A\",\"body\":\"Text.\"}\n");
  const std::string folder = std::filesystem::path(report_).parent_path().string();
  Report(folder);
  const std::string again = Report(folder);
  EXPECT_THAT(again, StartsWith("<!DOCTYPE html>\n<!-- report of"));
  EXPECT_THAT(again, HasSubstr("<dt>Files</dt><dd>1</dd>"));
  EXPECT_EQ(std::distance(std::filesystem::directory_iterator(folder),
                          std::filesystem::directory_iterator()),
            2);
}

TEST_F(ParseReportTest, AReportOfManyRecordsIsBounded) {
  std::string lines;
  const std::string body(26'000, 'x');
  for (int i = 0; i < 800; ++i) {
    lines += "{\"id\":\"" + std::to_string(i) + "\",\"headline\":\"Head " + std::to_string(i) +
             "\",\"body\":\"" + body + "\"}\n";
  }
  const std::string report = Report(folder_.Write("many.jsonl", lines).string());
  EXPECT_LT(report.size(), 26U << 20);
  EXPECT_THAT(report, HasSubstr("<dt>Articles</dt><dd>800</dd>"));
  EXPECT_THAT(report, HasSubstr(" of 800 records are shown"));
}

TEST_F(ParseReportTest, ExplainAndHtmlExcludeEachOther) {
  EXPECT_EQ(RunIndexer({"parse", "--explain", "--html", report_, "x"}).status, 2);
}

}  // namespace
}  // namespace broadsheet::commands
