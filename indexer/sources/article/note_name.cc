// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/sources/article/note_name.h"

#include <array>
#include <set>
#include <string>

#include "indexer/sources/article/status_words.h"

namespace broadsheet::sources {
namespace {

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
                                                             "publishinginstructions",
                                                             "deskinstructions",
                                                             "usagerestriction",
                                                             "usagerestrictions",
                                                             "userestrictions",
                                                             "usageterms",
                                                             "usageinfo",
                                                             "usage",
                                                             "termsofuse",
                                                             "restriction",
                                                             "restrictions",
                                                             "conditionsofaccess",
                                                             "rights",
                                                             "rightsinfo",
                                                             "copyrightnotice",
                                                             "restricciones",
                                                             "restrições",
                                                             "nutzungshinweis",
                                                             "nutzungsbedingungen",
                                                             "redaktionshinweis",
                                                             "notederedaction",
                                                             "noteredaction",
                                                             "примечаниередакции"});
// In the record itself.
constexpr auto kOfAnything = std::to_array<std::string_view>(
    {"note",       "notes",    "instruction", "instructions",  "remark",      "remarks",
     "message",    "warning",  "hinweis",     "hinweise",      "bemerkung",   "anmerkung",
     "remarque",   "nota",     "notas",       "observaciones", "observações", "opmerking",
     "anmärkning", "merknad",  "bemærkning",  "huomautus",     "uwagi",       "poznámka",
     "примечание", "примітка", "σημείωση",    "備考",          "注意",        "备注",
     "備註",       "비고",     "ملاحظة",      "הערה",          "megjegyzés",  "catatan"});

template <size_t kSize>
std::set<std::string> PlainNames(const std::array<std::string_view, kSize>& names) {
  std::set<std::string> plain;
  for (const std::string_view name : names) plain.insert(PlainName(name));
  return plain;
}

}  // namespace

bool NamesNote(std::string_view name, hold::Place place) {
  constexpr size_t kMaxBytes = 40;
  if (name.size() > kMaxBytes) return false;
  static const auto& of_editors = *new std::set<std::string>(PlainNames(kOfEditors));
  static const auto& of_anything = *new std::set<std::string>(PlainNames(kOfAnything));
  const std::string plain = PlainName(name);
  return of_editors.contains(plain) ||
         (place != hold::Place::kElsewhere && of_anything.contains(plain));
}

}  // namespace broadsheet::sources
