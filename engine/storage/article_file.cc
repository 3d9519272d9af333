// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/storage/article_file.h"

#include <zdict.h>
#include <zstd.h>

#include <cstring>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_format.h"
#include "engine/storage/file_reader.h"
#include "engine/storage/table_file.h"

namespace broadsheet::storage {
namespace {

// The preamble is the dictionary. Data are blocks: a BlockHeader, then one zstd frame that unpacks
// to articles, each behind its length in 32 bits. The entry of a document is the offset of its
// block within the data, shifted by kIndexBits, and its index in the block.
constexpr TableFileKind kArticleFile{.magic = "BSARTICL", .version = 1};
constexpr int kIndexBits = 16;
constexpr uint64_t kIndexMask = (1U << kIndexBits) - 1;

struct BlockHeader {
  uint32_t packed_bytes;
  uint32_t raw_bytes;
};

// Chosen by measurement: docs/index_format.md.
constexpr size_t kBlockBytes = 16 << 10;
constexpr int kCompressionLevel = 6;
constexpr size_t kDictionaryBytes = 112 << 10;
// ZDICT needs some samples, and more than its result to choose from.
constexpr size_t kMinSamples = 16;
// One read fetches the header and, nearly always, the whole block.
constexpr size_t kFirstReadBytes = 12 << 10;
// Above anything the writer makes (schema::kMaxArticleBytes is 8 MiB): a damaged length is refused
// before memory is asked for.
constexpr uint32_t kMaxBlockBytes = 64 << 20;

absl::Status Damaged(const std::filesystem::path& path, std::string_view why) {
  return absl::DataLossError(absl::StrFormat("%s is damaged: %s", path.string(), why));
}

struct FreeCompressor {
  void operator()(ZSTD_CCtx* context) const { ZSTD_freeCCtx(context); }
};
struct FreeDecompressor {
  void operator()(ZSTD_DCtx* context) const { ZSTD_freeDCtx(context); }
};
struct FreeDictionary {
  void operator()(ZSTD_DDict* dictionary) const { ZSTD_freeDDict(dictionary); }
};
using Compressor = std::unique_ptr<ZSTD_CCtx, FreeCompressor>;
using Dictionary = std::unique_ptr<ZSTD_DDict, FreeDictionary>;

// A zstd context serves one call at a time: each thread keeps its own.
ZSTD_DCtx* ThreadDecompressor() {
  thread_local const std::unique_ptr<ZSTD_DCtx, FreeDecompressor> context(ZSTD_createDCtx());
  return context.get();
}

// A walk over the articles of an unpacked block.
class BlockWalk {
 public:
  explicit BlockWalk(std::string_view raw) : rest_(raw) {}
  // nullopt at the end and where a length runs out of the block; whole() tells the two apart.
  std::optional<std::string_view> Next() {
    uint32_t length = 0;
    if (rest_.size() < sizeof(length)) return std::nullopt;
    std::memcpy(&length, rest_.data(), sizeof(length));
    if (length > rest_.size() - sizeof(length)) return std::nullopt;
    const std::string_view article = rest_.substr(sizeof(length), length);
    rest_.remove_prefix(sizeof(length) + length);
    return article;
  }
  bool whole() const { return rest_.empty(); }

 private:
  std::string_view rest_;
};

// The parts of an article file that both readers and AppendFile need.
struct Blocks {
  FileReader file;
  TableFileShape shape;

  static absl::StatusOr<Blocks> Open(const std::filesystem::path& path) {
    absl::StatusOr<FileReader> file = FileReader::Open(path);
    if (!file.ok()) return file.status();
    const absl::StatusOr<TableFileShape> shape = ReadTableFileShape(*file, kArticleFile);
    if (!shape.ok()) return shape.status();
    if (shape->count > UINT32_MAX) return Damaged(path, "its sizes do not add up");
    return Blocks{.file = *std::move(file), .shape = *shape};
  }

  uint64_t data_bytes() const { return shape.data_end - shape.data_begin; }

  absl::StatusOr<std::string> ReadDictionary() const {
    std::string dictionary(shape.data_begin - shape.preamble_begin, '\0');
    absl::Status status = file.ReadAt(shape.preamble_begin, dictionary.size(), dictionary.data());
    if (!status.ok()) return status;
    return dictionary;
  }

  // The packed block at `offset` of the data, without its header, and the size it unpacks to.
  struct Packed {
    std::string bytes;
    uint32_t raw_bytes = 0;
    uint64_t next_offset = 0;
  };
  absl::StatusOr<Packed> ReadPacked(uint64_t offset) const;
};

absl::StatusOr<Blocks::Packed> Blocks::ReadPacked(uint64_t offset) const {
  BlockHeader header;
  if (offset > data_bytes() || data_bytes() - offset < sizeof(header)) {
    return Damaged(file.path(), "an entry points outside its blocks");
  }
  const uint64_t available = data_bytes() - offset;
  std::string buffer(std::min<uint64_t>(kFirstReadBytes, available), '\0');
  const uint64_t start = shape.data_begin + offset;
  absl::Status status = file.ReadAt(start, buffer.size(), buffer.data());
  if (!status.ok()) return status;
  std::memcpy(&header, buffer.data(), sizeof(header));
  if (header.packed_bytes > available - sizeof(header) || header.raw_bytes > kMaxBlockBytes) {
    return Damaged(file.path(), absl::StrFormat("the block at byte %d has no valid size", start));
  }
  const size_t had = buffer.size();
  const size_t wanted = sizeof(header) + header.packed_bytes;
  buffer.resize(wanted);
  if (wanted > had) {
    status = file.ReadAt(start + had, wanted - had, buffer.data() + had);
    if (!status.ok()) return status;
  }
  buffer.erase(0, sizeof(header));
  return Packed{
      .bytes = std::move(buffer), .raw_bytes = header.raw_bytes, .next_offset = offset + wanted};
}

}  // namespace

std::string TrainArticleDictionary(const std::vector<std::string>& samples) {
  std::string joined;
  std::vector<size_t> sizes;
  for (const std::string& sample : samples) {
    joined += sample;
    sizes.push_back(sample.size());
  }
  if (sizes.size() < kMinSamples) return "";
  std::string dictionary(kDictionaryBytes, '\0');
  const size_t size = ZDICT_trainFromBuffer(dictionary.data(), dictionary.size(), joined.data(),
                                            sizes.data(), static_cast<unsigned>(sizes.size()));
  // Too little or too uniform a text: blocks pack well enough without.
  if (ZDICT_isError(size)) return "";
  dictionary.resize(size);
  return dictionary;
}

namespace {

class Writer : public ArticleFileWriter {
 public:
  Writer(TableFileWriter file, std::string dictionary)
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
    if (serialized.size() > kMaxBlockBytes / 2) {
      return absl::InvalidArgumentError(
          absl::StrFormat("cannot store an article of %d bytes", serialized.size()));
    }
    const auto length = static_cast<uint32_t>(serialized.size());
    raw_ += BytesOf(length);
    raw_ += serialized;
    const absl::Status status =
        file_.AppendEntry((file_.data_bytes() << kIndexBits) | articles_in_block_);
    if (!status.ok()) return status;
    ++articles_in_block_;
    const bool full = raw_.size() >= kBlockBytes || articles_in_block_ > kIndexMask;
    return full ? WriteBlock() : absl::OkStatus();
  }

  absl::Status AppendFile(const std::filesystem::path& other) override {
    if (absl::Status status = WriteBlock(); !status.ok()) return status;
    const absl::StatusOr<Blocks> blocks = Blocks::Open(other);
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
    const BlockHeader header{.packed_bytes = static_cast<uint32_t>(size),
                             .raw_bytes = static_cast<uint32_t>(raw_.size())};
    raw_.clear();
    articles_in_block_ = 0;
    if (absl::Status status = file_.AppendData(BytesOf(header)); !status.ok()) return status;
    return file_.AppendData(std::string_view(packed_.data(), size));
  }

  // Entries of the other file point into its own data, which comes to lie behind ours.
  absl::Status CopyEntries(const Blocks& other) {
    const uint64_t shift = file_.data_bytes() << kIndexBits;
    std::vector<uint64_t> entries(32 << 10);
    for (uint64_t done = 0; done < other.shape.count;) {
      const uint64_t n = std::min<uint64_t>(entries.size(), other.shape.count - done);
      absl::Status status =
          other.file.ReadAt(other.shape.table_begin + done * sizeof(uint64_t), n * sizeof(uint64_t),
                            reinterpret_cast<char*>(entries.data()));
      for (uint64_t i = 0; i < n && status.ok(); ++i) {
        status = file_.AppendEntry(entries[i] + shift);
      }
      if (!status.ok()) return status;
      done += n;
    }
    return absl::OkStatus();
  }

  absl::Status CopyBlocks(const Blocks& other) {
    std::string buffer(1 << 20, '\0');
    for (uint64_t done = 0; done < other.data_bytes();) {
      const uint64_t n = std::min<uint64_t>(buffer.size(), other.data_bytes() - done);
      absl::Status status = other.file.ReadAt(other.shape.data_begin + done, n, buffer.data());
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

absl::StatusOr<std::unique_ptr<ArticleFileWriter>> ArticleFileWriter::Create(
    const std::filesystem::path& path, std::string_view dictionary) {
  absl::StatusOr<TableFileWriter> file = TableFileWriter::Create(path, kArticleFile, dictionary);
  if (!file.ok()) return file.status();
  auto writer = std::make_unique<Writer>(*std::move(file), std::string(dictionary));
  if (absl::Status status = writer->Start(); !status.ok()) return status;
  return writer;
}

struct ArticleFile::Impl {
  Blocks blocks;
  // Null when the file has none.
  Dictionary dictionary;

  absl::StatusOr<std::string> Unpack(const Blocks::Packed& packed) const {
    std::string raw(packed.raw_bytes, '\0');
    const size_t size =
        ZSTD_decompress_usingDDict(ThreadDecompressor(), raw.data(), raw.size(),
                                   packed.bytes.data(), packed.bytes.size(), dictionary.get());
    if (ZSTD_isError(size) || size != raw.size()) {
      return Damaged(blocks.file.path(), "a block does not unpack");
    }
    return raw;
  }

  absl::StatusOr<v1::Article> Parse(uint32_t docid, std::string_view serialized) const {
    v1::Article article;
    if (!article.ParseFromArray(serialized.data(), static_cast<int>(serialized.size()))) {
      return Damaged(blocks.file.path(), absl::StrFormat("article %d is no article", docid));
    }
    return article;
  }
};

ArticleFile::ArticleFile(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
ArticleFile::~ArticleFile() = default;

absl::StatusOr<std::unique_ptr<ArticleFile>> ArticleFile::Open(const std::filesystem::path& path) {
  absl::StatusOr<Blocks> blocks = Blocks::Open(path);
  if (!blocks.ok()) return blocks.status();
  const absl::StatusOr<std::string> bytes = blocks->ReadDictionary();
  if (!bytes.ok()) return bytes.status();
  Dictionary dictionary;
  if (!bytes->empty()) {
    dictionary.reset(ZSTD_createDDict(bytes->data(), bytes->size()));
    if (dictionary == nullptr) return Damaged(path, "its dictionary is none");
  }
  auto impl = std::make_unique<Impl>(
      Impl{.blocks = *std::move(blocks), .dictionary = std::move(dictionary)});
  return std::unique_ptr<ArticleFile>(new ArticleFile(std::move(impl)));
}

uint32_t ArticleFile::count() const { return static_cast<uint32_t>(impl_->blocks.shape.count); }

absl::StatusOr<v1::Article> ArticleFile::Read(uint32_t docid) const {
  const Blocks& blocks = impl_->blocks;
  if (docid == 0 || docid > count()) {
    return absl::OutOfRangeError(absl::StrFormat("there is no article %d in %s, which has %d",
                                                 docid, blocks.file.path().string(), count()));
  }
  uint64_t entry = 0;
  absl::Status status = blocks.file.ReadAt(blocks.shape.table_begin + (docid - 1) * sizeof(entry),
                                           sizeof(entry), reinterpret_cast<char*>(&entry));
  if (!status.ok()) return status;
  const absl::StatusOr<Blocks::Packed> packed = blocks.ReadPacked(entry >> kIndexBits);
  if (!packed.ok()) return packed.status();
  const absl::StatusOr<std::string> raw = impl_->Unpack(*packed);
  if (!raw.ok()) return raw.status();
  BlockWalk walk(*raw);
  std::optional<std::string_view> article = walk.Next();
  for (uint64_t i = 0; i < (entry & kIndexMask) && article; ++i) article = walk.Next();
  if (!article) return Damaged(blocks.file.path(), absl::StrFormat("article %d is missing", docid));
  return impl_->Parse(docid, *article);
}

absl::Status ArticleFile::ForEach(
    const std::function<absl::Status(uint32_t docid, v1::Article&&)>& sink) const {
  const Blocks& blocks = impl_->blocks;
  uint32_t docid = 0;
  for (uint64_t offset = 0; offset < blocks.data_bytes();) {
    const absl::StatusOr<Blocks::Packed> packed = blocks.ReadPacked(offset);
    if (!packed.ok()) return packed.status();
    const absl::StatusOr<std::string> raw = impl_->Unpack(*packed);
    if (!raw.ok()) return raw.status();
    BlockWalk walk(*raw);
    while (const std::optional<std::string_view> serialized = walk.Next()) {
      absl::StatusOr<v1::Article> article = impl_->Parse(++docid, *serialized);
      if (!article.ok()) return article.status();
      if (absl::Status status = sink(docid, *std::move(article)); !status.ok()) return status;
    }
    if (!walk.whole()) return Damaged(blocks.file.path(), "a block ends within an article");
    offset = packed->next_offset;
  }
  if (docid != count()) {
    return Damaged(blocks.file.path(),
                   absl::StrFormat("it holds %d articles instead of %d", docid, count()));
  }
  return absl::OkStatus();
}

}  // namespace broadsheet::storage
