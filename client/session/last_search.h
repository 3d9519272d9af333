// SPDX-License-Identifier: GPL-3.0-or-later
// Remembers the ids of the last search's hits, so that `broadsheet get 3` opens the third.
#pragma once

#include <cstddef>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace broadsheet::client {

// Names the terminal, or what else is the session of this process, such as "4711-98765": its
// leader and when that was started, so that no later session has the same name.
std::string ThisTerminal();

// $XDG_STATE_HOME/broadsheet/last_search-TERMINAL, else below ~/.local/state; empty when neither is
// known. What was shown in one terminal has no numbers in another.
std::filesystem::path LastSearchFile(const std::string& terminal = ThisTerminal());

// The hits of one page, with the number of the first.
struct LastSearch {
  size_t first_number = 1;
  std::vector<std::string> ids;
  // What was searched for, as it was sent; may be empty.
  std::string query = {};

  // The id of the hit with this number; nullopt if there is none.
  std::optional<std::string> IdOf(size_t number) const;
};

// Whether `text` is a number that stands for a hit of the last search, rather than an id.
bool IsHitNumber(std::string_view text);

// Failing to write or read the file is not an error; there is then no last search. Only the owner
// can read the file. RememberSearch returns false when it was not written; it removes the files of
// terminals in which nothing was searched for in a week.
bool RememberSearch(const std::filesystem::path& file, const LastSearch& search);
std::optional<LastSearch> RecallSearch(const std::filesystem::path& file);

}  // namespace broadsheet::client
