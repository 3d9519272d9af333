// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/session/last_search.h"

#include <algorithm>
#include <cstdlib>
#include <fstream>
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

}  // namespace

std::filesystem::path LastSearchFile() {
  std::filesystem::path state = Environment("XDG_STATE_HOME");
  if (state.empty()) {
    const std::filesystem::path home = Environment("HOME");
    if (home.empty()) return {};
    state = home / ".local" / "state";
  }
  return state / "broadsheet" / "last_search";
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
  std::ofstream out(file, std::ios::trunc);
  std::filesystem::permissions(
      file, std::filesystem::perms::owner_read | std::filesystem::perms::owner_write, ignored);
  out << search.first_number << '\n';
  // An id has no control characters, so one a line is unambiguous.
  for (const std::string& id : search.ids) out << id << '\n';
  out.close();
  return !out.fail();
}

std::optional<LastSearch> RecallSearch(const std::filesystem::path& file) {
  std::ifstream in(file);
  LastSearch search;
  if (!(in >> search.first_number) || in.get() != '\n') return std::nullopt;
  for (std::string id; std::getline(in, id);) search.ids.push_back(id);
  return search;
}

}  // namespace broadsheet::client
