// SPDX-License-Identifier: GPL-3.0-or-later
#include "desk/router.h"

#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "client/view/terminal.h"
#include "desk/door/json_door.h"
#include "desk/door/live_count.h"
#include "desk/door/method_table.h"
#include "desk/door/search_export.h"
#include "desk/pages/article_page.h"
#include "desk/pages/embedded_files.h"
#include "desk/pages/search_page.h"

namespace broadsheet::desk {
namespace {

constexpr std::string_view kArticlePath = "/a/";
constexpr std::string_view kDoorPath = "/v1/";
constexpr std::string_view kLivePath = "/live";
constexpr std::string_view kCsvPath = "/export.csv";
constexpr std::string_view kJsonLinesPath = "/export.jsonl";

// The files that browsers may ask for, and what they are.
struct PublicFile {
  std::string_view path;
  std::string_view content_type;
};
constexpr PublicFile kPublicFiles[] = {{"/desk.css", "text/css; charset=utf-8"},
                                       {"/desk.js", "text/javascript; charset=utf-8"},
                                       {"/icon.svg", "image/svg+xml"}};

std::optional<HttpReply> FileReply(const HttpRequest& request) {
  for (const auto& [path, content_type] : kPublicFiles) {
    if (request.path != path) continue;
    for (const EmbeddedFile& file : EmbeddedFiles()) {
      if (file.name != path.substr(1)) continue;
      HttpReply reply{.content_type = std::string(content_type), .body = std::string(file.text)};
      // Pages name it with a version.
      reply.headers.emplace_back("Cache-Control", "public, max-age=31536000, immutable");
      return reply;
    }
  }
  return std::nullopt;
}

bool IsText(const std::vector<NameAndValue>& parameters) {
  for (const auto& [name, value] : parameters) {
    if (client::InvalidByte(name) || client::InvalidByte(value)) return false;
  }
  return true;
}

}  // namespace

Router::Router(Backend& backend, DeskSettings settings, RequestGuard guard)
    : backend_(backend), settings_(std::move(settings)), guard_(std::move(guard)) {}

bool Router::IsStream(const HttpRequest& request) {
  if (request.path == kLivePath || request.path == kCsvPath || request.path == kJsonLinesPath) {
    return true;
  }
  const DoorMatch match = FindMethod(request.path, request.method);
  return match.method != nullptr && desk::IsStream(*match.method);
}

HttpReply Router::Page(const HttpRequest& request) const {
  const std::vector<NameAndValue> parameters = ParseParameters(request.query);
  if (!IsText(parameters) || client::InvalidByte(Decoded(request.path, false))) {
    return NoText();
  }
  const Caller caller{.authorization = request.authorization};
  if (request.path == "/") return SearchPage(backend_, caller, settings_, parameters);
  if (request.path.starts_with(kArticlePath)) {
    const std::string id = Decoded(request.path.substr(kArticlePath.size()), false);
    return ArticlePage(backend_, caller, settings_, id, parameters);
  }
  return MessagePage(404, "There is no such page", "Nothing has this address.", settings_);
}

HttpReply Router::Route(const HttpRequest& request) const {
  if (request.method != HttpMethod::kGet && request.method != HttpMethod::kHead) {
    HttpReply reply = TextReply(405, "Pages are read with GET.\n");
    reply.headers.emplace_back("Allow", "GET, HEAD");
    return reply;
  }
  if (auto file = FileReply(request)) return *std::move(file);
  HttpReply reply = Page(request);
  // What was found is for who asked, and may be withdrawn.
  reply.headers.emplace_back("Cache-Control", "private, no-store");
  return reply;
}

void Router::Answer(Exchange& exchange) const {
  const HttpRequest& request = exchange.request();
  if (auto refused = guard_.Refuse(request)) {
    AddSecurityHeaders(*refused);
    return exchange.Reply(*std::move(refused));
  }
  if (request.path.starts_with(kDoorPath)) return AnswerJson(backend_, exchange);
  if (request.method == HttpMethod::kGet && IsStream(request)) return Stream(exchange);
  HttpReply reply = Route(request);
  AddSecurityHeaders(reply);
  exchange.Reply(std::move(reply));
}

void Router::Stream(Exchange& exchange) const {
  const HttpRequest& request = exchange.request();
  if (!IsText(ParseParameters(request.query))) {
    HttpReply reply = NoText();
    AddSecurityHeaders(reply);
    return exchange.Reply(std::move(reply));
  }
  if (request.path == kLivePath) return AnswerLive(backend_, settings_, exchange);
  const bool csv = request.path == kCsvPath;
  AnswerExport(backend_, settings_, csv ? ExportForm::kCsv : ExportForm::kJsonLines, exchange);
}

HttpReply Router::NoText() const {
  return MessagePage(400, "This is no text", "The address has bytes that are not UTF-8.",
                     settings_);
}

}  // namespace broadsheet::desk
