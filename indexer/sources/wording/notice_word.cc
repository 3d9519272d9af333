// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/sources/wording/notice_word.h"

#include <unicode/uchar.h>

#include <algorithm>
#include <array>
#include <cstring>
#include <string>
#include <utility>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/ascii.h"
#include "absl/strings/str_split.h"
#include "engine/text/char_class.h"
#include "engine/text/fold.h"
#include "engine/text/utf8.h"
#include "indexer/sources/wording/month_name.h"

namespace broadsheet::sources::page {
namespace {

struct NoticeVocabulary {
  NoticeWord kind;
  // Separated by blanks; "*" at the end stands for any letters.
  std::string_view words;
};

// Of a word that stands in two of them, the first counts.
constexpr auto kVocabulary = std::to_array<NoticeVocabulary>({
    {NoticeWord::kNotUse,
     "nepublik* nezverejn* nezveřejň* nepouží* neuverejň* yayınlama* yayımlama* yayımlanamaz "
     "yayınlanamaz kullanmay* kullanılamaz unveröffentlicht*"},
    {NoticeWord::kNot,
     "not don never nicht kein keine keinesfalls ne pas non não nao nunca nie nicht niet geen inte "
     "ej icke ikke ikkje ei älä älkää не нельзя запрещен* заборонен* nem ne tilos μη μην δεν لا "
     "عدم ممنوع אין לא אסור değil jangan tidak không no prohibid* interdit* interdite vietat* "
     "vietato verboten forbudt förbjud* kielletty* zakaz* zabron* zakáz*"},
    {NoticeWord::kUse,
     "publish* publication publications released release broadcast* use used usage run distribut* "
     "circulat* disseminat* print printed online veröffentlich* veroeffentlich* verwend* verwert* "
     "benutz* nutzung verbreit* gesendet freigegeben freigabe frei publi* diffus* utilis* exploit* "
     "utiliz* utilic* difund* difus* usar usen uso usado emitir divulg* pubblic* diffond* publik* "
     "publicer* publiser* publisér* gebruik* verspreid* använd* bruk brukes brug bruges "
     "offentliggør* offentliggor* offentleg* benytt* käyttä* käytettä* julkais* julkist* "
     "wykorzyst* używa* upublicz* opublik* zveřejn* použí* közöl* közzé* felhasznál* публик* "
     "опублик* использ* распростран* печати печатать публік* опублік* використ* δημοσι* "
     "χρησιμοποι* نشر النشر ينشر تنشر للنشر استخدام تستخدم استعمال תפרסמו לפרסם לפרסום פרסום "
     "שימוש להשתמש yayın* yayım* kullan* gunakan digunakan dipublikasikan disiarkan dùng đăng"},
    {NoticeWord::kTakeBack,
     "kill kills disregard disregards ignore withdraw withdraws withdrawing withdrawal retract "
     "retracts retracting retraction rescind spike zurückziehen zurueckziehen stornieren annul "
     "annulation annulment cancel cancels "
     "cancellation ziehen annullieren retire retirons retirer annulons annuler retiren retirar "
     "anulen anular anulación desechen ritirare annullare ritiriamo annullamento anulação anulem "
     "desconsiderem desconsiderar desconsidere intrekken återkalla återtar dra makulera trekk "
     "trekker trekkes annullér annuller annulleres perutaan wycofujemy anulujemy anulacja "
     "stahujeme "
     "rušíme отзыв отзываем отзывает аннулируем аннуляция відкликаємо відкликання iptal geri "
     "visszavonjuk ακυρώνεται αποσύρεται إلغاء سحب dibatalkan ditarik"},
    {NoticeWord::kTakenBack,
     "killed withdrawn retracted rescinded spiked recalled cancelled canceled annulled pulled "
     "deleted void invalid zurückgezogen zurueckgezogen annulliert storniert widerrufen retiré "
     "retirée annulé annulée anulado anulada retirado retirada cancelada cancelado annullato "
     "annullata ritirato ritirata ingetrokken vervallen återkallad återkallat makulerad trukket "
     "tilbaketrukket tilbagetrukket annullert annulleret kumottu peruttu vedetty wycofan* "
     "anulowan* "
     "stažen* zrušen* отозван* аннулирован* відкликан* анульован* visszavonva visszavont ألغي "
     "בוטלה מבוטלת בטלה ακυρώθηκε αποσύρθηκε"},
    {NoticeWord::kHoldBack,
     "hold held withhold withheld withholding zurückhalten zurückgehalten retenir retener retengan "
     "trattenere aanhouden wstrzymać задержать"},
    {NoticeWord::kDraft,
     "draft drafts unedited unapproved brouillon entwurf rohfassung borrador rascunho bozza utkast "
     "kladde luonnos szkic koncept taslak konsep vázlat ciornă черновик чернетка πρόχειρο مسودة "
     "טיוטה प्रारूप मसौदा nháp"},
    {NoticeWord::kSecret,
     "confidential vertraulich confidentiel confidentielle confidencial riservato confidenziale "
     "vertrouwelijk konfidentiell konfidensielt fortrolig fortroligt luottamuksellinen poufne "
     "důvěrné bizalmas конфиденциально конфіденційно εμπιστευτικό سري חסוי rahasia internal intern "
     "interne interno"},
    {NoticeWord::kEmbargo,
     "embarg* эмбарго ембарго εμπάργκο sperrfrist sperrefrist sperrvermerk ambargo* אמברגו "
     "klausul* karenz julkaisuvapaa advance एम्बार्गो"},
    {NoticeWord::kFrom,
     "until till til before prior after from thereafter vor bis ab nach erst frühestens "
     "avant jusqu jusque après partir antes hasta después desde prima fino dopo dal até apos após "
     "depois voor vóór tot vanaf na fore före efter från tidigast etter efter fra "
     "tidligst først ennen asti jälkeen alkaen vasta przed po od do před až до после раньше ранее "
     "перед після раніше πριν μέχρι μετά قبل حتى بعد לפני עד אחרי önce kadar sonra sebelum sampai "
     "setelah előtt után trước đến sau"},
    {NoticeWord::kTime,
     "monday tuesday wednesday thursday friday saturday sunday mon tue tues wed thu thur thurs fri "
     "sat sun noon midnight midday tomorrow tonight today am pm gmt utc est et bst cet hrs hours "
     "o'clock montag dienstag mittwoch donnerstag freitag samstag sonnabend sonntag uhr morgen "
     "lundi mardi mercredi jeudi vendredi samedi dimanche heures midi minuit demain lunes martes "
     "miércoles jueves viernes sábado domingo horas mañana lunedì martedì mercoledì giovedì "
     "venerdì "
     "sabato domenica ore segunda terça quarta quinta sexta amanhã maandag dinsdag woensdag "
     "donderdag vrijdag zaterdag zondag uur måndag tisdag onsdag torsdag fredag lördag söndag "
     "klockan kl mandag tirsdag lørdag søndag klokken maanantai* tiistai* keskiviikko* torstai* "
     "perjantai* lauantai* sunnuntai* klo poniedziałk* wtorku środy czwartku piątku soboty "
     "niedziel* godz godziny pondělí úterý středy čtvrtka pátku soboty neděl* hodin понедельник* "
     "вторник* сред* четверг* пятниц* суббот* воскресень* час* мск понеділ* вівтор* серед* четвер* "
     "п'ятниц* субот* неділ* годин* κυριακή δευτέρα ώρα الأحد الاثنين الساعة ראשון שעה pazartesi "
     "salı çarşamba perşembe cuma cumartesi pazar saat senin selasa rabu kamis jumat sabtu minggu "
     "pukul vasárnap* hétfő* óra"},
    {NoticeWord::kWhom,
     "editors editor eds ed attention attn advisory note notice redaktion redaktionen redaktioner "
     "redaktører redacteurs rédactions rédaction redactie redacties redacción editores redazione "
     "redazioni redação redakcja redakcji redakcjo редакция редакциям редакторам achtung atención "
     "attenzione atenção uwaga внимание увага wichtig important urgent desks clients subscribers"},
    {NoticeWord::kPlease,
     "please bitte prière svp merci favor pfv rogamos ruega prega prego preghiamo proszę prosimy "
     "пожалуйста просим просьба просимо alstublieft verzoeke vänligen vennligst venligst ole hyvä "
     "lütfen παρακαλούμε παρακαλώ يرجى الرجاء בבקשה कृपया mohon harap prosíme kérjük"},
    {NoticeWord::kThis,
     "this these that our previous earlier above all entire whole following diese dieser dieses "
     "die den "
     "cet cette ce ces précédente esta este estas la el las los anterior questa questo la il "
     "precedente desta deste a as o os esse essa dit deze dat denna detta den det denne dette tämä "
     "tämän ten tę tej tento tuto эту этот эта это этого цю цей данн* настоящ* предыдущ* bu ez az "
     "ezt το αυτό την هذا هذه"},
    {NoticeWord::kStory,
     "story stories article articles item items text report dispatch piece copy copies version "
     "versions bulletin alert take takes filing material meldung meldungen bericht berichte text "
     "texte textes beitrag artikel nachricht fassung depeche dépêche dépêches información nota "
     "notas noticia noticias texto textos artículo artículos articolo notizia lancio testo matéria "
     "matérias artigo notícia reportagem artykuł* depesz* materiał* wiadomoś* tekst* материал* "
     "сообщени* текст* новост* статья статью заметк* матеріал* повідомлен* bericht berichten stuk "
     "texten artikeln juttu juttua uutinen uutista teksti tekstiä zpráv* článek článku cikk* hírt "
     "haber* metin metni κείμενο είδηση άρθρο الخبر خبر النص المادة ידיעה כתבה berita naskah tin "
     "meddelelse* historien saken sak telegram telegrammet"},
    {NoticeWord::kGlue,
     "a an the work progress is are was were be been being has have had hereby now to for in on at "
     "of by and or "
     "we it only strictly first second third rough early working yet approved cleared version "
     "revision v further under press news full must may should do does der das dem "
     "des im am um zum zur für nur unter wird werden wurde ist darf dürfen bitte mit le les du de "
     "d "
     "l à au aux est être été sous en y por para su se ha sido es está al lo da di del della è "
     "stata stato per sotto sob em foi ser de da não het een wordt is mag niet te op om i på är "
     "får måste att av und och og er må må skal å som kun jeg ikke for on kello kell saa olla do w "
     "na jest zostaje został została nad je byla byl byl jest в на с к для и по вас быть строго "
     "только у з та є sadece bir ve için edilmiştir edildi εκ του της στις في إلى من على ב ל "
     "dan untuk yang di pada để"},
});

// Words of fewer bytes have no beginning.
constexpr size_t kShortestBeginning = 4;

struct NoticeLexicon {
  absl::flat_hash_map<std::string, NoticeWord> words;
  // By their first bytes, the longest first.
  absl::flat_hash_map<uint32_t, std::vector<std::pair<std::string, NoticeWord>>> beginnings;
};

uint32_t FirstBytesOf(std::string_view word) {
  uint32_t bytes = 0;
  std::memcpy(&bytes, word.data(), kShortestBeginning);
  return bytes;
}

NoticeLexicon MakeNoticeLexicon() {
  NoticeLexicon lexicon;
  for (const NoticeVocabulary& vocabulary : kVocabulary) {
    for (absl::string_view word :
         absl::StrSplit(absl::string_view(vocabulary.words.data(), vocabulary.words.size()), ' ')) {
      const bool is_beginning = !word.empty() && word.back() == '*';
      if (is_beginning) word.remove_suffix(1);
      std::string folded = text::FoldValue({word.data(), word.size()});
      if (!is_beginning) {
        lexicon.words.emplace(std::move(folded), vocabulary.kind);
      } else if (folded.size() >= kShortestBeginning) {
        const uint32_t first = FirstBytesOf(folded);
        lexicon.beginnings[first].emplace_back(std::move(folded), vocabulary.kind);
      }
    }
  }
  for (auto& [first, beginnings] : lexicon.beginnings) {
    std::stable_sort(beginnings.begin(), beginnings.end(), [](const auto& left, const auto& right) {
      return left.first.size() > right.first.size();
    });
  }
  return lexicon;
}

NoticeWord KindOfNoticeWord(const std::string& folded) {
  static const auto& lexicon = *new NoticeLexicon(MakeNoticeLexicon());
  if (text::IsAsciiDigit(folded.front())) return NoticeWord::kTime;
  if (const auto found = lexicon.words.find(folded); found != lexicon.words.end()) {
    return found->second;
  }
  if (folded.size() >= kShortestBeginning) {
    const auto found = lexicon.beginnings.find(FirstBytesOf(folded));
    if (found != lexicon.beginnings.end()) {
      for (const auto& [beginning, kind] : found->second) {
        if (folded.starts_with(beginning)) return kind;
      }
    }
  }
  return MonthOfName(folded) != 0 ? NoticeWord::kTime : NoticeWord::kOther;
}

bool IsOfNoticeWord(int32_t character) {
  return character >= 0 &&
         (u_isalnum(character) != 0 || (U_GET_GC_MASK(character) & U_GC_M_MASK) != 0);
}

bool PartsClauses(int32_t character) {
  return character < 0x80 ? std::string_view(".:;!?").find(static_cast<char>(character)) !=
                                std::string_view::npos
                          : u_charType(character) == U_DASH_PUNCTUATION ||
                                u_charType(character) == U_OTHER_PUNCTUATION;
}

// Marks inside a number or a contraction part nothing: "6.30", "a.m.".
bool IsWithinWord(std::string_view text, size_t at, size_t end) {
  return at > 0 && end < text.size() && text::IsAsciiAlnum(text[at - 1]) &&
         text::IsAsciiAlnum(text[end]);
}

// Of the marks that are no ASCII the most frequent.
bool IsQuoteOrDash(std::string_view text) { return text.starts_with("\xe2\x80"); }

// "don't", "l'm": no word by itself.
bool IsEndOfContraction(std::string_view word) { return word == "t" || word == "m"; }

}  // namespace

bool MayBeginNotice(std::string_view line) {
  constexpr size_t kFirstWords = 3;
  bool is_addressed = false;
  size_t at = 0;
  for (size_t words = 0; words < kFirstWords; ++words) {
    while (at < line.size() && !text::IsAsciiAlnum(line[at])) {
      const bool is_mark = IsQuoteOrDash(line.substr(at));
      if (!text::IsAscii(line[at]) && !is_mark) return true;
      at += is_mark ? 3 : 1;
    }
    const size_t begin = at;
    while (at < line.size() && text::IsAsciiAlnum(line[at])) ++at;
    if (at == begin) return true;
    if (at < line.size() && !text::IsAscii(line[at]) && !IsQuoteOrDash(line.substr(at)))
      return true;
    const std::string word = absl::AsciiStrToLower(std::string(line.substr(begin, at - begin)));
    if (IsEndOfContraction(word)) continue;
    const NoticeWord kind = KindOfNoticeWord(word);
    // Behind such a word the others may be any.
    if (kind == NoticeWord::kTakeBack || kind == NoticeWord::kTakenBack ||
        kind == NoticeWord::kHoldBack) {
      return true;
    }
    if (kind == NoticeWord::kOther) return is_addressed;
    is_addressed = is_addressed || kind == NoticeWord::kWhom;
  }
  return true;
}

std::vector<NoticeWord> NoticeWordsOf(std::string_view text) {
  const std::string folded = text::FoldValue(text);
  std::vector<NoticeWord> kinds;
  std::string word;
  bool is_name = false;
  const auto end_word = [&] {
    if (word.empty()) return;
    const bool names_slug = word == "slug" || word == "slugged";
    if (!is_name && !names_slug && !IsEndOfContraction(word)) {
      kinds.push_back(KindOfNoticeWord(word));
    }
    is_name = names_slug;
    word.clear();
  };
  for (size_t at = 0; at < folded.size();) {
    const auto [character, end] = text::CharacterAt(folded, at);
    if (IsOfNoticeWord(character)) {
      word.append(folded, at, end - at);
    } else {
      const bool is_dash = character == '-' && folded.substr(end, 1) == " ";
      end_word();
      if (character == ',') {
        kinds.push_back(NoticeWord::kComma);
      } else if ((PartsClauses(character) || is_dash) && !IsWithinWord(folded, at, end)) {
        kinds.push_back(NoticeWord::kStop);
      }
    }
    at = end;
  }
  end_word();
  return kinds;
}

}  // namespace broadsheet::sources::page
