// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/sources/wording/advisory.h"

#include <unicode/uchar.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <string>
#include <vector>

#include "engine/text/char_class.h"
#include "engine/text/fold.h"
#include "engine/text/utf8.h"
#include "indexer/sources/wording/word_set.h"
#include "indexer/sources/wording/words.h"

namespace broadsheet::sources::page {
namespace {

// A word, a mark, or a text in quotes of an advisory.
struct AdvisoryToken {
  NoticeWord kind = NoticeWord::kOther;
  std::string folded;
  // May name a story: "FERRY", "BC-Ferry", "“Ferry stops at noon”"...
  bool may_name = false;
  // ... as nothing else is written: in quotes, with its parts joined.
  bool names_surely = false;
  bool is_capitalised = false;
};
using AdvisoryTokens = std::vector<AdvisoryToken>;

// A word in capitals alone names a story only where others are not so.
enum class LineCase : uint8_t { kMixed, kCapitals };

struct QuoteMarks {
  std::string_view open;
  std::string_view close;
};
constexpr auto kQuoteMarks = std::to_array<QuoteMarks>({{"\"", "\""},
                                                        {"\u201c", "\u201d"},
                                                        {"\u201e", "\u201c"},
                                                        {"\u201e", "\u201d"},
                                                        {"\u00ab", "\u00bb"},
                                                        {"\u00bb", "\u00ab"},
                                                        {"\u2018", "\u2019"},
                                                        {"'", "'"}});

// The length of the text in quotes that `text` begins with, marks included; 0 without it. An
// apostrophe within a word closes nothing.
size_t QuotedLength(std::string_view text) {
  constexpr size_t kLongestTitle = 150;
  for (const QuoteMarks& marks : kQuoteMarks) {
    if (!text.starts_with(marks.open)) continue;
    size_t close = text.find(marks.close, marks.open.size());
    for (; close != text.npos; close = text.find(marks.close, close + marks.close.size())) {
      const size_t end = close + marks.close.size();
      if (end > kLongestTitle) break;
      if (end == text.size() || !text::IsAsciiAlnum(text[end])) return end;
    }
  }
  return 0;
}

bool IsOfAdvisoryWord(UChar32 character) {
  if (character < 0) return false;
  if (character < 0x80) {
    const auto c = static_cast<char>(character);
    return text::IsAsciiAlnum(c) || std::string_view("-/_&'#").find(c) != std::string_view::npos;
  }
  return u_isalnum(character) != 0 || (U_GET_GC_MASK(character) & U_GC_M_MASK) != 0;
}

struct LetterCount {
  size_t capitals = 0;
  size_t small = 0;
};

LetterCount CountLetters(std::string_view text) {
  LetterCount count;
  for (size_t at = 0; at < text.size();) {
    const auto [character, end] = text::CharacterAt(text, at);
    if (character >= 0 && u_isupper(character) != 0) ++count.capitals;
    if (character >= 0 && u_islower(character) != 0) ++count.small;
    at = end;
  }
  return count;
}

// "BC-Ferry", "Ferry-Strike/2", "FERRY_STRIKE": capitalised parts, joined.
bool IsJoinedName(std::string_view word) {
  size_t parts = 0;
  for (size_t at = 0; at <= word.size();) {
    const size_t end = std::min(word.find_first_of("-/_", at), word.size());
    const std::string_view part = word.substr(at, end - at);
    if (!part.empty()) {
      if (!text::IsAsciiDigit(part.front()) && !IsCapitalised(part)) return false;
      ++parts;
    }
    at = end + 1;
  }
  return parts > 1 && CountLetters(word).capitals > 1;
}

AdvisoryToken TokenOfWord(std::string_view word, LineCase line_case) {
  AdvisoryToken token;
  token.folded = text::FoldValue(word);
  const std::vector<NoticeWord> kinds = NoticeWordsOf(word);
  // "d'annuler"
  const auto glue = static_cast<size_t>(std::count(kinds.begin(), kinds.end(), NoticeWord::kGlue));
  if (!kinds.empty() && glue + 1 >= kinds.size()) token.kind = kinds.back();
  token.is_capitalised = IsCapitalised(word) || text::IsAsciiDigit(word.front());
  if (token.kind != NoticeWord::kOther) return token;
  const LetterCount letters = CountLetters(word);
  token.names_surely = IsJoinedName(word);
  token.may_name = token.names_surely || (letters.small == 0 && letters.capitals > 1) ||
                   (line_case == LineCase::kCapitals && letters.capitals > 0);
  return token;
}

AdvisoryToken TokenOfTitle(std::string_view quoted) {
  constexpr size_t kFewWords = 2;
  AdvisoryToken token;
  token.may_name = CountWords(quoted, kFewWords) >= kFewWords || CountLetters(quoted).small == 0;
  token.names_surely = token.may_name;
  return token;
}

AdvisoryToken TokenOfMark(NoticeWord kind) {
  AdvisoryToken token;
  token.kind = kind;
  return token;
}

// "slugged ferry" names a story in any case.
bool IntroducesName(const AdvisoryToken& token) {
  static const auto& words =
      *new FixedWords("slug slugged keyword keyworded headlined titled entitled stichwort");
  return words.Has(token.folded);
}

AdvisoryTokens TokensOfAdvisory(std::string_view text) {
  const LetterCount letters = CountLetters(text);
  const LineCase line_case = letters.small == 0 ? LineCase::kCapitals : LineCase::kMixed;
  AdvisoryTokens tokens;
  for (size_t at = 0; at < text.size();) {
    if (const size_t quoted = QuotedLength(text.substr(at)); quoted > 0) {
      tokens.push_back(TokenOfTitle(text.substr(at, quoted)));
      at += quoted;
      continue;
    }
    const size_t begin = at;
    auto [character, end] = text::CharacterAt(text, at);
    while (at < text.size() && IsOfAdvisoryWord(character)) {
      at = end;
      if (at == text.size()) break;
      const auto next = text::CharacterAt(text, at);
      character = next.code_point;
      end = next.end;
    }
    std::string_view word = text.substr(begin, at - begin);
    const size_t first = std::min(word.find_first_not_of("-/_&'"), word.size());
    // A dash by itself parts clauses.
    if (first > 0 && word[0] == '-') tokens.push_back(TokenOfMark(NoticeWord::kStop));
    word.remove_prefix(first);
    while (!word.empty() && std::string_view("-/_&'").find(word.back()) != word.npos) {
      word.remove_suffix(1);
    }
    if (!word.empty()) {
      const bool is_introduced = !tokens.empty() && IntroducesName(tokens.back());
      tokens.push_back(TokenOfWord(word, line_case));
      if (is_introduced) tokens.back().may_name = tokens.back().names_surely = true;
    }
    if (at > begin) continue;
    if (text::IsAscii(text[at])) {
      constexpr std::string_view kStops = ".:;!?()[]";
      if (text[at] == ',') tokens.push_back(TokenOfMark(NoticeWord::kComma));
      if (kStops.find(text[at]) != kStops.npos) tokens.push_back(TokenOfMark(NoticeWord::kStop));
    } else if (u_charType(character) == U_DASH_PUNCTUATION) {
      tokens.push_back(TokenOfMark(NoticeWord::kStop));
    }
    at = end;
  }
  return tokens;
}

// Reads one advisory.
class AdvisoryReader {
 public:
  explicit AdvisoryReader(std::string_view text)
      : tokens_(TokensOfAdvisory(text)), is_in_capitals_(CountLetters(text).small == 0) {}

  NoticeWord Read() {
    ReadAddress();
    if (!is_addressed_) return NoticeWord::kOther;
    // Who does it may stand before the verb: "The Harbour Wire has withdrawn FERRY".
    constexpr size_t kMostBefore = 6;
    const size_t address_end = at_;
    for (size_t verb = address_end; verb < std::min(tokens_.size(), address_end + kMostBefore);
         ++verb) {
      at_ = verb;
      const NoticeWord order = OrderAt(verb);
      if (order != NoticeWord::kOther) return order;
      if (!MayBeAgent(tokens_[verb])) break;
    }
    return SaysItIsDone(address_end);
  }

 private:
  bool IsKind(size_t at, NoticeWord kind) const {
    return at < tokens_.size() && tokens_[at].kind == kind;
  }
  bool MayName(size_t at) const { return at < tokens_.size() && tokens_[at].may_name; }

  // "ADVISORY:", "Note to editors:", "URGENT - Clients are asked to".
  void ReadAddress() {
    static const auto& requests = *new FixedWords(
        "do asked requested advised urged kindly gebeten pries demande invitati pregati "
        "solicita solicitamos pedimos pide ask request wish proszeni просят news photo picture");
    static const auto& general = *new FixedWords(
        "attention attn note notice achtung atencion attenzione atencao uwaga внимание увага "
        "wichtig important urgent");
    while (at_ < tokens_.size()) {
      const AdvisoryToken& token = tokens_[at_];
      switch (token.kind) {
        case NoticeWord::kWhom:
          is_addressed_ = true;
          is_to_editors_ = is_to_editors_ || !general.Has(token.folded);
          break;
        case NoticeWord::kGlue:
        case NoticeWord::kThis:
        case NoticeWord::kPlease:
        case NoticeWord::kStop:
        case NoticeWord::kComma:
        case NoticeWord::kStory:
        case NoticeWord::kTime:
          break;
        default:
          if (!requests.Has(token.folded) && !IntroducesName(token)) return;
      }
      ++at_;
    }
  }

  static bool MayBeAgent(const AdvisoryToken& token) {
    return token.kind == NoticeWord::kGlue || token.kind == NoticeWord::kThis ||
           (token.kind == NoticeWord::kOther && token.is_capitalised);
  }

  // What one does to a story, rather than to trips, subscriptions and shares.
  static bool IsSureVerb(const AdvisoryToken& token) {
    static const auto& loose = *new FixedWords(
        "cancel cancels cancelled canceled cancellation ignore hold held retire pulled deleted "
        "recalled void invalid cancelada cancelado anulado anulada");
    return !loose.Has(token.folded);
  }

  // The place behind "kill", "do not use", which begins at `at`; its kind in `order`.
  size_t BehindVerb(size_t at, NoticeWord* order) const {
    *order = NoticeWord::kHoldBack;
    if (IsKind(at, NoticeWord::kTakeBack) || IsKind(at, NoticeWord::kTakenBack)) {
      *order = NoticeWord::kTakeBack;
      return at + 1;
    }
    if (IsKind(at, NoticeWord::kHoldBack) || IsKind(at, NoticeWord::kNotUse)) return at + 1;
    const bool forbids = IsKind(at, NoticeWord::kNot);
    size_t use = at + 1;
    while (IsKind(use, NoticeWord::kGlue)) ++use;
    return forbids && IsKind(use, NoticeWord::kUse) ? use + 1 : 0;
  }

  // Skips what stands between a verb and a name: "its earlier story on".
  size_t SkipBetween(size_t at) const {
    while (at < tokens_.size() && !tokens_[at].may_name) {
      const NoticeWord kind = tokens_[at].kind;
      const bool is_between = kind == NoticeWord::kGlue || kind == NoticeWord::kThis ||
                              kind == NoticeWord::kStory || kind == NoticeWord::kPlease ||
                              tokens_[at].folded == "its" || IntroducesName(tokens_[at]);
      if (!is_between) break;
      ++at;
    }
    return at;
  }

  // The place behind the names that begin at `at`: "BC-EU--Ferry Strike", "FERRY and QUAY".
  size_t SkipNames(size_t at) const {
    const bool is_joined = tokens_[at].names_surely;
    while (at < tokens_.size()) {
      const bool goes_on = is_joined && tokens_[at].is_capitalised;
      const bool joins = IsKind(at, NoticeWord::kGlue) && MayName(at + 1);
      if (!tokens_[at].may_name && !goes_on && !joins) break;
      ++at;
    }
    return at;
  }

  // Whether what follows a name says more of a story: when it was sent, what is wrong with it.
  bool SaysMoreOfStory(size_t at) const {
    static const auto& words = *new FixedWords(
        "moved sent ran issued filed transmitted slugged timed headlined wrong error errors "
        "erroneous incorrect inaccurate untrue false unverified unfounded duplicate duplicated "
        "libel legal source sources facts replaced replacement substitute update follows "
        "falsch falsche fehler irrtumlich gesendet erreur errone erronee envoye errone erronea "
        "enviado errore errata errato enviada");
    return std::any_of(tokens_.begin() + static_cast<ptrdiff_t>(at), tokens_.end(),
                       [](const AdvisoryToken& token) {
                         return token.kind == NoticeWord::kStory ||
                                token.kind == NoticeWord::kTime || words.Has(token.folded);
                       });
  }

  bool EndsName(size_t at) const {
    static const auto& behind = *new FixedWords(
        "that which moved sent ran issued filed transmitted timed gesendet due because after as "
        "for over pending owing");
    return at >= tokens_.size() || IsKind(at, NoticeWord::kStop) ||
           IsKind(at, NoticeWord::kComma) || IsKind(at, NoticeWord::kFrom) ||
           IsKind(at, NoticeWord::kTime) || behind.Has(tokens_[at].folded);
  }

  // "Kill FERRY, wrong quay", "Please do not use BC-Ferry".
  NoticeWord OrderAt(size_t verb) const {
    NoticeWord order = NoticeWord::kOther;
    size_t name = BehindVerb(verb, &order);
    if (name == 0) return NoticeWord::kOther;
    name = SkipBetween(name);
    const bool is_order = IsSureVerb(tokens_[verb]) && IsKind(verb, NoticeWord::kTakeBack);
    if (is_order && IsKind(name, NoticeWord::kStop)) name = SkipBetween(name + 1);
    if (!MayName(name)) return NoticeWord::kOther;
    // "Editor killed in SUV crash"
    const bool is_done = IsKind(verb, NoticeWord::kTakenBack);
    if (is_done && IsKind(name - 1, NoticeWord::kGlue)) return NoticeWord::kOther;
    const size_t behind = SkipNames(name);
    if (!EndsName(behind)) return NoticeWord::kOther;
    const bool is_told = tokens_[name].names_surely || SaysMoreOfStory(behind) ||
                         IsKind(behind, NoticeWord::kFrom) || IsKind(name - 1, NoticeWord::kStory);
    const bool may_be_told_alone = is_to_editors_ && IsSureVerb(tokens_[verb]) &&
                                   (!is_in_capitals_ || behind >= tokens_.size());
    return is_told || may_be_told_alone ? order : NoticeWord::kOther;
  }

  // "FERRY is withdrawn", "Bitte FÄHRE nicht verwenden". Not of an event: "PARADE CANCELLED".
  NoticeWord SaysItIsDone(size_t name) const {
    static const auto& active = *new FixedWords(
        "kill kills disregard disregards ignore withdraw withdraws withdrawing withdrawal retract "
        "retracts retracting retraction rescind spike cancel cancels cancellation");
    if (!is_to_editors_ || !MayName(name)) return NoticeWord::kOther;
    if (is_in_capitals_ && !tokens_[name].names_surely &&
        (name == 0 || !IsKind(name - 1, NoticeWord::kStory))) {
      return NoticeWord::kOther;
    }
    const size_t verb = SkipBetween(SkipNames(name));
    NoticeWord order = NoticeWord::kOther;
    const size_t behind = BehindVerb(verb, &order);
    if (behind == 0 || !IsSureVerb(tokens_[verb]) || active.Has(tokens_[verb].folded)) {
      return NoticeWord::kOther;
    }
    return EndsName(behind) ? order : NoticeWord::kOther;
  }

  const AdvisoryTokens tokens_;
  const bool is_in_capitals_;
  size_t at_ = 0;
  bool is_addressed_ = false;
  bool is_to_editors_ = false;
};

}  // namespace

NoticeWord OrderOfAdvisory(std::string_view text) {
  constexpr size_t kLookedAt = 300;
  return AdvisoryReader(text::PrefixOf(text, kLookedAt)).Read();
}

}  // namespace broadsheet::sources::page
