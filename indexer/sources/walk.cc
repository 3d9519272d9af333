// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/sources/walk.h"

#include <algorithm>
#include <system_error>

#include "absl/strings/str_cat.h"

namespace broadsheet::sources {
namespace {

namespace fs = std::filesystem;

bool IsHidden(const fs::path& path) { return path.filename().string().starts_with('.'); }

bool IsSame(const fs::path& path, const fs::path& other) {
  std::error_code ignored;
  return !other.empty() && fs::equivalent(path, other, ignored);
}

// The entries of a folder in order of their names, last first, so that they can be taken off the
// end of a stack.
absl::Status ListFolder(const fs::path& folder, std::vector<fs::path>* stack,
                        const WalkSink& sink) {
  std::error_code error;
  const size_t before = stack->size();
  fs::directory_iterator entries(folder, error);
  for (; !error && entries != fs::directory_iterator(); entries.increment(error)) {
    if (!IsHidden(entries->path())) stack->push_back(entries->path());
  }
  std::sort(stack->begin() + static_cast<std::ptrdiff_t>(before), stack->end(),
            [](const fs::path& a, const fs::path& b) { return b.native() < a.native(); });
  if (!error) return absl::OkStatus();
  return sink.on_unreadable(folder, "cannot list the folder: " + error.message());
}

absl::Status Visit(const fs::path& path, const WalkOptions& options, const WalkSink& sink,
                   std::vector<fs::path>* stack) {
  std::error_code error;
  const fs::file_status itself = fs::symlink_status(path, error);
  if (fs::is_directory(itself)) {
    if (IsSame(path, options.exclude)) return absl::OkStatus();
    return ListFolder(path, stack, sink);
  }
  const fs::file_status target = fs::status(path, error);
  if (fs::is_regular_file(target)) return sink.on_file(path);
  // A link to a folder is passed over on purpose, see Walk.
  if (fs::is_directory(target)) return absl::OkStatus();
  if (error || !fs::exists(target)) {
    return sink.on_unreadable(
        path, "cannot read: " + (error ? error.message() : "the link leads nowhere"));
  }
  return sink.on_unreadable(path, "not a regular file");
}

}  // namespace

absl::Status Walk(const fs::path& path, const WalkOptions& options, const WalkSink& sink) {
  std::error_code error;
  const fs::file_status status = fs::status(path, error);
  if (error || !fs::exists(status)) {
    const std::string why = error ? error.message() : "No such file or directory";
    return absl::NotFoundError("cannot read " + path.string() + ": " + why);
  }
  if (!fs::is_directory(status)) return sink.on_file(path);

  std::vector<fs::path> stack;
  absl::Status result = ListFolder(path, &stack, sink);
  while (result.ok() && !stack.empty()) {
    const fs::path next = std::move(stack.back());
    stack.pop_back();
    result = Visit(next, options, sink, &stack);
  }
  return result;
}

uint64_t TotalBytes(const std::vector<std::string>& paths, const WalkOptions& options) {
  uint64_t total = 0;
  const WalkSink sink{
      .on_file =
          [&total](const fs::path& file) {
            std::error_code error;
            const uintmax_t size = fs::file_size(file, error);
            if (!error) total += size;
            return absl::OkStatus();
          },
      .on_unreadable = [](const fs::path&, const std::string&) { return absl::OkStatus(); }};
  for (const std::string& path : paths) {
    // What is missing is reported by the walk that reads.
    if (path != "-") Walk(path, options, sink).IgnoreError();
  }
  return total;
}

}  // namespace broadsheet::sources
