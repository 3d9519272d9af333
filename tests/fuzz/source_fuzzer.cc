// SPDX-License-Identifier: GPL-3.0-or-later
// Any bytes as a file of one format: reading them must neither crash nor hang, whatever comes out
// must be fit for a message, and what cannot be used must have a reason.
//   source_fuzzer --format=html FOLDER      libFuzzer itself passes over options with two dashes
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "engine/schema/article.h"
#include "engine/text/utf8.h"
#include "indexer/sources/detect.h"
#include "indexer/sources/json/field_map.h"
#include "indexer/sources/make_source.h"

namespace {

using broadsheet::sources::Format;
namespace sources = broadsheet::sources;
namespace v1 = broadsheet::v1;

// As libFuzzer's command line says; the same for the whole run.
Format g_format = Format::kAuto;
// JSON lines are read without a map and with one; XML of any dialect has no other way.
const sources::FieldMap* g_map = nullptr;

// Has a rule of every kind; in XML the names are those of the corpus.
constexpr std::string_view kMap =
    R"({"record": "STORY", "id": "@num", "headline": ["HEAD", "title"], "summary": "content.lead",
        "body": ["TEXT", "content.html"], "tags": ["TOPIC", "topics.label"],
        "bylines": {"each": ["BY", "authors"], "name": ["NAME", "displayName"], "role": "@post"},
        "captions": {"each": ["PIX.PIC", "images"], "text": ["CUT", "caption"], "credit": "#text"},
        "published": ["@moved", "date"], "embargoTime": "HOLD", "status": "STATE",
        "version": "REV", "labels.slugline": "SLUG", "source": {"value": "The Lightship"}})";

void Require(bool holds, const char* what) {
  if (holds) return;
  std::fprintf(stderr, "broken: %s\n", what);
  std::abort();
}

absl::Status CheckArticle(v1::Article&& article) {
  // Reading a message back fails where a text in it is not valid UTF-8.
  v1::Article copy;
  Require(copy.ParseFromString(article.SerializeAsString()), "an article is a good message");
  return broadsheet::schema::PrepareArticle(&article);
}

void CheckRules(const v1::Article& /*article*/, const sources::FieldRules& rules) {
  for (const sources::FieldRule& rule : rules) {
    Require(!rule.field.empty() && !rule.rule.empty(), "a field has a rule");
  }
}

void CheckWarning(sources::Warning&& warning) {
  Require(!warning.reason.empty() && broadsheet::text::IsValidUtf8(warning.reason),
          "a warning has a reason that can be printed");
}

void ReadAs(const std::string& bytes, const sources::FieldMap* map) {
  auto input = sources::Input::OpenBytes(bytes, "fuzz");
  if (!input.ok()) return;
  sources::ReadCounts counts;
  const auto source = sources::MakeSource(
      g_format, {.map = map, .hooks = {.on_rules = CheckRules, .on_warning = CheckWarning}},
      &counts);
  const absl::Status read = source->ReadAll(**input, CheckArticle, [](sources::Reject&& reject) {
    Require(!reject.reason.empty(), "a reject has a reason");
    return absl::OkStatus();
  });
  Require(read.ok(), "bad input is a reject, not an error");
}

}  // namespace

extern "C" int LLVMFuzzerInitialize(const int* argc, char*** argv) {
  constexpr std::string_view kOption = "--format=";
  std::optional<Format> format;
  for (int i = 1; i < *argc; ++i) {
    const std::string_view argument = (*argv)[i];
    if (argument.starts_with(kOption)) {
      format = sources::FormatByName(argument.substr(kOption.size()));
    }
  }
  if (!format.has_value() || *format == Format::kAuto) {
    std::fprintf(stderr, "source_fuzzer: say --format=F, one of the formats of the indexer\n");
    std::exit(2);
  }
  g_format = *format;
  if (g_format == Format::kJsonl || g_format == Format::kXml) {
    auto map = sources::FieldMap::Parse(kMap);
    Require(map.ok(), "the map is one");
    g_map = new sources::FieldMap(*std::move(map));
  }
  return 0;
}

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const std::string bytes(reinterpret_cast<const char*>(data), size);
  if (g_format != Format::kXml) ReadAs(bytes, nullptr);
  if (g_map != nullptr) ReadAs(bytes, g_map);
  return 0;
}
