// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/sources/article/status_words.h"

#include <algorithm>
#include <array>
#include <set>
#include <string>

#include "absl/strings/ascii.h"
#include "engine/text/char_class.h"
#include "engine/text/fold.h"
#include "engine/text/utf8.h"
#include "indexer/sources/wording/word_set.h"
#include "indexer/sources/wording/words.h"

namespace broadsheet::sources {
namespace {

constexpr auto kUsable = std::to_array<std::string_view>(
    {"usable", "published", "publish", "public", "released", "release", "live", "online", "active",
     "visible", "approved", "cleared", "corrected", "correction", "updated", "update", "final",
     "republished"});
constexpr auto kCancelled = std::to_array<std::string_view>(
    {"canceled",  "cancelled",     "cancel",     "annulled", "annulment", "killed",
     "kill",      "mandatorykill", "withdrawn",  "withdraw", "retracted", "retraction",
     "recalled",  "recall",        "deleted",    "delete",   "removed",   "takedown",
     "takendown", "eliminated",    "elimination"});
constexpr auto kWithheld = std::to_array<std::string_view>(
    {"withheld",        "withhold",     "hold",          "onhold",         "held",
     "heldback",        "draft",        "unpublished",   "scheduled",      "private",
     "pending",         "future",       "trash",         "spiked",         "spike",
     "unusable",        "notusable",    "notpublished",  "inprogress",     "submitted",
     "unapproved",      "notapproved",  "inreview",      "pendingreview",  "suppressed",
     "confidential",    "autodraft",    "hidden",        "needsreview",    "rejected",
     "inmoderation",    "trashed",      "needsapproval", "awaitingreview", "awaitingapproval",
     "readyforreview",  "review",       "notlive",       "offline",        "invisible",
     "pendingapproval", "internalonly", "donotuse",      "donotpublish",   "notforpublication"});

// "draft" in other languages, and the like.
constexpr auto kWithheldElsewhere = std::to_array<std::string_view>({"brouillon",
                                                                     "borrador",
                                                                     "entwurf",
                                                                     "rascunho",
                                                                     "bozza",
                                                                     "utkast",
                                                                     "kladde",
                                                                     "luonnos",
                                                                     "szkic",
                                                                     "wersja robocza",
                                                                     "koncept",
                                                                     "taslak",
                                                                     "konsep",
                                                                     "vázlat",
                                                                     "ciornă",
                                                                     "gesperrt",
                                                                     "zurückgehalten",
                                                                     "nicht veröffentlicht",
                                                                     "non publié",
                                                                     "dépublié",
                                                                     "no publicado",
                                                                     "não publicado",
                                                                     "non pubblicato",
                                                                     "en attente",
                                                                     "en revisión",
                                                                     "privé",
                                                                     "privado",
                                                                     "privat",
                                                                     "черновик",
                                                                     "чернетка",
                                                                     "не опубликовано",
                                                                     "πρόχειρο",
                                                                     "مسودة",
                                                                     "טיוטה",
                                                                     "草稿",
                                                                     "下書き",
                                                                     "未公開",
                                                                     "未发布",
                                                                     "非公開",
                                                                     "임시저장",
                                                                     "임시 저장",
                                                                     "작성중",
                                                                     "작성 중",
                                                                     "미공개",
                                                                     "대기",
                                                                     "non publiée",
                                                                     "bản nháp",
                                                                     "ฉบับร่าง",
                                                                     "प्रारूप",
                                                                     "मसौदा",
                                                                     "vertraulich",
                                                                     "confidentiel",
                                                                     "confidencial",
                                                                     "конфиденциально",
                                                                     "初稿",
                                                                     "保存草稿",
                                                                     "待发布",
                                                                     "待审核",
                                                                     "未发表",
                                                                     "보류",
                                                                     "concept",
                                                                     "zurückgestellt",
                                                                     "in bearbeitung",
                                                                     "bloqueado",
                                                                     "pendiente",
                                                                     "pendente",
                                                                     "in sospeso",
                                                                     "wstrzymane",
                                                                     "отложено",
                                                                     "на проверке",
                                                                     "väntar",
                                                                     "afventer",
                                                                     "초안",
                                                                     "비공개"});

using PlainWords = std::set<std::string, std::less<>>;

PlainWords WithheldElsewhere(bool with_han) {
  PlainWords plain;
  for (const std::string_view word : kWithheldElsewhere) {
    if (with_han || !page::MayHaveHan(word)) plain.insert(PlainName(word));
  }
  return plain;
}

bool IsWithheldElsewhere(std::string_view plain) {
  if (page::MayHaveHan(plain)) {
    static const auto& all = *new PlainWords(WithheldElsewhere(true));
    return all.contains(plain);
  }
  static const auto& words = *new PlainWords(WithheldElsewhere(false));
  return words.contains(plain);
}

constexpr auto kEmbargoed = std::to_array<std::string_view>(
    {"embargoed", "embargo", "underembargo", "embargoedrelease", "sperrfrist"});

}  // namespace

std::string PlainWord(std::string_view text) {
  std::string plain;
  plain.reserve(text.size());
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (absl::ascii_isalnum(byte)) plain += absl::ascii_tolower(byte);
  }
  return plain;
}

std::string PlainName(std::string_view text) {
  const bool is_ascii = std::all_of(text.begin(), text.end(), text::IsAscii);
  if (is_ascii) return PlainWord(text);
  constexpr size_t kMaxBytes = 1000;
  std::string plain = text::FoldValue(text::PrefixOf(text, kMaxBytes));
  std::erase_if(plain, [](char c) {
    const auto byte = static_cast<unsigned char>(c);
    return byte < 0x80 && !absl::ascii_isalnum(byte);
  });
  return plain;
}

std::string PlainStatus(std::string_view text) {
  while (!text.empty() &&
         (absl::ascii_isspace(static_cast<unsigned char>(text.back())) || text.back() == '/')) {
    text.remove_suffix(1);
  }
  const size_t scheme = text.find_last_of(":/#");
  if (scheme != std::string_view::npos) text.remove_prefix(scheme + 1);
  std::string plain = PlainName(text);
  constexpr std::string_view kEnum = "status";
  if (plain.starts_with(kEnum)) plain.erase(0, kEnum.size());
  return plain;
}

bool IsEmbargoWord(std::string_view plain) { return IsOneOf(plain, kEmbargoed); }

v1::Article::Status StatusOfWord(std::string_view plain) {
  if (IsOneOf(plain, kUsable)) return v1::Article::STATUS_USABLE;
  if (IsOneOf(plain, kCancelled)) return v1::Article::STATUS_CANCELLED;
  if (IsOneOf(plain, kWithheld) || IsWithheldElsewhere(plain) ||
      plain.find("embargo") != std::string_view::npos) {
    return v1::Article::STATUS_WITHHELD;
  }
  return v1::Article::STATUS_UNSPECIFIED;
}

}  // namespace broadsheet::sources
