// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/session/last_search.h"

#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <fstream>
#include <sstream>
#include <string_view>
#include <system_error>

namespace broadsheet::client {
namespace {

// A longer number is an id.
constexpr size_t kMaxNumberDigits = 5;

std::string_view Environment(const char* name) {
  const char* value = std::getenv(name);
  return value == nullptr ? std::string_view() : std::string_view(value);
}

constexpr std::string_view kFileName = "last_search-";

// The time at which a process was started, in ticks since boot, as /proc has it; "0" when it is not
// known.
std::string StartOf(pid_t process) {
  std::ifstream in("/proc/" + std::to_string(process) + "/stat");
  std::string line;
  std::getline(in, line);
  // The second field, a name in parentheses, may have spaces; the start is the twenty-second.
  std::istringstream rest(line.substr(std::min(line.rfind(')') + 1, line.size())));
  constexpr int kFieldsBefore = 19;
  std::string field;
  for (int i = 0; i < kFieldsBefore && rest >> field; ++i) continue;
  return rest >> field ? field : "0";
}

void RemoveOldFiles(const std::filesystem::path& folder) {
  std::error_code ignored;
  constexpr auto kKept = std::chrono::hours(24 * 7);
  const auto now = std::filesystem::file_time_type::clock::now();
  for (const auto& entry : std::filesystem::directory_iterator(folder, ignored)) {
    const bool ours = entry.path().filename().string().starts_with(kFileName);
    if (ours && entry.last_write_time(ignored) + kKept < now) {
      std::filesystem::remove(entry.path(), ignored);
    }
  }
}

// In one line.
std::string Line(std::string text) {
  std::replace(text.begin(), text.end(), '\n', ' ');
  return text;
}

}  // namespace

std::string ThisTerminal() {
  const pid_t session = getsid(0);
  return std::to_string(session) + "-" + StartOf(session);
}

std::filesystem::path LastSearchFile(const std::string& terminal) {
  std::filesystem::path state = Environment("XDG_STATE_HOME");
  if (state.empty()) {
    const std::filesystem::path home = Environment("HOME");
    if (home.empty()) return {};
    state = home / ".local" / "state";
  }
  return state / "broadsheet" / (std::string(kFileName) + terminal);
}

std::optional<std::string> LastSearch::IdOf(size_t number) const {
  if (number < first_number || number - first_number >= ids.size()) return std::nullopt;
  return ids[number - first_number];
}

bool IsHitNumber(std::string_view text) {
  return !text.empty() && text.size() <= kMaxNumberDigits &&
         std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

bool RememberSearch(const std::filesystem::path& file, const LastSearch& search) {
  if (file.empty()) return false;
  std::error_code ignored;
  std::filesystem::create_directories(file.parent_path(), ignored);
  RemoveOldFiles(file.parent_path());
  std::ofstream out(file, std::ios::trunc);
  std::filesystem::permissions(
      file, std::filesystem::perms::owner_read | std::filesystem::perms::owner_write, ignored);
  out << search.first_number << '\n' << Line(search.query) << '\n';
  // An id has no control characters, so one a line is unambiguous.
  for (const std::string& id : search.ids) out << id << '\n';
  out.close();
  return !out.fail();
}

std::optional<LastSearch> RecallSearch(const std::filesystem::path& file) {
  std::ifstream in(file);
  LastSearch search;
  if (!(in >> search.first_number) || in.get() != '\n') return std::nullopt;
  std::getline(in, search.query);
  for (std::string id; std::getline(in, id);) search.ids.push_back(id);
  return search;
}

}  // namespace broadsheet::client
