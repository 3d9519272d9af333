// SPDX-License-Identifier: GPL-3.0-or-later
#include "desk/pages/page_url.h"

#include "absl/strings/str_cat.h"

namespace broadsheet::desk {

std::string UrlOf(std::string_view path, const std::vector<NameAndValue>& parameters,
                  const DeskSettings& settings) {
  std::string url = settings.base_path;
  url += path;
  for (size_t i = 0; i < parameters.size(); ++i) {
    url += i == 0 ? '?' : '&';
    url += Encoded(parameters[i].first);
    url += '=';
    url += Encoded(parameters[i].second);
  }
  return url;
}

std::string SearchUrl(const SearchState& state, const DeskSettings& settings) {
  return UrlOf("/", ParametersOf(state, settings.zone), settings);
}

ArticleUrls::ArticleUrls(const SearchState& state, const DeskSettings& settings)
    : path_(UrlOf("/a/", {}, settings)) {
  SearchState kept = state;
  kept.options.page = 1;
  kept.find.clear();
  kept.all_values_of.clear();
  parameters_ = UrlOf("", ParametersOf(kept, settings.zone), {});
}

std::string ArticleUrls::Of(const std::string& id, int64_t number) const {
  std::string url = absl::StrCat(path_, Encoded(id), parameters_);
  if (number > 0) absl::StrAppend(&url, parameters_.empty() ? "?hit=" : "&hit=", number);
  return url;
}

std::string PermanentUrl(const std::string& id, const DeskSettings& settings) {
  return UrlOf("/a/" + Encoded(id), {}, settings);
}

PeriodUrls::PeriodUrls(const SearchState& state, const DeskSettings& settings)
    : settings_(settings) {
  SearchState narrowed = state;
  narrowed.options.page = 1;
  // Of any value, so that there are such parameters.
  narrowed.options.since = "0001";
  narrowed.options.until = "9999";
  parameters_ = ParametersOf(narrowed, settings.zone);
  for (auto& [name, value] : parameters_) {
    if (name == parameter::kFrom) from_ = &value;
    if (name == parameter::kUntil) until_ = &value;
  }
}

std::string PeriodUrls::Of(const std::string& first, const std::string& last) {
  *from_ = first;
  *until_ = last;
  return UrlOf("/", parameters_, settings_);
}

}  // namespace broadsheet::desk
