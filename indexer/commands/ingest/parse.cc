// SPDX-License-Identifier: GPL-3.0-or-later
// broadsheet-indexer parse: what the sources would give, without an index.
#include <google/protobuf/util/json_util.h>

#include <memory>
#include <utility>

#include "engine/schema/article.h"
#include "indexer/commands/ingest/explain.h"
#include "indexer/commands/ingest/ingest.h"
#include "indexer/commands/shared/command.h"

namespace broadsheet::commands {
namespace {

constexpr const char* kParseHelp =
    "Prints the articles of PATH... as JSON lines, as they would be indexed, and writes nothing.\n"
    "\n"
    "  broadsheet-indexer parse page.txt | jq .headline\n"
    "  broadsheet-indexer parse --explain page.html     which rule gave each field\n"
    "  xzcat dump.jsonl.xz | broadsheet-indexer parse - | head -1\n";

absl::Status PrintArticle(v1::Article& article, std::ostream& out) {
  if (absl::Status fit = schema::PrepareArticle(&article); !fit.ok()) return fit;
  google::protobuf::util::JsonPrintOptions options;
  options.always_print_primitive_fields = true;
  std::string json;
  const auto printed = google::protobuf::util::MessageToJsonString(article, &json, options);
  if (!printed.ok()) return absl::InternalError("cannot print as JSON: " + printed.ToString());
  out << json << "\n";
  if (!out) return absl::UnavailableError("cannot write to standard output");
  return absl::OkStatus();
}

struct ParseFlags {
  IngestOptions ingest = {};
  bool explain = false;
};

ExitStatus Parse(const ParseFlags& flags, const Io& io) {
  IngestOptions options = flags.ingest;
  sources::FieldRules rules;
  options.on_rules = [&](const v1::Article& /*article*/, const sources::FieldRules& given) {
    rules = given;
  };
  absl::StatusOr<std::unique_ptr<Ingest>> ingest = Ingest::Prepare(options, "", io);
  if (!ingest.ok()) return Fail(io, ingest.status());
  const absl::Status read = (*ingest)->Read(
      [&](v1::Article&& article) {
        if (!flags.explain) return PrintArticle(article, io.out);
        return Explain(article, std::exchange(rules, {}), io.out);
      },
      nullptr);
  (*ingest)->PrintNotices();
  const absl::Status accounted = (*ingest)->Account(/*is_indexed=*/false);
  if (!read.ok()) return Fail(io, read);
  if (!accounted.ok()) return Fail(io, accounted);
  if ((*ingest)->accepted() == 0) return Fail(io, absl::NotFoundError("no article was found"));
  return (*ingest)->status();
}

}  // namespace

void AddParseCommand(CLI::App& app, const Io& io, ExitStatus* status) {
  auto flags = std::make_shared<ParseFlags>();
  // Articles go to standard output, which may be the same terminal.
  flags->ingest.quiet = true;
  CLI::App* command =
      AddCommand(app, "parse", "Print articles as JSON lines; writes nothing", kParseHelp);
  AddIngestOptions(*command, &flags->ingest);
  command->add_flag("--explain", flags->explain,
                    "Instead of JSON a table for each article: the rule that gave each field, and "
                    "what it gave");
  command->callback([flags, &io, status] { *status = Parse(*flags, io); });
}

}  // namespace broadsheet::commands
