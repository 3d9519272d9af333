// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/sources/wording/people/call_to_action.h"

#include <array>
#include <string>
#include <vector>

#include "engine/text/fold.h"
#include "indexer/sources/wording/fixed_texts.h"
#include "indexer/sources/wording/furniture.h"
#include "indexer/sources/wording/word_set.h"
#include "indexer/sources/wording/words.h"

namespace broadsheet::sources::people {
namespace {

// What is asked for, or what the box is. A call has one of these.
constexpr auto kCalls = std::to_array<std::string_view>({
    // English
    "about add advertisement advert advertorial archive articles bio biography bookmark buy "
    "click comments comment contact copied copy donate download email follow gift get join jump "
    "leave like likes link listen loading log login logout menu newsletter newsletters play posts "
    "print profile promoted published read reply register save see send share shares show sign "
    "signin signup skip sponsored stories subscribe support tap tip toggle transcript tweet "
    "unlock updated view watch website whatsapp facebook twitter telegram linkedin pinterest "
    "reddit instagram bluesky",
    // German, Dutch, the North
    "abonnieren abonnement anhoren anmelden anzeige artikel drucken einloggen folgen "
    "kommentar kommentare kommentieren kopieren lesen mehr merken newsletter registrieren "
    "schreiben speichern spenden teilen vorlesen weiterlesen weitersagen werbung "
    "abonneer abonneren advertentie bewaar bewaren delen deel inloggen inschrijven leer lees "
    "luister opslaan reageer reacties registreer volg aanmelden "
    "annons annonse annonce annoncer reklame reklam sponset sponsrad dela del facebook folj folg "
    "kommentera kommenter las laes les logga logg lyssna lytt prenumerera abonner skriv spara "
    "tips tipsa tilmeld rettelse "
    "kirjaudu jaa kommentoi kuuntele lue mainos seuraa tallenna tilaa tulosta ilmoitus",
    // French, Spanish, Portuguese, Italian, Catalan, Romanian
    "abonnez-vous abonnez abonne s'abonner abonner m'abonne t'abonner commenter commentez "
    "connecter "
    "connexion connectez-vous "
    "ecouter enregistrer imprimer inscription inscrivez-vous lire partager partagez publicite "
    "reagir s'inscrire sponsorise suivez-nous suivre suivez telecharger voir "
    "anuncio anuncios comentar comentarios compartir compartelo copiar descargar escuchar enviar "
    "guardar iniciar imprimir ingresar leer registrarse registrate seguir siguenos publicidad "
    "suscribete suscribirse suscribase ver comparte "
    "anuncio assine assinar baixe comentarios compartilhar compartilhe curtir cadastre-se entrar "
    "imprimir inscreva-se leia ouca ouvir partilhar patrocinado publicidade salvar siga subscreva "
    "abbonati accedi annuncio ascolta commenta commenti condividi iscriviti leggi pubblicita "
    "registrati salva scarica segui seguici stampa "
    "comparteix escolta publicitat subscriu-te segueix-nos "
    "abonati-va aboneaza-te citeste comenteaza distribuie publicitate reclama trimite "
    "urmareste urmareste-ne autentificare inregistrare",
    // Polish, Czech, Slovak, Slovene, Croatian, Serbian, Hungarian, the Baltic
    "czytaj drukuj komentarze komentuj obserwuj posluchaj reklama skomentuj subskrybuj udostepnij "
    "zaloguj zapisz zarejestruj wydrukuj kup polub "
    "cist diskuse odebirat poslechnout predplatit prihlasit prihlaseni registrovat sdilet "
    "sdilejte sledujte tisk tisknout vytisknout ulozit inzerce "
    "citat zdielat prihlasenie predplatte diskusia "
    "deli natisni oglas prijava preberi podeli podijeli komentiraj komentari pratite procitaj "
    "procitajte pretplati pretplatite oglasi сподели подели прочитај пријави коментари "
    "bejelentkezes elofizetes feliratkozas hirdetes hozzaszolas hozzaszolasok kovess megosztas "
    "megosztom nyomtatas olvasom tovabb belepes elofizetek "
    "dalintis prenumeruoti reklama skaityti prisijungti dalities abone lasit pieslegties "
    "sludinajums "
    "jaga logi reklaam telli kuula",
    // Turkish, Greek, Russian, Ukrainian, Bulgarian
    "abone devamini dinle giris kaydet kaydol oku paylas reklam takip yazdir yorum yorumlar uye "
    "διαβαστε διαφημιση εγγραφη εγγραφειτε εκτυπωση κοινοποιηση ακολουθηστε μοιραστειτε σχολια "
    "συνδεση "
    "войти вход зарегистрироваться комментарии комментировать обсудить подписаться "
    "подпишитесь подписка поделиться поделитесь распечатать реклама слушать сохранить читать "
    "читайте скачать "
    "войти увійти вхід зареєструватися коментарі коментувати підписатися підпишіться поділитися "
    "поширити роздрукувати слухати читати читайте "
    "абонирай абонирайте вижте коментари коментирай последвайте сподели споделете прочетете",
    // Indonesian, Malay, Vietnamese, Swahili
    "bagikan baca berlangganan cetak daftar iklan ikuti kongsi komentar langgan masuk simpan unduh "
    "jisajili shiriki soma tangazo",
    // Hebrew, Arabic, Persian, Urdu, Hindi, Bengali, Thai
    "שתף שתפו פרסומת התחבר התחברות הירשם הרשמה תגובות תגובה קרא קראו עקבו הדפס "
    "شارك شاركها مشاركة اشترك اشتراك إعلان اعلان تسجيل الدخول تابعنا تابع اقرأ تعليق تعليقات "
    "طباعة استمع "
    "اشتراک گذاری اشتراک‌گذاری آگهی تبلیغات ورود عضویت "
    "دیدگاه "
    "نظرات "
    "چاپ "
    "بخوانید "
    "شیئر کریں اشتہار لاگ سبسکرائب "
    "शेयर विज्ञापन लॉगिन सब्सक्राइब पढ़ें पढे फॉलो टिप्पणी साझा "
    "শেয়ার বিজ্ঞাপন লগইন পড়ুন "
    "แชร์ โฆษณา เข้าสู่ระบบ ติดตาม อ่านต่อ สมัครสมาชิก",
});

// Words of such texts that say nothing by themselves.
constexpr auto kFillers = std::to_array<std::string_view>({
    "a account action actions all alerts an and app article at button by content credit dark "
    "discussion edition e-mail emails event events first for free friend from full go here in "
    "inbox it later latest last live me mode more my news now of on online or our out page "
    "paid pdf post program section sharing options site someone stay story tab the this tips to "
    "today top topics "
    "up us user via video with x you your version premium member members audio podcast trial offer "
    "offers shop",
    "alle an auf bei den der dich die diesen dieses ein eine ein hier ihr ihre im in jetzt mit "
    "per seite sie sich uns unsere unseren unserem vor weiter zu zum zur gratis kostenlos "
    "bestellen "
    "testen sichern",
    "de het dit een ons op meer nu verder via voor artikel bericht reactie "
    "artikeln artikkelen artiklen artikkeli alla denna denne dette din oss os med mer mere om pa "
    "ind inn in som nu na her har en et saken lisaa lisää sisaan tama tata meita nyt ja "
    "sinne juttu uutiskirje",
    "a ce cet cette plus article au aux de des en et j' je l'article la le les moi notre nos nous "
    "par "
    "sur tout tous une vous votre se m' ici maintenant suite "
    "ahora aqui articulo con el en esta este esto lo los mas nos noticia nuestro nuestra por "
    "para sesion tu y ya gratis boletin "
    "agora aqui ao artigo com da do e este esta ja mais materia nao no nos noticia nossa o os "
    "por seu sua tudo "
    "adesso ora articolo alla con di e il in l'articolo la le nella noi piu questo "
    "questa qui su sui tutti tutto subito ci "
    "aquest ara el la mes ens "
    "acum aici articol cont despre in mai mult multe ne pe si stire",
    "artykul do juz na nas sie strone teraz ten to wiecej w tekst dalej clanek dal na nam nas se "
    "si teraz tento tuto vice vic viac v ve clanok nyni ovaj clanak nas na se si vec vise vise "
    "cikk cikket bovebben ide itt most minket meg ezt az be uj irj on "
    "straipsni plačiau daugiau vairak rakstu lisa sisse meid",
    "bu burada hemen ol olun bizi et et- haberi haber simdi yap yaz yapin devam et tumu "
    "τωρα εδω μας το αρθρο περισσοτερα στο "
    "в во далее дальше на нас новость новости нам статью статьей с этой эту еще ещё больше "
    "та і далі більше на нас нам статтю статтею новину "
    "за на ни още тук статията се",
    "juga ini kami selengkapnya artikel di sekarang lagi "
    "bai viet nay them ngay voi chung toi tiep hapa zaidi",
    "עכשיו כאן עוד את הכתבה על אותנו אחרי "
    "الآن هنا المزيد على المقال الخبر هذا في لنا أيضا أيضاً "
    "این را با ما مطلب خبر بیشتر کنید در به ان ہمیں پر مزید "
    "करें यहां यहाँ और हमें में को पर আরও করুন এখানে এই",
});

// Whole texts, of scripts without blanks or of words that are names as well.
constexpr auto kTexts = std::to_array<std::string_view>(
    {"シェア",     "シェアする", "続きを読む", "もっと見る", "広告",     "ログイン",
     "会員登録",   "保存",       "印刷",       "コメント",   "フォロー", "フォローする",
     "記事を保存", "記事を読む", "無料登録",   "有料会員",   "pr",       "分享",
     "分享到",     "登录",       "登錄",       "登入",       "注册",     "註冊",
     "广告",       "廣告",       "评论",       "評論",       "阅读更多", "閱讀更多",
     "查看更多",   "关注",       "追蹤",       "订阅",       "訂閱",     "收藏",
     "打印",       "列印",       "공유",       "공유하기",   "로그인",   "회원가입",
     "광고",       "구독",       "구독하기",   "댓글",       "기사저장", "기사 저장",
     "더보기",     "인쇄",       "스크랩",     "팔로우",     "แชร์",      "โฆษณา",
     "แชร์บทความ",  "อ่านเพิ่มเติม",  "chia sẻ",    "đăng nhập",  "đăng ký",  "bình luận",
     "quảng cáo",  "đọc thêm",   "theo dõi"});

}  // namespace

bool IsCallToAction(std::string_view text) {
  static const auto& call_words = *new page::FixedWords(page::FixedWords::FoldedFrom(kCalls));
  static const auto& fillers = *new page::FixedWords(page::FixedWords::FoldedFrom(kFillers));
  static const auto& whole_texts = *new page::FixedTexts(kTexts);
  constexpr size_t kMostWords = 8;
  if (page::IsFurniture(text)) return true;
  if (whole_texts.Has(text::FoldValue(page::StripMarks(page::Trim(text))))) return true;
  const std::vector<std::string> words = page::FoldedWords(text);
  if (words.empty() || words.size() > kMostWords) return false;
  bool calls = false;
  for (const std::string& word : words) {
    const bool call = call_words.Has(word);
    if (!call && !fillers.Has(word)) return false;
    calls = calls || call;
  }
  return calls;
}

}  // namespace broadsheet::sources::people
