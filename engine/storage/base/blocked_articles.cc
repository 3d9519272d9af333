// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/storage/base/blocked_articles.h"

#include <zstd.h>

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "absl/strings/str_format.h"
#include "engine/storage/base/article_blocks.h"
#include "engine/storage/base/article_wire.h"

namespace broadsheet::storage {
namespace {

struct FreeDecompressor {
  void operator()(ZSTD_DCtx* context) const { ZSTD_freeDCtx(context); }
};
struct FreeDictionary {
  void operator()(ZSTD_DDict* dictionary) const { ZSTD_freeDDict(dictionary); }
};
using Dictionary = std::unique_ptr<ZSTD_DDict, FreeDictionary>;

// A zstd context serves one call at a time: each thread keeps its own.
ZSTD_DCtx* ThreadDecompressor() {
  thread_local const std::unique_ptr<ZSTD_DCtx, FreeDecompressor> context(ZSTD_createDCtx());
  return context.get();
}

}  // namespace

struct BlockedArticles::Impl {
  ArticleBlocks blocks;
  // Null when the file has none.
  Dictionary dictionary;

  absl::StatusOr<std::string> Unpack(const PackedArticleBlock& packed) const {
    std::string raw(packed.raw_bytes, '\0');
    const size_t size =
        ZSTD_decompress_usingDDict(ThreadDecompressor(), raw.data(), raw.size(),
                                   packed.bytes.data(), packed.bytes.size(), dictionary.get());
    if (ZSTD_isError(size) || size != raw.size()) {
      return DamagedArticleFile(blocks.path(), "a block does not unpack");
    }
    return raw;
  }

  absl::StatusOr<v1::Article> Parse(uint32_t docid, std::string_view serialized) const {
    v1::Article article;
    if (!article.ParseFromArray(serialized.data(), static_cast<int>(serialized.size()))) {
      return NoArticle(docid);
    }
    return article;
  }

  absl::Status NoArticle(uint32_t docid) const {
    return DamagedArticleFile(blocks.path(), absl::StrFormat("article %d is no article", docid));
  }

  absl::StatusOr<std::string> ReadSerialized(uint32_t docid) const;
};

absl::StatusOr<std::string> BlockedArticles::Impl::ReadSerialized(uint32_t docid) const {
  if (docid == 0 || docid > blocks.count()) {
    return absl::OutOfRangeError(absl::StrFormat("there is no article %d in %s, which has %d",
                                                 docid, blocks.path().string(), blocks.count()));
  }
  uint64_t entry = 0;
  absl::Status status = blocks.ReadEntries(docid - 1, 1, &entry);
  if (!status.ok()) return status;
  const absl::StatusOr<PackedArticleBlock> packed = blocks.ReadBlock(entry >> kArticleIndexBits);
  if (!packed.ok()) return packed.status();
  const absl::StatusOr<std::string> raw = Unpack(*packed);
  if (!raw.ok()) return raw.status();
  ArticleBlockWalk walk(*raw);
  std::optional<std::string_view> article = walk.Next();
  for (uint64_t i = 0; i < (entry & kArticleIndexMask) && article; ++i) article = walk.Next();
  if (article) return std::string(*article);
  return DamagedArticleFile(blocks.path(), absl::StrFormat("article %d is missing", docid));
}

BlockedArticles::BlockedArticles(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
BlockedArticles::~BlockedArticles() = default;

absl::StatusOr<std::unique_ptr<BlockedArticles>> BlockedArticles::Open(
    const std::filesystem::path& path) {
  absl::StatusOr<ArticleBlocks> blocks = ArticleBlocks::Open(path);
  if (!blocks.ok()) return blocks.status();
  const absl::StatusOr<std::string> bytes = blocks->ReadDictionary();
  if (!bytes.ok()) return bytes.status();
  Dictionary dictionary;
  if (!bytes->empty()) {
    dictionary.reset(ZSTD_createDDict(bytes->data(), bytes->size()));
    if (dictionary == nullptr) return DamagedArticleFile(path, "its dictionary is none");
  }
  auto impl = std::make_unique<Impl>(
      Impl{.blocks = *std::move(blocks), .dictionary = std::move(dictionary)});
  return std::unique_ptr<BlockedArticles>(new BlockedArticles(std::move(impl)));
}

uint32_t BlockedArticles::count() const { return impl_->blocks.count(); }

absl::Status BlockedArticles::ReadCard(uint32_t docid, std::string* card) const {
  const absl::StatusOr<std::string> article = impl_->ReadSerialized(docid);
  if (!article.ok()) return article.status();
  std::optional<SplitArticle> split = SplitBody(*article);
  if (!split) return impl_->NoArticle(docid);
  *card = std::move(split->card);
  return absl::OkStatus();
}

absl::Status BlockedArticles::ReadBody(uint32_t docid, std::string* body) const {
  const absl::StatusOr<std::string> article = impl_->ReadSerialized(docid);
  if (!article.ok()) return article.status();
  const std::optional<SplitArticle> split = SplitBody(*article);
  if (!split) return impl_->NoArticle(docid);
  *body = split->body;
  return absl::OkStatus();
}

absl::Status BlockedArticles::ForEach(
    const std::function<absl::Status(uint32_t docid, v1::Article&&)>& sink) const {
  const ArticleBlocks& blocks = impl_->blocks;
  uint32_t docid = 0;
  for (uint64_t offset = 0; offset < blocks.data_bytes();) {
    const absl::StatusOr<PackedArticleBlock> packed = blocks.ReadBlock(offset);
    if (!packed.ok()) return packed.status();
    const absl::StatusOr<std::string> raw = impl_->Unpack(*packed);
    if (!raw.ok()) return raw.status();
    ArticleBlockWalk walk(*raw);
    while (const std::optional<std::string_view> serialized = walk.Next()) {
      absl::StatusOr<v1::Article> article = impl_->Parse(++docid, *serialized);
      if (!article.ok()) return article.status();
      if (absl::Status status = sink(docid, *std::move(article)); !status.ok()) return status;
    }
    if (!walk.whole()) return DamagedArticleFile(blocks.path(), "a block ends within an article");
    offset = packed->next_offset;
  }
  if (docid != count()) {
    return DamagedArticleFile(
        blocks.path(), absl::StrFormat("it holds %d articles instead of %d", docid, count()));
  }
  return absl::OkStatus();
}

}  // namespace broadsheet::storage
