// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/commands/ingest/ingest.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_format.h"
#include "absl/time/clock.h"
#include "engine/schema/article.h"
#include "indexer/commands/ingest/kind_report.h"
#include "indexer/commands/ingest/map_notices.h"
#include "indexer/commands/shared/figures.h"
#include "indexer/sources/json/json_string.h"

namespace broadsheet::commands {
namespace {

// "auto, text, jsonl": what --format takes.
std::string FormatList() {
  std::string list;
  for (size_t i = 0; i < sources::kFormats; ++i) {
    const auto format = static_cast<sources::Format>(i);
    list += (list.empty() ? "" : ", ") + std::string(sources::FormatName(format));
  }
  return list;
}

absl::StatusOr<sources::Format> ChooseFormat(const std::string& name) {
  const std::optional<sources::Format> format = sources::FormatByName(name);
  if (format.has_value()) return *format;
  return absl::InvalidArgumentError("--format " + name + ": no such format; choose one of " +
                                    FormatList());
}

bool HasStandardInput(const std::vector<std::string>& paths) {
  return std::find(paths.begin(), paths.end(), "-") != paths.end();
}

}  // namespace

void AddIngestOptions(CLI::App& command, IngestOptions* options) {
  AddArguments(command, "PATH", &options->paths,
               "Files, folders (read recursively; hidden files, links, pipes and devices in them "
               "are passed over), or - for standard input; gz, xz, zst, bz2, tar and zip are "
               "unpacked")
      ->required()
      ->type_name("");
  command
      .add_option("--format", options->format,
                  "auto (told by content), or one of " + FormatList() + "; see docs/formats.md")
      ->capture_default_str()
      ->type_name("F");
  command
      .add_option("--map", options->map_file,
                  "For JSON lines and XML with other names than an article's: a JSON object of "
                  "field: path, as docs/formats.md describes; paths that led nowhere are said at "
                  "the end")
      ->type_name("FILE");
  command.add_flag("--follow-links", options->follow_links,
                   "Read what symbolic links in folders lead to, wherever on this machine that is");
  command
      .add_option("--rejects", options->rejects_file,
                  "Keep rejected and lost records here, one JSON object a line: file, line, "
                  "byteOffset, reason, record, lost")
      ->type_name("FILE");
  command
      .add_option("--warnings", options->warnings_file,
                  "Keep warnings here, such as why an article is withheld, one JSON object a line: "
                  "file, line, byteOffset, reason")
      ->type_name("FILE");
  command
      .add_option("--counts", options->counts_file,
                  "Keep here what became of the records of each file, one JSON object a line")
      ->type_name("FILE");
}

Ingest::Ingest(const IngestOptions& options, std::unique_ptr<sources::FieldMap> map,
               sources::ReadOptions read_options, IngestAccounts accounts, const Io& io)
    : options_(options),
      line_(io.err, io.err_is_terminal && options.progress && !options.quiet),
      map_(std::move(map)),
      accounts_(std::move(accounts)),
      reader_(WithHooks(std::move(read_options))),
      started_(absl::Now()) {}

sources::ReadOptions Ingest::WithHooks(sources::ReadOptions options) {
  options.hooks = {.on_rules = options_.on_rules,
                   .on_warning = [this](sources::Warning&& warning) { Warn(warning); },
                   .on_trace = options_.on_trace};
  options.on_file_read = [this](const sources::FileTally& file) { accounts_.AddFile(file); };
  return options;
}

absl::StatusOr<std::unique_ptr<Ingest>> Ingest::Prepare(const IngestOptions& options,
                                                        const std::string& exclude, const Io& io) {
  const absl::StatusOr<sources::Format> format = ChooseFormat(options.format);
  if (!format.ok()) return format.status();
  if (absl::Status exist = sources::CheckPaths(options.paths); !exist.ok()) return exist;
  std::unique_ptr<sources::FieldMap> map;
  if (!options.map_file.empty()) {
    absl::StatusOr<sources::FieldMap> loaded = sources::FieldMap::Load(options.map_file);
    if (!loaded.ok()) return loaded.status();
    map = std::make_unique<sources::FieldMap>(*std::move(loaded));
  }
  if (*format == sources::Format::kXml && (map == nullptr || map->record().empty())) {
    return absl::InvalidArgumentError(
        "--format xml needs a --map with \"record\", the name of the element that holds an "
        "article; "
        "see docs/formats.md");
  }
  absl::StatusOr<IngestAccounts> accounts =
      IngestAccounts::Open(options.counts_file, options.merged_file);
  if (!accounts.ok()) return accounts.status();
  absl::StatusOr<ReportFile> rejects = ReportFile::Open(options.rejects_file, "the rejects");
  if (!rejects.ok()) return rejects.status();
  absl::StatusOr<ReportFile> warnings = ReportFile::Open(options.warnings_file, "the warnings");
  if (!warnings.ok()) return warnings.status();

  const sources::FieldMap* names = map.get();
  const sources::WalkOptions walk{.exclude = exclude, .follow_links = options.follow_links};
  std::unique_ptr<Ingest> ingest(new Ingest(options, std::move(map),
                                            {.format = *format,
                                             .map = names,
                                             .walk = walk,
                                             .standard_input = io.standard_input,
                                             .cancelled = io.cancelled},
                                            *std::move(accounts), io));
  ProgressLine& line = ingest->line_;
  ingest->rejects_.emplace(*std::move(rejects), "rejected or lost", "--rejects FILE", line);
  ingest->warnings_.emplace(*std::move(warnings), "warnings", "--warnings FILE", line);
  if (line.enabled() && !HasStandardInput(options.paths)) {
    ingest->total_stored_bytes_ = sources::TotalBytes(options.paths, walk);
  }
  return ingest;
}

absl::Status Ingest::TakeArticle(v1::Article&& article, const sources::ArticleSink& sink) {
  std::string id;
  if (accounts_.wants_ids()) {
    if (absl::Status fit = schema::PrepareArticle(&article); !fit.ok()) return fit;
    id = article.id();
  }
  taken_down_ = false;
  absl::Status taken = sink(std::move(article));
  if (taken.ok()) {
    ++accepted_;
    if (taken_down_) {
      accounts_.AddTakenDown(reader_.format());
    } else {
      taken = accounts_.AddArticle(reader_.format(), id, reader_.file());
    }
  }
  DrawProgress();
  return taken;
}

absl::Status Ingest::TakeReject(const sources::Reject& reject, const RejectLimit* limit) {
  if (options_.on_reject) options_.on_reject(reject);
  absl::Status logged = rejects_->Add(reject);
  lost_ += reject.lost;
  if (reject.lost == 0) ++rejected_;
  if (logged.ok() && limit != nullptr && limit->ExceededAlready(rejected_ + lost_)) {
    return TooManyRejects(*this, *limit);
  }
  return logged;
}

void Ingest::Warn(const sources::Warning& warning) {
  if (options_.on_warning) options_.on_warning(sources::Warning(warning));
  const absl::Status logged = warnings_->Add(warning);
  if (warned_.ok()) warned_ = logged;
}

absl::Status Ingest::Read(const sources::ArticleSink& sink, const RejectLimit* limit) {
  absl::Status read = reader_.Read(
      options_.paths, [&](v1::Article&& article) { return TakeArticle(std::move(article), sink); },
      [&](sources::Reject&& reject) { return TakeReject(reject, limit); });
  for (RecordLog* log : {&*rejects_, &*warnings_}) {
    const absl::Status finished = log->Finish();
    if (read.ok()) read = finished;
  }
  return read.ok() ? warned_ : read;
}

absl::Status Ingest::Account(bool is_indexed, const absl::Status& ended) {
  const bool is_told = ended.ok() || status() != kAllGood;
  if (is_told && !options_.quiet) {
    for (const std::string& line : KindLines(reader_, accounts_, is_indexed)) {
      line_.PrintAbove(line);
    }
  }
  return accounts_.Finish(is_indexed);
}

void Ingest::DrawProgress() {
  if (!line_.IsDue()) return;
  const double share = total_stored_bytes_ == 0 ? 0
                                                : static_cast<double>(reader_.stored_bytes()) /
                                                      static_cast<double>(total_stored_bytes_);
  line_.Draw(ProgressText({.stage = "reading",
                           .articles = accepted_,
                           .bytes = reader_.bytes(),
                           .share = share,
                           .elapsed = absl::Now() - started_}));
}

void Ingest::PrintNotices() {
  const sources::ReadCounts counts = reader_.counts();
  if (counts.repaired > 0) {
    line_.PrintAbove("Repaired text that was not valid UTF-8 in " +
                     Counted(counts.repaired, "record"));
  }
  PrintPassedOver();
  if (map_ != nullptr && !options_.quiet && reader_.files() > 0) {
    for (const std::string& notice : MapNotices(options_.map_file, *map_, counts)) {
      line_.PrintAbove(notice);
    }
  }
  if (counts.ignored_fields.empty()) return;
  std::string names;
  for (const auto& [name, records] : counts.ignored_fields) {
    names += (names.empty() ? "" : ", ") + sources::JsonString(name) + " (" + Count(records) + ")";
  }
  line_.PrintAbove("Passed over fields that no article has: " + names);
}

void Ingest::PrintPassedOver() {
  std::string counted;
  for (size_t i = 0; i < sources::kPassedOver; ++i) {
    const uint64_t count = reader_.passed_over(static_cast<sources::PassedOver>(i));
    if (count == 0) continue;
    if (!counted.empty()) counted += ", ";
    counted += Counted(count, std::string(sources::kPassedOverNouns[i]));
  }
  if (counted.empty()) return;
  const bool has_links = reader_.passed_over(sources::PassedOver::kLink) > 0;
  line_.PrintAbove("Passed over: " + counted + "; the first is " +
                   sources::JsonString(reader_.first_passed_over()) +
                   (has_links ? "; --follow-links reads what links lead to" : ""));
}

absl::Status TooManyRejects(const Ingest& ingest, const RejectLimit& limit) {
  const std::string lost =
      ingest.lost() == 0 ? "" : " and at least " + Count(ingest.lost()) + " lost";
  return absl::FailedPreconditionError(absl::StrFormat(
      "%s of %s rejected%s, more than --max-rejects %s allows: nothing was "
      "published; mend the input or allow more",
      Count(ingest.rejected()), Counted(ingest.records(), "record"), lost, limit.text()));
}

}  // namespace broadsheet::commands
