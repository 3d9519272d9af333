// SPDX-License-Identifier: GPL-3.0-or-later
// broadsheet-indexer parse: what the sources would give, without an index.
#include <google/protobuf/util/json_util.h>

#include <memory>
#include <utility>

#include "engine/schema/article.h"
#include "indexer/commands/command.h"
#include "indexer/commands/ingest.h"

namespace broadsheet::commands {
namespace {

constexpr const char* kParseHelp =
    "Prints the articles of PATH... as JSON lines, as they would be indexed, and writes nothing.\n"
    "\n"
    "  broadsheet-indexer parse page.txt | jq .headline\n"
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

ExitStatus Parse(const IngestOptions& options, const Io& io) {
  absl::StatusOr<std::unique_ptr<Ingest>> ingest = Ingest::Prepare(options, "", io);
  if (!ingest.ok()) return Fail(io, ingest.status());
  const absl::Status read = (*ingest)->Read(
      [&](v1::Article&& article) { return PrintArticle(article, io.out); }, nullptr);
  (*ingest)->PrintNotices();
  if (!read.ok()) return Fail(io, read);
  if ((*ingest)->accepted() == 0) return Fail(io, absl::NotFoundError("no article was found"));
  return (*ingest)->rejected() > 0 ? kSomeRejected : kAllGood;
}

}  // namespace

void AddParseCommand(CLI::App& app, const Io& io, ExitStatus* status) {
  auto options = std::make_shared<IngestOptions>();
  // Articles go to standard output, which may be the same terminal.
  options->quiet = true;
  CLI::App* command =
      AddCommand(app, "parse", "Print articles as JSON lines; writes nothing", kParseHelp);
  AddIngestOptions(*command, options.get());
  command->callback([options, &io, status] { *status = Parse(*options, io); });
}

}  // namespace broadsheet::commands
