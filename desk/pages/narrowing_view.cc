// SPDX-License-Identifier: GPL-3.0-or-later
#include "desk/pages/narrowing_view.h"

#include <unicode/locid.h>
#include <unicode/unistr.h>

#include <algorithm>
#include <functional>
#include <string>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "client/request/search_value_options.h"
#include "client/view/hit_list.h"

namespace broadsheet::desk {
namespace {

using Change = std::function<void(SearchState&)>;

// The first page of the search that `change` makes of this one.
std::string UrlWith(const SearchState& state, const DeskSettings& settings, const Change& change) {
  SearchState changed = state;
  changed.options.page = 1;
  change(changed);
  return SearchUrl(changed, settings);
}

// Values are the same if they differ in case alone.
bool SameValue(const std::string& a, const std::string& b) {
  return absl::AsciiStrToLower(a) == absl::AsciiStrToLower(b);
}

bool Has(const std::vector<std::string>& values, const std::string& value) {
  return std::any_of(values.begin(), values.end(),
                     [&](const std::string& one) { return SameValue(one, value); });
}

void Remove(std::vector<std::string>& values, const std::string& value) {
  std::erase_if(values, [&](const std::string& one) { return SameValue(one, value); });
}

void RemoveExcluded(SearchState& state, const std::string& field, const std::string& value) {
  Remove(state.excluded[field], value);
  if (state.excluded[field].empty()) state.excluded.erase(field);
}

void AddChip(const SearchState& state, const DeskSettings& settings, const std::string& label,
             const Change& change, Fields& chips) {
  Fields& chip = Show(chips, "CHIP"_name);
  Set(chip, "LABEL"_name, label);
  Set(chip, "URL"_name, UrlWith(state, settings, change));
}

void AddValueChips(const SearchState& state, const DeskSettings& settings, Fields& chips) {
  for (const client::ValueOption& option : client::ValueOptions()) {
    const std::string field(option.field());
    for (const std::string& value : state.options.*option.values) {
      AddChip(
          state, settings, absl::StrCat(field, ": ", ValueName(field, value)),
          [&](SearchState& changed) { Remove(changed.options.*option.values, value); }, chips);
    }
  }
  for (const auto& [field, values] : state.excluded) {
    for (const std::string& value : values) {
      AddChip(
          state, settings, absl::StrCat("not ", field, ": ", ValueName(field, value)),
          [&, name = field](SearchState& changed) { RemoveExcluded(changed, name, value); }, chips);
    }
  }
}

// "synonyms: tv = television, \"small screen\"; uk = britain"; "" when no word has any.
std::string SynonymText(const v1::Explanation& explanation) {
  std::string text;
  for (const v1::AppliedSynonyms& applied : explanation.synonyms()) {
    absl::StrAppend(&text, text.empty() ? "synonyms: " : "; ", applied.typed(), " = ",
                    absl::StrJoin(applied.alternatives(), ", "));
  }
  return text;
}

std::string NameOfFacet(const std::string& field) {
  if (field == "byline") return "Author";
  std::string name = field;
  if (!name.empty()) name[0] = absl::ascii_toupper(static_cast<unsigned char>(name[0]));
  return name;
}

bool IsExcluded(const SearchState& state, const std::string& field, const std::string& value) {
  const auto values = state.excluded.find(field);
  return values != state.excluded.end() && Has(values->second, value);
}

void FillValue(const std::string& field, const v1::ValueCount& value, const SearchState& state,
               const DeskSettings& settings, Fields& facet) {
  Fields& fields = Show(facet, "VALUE"_name);
  Set(fields, "NAME"_name, ValueName(field, value.value()));
  Set(fields, "COUNT"_name, client::WithThousands(value.count()));
  const bool chosen = Has(*IncludedOf(state, field), value.value());
  const bool excluded = IsExcluded(state, field, value.value());
  if (chosen) Reveal(fields, "CHOSEN"_name);
  if (excluded) Reveal(fields, "LEFT_OUT"_name);
  Set(fields, "URL"_name, UrlWith(state, settings, [&](SearchState& changed) {
        std::vector<std::string>& values = *IncludedOf(changed, field);
        if (chosen) return Remove(values, value.value());
        if (excluded) return RemoveExcluded(changed, field, value.value());
        values.push_back(value.value());
      }));
  if (excluded) return;
  Reveal(fields, "EXCLUDE"_name);
  Set(fields, "EXCLUDE_URL"_name, UrlWith(state, settings, [&](SearchState& changed) {
        Remove(*IncludedOf(changed, field), value.value());
        changed.excluded[field].push_back(value.value());
      }));
}

void FillFind(const std::string& field, const SearchState& state, const DeskSettings& settings,
              Fields& facet) {
  Fields& find = Show(facet, "FIND"_name);
  const std::string name = absl::StrCat("find-", field);
  Set(find, "FIELD"_name, field);
  Set(find, "FIND_LABEL"_name, absl::StrCat("Values of ", field, " that begin with"));
  const auto prefix = state.find.find(field);
  Set(find, "FOUND_TEXT"_name, prefix == state.find.end() ? "" : prefix->second);
  FillHidden(find, state, settings, {name, std::string(parameter::kPage)});
}

void FillFacet(const v1::Facet& facet, const SearchState& state, const DeskSettings& settings,
               Fields& page) {
  constexpr int kWorthSearching = 8;
  const std::string& field = facet.field();
  const bool searched = state.find.contains(field);
  if (facet.values().empty() && !searched) return;
  Fields& fields = Show(page, "FACET"_name);
  Set(fields, "FACET_NAME"_name, NameOfFacet(field));
  if (searched || facet.distinct() > kWorthSearching) FillFind(field, state, settings, fields);
  for (const v1::ValueCount& value : facet.values()) {
    FillValue(field, value, state, settings, fields);
  }
  if (facet.values().empty()) Reveal(fields, "EMPTY"_name);
  const int further = facet.distinct() - facet.values_size();
  if (further <= 0 || state.all_values_of == field) return;
  Reveal(fields, "MORE"_name);
  Set(fields, "MORE_TEXT"_name, absl::StrCat(client::WithThousands(further), " more"));
  Set(fields, "MORE_URL"_name,
      UrlWith(state, settings, [&](SearchState& changed) { changed.all_values_of = field; }));
}

}  // namespace

std::string ValueName(std::string_view field, const std::string& value) {
  if (field != "language") return value;
  icu::UnicodeString name;
  icu::Locale(value.c_str()).getDisplayName(icu::Locale::getEnglish(), name);
  std::string text;
  name.toUTF8String(text);
  return text.empty() ? value : text;
}

void FillChips(const v1::SearchArticlesResponse& response, const SearchState& state,
               const DeskSettings& settings, Fields& page) {
  const client::SearchOptions& options = state.options;
  const std::string synonyms = SynonymText(response.explanation());
  if (!state.narrowed() && options.match != "any" && !options.without_synonyms &&
      synonyms.empty()) {
    return;
  }
  Fields& chips = Show(page, "CHIPS"_name);
  AddValueChips(state, settings, chips);
  if (!options.since.empty()) {
    AddChip(
        state, settings, "from " + options.since,
        [](SearchState& changed) { changed.options.since.clear(); }, chips);
  }
  if (!options.until.empty()) {
    AddChip(
        state, settings, "until " + options.until,
        [](SearchState& changed) { changed.options.until.clear(); }, chips);
  }
  if (options.match == "any") {
    AddChip(
        state, settings, "any word", [](SearchState& changed) { changed.options.match = "all"; },
        chips);
  }
  if (options.without_synonyms) {
    AddChip(
        state, settings, "words as typed",
        [](SearchState& changed) { changed.options.without_synonyms = false; }, chips);
  } else if (!synonyms.empty()) {
    AddChip(
        state, settings, synonyms,
        [](SearchState& changed) { changed.options.without_synonyms = true; }, chips);
  }
  SearchState cleared = ParseState({}, settings.zone);
  cleared.query = state.query;
  Reveal(chips, "CLEAR"_name);
  Set(chips, "CLEAR_URL"_name, SearchUrl(cleared, settings));
}

void FillFacets(const v1::AggregateArticlesResponse& counts, const SearchState& state,
                const DeskSettings& settings, Fields& page) {
  for (const v1::Facet& facet : counts.facets()) FillFacet(facet, state, settings, page);
}

}  // namespace broadsheet::desk
