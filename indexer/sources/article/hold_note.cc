// SPDX-License-Identifier: GPL-3.0-or-later
// The wording of notes that kill a story or hold it back, in the languages that agencies write in.
#include <algorithm>
#include <array>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/strings/ascii.h"
#include "engine/text/fold.h"
#include "indexer/sources/article/status_words.h"
#include "indexer/sources/wording/notice_kind.h"
#include "indexer/sources/wording/notice_word.h"
#include "indexer/sources/wording/word_set.h"

namespace broadsheet::sources {
namespace {

using Folded = std::vector<std::string>;

template <size_t N>
Folded FoldAll(const std::array<std::string_view, N>& phrases) {
  Folded folded;
  for (const std::string_view phrase : phrases) folded.push_back(text::FoldValue(phrase));
  return folded;
}

bool HasAny(std::string_view text, const Folded& phrases) {
  return std::any_of(phrases.begin(), phrases.end(), [text](const std::string& phrase) {
    return text.find(phrase) != std::string_view::npos;
  });
}

bool IsInWord(char c) {
  const auto byte = static_cast<unsigned char>(c);
  return absl::ascii_isalnum(byte) || byte >= 0x80;
}

std::vector<std::string_view> NoteWords(std::string_view text) {
  std::vector<std::string_view> words;
  for (size_t at = 0; at < text.size();) {
    const size_t begin = at;
    while (at < text.size() && IsInWord(text[at])) ++at;
    if (at > begin) words.push_back(text.substr(begin, at - begin));
    if (at == begin) ++at;
  }
  return words;
}

// What an editor does to a story.
constexpr auto kHoldPhrases = std::to_array<std::string_view>(
    {"sperrfrist", "sperrefrist", "sperrvermerk", "hold for release", "hold until", "hold till",
     "hold til ", "hold 'til", "hold this", "hold for ", "hold pending", "hold story",
     "please hold", "on hold", "do not publish", "don't publish", "do not use", "do not release",
     "do not distribute", "do not broadcast", "not for publication", "not for use before",
     "not for use until", "not for release", "not for broadcast", "not to be published",
     "not to be used", "not for public release", "withhold", "withheld",
     // German, French, Spanish, Portuguese, Italian
     "nicht zur veröffentlichung", "nicht veröffentlichen", "gesperrt bis", "frei ab ",
     "freigabe erst", "veröffentlichung erst", "ne pas publier", "ne pas diffuser",
     "publication interdite", "diffusion interdite", "no publicar", "no difundir", "no usar antes",
     "prohibida su publicación", "prohibida su difusión", "não publicar", "não divulgar",
     "non pubblicare", "non diffondere", "non pubblicabile", "divieto di pubblicazione",
     // Dutch, Swedish, Norwegian and Danish, Finnish
     "niet publiceren", "niet voor publicatie", "niet gebruiken voor", "ej för publicering",
     "får ej publiceras", "får inte publiceras", "publiceras inte", "inte för publicering",
     "ikke til offentliggørelse", "må ikke offentliggøres", "må ikke publiseres",
     "ikke for publisering", "ikke publiser", "ikke offentliggør", "klausuleret", "klausulert",
     "ei saa julkaista", "ei julkisuuteen",
     // Polish, Czech, Hungarian, Turkish, Indonesian
     "nie publikować", "nezveřejňovat", "nepublikovat", "nem közölhető", "ambargo", "yayınlamayın",
     "yayımlanamaz", "jangan dipublikasikan",
     // Russian, Ukrainian, Greek, Arabic, Hebrew
     "не публиковать", "не для публикации", "не для печати", "не публікувати", "εμπάργκο",
     "μη δημοσιεύσετε", "حظر النشر", "لا ينشر قبل", "אמברגו", "לא לפרסום",
     // Japanese, Chinese, Korean, Hindi
     "エンバーゴ", "解禁", "掲載不可", "公開禁止", "報道禁止", "不得发布", "禁止发布", "禁发",
     "엠바고", "보도금지", "एम्बार्गो"});

// Of two parts, the one before the other: "nicht vor Sonntag veröffentlichen".
constexpr auto kHoldPairs =
    std::to_array<std::pair<std::string_view, std::string_view>>({{"nicht vor", "veroffentlich"},
                                                                  {"nicht vor", "verwend"},
                                                                  {"nicht vor", "senden"},
                                                                  {"erst ab", "veroffentlich"},
                                                                  {"erst nach", "veroffentlich"},
                                                                  {"niet voor", "publiceren"},
                                                                  {"niet", "publiceren voor"},
                                                                  {"ej", "publiceras fore"},
                                                                  {"inte", "fore publicer"},
                                                                  {"pas avant", "publi"},
                                                                  {"publi", "pas avant"},
                                                                  {"not before", "publi"},
                                                                  {"not before", "use"},
                                                                  {"publi", "not before"},
                                                                  {"no", "antes de publicar"},
                                                                  {"non", "pubblicare prima"},
                                                                  {"ikke", "for publisering"}});

// An embargo that is over, or that there never was.
constexpr auto kReleasePhrases = std::to_array<std::string_view>(
    {"embargo lifted", "embargo is lifted", "embargo has been lifted", "embargo expired",
     "no embargo", "not embargoed", "lifts embargo", "free of embargo", "sperrfrist aufgehoben",
     "embargo levé", "embargo aufgehoben", "embargo levantado", "эмбарго снято"});

// "Trade embargo", "embargo against Cuba": what a story is about.
bool IsOfTrade(std::string_view before, std::string_view after) {
  constexpr auto kGoods = std::to_array<std::string_view>(
      {"trade",   "arms",       "weapons",  "weapon",   "oil",           "gas",
       "fuel",    "grain",      "economic", "export",   "import",        "food",
       "travel",  "commercial", "military", "energy",   "crude",         "gold",
       "diamond", "technology", "chip",     "steel",    "coal",          "uranium",
       "cuba",    "cuban",      "торговое", "нефтяное", "экономическое", "оружейное"});
  const std::vector<std::string_view> words = NoteWords(before);
  if (!words.empty() && IsOneOf(words.back(), kGoods)) return true;
  // On a story, a use or a time it is one of news.
  constexpr auto kAgainst = std::to_array<std::string_view>({"against", "on", "против", "на"});
  const std::vector<std::string_view> behind = NoteWords(after.substr(0, 60));
  size_t at = 1;
  while (at < behind.size() && (behind[at] == "the" || behind[at] == "this")) ++at;
  if (at >= behind.size() || !IsOneOf(behind[0], kAgainst)) return false;
  const std::vector<page::NoticeWord> whom = page::NoticeWordsOf(behind[at]);
  return !whom.empty() && whom.front() == page::NoticeWord::kOther;
}

bool SpeaksOfEmbargo(std::string_view text) {
  for (const std::string_view stem : {"embarg", "эмбарго", "ембарго"}) {
    for (size_t at = text.find(stem); at != std::string_view::npos; at = text.find(stem, at + 1)) {
      size_t end = at;
      while (end < text.size() && IsInWord(text[end])) ++end;
      const bool is_state = text.substr(at, end - at) != "embargo" && stem == "embarg" &&
                            text.substr(at, end - at) != "embargoes";
      const size_t near = at < 40 ? 0 : at - 40;
      if (is_state || !IsOfTrade(text.substr(near, at - near), text.substr(end))) return true;
    }
  }
  return false;
}

bool HasPair(std::string_view text) {
  return std::any_of(kHoldPairs.begin(), kHoldPairs.end(), [text](const auto& pair) {
    const size_t first = text.find(pair.first);
    if (first == std::string_view::npos) return false;
    const size_t second = text.find(pair.second, first + pair.first.size());
    return second != std::string_view::npos && second - first < 100;
  });
}

// "For release 6am Sunday", "for publication after noon"; not "for release of the hostages".
bool NamesTimeOfRelease(std::string_view text) {
  constexpr auto kTimes = std::to_array<std::string_view>(
      {"at",       "on",        "after",     "upon",     "not",      "from",     "sunday",
       "monday",   "tuesday",   "wednesday", "thursday", "friday",   "saturday", "sun",
       "mon",      "tue",       "wed",       "thu",      "fri",      "sat",      "noon",
       "midnight", "tomorrow",  "tonight",   "a",        "p",        "am",       "pm",
       "january",  "february",  "march",     "april",    "may",      "june",     "july",
       "august",   "september", "october",   "november", "december", "jan",      "feb",
       "mar",      "apr",       "jun",       "jul",      "aug",      "sept",     "sep",
       "oct",      "nov",       "dec"});
  for (const std::string_view start : {"for release", "for publication", "for use", "release at"}) {
    const size_t at = text.find(start);
    if (at == std::string_view::npos) continue;
    if (text.substr(0, at).ends_with("cleared ") || text.substr(0, at).ends_with("approved ")) {
      continue;
    }
    const std::vector<std::string_view> next = NoteWords(text.substr(at + start.size(), 40));
    if (next.empty()) continue;
    const bool is_digit = absl::ascii_isdigit(static_cast<unsigned char>(next[0].front()));
    if (is_digit || IsOneOf(next[0], kTimes)) return true;
  }
  return false;
}

// Whether the note is nothing but the word, or it and a mark begin it.
bool OpensWith(std::string_view text, std::string_view word) {
  if (!text.starts_with(word)) return false;
  const std::string_view rest = text.substr(word.size());
  return rest.empty() || std::string_view(".:!,;/(").find(rest.front()) < 7 ||
         rest.starts_with(" -") || rest.starts_with("--") || rest.starts_with(" (");
}

constexpr auto kStoryNouns =
    std::to_array<std::string_view>({"story", "article", "item", "text", "report", "dispatch",
                                     "piece", "copy", "version", "bulletin", "alert", "urgent"});

// "Kill", "kill kill kill", "kill this story".
bool OrdersKill(std::string_view text) {
  if (OpensWith(text, "kill")) return true;
  const std::vector<std::string_view> words = NoteWords(text.substr(0, 80));
  if (words.size() < 2 || words[0] != "kill") {
    return text.find("please kill") != std::string_view::npos ||
           text.find("mandatory kill") != std::string_view::npos;
  }
  constexpr auto kWhich = std::to_array<std::string_view>(
      {"this", "the", "that", "above", "previous", "earlier", "entire", "whole", "all", "our"});
  size_t at = 1;
  while (at < words.size() && IsOneOf(words[at], kWhich)) ++at;
  if (words[1] == "kill") return true;
  return at == words.size() || IsOneOf(words[at], kStoryNouns);
}

// "Pulled for legal reasons": why it was taken back begins the note.
bool OpensWithCause(const std::vector<std::string_view>& words) {
  constexpr auto kTaken = std::to_array<std::string_view>(
      {"pulled", "withdrawn", "retracted", "killed", "spiked", "removed"});
  constexpr auto kCauses =
      std::to_array<std::string_view>({"due", "because", "pending", "owing", "as", "after"});
  if (words.size() < 3 || !IsOneOf(words[0], kTaken)) return false;
  return IsOneOf(words[1], kCauses) || (words[1] == "for" && words[2] == "legal") ||
         (words[1] == "over" && words[2] == "legal");
}

// "This story has been retracted", "Story withdrawn"; not "the study was retracted".
bool SaysTakenBack(const std::vector<std::string_view>& words) {
  constexpr auto kDone = std::to_array<std::string_view>(
      {"retracted", "withdrawn", "killed", "recalled", "cancelled", "canceled", "annulled",
       "pulled", "deleted", "rescinded", "spiked", "invalid"});
  constexpr auto kBetween = std::to_array<std::string_view>(
      {"has", "have", "been", "was", "is", "were", "being", "now", "had", "hereby", "are"});
  for (size_t at = 1; at < words.size(); ++at) {
    if (!IsOneOf(words[at], kDone)) continue;
    size_t noun = at - 1;
    while (noun > 0 && IsOneOf(words[noun], kBetween)) --noun;
    if (!IsOneOf(words[noun], kStoryNouns)) continue;
    if (noun < 2) return true;
    if (words[noun - 1] == "this" || words[noun - 1] == "our" || words[noun - 1] == "above") {
      return true;
    }
  }
  return false;
}

}  // namespace

bool IsKillNotice(std::string_view heading) {
  const size_t begin = heading.find_first_not_of(" \t\r\n*");
  if (begin == std::string_view::npos) return false;
  heading.remove_prefix(begin);
  const std::string upper = absl::AsciiStrToUpper(std::string(heading.substr(0, 100)));
  for (const std::string_view notice :
       {"MANDATORY KILL", "BULLETIN KILL", "URGENT KILL", "STORY KILL", "KILL NOTICE",
        "KILL ADVISORY", "NOTICE TO KILL", "MANDATORY WITHDRAWAL", "STORY WITHDRAWN",
        "STORY RETRACTED", "KILL KILL", "WITHDRAWAL NOTICE"}) {
    if (upper.starts_with(notice)) return true;
  }
  // Written in capitals, and alone or before a mark.
  if (heading == "WITHDRAWN" || heading == "RETRACTED" || heading.starts_with("RETRACTED: ") ||
      heading.starts_with("RETRACTION: ") || heading.starts_with("WITHDRAWAL: ") ||
      heading.starts_with("DISREGARD: ")) {
    return true;
  }
  if (!heading.starts_with("KILL")) return false;
  std::string_view rest = heading.substr(4);
  const size_t next = rest.find_first_not_of(" \t");
  if (next == std::string_view::npos) return true;
  rest.remove_prefix(next);
  return rest.front() == ':' || rest.front() == '/' || rest.front() == '(' || rest.front() == ',' ||
         rest.starts_with("--") || rest.starts_with("- ") || rest.starts_with("–") ||
         rest.starts_with("—") || rest.starts_with("THIS STORY") || rest.starts_with("STORY");
}

bool IsKillNote(std::string_view note) {
  static const auto& opening = *new Folded(FoldAll(std::to_array<std::string_view>(
      {"withdrawn", "withdrawal", "retracted", "retraction", "annulled", "killed", "rescinded",
       "annuliert", "zurückgezogen", "ingetrokken", "tilbaketrukket", "trukket tilbage",
       "återkallad", "отозвано", "аннулировано", "відкликано", "撤稿"})));
  // Of an event, perhaps, unless nothing else is said.
  static const auto& alone = *new Folded(FoldAll(std::to_array<std::string_view>(
      {"recalled",  "canceled",  "cancelled", "annulé",    "annulée",   "annulation",
       "anulado",   "anulada",   "retirado",  "retirada",  "cancelado", "cancelada",
       "annullato", "annullata", "ritirato",  "vervallen", "anulowano", "отменено",
       "取り消し",  "取消",      "deleted",   "spiked"})));
  std::string text = text::FoldValue(note);
  if (OrdersKill(text)) return true;
  const bool opens = std::any_of(opening.begin(), opening.end(), [&text](const std::string& word) {
    return OpensWith(text, word);
  });
  while (!text.empty() && (text.back() == '.' || text.back() == '!')) text.pop_back();
  if (std::find(alone.begin(), alone.end(), text) != alone.end()) return true;
  const std::vector<std::string_view> words = NoteWords(text);
  return opens || OpensWithCause(words) || SaysTakenBack(words) ||
         page::KindOfEditorsNote(note) == page::NoticeKind::kKills;
}

bool IsHoldNote(std::string_view note) {
  static const auto& holds = *new Folded(FoldAll(kHoldPhrases));
  static const auto& releases = *new Folded(FoldAll(kReleasePhrases));
  const std::string text = text::FoldValue(note);
  if (HasAny(text, releases)) return false;
  const page::NoticeKind kind = page::KindOfEditorsNote(note);
  if (kind == page::NoticeKind::kHolds || kind == page::NoticeKind::kWaits) return true;
  return HasAny(text, holds) || OpensWith(text, "hold") || text.starts_with("not before ") ||
         SpeaksOfEmbargo(text) || HasPair(text) || NamesTimeOfRelease(text);
}

}  // namespace broadsheet::sources
