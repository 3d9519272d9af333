// SPDX-License-Identifier: GPL-3.0-or-later
// The addresses that pages lead to. Pure; safe from any thread.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "desk/http/message.h"
#include "desk/pages/search_state.h"

namespace broadsheet::desk {

// What a page needs to know of the program.
struct DeskSettings {
  // IANA name of the zone for people who chose none; "" = dates as articles state them.
  std::string zone = {};
  // What stands before every path of the desk, such as "/news"; "" = nothing.
  std::string base_path = {};
};

// A path of the desk with parameters, encoded: "/news/live?q=ferry&tag=strike".
std::string UrlOf(std::string_view path, const std::vector<NameAndValue>& parameters,
                  const DeskSettings& settings);

// The page of hits of this state.
std::string SearchUrl(const SearchState& state, const DeskSettings& settings);

// The pages of articles, with the search whose marks they show.
class ArticleUrls {
 public:
  ArticleUrls(const SearchState& state, const DeskSettings& settings);
  // `number` is the hit's, 0 for none.
  std::string Of(const std::string& id, int64_t number) const;

 private:
  const std::string path_;
  std::string parameters_;
};

// The page of an article without a search, which stays as it is.
std::string PermanentUrl(const std::string& id, const DeskSettings& settings);

// The pages of one search in one period after the other.
class PeriodUrls {
 public:
  PeriodUrls(const SearchState& state, const DeskSettings& settings);
  // From the first period to the last, as a date clause takes them.
  std::string Of(const std::string& first, const std::string& last);

 private:
  const DeskSettings& settings_;
  std::vector<NameAndValue> parameters_;
  std::string* from_ = nullptr;
  std::string* until_ = nullptr;
};

}  // namespace broadsheet::desk
