// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/storage/index/current.h"

#include <charconv>
#include <optional>
#include <string>
#include <string_view>
#include <system_error>

#include "absl/strings/str_format.h"
#include "engine/base/file_reader.h"
#include "engine/schema/index_fault.h"

namespace broadsheet::storage {
namespace {

constexpr size_t kBuildIdDigits = 32;
constexpr size_t kMaxCurrentBytes = 4096;
// Behind the build id; named like the file.
constexpr std::string_view kRecordedMark = " takedowns.record";

std::optional<CurrentLine> ParseCurrent(std::string_view line) {
  if (!line.ends_with('\n')) return std::nullopt;
  line.remove_suffix(1);
  CurrentLine current{.ref = {}, .takedowns_recorded = line.ends_with(kRecordedMark)};
  if (current.takedowns_recorded) line.remove_suffix(kRecordedMark.size());
  GenerationRef& ref = current.ref;
  const char* end = line.data() + line.size();
  const auto [rest, error] = std::from_chars(line.data(), end, ref.number);
  if (error != std::errc() || ref.number == 0 || rest == end || *rest != ' ') return std::nullopt;
  ref.build_id = std::string(rest + 1, end);
  if (!IsBuildId(ref.build_id)) return std::nullopt;
  return current;
}

// Why there is no CURRENT, from the most to the least missing.
absl::Status NothingPublished(const Layout& layout) {
  const std::string root = layout.root().string();
  const auto fault = [&root](schema::FaultReason reason, const std::string& message) {
    return schema::FaultError(absl::StatusCode::kNotFound, {.reason = reason, .index = root},
                              message);
  };
  std::error_code ignored;
  const std::filesystem::file_status state = std::filesystem::status(layout.root(), ignored);
  if (!std::filesystem::exists(state)) {
    return fault(schema::FaultReason::kNoIndex, "there is no index at " + root);
  }
  if (!std::filesystem::is_directory(state)) {
    return fault(schema::FaultReason::kNotAFolder, root + " is a file, not an index folder");
  }
  if (!std::filesystem::is_directory(layout.generations(), ignored)) {
    return fault(schema::FaultReason::kNotAnIndex,
                 root + " is no index: it has no CURRENT and no generations");
  }
  return fault(schema::FaultReason::kNothingPublished, "nothing is published in index " + root);
}

}  // namespace

bool IsBuildId(std::string_view text) {
  return text.size() == kBuildIdDigits &&
         text.find_first_not_of("0123456789abcdef") == std::string_view::npos;
}

std::string FormatCurrent(const CurrentLine& current) {
  return absl::StrFormat("%06d %s%s\n", current.ref.number, current.ref.build_id,
                         current.takedowns_recorded ? kRecordedMark : "");
}

absl::StatusOr<CurrentLine> ReadCurrentLine(const Layout& layout) {
  const absl::StatusOr<std::string> content =
      base::ReadWholeFile(layout.current(), kMaxCurrentBytes);
  if (absl::IsNotFound(content.status())) return NothingPublished(layout);
  const bool damaged = content.ok() || absl::IsOutOfRange(content.status());
  if (!damaged) return content.status();
  if (content.ok()) {
    std::optional<CurrentLine> current = ParseCurrent(*content);
    if (current) return *std::move(current);
  }
  return schema::FaultError(
      absl::StatusCode::kDataLoss,
      {.reason = schema::FaultReason::kCurrentDamaged, .index = layout.root().string()},
      layout.current().string() + " is damaged: it does not name a generation");
}

absl::StatusOr<GenerationRef> ReadCurrent(const Layout& layout) {
  absl::StatusOr<CurrentLine> current = ReadCurrentLine(layout);
  if (!current.ok()) return current.status();
  return std::move(current->ref);
}

}  // namespace broadsheet::storage
