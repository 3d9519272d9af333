// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/sources/input.h"

#include <archive.h>
#include <archive_entry.h>
#include <fcntl.h>
#include <poll.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"

namespace broadsheet::sources {
namespace {

constexpr size_t kBlockBytes = 256 << 10;
// How long an interrupted build may go on waiting for silent input.
constexpr int kCancelCheckMs = 200;

absl::Status OpenError(int error) {
  const std::string why = std::strerror(error);
  if (error == ENOENT || error == ENOTDIR) return absl::NotFoundError(why);
  if (error == EACCES || error == EPERM) return absl::PermissionDeniedError(why);
  return absl::UnavailableError(why);
}

}  // namespace

struct Input::Impl {
  std::string name;
  InputOptions options;
  // Where the stored bytes come from: a descriptor, or, when that is -1, `bytes`.
  int descriptor = -1;
  bool owns_descriptor = false;
  std::string bytes;
  bool bytes_given = false;

  std::vector<char> block;
  // What the unpacker has given and nobody has taken yet; its memory.
  std::string_view unpacked;
  std::string peeked;
  size_t peeked_begin = 0;
  uint64_t bytes_read = 0;
  uint64_t stored_bytes_read = 0;
  bool at_end = false;
  bool cancelled = false;
  archive* unpacker = nullptr;

  ~Impl() {
    if (unpacker != nullptr) archive_read_free(unpacker);
    if (owns_descriptor) close(descriptor);
  }

  absl::Status Start();
  absl::Status Error() const;
  absl::StatusOr<size_t> Unpack(std::span<char> buffer);
  la_ssize_t NextBlock(archive* reader, const void** data);

  static la_ssize_t OnRead(archive* reader, void* self, const void** data) {
    return static_cast<Impl*>(self)->NextBlock(reader, data);
  }
};

la_ssize_t Input::Impl::NextBlock(archive* reader, const void** data) {
  if (descriptor < 0) {
    *data = bytes.data();
    const size_t size = std::exchange(bytes_given, true) ? 0 : bytes.size();
    stored_bytes_read += size;
    return static_cast<la_ssize_t>(size);
  }
  while (true) {
    // Standard input may stay silent for ever. A signal that comes between looking at the flag and
    // reading would not wake the read, so the wait is in steps.
    if (options.cancelled) {
      pollfd waiting = {.fd = descriptor, .events = POLLIN, .revents = 0};
      while (!options.cancelled() && poll(&waiting, 1, kCancelCheckMs) == 0) {
      }
    }
    if (options.cancelled && options.cancelled()) {
      cancelled = true;
      archive_set_error(reader, ECANCELED, "cancelled");
      return -1;
    }
    const ssize_t size = read(descriptor, block.data(), block.size());
    if (size >= 0) {
      *data = block.data();
      stored_bytes_read += static_cast<uint64_t>(size);
      return size;
    }
    if (errno != EINTR) {
      archive_set_error(reader, errno, "reading failed: %s", std::strerror(errno));
      return -1;
    }
  }
}

// Only these unpackers: libarchive's whole set would start other programs for some and decode
// articles that happen to look like uuencoded mail.
absl::Status Input::Impl::Start() {
  block.resize(kBlockBytes);
  unpacker = archive_read_new();
  archive_read_support_filter_gzip(unpacker);
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
  if (cancelled) return absl::CancelledError("cancelled");
  const char* text = archive_error_string(unpacker);
  const std::string why = text == nullptr ? "unknown error" : text;
  if (why.starts_with("reading failed")) return absl::UnavailableError(why);
  return absl::DataLossError("the packed data is damaged or breaks off: " + why);
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
  const int descriptor = open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (descriptor < 0) return OpenError(errno);
  auto impl = std::make_unique<Impl>();
  impl->name = path.string();
  impl->options = options;
  impl->descriptor = descriptor;
  impl->owns_descriptor = true;
  struct stat info {};
  if (fstat(descriptor, &info) == 0 && S_ISDIR(info.st_mode)) {
    return absl::InvalidArgumentError("is a folder");
  }
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
