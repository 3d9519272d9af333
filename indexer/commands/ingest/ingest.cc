// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/commands/ingest/ingest.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_format.h"
#include "absl/time/clock.h"
#include "indexer/commands/shared/figures.h"
#include "indexer/commands/shared/json_text.h"

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
                  "For jsonl with other names than an article's: a JSON object of field: path, as "
                  "docs/formats.md describes")
      ->type_name("FILE");
  command.add_flag("--follow-links", options->follow_links,
                   "Read what symbolic links in folders lead to, wherever on this machine that is");
  command
      .add_option("--rejects", options->rejects_file,
                  "Keep rejected records here, one JSON object a line: file, line, byteOffset, "
                  "reason, record")
      ->type_name("FILE");
}

Ingest::Ingest(const IngestOptions& options, std::unique_ptr<sources::FieldMap> map,
               sources::ReadOptions read_options, const Io& io)
    : options_(options),
      line_(io.err, io.err_is_terminal && !options.quiet),
      map_(std::move(map)),
      reader_(std::move(read_options)),
      started_(absl::Now()) {}

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
  const sources::FieldMap* names = map.get();
  const sources::WalkOptions walk{.exclude = exclude, .follow_links = options.follow_links};
  std::unique_ptr<Ingest> ingest(new Ingest(options, std::move(map),
                                            {.format = *format,
                                             .map = names,
                                             .walk = walk,
                                             .standard_input = io.standard_input,
                                             .cancelled = io.cancelled,
                                             .hooks = {.on_rules = options.on_rules}},
                                            io));
  absl::StatusOr<std::unique_ptr<RejectLog>> log =
      RejectLog::Open(options.rejects_file, ingest->line_);
  if (!log.ok()) return log.status();
  ingest->log_ = *std::move(log);
  if (ingest->line_.enabled() && !HasStandardInput(options.paths)) {
    ingest->total_stored_bytes_ = sources::TotalBytes(options.paths, walk);
  }
  return ingest;
}

absl::Status Ingest::Read(const sources::ArticleSink& sink, const RejectLimit* limit) {
  const sources::ArticleSink counting = [&](v1::Article&& article) {
    absl::Status taken = sink(std::move(article));
    if (taken.ok()) {
      ++accepted_;
      origins_.Add(reader_.format());
    }
    DrawProgress();
    return taken;
  };
  const sources::RejectSink logging = [&](sources::Reject&& reject) {
    absl::Status logged = log_->Add(reject);
    if (logged.ok() && limit != nullptr && limit->ExceededAlready(rejected())) {
      return TooManyRejects(rejected(), records(), *limit);
    }
    return logged;
  };
  const absl::Status read = reader_.Read(options_.paths, counting, logging);
  const absl::Status finished = log_->Finish();
  return read.ok() ? finished : read;
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
  if (counts.ignored_fields.empty()) return;
  std::string names;
  for (const auto& [name, records] : counts.ignored_fields) {
    names += (names.empty() ? "" : ", ") + JsonString(name) + " (" + Count(records) + ")";
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
                   JsonString(reader_.first_passed_over()) +
                   (has_links ? "; --follow-links reads what links lead to" : ""));
}

void Ingest::PrintKinds() {
  for (const std::string& line : KindLines(reader_, origins_)) line_.PrintAbove(line);
}

absl::Status TooManyRejects(uint64_t rejected, uint64_t records, const RejectLimit& limit) {
  return absl::FailedPreconditionError(
      absl::StrFormat("%s of %s rejected, more than --max-rejects %s allows: nothing was "
                      "published; mend the input or allow more",
                      Count(rejected), Counted(records, "record"), limit.text()));
}

}  // namespace broadsheet::commands
