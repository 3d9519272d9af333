// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/sources/json/held_back.h"

#include <string_view>

#include "indexer/sources/article/note_name.h"
#include "indexer/sources/markup/html_fragment.h"

namespace broadsheet::sources {
namespace {

using hold::Place;
using simdjson::dom::array;
using simdjson::dom::element;
using simdjson::dom::object;

// `note` is the name of the note that `value` is in; "" where it is in none.
void StateNotesInValue(std::string_view note, const element& value, Place place,
                       ReleaseStatement& release) {
  std::string_view text;
  array items;
  object members;
  if (value.get(text) == simdjson::SUCCESS) {
    if (!note.empty()) release.StateNote(note, markup::PlainLine(text));
  } else if (value.get(items) == simdjson::SUCCESS) {
    for (const element item : items) StateNotesInValue(note, item, place, release);
  } else if (value.get(members) == simdjson::SUCCESS) {
    for (const auto& [name, member] : members) {
      if (note.empty()) {
        StateNotesIn(name, member, place, release);
      } else {
        StateNotesInValue(note, member, place, release);
      }
    }
  }
}

}  // namespace

void StateNotesIn(std::string_view name, const element& value, Place place,
                  ReleaseStatement& release) {
  const bool is_about = place != Place::kElsewhere && hold::IsAboutArticle(name);
  StateNotesInValue(NamesNote(name, place) ? name : std::string_view(), value,
                    is_about ? Place::kAbout : Place::kElsewhere, release);
}

void StateNotesOf(const object& record, ReleaseStatement& release) {
  for (const auto& [name, value] : record) StateNotesIn(name, value, Place::kRecord, release);
}

}  // namespace broadsheet::sources
