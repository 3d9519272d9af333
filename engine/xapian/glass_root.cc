// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/xapian/glass_root.h"

#include <bit>
#include <cstdint>
#include <string>
#include <string_view>
#include <system_error>

#include "absl/status/statusor.h"
#include "absl/strings/str_format.h"
#include "engine/base/file_reader.h"

namespace broadsheet::xapian {
namespace {

// As xapian-core 1.4's glass_version.cc writes it: a magic text and version, the UUID, the
// revision, and for each table its root, then figures of the whole. All formats of 1.4 are alike.
constexpr std::string_view kMagic("\x0f\rXapian Glass\x04n", 16);
constexpr size_t kUuidBytes = 16;
constexpr std::string_view kTables[] = {"postlist", "docdata",  "termlist",
                                        "position", "spelling", "synonym"};
// BTREE_CURSOR_LEVELS of glass_defs.h, the leaves' included.
constexpr uint64_t kMaxLevels = 10;
constexpr uint64_t kMinBlockBytes = 2048;
constexpr uint64_t kMaxBlockBytes = 65536;
constexpr size_t kMaxRootBytes = 1 << 16;

// Reads the numbers and texts of Xapian's pack.h from the front of a text.
class Unpacker {
 public:
  explicit Unpacker(std::string_view rest) : rest_(rest) {}

  bool ReadNumber(uint64_t* number) {
    *number = 0;
    for (int shift = 0; shift < 64 && !rest_.empty(); shift += 7) {
      const auto byte = static_cast<unsigned char>(rest_.front());
      rest_.remove_prefix(1);
      *number |= static_cast<uint64_t>(byte & 0x7f) << shift;
      if (byte < 0x80) return true;
    }
    return false;
  }
  bool SkipText() {
    uint64_t bytes = 0;
    if (!ReadNumber(&bytes) || bytes > rest_.size()) return false;
    rest_.remove_prefix(static_cast<size_t>(bytes));
    return true;
  }

 private:
  std::string_view rest_;
};

struct TableRoot {
  uint64_t block = 0;
  uint64_t levels = 0;
  bool empty = false;
  uint64_t block_bytes = 0;
};

bool ReadTableRoot(Unpacker& unpacker, TableRoot* root) {
  uint64_t shape = 0;
  uint64_t entries = 0;
  uint64_t block_units = 0;
  uint64_t compress_min = 0;
  const bool read = unpacker.ReadNumber(&root->block) && unpacker.ReadNumber(&shape) &&
                    unpacker.ReadNumber(&entries) && unpacker.ReadNumber(&block_units) &&
                    unpacker.ReadNumber(&compress_min) && unpacker.SkipText();
  root->levels = (shape >> 2) + 1;
  root->empty = (shape & 1) != 0;
  root->block_bytes = block_units * kMinBlockBytes;
  return read;
}

// What is wrong with it, or "".
std::string FaultOfTable(const TableRoot& root, const std::filesystem::path& table) {
  if (root.levels > kMaxLevels) return "a tree is too deep";
  if (!std::has_single_bit(root.block_bytes) || root.block_bytes > kMaxBlockBytes) {
    return "blocks have no size";
  }
  if (root.empty) return "";
  std::error_code error;
  const uint64_t bytes = std::filesystem::file_size(table, error);
  if (error) return absl::StrFormat("%s is missing", table.filename().string());
  // Divided, since the product of damaged numbers may be too large.
  if (root.block >= bytes / root.block_bytes) {
    return absl::StrFormat("%s ends before its root", table.filename().string());
  }
  return "";
}

std::string FaultOfRoot(const std::string& content, const std::filesystem::path& database) {
  if (content.size() < kMagic.size() + kUuidBytes) return "it is too short";
  Unpacker unpacker(std::string_view(content).substr(kMagic.size() + kUuidBytes));
  uint64_t revision = 0;
  if (!unpacker.ReadNumber(&revision)) return "it is too short";
  for (const std::string_view name : kTables) {
    TableRoot root;
    if (!ReadTableRoot(unpacker, &root)) return "it is too short";
    std::string fault = FaultOfTable(root, database / (std::string(name) + ".glass"));
    if (!fault.empty()) return fault;
  }
  return "";
}

}  // namespace

absl::Status CheckGlassRoot(const std::filesystem::path& database) {
  const std::filesystem::path path = database / kGlassRootName;
  const absl::StatusOr<std::string> content = base::ReadWholeFile(path, kMaxRootBytes);
  if (absl::IsNotFound(content.status())) {
    return absl::DataLossError(absl::StrFormat("%s is missing", path.string()));
  }
  if (!content.ok()) return content.status();
  if (!content->starts_with(kMagic)) return absl::OkStatus();
  const std::string fault = FaultOfRoot(*content, database);
  if (fault.empty()) return absl::OkStatus();
  return absl::DataLossError(absl::StrFormat("%s is damaged: %s", path.string(), fault));
}

}  // namespace broadsheet::xapian
