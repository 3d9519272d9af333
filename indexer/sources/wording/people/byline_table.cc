// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/sources/wording/people/byline_table.h"

#include <array>

namespace broadsheet::sources::people {
namespace {

// Written as the languages write; readers fold them. What only says where a text comes from
// ("Source:", "Πηγή:") or who edited it names no author and is not here.
constexpr auto kLanguages = std::to_array<BylineLanguage>({
    {.language = "en",
     .labels = "author|authors|writer|writers|reporter|journalist|byline|correspondent|contributor|"
               "contributors|by|story by|written by|posted by|published by|reported by",
     .openings = "by|view all posts by|more stories by|more by|as told to"},
    {.language = "de",
     .labels = "autor|autoren|autorin|autorinnen|autorin/autor|autor/in|autor:in|autor:innen|"
               "autor*in|verfasser|verfasserin|redakteur|redakteurin|autor des artikels|"
               "autorin des artikels|artikel von|ein artikel von|von|text von",
     .openings = "von"},
    {.language = "lb", .labels = "auteur|autor|vum|vun", .openings = {}, .own_openings = "vum|vun"},
    {.language = "fr",
     .labels = "auteur|auteurs|auteure|autrice|auteur(s)|journaliste|journalistes|rédacteur|"
               "rédactrice|par|publié par|rédigé par|écrit par|article de|propos recueillis par",
     .openings = "par|propos recueillis par"},
    {.language = "es",
     .labels = "autor|autora|autores|autoras|autor/a|periodista|periodistas|redactor|redactora|"
               "reportero|reportera|por|publicado por|escrito por|redactado por|elaborado por",
     .openings = "por"},
    {.language = "ca",
     .labels = "autor|autora|autors|autores|text|redactor|redactora|per|escrit per|redactat per",
     .openings = "escrit per|redactat per|publicat per|un article de",
     .own_openings = "per",
     .joint = "i"},
    {.language = "gl",
     .labels = "autor|autora|autores|xornalista|por|escrito por|redactado por",
     .openings = "por",
     .own_openings = {},
     .joint = "e"},
    {.language = "eu",
     .labels = "egilea|egileak|idazlea|idazleak|kazetaria|testua|erredakzioa",
     .openings = {},
     .own_openings = {},
     .joint = "eta"},
    {.language = "pt",
     .labels = "autor|autora|autores|autoria|jornalista|repórter|redator|redatora|reportagem|por|"
               "publicado por|escrito por|postado por|texto de",
     .openings = "por"},
    {.language = "it",
     .labels = "autore|autrice|autori|giornalista|testo|testi|di|scritto da|pubblicato da|"
               "a cura di|articolo di|servizio di",
     .openings = "di|a cura di"},
    {.language = "ro",
     .labels = "autor|autori|autoare|autoarea|redactor|reporter|jurnalist|text|de|scris de|"
               "publicat de|redactat de|postat de",
     .openings = "scris de|publicat de|redactat de|postat de|un articol de",
     .own_openings = "de",
     .joint = "și"},
    {.language = "nl",
     .labels = "auteur|auteurs|tekst|verslaggever|verslaggeefster|redacteur|door|geschreven door|"
               "geplaatst door|gepubliceerd door",
     .openings = "door",
     .own_openings = {},
     .joint = "en"},
    {.language = "af",
     .labels = "skrywer|skrywers|outeur|joernalis|deur|geskryf deur",
     .openings = "deur|geskryf deur",
     .own_openings = {},
     .joint = "en"},
    {.language = "sv",
     .labels = "skribent|skribenter|författare|reporter|journalist|text|av|skriven av|text av",
     .openings = "av"},
    {.language = "no",
     .labels = "forfatter|forfattar|forfattere|journalist|journalister|skribent|tekst|av|"
               "skrevet av|skrive av|publisert av",
     .openings = "av|skrive av"},
    {.language = "da",
     .labels = "forfatter|forfattere|skribent|journalist|tekst|af|skrevet af|publiceret af",
     .openings = "af"},
    {.language = "is",
     .labels = "höfundur|höfundar|blaðamaður|texti|eftir|skrifað af",
     .openings = "eftir|skrifað af"},
    {.language = "fo",
     .labels = "høvundur|tíðindafólk|eftir|skrivað hevur",
     .openings = "eftir|skrivað hevur"},
    {.language = "fi",
     .labels = "kirjoittaja|kirjoittajat|toimittaja|toimittajat|teksti|kirjoittanut",
     .openings = "kirjoittanut",
     .own_openings = {},
     .joint = "ja"},
    {.language = "et",
     .labels = "autor|autorid|kirjutas|kirjutasid|ajakirjanik|tekst",
     .openings = "kirjutas",
     .own_openings = {},
     .joint = "ja"},
    {.language = "lv",
     .labels = "autors|autore|autori|žurnālists|žurnāliste|teksts|sagatavoja",
     .openings = "sagatavoja",
     .own_openings = {},
     .joint = "un"},
    {.language = "lt",
     .labels = "autorius|autorė|autoriai|žurnalistas|žurnalistė|tekstas|parengė|paruošė",
     .openings = "parengė|paruošė",
     .own_openings = {},
     .joint = "ir"},
    {.language = "pl",
     .labels = "autor|autorka|autorzy|autorki|autor/ka|opracował|opracowała|opracowali|"
               "opracowanie|oprac.|oprac|napisał|napisała|przygotował|przygotowała|rozmawiał|"
               "rozmawiała|dziennikarz|dziennikarka|tekst|redaktor|dodał|opublikował",
     .openings = "przez|opracował|opracowała|oprac.|oprac|napisał|napisała|przygotował|"
                 "przygotowała|rozmawiał|rozmawiała"},
    {.language = "cs",
     .labels = "autor|autorka|autoři|autorky|napsal|napsala|připravil|připravila|zpracoval|"
               "zpracovala|redaktor|redaktorka|text",
     .openings = "napsal|napsala|připravil|připravila|zpracoval|zpracovala",
     .own_openings = {},
     .joint = "a"},
    {.language = "sk",
     .labels = "autor|autorka|autori|autorky|napísal|napísala|pripravil|pripravila|spracoval|"
               "spracovala|redaktor|redaktorka|text",
     .openings = "napísal|napísala|pripravil|pripravila|spracoval|spracovala",
     .own_openings = {},
     .joint = "a"},
    {.language = "sl",
     .labels = "avtor|avtorica|avtorji|avtorici|piše|pišeta|novinar|novinarka|besedilo|napisal|"
               "napisala|pripravil|pripravila",
     .openings = "piše|pišeta",
     .own_openings = {},
     .joint = "in"},
    {.language = "hr",
     .labels = "autor|autorica|autorka|autori|piše|pišu|napisao|napisala|novinar|novinarka|"
               "priredio|priredila|razgovarao|razgovarala|tekst",
     .openings = "piše|pišu|napisao|priredio|priredila|razgovarao|razgovarala"},
    {.language = "sr",
     .labels = "аутор|ауторка|аутори|пише|пишу|написао|написала|новинар|новинарка|приредио|"
               "приредила|разговарао|разговарала|текст",
     .openings = "пише|пишу|написао|написала|приредио|приредила|разговарао|разговарала",
     .own_openings = {},
     .joint = "и"},
    {.language = "mk",
     .labels = "автор|авторка|автори|пишува|пишуваат|напиша|подготви|новинар|новинарка|текст",
     .openings = "пишува|пишуваат|напиша|подготви",
     .own_openings = "од",
     .joint = "и"},
    {.language = "bg",
     .labels = "автор|авторка|автори|журналист|журналистка|репортер|редактор|текст|от|публикувано "
               "от|написано от",
     .openings = "публикувано от|написано от",
     .own_openings = "от",
     .joint = "и"},
    {.language = "ru",
     .labels = "автор|авторы|автор статьи|автор текста|автор материала|автор публикации|текст|"
               "тексты|журналист|корреспондент|обозреватель|подготовил|подготовила|подготовили|"
               "материал подготовил|материал подготовила|беседовал|беседовала|записал|записала|"
               "опубликовал|опубликовала",
     .openings = "автор статьи|подготовил|подготовила|материал подготовил|материал подготовила|"
                 "беседовал|беседовала|записал|записала",
     .own_openings = {},
     .joint = "и"},
    {.language = "uk",
     .labels = "автор|авторка|автори|автор статті|автор матеріалу|текст|журналіст|журналістка|"
               "кореспондент|підготував|підготувала|підготували|розмовляв|розмовляла|спілкувався|"
               "спілкувалася",
     .openings = "підготував|підготувала|розмовляв|розмовляла|спілкувався|спілкувалася",
     .own_openings = {},
     .joint = "та|і|й"},
    {.language = "be",
     .labels = "аўтар|аўтарка|аўтары|тэкст|журналіст|падрыхтаваў|падрыхтавала",
     .openings = "падрыхтаваў|падрыхтавала",
     .own_openings = {},
     .joint = "і"},
    {.language = "kk", .labels = "автор|авторы|авторлар|журналист|тілші", .openings = {}},
    {.language = "uz", .labels = "muallif|mualliflar|муаллиф|jurnalist", .openings = {}},
    {.language = "mn", .labels = "зохиогч|сэтгүүлч|бичсэн", .openings = {}},
    {.language = "hu",
     .labels = "szerző|szerzők|szerzo|írta|írták|újságíró|szöveg",
     .openings = "írta",
     .own_openings = {},
     .joint = "és"},
    {.language = "el",
     .labels = "συντάκτης|συντάκτρια|συντάκτες|συγγραφέας|αρθρογράφος|δημοσιογράφος|γράφει|"
               "γράφουν|γράφει ο|γράφει η|κείμενο|επιμέλεια|ρεπορτάζ|από|του|της|των",
     .openings = "γράφει ο|γράφει η|γράφουν οι|γράφει|επιμέλεια",
     .own_openings = "του|της|των|από τον|από την|από",
     .joint = "και"},
    {.language = "tr",
     .labels = "yazar|yazan|yazarlar|haber|muhabir|röportaj|hazırlayan|derleyen|kaleme alan|metin",
     .openings = "hazırlayan|derleyen|kaleme alan",
     .own_openings = {},
     .joint = "ve"},
    {.language = "az", .labels = "müəllif|müəlliflər|yazdı|hazırladı|jurnalist", .openings = {}},
    {.language = "sq",
     .labels = "autor|autori|autorja|autore|gazetar|gazetari|shkruan|shkroi|përgatiti|teksti|nga",
     .openings = "shkruan|shkroi|përgatiti",
     .own_openings = "nga",
     .joint = "dhe"},
    {.language = "ka", .labels = "ავტორი|ავტორები|ჟურნალისტი", .openings = {}},
    {.language = "hy", .labels = "հեղինակ|հեղինակներ|լրագրող|հեղինակը", .openings = {}},
    {.language = "ar",
     .labels = "بقلم|كتب|كتبت|كتبه|كتبها|الكاتب|الكاتبة|كاتب المقال|المؤلف|تأليف|المحرر|المحررة|"
               "إعداد|تحرير|الصحفي|الصحفية|المراسل|مراسل|كاتب",
     .openings = "بقلم|كتب|كتبت|إعداد"},
    {.language = "he",
     .labels = "מאת|כתב|כתבה|כתבת|כותב|כותבת|הכותב|הכותבת|מחבר|מחברת|כתבים",
     .openings = "מאת"},
    {.language = "fa",
     .labels = "نویسنده|نویسندگان|خبرنگار|به قلم|نوشته|گزارشگر|روزنامه "
               "نگار|روزنامه‌نگار|گزارش "
               "از",
     .openings = "به قلم|نوشته|گزارش از"},
    {.language = "ur",
     .labels = "تحریر|مصنف|مصنفہ|رپورٹ|رپورٹر|نامہ نگار|از",
     .openings = "تحریر",
     .own_openings = "از"},
    {.language = "hi",
     .labels = "लेखक|लेखिका|द्वारा|रिपोर्ट|रिपोर्टर|संवाददाता|प्रस्तुति|पत्रकार|लेखन",
     .openings = "द्वारा"},
    {.language = "bn",
     .labels = "লেখক|লেখিকা|লেখা|লিখেছেন|প্রতিবেদক|প্রতিবেদন|সাংবাদিক",
     .openings = "লিখেছেন"},
    {.language = "ta", .labels = "எழுதியவர்|எழுத்தாளர்|ஆசிரியர்|செய்தியாளர்", .openings = {}},
    {.language = "te", .labels = "రచయిత|రచన|రాసినవారు", .openings = {}},
    {.language = "ml", .labels = "ലേഖകൻ|ലേഖിക|എഴുതിയത്|തയ്യാറാക്കിയത്", .openings = {}},
    {.language = "kn", .labels = "ಲೇಖಕ|ಲೇಖಕರು|ಬರೆದವರು|ವರದಿ", .openings = {}},
    {.language = "gu", .labels = "લેખક|લેખિકા|દ્વારા", .openings = {}},
    {.language = "pa", .labels = "ਲੇਖਕ|ਪੱਤਰਕਾਰ", .openings = {}},
    {.language = "th", .labels = "โดย|ผู้เขียน|เรื่อง|นักข่าว|ผู้สื่อข่าว|เขียนโดย", .openings = "โดย|เขียนโดย"},
    {.language = "km", .labels = "ដោយ|អ្នកនិពន្ធ", .openings = "ដោយ"},
    {.language = "id",
     .labels = "penulis|reporter|wartawan|jurnalis|kontributor|pewarta|pengarang|oleh|ditulis "
               "oleh|laporan wartawan",
     .openings = "oleh|ditulis oleh|laporan wartawan",
     .own_openings = {},
     .joint = "dan"},
    {.language = "ms",
     .labels = "penulis|wartawan|oleh|ditulis oleh",
     .openings = "oleh|ditulis oleh",
     .own_openings = {},
     .joint = "dan"},
    {.language = "vi",
     .labels = "tác giả|phóng viên|người viết|bài|bài viết|bài và ảnh|thực hiện|cuộc viết|bởi",
     .openings = "bởi|viết bởi",
     .own_openings = {},
     .joint = "và"},
    {.language = "tl",
     .labels = "ni|nina|isinulat ni|sinulat ni|ulat ni|may-akda|manunulat",
     .openings = "isinulat ni|sinulat ni|ulat ni|iniulat ni",
     .own_openings = "ni|nina",
     .joint = "at"},
    {.language = "fil", .labels = {}, .openings = {}, .own_openings = "ni|nina", .joint = "at"},
    {.language = "sw",
     .labels = "mwandishi|waandishi|na|imeandikwa na",
     .openings = "imeandikwa na",
     .own_openings = "na",
     .joint = "na"},
    {.language = "cy",
     .labels = "awdur|awduron|gohebydd|gan",
     .openings = {},
     .own_openings = "gan",
     .joint = "a"},
    {.language = "ga",
     .labels = "údar|le|scríofa ag",
     .openings = {},
     .own_openings = "le",
     .joint = "agus"},
    {.language = "mt", .labels = "awtur|minn|miktub minn", .openings = "minn|miktub minn"},
});

constexpr auto kUnspaced = std::to_array<std::string_view>(
    {"本报特约记者", "新华社记者", "聞き手・構成", "取材・構成", "本报记者", "本報記者", "特约记者",
     "特約記者",     "实习记者",   "見習記者",     "见习记者",   "取材・文", "文・写真", "文・構成",
     "構成・文",     "글·사진",    "취재기자",     "撰稿人",     "采访人",   "通讯员",   "글쓴이",
     "작성자",       "執筆者",     "ライター",     "聞き手",     "撰文",     "撰稿",     "作者",
     "作家",         "记者",       "記者",         "采写",       "執筆",     "著者",     "筆者",
     "文責",         "寄稿",       "取材",         "文字",       "기자",     "작성",     "저자",
     "필자",         "취재",       "文",           "글"});

constexpr auto kWithWords = std::to_array<std::string_view>(
    {"with", "mit", "avec", "con", "com", "met", "med", "amb", "cu",        "z",
     "ze",   "s",   "se",   "с",   "со",  "із",  "з",   "με",  "including", "plus"});

}  // namespace

std::span<const BylineLanguage> BylineLanguages() { return kLanguages; }

std::span<const std::string_view> UnspacedLabels() { return kUnspaced; }

std::span<const std::string_view> WithWords() { return kWithWords; }

}  // namespace broadsheet::sources::people
