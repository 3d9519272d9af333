// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/sources/xml/feed_release.h"

#include <array>
#include <string_view>

#include "absl/strings/ascii.h"
#include "indexer/sources/article/hold_rule.h"
#include "indexer/sources/article/note_name.h"
#include "indexer/sources/markup/namespaces.h"
#include "indexer/sources/wording/word_set.h"
#include "indexer/sources/xml/named_release.h"

namespace broadsheet::sources {
namespace {

using markup::Element;

// Types of WordPress's own that hold no text of their own for readers.
constexpr auto kNoArticles = std::to_array<std::string_view>(
    {"attachment", "nav_menu_item", "revision", "custom_css", "customize_changeset", "oembed_cache",
     "user_request", "wp_block", "wp_template", "wp_template_part", "wp_global_styles",
     "wp_navigation", "wp_font_family", "wp_font_face"});

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

// States that only the module of a system has, in any wording: no other reader knows them.
bool IsStatusOfSystem(std::string_view name) {
  return name == "wp:status" || name == "blogger:status";
}

// A field that an editor or a plug-in added to a post of WordPress.
void StateOwnPair(const Element& pair, ReleaseStatement& release) {
  const std::string key = pair.TextOf({"wp:meta_key"});
  StatePair("wp:postmeta " + key, key, pair.TextOf({"wp:meta_value"}), release);
}

// What feeds say in a way of their own. False for all other elements.
bool StateOwnElement(const Element& element, bool is_child, ReleaseStatement& release) {
  const std::string& name = element.name;
  if (IsStatusOfSystem(name)) {
    release.StateStatus(name, element.Text());
  } else if (name == "wp:post_password") {
    if (element.HasText()) release.Withhold(name, "withheld, since readers need a password");
  } else if (name == "wp:postmeta") {
    StateOwnPair(element, release);
  } else if (NamesNote(markup::LocalName(name),
                       is_child ? hold::Place::kAbout : hold::Place::kElsewhere)) {
    release.StateNote(name, element.Text());
  } else if (name == "app:draft") {
    if (!hold::SaysNothing(element.Text())) release.StateStatus(name, "draft");
  } else if (name == "dcterms:available" || name == "dcterms:valid") {
    if (is_child) release.StateReleaseTime(name, StartOfPeriod(element.Text()));
  } else {
    return false;
  }
  return true;
}

void StateOwnElements(const Element& element, bool is_item, ReleaseStatement& release) {
  for (const markup::Node& node : element.children) {
    if (node.element == nullptr) continue;
    StateOwnElement(*node.element, is_item, release);
    StateOwnElements(*node.element, false, release);
  }
}

}  // namespace

std::string NoArticleKind(const Element& item) {
  const std::string type = absl::AsciiStrToLower(item.TextOf({"wp:post_type"}));
  const bool is_none = IsOneOf(type, kNoArticles);
  return is_none ? type + " of WordPress" : std::string();
}

void StateFeedRelease(const Element& item, ReleaseStatement& release) {
  for (const markup::Attribute& attribute : item.attributes) {
    StateByRule(hold::RuleOf(attribute.name, hold::Place::kRecord), attribute.name, attribute.value,
                release);
  }
  StateOwnElements(item, true, release);
  for (const markup::Node& node : item.children) {
    if (node.element == nullptr) continue;
    const Element& child = *node.element;
    // Most elements have no such name, and some have all of the story in them.
    if (!IsAboutAnother(child)) {
      StateNamed(hold::RuleOf(markup::LocalName(child.name), hold::Place::kRecord), child,
                 /*only_holds=*/false, release);
    }
    StateInside(child, release);
  }
}

}  // namespace broadsheet::sources
