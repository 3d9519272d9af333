// SPDX-License-Identifier: GPL-3.0-or-later
// Which names may hold an article back: hold::RuleOf. By a list; by a part of the name ("embargo");
// by its last word ("moderation_status"); by words that together name a time of release ("start of
// publication"); and by the parts of a name that was made flat ("item.pubstatus", "wp:status").
#include <unicode/uchar.h>

#include <algorithm>
#include <array>
#include <bitset>
#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "absl/strings/ascii.h"
#include "engine/text/char_class.h"
#include "engine/text/fold.h"
#include "engine/text/utf8.h"
#include "indexer/sources/article/hold_name_table.h"
#include "indexer/sources/article/hold_rule.h"
#include "indexer/sources/article/status_words.h"
#include "indexer/sources/wording/word_set.h"
#include "indexer/sources/wording/words.h"

namespace broadsheet::sources::hold {
namespace {

using Words = std::vector<std::string_view>;

using HoldRules = std::unordered_map<std::string, HoldRule>;

// Rules that count only where the member is the article's.
struct NameRules {
  HoldRules strong = {{"versioncreated", HoldRule::kNinjsMark}};
  HoldRules weak = {};
  std::vector<std::string> parts = {};
  // Of names of a time of release, in scripts without blanks.
  std::vector<std::string> start_parts = {};
};

// Whether a table has the names in Chinese characters.
enum class Scripts : uint8_t { kWithoutHan, kAll };

bool IsIn(Scripts scripts, std::string_view name) {
  return scripts == Scripts::kAll || !page::MayHaveHan(name);
}

template <size_t kSize>
std::vector<std::string> FoldedNames(const std::array<std::string_view, kSize>& names,
                                     Scripts scripts) {
  std::vector<std::string> folded;
  for (const std::string_view name : names) {
    if (IsIn(scripts, name)) folded.push_back(PlainName(name));
  }
  return folded;
}

NameRules MakeNameRules(Scripts scripts) {
  NameRules rules;
  for (const std::string_view name : kStatusNames) {
    if (IsIn(scripts, name)) rules.strong.emplace(PlainName(name), HoldRule::kStatusWord);
  }
  for (const std::string_view owner : kStatusOwners) {
    for (const char* noun : {"status", "state"}) {
      rules.strong.emplace(std::string(owner) + noun, HoldRule::kStatusWord);
    }
    for (const std::string_view flag : kFlagNames) {
      rules.weak.emplace(std::string(owner) + std::string(flag), HoldRule::kFlag);
    }
    for (const std::string_view flag : kWeakFlagNames) {
      if (!IsIn(scripts, flag)) continue;
      rules.weak.emplace(std::string(owner) + PlainName(flag), HoldRule::kFlag);
    }
    for (const std::string_view name : kShownNames) {
      rules.weak.emplace(std::string(owner) + std::string(name), HoldRule::kShown);
    }
  }
  for (const std::string_view name : kShownNamesElsewhere) {
    if (IsIn(scripts, name)) rules.weak.emplace(PlainName(name), HoldRule::kShown);
  }
  rules.strong["status"] = HoldRule::kStatus;
  for (const std::string_view name : kHoldNames) rules.strong.emplace(name, HoldRule::kHolds);
  for (const std::string_view name : kGoneNames) rules.weak.emplace(name, HoldRule::kHolds);
  for (const std::string_view name : kPublicationStatusNames) {
    rules.strong.emplace(name, HoldRule::kPublicationStatus);
  }
  for (const std::string_view name : kReleaseDateNames) {
    rules.strong.emplace(name, HoldRule::kReleaseDate);
  }
  for (const std::string_view name : kFlagNames) rules.strong.emplace(name, HoldRule::kFlag);
  for (const char* name : {"ispublished", "isreleased"}) {
    rules.strong.emplace(name, HoldRule::kShown);
  }
  rules.parts = FoldedNames(kHoldParts, scripts);
  rules.start_parts = FoldedNames(kStartParts, scripts);
  return rules;
}

// Those that `name` may have.
const NameRules& RulesFor(std::string_view name) {
  if (page::MayHaveHan(name)) {
    static const auto& all = *new NameRules(MakeNameRules(Scripts::kAll));
    return all;
  }
  static const auto& rules = *new NameRules(MakeNameRules(Scripts::kWithoutHan));
  return rules;
}

// The letters that a name has, a bit each.
uint32_t LettersOf(std::string_view name) {
  uint32_t letters = 0;
  for (const char c : name) {
    const uint32_t letter = (static_cast<unsigned char>(c) | 0x20U) - 'a';
    if (letter < 26) letters |= 1U << letter;
  }
  return letters;
}

// Names that RuleOf reads beyond the lists have all letters of one of these.
constexpr auto kReadParts = std::to_array<std::string_view>(
    {"embarg", "ambargo", "sperrfrist", "sperrefrist", "sperrvermerk", "status", "state", "publish",
     "publication", "release", "schedul", "activ", "availab", "visib", "online",
     // Of names in other languages.
     "publi", "veroffentlich", "udgiv", "utgiv", "julkais", "julkist", "zverejn", "yayin", "yayim",
     "kozze", "offentlig", "erschein", "parution", "freischalt"});

// Tells most names that have no rule by their letters: there may be hundreds in a record.
class NameFilter {
 public:
  explicit NameFilter(const NameRules& rules) {
    for (const HoldRules* of : {&rules.strong, &rules.weak}) {
      for (const auto& [name, rule] : *of) may_have_rule_.set(Slot(LettersOf(name)));
    }
    for (size_t i = 0; i < kReadParts.size(); ++i) parts_[i] = LettersOf(kReadParts[i]);
  }
  bool MayHaveRule(std::string_view name) const {
    const uint32_t letters = LettersOf(name);
    return may_have_rule_[Slot(letters)] ||
           std::any_of(parts_.begin(), parts_.end(),
                       [letters](uint32_t part) { return (letters & part) == part; });
  }

 private:
  static constexpr size_t kSlotBits = 13;
  static size_t Slot(uint32_t letters) { return (letters * 0x9E3779B1U) >> (32 - kSlotBits); }

  std::bitset<1 << kSlotBits> may_have_rule_;
  std::array<uint32_t, kReadParts.size()> parts_ = {};
};

// "utc_publishSchedule" -> utc, publish, schedule; "veröffentlichungAb" -> veroffentlichung, ab: in
// lower case, without the marks of letters.
std::vector<std::string> WordsOf(std::string_view name) {
  std::vector<std::string> words;
  bool is_open = false;
  bool was_lower = false;
  for (size_t at = 0; at < name.size();) {
    const auto [character, end] = text::CharacterAt(name, at);
    const std::string_view bytes = name.substr(at, end - at);
    at = end;
    const bool is_letter = character >= 0 && (u_isalnum(character) != 0 ||
                                              (U_GET_GC_MASK(character) & U_GC_M_MASK) != 0);
    if (!is_letter) {
      is_open = was_lower = false;
      continue;
    }
    if (!is_open || (was_lower && u_isupper(character) != 0)) words.emplace_back();
    is_open = true;
    was_lower = u_islower(character) != 0;
    words.back() += bytes;
  }
  for (std::string& word : words) {
    const bool is_ascii = std::all_of(word.begin(), word.end(), text::IsAscii);
    word = is_ascii ? absl::AsciiStrToLower(word) : text::FoldValue(word);
  }
  return words;
}

// The same in other languages: a word for publishing and one for from when on, none for until when.
bool NamesReleaseTimeElsewhere(const std::vector<std::string>& words) {
  static const auto& publishing =
      *new std::vector<std::string>(FoldedNames(kPublishingStems, Scripts::kAll));
  static const auto& from = *new std::vector<std::string>(FoldedNames(kFromWords, Scripts::kAll));
  static const auto& until = *new std::vector<std::string>(FoldedNames(kUntilWords, Scripts::kAll));
  const auto has = [&words](const std::vector<std::string>& names) {
    return std::any_of(words.begin(), words.end(), [&](const std::string& word) {
      return std::find(names.begin(), names.end(), word) != names.end();
    });
  };
  const bool publishes = std::any_of(words.begin(), words.end(), [](const std::string& word) {
    return std::any_of(publishing.begin(), publishing.end(),
                       [&](const std::string& stem) { return word.starts_with(stem); });
  });
  return publishes && has(from) && !has(until);
}

// Whether the words name a time from which on readers may see the article: "publish_up",
// "scheduledPublicationTime". A day of publication alone is none: that of any article may lie ahead
// by the hours between two zones.
bool NamesReleaseTime(std::string_view name, bool is_inner) {
  constexpr auto kPublishing = std::to_array<std::string_view>(
      {"publish", "publishing", "publication", "released", "releases", "release"});
  constexpr auto kShowing =
      std::to_array<std::string_view>({"available", "availability", "active", "activate",
                                       "activation", "visible", "visibility", "online"});
  constexpr auto kStart =
      std::to_array<std::string_view>({"at", "on", "from", "after", "up", "start", "starts",
                                       "begin", "begins", "schedule", "scheduled", "planned"});
  constexpr auto kTime = std::to_array<std::string_view>({"date", "time", "datetime", "timestamp"});
  constexpr auto kOther = std::to_array<std::string_view>(
      {"end",  "ends",  "expire",  "expires", "expiry", "expiration", "until",   "till",
       "to",   "down",  "off",     "stop",    "close",  "archive",    "last",    "modified",
       "next", "print", "updated", "issue",   "review", "unpublish",  "edition", "event"});
  const std::vector<std::string> words = WordsOf(name);
  if (words.size() < 2) return false;
  const auto has = [&words](const auto& names) {
    return std::any_of(words.begin(), words.end(),
                       [&](const std::string& word) { return IsOneOf(word, names); });
  };
  if (has(kOther)) return false;
  const bool publishes = has(kPublishing);
  const bool of_release = std::any_of(words.begin(), words.end(), [](const std::string& word) {
    return word.starts_with("release");
  });
  if (publishes && (has(kStart) || (of_release && has(kTime)))) return true;
  if (NamesReleaseTimeElsewhere(words)) return true;
  return !is_inner && has(kShowing) && has(kStart);
}

// "status_ko", "状態_ja": the name without the language of its value.
std::string_view WithoutLanguage(std::string_view name) {
  constexpr size_t kCode = 2;
  if (name.size() <= kCode + 2) return name;
  const std::string_view code = name.substr(name.size() - kCode);
  const char mark = name[name.size() - kCode - 1];
  const bool is_code = absl::ascii_islower(static_cast<unsigned char>(code[0])) &&
                       absl::ascii_islower(static_cast<unsigned char>(code[1]));
  return is_code && (mark == '_' || mark == '-' || mark == '@')
             ? name.substr(0, name.size() - kCode - 1)
             : name;
}

// "node_status", "wfState": of anything but what is known to be something else.
bool NamesStatus(std::string_view plain) {
  if (!plain.ends_with("status") && !plain.ends_with("state")) return false;
  return std::none_of(kOtherOwners.begin(), kOtherOwners.end(),
                      [plain](std::string_view other) { return plain.starts_with(other); }) &&
         plain.find("comment") == std::string_view::npos;
}

bool EndsInPublicationStatus(std::string_view plain) {
  return std::any_of(kPublicationStatusNames.begin(), kPublicationStatusNames.end(),
                     [plain](std::string_view name) { return plain.ends_with(name); });
}

HoldRule RuleOfPart(std::string_view name, Place place) {
  const NameRules& rules = RulesFor(name);
  const std::string plain = PlainName(name);
  const bool holds = std::any_of(
      rules.parts.begin(), rules.parts.end(),
      [&plain](const std::string& part) { return plain.find(part) != std::string::npos; });
  if (holds) return HoldRule::kHolds;
  const bool is_inner = place != Place::kRecord;
  if (const auto found = rules.strong.find(plain); found != rules.strong.end()) {
    if (is_inner && found->second == HoldRule::kStatus) return HoldRule::kStatusWord;
    if (is_inner && found->second == HoldRule::kNinjsMark) return HoldRule::kNone;
    return found->second;
  }
  const bool starts = std::any_of(
      rules.start_parts.begin(), rules.start_parts.end(),
      [&plain](const std::string& part) { return plain.find(part) != std::string::npos; });
  if (starts) return HoldRule::kReleaseDate;
  if (EndsInPublicationStatus(plain)) return HoldRule::kPublicationStatus;
  if (NamesReleaseTime(name, place == Place::kElsewhere)) return HoldRule::kReleaseDate;
  if (place == Place::kElsewhere) return HoldRule::kNone;
  const auto found = rules.weak.find(plain);
  if (found != rules.weak.end()) return found->second;
  if (NamesStatus(plain)) return HoldRule::kStatusWord;
  const std::string_view bare = WithoutLanguage(name);
  if (bare.size() == name.size()) return HoldRule::kNone;
  const HoldRule rule = RuleOfPart(bare, Place::kAbout);
  return rule == HoldRule::kStatusWord || rule == HoldRule::kPublicationStatus ? rule
                                                                               : HoldRule::kNone;
}

constexpr std::string_view kFlatMarks = ".:/#>[]|";

// The parts of a name that was made flat: "item.pubstatus", "wp:status", "fields__status",
// "http://x.example/terms#status"; only itself for any other.
Words FlatParts(std::string_view name) {
  Words parts;
  size_t begin = 0;
  for (size_t at = 0; at <= name.size(); ++at) {
    const bool is_double = name.substr(at, 2) == "__";
    if (at < name.size() && !is_double && kFlatMarks.find(name[at]) == std::string_view::npos)
      continue;
    if (at > begin) parts.push_back(name.substr(begin, at - begin));
    if (is_double) ++at;
    begin = at + 1;
  }
  return parts;
}

}  // namespace

bool IsAboutArticle(std::string_view name) {
  constexpr auto kNames = std::to_array<std::string_view>({"meta",
                                                           "metadata",
                                                           "attributes",
                                                           "attrs",
                                                           "fields",
                                                           "properties",
                                                           "props",
                                                           "item",
                                                           "article",
                                                           "story",
                                                           "post",
                                                           "page",
                                                           "content",
                                                           "document",
                                                           "doc",
                                                           "node",
                                                           "entry",
                                                           "news",
                                                           "newsitem",
                                                           "record",
                                                           "params",
                                                           "cms",
                                                           "custom",
                                                           "customfields",
                                                           "acf",
                                                           "extra",
                                                           "system",
                                                           "sys",
                                                           "admin",
                                                           "flags",
                                                           "publication",
                                                           "publishing",
                                                           "workflow",
                                                           "moderation",
                                                           "frontmatter",
                                                           "schedule",
                                                           "schedulesettings",
                                                           "editorial",
                                                           "settings"});
  return IsOneOf(PlainWord(name), kNames);
}

HoldRule RuleOf(std::string_view name, Place place) {
  static const auto& filter = *new NameFilter(RulesFor(""));
  constexpr size_t kMaxParts = 64;
  const bool is_ascii = std::all_of(name.begin(), name.end(), text::IsAscii);
  const bool may_be_flat =
      name.find_first_of(kFlatMarks) != name.npos || name.find("__") != name.npos;
  if (is_ascii && !may_be_flat && !filter.MayHaveRule(name)) return HoldRule::kNone;
  HoldRule rule = RuleOfPart(name, place);
  if (!may_be_flat || rule != HoldRule::kNone) return rule;
  const Words parts = FlatParts(name);
  if (parts.size() > kMaxParts) return HoldRule::kNone;
  Place within = Place::kElsewhere;
  for (const std::string_view part : parts) {
    const HoldRule own = RuleOfPart(part, within);
    if (own != HoldRule::kNone && rule != HoldRule::kHolds) rule = own;
    // A prefix with a colon tells nothing of whose the rest is.
    const char* behind = part.data() + part.size();
    const bool is_prefix = behind < name.data() + name.size() && *behind == ':';
    within = is_prefix || IsAboutArticle(part) ? Place::kAbout : Place::kElsewhere;
  }
  return rule;
}

}  // namespace broadsheet::sources::hold
