// SPDX-License-Identifier: GPL-3.0-or-later
#include "desk/router.h"

#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "client/view/terminal.h"
#include "desk/pages/article_page.h"
#include "desk/pages/embedded_files.h"
#include "desk/pages/search_page.h"

namespace broadsheet::desk {
namespace {

constexpr std::string_view kArticlePath = "/a/";

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

bool Router::IsStream(const HttpRequest& /*request*/) { return false; }

HttpReply Router::Page(const HttpRequest& request) const {
  const std::vector<NameAndValue> parameters = ParseParameters(request.query);
  if (!IsText(parameters) || client::InvalidByte(Decoded(request.path, false))) {
    return MessagePage(400, "This is no text", "The address has bytes that are not UTF-8.",
                       settings_);
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
  if (auto refused = guard_.Refuse(request)) return *std::move(refused);
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
  HttpReply reply = Route(exchange.request());
  AddSecurityHeaders(reply);
  exchange.Reply(std::move(reply));
}

}  // namespace broadsheet::desk
