// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/commands/export_command.h"

#include <grpcpp/grpcpp.h>

#include <CLI/CLI.hpp>
#include <cstdint>
#include <ostream>
#include <vector>

#include "client/request/query_options.h"
#include "client/request/search_request.h"
#include "client/session/last_search.h"
#include "client/session/option.h"
#include "client/session/request_print.h"
#include "client/session/silence_limit.h"
#include "client/view/article_table.h"
#include "client/view/error_report.h"
#include "client/view/hit_list.h"
#include "client/view/json_output.h"

namespace broadsheet::client {
namespace {

constexpr std::string_view kExportFooter =
    R"(A line for each article, as it arrives; no limit on their number. The lines of jsonl are
articles in the API's JSON, with their bodies unless --fields says otherwise; they can be indexed again.
  broadsheet export --tag "ferry strike" > strike.jsonl
  broadsheet export --since 2024 --output csv --fields published,headline,bylines > list.csv

Exit status: 0 articles, 1 none, 2 error.)";

// Of this many hits `get` knows the number.
constexpr size_t kMostRemembered = 10000;

// Writes articles as they arrive.
class ArticleWriter {
 public:
  ArticleWriter(const SearchOptions& options, std::vector<const TableColumn*> columns,
                CommandContext& context)
      : options_(options), columns_(std::move(columns)), context_(context) {
    zoned_ = !options.time_zone.empty() && absl::LoadTimeZone(options.time_zone, &zone_);
  }

  void Begin(const v1::ExportArticlesResponse& first) {
    std::ostream& out = context_.streams.out;
    const bool text = options_.output == "text";
    if (text) {
      out << context_.terminal.Styled(Style::kBold, TotalText(first.total())) << '\n';
    } else if (IsTable(options_.output)) {
      out << HeaderLine(columns_, Form());
    }
    v1::SearchArticlesResponse notices;
    *notices.mutable_notices() = first.notices();
    PrintNotices(notices, context_.terminal, text ? out : context_.streams.err);
  }

  void Write(const v1::Article& article) {
    std::ostream& out = context_.streams.out;
    ++written_;
    if (last_.ids.size() < kMostRemembered) last_.ids.push_back(article.id());
    if (options_.output == "ids") {
      out << article.id() << '\n';
    } else if (options_.output == "jsonl") {
      WriteJson(article, JsonLayout::kOneLine, out);
    } else if (options_.output == "text") {
      v1::Hit hit;
      *hit.mutable_article() = article;
      out << '\n';
      PrintHit(hit, written_, zoned_ ? &zone_ : nullptr, context_.terminal, out);
    } else {
      out << ArticleLine(article, columns_, Form());
    }
  }

  size_t written() const { return written_; }
  const LastSearch& last() const { return last_; }

 private:
  TableForm Form() const { return options_.output == "csv" ? TableForm::kCsv : TableForm::kTsv; }

  const SearchOptions& options_;
  std::vector<const TableColumn*> columns_;
  CommandContext& context_;
  absl::TimeZone zone_;
  bool zoned_ = false;
  size_t written_ = 0;
  LastSearch last_;
};

// One stream, from `request`'s resume token on, which is moved on with each batch.
grpc::Status StreamOnce(v1::ExportArticlesRequest& request, bool& begun, ArticleWriter& writer,
                        CommandContext& context) {
  grpc::ClientContext call;
  SilenceLimit limit(call, std::chrono::seconds(context.connection.timeout_seconds()));
  const auto reader = context.connection.stub().ExportArticles(&call, request);
  for (v1::ExportArticlesResponse batch; reader->Read(&batch);) {
    if (!begun) writer.Begin(batch);
    begun = true;
    for (const v1::Article& article : batch.articles()) writer.Write(article);
    context.streams.out.flush();
    // The reader of our output has gone.
    if (!context.streams.out) {
      call.TryCancel();
      return grpc::Status::OK;
    }
    if (!batch.resume_token().empty()) request.set_resume_token(batch.resume_token());
    limit.Heard();
  }
  return limit.StatusOf(reader->Finish());
}

int Export(const SearchOptions& options, const PreparedSearch& prepared, CommandContext& context) {
  auto columns = ColumnsOf(options.fields);
  if (!columns.ok()) return kExitError;  // was told by PrepareSearch
  v1::ExportArticlesRequest request = ExportRequest(prepared.request);
  if (PrintedInstead("SearchService/ExportArticles", request, context)) return kExitFound;
  if (!ConnectOrExplain(context.connection, context.streams.err)) return kExitError;
  ArticleWriter writer(options, *std::move(columns), context);
  bool begun = false;
  grpc::Status status;
  for (bool again = true; again;) {
    const std::string from = request.resume_token();
    status = StreamOnce(request, begun, writer, context);
    // Only what got on is tried again, so that this ends.
    again = status.error_code() == grpc::StatusCode::UNAVAILABLE &&
            request.resume_token() != from && context.connection.Connect() == Reached::kServer;
  }
  if (!status.ok()) {
    ReportError(status, &prepared.sent, context.terminal, context.streams.err);
    if (writer.written() > 0) {
      context.streams.err << "  the output ends after "
                          << WithThousands(static_cast<int64_t>(writer.written()))
                          << " articles and is not whole\n";
    }
    return kExitError;
  }
  if (options.output == "text") RememberSearch(LastSearchFile(), writer.last());
  return writer.written() > 0 ? kExitFound : kExitNothingFound;
}

std::string_view Unsuitable(const SearchOptions& options) {
  if (options.output == "json") return "--all has no json, which is one page; use --output jsonl";
  if (options.sort == "relevance") return "--all has a date order: --sort newest or oldest";
  if (options.limit != SearchOptions().limit) return "--all lists every hit; leave --limit out";
  if (options.page != 1) return "--all has no pages; leave --page out";
  if (options.explain) return "--all has no scores to explain; leave --explain out";
  if (options.collapse_copies) return "--all lists every copy; leave --collapse-copies out";
  if (options.count) return "--all lists hits and --count counts them; use one of them";
  if (!options.facets.empty() || !options.timeline.empty()) {
    return "--all has no counts; ask for them with `broadsheet facets` or `broadsheet timeline`";
  }
  return "";
}

// The whole articles, where nothing was said of their fields.
void WantBodies(const SearchOptions& options, v1::SearchArticlesRequest& request) {
  if (options.output == "jsonl") request.mutable_read_mask()->add_paths("*");
}

// What every article meets.
void WantAll(v1::SearchArticlesRequest& request) {
  constexpr int64_t kEndOfTime = 253402214400;  // 9999-12-31T00:00:00Z
  request.mutable_filter()->mutable_published_until()->set_seconds(kEndOfTime);
  request.mutable_filter()->set_include_undated(true);
}

}  // namespace

CLI::App* DeclareExport(CLI::App& app, SearchOptions& options) {
  CLI::App* command = app.add_subcommand(
      "export", "Write every article that a query finds, or all articles, to standard output");
  command->footer(std::string(kExportFooter));
  options.all = true;
  options.may_be_empty = true;
  options.output = "jsonl";
  AddQueryOptions(*command, options);
  AddOption(*command, "--sort", options.sort, "newest (default) or oldest first")
      ->check(CLI::IsMember({"newest", "oldest"}));
  AddOption(*command, "--output", options.output,
            "jsonl (an article a line), csv, tsv, ids (an id a line), text")
      ->check(CLI::IsMember({"jsonl", "csv", "tsv", "ids", "text"}))
      ->capture_default_str();
  AddOption(*command, "--fields", options.fields, "Columns of csv and tsv, of " + ColumnNames());
  return command;
}

int RunExport(const SearchOptions& options, CommandContext& context) {
  const std::string query = QueryText(options, context.streams.in);
  auto prepared = PrepareSearch(options, query);
  if (!prepared.ok()) {
    context.streams.err << "broadsheet: " << std::string(prepared.status().message()) << '\n';
    return kExitError;
  }
  v1::SearchArticlesRequest& request = prepared->request;
  if (request.query().empty() && !request.has_filter()) WantAll(request);
  WantBodies(options, prepared->request);
  return Export(options, *prepared, context);
}

int RunSearchAll(const SearchOptions& options, CommandContext& context) {
  if (const std::string_view unsuitable = Unsuitable(options); !unsuitable.empty()) {
    context.streams.err << "broadsheet: " << unsuitable << '\n';
    return kExitError;
  }
  auto prepared = PrepareSearch(options, QueryText(options, context.streams.in));
  if (!prepared.ok()) {
    context.streams.err << "broadsheet: " << std::string(prepared.status().message()) << '\n';
    return kExitError;
  }
  WantBodies(options, prepared->request);
  return Export(options, *prepared, context);
}

}  // namespace broadsheet::client
