// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/commands/search_answer.h"

#include <algorithm>
#include <cstdint>
#include <ostream>

#include "absl/strings/str_format.h"
#include "absl/time/time.h"
#include "client/request/search_line.h"
#include "client/request/search_request.h"
#include "client/request/search_value_options.h"
#include "client/session/last_search.h"
#include "client/view/article_table.h"
#include "client/view/count_chart.h"
#include "client/view/explanation.h"
#include "client/view/hit_list.h"
#include "client/view/json_output.h"
#include "engine/base/shell_word.h"

namespace broadsheet::client {
namespace {

// How many hits a page may have before it; the server refuses more (SearchArticlesRequest.skip).
constexpr int64_t kDeepestPage = 10000;

// The number of the first hit of the page.
size_t FirstNumber(const SearchOptions& options) {
  return static_cast<size_t>(options.page - 1) * static_cast<size_t>(options.limit) + 1;
}

const v1::Notice* FindNotice(const v1::SearchArticlesResponse& response, std::string_view reason) {
  for (const v1::Notice& notice : response.notices()) {
    if (notice.reason() == reason) return &notice;
  }
  return nullptr;
}

// The same search with the values that there are, for those of options that there are not; ""
// when none is near.
std::string MendedFilterLine(const SearchOptions& options, const std::string& query,
                             const v1::SearchArticlesResponse& response,
                             const CommandContext& context) {
  SearchOptions mended = options;
  mended.page = 1;
  bool changed = false;
  for (const v1::Notice& notice : response.notices()) {
    const auto& facts = notice.metadata();
    if (notice.reason() != "NO_SUCH_VALUE" || facts.count("suggestion") == 0) continue;
    for (const ValueOption& option : ValueOptions()) {
      if (option.filter == nullptr || facts.count("field") == 0 ||
          option.field() != facts.at("field")) {
        continue;
      }
      for (std::string& value : mended.*option.values) {
        if (facts.count("value") == 0) continue;
        if (option.FilterValue(mended, value) != facts.at("value")) continue;
        value = facts.at("suggestion");
        changed = true;
      }
    }
  }
  return changed ? WholeSearchLine(mended, query, context.Command("search")) : "";
}

// What else could be asked.
void PrintSuggestion(const SearchOptions& options, const std::string& query,
                     const v1::SearchArticlesResponse& response, const CommandContext& context,
                     const Terminal& terminal, std::ostream& out) {
  if (!response.suggested_query().empty()) {
    const std::string line =
        SearchLine(options, response.suggested_query(), context.Command("search"));
    const v1::Notice* slip = FindNotice(response, kDidYouMean);
    // "Did you mean ferry? 12 articles match it:", and below it what to type.
    const std::string told = slip == nullptr ? "Try: " : "D" + slip->message().substr(1) + ":\n  ";
    out << told << terminal.Styled(Style::kBold, line) << '\n';
  }
  const std::string mended = MendedFilterLine(options, query, response, context);
  if (!mended.empty()) out << "Try: " << terminal.Styled(Style::kBold, mended) << '\n';
}

// The next page, "" when there is none that can be asked for by its number.
std::string NextPageText(const SearchOptions& options, const std::string& query,
                         const v1::SearchArticlesResponse& response,
                         const CommandContext& context) {
  const int64_t skipped = static_cast<int64_t>(options.page) * options.limit;
  if (response.next_page_token().empty() || skipped >= kDeepestPage) return "";
  SearchOptions next = options;
  ++next.page;
  if (options.takes_page) return absl::StrFormat("--page %d", next.page);
  return WholeSearchLine(next, query, context.Command("search"));
}

void PrintFoot(const SearchOptions& options, const std::string& query, const SearchAnswer& answer,
               CommandContext& context) {
  const v1::SearchArticlesResponse& response = answer.response;
  LastSearch last{.first_number = FirstNumber(options), .ids = {}, .query = answer.sent};
  for (const v1::Hit& hit : response.hits()) last.ids.push_back(hit.article().id());
  const bool remembered = RememberSearch(LastSearchFile(), last);
  std::string foot =
      absl::StrFormat("%d ms. Read one: ", answer.elapsed.count()) +
      GetLine(last.first_number, response.hits(0).article().id(), remembered, context);
  const std::string next = NextPageText(options, query, response, context);
  if (!next.empty()) foot += ". More: " + next;
  context.streams.out << '\n' << context.terminal.Styled(Style::kDim, foot) << '\n';
}

// In whose zone "monday" was read.
void PrintZone(const SearchOptions& options, const SearchAnswer& answer, CommandContext& context) {
  SearchOptions dates = options;
  dates.own_zone = options.time_zone.empty() ? options.own_zone : options.time_zone;
  dates.time_zone.clear();
  const std::string zone = ZoneOfDates(dates, answer.sent);
  if (zone.empty()) return;
  context.streams.out << context.terminal.Styled(Style::kDim, "Note: dates are read in " + zone)
                      << '\n';
}

void PrintText(const SearchOptions& options, const std::string& query, const SearchAnswer& answer,
               CommandContext& context) {
  const v1::SearchArticlesResponse& response = answer.response;
  std::ostream& out = context.streams.out;
  PrintExplanation(response, context.terminal, out);
  if (response.hits().empty()) {
    out << (options.page > 1 ? "No more articles.\n" : "No articles match.\n");
    PrintNotices(response, context.terminal, out);
    PrintZone(options, answer, context);
    PrintSuggestion(options, query, response, context, context.terminal, out);
    return;
  }
  absl::TimeZone zone;
  const bool zoned = !options.time_zone.empty() && absl::LoadTimeZone(options.time_zone, &zone);
  PrintHits(response, FirstNumber(options), context.terminal, out, zoned ? &zone : nullptr);
  PrintCounts(answer.counts, context.terminal, out);
  if (!response.suggested_query().empty()) out << '\n';
  PrintSuggestion(options, query, response, context, context.terminal, out);
  PrintFoot(options, query, answer, context);
  PrintZone(options, answer, context);
}

// Below what is for programs.
void PrintRemarks(const SearchOptions& options, const std::string& query,
                  const v1::SearchArticlesResponse& response, CommandContext& context) {
  const Terminal plain(false, 80);
  PrintNotices(response, plain, context.streams.err);
  PrintSuggestion(options, query, response, context, plain, context.streams.err);
}

void PrintTable(const SearchOptions& options, const v1::SearchArticlesResponse& response,
                std::ostream& out) {
  const auto columns = ColumnsOf(options.fields);
  if (!columns.ok()) return;  // was refused before the server was asked
  const TableForm form = options.output == "csv" ? TableForm::kCsv : TableForm::kTsv;
  out << HeaderLine(*columns, form);
  for (const v1::Hit& hit : response.hits()) out << ArticleLine(hit.article(), *columns, form);
}

void PrintHitLines(const SearchOptions& options, const v1::SearchArticlesResponse& response,
                   std::ostream& out) {
  for (const v1::Hit& hit : response.hits()) {
    if (options.output == "jsonl") {
      WriteJson(hit, JsonLayout::kOneLine, out);
    } else {
      out << hit.article().id() << '\n';
    }
  }
}

}  // namespace

void FetchTexts(const std::vector<v1::Article*>& articles, Connection& connection) {
  for (const v1::BatchGetArticlesRequest& request : TextRequests(articles)) {
    v1::BatchGetArticlesResponse texts;
    grpc::ClientContext call;
    connection.Prepare(call);
    if (!connection.stub().BatchGetArticles(&call, request, &texts).ok()) return;
    TakeTexts(texts, articles);
  }
}

std::string GetLine(size_t number, const std::string& id, bool remembered,
                    const CommandContext& context) {
  const std::string get = context.Command("get");
  const std::string text = std::to_string(number);
  if (remembered && IsHitNumber(text)) return get + " " + text;
  return get + (IsHitNumber(id) ? " --id" : "") + base::ShellArgument(id);
}

void PrintAnswer(const SearchOptions& options, const std::string& query, const SearchAnswer& answer,
                 CommandContext& context) {
  std::ostream& out = context.streams.out;
  if (options.output == "json") {
    WriteJson(answer.response, JsonLayout::kIndented, out);
    return;
  }
  if (options.output == "text" && !options.count) {
    PrintText(options, query, answer, context);
    return;
  }
  if (options.count) {
    out << answer.response.total().value() << '\n';
  } else if (IsTable(options.output)) {
    PrintTable(options, answer.response, out);
  } else {
    PrintHitLines(options, answer.response, out);
  }
  PrintRemarks(options, query, answer.response, context);
}

}  // namespace broadsheet::client
