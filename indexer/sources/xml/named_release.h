// SPDX-License-Identifier: GPL-3.0-or-later
// What XML states of a release by names that its format does not have: elements and attributes
// whose names hold back (hold_rule.h), in a record or in what stands around it.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "indexer/sources/article/hold_rule.h"
#include "indexer/sources/article/release.h"
#include "indexer/sources/markup/element.h"
#include "indexer/sources/markup/xml_reader.h"

namespace broadsheet::sources {

// Whether an element is about something else than the article, or has its text in it: a medium, an
// author, <description>.
bool IsAboutAnother(const markup::Element& element);

// States what a part called `name` says, which has this rule. A status counts where it is a word
// for holding back; one that only articles have, in any wording.
void StateByRule(hold::HoldRule rule, const std::string& name, const std::string& text,
                 ReleaseStatement& release);

// States what `element` says, which has this rule, by its text or by the attribute that has its
// value: <Status FormalName="Embargoed"/>, <embargo until="2031-01-01"/>. With `only_holds` a
// status that releases states nothing.
void StateNamed(hold::HoldRule rule, const markup::Element& element, bool only_holds,
                ReleaseStatement& release);

// States what a pair of a name and a value says (hold_pair.h), if it holds back. `part` is where it
// stands.
void StatePair(const std::string& part, const std::string& name, const std::string& value,
               ReleaseStatement& release);

// The same of each element directly in `element` that is a pair.
void StatePairsIn(const markup::Element& element, ReleaseStatement& release);

// States what is inside `element`, however deep, and in its attributes, by the names that hold back
// inside other members (RuleOf), and what it and they say as pairs. Only what holds back counts.
// What is said of another thing than the article counts only where it is an embargo: of a medium,
// of a source, in the text.
void StateInside(const markup::Element& element, ReleaseStatement& release);

// States what the elements around a record say of all that is in them: by their attributes, and by
// the head that they have before their first record. Only what holds back counts.
void StateEnvelopes(const std::vector<markup::XmlEnvelope>& envelopes, ReleaseStatement& release);

}  // namespace broadsheet::sources
