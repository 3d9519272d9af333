// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/sources/input/input.h"

#include <archive.h>
#include <archive_entry.h>
#include <poll.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <utility>
#include <vector>

#include "absl/strings/str_format.h"
#include "indexer/sources/input/gunzip.h"
#include "indexer/sources/input/open_file.h"

namespace broadsheet::sources {
namespace {

constexpr size_t kBlockBytes = 256 << 10;
// How long an interrupted build may go on waiting for silent input.
constexpr int kCancelCheckMs = 200;

bool IsRegularFile(int descriptor) {
  struct stat info {};
  return fstat(descriptor, &info) == 0 && S_ISREG(info.st_mode);
}

}  // namespace

struct Input::Impl {
  std::string name;
  InputOptions options;
  // Where the stored bytes come from: `stored`, a descriptor, or, without these, `bytes`.
  std::unique_ptr<StoredBytes> stored;
  int descriptor = -1;
  base::FileDescriptor owned;
  // Whether there may be nothing to read yet: never so in a regular file, of which those of the
  // kernel's that wait do so for ever.
  bool waits = true;
  std::string bytes;
  bool bytes_given = false;

  std::vector<char> block;
  // The stored bytes that were looked at to tell gzip, and whether they are still to be given.
  std::string first;
  bool first_given = false;
  std::unique_ptr<Gunzip> gunzip;
  // Why there are no more stored bytes, when it is not their end.
  absl::Status failed;
  // What the unpacker has given and nobody has taken yet; its memory.
  std::string_view unpacked;
  std::string peeked;
  size_t peeked_begin = 0;
  uint64_t bytes_read = 0;
  uint64_t stored_bytes_read = 0;
  bool at_end = false;
  archive* unpacker = nullptr;
  std::shared_ptr<UnpackCount> count = std::make_shared<UnpackCount>();

  ~Impl() {
    if (unpacker != nullptr) archive_read_free(unpacker);
  }

  absl::Status Start();
  absl::Status Error() const;
  absl::Status CheckRatio() const;
  void CountStored(uint64_t size) {
    stored_bytes_read += size;
    // What is inside an archive was counted when the archive was read.
    if (stored == nullptr) count->on_disk += size;
  }
  bool IsCancelled() const { return options.cancelled && options.cancelled(); }
  void AwaitDescriptor();
  absl::Status TellGzip();
  absl::StatusOr<std::string_view> NextOfDescriptor();
  absl::StatusOr<std::string_view> NextStored();
  absl::StatusOr<std::string_view> NextFromFirst();
  absl::StatusOr<std::string_view> NextUnzipped();
  absl::StatusOr<size_t> Unpack(std::span<char> buffer);

  static la_ssize_t OnRead(archive* reader, void* self, const void** data);
};

// Standard input may stay silent for ever, and a pipe whose writer has not come yet would be read
// as empty. A signal that comes between looking at the flag and reading would not wake the read, so
// the wait is in steps.
void Input::Impl::AwaitDescriptor() {
  pollfd waiting = {.fd = descriptor, .events = POLLIN, .revents = 0};
  while (!IsCancelled()) {
    const int ready = poll(&waiting, 1, options.cancelled ? kCancelCheckMs : -1);
    if (ready > 0 || (ready < 0 && errno != EINTR)) return;
  }
}

absl::StatusOr<std::string_view> Input::Impl::NextOfDescriptor() {
  while (true) {
    if (waits) AwaitDescriptor();
    if (IsCancelled()) return absl::CancelledError("cancelled");
    const ssize_t size = read(descriptor, block.data(), block.size());
    if (size >= 0) return std::string_view(block.data(), static_cast<size_t>(size));
    if (errno == EAGAIN && !waits) {
      return absl::UnavailableError(
          "has nothing to read for now, and whether it ever will cannot "
          "be told: a file of the kernel, not of articles");
    }
    if (errno != EINTR && errno != EAGAIN) {
      return absl::UnavailableError(std::string("reading failed: ") + std::strerror(errno));
    }
  }
}

absl::StatusOr<std::string_view> Input::Impl::NextStored() {
  absl::StatusOr<std::string_view> next = std::string_view();
  if (stored != nullptr) {
    next = stored->NextBlock();
  } else if (descriptor >= 0) {
    next = NextOfDescriptor();
  } else if (!std::exchange(bytes_given, true)) {
    next = std::string_view(bytes);
  }
  if (next.ok()) CountStored(next->size());
  return next;
}

// A pipe may give its first bytes one by one.
absl::Status Input::Impl::TellGzip() {
  constexpr size_t kEnough = 3;
  while (first.size() < kEnough) {
    const absl::StatusOr<std::string_view> next = NextStored();
    if (!next.ok()) return next.status();
    if (next->empty()) break;
    first += *next;
  }
  if (IsGzip(first)) gunzip = std::make_unique<Gunzip>([this] { return NextFromFirst(); });
  return absl::OkStatus();
}

absl::StatusOr<std::string_view> Input::Impl::NextFromFirst() {
  if (!std::exchange(first_given, true)) return std::string_view(first);
  return NextStored();
}

absl::StatusOr<std::string_view> Input::Impl::NextUnzipped() {
  if (first.empty() && !first_given) {
    if (absl::Status told = TellGzip(); !told.ok()) return told;
  }
  return gunzip == nullptr ? NextFromFirst() : gunzip->Next();
}

la_ssize_t Input::Impl::OnRead(archive* reader, void* self, const void** data) {
  auto& impl = *static_cast<Impl*>(self);
  const absl::StatusOr<std::string_view> next = impl.NextUnzipped();
  if (!next.ok()) {
    impl.failed = next.status();
    archive_set_error(reader, EIO, "cannot read on");
    return -1;
  }
  *data = next->data();
  return static_cast<la_ssize_t>(next->size());
}

// Only these unpackers: libarchive's whole set would start other programs for some and decode
// articles that happen to look like uuencoded mail. gzip is unpacked before it comes here.
absl::Status Input::Impl::Start() {
  if (descriptor >= 0) block.resize(kBlockBytes);
  unpacker = archive_read_new();
  archive_read_support_filter_bzip2(unpacker);
  archive_read_support_filter_xz(unpacker);
  archive_read_support_filter_zstd(unpacker);
  archive_read_support_format_raw(unpacker);
  archive_read_support_format_empty(unpacker);
  if (archive_read_open(unpacker, this, nullptr, &Impl::OnRead, nullptr) != ARCHIVE_OK) {
    return Error();
  }
  archive_entry* entry = nullptr;
  const int result = archive_read_next_header(unpacker, &entry);
  if (result == ARCHIVE_EOF) {
    at_end = true;
  } else if (result != ARCHIVE_OK && result != ARCHIVE_WARN) {
    return Error();
  }
  return absl::OkStatus();
}

absl::Status Input::Impl::Error() const {
  if (!failed.ok()) return failed;
  const char* text = archive_error_string(unpacker);
  const std::string why = text == nullptr ? "unknown error" : text;
  return absl::DataLossError("the packed data is damaged or breaks off: " + why);
}

absl::Status Input::Impl::CheckRatio() const {
  if (count->unpacked <= kAlwaysUnpackedBytes ||
      count->unpacked / kMaxUnpackRatio <= count->on_disk) {
    return absl::OkStatus();
  }
  return absl::DataLossError(absl::StrFormat(
      "unpacks to more than %d times its size (%d bytes from %d on disk): refused as a "
      "decompression bomb",
      kMaxUnpackRatio, count->unpacked, count->on_disk));
}

// Block by block: archive_read_data would throw away what it has copied when a later block of the
// same call is damaged.
absl::StatusOr<size_t> Input::Impl::Unpack(std::span<char> buffer) {
  if (buffer.empty()) return 0;
  while (unpacked.empty() && !at_end) {
    const void* data = nullptr;
    size_t size = 0;
    la_int64_t offset = 0;
    const int result = archive_read_data_block(unpacker, &data, &size, &offset);
    if (result == ARCHIVE_OK || result == ARCHIVE_WARN) {
      unpacked = {static_cast<const char*>(data), size};
      count->unpacked += size;
      if (absl::Status fine = CheckRatio(); !fine.ok()) {
        unpacked = {};
        at_end = true;
        return fine;
      }
      continue;
    }
    at_end = true;
    if (result != ARCHIVE_EOF) return Error();
  }
  if (unpacked.empty()) return 0;
  const size_t size = std::min(buffer.size(), unpacked.size());
  std::memcpy(buffer.data(), unpacked.data(), size);
  unpacked.remove_prefix(size);
  return size;
}

Input::Input(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Input::~Input() = default;

absl::StatusOr<std::unique_ptr<Input>> Input::OpenFile(const std::filesystem::path& path,
                                                       const InputOptions& options) {
  absl::StatusOr<base::FileDescriptor> opened = OpenNamed(path);
  if (!opened.ok()) return opened.status();
  return OpenOwned(*std::move(opened), path.string(), options);
}

absl::StatusOr<std::unique_ptr<Input>> Input::OpenOwned(base::FileDescriptor opened,
                                                        std::string name,
                                                        const InputOptions& options) {
  auto impl = std::make_unique<Impl>();
  impl->name = std::move(name);
  impl->options = options;
  impl->descriptor = opened.get();
  impl->owned = std::move(opened);
  impl->waits = !IsRegularFile(impl->descriptor);
  if (absl::Status started = impl->Start(); !started.ok()) return started;
  return std::unique_ptr<Input>(new Input(std::move(impl)));
}

absl::StatusOr<std::unique_ptr<Input>> Input::OpenDescriptor(int descriptor, std::string name,
                                                             const InputOptions& options) {
  auto impl = std::make_unique<Impl>();
  impl->name = std::move(name);
  impl->options = options;
  impl->descriptor = descriptor;
  if (absl::Status started = impl->Start(); !started.ok()) return started;
  return std::unique_ptr<Input>(new Input(std::move(impl)));
}

absl::StatusOr<std::unique_ptr<Input>> Input::OpenBytes(std::string bytes, std::string name) {
  auto impl = std::make_unique<Impl>();
  impl->name = std::move(name);
  impl->bytes = std::move(bytes);
  if (absl::Status started = impl->Start(); !started.ok()) return started;
  return std::unique_ptr<Input>(new Input(std::move(impl)));
}

absl::StatusOr<std::unique_ptr<Input>> Input::OpenStored(std::unique_ptr<StoredBytes> stored,
                                                         std::string name, Input& container) {
  auto impl = std::make_unique<Impl>();
  impl->name = std::move(name);
  impl->options = container.impl_->options;
  impl->stored = std::move(stored);
  impl->count = container.impl_->count;
  if (absl::Status started = impl->Start(); !started.ok()) return started;
  return std::unique_ptr<Input>(new Input(std::move(impl)));
}

std::optional<uint64_t> Input::SizeForReadAt() const {
  // The last filter is the bytes as they are.
  const bool is_packed = impl_->gunzip != nullptr || archive_filter_count(impl_->unpacker) > 1;
  struct stat info {};
  if (is_packed || impl_->descriptor < 0 || fstat(impl_->descriptor, &info) != 0 ||
      !S_ISREG(info.st_mode)) {
    return std::nullopt;
  }
  return static_cast<uint64_t>(info.st_size);
}

absl::StatusOr<size_t> Input::ReadAt(uint64_t offset, std::span<char> buffer) {
  if (!SizeForReadAt().has_value()) {
    return absl::UnimplementedError("only a file that is not packed can be read anywhere");
  }
  while (true) {
    const ssize_t size =
        pread(impl_->descriptor, buffer.data(), buffer.size(), static_cast<off_t>(offset));
    if (size >= 0) {
      impl_->CountStored(static_cast<uint64_t>(size));
      return static_cast<size_t>(size);
    }
    if (errno != EINTR) {
      return absl::UnavailableError(std::string("reading failed: ") + std::strerror(errno));
    }
  }
}

const std::string& Input::name() const { return impl_->name; }
uint64_t Input::bytes_read() const { return impl_->bytes_read; }
uint64_t Input::stored_bytes_read() const { return impl_->stored_bytes_read; }

absl::StatusOr<std::string_view> Input::Peek(size_t size) {
  std::string& peeked = impl_->peeked;
  peeked.erase(0, std::exchange(impl_->peeked_begin, 0));
  while (peeked.size() < size) {
    const size_t before = peeked.size();
    peeked.resize(size);
    absl::StatusOr<size_t> more = impl_->Unpack(std::span(peeked).subspan(before));
    peeked.resize(before + more.value_or(0));
    // What was read before the data broke is still good; Read will come upon the end.
    if (!more.ok() && before == 0) return more.status();
    if (!more.ok() || *more == 0) break;
  }
  return std::string_view(peeked).substr(0, size);
}

absl::StatusOr<size_t> Input::Read(std::span<char> buffer) {
  Impl& impl = *impl_;
  if (impl.peeked_begin < impl.peeked.size()) {
    const size_t size = std::min(buffer.size(), impl.peeked.size() - impl.peeked_begin);
    std::memcpy(buffer.data(), impl.peeked.data() + impl.peeked_begin, size);
    impl.peeked_begin += size;
    impl.bytes_read += size;
    return size;
  }
  absl::StatusOr<size_t> size = impl.Unpack(buffer);
  impl.bytes_read += size.value_or(0);
  return size;
}

}  // namespace broadsheet::sources
