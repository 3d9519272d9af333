// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/sources/read_paths.h"

#include <cerrno>
#include <cstring>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/str_format.h"
#include "engine/text/clean.h"
#include "engine/text/utf8.h"
#include "indexer/sources/input/archive.h"
#include "indexer/sources/input/media_kind.h"
#include "indexer/sources/input/open_file.h"
#include "indexer/sources/make_source.h"
#include "indexer/sources/xml/mapped_xml.h"

namespace broadsheet::sources {
absl::Status CheckPaths(const std::vector<std::string>& paths) {
  for (const std::string& path : paths) {
    struct stat info {};
    if (path == "-") continue;
    if (stat(path.c_str(), &info) != 0) {
      const std::string why = errno == ENOENT ? "no such file or folder" : std::strerror(errno);
      return absl::NotFoundError("cannot read " + path + ": " + why);
    }
    if (absl::Status readable = CheckReadable(KindOfFile(info)); !readable.ok()) {
      return {readable.code(), "cannot read " + path + ": " + std::string(readable.message())};
    }
  }
  return absl::OkStatus();
}

namespace {

// "field \"published\": no date: \"32.13.\"" -> "field …: no date: …": what it is about is left
// out, and where.
std::string ReasonKind(std::string_view reason) {
  constexpr size_t kMaxBytes = 100;
  std::string kind;
  while (!reason.empty() && kind.size() < kMaxBytes) {
    const char c = reason.front();
    if (c == '"') {
      const size_t end = reason.find('"', 1);
      kind += "…";
      reason.remove_prefix(end == std::string_view::npos ? reason.size() : end + 1);
    } else if (absl::ascii_isdigit(static_cast<unsigned char>(c))) {
      const size_t end = reason.find_first_not_of("0123456789.,");
      kind += "N";
      reason.remove_prefix(end == std::string_view::npos ? reason.size() : end);
    } else {
      kind += c;
      reason.remove_prefix(1);
    }
  }
  text::RepairUtf8(&kind);
  text::CleanLine(&kind);
  return kind;
}

void CountReason(std::string_view reason, uint64_t records,
                 std::map<std::string, uint64_t>* reasons) {
  std::string kind = ReasonKind(reason);
  const bool known = reasons->contains(kind);
  if (!known && reasons->size() >= FormatTally::kMaxReasons) kind = "other reasons";
  (*reasons)[kind] += records;
}

void AddCounts(const std::map<std::string, uint64_t, std::less<>>& from,
               std::map<std::string, uint64_t, std::less<>>* to) {
  for (const auto& [name, count] : from) (*to)[name] += count;
}

}  // namespace

PathReader::PathReader(ReadOptions options) : options_(std::move(options)) {}

PathReader::~PathReader() = default;

uint64_t PathReader::bytes() const {
  return bytes_ + (input_ == nullptr ? 0 : input_->bytes_read());
}

uint64_t PathReader::stored_bytes() const {
  return stored_bytes_ + (input_ == nullptr ? 0 : input_->stored_bytes_read());
}

ReadCounts PathReader::counts() const {
  ReadCounts all;
  for (const FormatTally& tally : tallies_) {
    all.repaired += tally.counts.repaired;
    AddCounts(tally.counts.ignored_fields, &all.ignored_fields);
    AddCounts(tally.counts.skipped, &all.skipped);
    all.passed_over += tally.counts.passed_over;
    const std::vector<PathUse>& paths = tally.counts.mapped_paths;
    all.mapped_paths.resize(std::max(all.mapped_paths.size(), paths.size()));
    for (size_t i = 0; i < paths.size(); ++i) {
      all.mapped_paths[i].records += paths[i].records;
      all.mapped_paths[i].found += paths[i].found;
    }
  }
  return all;
}

void PathReader::CountReject(const Reject& reject) {
  if (reject.lost > 0) {
    tally().lost += reject.lost;
    CountReason(reject.reason, reject.lost, &tally().losses);
  } else {
    ++tally().rejects;
    CountReason(reject.reason, 1, &tally().reasons);
  }
}

FileTally PathReader::Counted() const {
  const FormatTally& now = tallies_[static_cast<size_t>(format_)];
  return {.format = format_,
          .articles = now.articles,
          .rejects = now.rejects,
          .passed_over = now.counts.passed_over,
          .lost = now.lost};
}

void PathReader::EndFile(const std::string& name, const FileTally& before) {
  if (!options_.on_file_read) return;
  const FileTally now = Counted();
  options_.on_file_read({.name = name,
                         .format = format_,
                         .articles = now.articles - before.articles,
                         .rejects = now.rejects - before.rejects,
                         .passed_over = now.passed_over - before.passed_over,
                         .lost = now.lost - before.lost});
}

absl::Status PathReader::Read(const std::vector<std::string>& paths, const ArticleSink& articles,
                              const RejectSink& rejects) {
  if (absl::Status exist = CheckPaths(paths); !exist.ok()) return exist;
  const ArticleSink counted_articles = [&](v1::Article&& article) {
    if (options_.cancelled && options_.cancelled()) return absl::CancelledError("cancelled");
    absl::Status taken = articles(std::move(article));
    if (taken.ok()) ++tally().articles;
    return taken;
  };
  const RejectSink counted_rejects = [&](Reject&& reject) {
    CountReject(reject);
    return rejects(std::move(reject));
  };
  const Sinks sinks{.articles = counted_articles, .rejects = counted_rejects};
  const WalkSink sink{.on_file = [&](const WalkedFile& file) { return ReadFile(file, sinks); },
                      .on_unreadable =
                          [&](const std::filesystem::path& path, const std::string& reason) {
                            return Refuse(path.string(), absl::UnavailableError(reason), sinks);
                          },
                      .on_passed_over =
                          [&](const std::filesystem::path& path, PassedOver what) {
                            ++passed_over_[static_cast<size_t>(what)];
                            if (first_passed_over_.empty()) first_passed_over_ = path.string();
                          }};
  for (const std::string& path : paths) {
    absl::Status read;
    if (path == "-") {
      read = ReadOpened(
          Input::OpenDescriptor(options_.standard_input, path, {.cancelled = options_.cancelled}),
          path, sinks);
    } else {
      read = Walk(path, options_.walk, sink);
    }
    if (!read.ok()) return read;
  }
  return absl::OkStatus();
}

absl::Status PathReader::ReadFile(const WalkedFile& file, const Sinks& sinks) {
  const std::string name = file.path().string();
  absl::StatusOr<base::FileDescriptor> opened = file.Open();
  if (!opened.ok()) return ReadOpened(opened.status(), name, sinks);
  return ReadOpened(Input::OpenOwned(*std::move(opened), name, {.cancelled = options_.cancelled}),
                    name, sinks);
}

absl::Status PathReader::Refuse(const std::string& name, const absl::Status& why,
                                const Sinks& sinks) {
  if (absl::IsCancelled(why)) return why;
  format_ = Format::kAuto;
  const FileTally before = Counted();
  absl::Status refused = sinks.rejects({.input = name,
                                        .reason = std::string(why.message()),
                                        .record = "",
                                        .lost = absl::IsDataLoss(why) ? 1ULL : 0});
  EndFile(name, before);
  return refused;
}

absl::Status PathReader::ReadOpened(absl::StatusOr<std::unique_ptr<Input>> input,
                                    const std::string& name, const Sinks& sinks) {
  if (absl::IsCancelled(input.status())) return input.status();
  if (!input.ok()) {
    ++files_;
    ++tallies_[static_cast<size_t>(Format::kAuto)].files;
    return Refuse(name, absl::UnknownError("cannot read: " + std::string(input.status().message())),
                  sinks);
  }
  input_ = *std::move(input);
  absl::Status read = ReadInput(*input_, 0, sinks);
  bytes_ += input_->bytes_read();
  stored_bytes_ += input_->stored_bytes_read();
  input_.reset();
  return read;
}

absl::Status PathReader::ReadInput(Input& input, int depth, const Sinks& sinks) {
  const absl::StatusOr<std::string_view> head = input.Peek(kDetectBytes);
  if (head.ok() && IsArchive(*head)) return ReadEntries(input, depth, sinks);
  ++files_;
  file_ = input.name();
  const absl::StatusOr<Detected> detected = head.ok() ? ChooseFormat(*head) : head.status();
  format_ = detected.value_or(Detected()).format;
  ++tally().files;
  if (!detected.ok()) return Refuse(input.name(), detected.status(), sinks);
  const FileTally before = Counted();
  absl::Status read;
  if (detected->no_article.empty()) {
    read = SourceOf(detected->format).ReadAll(input, sinks.articles, sinks.rejects);
  } else {
    tally().counts.CountSkipped(detected->no_article);
  }
  EndFile(input.name(), before);
  return read;
}

absl::Status PathReader::ReadEntries(Input& archive, int depth, const Sinks& sinks) {
  if (depth >= kMaxArchiveDepth) {
    return Refuse(archive.name(),
                  absl::InvalidArgumentError(absl::StrFormat(
                      "an archive inside %d others: unpack it and give its folder", depth)),
                  sinks);
  }
  return ReadArchive(
      archive,
      {.on_file = [&](std::unique_ptr<Input> entry) { return ReadInput(*entry, depth + 1, sinks); },
       .on_unusable =
           [&](const std::string& name, const std::string& reason) {
             return Refuse(name, absl::InvalidArgumentError(reason), sinks);
           },
       .on_lost =
           [&](const std::string& name, const std::string& reason) {
             return Refuse(name, absl::DataLossError(reason), sinks);
           }});
}

absl::StatusOr<Detected> PathReader::ChooseFormat(std::string_view head) const {
  if (head.empty()) return absl::InvalidArgumentError("empty file");
  if (options_.format != Format::kAuto) {
    if (const auto media = MediaKind(head); media.has_value()) {
      return Detected{.no_article = *media};
    }
    return Detected{.format = options_.format};
  }
  if (options_.map != nullptr && !options_.map->record().empty() &&
      HasElement(head, options_.map->record())) {
    return Detected{.format = Format::kXml};
  }
  return DetectFormat(head, options_.map != nullptr);
}

ArticleSource& PathReader::SourceOf(Format format) {
  std::unique_ptr<ArticleSource>& source = sources_[static_cast<size_t>(format)];
  if (source == nullptr) {
    FormatTally& tally = tallies_[static_cast<size_t>(format)];
    const WarningSink counted_warnings = [this, &tally](Warning&& warning) {
      ++tally.warnings;
      if (options_.hooks.on_warning) options_.hooks.on_warning(std::move(warning));
    };
    source = MakeSource(format,
                        {.map = options_.map,
                         .hooks = {.on_rules = options_.hooks.on_rules,
                                   .on_warning = counted_warnings,
                                   .on_trace = options_.hooks.on_trace}},
                        &tally.counts);
  }
  return *source;
}

}  // namespace broadsheet::sources
