// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/storage/index/takedown_lines.h"

#include <algorithm>
#include <cstddef>
#include <unordered_map>

#include "absl/strings/str_format.h"
#include "engine/base/checksum.h"
#include "engine/schema/article.h"

namespace broadsheet::storage {
namespace {

constexpr const char* kTimeFormat = "%Y-%m-%dT%H:%M:%SZ";
constexpr size_t kTimeBytes = 20;
// The start of a line: 'x' stands for a digit of the checksum, '0' for one of the time.
constexpr std::string_view kLineStart = "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx 0000-00-00T00:00:00Z ";

// Before the id: no id begins with it.
constexpr char kUndoMark = '\t';

// "" when `line`, without its end, is damaged.
std::string MarkedIdOf(std::string_view line) {
  if (line.size() <= base::kChecksumDigits || line[base::kChecksumDigits] != ' ') return "";
  const std::string_view rest = line.substr(base::kChecksumDigits + 1);
  const size_t space = rest.find(' ');
  if (space == std::string_view::npos ||
      base::ChecksumOf(rest) != line.substr(0, base::kChecksumDigits)) {
    return "";
  }
  return std::string(rest.substr(space + 1));
}

bool IsDigit(char c) { return c >= '0' && c <= '9'; }

bool Fits(char c, char pattern) {
  if (pattern == 'x') return IsDigit(c) || (c >= 'a' && c <= 'f');
  return pattern == '0' ? IsDigit(c) : c == pattern;
}

bool IsControl(unsigned char c) { return c < 0x20 || c == 0x7F; }

// The checksum cannot be checked, since the rest of the line is missing.
bool MayStartALine(std::string_view text) {
  const std::string_view start = text.substr(0, kLineStart.size());
  if (!std::equal(start.begin(), start.end(), kLineStart.begin(), Fits)) return false;
  std::string_view id = text.substr(start.size());
  if (id.starts_with(kUndoMark)) id.remove_prefix(1);
  return id.size() <= schema::kMaxIdBytes && std::none_of(id.begin(), id.end(), IsControl);
}

}  // namespace

std::string TakedownLine(const std::string& id, absl::Time now) {
  const std::string rest = absl::FormatTime(kTimeFormat, now, absl::UTCTimeZone()) + " " + id;
  return base::ChecksumOf(rest) + " " + rest + "\n";
}

std::string UndoLine(const std::string& id, absl::Time now) {
  return TakedownLine(kUndoMark + id, now);
}

std::vector<std::pair<std::string, std::string>> TakedownLines::InForce() const {
  std::unordered_map<std::string, size_t> last;
  for (size_t line = 0; line < ids.size(); ++line) last[ids[line]] = line;
  std::vector<std::pair<std::string, std::string>> in_force;
  for (size_t line = 0; line < ids.size(); ++line) {
    if (last[ids[line]] == line && !undoes[line]) in_force.emplace_back(ids[line], times[line]);
  }
  return in_force;
}

absl::StatusOr<TakedownLines> ParseTakedownLines(std::string_view text) {
  TakedownLines lines;
  for (size_t begin = 0; begin < text.size(); begin = lines.bytes()) {
    const size_t end = text.find('\n', begin);
    const std::string_view line = text.substr(begin, end - begin);
    if (end == std::string_view::npos && MayStartALine(line)) break;
    std::string id = end == std::string_view::npos ? "" : MarkedIdOf(line);
    const bool undoes = id.starts_with(kUndoMark);
    if (undoes) id.erase(0, 1);
    if (id.empty()) {
      return absl::DataLossError(absl::StrFormat("is damaged in line %d", lines.ids.size() + 1));
    }
    lines.ids.push_back(std::move(id));
    lines.undoes.push_back(undoes);
    lines.times.emplace_back(line.substr(base::kChecksumDigits + 1, kTimeBytes));
    lines.ends.push_back(end + 1);
  }
  return lines;
}

std::string SalvageTakedownLines(std::string_view text) {
  std::string salvaged;
  while (!text.empty()) {
    const size_t end = std::min(text.find('\n'), text.size());
    const std::string_view line = text.substr(0, end);
    // A line that lacks only its line end is intact.
    if (!MarkedIdOf(line).empty()) salvaged.append(line).append("\n");
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return salvaged;
}

}  // namespace broadsheet::storage
