// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/sources/input/input.h"

#include <poll.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <utility>

#include "absl/strings/str_format.h"
#include "indexer/sources/input/codecs.h"
#include "indexer/sources/input/open_file.h"
#include "indexer/sources/input/unpacker.h"

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

  // kBlockBytes; null where the stored bytes come from elsewhere.
  std::unique_ptr<char[]> block;
  // The stored bytes that were looked at to tell the packing, and whether they are still to be
  // given.
  std::string first;
  bool first_given = false;
  // Null when the stored bytes are not packed.
  std::unique_ptr<Unpacker> unpacker;
  // What the unpacker has given and nobody has taken yet; its memory.
  std::string_view unpacked;
  std::string peeked;
  size_t peeked_begin = 0;
  uint64_t bytes_read = 0;
  uint64_t stored_bytes_read = 0;
  bool at_end = false;
  // Damage that Peek came upon, for Read to tell in its place.
  absl::Status peeked_damage;
  size_t damage_at = 0;  // an offset in `peeked`
  std::shared_ptr<UnpackCount> count = std::make_shared<UnpackCount>();

  absl::Status Start();
  absl::Status CheckRatio() const;
  void CountStored(uint64_t size) {
    stored_bytes_read += size;
    // What is inside an archive was counted when the archive was read.
    if (stored == nullptr) count->on_disk += size;
  }
  bool IsCancelled() const { return options.cancelled && options.cancelled(); }
  void AwaitDescriptor();
  absl::StatusOr<std::string_view> NextOfDescriptor();
  absl::StatusOr<std::string_view> NextStored();
  absl::StatusOr<std::string_view> NextFromFirst();
  absl::StatusOr<std::string_view> NextUnpacked();
  absl::StatusOr<std::string_view> Take(size_t most);
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
    const ssize_t size = read(descriptor, block.get(), kBlockBytes);
    if (size >= 0) return std::string_view(block.get(), static_cast<size_t>(size));
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

absl::StatusOr<std::string_view> Input::Impl::NextFromFirst() {
  if (!std::exchange(first_given, true) && !first.empty()) return std::string_view(first);
  return NextStored();
}

absl::StatusOr<std::string_view> Input::Impl::NextUnpacked() {
  return unpacker == nullptr ? NextFromFirst() : unpacker->Next();
}

// Tells the packing. A pipe may give its first bytes one by one.
absl::Status Input::Impl::Start() {
  if (descriptor >= 0) block = std::make_unique_for_overwrite<char[]>(kBlockBytes);
  while (first.size() < Codec::kHeadBytes && MayBePacked(first)) {
    const absl::StatusOr<std::string_view> next = NextStored();
    if (!next.ok()) return next.status();
    if (next->empty()) break;
    first += *next;
  }
  if (std::unique_ptr<Codec> codec = MakeCodec(first); codec != nullptr) {
    unpacker = std::make_unique<Unpacker>(std::move(codec), [this] { return NextFromFirst(); });
  }
  return absl::OkStatus();
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

// The next unpacked bytes, at most `most`; none at the end. Valid until the next call.
absl::StatusOr<std::string_view> Input::Impl::Take(size_t most) {
  if (most == 0 || at_end) return std::string_view();
  if (unpacked.empty()) {
    const absl::StatusOr<std::string_view> next = NextUnpacked();
    // Behind damage an unpacker may go on.
    if (!next.ok()) at_end = unpacker == nullptr || !absl::IsDataLoss(next.status());
    if (!next.ok()) return next.status();
    unpacked = *next;
    count->unpacked += unpacked.size();
    if (absl::Status fine = CheckRatio(); !fine.ok()) {
      unpacked = {};
      at_end = true;
      return fine;
    }
  }
  const std::string_view taken = unpacked.substr(0, most);
  at_end = taken.empty();
  unpacked.remove_prefix(taken.size());
  return taken;
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
  struct stat info {};
  if (impl_->unpacker != nullptr || impl_->descriptor < 0 || fstat(impl_->descriptor, &info) != 0 ||
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
uint64_t Input::damaged_from() const {
  return impl_->unpacker == nullptr ? 0 : impl_->unpacker->damaged_from();
}
uint64_t Input::bytes_read() const { return impl_->bytes_read; }
uint64_t Input::stored_bytes_read() const { return impl_->stored_bytes_read; }

absl::StatusOr<std::string_view> Input::Peek(size_t size) {
  std::string& peeked = impl_->peeked;
  impl_->damage_at -= std::min(impl_->damage_at, impl_->peeked_begin);
  peeked.erase(0, std::exchange(impl_->peeked_begin, 0));
  absl::Status& damage = impl_->peeked_damage;
  while (peeked.size() < size) {
    const size_t before = peeked.size();
    // What comes behind damage is not the same piece.
    if (before > 0 && !damage.ok()) break;
    const absl::StatusOr<std::string_view> more = impl_->Take(size - before);
    if (more.ok() && more->empty()) break;
    if (more.ok()) {
      peeked += *more;
      continue;
    }
    if (!absl::IsDataLoss(more.status()) && before == 0) return more.status();
    impl_->damage_at = before;
    damage = damage.ok() ? more.status()
                         : absl::DataLossError(std::string(damage.message()) + "; " +
                                               std::string(more.status().message()));
  }
  if (peeked.empty() && !damage.ok()) return std::exchange(damage, absl::OkStatus());
  return std::string_view(peeked).substr(0, size);
}

absl::StatusOr<std::string_view> Input::Next(size_t most) {
  Impl& impl = *impl_;
  const bool is_at_damage = !impl.peeked_damage.ok() && impl.peeked_begin == impl.damage_at;
  if (is_at_damage) return std::exchange(impl.peeked_damage, absl::OkStatus());
  if (impl.peeked_begin < impl.peeked.size()) {
    const std::string_view bytes = std::string_view(impl.peeked).substr(impl.peeked_begin, most);
    impl.peeked_begin += bytes.size();
    impl.bytes_read += bytes.size();
    return bytes;
  }
  const absl::StatusOr<std::string_view> bytes = impl.Take(most);
  if (bytes.ok()) impl.bytes_read += bytes->size();
  return bytes;
}

absl::StatusOr<size_t> Input::Read(std::span<char> buffer) {
  const absl::StatusOr<std::string_view> bytes = Next(buffer.size());
  if (!bytes.ok()) return bytes.status();
  std::copy(bytes->begin(), bytes->end(), buffer.begin());
  return bytes->size();
}

}  // namespace broadsheet::sources
