// SPDX-License-Identifier: GPL-3.0-or-later
#include "desk/pages/article_page.h"

#include <charconv>

#include "absl/strings/str_cat.h"
#include "client/view/article_text.h"
#include "desk/calls/call_status.h"
#include "desk/pages/article_answers.h"
#include "desk/pages/article_view.h"
#include "desk/pages/hits_view.h"

namespace broadsheet::desk {
namespace {

int64_t NumberOf(const std::vector<NameAndValue>& parameters) {
  int64_t number = 0;
  for (const auto& [name, value] : parameters) {
    if (name == "hit") std::from_chars(value.data(), value.data() + value.size(), number);
  }
  return number;
}

void AddNeighbour(Name section, const std::optional<std::string>& id, int64_t number,
                  const SearchState& state, const DeskSettings& settings, Fields& page) {
  if (!id) return;
  Set(Show(page, section), "URL"_name, ArticleUrls(state, settings).Of(*id, number));
}

// The way back to the page of hits that has this one, and to its neighbours.
void FillWalk(const ArticleAnswers& answers, const SearchState& state, const DeskSettings& settings,
              int64_t number, Fields& page) {
  AddNeighbour("PREVIOUS_HIT"_name, answers.previous_id, number - 1, state, settings, page);
  AddNeighbour("NEXT_HIT"_name, answers.next_id, number + 1, state, settings, page);
  SearchState list = state;
  if (number > 0) {
    list.options.page = static_cast<int>((number - 1) / state.options.limit) + 1;
  }
  Set(page, "LIST_URL"_name, SearchUrl(list, settings));
}

void FillMarkCount(int marks, Fields& page) {
  if (marks == 0) return;
  Fields& shown = Show(page, "MARKS"_name);
  Set(shown, "COUNT_TEXT"_name, absl::StrCat(marks, marks == 1 ? " mark" : " marks"));
  Set(shown, "COUNT"_name, marks);
}

}  // namespace

HttpReply ArticlePage(Backend& backend, const Caller& caller, const DeskSettings& settings,
                      const std::string& id, const std::vector<NameAndValue>& parameters) {
  const SearchState state = ParseState(parameters, settings.zone);
  const int64_t number = NumberOf(parameters);
  const ArticleAnswers answers = AskArticle(backend, caller, id, state, number);
  const grpc::Status& status = answers.article.status;
  if (!status.ok()) {
    const bool absent = status.error_code() == grpc::StatusCode::NOT_FOUND;
    HttpReply reply =
        MessagePage(HttpStatusOf(status.error_code()),
                    absent ? "There is no such article" : "This article cannot be shown now",
                    ReaderMessage(status), settings);
    AddErrorHeaders(status, caller, reply);
    return reply;
  }
  Fields page("article");
  FillFrame(page, client::HeadlineText(answers.article.response), state, settings);
  const int marks = FillText(answers, state, settings, page);
  FillMarkCount(marks, page);
  FillWalk(answers, state, settings, number, page);
  FillFacts(answers.article.response, state, settings, page);
  FillRelated(answers, state, settings, page);
  Set(page, "PERMANENT_URL"_name, PermanentUrl(id, settings));
  return {.body = Render("article.html", page)};
}

}  // namespace broadsheet::desk
