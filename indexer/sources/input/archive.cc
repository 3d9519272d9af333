// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/sources/input/archive.h"

#include <archive.h>
#include <archive_entry.h>

#include <algorithm>
#include <cerrno>
#include <filesystem>
#include <optional>
#include <span>
#include <utility>
#include <vector>

#include "engine/text/utf8.h"

namespace broadsheet::sources {
namespace {

constexpr size_t kContainerBlockBytes = 64 << 10;
constexpr size_t kTarMagicAt = 257;

struct ArchiveDeleter {
  void operator()(archive* reader) const { archive_read_free(reader); }
};
using ArchivePointer = std::unique_ptr<archive, ArchiveDeleter>;

// What libarchive reads the archive from: anywhere in a file, since a zip's directory, which knows
// links from files, is at its end; else from the beginning on.
struct Container {
  explicit Container(Input& archive_input)
      : input(archive_input), block(kContainerBlockBytes), size(archive_input.SizeForReadAt()) {}

  Input& input;
  std::vector<char> block;
  const std::optional<uint64_t> size;  // when it can be read anywhere
  uint64_t offset = 0;
  absl::Status read;  // an error of `input`, which says more than libarchive's

  static Container& Self(void* self) { return *static_cast<Container*>(self); }

  static la_ssize_t OnRead(archive* reader, void* self, const void** data) {
    Container& container = Self(self);
    const absl::StatusOr<size_t> size =
        container.size.has_value() ? container.input.ReadAt(container.offset, container.block)
                                   : container.input.Read(container.block);
    if (!size.ok()) {
      container.read = size.status();
      archive_set_error(reader, EIO, "cannot read on");
      return ARCHIVE_FATAL;
    }
    container.offset += *size;
    *data = container.block.data();
    return static_cast<la_ssize_t>(*size);
  }

  static la_int64_t OnSeek(archive* /*reader*/, void* self, la_int64_t to, int whence) {
    Container& container = Self(self);
    if (!container.size.has_value()) return ARCHIVE_FAILED;
    const auto end = static_cast<la_int64_t>(*container.size);
    la_int64_t target = to;
    if (whence == SEEK_CUR) target += static_cast<la_int64_t>(container.offset);
    if (whence == SEEK_END) target += end;
    if (target < 0) return ARCHIVE_FAILED;
    container.offset = static_cast<uint64_t>(std::min(target, end));
    return static_cast<la_int64_t>(container.offset);
  }

  absl::Status Error(archive* reader) const {
    if (!read.ok()) return read;
    const char* text = archive_error_string(reader);
    return absl::DataLossError(text == nullptr ? "unknown error" : text);
  }
};

// The bytes of the entry that libarchive is at.
class EntryBytes : public StoredBytes {
 public:
  EntryBytes(archive* reader, Container& container) : reader_(reader), container_(container) {}

  absl::StatusOr<std::string_view> NextBlock() override {
    const void* data = nullptr;
    size_t size = 0;
    la_int64_t offset = 0;
    const int result = archive_read_data_block(reader_, &data, &size, &offset);
    if (result == ARCHIVE_EOF) return std::string_view();
    if (result == ARCHIVE_OK || result == ARCHIVE_WARN) {
      // libarchive's own may be gone when it comes upon the end.
      block_.assign(static_cast<const char*>(data), size);
      return std::string_view(block_);
    }
    return container_.Error(reader_);
  }

 private:
  archive* reader_;
  Container& container_;
  std::string block_;
};

// Why the entry is left out; nothing for a good one.
std::optional<std::string> WhyNot(archive_entry* entry, const std::filesystem::path& path) {
  if (archive_entry_hardlink(entry) != nullptr || archive_entry_filetype(entry) == AE_IFLNK) {
    return "a link, which may lead out of the archive: left out";
  }
  if (archive_entry_filetype(entry) != AE_IFREG) return "not a regular file: left out";
  if (archive_entry_is_encrypted(entry) == 1) return "encrypted: unpack it and give its folder";
  if (path.is_absolute()) return "a name that leads out of the archive: left out";
  for (const std::filesystem::path& part : path) {
    if (part == "..") return "a name that leads out of the archive: left out";
  }
  return std::nullopt;
}

// ".git/config", "__MACOSX/._a.xml".
bool IsHiddenEntry(const std::filesystem::path& path) {
  for (const std::filesystem::path& part : path) {
    const std::string& name = part.native();
    if (name == "__MACOSX") return true;
    if (name.starts_with('.') && name != "." && name != "..") return true;
  }
  return false;
}

ArchivePointer Open(Container& container) {
  ArchivePointer reader(archive_read_new());
  archive_read_support_format_tar(reader.get());
  archive_read_support_format_gnutar(reader.get());
  archive_read_support_format_zip(reader.get());
  archive_read_set_callback_data(reader.get(), &container);
  archive_read_set_read_callback(reader.get(), &Container::OnRead);
  if (container.size.has_value()) {
    archive_read_set_seek_callback(reader.get(), &Container::OnSeek);
  }
  // An error here comes up again with the first entry.
  (void)archive_read_open1(reader.get());
  return reader;
}

absl::Status ReadEntry(archive* reader, archive_entry* entry, Container& container,
                       const ArchiveSink& sink) {
  const char* stored_name = archive_entry_pathname(entry);
  std::string name = stored_name == nullptr ? "(without a name)" : stored_name;
  text::RepairUtf8(&name);
  const std::filesystem::path path(name);
  if (archive_entry_filetype(entry) == AE_IFDIR || IsHiddenEntry(path)) return absl::OkStatus();
  const std::string full = container.input.name() + "/" + name;
  if (const std::optional<std::string> why = WhyNot(entry, path); why.has_value()) {
    return sink.on_unusable(full, *why);
  }
  absl::StatusOr<std::unique_ptr<Input>> input =
      Input::OpenStored(std::make_unique<EntryBytes>(reader, container), full, container.input);
  if (absl::IsCancelled(input.status())) return input.status();
  if (!input.ok()) return sink.on_unusable(full, std::string(input.status().message()));
  return sink.on_file(*std::move(input));
}

// libarchive looks for the next head step by step behind a damaged one.
struct HeadSearch {
  // Counted from the damaged head.
  uint64_t steps = 0;
  // The offset in the archive that was reached, and how many steps ago.
  uint64_t offset = 0;
  uint64_t steps_there = 0;

  // Takes a step; false when there is nothing more to be found, or it comes forward no more.
  bool GoesOn(int result, uint64_t now) {
    constexpr uint64_t kMostSteps = 10'000;
    steps = offset == 0 ? 0 : steps + 1;
    steps_there = now == offset ? steps_there + 1 : 0;
    offset = now;
    return result == ARCHIVE_RETRY && steps_there < kMostSteps;
  }
};

}  // namespace

bool IsArchive(std::string_view head) {
  if (head.starts_with("PK\x03\x04") || head.starts_with("PK\x05\x06")) return true;
  return head.size() > kTarMagicAt && head.substr(kTarMagicAt).starts_with("ustar");
}

absl::Status ReadArchive(Input& input, const ArchiveSink& sink) {
  Container container(input);
  const ArchivePointer reader = Open(container);
  HeadSearch search;
  uint64_t entries = 0;
  while (true) {
    archive_entry* entry = nullptr;
    const int result = archive_read_next_header(reader.get(), &entry);
    if (result == ARCHIVE_EOF) break;
    if (absl::IsCancelled(container.read)) return container.read;
    absl::Status read;
    if (result == ARCHIVE_OK || result == ARCHIVE_WARN) {
      search = {};
      ++entries;
      read = ReadEntry(reader.get(), entry, container, sink);
    } else if (const bool goes_on = search.GoesOn(result, container.offset);
               search.steps == 0 || !goes_on) {
      const std::string why(container.Error(reader.get()).message());
      read = sink.on_lost(input.name(), "the archive is damaged or breaks off after " +
                                            std::to_string(entries) + " entries: " + why);
      if (!goes_on) return read;
    }
    if (!read.ok()) return read;
  }
  if (entries == 0) return sink.on_unusable(input.name(), "an archive without any file");
  return absl::OkStatus();
}

}  // namespace broadsheet::sources
