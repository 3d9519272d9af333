// SPDX-License-Identifier: GPL-3.0-or-later
#include "desk/router.h"

#include <algorithm>
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

std::optional<HttpReply> FileReply(std::string_view asked) {
  for (const auto& [path, content_type] : kPublicFiles) {
    if (asked != path) continue;
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
  return std::all_of(parameters.begin(), parameters.end(), [](const NameAndValue& one) {
    return !client::InvalidByte(one.first) && !client::InvalidByte(one.second);
  });
}

}  // namespace

Router::Router(Backend& backend, DeskSettings settings, RequestGuard guard)
    : backend_(backend), settings_(std::move(settings)), guard_(std::move(guard)) {}

std::optional<std::string> Router::PathOf(const HttpRequest& request) const {
  const std::string& base = settings_.base_path;
  if (!request.path.starts_with(base + "/")) return std::nullopt;
  return request.path.substr(base.size());
}

bool Router::IsStream(const HttpRequest& request) const {
  const std::optional<std::string> path = PathOf(request);
  if (!path) return false;
  if (path == kLivePath || path == kCsvPath || path == kJsonLinesPath) return true;
  const DoorMatch match = FindMethod(*path, request.method);
  return match.method != nullptr && desk::IsStream(*match.method);
}

HttpReply Router::Page(const HttpRequest& request, const std::string& path) const {
  const std::vector<NameAndValue> parameters = ParseParameters(request.query);
  if (!IsText(parameters) || client::InvalidByte(Decoded(path, false))) return NoText();
  const Caller caller{.authorization = request.authorization};
  if (path == "/") return SearchPage(backend_, caller, settings_, parameters);
  if (path.starts_with(kArticlePath)) {
    const std::string id = Decoded(path.substr(kArticlePath.size()), false);
    return ArticlePage(backend_, caller, settings_, id, parameters);
  }
  return MessagePage(404, "There is no such page", "Nothing has this address.", settings_);
}

// Where the base path is missing, somebody has typed the address by hand, or a front takes it away.
HttpReply Router::Elsewhere(const HttpRequest& request) const {
  const std::string home = settings_.base_path + "/";
  if (request.path != "/" && request.path != settings_.base_path) {
    return MessagePage(404, "There is no such page",
                       "The addresses of the desk begin with " + home + ".", settings_);
  }
  HttpReply reply = TextReply(302, "The desk is at " + home + "\n");
  reply.headers.emplace_back("Location", home);
  return reply;
}

HttpReply Router::Route(const HttpRequest& request, const std::optional<std::string>& path) const {
  if (request.method != HttpMethod::kGet && request.method != HttpMethod::kHead) {
    HttpReply reply = TextReply(405, "Pages are read with GET.\n");
    reply.headers.emplace_back("Allow", "GET, HEAD");
    return reply;
  }
  if (path) {
    if (auto file = FileReply(*path)) return *std::move(file);
  }
  HttpReply reply = path ? Page(request, *path) : Elsewhere(request);
  // What was found is for who asked, and may be withdrawn.
  reply.headers.emplace_back("Cache-Control", "private, no-store");
  return reply;
}

void Router::Answer(Exchange& exchange) const {
  const HttpRequest& request = exchange.request();
  const std::optional<std::string> path = PathOf(request);
  const bool door = path && path->starts_with(kDoorPath);
  if (auto refused = guard_.Refuse(request)) {
    if (door) return exchange.Reply(AsJson(*refused));
    AddSecurityHeaders(*refused);
    return exchange.Reply(*std::move(refused));
  }
  if (door) {
    return AnswerJson(backend_, settings_, *path, exchange);
  }
  if (request.method == HttpMethod::kGet && IsStream(request)) return Stream(*path, exchange);
  HttpReply reply = Route(request, path);
  AddSecurityHeaders(reply);
  exchange.Reply(std::move(reply));
}

void Router::Stream(const std::string& path, Exchange& exchange) const {
  if (!IsText(ParseParameters(exchange.request().query))) {
    HttpReply reply = NoText();
    AddSecurityHeaders(reply);
    return exchange.Reply(std::move(reply));
  }
  if (path == kLivePath) return AnswerLive(backend_, settings_, exchange);
  const bool csv = path == kCsvPath;
  AnswerExport(backend_, settings_, csv ? ExportForm::kCsv : ExportForm::kJsonLines, exchange);
}

HttpReply Router::NoText() const {
  return MessagePage(400, "This is no text", "The address has bytes that are not UTF-8.",
                     settings_);
}

}  // namespace broadsheet::desk
