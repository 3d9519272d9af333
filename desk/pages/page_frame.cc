// SPDX-License-Identifier: GPL-3.0-or-later
#include "desk/pages/page_frame.h"

#include <algorithm>
#include <functional>

#include "absl/strings/str_cat.h"
#include "desk/pages/embedded_files.h"

namespace broadsheet::desk {
namespace {

struct Choice {
  std::string_view value;
  std::string_view label;
};

void FillChoices(Fields& form, Name section, std::span<const Choice> choices,
                 std::string_view chosen) {
  for (const Choice& choice : choices) {
    Fields& option = Show(form, section);
    Set(option, "VALUE"_name, choice.value);
    Set(option, "LABEL"_name, choice.label);
    if (choice.value == chosen) Reveal(option, "CHOSEN"_name);
  }
}

// The version of a file that a browser may keep: it is another one when the file is another one.
std::string VersionOf(std::string_view name) {
  for (const EmbeddedFile& file : EmbeddedFiles()) {
    if (file.name == name) {
      return absl::StrCat(absl::Hex(std::hash<std::string_view>()(file.text)));
    }
  }
  return "";
}

void FillForm(Fields& page, const SearchState& state) {
  constexpr Choice kSorts[] = {
      {"", "Best first"}, {"newest", "Newest first"}, {"oldest", "Oldest first"}};
  constexpr Choice kSortsOfAll[] = {{"", "Newest first"}, {"oldest", "Oldest first"}};
  constexpr Choice kMatches[] = {{"", "all words"}, {"any", "any word"}};
  constexpr Choice kSynonyms[] = {{"", "and their synonyms"}, {"off", "as typed"}};
  constexpr Choice kCopies[] = {{"", "one hit a story"}, {"all", "every copy"}};
  constexpr Choice kSizes[] = {{"", "20 a page"}, {"50", "50 a page"}, {"100", "100 a page"}};
  constexpr Choice kDensities[] = {{"", "with passages"}, {"dense", "headlines alone"}};
  constexpr Choice kTimelines[] = {{"", "articles"}, {"share", "share of coverage"}};
  const client::SearchOptions& options = state.options;
  Set(page, "QUERY"_name, state.query);
  Set(page, "FROM"_name, options.since);
  Set(page, "UNTIL"_name, options.until);
  Set(page, "ZONE"_name, options.time_zone);
  const bool all = state.query.empty();
  FillChoices(page, "SORT"_name, all ? std::span<const Choice>(kSortsOfAll) : kSorts,
              options.sort == "relevance" || (all && options.sort == "newest") ? "" : options.sort);
  FillChoices(page, "MATCH"_name, kMatches, options.match == "any" ? "any" : "");
  FillChoices(page, "SYNONYMS"_name, kSynonyms, options.without_synonyms ? "off" : "");
  FillChoices(page, "COPIES"_name, kCopies, options.collapse_copies ? "" : "all");
  FillChoices(page, "SIZE"_name, kSizes,
              options.limit == kPageSizes[0] ? "" : std::to_string(options.limit));
  FillChoices(page, "DENSITY"_name, kDensities, state.dense ? "dense" : "");
  FillChoices(page, "TIMELINE_OF"_name, kTimelines, state.share ? "share" : "");
}

}  // namespace

void FillHidden(Fields& form, const SearchState& state, const DeskSettings& settings,
                const std::vector<std::string>& left_out) {
  for (const auto& [name, value] : ParametersOf(state, settings.zone)) {
    if (std::find(left_out.begin(), left_out.end(), name) != left_out.end()) continue;
    Fields& hidden = Show(form, "HIDDEN"_name);
    Set(hidden, "NAME"_name, name);
    Set(hidden, "VALUE"_name, value);
  }
}

void FillFrame(Fields& page, std::string_view title, const SearchState& state,
               const DeskSettings& settings) {
  Fields& top = *page.AddIncludeDictionary("TOP"_name);
  top.SetFilename("top.html");
  Set(top, "TITLE"_name, title);
  static const std::string style_version = VersionOf("desk.css");
  static const std::string script_version = VersionOf("desk.js");
  Set(page, "BASE"_name, settings.base_path);
  Set(top, "BASE"_name, settings.base_path);
  Set(top, "STYLE_VERSION"_name, style_version);
  Set(top, "SCRIPT_VERSION"_name, script_version);
  Set(top, "VIEW"_name, state.dense ? "dense" : "full");
  FillForm(top, state);
  FillHidden(top, state, settings,
             {std::string(parameter::kQuery), std::string(parameter::kSort),
              std::string(parameter::kFrom), std::string(parameter::kUntil),
              std::string(parameter::kMatch), std::string(parameter::kSynonyms),
              std::string(parameter::kCopies), std::string(parameter::kSize),
              std::string(parameter::kZone), std::string(parameter::kTimeline),
              std::string(parameter::kDensity), std::string(parameter::kPage)});
  page.AddIncludeDictionary("BOTTOM"_name)->SetFilename("bottom.html");
}

HttpReply MessagePage(int status, std::string_view heading, std::string_view message,
                      const DeskSettings& settings) {
  Fields page("message");
  FillFrame(page, heading, ParseState({}, settings.zone), settings);
  Set(page, "HEADING"_name, heading);
  Set(page, "MESSAGE"_name, message);
  return {.status = status, .body = Render("message.html", page)};
}

}  // namespace broadsheet::desk
