// SPDX-License-Identifier: GPL-3.0-or-later
// Any bytes as a request to the desk, and as the text of the articles that it is answered with. The
// first line is the method and the address, "GET /?q=ferry" or "POST /v1/articles:search"; what
// follows is the body, and stands in every field of every answer of the server; with "!" before it,
// it is an error. Each request must be answered once, and nothing in an answer may become markup, a
// link to anything but web pages, or another header.
#include <google/protobuf/struct.pb.h>
#include <google/protobuf/util/json_util.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <string_view>
#include <utility>

#include "absl/strings/ascii.h"
#include "desk/pages/render.h"
#include "desk/router.h"
#include "engine/text/utf8.h"
#include "google/rpc/status.pb.h"
#include "tests/client/fake_search_service.h"

namespace {

using broadsheet::desk::Backend;
using broadsheet::desk::Exchange;
using broadsheet::desk::HttpMethod;
using broadsheet::desk::HttpReply;
using broadsheet::desk::HttpRequest;
using broadsheet::desk::RequestGuard;
using broadsheet::desk::Router;
namespace v1 = broadsheet::v1;

[[noreturn]] void Fail(const char* what, std::string_view about) {
  std::fprintf(stderr, "%s: %.*s\n", what, static_cast<int>(about.size()), about.data());
  std::abort();
}

void Expect(bool holds, const char* what, std::string_view about) {
  if (!holds) Fail(what, about);
}

template <size_t kCount>
bool Has(const std::array<std::string_view, kCount>& names, std::string_view name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

// All elements and attributes that the templates have.
constexpr std::array<std::string_view, 55> kElements = {
    "a",       "article", "aside", "body",   "button",   "caption",  "dd",         "details",
    "dialog",  "div",     "dl",    "dt",     "em",       "fieldset", "figcaption", "figure",
    "footer",  "form",    "h1",    "h2",     "h3",       "head",     "header",     "html",
    "input",   "kbd",     "label", "legend", "li",       "link",     "main",       "mark",
    "meta",    "nav",     "ol",    "option", "p",        "pre",      "path",       "script",
    "section", "select",  "small", "span",   "strong",   "style",    "summary",    "svg",
    "table",   "time",    "title", "ul",     "!doctype", "code",     "b"};
constexpr std::array<std::string_view, 7> kAddresses = {
    "href", "src", "action", "data-url", "srcset", "formaction", "poster"};

bool IsWebAddress(std::string_view address) {
  const std::string small = absl::AsciiStrToLower(std::string(address.substr(0, 8)));
  const bool own = address.starts_with('/') && !address.starts_with("//");
  return own || address.empty() || address.starts_with('#') || small.starts_with("http://") ||
         small.starts_with("https://");
}

// The name and value of the attribute at the start of `rest`, which it is taken off.
std::pair<std::string, std::string> TakeAttribute(std::string_view& rest) {
  const size_t end = std::min(rest.find_first_of("= \n"), rest.size());
  const std::string name(rest.substr(0, end));
  rest.remove_prefix(end);
  std::string value;
  if (rest.starts_with("=\"")) {
    const size_t quote = rest.find('"', 2);
    Expect(quote != std::string_view::npos, "an attribute without an end", rest);
    value = rest.substr(2, quote - 2);
    rest.remove_prefix(quote + 1);
  } else {
    Expect(!rest.starts_with('='), "an attribute without quotes", rest);
  }
  rest.remove_prefix(std::min(rest.find_first_not_of(" \n"), rest.size()));
  return {name, value};
}

void CheckTag(std::string_view tag) {
  if (tag.starts_with("path ") && tag.ends_with('/')) tag.remove_suffix(1);  // of an svg
  const size_t end = std::min(tag.find_first_of(" \n"), tag.size());
  Expect(Has(kElements, tag.substr(0, end)), "an unknown element", tag);
  std::string_view rest = tag.substr(end);
  rest.remove_prefix(std::min(rest.find_first_not_of(" \n"), rest.size()));
  while (!rest.empty()) {
    const auto [name, value] = TakeAttribute(rest);
    Expect(!name.starts_with("on") && name != "style", "an attribute that acts", name);
    const bool named = std::all_of(name.begin(), name.end(), [](char c) {
      return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == 'B' || c == 'A' ||
             c == 'R';  // viewBox and preserveAspectRatio
    });
    Expect(named, "an odd attribute", name);
    if (Has(kAddresses, name)) Expect(IsWebAddress(value), "an address that is none", value);
  }
}

// Every "<" of a page begins a tag of the templates, and no value ends one early.
void CheckPage(std::string_view page) {
  size_t scripts = 0;
  for (size_t at = page.find('<'); at != std::string_view::npos; at = page.find('<', at + 1)) {
    size_t end = at + 1;
    for (bool quoted = false; end < page.size() && (quoted || page[end] != '>'); ++end) {
      if (page[end] == '"') quoted = !quoted;
    }
    Expect(end < page.size(), "a tag without an end", page.substr(at));
    std::string_view tag = page.substr(at + 1, end - at - 1);
    if (tag.starts_with("script")) ++scripts;
    if (tag.starts_with('/')) {
      Expect(Has(kElements, tag.substr(1)), "an unknown element ends", tag);
    } else {
      CheckTag(tag);
    }
    at = end;
  }
  Expect(scripts == 1, "a script beside the desk's own", page);
}

void CheckJson(const std::string& json) {
  google::protobuf::Value value;
  const auto read = google::protobuf::util::JsonStringToMessage(json, &value);
  // Deeper nesting than protobuf reads back is still JSON.
  const bool deep = read.message().as_string().find("too deep") != std::string::npos;
  Expect(read.ok() || deep, "no JSON", json);
}

void CheckHead(const HttpReply& reply) {
  Expect(reply.status >= 200 && reply.status <= 599, "a status that is none", reply.content_type);
  for (const auto& [name, value] : reply.headers) {
    Expect(value.find_first_of("\r\n") == std::string::npos, "a header that ends", value);
  }
}

// Takes the one reply to a request.
class Reply final : public broadsheet::desk::ReplySink {
 public:
  void Watch(Exchange& exchange) { exchange_ = &exchange; }
  void ExpectOne() const { Expect(ends_ == 1, "not one reply", std::to_string(ends_)); }

  void SendWhole(HttpReply reply) override {
    ++ends_;
    CheckHead(reply);
    Expect(broadsheet::text::IsValidUtf8(reply.body), "no text", reply.body);
    if (reply.content_type.starts_with("text/html")) CheckPage(reply.body);
    if (reply.content_type == "application/json") CheckJson(reply.body);
  }
  void SendStart(HttpReply head) override {
    CheckHead(head);
    lines_ = head.content_type == "application/jsonl";
  }
  void SendPiece(std::string piece) override {
    Expect(broadsheet::text::IsValidUtf8(piece), "no text", piece);
    if (lines_) CheckJson(piece.substr(0, piece.find('\n')));
    exchange_->OnSent(piece.size());
    // So that live counts end.
    exchange_->OnGone();
  }
  void SendEnd() override { ++ends_; }
  void SendAbort() override { ++ends_; }

 private:
  Exchange* exchange_ = nullptr;
  bool lines_ = false;
  int ends_ = 0;
};

v1::Article ArticleOf(const std::string& text) {
  v1::Article article;
  article.set_id(text.empty() ? "id" : text.substr(0, text.find('\n')));
  broadsheet::text::RepairUtf8(article.mutable_id());
  article.set_url(text);
  article.set_headline(text);
  article.set_summary(text);
  article.set_body(text);
  article.set_dateline(text);
  article.set_section(text);
  article.set_source(text);
  article.set_language(text);
  article.set_copyright(text);
  article.add_tags(text);
  (*article.mutable_labels())[text] = text;
  (*article.mutable_labels())["evolvedfrom"] = text;
  v1::Byline& byline = *article.add_bylines();
  byline.set_name(text);
  byline.set_role(text);
  v1::Caption& caption = *article.add_captions();
  caption.set_text(text);
  caption.set_credit(text);
  caption.set_media_url(text);
  return article;
}

void AddFragments(const std::string& text, v1::Hit& hit) {
  for (const char* field : {"headline", "body", "tags", "captions"}) {
    v1::Fragment& fragment = *hit.add_fragments();
    fragment.set_field(field);
    fragment.add_segments()->set_text(text);
    v1::Segment& matched = *fragment.add_segments();
    matched.set_text(text);
    matched.set_matched(true);
  }
}

// What the server answers, all of it made of one text.
void Answer(const std::string& text, broadsheet::testing::FakeSearchService& server) {
  auto script = server.script();
  const v1::Article article = ArticleOf(text);
  v1::SearchArticlesResponse found;
  v1::Hit& hit = *found.add_hits();
  *hit.mutable_article() = article;
  AddFragments(text, hit);
  hit.set_copies(2);
  hit.add_copy_sources(text);
  found.mutable_total()->set_value(1);
  found.set_suggested_query(text);
  found.add_notices()->set_message(text);
  v1::AppliedSynonyms& synonyms = *found.mutable_explanation()->add_synonyms();
  synonyms.set_typed(text);
  synonyms.add_alternatives(text);
  v1::AggregateArticlesResponse counts;
  for (const char* field : {"tag", "source", "byline"}) {
    v1::Facet& facet = *counts.add_facets();
    facet.set_field(field);
    facet.set_distinct(20);
    facet.add_values()->set_value(text);
  }
  for (const std::string& label : {std::string("2024-05"), text}) {
    counts.add_timeline()->set_label(label);
  }
  script->response = found;
  script->article = article;
  script->counts = counts;
  script->similar.clear_hits();
  *script->similar.add_hits()->mutable_article() = article;
  v1::ListArticleCopiesResponse copies;
  *copies.add_copies()->mutable_article() = article;
  script->pages_of_copies = {copies};
  v1::ExportArticlesResponse batch;
  *batch.add_articles() = article;
  script->batches = {batch};
  script->seen_exports.clear();
  script->seen_counts.clear();
  script->seen_copies.clear();
  script->count_of_query.clear();
}

// An error at a place of the query, with a hint and a mended query.
grpc::Status ErrorOf(const std::string& text) {
  v1::QueryError error;
  error.set_start_byte(static_cast<int32_t>(text.size() % 7));
  error.set_end_byte(static_cast<int32_t>(text.size() % 11));
  error.set_hint(text);
  error.set_suggested_query(text);
  google::rpc::Status status;
  status.add_details()->PackFrom(error);
  const auto code = static_cast<grpc::StatusCode>(1 + text.size() % 16);
  return {code, text, status.SerializeAsString()};
}

HttpRequest RequestOf(std::string_view line, std::string_view body) {
  HttpRequest request{.host = "localhost", .content_type = "application/json"};
  const size_t blank = std::min(line.find(' '), line.size());
  const std::string_view method = line.substr(0, blank);
  request.method = method == "GET"    ? HttpMethod::kGet
                   : method == "POST" ? HttpMethod::kPost
                   : method == "HEAD" ? HttpMethod::kHead
                                      : HttpMethod::kOther;
  const std::string_view target = line.substr(std::min(blank + 1, line.size()));
  const size_t mark = std::min(target.find('?'), target.size());
  request.path = target.substr(0, mark);
  request.query = target.substr(std::min(mark + 1, target.size()));
  request.body = body;
  return request;
}

struct Desk {
  Desk() {
    if (!broadsheet::desk::LoadTemplates().ok()) Fail("no templates", "");
  }

  broadsheet::testing::FakeSearchService server;
  Backend backend{{.server = server.address(),
                   .credentials = grpc::InsecureChannelCredentials(),
                   .timeout = std::chrono::seconds(60)}};
  Router router{backend, {.zone = "Europe/Oslo", .base_path = "/news"}, RequestGuard({})};
};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  static Desk desk;
  const std::string_view all(reinterpret_cast<const char*>(data), size);
  const size_t end = std::min(all.find('\n'), all.size());
  const std::string_view body = all.substr(std::min(end + 1, all.size()));
  std::string text(body);
  broadsheet::text::RepairUtf8(&text);
  Answer(text, desk.server);
  desk.server.script()->status = text.starts_with('!') ? ErrorOf(text) : grpc::Status();
  Reply reply;
  Exchange exchange(RequestOf(all.substr(0, end), body), reply);
  reply.Watch(exchange);
  desk.router.Answer(exchange);
  reply.ExpectOne();
  return 0;
}
