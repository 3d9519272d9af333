// SPDX-License-Identifier: GPL-3.0-or-later
#include "desk/pages/search_page.h"

#include <google/protobuf/util/json_util.h>

#include <algorithm>
#include <string>

#include "absl/strings/str_cat.h"
#include "client/view/call_error.h"
#include "client/view/hit_list.h"
#include "desk/calls/call_status.h"
#include "desk/pages/hits_view.h"
#include "desk/pages/narrowing_view.h"
#include "desk/pages/search_answers.h"
#include "desk/pages/search_state.h"
#include "desk/pages/timeline_view.h"

namespace broadsheet::desk {
namespace {

std::string TitleOf(const SearchState& state) {
  return state.query.empty() ? "All articles" : state.query;
}

// The search page with another query.
std::string UrlOfQuery(const SearchState& state, const DeskSettings& settings,
                       const std::string& query) {
  SearchState changed = state;
  changed.query = query;
  changed.options.page = 1;
  return SearchUrl(changed, settings);
}

void FillMistake(const grpc::Status& status, const client::SentQuery& sent,
                 const SearchState& state, const DeskSettings& settings, Fields& page) {
  Fields& mistake = Show(page, "MISTAKE"_name);
  Set(mistake, "MESSAGE"_name, ReaderMessage(status));
  const auto error = client::QueryErrorOf(status);
  if (!error) return;
  const auto begin = static_cast<size_t>(std::max(error->start_byte(), 0));
  // A mistake in what a date field added was not typed in the box.
  if (begin >= sent.typed_begin && begin <= sent.typed_end) {
    const std::string typed = sent.text.substr(sent.typed_begin, sent.typed_end - sent.typed_begin);
    const client::Place at = client::PlaceInTyped(*error, sent);
    Fields& place = Show(mistake, "PLACE"_name);
    Set(place, "BEFORE"_name, typed.substr(0, at.begin));
    Set(place, "WRONG"_name, at.end > at.begin ? typed.substr(at.begin, at.end - at.begin) : " ");
    Set(place, "BEHIND"_name, typed.substr(at.end));
  }
  SetAndReveal(mistake, "HINT"_name, "HINT_TEXT"_name, Sentence(error->hint()));
  if (sent.mendable && sent.typed_begin == 0 && !error->suggested_query().empty()) {
    Fields& mended = Show(mistake, "MENDED"_name);
    Set(mended, "URL"_name, UrlOfQuery(state, settings, error->suggested_query()));
    Set(mended, "TEXT"_name, error->suggested_query());
  }
}

void FillSummary(const SearchAnswers& answers, int64_t first, int64_t total, Fields& found) {
  const v1::SearchArticlesResponse& response = answers.search.response;
  const v1::AggregateArticlesResponse& counts = answers.counts.response;
  const bool counted = answers.counts.status.ok();
  Set(found, "TOTAL"_name, client::TotalText(counted ? counts.total() : response.total()));
  if (counted && counts.has_total_collapsed() &&
      counts.total_collapsed().value() != counts.total().value()) {
    const int stories = counts.total_collapsed().value();
    Set(Show(found, "STORIES"_name), "STORIES_TEXT"_name,
        absl::StrCat(client::WithThousands(stories), stories == 1 ? " story" : " stories"));
  }
  Set(found, "FIRST"_name, first);
  if (total > response.hits_size()) {
    Fields& range = Show(found, "RANGE"_name);
    Set(range, "FIRST"_name, client::WithThousands(first));
    Set(range, "LAST"_name, client::WithThousands(first + response.hits_size() - 1));
  }
}

void AddPage(const SearchState& state, const DeskSettings& settings, int number, Fields& pages) {
  Fields& link = Show(pages, "PAGE"_name);
  Reveal(link, number == state.options.page ? "CURRENT"_name : "OTHER"_name);
  SearchState other = state;
  other.options.page = number;
  Set(link, "NUMBER"_name, number);
  Set(link, "URL"_name, SearchUrl(other, settings));
}

void AddStep(const SearchState& state, const DeskSettings& settings, Name section, int number,
             Fields& pages) {
  SearchState other = state;
  other.options.page = number;
  Set(Show(pages, section), "URL"_name, SearchUrl(other, settings));
}

// "Previous 1 … 4 5 6 … 20 Next".
void FillPages(const SearchState& state, const DeskSettings& settings, int64_t total,
               Fields& found) {
  const int64_t size = state.options.limit;
  const auto last =
      static_cast<int>(std::min((total + size - 1) / size, (kDeepestHit + size) / size));
  const int current = state.options.page;
  if (last <= 1) return;
  Fields& pages = Show(found, "PAGES"_name);
  if (current > 1) AddStep(state, settings, "PREVIOUS"_name, std::min(current - 1, last), pages);
  for (int number = 1; number <= last; ++number) {
    const bool near = number == 1 || number == last || std::abs(number - current) <= 2;
    if (near) {
      AddPage(state, settings, number, pages);
    } else if (std::abs(number - current) == 3) {
      Reveal(Show(pages, "PAGE"_name), "GAP"_name);
    }
  }
  if (current < last) AddStep(state, settings, "NEXT"_name, current + 1, pages);
}

void FillNotices(const v1::SearchArticlesResponse& response, const SearchState& state,
                 const client::SentQuery& sent, const DeskSettings& settings, Fields& found) {
  for (const v1::Notice& notice : response.notices()) {
    Set(Show(found, "NOTICE"_name), "NOTICE_TEXT"_name, Sentence(notice.message()));
  }
  if (response.suggested_query().empty() || sent.typed_begin != 0 || !sent.mendable) return;
  Fields& suggested = Show(found, "SUGGESTED"_name);
  Set(suggested, "URL"_name, UrlOfQuery(state, settings, response.suggested_query()));
  Set(suggested, "TEXT"_name, response.suggested_query());
}

void FillNone(const SearchState& state, const DeskSettings& settings, Fields& found) {
  Reveal(found, "NONE"_name);
  if (state.options.match == "any" || state.query.find(' ') == std::string::npos) return;
  SearchState any = state;
  any.options.match = "any";
  any.options.page = 1;
  SetAndReveal(found, "ANY"_name, "ANY_URL"_name, SearchUrl(any, settings));
}

// How to hear of what comes after this page: where it would be on top.
void FillLive(const SearchState& state, const DeskSettings& settings, int64_t known,
              Fields& found) {
  if (!state.newest_first() || state.options.page != 1) return;
  std::vector<NameAndValue> parameters = ParametersOf(state, settings.zone);
  Fields& live = Show(found, "LIVE"_name);
  Set(live, "HERE"_name, UrlOf("/", parameters, settings));
  parameters.emplace_back("known", std::to_string(known));
  Set(live, "LIVE_URL"_name, UrlOf("/live", parameters, settings));
}

void FillTakeAlong(const SearchState& state, const DeskSettings& settings,
                   const v1::SearchArticlesRequest& request, Fields& found) {
  SearchState whole = state;
  whole.options.page = 1;
  const std::vector<NameAndValue> parameters = ParametersOf(whole, settings.zone);
  Set(found, "CSV_URL"_name, UrlOf("/export.csv", parameters, settings));
  Set(found, "JSONL_URL"_name, UrlOf("/export.jsonl", parameters, settings));
  Set(found, "COMMAND"_name, CommandLineOf(state));
  std::string json;
  // A request of valid UTF-8 can always be written.
  const auto written = google::protobuf::util::MessageToJsonString(request, &json);
  Set(found, "REQUEST"_name,
      absl::StrCat("broadsheet.v1.SearchService/SearchArticles ", written.ok() ? json : "{}"));
}

void FillFound(const SearchAnswers& answers, const SearchState& state,
               const client::PreparedSearch& prepared, const DeskSettings& settings, Fields& page) {
  const v1::SearchArticlesResponse& response = answers.search.response;
  const int64_t first = prepared.request.skip() + 1;
  const bool counted = answers.counts.status.ok();
  const v1::AggregateArticlesResponse& counts = answers.counts.response;
  int64_t total = response.total().value();
  if (counted) {
    total =
        state.options.collapse_copies ? counts.total_collapsed().value() : counts.total().value();
  }
  Fields& found = Show(page, "FOUND"_name);
  FillSummary(answers, first, total, found);
  FillNotices(response, state, prepared.sent, settings, found);
  if (response.hits().empty()) FillNone(state, settings, found);
  FillHits(response, state, settings, first, found);
  FillPages(state, settings, total, found);
  FillTakeAlong(state, settings, prepared.request, found);
  if (!counted) return;
  FillLive(state, settings, total, found);
  FillTimeline(counts, state, settings, found);
  FillFacets(counts, state, settings, page);
}

}  // namespace

HttpReply SearchPage(Backend& backend, const Caller& caller, const DeskSettings& settings,
                     const std::vector<NameAndValue>& parameters) {
  const SearchState state = ParseState(parameters, settings.zone);
  Fields page("search");
  FillFrame(page, TitleOf(state), state, settings);
  Set(page, "HEADING"_name, state.query.empty() ? "All articles" : "Articles for " + state.query);
  const auto prepared = RequestOf(state);
  if (!prepared.ok()) {
    return MessagePage(400, "This cannot be searched for", std::string(prepared.status().message()),
                       settings);
  }
  const SearchAnswers answers = AskSearch(backend, caller, state, *prepared);
  const grpc::Status& status = answers.search.status;
  FillChips(answers.search.response, state, settings, page);
  if (status.ok()) {
    FillFound(answers, state, *prepared, settings, page);
  } else {
    FillMistake(status, prepared->sent, state, settings, page);
  }
  HttpReply reply{.status = HttpStatusOf(status.error_code()), .body = Render("search.html", page)};
  AddErrorHeaders(status, caller, reply);
  return reply;
}

}  // namespace broadsheet::desk
