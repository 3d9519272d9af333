// SPDX-License-Identifier: GPL-3.0-or-later
#include <zdict.h>
#include <zstd.h>

#include <algorithm>
#include <cstdint>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_format.h"
#include "engine/storage/base/article_blocks.h"
#include "engine/storage/base/article_file.h"
#include "engine/storage/base/table_file.h"

namespace broadsheet::storage {
namespace {

// Chosen by measurement: docs/index_format.md.
constexpr size_t kBlockBytes = 16 << 10;
constexpr int kCompressionLevel = 3;
constexpr size_t kDictionaryBytes = 112 << 10;
constexpr uint64_t kMaxSampleBytes = 4 << 20;
// ZDICT refuses fewer samples.
constexpr size_t kMinSamples = 16;

struct FreeCompressor {
  void operator()(ZSTD_CCtx* context) const { ZSTD_freeCCtx(context); }
};
using Compressor = std::unique_ptr<ZSTD_CCtx, FreeCompressor>;

class ArticleWriter : public ArticleFileWriter {
 public:
  ArticleWriter(TableFileWriter file, std::string dictionary)
      : file_(std::move(file)),
        dictionary_(std::move(dictionary)),
        compressor_(ZSTD_createCCtx()) {}

  absl::Status Start() {
    ZSTD_CCtx* context = compressor_.get();
    for (const size_t result :
         {ZSTD_CCtx_setParameter(context, ZSTD_c_compressionLevel, kCompressionLevel),
          ZSTD_CCtx_setParameter(context, ZSTD_c_checksumFlag, 1),
          ZSTD_CCtx_loadDictionary(context, dictionary_.data(), dictionary_.size())}) {
      if (ZSTD_isError(result)) return PackingFailed(result);
    }
    return absl::OkStatus();
  }

  absl::Status Append(std::string_view serialized) override {
    if (serialized.size() > kMaxArticleBlockBytes / 2) {
      return absl::InvalidArgumentError(
          absl::StrFormat("cannot store an article of %d bytes", serialized.size()));
    }
    const auto length = static_cast<uint32_t>(serialized.size());
    raw_ += BytesOf(length);
    raw_ += serialized;
    const absl::Status status =
        file_.AppendEntry((file_.data_bytes() << kArticleIndexBits) | articles_in_block_);
    if (!status.ok()) return status;
    ++articles_in_block_;
    const bool full = raw_.size() >= kBlockBytes || articles_in_block_ > kArticleIndexMask;
    return full ? WriteBlock() : absl::OkStatus();
  }

  absl::Status AppendFile(const std::filesystem::path& other) override {
    if (absl::Status status = WriteBlock(); !status.ok()) return status;
    const absl::StatusOr<ArticleBlocks> blocks = ArticleBlocks::Open(other);
    if (!blocks.ok()) return blocks.status();
    const absl::StatusOr<std::string> dictionary = blocks->ReadDictionary();
    if (!dictionary.ok()) return dictionary.status();
    if (*dictionary != dictionary_) {
      return absl::InvalidArgumentError(
          absl::StrFormat("cannot add %s to %s: it was made with another dictionary",
                          other.string(), file_.path().string()));
    }
    if (absl::Status status = CopyEntries(*blocks); !status.ok()) return status;
    return CopyBlocks(*blocks);
  }

  absl::Status Finish() override {
    if (absl::Status status = WriteBlock(); !status.ok()) return status;
    return file_.Finish();
  }

 private:
  absl::Status PackingFailed(size_t result) const {
    return absl::InternalError(absl::StrFormat("cannot pack articles for %s: %s",
                                               file_.path().string(), ZSTD_getErrorName(result)));
  }

  absl::Status WriteBlock() {
    if (articles_in_block_ == 0) return absl::OkStatus();
    packed_.resize(ZSTD_compressBound(raw_.size()));
    const size_t size =
        ZSTD_compress2(compressor_.get(), packed_.data(), packed_.size(), raw_.data(), raw_.size());
    if (ZSTD_isError(size)) return PackingFailed(size);
    const ArticleBlockHeader header{.packed_bytes = static_cast<uint32_t>(size),
                                    .raw_bytes = static_cast<uint32_t>(raw_.size())};
    raw_.clear();
    articles_in_block_ = 0;
    if (absl::Status status = file_.AppendData(BytesOf(header)); !status.ok()) return status;
    return file_.AppendData(std::string_view(packed_.data(), size));
  }

  // Entries of the other file are offsets in its own data, which is appended to ours.
  absl::Status CopyEntries(const ArticleBlocks& other) {
    const uint64_t shift = file_.data_bytes() << kArticleIndexBits;
    std::vector<uint64_t> entries(std::min<uint64_t>(32 << 10, other.count()));
    for (uint64_t done = 0; done < other.count();) {
      const uint64_t n = std::min<uint64_t>(entries.size(), other.count() - done);
      absl::Status status = other.ReadEntries(done, n, entries.data());
      for (uint64_t i = 0; i < n && status.ok(); ++i) {
        status = file_.AppendEntry(entries[i] + shift);
      }
      if (!status.ok()) return status;
      done += n;
    }
    return absl::OkStatus();
  }

  absl::Status CopyBlocks(const ArticleBlocks& other) {
    std::string buffer(std::min<uint64_t>(1 << 20, other.data_bytes()), '\0');
    for (uint64_t done = 0; done < other.data_bytes();) {
      const uint64_t n = std::min<uint64_t>(buffer.size(), other.data_bytes() - done);
      absl::Status status = other.ReadData(done, n, buffer.data());
      if (status.ok()) status = file_.AppendData(std::string_view(buffer.data(), n));
      if (!status.ok()) return status;
      done += n;
    }
    return absl::OkStatus();
  }

  TableFileWriter file_;
  std::string dictionary_;
  Compressor compressor_;
  std::string raw_;
  std::string packed_;
  uint64_t articles_in_block_ = 0;
};

}  // namespace

std::string TrainArticleDictionary(const std::vector<std::string>& samples) {
  uint64_t bytes = 0;
  for (const std::string& sample : samples) bytes += sample.size();
  // Takes every `step`-th sample, so that all parts of the samples are represented.
  const size_t step = static_cast<size_t>(bytes / kMaxSampleBytes) + 1;
  std::string joined;
  std::vector<size_t> sizes;
  for (size_t i = 0; i < samples.size(); i += step) {
    joined += samples[i];
    sizes.push_back(samples[i].size());
  }
  if (sizes.size() < kMinSamples) return "";
  std::string dictionary(kDictionaryBytes, '\0');
  const size_t size = ZDICT_trainFromBuffer(dictionary.data(), dictionary.size(), joined.data(),
                                            sizes.data(), static_cast<unsigned>(sizes.size()));
  // The text is too short or too uniform: blocks pack well enough without a dictionary.
  if (ZDICT_isError(size)) return "";
  dictionary.resize(size);
  return dictionary;
}

absl::StatusOr<std::unique_ptr<ArticleFileWriter>> ArticleFileWriter::Create(
    const std::filesystem::path& path, std::string_view dictionary) {
  absl::StatusOr<TableFileWriter> file = TableFileWriter::Create(path, kArticleFile, dictionary);
  if (!file.ok()) return file.status();
  auto writer = std::make_unique<ArticleWriter>(*std::move(file), std::string(dictionary));
  if (absl::Status status = writer->Start(); !status.ok()) return status;
  return writer;
}

}  // namespace broadsheet::storage
