// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/sources/xml/feed_release.h"

#include <algorithm>
#include <array>
#include <string_view>

#include "absl/strings/ascii.h"
#include "indexer/sources/article/hold_rule.h"
#include "indexer/sources/markup/namespaces.h"

namespace broadsheet::sources {
namespace {

using hold::HoldRule;
using markup::Element;

// Types of WordPress's own that hold no text of their own for readers.
constexpr auto kNoArticles = std::to_array<std::string_view>(
    {"attachment", "nav_menu_item", "revision", "custom_css", "customize_changeset", "oembed_cache",
     "user_request", "wp_block", "wp_template", "wp_template_part", "wp_global_styles",
     "wp_navigation", "wp_font_family", "wp_font_face"});

// Modules whose states are those of something else than the article.
constexpr auto kOtherModules =
    std::to_array<std::string_view>({"wp:", "media:", "itunes:", "sy:", "slash:"});

bool IsOfOtherModule(std::string_view name) {
  return std::any_of(kOtherModules.begin(), kOtherModules.end(),
                     [name](std::string_view module) { return name.starts_with(module); });
}

// Of "start=2024-04-27T08:00Z; end=..." the start; a single date as it is.
std::string StartOfPeriod(const std::string& text) {
  constexpr std::string_view kStart = "start=";
  const size_t start = text.find(kStart);
  if (start != std::string::npos) {
    const size_t begin = start + kStart.size();
    return text.substr(begin, text.find(';', begin) - begin);
  }
  return text.find("end=") == std::string::npos ? text : std::string();
}

// The rule for a name that other formats know as well ("embargo_until", "pubStatus").
HoldRule RuleOfName(const std::string& name, bool is_inner) {
  return hold::RuleOf(markup::LocalName(name), is_inner);
}

// What a part says that has such a name.
void StateByRule(HoldRule rule, const std::string& name, const std::string& text,
                 ReleaseStatement& release) {
  switch (rule) {
    case HoldRule::kHolds:
      return release.StateEmbargo(name, text);
    case HoldRule::kPublicationStatus:
      return release.StateStatus(name, text);
    case HoldRule::kStatus:
    case HoldRule::kStatusWord:
      if (hold::IsHeldWord(text)) release.StateStatus(name, text);
      return;
    case HoldRule::kReleaseDate:
      return release.StateReleaseTime(name, text);
    case HoldRule::kFlag:
      if (!hold::SaysNothing(text)) release.Withhold(name, "withheld, since it says " + name);
      return;
    case HoldRule::kShown:
      if (!text.empty() && hold::SaysNothing(text)) {
        release.Withhold(name, "withheld, since it is not " + name);
      }
      return;
    default:
      return;
  }
}

void StateElement(const Element& element, bool is_child, ReleaseStatement& release) {
  const std::string& name = element.name;
  if (name == "wp:status") {
    release.StateStatus(name, element.Text());
  } else if (name == "wp:post_password") {
    if (element.Text().empty()) return;
    release.Withhold(name, "withheld, since readers need a password");
  } else if (name == "app:draft" || name == "dcterms:available" || name == "dcterms:valid") {
    const std::string text = element.Text();
    if (name == "app:draft") {
      if (!hold::SaysNothing(text)) release.StateStatus(name, "draft");
    } else if (is_child) {
      release.StateReleaseTime(name, StartOfPeriod(text));
    }
  } else if (!IsOfOtherModule(name)) {
    // Most elements have no such name, and some have all of the story in them.
    const HoldRule rule = RuleOfName(name, false);
    if (rule == HoldRule::kNone) return;
    // Of a medium within the item an embargo is one of the item as well; a state may be its own.
    if (is_child || RuleOfName(name, true) == HoldRule::kHolds) {
      StateByRule(rule, name, element.Text(), release);
    }
  }
}

void StateBelow(const Element& element, bool is_item, ReleaseStatement& release) {
  for (const markup::Node& node : element.children) {
    if (node.element == nullptr) continue;
    StateElement(*node.element, is_item, release);
    StateBelow(*node.element, false, release);
  }
}

}  // namespace

std::string NoArticleKind(const Element& item) {
  const std::string type = absl::AsciiStrToLower(item.TextOf({"wp:post_type"}));
  const bool is_none = std::find(kNoArticles.begin(), kNoArticles.end(), type) != kNoArticles.end();
  return is_none ? type + " of WordPress" : std::string();
}

void StateFeedRelease(const Element& item, ReleaseStatement& release) {
  for (const markup::Attribute& attribute : item.attributes) {
    StateByRule(RuleOfName(attribute.name, false), attribute.name, attribute.value, release);
  }
  StateBelow(item, true, release);
}

}  // namespace broadsheet::sources
