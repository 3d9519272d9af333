// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/sources/wording/month_name.h"

#include <array>
#include <cstddef>
#include <sstream>
#include <string>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/string_view.h"
#include "engine/text/char_class.h"
#include "engine/text/fold.h"

namespace broadsheet::sources::page {
namespace {

// A row a month; also as other cases of the language have it. A printed name matches when it is one
// of these or, at three letters and more, the start of one. Those behind "=" match only whole:
// people are called like the start of them.
constexpr std::array<std::string_view, 12> kMonths = {
    "january januar janvier enero gennaio janeiro januari styczen stycznia leden ledna ocak "
    "=ianuarie =gener =tammikuu =tammikuuta ιανουαριος ιανουαριου январь января січень січня "
    "януари "
    "јануар يناير ינואר जनवरी",
    "february februar fevrier febrero febbraio fevereiro februari luty lutego unor unora subat "
    "februarie =febrer pebruari =helmikuu =helmikuuta unora φεβρουαριος φεβρουαριου февраль "
    "февраля "
    "лютий лютии лютого февруари фебруар فبراير פברואר फरवरी",
    "march marz mars marzo marco maerz maart marts marzec marca brezen brezna mart maret "
    "=martie mrz =maaliskuu =maaliskuuta marcius μαρτιος μαρτιου март марта березень березня مارس "
    "מרץ מרס मार्च",
    "april avril abril aprile kwiecien kwietnia duben dubna nisan "
    "aprilie =huhtikuu =huhtikuuta aprilis απριλιος απριλιου апрель апреля квітень квітня април "
    "أبريل "
    "ابريل אפריל अप्रैल",
    "may mai mayo maggio maio mei maj maja kveten kvetna mayis "
    "=maig =toukokuu =toukokuuta majus μαιος μαιου μαϊου май маи мая травень травня мај مايو מאי "
    "मई",
    "june juni juin junio giugno junho czerwiec czerwca cerven cervna haziran "
    "=iunie =juny =kesakuu =kesakuuta junius ιουνιος ιουνιου июнь июня червень червня юни јун "
    "يونيو יוני "
    "जून",
    "july juli juillet julio luglio julho lipiec lipca cervenec cervence temmuz "
    "=iulie =juliol =heinakuu =heinakuuta julius ιουλιος ιουλιου июль июля липень липня юли јул "
    "يوليو "
    "יולי जुलाई",
    "august aout agosto augustus augusti sierpien sierpnia srpen srpna agustos agustus "
    "=agost =elokuu =elokuuta augusztus αυγουστος αυγουστου август августа серпень серпня أغسطس "
    "اغسطس "
    "אוגוסט अगस्त",
    "september septembre septiembre settembre setembro wrzesien wrzesnia zari eylul "
    "septembrie =syyskuu =syyskuuta szeptember σεπτεμβριος σεπτεμβριου сентябрь сентября вересень "
    "вересня септември септембар سبتمبر ספטמבר सितंबर सितम्बर",
    "october oktober octobre octubre ottobre outubro pazdziernik pazdziernika rijen rijna ekim "
    "octombrie =lokakuu =lokakuuta οκτωβριος οκτωβριου октябрь октября жовтень жовтня октомври "
    "октобар "
    "أكتوبر اكتوبر אוקטובר अक्टूबर",
    "november novembre noviembre novembro listopad listopada kasim nopember "
    "=noiembrie =marraskuu =marraskuuta νοεμβριος νοεμβριου ноябрь ноября листопад листопада "
    "ноември "
    "новембар نوفمبر נובמבר नवंबर नवम्बर",
    "december dezember decembre diciembre dicembre dezembro grudzien grudnia prosinec prosince "
    "aralik desember "
    "decembrie =joulukuu =joulukuuta δεκεμβριος δεκεμβριου декабрь декабря грудень грудня декември "
    "децембар ديسمبر דצמבר दिसंबर दिसम्बर",
};

constexpr size_t kShortestName = 3;

// From each name, and each beginning of a name that may be cut, to its month.
using Months = absl::flat_hash_map<std::string, int>;

void AddBeginnings(const std::string& name, int month, Months* months) {
  size_t characters = 0;
  for (size_t end = 0; end < name.size();) {
    end = text::CharacterAt(name, end).end;
    // What several months begin with is the first of them.
    if (++characters >= kShortestName) months->try_emplace(name.substr(0, end), month);
  }
}

Months FoldMonths() {
  Months months;
  for (size_t month = 0; month < kMonths.size(); ++month) {
    std::istringstream words{std::string(kMonths[month])};
    for (std::string word; words >> word;) {
      const int number = static_cast<int>(month) + 1;
      if (word.front() == '=') {
        months.try_emplace(text::FoldValue(word.substr(1)), number);
      } else {
        AddBeginnings(text::FoldValue(word), number, &months);
      }
    }
  }
  return months;
}

}  // namespace

int MonthOfName(std::string_view folded) {
  static const auto& months = *new Months(FoldMonths());
  const auto found = months.find(absl::string_view(folded.data(), folded.size()));
  return found == months.end() ? 0 : found->second;
}

}  // namespace broadsheet::sources::page
