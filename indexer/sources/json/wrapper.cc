// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/sources/json/wrapper.h"

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

#include "absl/strings/str_format.h"
#include "indexer/sources/article/status_words.h"
#include "indexer/sources/json/held_back.h"
#include "indexer/sources/json/ninjs_marks.h"
#include "indexer/sources/json/object_scan.h"

namespace broadsheet::sources {
namespace {

using simdjson::dom::array;
using simdjson::dom::element;
using simdjson::dom::object;

constexpr int kMaxWrapperDepth = 4;

bool IsObject(const element& value) { return value.is_object(); }

// An object, or an array with an object in it.
bool MayWrap(const element& value) {
  array items;
  if (value.get(items) != simdjson::SUCCESS) return IsObject(value);
  return std::any_of(items.begin(), items.end(), IsObject);
}

class Unwrapping {
 public:
  explicit Unwrapping(const WrappedSink& items) : items_(items) {}

  // Takes what `from` wraps; `path` ends with a dot where it is not empty.
  absl::Status TakeAll(const object& from, const std::string& path, const ReleaseStatement& outer,
                       int depth) {
    ReleaseStatement release = outer;
    for (const auto& [name, value] : from) {
      if (IsWrapperName(name) && MayWrap(value)) continue;
      if (absl::Status stated = State(name, value, path, &release); !stated.ok()) return stated;
    }
    for (const auto& [name, value] : from) {
      if (!IsWrapperName(name) || !MayWrap(value)) continue;
      absl::Status taken = TakeValue(value, path + std::string(name), release, depth);
      if (!taken.ok()) return taken;
    }
    return absl::OkStatus();
  }

 private:
  static absl::Status State(std::string_view name, const element& value, const std::string& path,
                            ReleaseStatement* release) {
    const std::string plain = PlainWord(name);
    std::string_view text;
    const bool is_text = value.get(text) == simdjson::SUCCESS;
    if (is_text && plain == "pubstatus") {
      release->StateStatus(path + std::string(name), text);
      return absl::OkStatus();
    }
    if (is_text && (plain == "embargoed" || plain == "embargoeduntil") && !text.empty()) {
      release->StateEmbargo(path + std::string(name), text);
      return absl::OkStatus();
    }
    const std::optional<HoldingMember> hold =
        FindInnerHold(path.substr(0, path.find_last_not_of('.') + 1), name, value);
    return hold.has_value() ? HoldNotRead(*hold, JsonReader::kNinjs) : absl::OkStatus();
  }

  absl::Status TakeValue(const element& value, const std::string& path,
                         const ReleaseStatement& release, int depth) {
    array items;
    if (value.get(items) != simdjson::SUCCESS) return TakeOne(value, path, release, depth);
    size_t index = 0;
    for (const element item : items) {
      absl::Status taken = TakeOne(item, absl::StrFormat("%s[%d]", path, index++), release, depth);
      if (!taken.ok()) return taken;
    }
    return absl::OkStatus();
  }

  absl::Status TakeOne(const element& value, const std::string& path,
                       const ReleaseStatement& release, int depth) {
    object inner;
    if (depth < kMaxWrapperDepth && value.get(inner) == simdjson::SUCCESS && IsWrapper(inner)) {
      absl::Status taken = TakeAll(inner, path + ".", release, depth + 1);
      if (!absl::IsInvalidArgument(taken)) return taken;
      return items_({.value = value, .path = path, .release = release, .usable = std::move(taken)});
    }
    return items_({.value = value, .path = path, .release = release});
  }

  const WrappedSink& items_;
};

// The name of the member whose value starts at `at`, without its quotation marks.
std::string_view NameBefore(std::string_view text, size_t at) {
  if (at == 0) return {};
  size_t end = text.find_last_not_of(" \t\r\n", at - 1);
  if (end == std::string_view::npos || text[end] != ':' || end == 0) return {};
  end = text.find_last_not_of(" \t\r\n", end - 1);
  if (end == std::string_view::npos || text[end] != '"' || end == 0) return {};
  constexpr size_t kMaxNameBytes = 40;
  const size_t from = end - std::min(end, kMaxNameBytes);
  const size_t begin = text.substr(from, end - from).rfind('"');
  return begin == std::string_view::npos ? std::string_view()
                                         : text.substr(from + begin + 1, end - from - begin - 1);
}

}  // namespace

size_t FindWrapped(std::string_view text) {
  // An item has its array of associations and the like as well, but a text of its own before it or
  // behind it; who wraps items does so near the start.
  constexpr size_t kMaxHeadBytes = 64 << 10;
  const std::string_view head = text.substr(0, kMaxHeadBytes);
  ObjectScan scan;
  scan.Restart();
  for (size_t at = head.find('['); at != std::string_view::npos; at = head.find('[', at + 1)) {
    if (scan.Scan(head.substr(0, at)) != ObjectScan::Outcome::kOpen) break;
    if (scan.depth() != 1 || !IsWrapperName(NameBefore(head, at))) continue;
    const size_t first = text.find_first_not_of(" \t\r\n", at + 1);
    if (first != std::string_view::npos && text[first] == '{') return first;
  }
  return std::string_view::npos;
}

bool IsWrapper(const object& from) {
  bool wraps = false;
  for (const auto& [name, value] : from) {
    if (IsTextName(name)) return false;
    wraps = wraps || (IsWrapperName(name) && MayWrap(value));
  }
  return wraps;
}

absl::Status Unwrap(const object& from, const WrappedSink& items) {
  return Unwrapping(items).TakeAll(from, "", ReleaseStatement(), 0);
}

}  // namespace broadsheet::sources
