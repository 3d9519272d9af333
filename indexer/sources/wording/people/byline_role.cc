// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/sources/wording/people/byline_role.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <string>
#include <vector>

#include "engine/text/fold.h"
#include "indexer/sources/wording/people/organisation.h"
#include "indexer/sources/wording/word_set.h"
#include "indexer/sources/wording/words.h"

namespace broadsheet::sources::people {
namespace {

using page::FixedWords;

// Folded. The first or the last word of a role is one of these. Nobody is called so.
const FixedWords& SureRoles() {
  static const auto* const kRoles = new FixedWords(
      // English
      "reporter correspondent editor writer columnist journalist photojournalist newsreader "
      "editor-in-chief contributor photographer videographer blogger subeditor sub-editor "
      // German; compounds are told by their ends
      "redakteur redakteurin korrespondent korrespondentin reporterin kolumnist kolumnistin "
      "journalistin chefredakteur chefredakteurin chefreporter chefreporterin volontar "
      "volontarin ressortleiter ressortleiterin redaktionsleiter redaktionsleiterin autorin "
      "chefredaktor chefredaktorin gastautor gastautorin fotograf fotografin "
      // French, Spanish, Catalan, Portuguese, Italian, Romanian
      "redacteur redactrice journaliste correspondant correspondante editorialiste "
      "chroniqueur chroniqueuse pigiste envoye envoyee periodista redactor redactora "
      "corresponsal columnista reportero reportera articulista jornalista repórter reporter "
      "correspondente colunista redator redatora giornalista corrispondente caporedattore "
      "caporedattrice redattore redattrice inviato inviata editorialista vicedirettore "
      "jurnalist jurnalista redactor-sef "
      // Dutch and the North
      "verslaggever verslaggeefster correspondente journalista hoofdredacteur chef-redacteur "
      "redaktor redaktør redaktor-i-chefen korrespondent kommentator skribent medarbejder "
      "medarbeider medarbetare ledarskribent kulturskribent toimittaja paatoimittaja "
      "uutistoimittaja ritstjori bladamadur fréttamadur "
      // Czech, Slovak, Polish, Croatian, Hungarian, Turkish, Indonesian, Vietnamese
      "redaktorka sefredaktor sefredaktorka novinar novinarka dziennikarz dziennikarka "
      "reporterka korespondent korespondentka publicysta publicystka ujsagiro szerkeszto "
      "fotoszerkeszto muhabir muhabiri editoru editor yazari wartawan jurnalis reporter "
      "redaktur koresponden "
      // Other scripts
      "корреспондент кореспондент журналист журналіст журналистка редактор обозреватель "
      "репортер репортёр колумнист δημοσιογραφος συντακτης ανταποκριτης 기자 특파원 논설위원 "
      "記者 记者 編集委員 論説委員 特派員 통신원 كاتب محرر مراسل صحفي صحافي כתב כתבת עורך");
  return *kRoles;
}

// Of these some are names as well, or words of houses.
const FixedWords& PerhapsRoles() {
  static const auto* const kRoles = new FixedWords(
      "producer analyst critic staff anchor fellow intern professor chief illustrator "
      "illustration photography director author host presenter strategist directeur "
      "directora directrice direktor direktorin kritiker kritikerin editora autor autora "
      "analist analista stagiaire praktikant praktikantin");
  return *kRoles;
}

// What stands before a role in the same words: "Senior", "Health".
const FixedWords& RoleModifiers() {
  static const auto* const kWords = new FixedWords(
      "senior junior staff chief lead deputy assistant associate managing executive "
      "contributing investigative special guest freelance night weekend political politics "
      "parliamentary diplomatic foreign international national local regional city crime "
      "court courts legal health medical science environment climate energy education "
      "technology tech business economics economy financial finance money consumer sports "
      "sport football arts culture film music food travel books fashion lifestyle religion "
      "news digital online data video features feature opinion night-time defence defense "
      "security europe asia africa washington industry property media social general "
      "assignment breaking multimedia visual web copy leitender leitende stellvertretender "
      "stellvertretende freier freie politischer politische grand grande gran primer jefe "
      "jefa especial enviado enviada rédacteur politiek freelance");
  return *kWords;
}

// German and Nordic compounds: "Hafenredakteurin", "kulturjournalist".
bool EndsInRole(std::string_view folded) {
  constexpr auto kEnds = std::to_array<std::string_view>(
      {"redakteur", "redakteurin", "redaktor", "redaktorin", "korrespondent", "korrespondentin",
       "reporterin", "journalist", "journalistin", "redacteur", "verslaggever", "toimittaja",
       "skribent", "kolumnist", "kolumnistin", "reporter"});
  return std::any_of(kEnds.begin(), kEnds.end(), [&](std::string_view end) {
    return folded.size() > end.size() && folded.ends_with(end);
  });
}

bool IsSureRole(const std::string& folded) { return SureRoles().Has(folded) || EndsInRole(folded); }

std::string FoldedWord(std::string_view word) { return text::FoldValue(page::StripMarks(word)); }

}  // namespace

bool IsRole(std::string_view line) {
  constexpr size_t kMaxRoleWords = 6;
  const std::vector<std::string_view> words = page::Words(line);
  if (words.empty() || words.size() > kMaxRoleWords) return false;
  for (const std::string_view word : {words.back(), words.front()}) {
    const std::string folded = FoldedWord(word);
    if (IsSureRole(folded) || PerhapsRoles().Has(folded)) return true;
  }
  return false;
}

size_t FindTrailingRole(std::string_view text) {
  const std::vector<std::string_view> words = page::Words(text);
  size_t first = words.size();
  if (words.size() < 3) return text.size();
  const std::string last = FoldedWord(words.back());
  const bool sure = IsSureRole(last);
  if (!sure && !PerhapsRoles().Has(last)) return text.size();
  --first;
  while (first > 2 && RoleModifiers().Has(FoldedWord(words[first - 1]))) --first;
  // "Jane Host" may be called so; "Jane Doe, News Host" is not.
  if (!sure && first + 1 == words.size()) return text.size();
  const auto at = static_cast<size_t>(words[first].data() - text.data());
  const std::string_view name = page::Trim(text.substr(0, at));
  const std::vector<std::string_view> names = page::Words(name);
  // "Deputy Sports Editor" is a role and no name.
  const bool role = std::any_of(names.begin(), names.end(), [](std::string_view word) {
    return RoleModifiers().Has(FoldedWord(word));
  });
  return !role && page::LooksLikeName(name) && !IsOrganisation(name) ? at : text.size();
}

bool IsPictureWork(std::string_view word) {
  static const auto* const kWords = new FixedWords(
      "photo photos photograph photographs photography photographer picture pictures image "
      "images illustration illustrations illustrator video videos graphic graphics cartoon "
      "artwork foto fotos fotografie fotografien fotograf fotografin bild bilder grafik "
      "grafiken illustrationen illustrator illustratorin infografik kamera photographie "
      "photographies photographe infographie dessin dessins fotografia fotografias imagen "
      "imagenes ilustracion ilustraciones ilustracao immagini illustrazione illustrazioni "
      "beeld billeder bilde illustrasjon illustrasjoner kuva kuvat zdjecia zdjecie fotograf "
      "fotografovani fotoğraf gambar anh фото 写真 撮影 攝影 摄影 사진");
  return kWords->Has(FoldedWord(word));
}

}  // namespace broadsheet::sources::people
