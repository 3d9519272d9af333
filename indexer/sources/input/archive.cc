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
#include "indexer/sources/input/zip_end.h"

namespace broadsheet::sources {
namespace {

constexpr size_t kContainerBlockBytes = 64 << 10;
constexpr size_t kTarMagicAt = 257;
constexpr size_t kTarBlockBytes = 512;
constexpr std::string_view kZipEntry("PK\x03\x04", 4);
constexpr std::string_view kZipListed("PK\x01\x02", 4);

struct ArchiveDeleter {
  void operator()(archive* reader) const { archive_read_free(reader); }
};
using ArchivePointer = std::unique_ptr<archive, ArchiveDeleter>;

// Where an archive lies in a file that can be read anywhere.
struct Stretch {
  uint64_t begin = 0;
  uint64_t end = 0;
};

// What libarchive reads the archive from: anywhere in a file, since a zip's directory, which knows
// links from files, is at its end; else from the beginning on.
struct Container {
  Container(Input& archive_input, std::optional<Stretch> where)
      : input(archive_input), block(kContainerBlockBytes), stretch(where) {}

  Input& input;
  std::vector<char> block;
  const std::optional<Stretch> stretch;  // when it can be read anywhere
  uint64_t offset = 0;                   // from the beginning of the archive
  absl::Status read;                     // an error of `input`, which says more than libarchive's
  // The last bytes that were read, at most kZipEndBytes and a block.
  std::string tail;

  static Container& Self(void* self) { return *static_cast<Container*>(self); }

  absl::StatusOr<std::string_view> Next() {
    std::span<char> room = block;
    absl::StatusOr<size_t> size = 0;
    if (stretch.has_value()) {
      const uint64_t left = stretch->end - stretch->begin - offset;
      room = room.first(static_cast<size_t>(std::min<uint64_t>(left, room.size())));
      if (!room.empty()) size = input.ReadAt(stretch->begin + offset, room);
    } else {
      size = input.Read(room);
    }
    if (!size.ok()) return size.status();
    offset += *size;
    const std::string_view bytes(block.data(), *size);
    if (tail.size() > kZipEndBytes) tail.erase(0, tail.size() - kZipEndBytes);
    tail += bytes;
    return bytes;
  }

  static la_ssize_t OnRead(archive* reader, void* self, const void** data) {
    Container& container = Self(self);
    const absl::StatusOr<std::string_view> bytes = container.Next();
    if (!bytes.ok()) {
      container.read = bytes.status();
      archive_set_error(reader, EIO, "cannot read on");
      return ARCHIVE_FATAL;
    }
    *data = bytes->data();
    return static_cast<la_ssize_t>(bytes->size());
  }

  static la_int64_t OnSeek(archive* /*reader*/, void* self, la_int64_t to, int whence) {
    Container& container = Self(self);
    if (!container.stretch.has_value()) return ARCHIVE_FAILED;
    const auto end = static_cast<la_int64_t>(container.stretch->end - container.stretch->begin);
    la_int64_t target = to;
    if (whence == SEEK_CUR) target += static_cast<la_int64_t>(container.offset);
    if (whence == SEEK_END) target += end;
    if (target < 0) return ARCHIVE_FAILED;
    container.offset = static_cast<uint64_t>(std::min(target, end));
    container.tail.clear();
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
    if (!damage_.ok()) return std::exchange(damage_, absl::OkStatus());
    const void* data = nullptr;
    size_t size = 0;
    la_int64_t offset = 0;
    const int result = archive_read_data_block(reader_, &data, &size, &offset);
    if (result == ARCHIVE_EOF) return std::string_view();
    if (result == ARCHIVE_OK || result == ARCHIVE_WARN) {
      // A zip's checksum and length come last, and libarchive only warns of them.
      if (result == ARCHIVE_WARN) {
        damage_ = absl::DataLossError("what was read of the entry may be wrong: " +
                                      std::string(container_.Error(reader_).message()));
        if (size == 0) return std::exchange(damage_, absl::OkStatus());
      }
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
  // Told behind the bytes that it is about.
  absl::Status damage_;
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
  // `cat a.tar b.tar`, and a head that is zeros, would end the reading.
  (void)archive_read_set_option(reader.get(), "tar", "read_concatenated_archives", "1");
  archive_read_set_callback_data(reader.get(), &container);
  archive_read_set_read_callback(reader.get(), &Container::OnRead);
  if (container.stretch.has_value()) {
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

// What is missing at the end of an archive whose entries were all read; nothing when it is whole.
absl::StatusOr<std::string> MissingEnd(archive* reader, Container& container) {
  const bool is_zip = (archive_format(reader) & ARCHIVE_FORMAT_BASE_MASK) == ARCHIVE_FORMAT_ZIP;
  if (!is_zip) {
    const std::string_view tail = container.tail;
    const std::string_view last = tail.substr(tail.size() - std::min(tail.size(), kTarBlockBytes));
    const bool has_mark =
        last.size() == kTarBlockBytes && last.find_first_not_of('\0') == std::string_view::npos;
    return has_mark ? "" : "it ends without the mark of its end";
  }
  if (container.stretch.has_value()) {
    const uint64_t size = container.stretch->end - container.stretch->begin;
    container.offset = size - std::min<uint64_t>(size, kZipEndBytes);
    container.tail.clear();
  }
  while (true) {
    const absl::StatusOr<std::string_view> more = container.Next();
    if (!more.ok()) return more.status();
    if (more->empty()) break;
  }
  const std::optional<ZipEnd> end = FindZipEnd(container.tail, container.offset);
  if (!end.has_value()) return "it ends without its list of entries";
  // Archives that are written wrongly have the offsets modulo 4 GiB.
  constexpr uint64_t kWrapBytes = 1ULL << 32;
  const bool is_first = container.stretch.has_value() || end->begin % kWrapBytes == 0;
  const std::string_view behind =
      std::string_view(container.tail)
          .substr(container.tail.size() - (container.offset - end->end));
  if (is_first && !behind.starts_with(kZipEntry)) return "";
  return "other archives follow in the same file: unpack them one by one";
}

// Reads one archive, or several tar archives one behind the other.
absl::Status ReadOne(Container container, const ArchiveSink& sink) {
  const std::string& name = container.input.name();
  const ArchivePointer reader = Open(container);
  HeadSearch search;
  uint64_t entries = 0;
  bool is_damaged = false;
  const auto lost = [&](const std::string& why) {
    is_damaged = true;
    return sink.on_lost(name, "the archive is damaged or breaks off after " +
                                  std::to_string(entries) + " entries: " + why);
  };
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
      read = lost(std::string(container.Error(reader.get()).message()));
      if (!goes_on) return read;
    }
    if (!read.ok()) return read;
  }
  if (!is_damaged) {
    const absl::StatusOr<std::string> missing = MissingEnd(reader.get(), container);
    if (absl::IsCancelled(missing.status())) return missing.status();
    const std::string why = missing.ok() ? *missing : std::string(missing.status().message());
    if (absl::Status told = why.empty() ? absl::OkStatus() : lost(why); !told.ok()) return told;
  }
  if (entries == 0 && !is_damaged) return sink.on_unusable(name, "an archive without any file");
  return absl::OkStatus();
}

absl::Status ReadAll(Input& input, uint64_t at, uint64_t size, std::string* bytes) {
  bytes->resize(static_cast<size_t>(size));
  size_t filled = 0;
  while (filled < bytes->size()) {
    const absl::StatusOr<size_t> more =
        input.ReadAt(at + filled, std::span(*bytes).subspan(filled));
    if (!more.ok()) return more.status();
    if (*more == 0) break;
    filled += *more;
  }
  bytes->resize(filled);
  return absl::OkStatus();
}

// Where zip archives lie that are one behind the other, in their order; one stretch when there is
// one archive, or tar. The directory at the end would lead to the last one's entries only.
absl::StatusOr<std::vector<Stretch>> FindArchives(Input& input, uint64_t size) {
  // More of them are made to waste time.
  constexpr size_t kMostArchives = 1000;
  constexpr size_t kFirstTailBytes = 1024;
  std::vector<Stretch> found;
  std::string bytes;
  const auto starts_with = [&](uint64_t at, std::string_view what) -> absl::StatusOr<bool> {
    absl::Status read = ReadAll(input, at, std::min<uint64_t>(what.size(), size - at), &bytes);
    if (!read.ok()) return read;
    return bytes == what;
  };
  uint64_t end = size;
  const absl::StatusOr<bool> is_zip = starts_with(0, kZipEntry);
  if (!is_zip.ok()) return is_zip.status();
  while (*is_zip && found.size() < kMostArchives) {
    std::optional<ZipEnd> last;
    for (size_t tail = kFirstTailBytes; !last.has_value(); tail = kZipEndBytes) {
      absl::Status read = ReadAll(input, end - std::min<uint64_t>(tail, end),
                                  std::min<uint64_t>(tail, end), &bytes);
      if (!read.ok()) return read;
      last = FindZipEnd(bytes, end);
      if (tail == kZipEndBytes) break;
    }
    if (!last.has_value() || last->begin >= last->end) break;
    // A zip that breaks off may follow one that is whole.
    const absl::StatusOr<bool> another = starts_with(last->end, kZipEntry);
    const absl::StatusOr<bool> begins = starts_with(last->begin, kZipEntry);
    const absl::StatusOr<bool> listed = starts_with(last->directory, kZipListed);
    for (const auto* known : {&another, &begins, &listed}) {
      if (!known->ok()) return known->status();
    }
    if (*another && last->end < end) {
      found.push_back({.begin = last->end, .end = end});
      end = last->end;
    }
    if (last->begin == 0 || !*begins || !*listed) break;
    found.push_back({.begin = last->begin, .end = end});
    end = last->begin;
  }
  found.push_back({.begin = 0, .end = end});
  std::ranges::reverse(found);
  return found;
}

}  // namespace

bool IsArchive(std::string_view head) {
  if (head.starts_with("PK\x03\x04") || head.starts_with("PK\x05\x06")) return true;
  return head.size() > kTarMagicAt && head.substr(kTarMagicAt).starts_with("ustar");
}

absl::Status ReadArchive(Input& input, const ArchiveSink& sink) {
  const std::optional<uint64_t> size = input.SizeForReadAt();
  if (!size.has_value()) return ReadOne(Container(input, std::nullopt), sink);
  const absl::StatusOr<std::vector<Stretch>> archives = FindArchives(input, *size);
  if (!archives.ok())
    return sink.on_unusable(input.name(), std::string(archives.status().message()));
  for (const Stretch& one : *archives) {
    if (absl::Status read = ReadOne(Container(input, one), sink); !read.ok()) return read;
  }
  return absl::OkStatus();
}

}  // namespace broadsheet::sources
