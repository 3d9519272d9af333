// SPDX-License-Identifier: GPL-3.0-or-later
// The lists of names that hold_name.cc reads, in letters and digits.
#pragma once

#include <array>
#include <string_view>

namespace broadsheet::sources::hold {

inline constexpr auto kHoldNames = std::to_array<std::string_view>(
    {"withheld", "iswithheld", "withhold", "withhelduntil", "withholduntil", "heldback", "hold",
     "holduntil", "onhold", "isonhold", "helduntil", "holdforrelease", "gesperrtbis"});

// When the article was taken back. Of an author or a comment, perhaps, inside another member.
inline constexpr auto kGoneNames = std::to_array<std::string_view>(
    {"deletedat", "deletedon", "deletiondate", "datedeleted", "trashedat", "retractedat",
     "retractedon", "retractiondate", "withdrawnat", "withdrawnon", "killedat", "spikedat",
     "removedat", "recalledat", "canceledat", "cancelledat", "unpublishedat"});

inline constexpr auto kPublicationStatusNames = std::to_array<std::string_view>(
    {"pubstatus", "publicationstatus", "publishstatus", "publishingstatus", "publishedstatus",
     "pubstate", "publicationstate", "publishstate", "publishingstate", "moderationstatus",
     "moderationstate", "creativeworkstatus"});

// What stands before "status" or "state" where it is the article's, at any depth.
inline constexpr auto kStatusOwners = std::to_array<std::string_view>(
    {"management", "",      "article",  "story",     "item", "news",     "newsitem",
     "content",    "entry", "post",     "page",      "doc",  "document", "copy",
     "record",     "desk",  "workflow", "editorial", "edit", "release",  "current",
     "node",       "cms",   "wf",       "approval"});

// What stands before it where it is the status of something else.
inline constexpr auto kOtherOwners = std::to_array<std::string_view>(
    {"comment", "ping",    "payment",  "order",   "subscri",  "user",     "author",    "account",
     "member",  "marital", "employ",   "http",    "sync",     "index",    "event",     "game",
     "match",   "flight",  "legal",    "bill",    "vote",     "ticket",   "job",       "task",
     "image",   "photo",   "video",    "media",   "thumb",    "audio",    "campaign",  "connect",
     "network", "server",  "cache",    "import",  "export",   "upload",   "download",  "email",
     "mail",    "login",   "session",  "stock",   "shipping", "delivery", "customer",  "client",
     "contact", "weather", "traffic",  "project", "case",     "trial",    "court",     "election",
     "race",    "season",  "concert",  "film",    "movie",    "product",  "company",   "trading",
     "market",  "loan",    "claim",    "visa",    "tax",      "test",     "crawl",     "fetch",
     "scrape",  "parse",   "response", "request", "transcri", "translat", "newsletter"});

inline constexpr auto kReleaseDateNames =
    std::to_array<std::string_view>({"publishat",
                                     "publishon",
                                     "publishfrom",
                                     "publishschedule",
                                     "scheduledat",
                                     "scheduledfor",
                                     "scheduledtime",
                                     "scheduleddate",
                                     "scheduledpublishdate",
                                     "publishstart",
                                     "visibleafter",
                                     "showafter",
                                     "validfrom",
                                     "onlinefrom",
                                     "freigabe",
                                     "freigabedatum",
                                     "freigabezeit",
                                     "notforreleasebefore",
                                     "releasedate",
                                     "releasetime",
                                     "releaseat",
                                     "releaseon",
                                     "releasefrom",
                                     "releasedatetime",
                                     "dateofrelease",
                                     "daterelease",
                                     "publishafter",
                                     "notbefore",
                                     "donotpublishbefore",
                                     "notforpublicationbefore",
                                     "availablefrom",
                                     "visiblefrom",
                                     "golivedate",
                                     "goliveat",
                                     "golivetime",
                                     "golive",
                                     "livefrom",
                                     "startpublish",
                                     "startpublishing",
                                     "publishup",
                                     "activefrom",
                                     "datereleased",
                                     "releasedat",
                                     "releasedon",
                                     "scheduled",
                                     "freiab",
                                     "freigabeab",
                                     "sperrenbis",
                                     "publierle",
                                     "publicarel",
                                     "onlineab",
                                     "showfrom",
                                     "displayfrom",
                                     "publishdatetime",
                                     "publishingon",
                                     "publishingat",
                                     "publishfromdate",
                                     "scheduledate",
                                     "scheduletime",
                                     "scheduledatetime",
                                     "scheduleddatetime",
                                     "scheduledon",
                                     "unlockat",
                                     "unlockdate",
                                     "unlockfrom",
                                     "publicardespuesde",
                                     "publierapres",
                                     "nichtvor",
                                     "visibleab",
                                     "sichtbarab",
                                     "publicarem",
                                     "release",
                                     "goeslive",
                                     "liveat",
                                     "liveon",
                                     "livedate",
                                     "firstalloweduse",
                                     "usablefrom",
                                     "useafter",
                                     "usefrom"});

// How words for publishing begin in other languages; which words say from when on, and which say
// until when.
inline constexpr auto kPublishingStems = std::to_array<std::string_view>(
    {"publi",    "publik",   "pubblic",   "veröffentlich", "veroeffentlich", "freischalt",
     "erschein", "parution", "offentlig", "udgiv",         "utgiv",          "utgiv",
     "julkais",  "julkist",  "zveřejn",   "uveřejn",       "yayın",          "yayım",
     "közzé",    "публик",   "опублик",   "публік",        "опублік",        "δημοσι",
     "نشر",      "النشر",    "פרסום"});
inline constexpr auto kFromWords = std::to_array<std::string_view>({"ab",          "von",
                                                                    "nach",        "beginn",
                                                                    "start",       "geplant",
                                                                    "fra",         "från",
                                                                    "från",        "planlagt",
                                                                    "planerad",    "partir",
                                                                    "apres",       "après",
                                                                    "debut",       "début",
                                                                    "prévu",       "prévue",
                                                                    "programmé",   "programmée",
                                                                    "desde",       "inicio",
                                                                    "início",      "despues",
                                                                    "después",     "programado",
                                                                    "programada",  "apartir",
                                                                    "dal",         "da",
                                                                    "dopo",        "inizio",
                                                                    "programmata", "vanaf",
                                                                    "gepland",     "na",
                                                                    "alkaen",      "alku",
                                                                    "od",          "po",
                                                                    "začátek",     "początek",
                                                                    "с",           "после",
                                                                    "начало",      "запланировано",
                                                                    "з",           "після",
                                                                    "από",         "μετά",
                                                                    "başlangıç",   "başlangıcı",
                                                                    "kezdete",     "kezdet",
                                                                    "من",          "بعد",
                                                                    "החל"});
inline constexpr auto kUntilWords = std::to_array<std::string_view>(
    {"bis",   "ende",   "til",   "till",   "slut", "slutt", "jusqu", "jusque",
     "fin",   "hasta",  "até",   "fino",   "fine", "tot",   "einde", "asti",
     "loppu", "do",     "konec", "koniec", "до",   "конец", "έως",   "μέχρι",
     "bitiş", "bitişi", "vége",  "إلى",    "حتى",  "end",   "until"});

// Parts of such names in scripts without blanks.
inline constexpr auto kStartParts = std::to_array<std::string_view>(
    {"公開開始", "公開予定", "掲載開始", "掲載予定", "配信開始", "配信予定", "发布开始", "定时发布",
     "预定发布", "發布開始", "게시시작", "게시예정", "공개예정", "공개시작", "발행예정", "예약발행",
     "예약게시"});

inline constexpr auto kFlagNames = std::to_array<std::string_view>(
    {"donotpublish", "donotuse",  "notforpublication", "notforrelease", "isspiked",
     "draft",        "isdraft",   "canceled",          "iscanceled",    "cancelled",
     "iscancelled",  "killed",    "iskilled",          "unpublished",   "spiked",
     "isretracted",  "retracted", "iswithdrawn",       "withdrawn",     "isunpublished",
     "notpublished"});

// The same of the article itself; of an author or a comment, perhaps, inside another member.
inline constexpr auto kWeakFlagNames = std::to_array<std::string_view>(
    {"private",        "isprivate",      "hidden",        "ishidden",
     "deleted",        "isdeleted",      "trash",         "trashed",
     "istrashed",      "istrash",        "removed",       "isremoved",
     "suppressed",     "issuppressed",   "unlisted",      "disabled",
     "isdisabled",     "recalled",       "isrecalled",    "confidential",
     "isconfidential", "internalonly",   "brouillon",     "borrador",
     "entwurf",        "rascunho",       "bozza",         "utkast",
     "kladde",         "черновик",       "taslak",        "下書き",
     "草稿",           "nonpublic",      "notpublic",     "recall",
     "retraction",     "чернетка",       "임시저장",      "koncept",
     "gesperrt",       "zurückgehalten", "vertraulich",   "confidentiel",
     "confidencial",   "riservato",      "vertrouwelijk", "конфиденциально",
     "fortrolig",      "konfidentiell",  "poufne"});

inline constexpr auto kShownNames = std::to_array<std::string_view>({"published",
                                                                     "public",
                                                                     "visible",
                                                                     "ispublished",
                                                                     "ispublic",
                                                                     "isvisible",
                                                                     "isreleased",
                                                                     "released",
                                                                     "isapproved",
                                                                     "publishable",
                                                                     "ispublishable",
                                                                     "isusable",
                                                                     "iscleared",
                                                                     "isonline",
                                                                     "readytopublish",
                                                                     "readyforrelease",
                                                                     "readyforpublication",
                                                                     "approved",
                                                                     "online",
                                                                     "clearedforrelease"});

// The same in other languages.
inline constexpr auto kShownNamesElsewhere =
    std::to_array<std::string_view>({"veröffentlicht", "veroeffentlicht",
                                     "freigegeben",    "publié",
                                     "publiée",        "publicado",
                                     "publicada",      "pubblicato",
                                     "pubblicata",     "gepubliceerd",
                                     "publicerad",     "publicerat",
                                     "publisert",      "publiceret",
                                     "offentliggjort", "julkaistu",
                                     "opublikowano",   "opublikowany",
                                     "publikováno",    "zveřejněno",
                                     "опубликовано",   "опубликован",
                                     "опубліковано",   "δημοσιευμένο",
                                     "yayında",        "yayınlandı",
                                     "közzétéve",      "منشور",
                                     "פורסם",          "公開",
                                     "公開済み",       "公開フラグ",
                                     "已发布",         "是否发布",
                                     "게시",           "게시됨",
                                     "공개",           "공개여부",
                                     "발행",           "발행여부",
                                     "게시여부"});

// "status" and its like in other languages.
inline constexpr auto kStatusNames = std::to_array<std::string_view>(
    {"visibility", "tilstand", "tillstånd", "stan",   "állapot", "κατάσταση", "trạng thái",
     "สถานะ",      "स्थिति",    "statut",    "estado", "estatus", "stato",     "etat",
     "zustand",    "durum",    "stav",      "tila",   "статус",  "стан",      "ステータス",
     "状態",       "状态",     "상태",      "حالة",   "الحالة",  "סטטוס"});

// Names that hold back by any part of them, in letters and digits; "Sperrfrist" is the embargo of
// German agencies, 解禁 the end of one.
inline constexpr auto kHoldParts = std::to_array<std::string_view>(
    {"embarg", "sperrfrist", "sperrefrist", "sperrvermerk", "ambargo", "эмбарго", "ембарго",
     "εμπάργκο", "エンバーゴ", "解禁", "엠바고", "禁发", "禁止发布", "حظر النشر", "אמברגו"});

}  // namespace broadsheet::sources::hold
