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

#include "engine/schema/article.h"
#include "engine/text/utf8.h"
#include "indexer/sources/detect.h"
#include "indexer/sources/make_source.h"

namespace {

using broadsheet::sources::Format;
namespace sources = broadsheet::sources;
namespace v1 = broadsheet::v1;

// As libFuzzer's command line says; the same for the whole run.
Format g_format = Format::kAuto;

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
  return 0;
}

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  auto input =
      sources::Input::OpenBytes(std::string(reinterpret_cast<const char*>(data), size), "fuzz");
  if (!input.ok()) return 0;
  sources::ReadCounts counts;
  const auto source = sources::MakeSource(
      g_format, {.hooks = {.on_rules = CheckRules, .on_warning = CheckWarning}}, &counts);
  const absl::Status read = source->ReadAll(**input, CheckArticle, [](sources::Reject&& reject) {
    Require(!reject.reason.empty(), "a reject has a reason");
    return absl::OkStatus();
  });
  Require(read.ok(), "bad input is a reject, not an error");
  return 0;
}
