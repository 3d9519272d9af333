// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/commands/queries_command.h"

#include <grpcpp/grpcpp.h>

#include <deque>
#include <filesystem>
#include <fstream>
#include <istream>
#include <ostream>
#include <string>
#include <vector>

#include "absl/strings/str_format.h"
#include "client/request/search_request.h"
#include "client/session/request_print.h"
#include "client/session/silence_limit.h"
#include "client/view/article_table.h"
#include "client/view/error_report.h"
#include "client/view/hit_list.h"
#include "client/view/json_output.h"

namespace broadsheet::client {
namespace {

// Queries that are sent before their answers are read: fewer than the server takes ahead, so that
// neither waits for the other.
constexpr size_t kAhead = 32;

// A line that awaits its answer.
struct AskedLine {
  size_t number = 0;  // in the file, from 1
  std::string query;
  std::string mistake;  // what is wrong with it, when it was not sent
};

// Writes answers in the form of --output.
class CountWriter {
 public:
  CountWriter(std::string output, const Terminal& terminal, std::ostream& out)
      : output_(std::move(output)), terminal_(terminal), out_(out) {
    if (IsTable(output_)) out_ << TableLine({"line", "query", "count", "error"}, Form());
  }

  void Write(const AskedLine& line, const v1::CountQueriesResponse& answer) {
    failed_ = failed_ || answer.code() != 0;
    const std::string count = answer.code() == 0 ? std::to_string(answer.total().value()) : "";
    if (output_ == "jsonl") {
      WriteJson(answer, JsonLayout::kOneLine, out_);
    } else if (IsTable(output_)) {
      out_ << TableLine({answer.key(), line.query, count, ErrorText(answer)}, Form());
    } else if (answer.code() == 0) {
      out_ << absl::StrFormat("%9s  ", WithThousands(answer.total().value()))
           << Sanitized(line.query) << '\n';
    } else {
      out_ << "    error  " << Sanitized(line.query) << "\n           "
           << terminal_.Styled(Style::kError, ErrorText(answer)) << '\n';
    }
    out_.flush();
  }

  bool failed() const { return failed_; }

 private:
  TableForm Form() const { return output_ == "csv" ? TableForm::kCsv : TableForm::kTsv; }

  static std::string ErrorText(const v1::CountQueriesResponse& answer) {
    const std::string& hint = answer.error().hint();
    return answer.message() + (hint.empty() ? "" : "; " + hint);
  }

  std::string output_;
  const Terminal& terminal_;
  std::ostream& out_;
  bool failed_ = false;
};

// The answer to a line that cannot be sent.
v1::CountQueriesResponse MistakeAnswer(const AskedLine& line) {
  v1::CountQueriesResponse answer;
  answer.set_key(std::to_string(line.number));
  answer.set_code(grpc::StatusCode::INVALID_ARGUMENT);
  answer.set_message(line.mistake);
  return answer;
}

// Reads the lines of a file as requests.
class QuerySource {
 public:
  QuerySource(std::istream& in, const SearchOptions& options) : in_(in), options_(options) {}

  // The next line that is not empty, with its request unless there is a mistake in it; false at the
  // end.
  bool Next(AskedLine& line, v1::CountQueriesRequest& request) {
    while (std::getline(in_, line.query)) {
      line.number = ++number_;
      while (!line.query.empty() && std::isspace(static_cast<unsigned char>(line.query.back()))) {
        line.query.pop_back();
      }
      if (line.query.empty()) continue;
      const auto prepared = PrepareSearch(options_, line.query);
      line.mistake = prepared.ok() ? "" : std::string(prepared.status().message());
      if (prepared.ok()) request = CountRequest(prepared->request);
      request.set_key(std::to_string(line.number));
      return true;
    }
    return false;
  }

  // Whether the next line need not be waited for, as that of a person who types.
  bool HasMore() const { return in_.rdbuf()->in_avail() > 0; }

 private:
  std::istream& in_;
  const SearchOptions& options_;
  size_t number_ = 0;
};

using CountStream = grpc::ClientReaderWriter<v1::CountQueriesRequest, v1::CountQueriesResponse>;

// Writes the answer to the first of `asked`; false when the stream has none.
bool WriteNext(std::deque<AskedLine>& asked, CountStream& stream, SilenceLimit& limit,
               CountWriter& writer) {
  const AskedLine line = asked.front();
  v1::CountQueriesResponse answer;
  if (!line.mistake.empty()) {
    answer = MistakeAnswer(line);
  } else if (!stream.Read(&answer)) {
    return false;
  }
  limit.Heard();
  asked.pop_front();
  writer.Write(line, answer);
  return true;
}

grpc::Status CountAll(std::istream& in, const SearchOptions& options, CountWriter& writer,
                      Connection& connection) {
  grpc::ClientContext call;
  // Reading a query may take as long as its writer likes, so only what is awaited has a limit.
  const auto stream = connection.stub().CountQueries(&call);
  QuerySource source(in, options);
  std::deque<AskedLine> asked;
  AskedLine line;
  v1::CountQueriesRequest request;
  const auto seconds = std::chrono::seconds(connection.timeout_seconds());
  bool more = true;
  while (more || !asked.empty()) {
    // Whoever writes the next line may be waiting for the answer to the last one.
    while (more && (asked.empty() || (asked.size() < kAhead && source.HasMore()))) {
      more = source.Next(line, request);
      if (!more) {
        stream->WritesDone();
        break;
      }
      if (line.mistake.empty()) {
        SilenceLimit limit(call, seconds);
        if (!stream->Write(request)) return limit.StatusOf(stream->Finish());
      }
      asked.push_back(line);
    }
    if (asked.empty()) break;
    SilenceLimit limit(call, seconds);
    if (!WriteNext(asked, *stream, limit, writer)) return limit.StatusOf(stream->Finish());
  }
  return stream->Finish();
}

std::string_view UnsuitableForQueries(const SearchOptions& options) {
  if (!options.words.empty()) return "give words or --queries, not both";
  if (options.output == "ids" || options.output == "json") {
    return "--queries has text, jsonl (an answer a line), csv and tsv";
  }
  if (options.all || options.count || !options.facets.empty() || !options.timeline.empty()) {
    return "--queries counts what each query finds, and has no --all, --count, --facet or "
           "--timeline";
  }
  return "";
}

// With --print-request, what would be sent for each line.
int PrintQueryRequests(std::istream& in, const SearchOptions& options, CommandContext& context) {
  QuerySource source(in, options);
  AskedLine line;
  v1::CountQueriesRequest request;
  while (source.Next(line, request)) {
    if (line.mistake.empty()) PrintedInstead("SearchService/CountQueries", request, context);
  }
  return kExitFound;
}

}  // namespace

int RunQueries(const SearchOptions& options, CommandContext& context) {
  std::ostream& err = context.streams.err;
  if (const std::string_view unsuitable = UnsuitableForQueries(options); !unsuitable.empty()) {
    err << "broadsheet: " << unsuitable << '\n';
    return kExitError;
  }
  std::ifstream file;
  const bool standard = options.queries == "-";
  if (!standard) file.open(options.queries);
  std::error_code ignored;
  if (!standard && (!file || std::filesystem::is_directory(options.queries, ignored))) {
    err << "broadsheet: cannot read " << Sanitized(options.queries) << '\n';
    return kExitError;
  }
  std::istream& in = standard ? context.streams.in : file;
  if (context.print_request) return PrintQueryRequests(in, options, context);
  if (!ConnectOrExplain(context.connection, err)) return kExitError;
  CountWriter writer(options.output, context.terminal, context.streams.out);
  const grpc::Status status = CountAll(in, options, writer, context.connection);
  if (!status.ok()) {
    ReportError(status, nullptr, context.terminal, err);
    return kExitError;
  }
  return writer.failed() ? kExitNothingFound : kExitFound;
}

}  // namespace broadsheet::client
