// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/sources/read_paths.h"

#include <system_error>
#include <utility>

#include "absl/strings/str_cat.h"
#include "indexer/sources/html.h"
#include "indexer/sources/jsonl.h"
#include "indexer/sources/text.h"

namespace broadsheet::sources {
absl::Status CheckPaths(const std::vector<std::string>& paths) {
  for (const std::string& path : paths) {
    std::error_code error;
    if (path == "-" || std::filesystem::exists(path, error)) continue;
    const std::string why = error ? error.message() : "no such file or folder";
    return absl::NotFoundError("cannot read " + path + ": " + why);
  }
  return absl::OkStatus();
}

PathReader::PathReader(ReadOptions options)
    : options_(std::move(options)),
      jsonl_(std::make_unique<JsonlSource>(&counts_)),
      text_(std::make_unique<TextSource>(&counts_, options_.on_rules)),
      html_(std::make_unique<HtmlSource>(&counts_, options_.on_rules)) {}

PathReader::~PathReader() = default;

uint64_t PathReader::bytes() const {
  return bytes_ + (input_ == nullptr ? 0 : input_->bytes_read());
}

uint64_t PathReader::stored_bytes() const {
  return stored_bytes_ + (input_ == nullptr ? 0 : input_->stored_bytes_read());
}

absl::Status PathReader::Read(const std::vector<std::string>& paths, const ArticleSink& articles,
                              const RejectSink& rejects) {
  if (absl::Status exist = CheckPaths(paths); !exist.ok()) return exist;
  const ArticleSink cancellable = [&](v1::Article&& article) {
    if (options_.cancelled && options_.cancelled()) return absl::CancelledError("cancelled");
    return articles(std::move(article));
  };
  const WalkSink sink{
      .on_file =
          [&](const std::filesystem::path& file) { return ReadFile(file, cancellable, rejects); },
      .on_unreadable =
          [&](const std::filesystem::path& path, const std::string& reason) {
            return rejects({.input = path.string(), .reason = reason, .record = ""});
          }};
  for (const std::string& path : paths) {
    absl::Status read;
    if (path == "-") {
      read = ReadInput(
          Input::OpenDescriptor(options_.standard_input, path, {.cancelled = options_.cancelled}),
          path, cancellable, rejects);
    } else {
      read = Walk(path, options_.walk, sink);
    }
    if (!read.ok()) return read;
  }
  return absl::OkStatus();
}

absl::Status PathReader::ReadFile(const std::filesystem::path& file, const ArticleSink& articles,
                                  const RejectSink& rejects) {
  return ReadInput(Input::OpenFile(file, {.cancelled = options_.cancelled}), file.string(),
                   articles, rejects);
}

absl::Status PathReader::ReadInput(absl::StatusOr<std::unique_ptr<Input>> input,
                                   const std::string& name, const ArticleSink& articles,
                                   const RejectSink& rejects) {
  const auto refuse = [&](const absl::Status& why) {
    if (absl::IsCancelled(why)) return why;
    return rejects({.input = name, .reason = std::string(why.message()), .record = ""});
  };
  ++files_;
  if (absl::IsCancelled(input.status())) return input.status();
  if (!input.ok()) {
    return refuse(absl::UnknownError("cannot read: " + std::string(input.status().message())));
  }
  input_ = *std::move(input);
  const absl::StatusOr<ArticleSource*> source = ChooseSource(*input_);
  const absl::Status read =
      source.ok() ? (*source)->ReadAll(*input_, articles, rejects) : refuse(source.status());
  bytes_ += input_->bytes_read();
  stored_bytes_ += input_->stored_bytes_read();
  input_.reset();
  return read;
}

absl::StatusOr<ArticleSource*> PathReader::ChooseSource(Input& input) {
  Format format = options_.format;
  const absl::StatusOr<std::string_view> head = input.Peek(kDetectBytes);
  if (!head.ok()) return head.status();
  if (head->empty()) return absl::InvalidArgumentError("empty file");
  if (format == Format::kAuto) {
    const absl::StatusOr<Format> detected = DetectFormat(*head);
    if (!detected.ok()) return detected.status();
    format = *detected;
  }
  if (format == Format::kJsonl) return jsonl_.get();
  if (format == Format::kText) return text_.get();
  if (format == Format::kHtml) return html_.get();
  return absl::InvalidArgumentError("looks like " + std::string(FormatName(format)) +
                                    ", which this version does not read");
}

}  // namespace broadsheet::sources
