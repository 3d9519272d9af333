// SPDX-License-Identifier: GPL-3.0-or-later
// broadsheet-indexer parse: what the sources would give, without an index.
#include <memory>
#include <string>
#include <utility>

#include "absl/time/clock.h"
#include "engine/schema/article.h"
#include "indexer/commands/ingest/article_json.h"
#include "indexer/commands/ingest/explain.h"
#include "indexer/commands/ingest/ingest.h"
#include "indexer/commands/report/reading_report.h"
#include "indexer/commands/shared/command.h"
#include "indexer/commands/shared/figures.h"

namespace broadsheet::commands {
namespace {

constexpr const char* kParseHelp =
    "Prints the articles of PATH... as JSON lines, as they would be indexed, and writes nothing.\n"
    "\n"
    "  broadsheet-indexer parse page.txt | jq .headline\n"
    "  broadsheet-indexer parse --explain page.html     which rule gave each field\n"
    "  broadsheet-indexer parse --explain=all page.html and what was weighed against it\n"
    "  broadsheet-indexer parse --html report.html new/ what was read and dropped, for a browser\n"
    "  xzcat dump.jsonl.xz | broadsheet-indexer parse - | head -1\n";

absl::Status PrintArticle(v1::Article& article, ArticleJson& printer, std::ostream& out) {
  if (absl::Status fit = schema::PrepareArticle(&article); !fit.ok()) return fit;
  std::string json;
  if (absl::Status printed = printer.Print(article, &json); !printed.ok()) return printed;
  out << json << "\n";
  if (!out) return absl::UnavailableError("cannot write to standard output");
  return absl::OkStatus();
}

constexpr const char* kExplainFields = "fields";
constexpr const char* kExplainAll = "all";

struct ParseFlags {
  IngestOptions ingest = {};
  // "fields" or "all" to explain; empty for JSON.
  std::string explain = {};
  std::string report_file = {};
};

// Ends a run that was read into its sink.
ExitStatus EndParse(Ingest& ingest, const absl::Status& read, const Io& io) {
  ingest.PrintNotices();
  const absl::Status accounted = ingest.Account(/*is_indexed=*/false, read);
  if (!read.ok()) return Fail(io, read);
  if (!accounted.ok()) return Fail(io, accounted);
  if (ingest.accepted() == 0) return Fail(io, absl::NotFoundError("no article was found"));
  return ingest.status();
}

ExitStatus Parse(const ParseFlags& flags, const Io& io) {
  IngestOptions options = flags.ingest;
  const bool is_explained = !flags.explain.empty();
  sources::FieldRules rules;
  // Sources keep no rules unless they are asked for.
  if (is_explained) {
    options.on_rules = [&](const v1::Article& /*article*/, const sources::FieldRules& given) {
      rules = given;
    };
  }
  absl::StatusOr<std::unique_ptr<Ingest>> ingest = Ingest::Prepare(options, "", io);
  if (!ingest.ok()) return Fail(io, ingest.status());
  ArticleJson printer;
  const absl::Status read = (*ingest)->Read(
      [&](v1::Article&& article) {
        if (!is_explained) return PrintArticle(article, printer, io.out);
        return Explain(article, std::exchange(rules, {}), flags.explain == kExplainAll, io.out);
      },
      nullptr);
  return EndParse(**ingest, read, io);
}

ExitStatus ParseIntoReport(const ParseFlags& flags, const Io& io) {
  absl::StatusOr<std::unique_ptr<ReadingReport>> opened =
      ReadingReport::Open(flags.report_file, absl::Now());
  if (!opened.ok()) return Fail(io, opened.status());
  ReadingReport& report = **opened;
  std::unique_ptr<Ingest> ingest;
  IngestOptions options = flags.ingest;
  options.on_trace = [&](sources::RecordTrace&& trace) { report.AddTrace(std::move(trace)); };
  options.on_rules = [&](const v1::Article& /*article*/, const sources::FieldRules& rules) {
    report.AddRules(rules);
  };
  options.on_warning = [&](sources::Warning&& warning) { report.AddWarning(warning); };
  options.on_reject = [&](const sources::Reject& reject) {
    report.AddReject(reject, ingest->reader());
  };
  // A report of before may be in a folder that is read.
  auto prepared = Ingest::Prepare(options, flags.report_file, io);
  if (!prepared.ok()) return Fail(io, prepared.status());
  ingest = *std::move(prepared);
  absl::Status read = ingest->Read(
      [&](v1::Article&& article) {
        return report.AddArticle(std::move(article), ingest->reader());
      },
      nullptr);
  if (read.ok()) read = report.Finish(options.paths, ingest->reader());
  if (read.ok()) {
    io.err << "Wrote " << flags.report_file << ": " << Counted(ingest->accepted(), "article")
           << ", " << Count(ingest->rejected()) << " rejected, " << Count(ingest->lost())
           << " lost\n";
  }
  return EndParse(*ingest, read, io);
}

}  // namespace

void AddParseCommand(CLI::App& app, const Io& io, ExitStatus* status) {
  auto flags = std::make_shared<ParseFlags>();
  // Articles go to standard output, which may be the same terminal.
  flags->ingest.progress = false;
  CLI::App* command =
      AddCommand(app, "parse", "Print articles as JSON lines; writes nothing", kParseHelp);
  AddIngestOptions(*command, &flags->ingest);
  CLI::Option* const explain =
      command
          ->add_flag(std::string("--explain{") + kExplainFields + "}", flags->explain,
                     "Instead of JSON a table for each article: the rule that gave each field, and "
                     "what it gave; --explain=all adds what was weighed against it")
          ->check(CLI::IsMember({kExplainFields, kExplainAll}));
  command
      ->add_option("--html", flags->report_file,
                   "Instead of JSON write one HTML page here: each record beside its article, what "
                   "was dropped and why, and what is worth a look")
      ->type_name("FILE")
      ->excludes(explain);
  command->callback([flags, &io, status] {
    *status = flags->report_file.empty() ? Parse(*flags, io) : ParseIntoReport(*flags, io);
  });
}

}  // namespace broadsheet::commands
