// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/sources/json/held_back.h"

#include <array>
#include <string>

#include "indexer/sources/article/status_words.h"
#include "indexer/sources/markup/html_fragment.h"
#include "indexer/sources/wording/word_set.h"

namespace broadsheet::sources {
namespace {

using hold::Place;
using simdjson::dom::array;
using simdjson::dom::element;
using simdjson::dom::object;

bool NamesNote(std::string_view name, Place place) {
  constexpr auto kOfEditors = std::to_array<std::string_view>({"ednote",
                                                               "ednotes",
                                                               "editornote",
                                                               "editornotes",
                                                               "editorsnote",
                                                               "editorsnotes",
                                                               "editorialnote",
                                                               "editorialnotes",
                                                               "notetoeditor",
                                                               "notetoeditors",
                                                               "notestoeditor",
                                                               "notestoeditors",
                                                               "edmsg",
                                                               "editormessage",
                                                               "editorialmessage",
                                                               "internalnote",
                                                               "internalnotes",
                                                               "desknote",
                                                               "desknotes",
                                                               "wirenote",
                                                               "advisory",
                                                               "specialinstructions",
                                                               "usageinstructions",
                                                               "handlinginstructions",
                                                               "publishinginstructions"});
  constexpr auto kOfAnything =
      std::to_array<std::string_view>({"note", "notes", "instruction", "instructions"});
  constexpr size_t kMaxBytes = 40;
  if (name.size() > kMaxBytes) return false;
  const std::string plain = PlainWord(name);
  return IsOneOf(plain, kOfEditors) || (place != Place::kElsewhere && IsOneOf(plain, kOfAnything));
}

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
