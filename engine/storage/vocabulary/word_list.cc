// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/storage/vocabulary/word_list.h"

#include <algorithm>

#include "engine/base/first_behind.h"
#include "engine/text/char_class.h"

namespace broadsheet::storage {
namespace {

// The data are the words, one after the other; the entry of a word is its end in them, and above
// that the number of its articles.
constexpr TableFileKind kWordsFile{.magic = "BSWORDSL", .version = 1};
constexpr int kEndBits = 40;
constexpr uint64_t kEndMask = (uint64_t{1} << kEndBits) - 1;
// Ends the folded form where the word is written otherwise.
constexpr char kFoldedEnd = '\0';

// Bytes. What is longer is an address, or words that lost their spaces.
constexpr size_t kMostWordBytes = 64;

}  // namespace

bool MayBeListed(std::string_view written) {
  if (written.empty() || written.size() > kMostWordBytes) return false;
  if (text::IsAscii(written.front())) return text::IsAsciiAlpha(written.front());
  const UChar32 first = text::CharacterAt(written, 0).code_point;
  return text::CharClasses::Get().Of(first) == text::CharClass::kWord && u_isalpha(first) != 0;
}

std::string EncodeWord(const ListedWord& word) {
  std::string bytes(word.folded);
  if (word.written != word.folded) {
    bytes.push_back(kFoldedEnd);
    bytes.append(word.written);
  }
  return bytes;
}

ListedWord DecodeWord(std::string_view bytes) {
  const size_t end = bytes.find(kFoldedEnd);
  if (end == std::string_view::npos) return {.folded = bytes, .written = bytes};
  return {.folded = bytes.substr(0, end), .written = bytes.substr(end + 1)};
}

absl::StatusOr<WordListWriter> WordListWriter::Create(const std::filesystem::path& path) {
  absl::StatusOr<TableFileWriter> file = TableFileWriter::Create(path, kWordsFile, "");
  if (!file.ok()) return file.status();
  return WordListWriter(*std::move(file));
}

absl::Status WordListWriter::Append(std::string_view word, uint64_t articles) {
  if (absl::Status status = file_.AppendData(word); !status.ok()) return status;
  const uint64_t stored = std::min<uint64_t>(articles, WordList::kMostArticles);
  return file_.AppendEntry(stored << kEndBits | (file_.data_bytes() & kEndMask));
}

struct WordList::Impl {
  MappedTable table;
};

WordList::WordList(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
WordList::~WordList() = default;

absl::StatusOr<std::unique_ptr<WordList>> WordList::Open(const std::filesystem::path& path) {
  absl::StatusOr<MappedTable> table = MapTableFile(path, kWordsFile);
  if (!table.ok()) return table.status();
  // An end has to fit into an entry.
  if (table->data.size() > kEndMask) return BadTableSizes(path);
  return std::unique_ptr<WordList>(
      new WordList(std::make_unique<Impl>(Impl{.table = *std::move(table)})));
}

uint32_t WordList::count() const { return static_cast<uint32_t>(impl_->table.entries.size()); }

bool WordList::lost() const { return impl_->table.file.lost(); }

std::string_view WordList::BytesAt(uint32_t place) const {
  if (place >= count()) return {};
  const uint64_t begin = place == 0 ? 0 : impl_->table.entries[place - 1] & kEndMask;
  const uint64_t end = impl_->table.entries[place] & kEndMask;
  if (begin > end || end > impl_->table.data.size()) return {};
  return impl_->table.data.substr(begin, end - begin);
}

ListedWord WordList::At(uint32_t place) const { return DecodeWord(BytesAt(place)); }

uint32_t WordList::ArticlesAt(uint32_t place) const {
  return place < count() ? static_cast<uint32_t>(impl_->table.entries[place] >> kEndBits) : 0;
}

WordRange WordList::WithPrefix(std::string_view prefix) const {
  const uint32_t begin =
      base::FirstBehind(0, count(), [&](uint32_t place) { return BytesAt(place) >= prefix; });
  const uint32_t end = base::FirstBehind(begin, count(), [&](uint32_t place) {
    return BytesAt(place).substr(0, prefix.size()) > prefix;
  });
  return {.begin = begin, .end = end};
}

}  // namespace broadsheet::storage
