// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/sources/xml/named_release.h"

#include <google/protobuf/timestamp.pb.h>

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

#include "indexer/sources/article/hold_pair.h"
#include "indexer/sources/article/status_words.h"
#include "indexer/sources/article/wire_date.h"
#include "indexer/sources/markup/namespaces.h"
#include "indexer/sources/wording/word_set.h"

namespace broadsheet::sources {
namespace {

using hold::HoldRule;
using markup::Element;

// Modules whose states are those of something else than the article.
constexpr auto kModulesOfOthers =
    std::to_array<std::string_view>({"wp:", "media:", "itunes:", "sy:", "slash:"});

// Elements that are about something else than the article, or that have its text in them.
constexpr auto kPartsOfOthers = std::to_array<std::string_view>(
    {"author",   "contributor", "source",       "enclosure",   "link",         "image",
     "content",  "encoded",     "summary",      "description", "abstract",     "title",
     "category", "subject",     "comment",      "comments",    "body",         "contentset",
     "catalog",  "topicset",    "associations", "assoc",       "remotecontent"});

// Attributes that have the value of an element without text.
constexpr auto kValueAttributes = std::to_array<std::string_view>(
    {"qcode", "FormalName", "value", "Value", "code", "Code", "norm", "content", "literal", "uri",
     "name", "Name", "term", "state", "status", "date", "until"});

// A document of an agency, which is the article, whatever it stands in.
bool IsDocument(const Element& element) {
  return element.name == "newsItem" || element.name == "nitf" || element.name == "NewsItem";
}

bool IsStatusRule(HoldRule rule) {
  return rule == HoldRule::kStatus || rule == HoldRule::kStatusWord ||
         rule == HoldRule::kPublicationStatus;
}

// As StateByRule, of what is inside another element: it may be about a part of the article, so that
// it releases nothing, and a flag has to be one.
void StateHold(HoldRule rule, const std::string& name, const std::string& text,
               ReleaseStatement& release) {
  if (IsStatusRule(rule) && ReadStatus(text) == v1::Article::STATUS_USABLE) return;
  const bool is_unset = rule == HoldRule::kFlag && !hold::SaysYes(text);
  if (!is_unset) StateByRule(rule, name, text, release);
}

// The rule of an element inside others, or in an envelope. What a signal says is mostly no status.
HoldRule RuleInside(const Element& element) {
  const std::string_view name = markup::LocalName(element.name);
  return name == "signal" ? HoldRule::kStatusWord : hold::RuleOf(name, hold::Place::kElsewhere);
}

std::vector<std::string> ValuesOfAttributes(const Element& element) {
  std::vector<std::string> values;
  for (const std::string_view name : kValueAttributes) {
    if (const std::string_view value = element.Get(name); !value.empty()) {
      values.emplace_back(value);
    }
  }
  return values;
}

// Its text, else the attribute that is a date, else the first of those that have values, else any.
std::string TimeOf(const Element& element) {
  std::string text = element.Text();
  if (!text.empty()) return text;
  google::protobuf::Timestamp time;
  for (const markup::Attribute& attribute : element.attributes) {
    if (ReadInstant(attribute.value, &time)) return attribute.value;
  }
  const std::vector<std::string> values = ValuesOfAttributes(element);
  if (!values.empty()) return values.front();
  return element.Get("nil") == "true" ? "no" : "";
}

// Of what is written for machines any part tells: "SOFT_TRASHED", "moved-to-trash".
bool HasHeldPart(std::string_view code) {
  if (code.find_first_of(" \t\r\n") != std::string_view::npos) return false;
  while (!code.empty()) {
    const size_t end = code.find_first_of("_-");
    if (hold::IsHeldWord(code.substr(0, end))) return true;
    code = end == std::string_view::npos ? std::string_view() : code.substr(end + 1);
  }
  return false;
}

// Of what is about another thing than the article only an embargo counts.
void StateAttributesOf(const Element& element, bool is_of_another, ReleaseStatement& release) {
  for (const markup::Attribute& attribute : element.attributes) {
    const HoldRule rule = hold::RuleOf(attribute.name, hold::Place::kElsewhere);
    if (is_of_another && rule != HoldRule::kHolds) continue;
    StateHold(rule, element.name + "@" + attribute.name, attribute.value, release);
  }
}

// <meta name="embargo" content="2031"/>, <field key="status">draft</field>,
// <custom><key>embargo</key><value>2031</value></custom>
void StatePairOf(const Element& element, ReleaseStatement& release) {
  const bool has_elements = element.HasElements();
  if (element.attributes.empty() && !has_elements) return;
  std::vector<std::pair<std::string, std::string>> parts;
  for (const markup::Attribute& each : element.attributes) {
    parts.emplace_back(markup::LocalName(each.name), each.value);
  }
  for (const markup::Node& node : element.children) {
    if (node.element == nullptr || node.element->HasElements()) continue;
    parts.emplace_back(markup::LocalName(node.element->name), node.element->Text());
  }
  const std::optional<hold::NamedText> pair =
      hold::PairAmong(parts, has_elements ? "" : element.Text());
  if (pair) StatePair(element.name + " " + pair->name, pair->name, pair->value, release);
}

// `outer` is the rule of the elements around, whose value may stand below them.
void StateBelowElement(const Element& element, HoldRule outer, bool is_of_another,
                       ReleaseStatement& release) {
  for (const markup::Node& node : element.children) {
    if (node.element == nullptr) continue;
    const Element& inner = *node.element;
    const bool is_other = !IsDocument(inner) && (is_of_another || IsAboutAnother(inner));
    HoldRule rule = RuleInside(inner);
    if (rule == HoldRule::kNone) rule = outer;
    if (rule == HoldRule::kHolds || !is_other) {
      StateNamed(rule, inner, /*only_holds=*/true, release);
    }
    if (rule != HoldRule::kHolds) {
      StateAttributesOf(inner, is_other, release);
      if (!is_other) StatePairOf(inner, release);
    }
    const bool is_status = IsStatusRule(rule) && !is_other;
    StateBelowElement(inner, is_status ? HoldRule::kStatusWord : HoldRule::kNone, is_other,
                      release);
  }
}

}  // namespace

bool IsAboutAnother(const Element& element) {
  const std::string name = PlainWord(markup::LocalName(element.name));
  return IsOneOf(name, kPartsOfOthers) ||
         std::any_of(kModulesOfOthers.begin(), kModulesOfOthers.end(),
                     [&](std::string_view module) { return element.name.starts_with(module); });
}

void StateByRule(HoldRule rule, const std::string& name, const std::string& text,
                 ReleaseStatement& release) {
  switch (rule) {
    case HoldRule::kHolds:
      return release.StateEmbargo(name, text);
    case HoldRule::kPublicationStatus:
      return release.StateStatus(name, text);
    case HoldRule::kStatus:
    case HoldRule::kStatusWord:
      if (hold::IsHeldWord(text)) return release.StateStatus(name, text);
      if (HasHeldPart(text)) release.StateStatus(name, "withheld");
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

void StatePair(const std::string& part, const std::string& name, const std::string& value,
               ReleaseStatement& release) {
  if (!hold::PairHoldsBack(name, value)) return;
  switch (hold::RuleOf(name, hold::Place::kAbout)) {
    case HoldRule::kHolds:
      return release.StateEmbargo(part, value);
    case HoldRule::kReleaseDate:
      return release.StateReleaseTime(part, value);
    default:
      return release.Withhold(part, "withheld, since it says " + name + ": " + value);
  }
}

void StateNamed(HoldRule rule, const Element& element, bool only_holds, ReleaseStatement& release) {
  if (rule == HoldRule::kNone || rule == HoldRule::kNinjsMark) return;
  const std::string& name = element.name;
  const auto state = only_holds ? &StateHold : &StateByRule;
  if (rule == HoldRule::kHolds) return release.StateEmbargo(name, TimeOf(element));
  if (rule == HoldRule::kReleaseDate) return release.StateReleaseTime(name, TimeOf(element));
  if (!IsStatusRule(rule)) {
    const std::string text = element.Text();
    const std::string_view value = element.Get("value");
    return state(rule, name, text.empty() ? std::string(value) : text, release);
  }
  std::vector<std::string> values = ValuesOfAttributes(element);
  // Names and codes say the same, each in its way; of elements inside each is asked for itself.
  if (rule == HoldRule::kPublicationStatus && !values.empty()) values.resize(1);
  const bool has_text =
      !element.HasElements() && (values.empty() || rule != HoldRule::kPublicationStatus);
  if (has_text) values.push_back(element.Text());
  for (const std::string& value : values) state(rule, name, value, release);
}

void StatePairsIn(const Element& element, ReleaseStatement& release) {
  for (const markup::Node& node : element.children) {
    if (node.element != nullptr) StatePairOf(*node.element, release);
  }
}

void StateInside(const Element& element, ReleaseStatement& release) {
  const bool is_of_another = IsAboutAnother(element);
  StateAttributesOf(element, is_of_another, release);
  if (!is_of_another) StatePairOf(element, release);
  const HoldRule rule = RuleInside(element);
  const bool is_status = IsStatusRule(rule) && !is_of_another;
  StateBelowElement(element, is_status ? HoldRule::kStatusWord : HoldRule::kNone, is_of_another,
                    release);
}

void StateEnvelopes(const std::vector<markup::XmlEnvelope>& envelopes, ReleaseStatement& release) {
  for (size_t i = 0; i < envelopes.size(); ++i) {
    const Element& envelope = *envelopes[i].element;
    StateAttributesOf(envelope, /*is_of_another=*/false, release);
    const Element* inside = i + 1 < envelopes.size() ? envelopes[i + 1].element : nullptr;
    const size_t end = std::min(envelopes[i].head_nodes, envelope.children.size());
    for (size_t at = 0; at < end; ++at) {
      const Element* part = envelope.children[at].element.get();
      const bool is_head = part != nullptr && part != inside &&
                           (inside == nullptr || part->name != inside->name) &&
                           !IsAboutAnother(*part);
      if (!is_head) continue;
      StateNamed(RuleInside(*part), *part, /*only_holds=*/true, release);
      StateInside(*part, release);
    }
  }
}

}  // namespace broadsheet::sources
