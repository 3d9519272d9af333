// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/sources/article/note_name.h"

#include <array>
#include <set>
#include <string>

#include "indexer/sources/article/status_words.h"
#include "indexer/sources/wording/words.h"

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
std::set<std::string> PlainNames(const std::array<std::string_view, kSize>& names, bool with_han) {
  std::set<std::string> plain;
  for (const std::string_view name : names) {
    if (with_han || !page::MayHaveHan(name)) plain.insert(PlainName(name));
  }
  return plain;
}

// With the names in Chinese characters, or without them.
struct NamesOfNotes {
  explicit NamesOfNotes(bool with_han)
      : of_editors(PlainNames(kOfEditors, with_han)),
        of_anything(PlainNames(kOfAnything, with_han)) {}

  bool Has(const std::string& plain, hold::Place place) const {
    return of_editors.contains(plain) ||
           (place != hold::Place::kElsewhere && of_anything.contains(plain));
  }

  std::set<std::string> of_editors;
  std::set<std::string> of_anything;
};

}  // namespace

bool NamesNote(std::string_view name, hold::Place place) {
  constexpr size_t kMaxBytes = 40;
  if (name.size() > kMaxBytes) return false;
  if (page::MayHaveHan(name)) {
    static const auto& all = *new NamesOfNotes(true);
    return all.Has(PlainName(name), place);
  }
  static const auto& names = *new NamesOfNotes(false);
  return names.Has(PlainName(name), place);
}

}  // namespace broadsheet::sources
