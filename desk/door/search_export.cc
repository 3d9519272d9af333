// SPDX-License-Identifier: GPL-3.0-or-later
#include "desk/door/search_export.h"

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "client/view/article_table.h"
#include "desk/calls/call_status.h"
#include "desk/door/json_request.h"
#include "desk/http/request_guard.h"
#include "desk/pages/search_state.h"

namespace broadsheet::desk {
namespace {

using Columns = std::vector<const client::TableColumn*>;

v1::ExportArticlesRequest RequestFor(const client::PreparedSearch& prepared, ExportForm form,
                                     const Columns& columns) {
  v1::ExportArticlesRequest request = client::ExportRequest(prepared.request);
  if (request.sort() == v1::SORT_ORDER_RELEVANCE) request.set_sort(v1::SORT_ORDER_NEWEST);
  request.set_collapse_copies(prepared.request.collapse_copies());
  if (form == ExportForm::kCsv) {
    *request.mutable_read_mask() = client::MaskOf(columns);
  } else {
    request.mutable_read_mask()->add_paths("*");
  }
  return request;
}

HttpReply HeadOf(ExportForm form, const Columns& columns) {
  const bool csv = form == ExportForm::kCsv;
  HttpReply head{.content_type = csv ? "text/csv; charset=utf-8" : "application/jsonl",
                 .body = csv ? client::HeaderLine(columns, client::TableForm::kCsv) : ""};
  head.headers.emplace_back("Content-Disposition", csv ? "attachment; filename=\"articles.csv\""
                                                       : "attachment; filename=\"articles.jsonl\"");
  head.headers.emplace_back("Cache-Control", "private, no-store");
  AddSecurityHeaders(head);
  return head;
}

std::string LinesOf(const v1::ExportArticlesResponse& batch, ExportForm form,
                    const Columns& columns) {
  std::string lines;
  for (const v1::Article& article : batch.articles()) {
    lines += form == ExportForm::kCsv
                 ? client::ArticleLine(article, columns, client::TableForm::kCsv)
                 : WriteJson(article) + "\n";
  }
  return lines;
}

}  // namespace

void AnswerExport(Backend& backend, const DeskSettings& settings, ExportForm form,
                  Exchange& exchange) {
  const HttpRequest& asked = exchange.request();
  const SearchState state = ParseState(ParseParameters(asked.query), settings.zone);
  const Caller caller{.authorization = asked.authorization};
  const auto refuse = [&](int http_status, std::string_view message, const grpc::Status& status) {
    HttpReply reply = MessagePage(http_status, "This cannot be exported", message, settings);
    AddSecurityHeaders(reply);
    AddErrorHeaders(status, caller, reply);
    exchange.Reply(std::move(reply));
  };
  const auto prepared = RequestOf(state);
  if (!prepared.ok()) return refuse(400, std::string(prepared.status().message()), {});
  // No names given: the usual columns, which there are.
  const Columns columns = *client::ColumnsOf("");
  const v1::ExportArticlesRequest request = RequestFor(*prepared, form, columns);
  grpc::ClientContext context;
  Backend::PrepareStream(caller, context);
  const auto reader = backend.stub().ExportArticles(&context, request);
  v1::ExportArticlesResponse batch;
  bool begun = false;
  bool wanted = true;
  while (wanted && reader->Read(&batch)) {
    if (!std::exchange(begun, true)) exchange.Begin(HeadOf(form, columns));
    wanted = exchange.Write(LinesOf(batch, form, columns));
  }
  if (!wanted) context.TryCancel();
  const grpc::Status status = reader->Finish();
  if (!begun && !status.ok()) {
    return refuse(HttpStatusOf(status.error_code()), ReaderMessage(status), status);
  }
  if (!begun) exchange.Begin(HeadOf(form, columns));
  if (status.ok()) {
    exchange.End();
  } else {
    exchange.Abort();
  }
}

}  // namespace broadsheet::desk
