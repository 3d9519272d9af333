// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/sources/wording/end_note.h"

#include <unicode/uchar.h>
#include <unicode/utf8.h>

#include <algorithm>
#include <array>
#include <string>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/ascii.h"
#include "engine/text/char_class.h"
#include "indexer/sources/wording/end_note_table.h"
#include "indexer/sources/wording/words.h"

namespace broadsheet::sources::page {
namespace {

struct KnownPhrase {
  std::string_view text;
  NotePhrase kind;
};

// The table by the first two bytes of the phrases, the longer ones first.
using PhrasesByStart = absl::flat_hash_map<unsigned, std::vector<KnownPhrase>>;

// Precondition: `text` has two bytes.
unsigned StartOf(std::string_view text) {
  return static_cast<unsigned char>(text[0]) * 256U + static_cast<unsigned char>(text[1]);
}

const std::vector<KnownPhrase>& PhrasesLike(std::string_view text) {
  static const auto* const kNone = new std::vector<KnownPhrase>();
  static const auto* const kPhrases = new PhrasesByStart([] {
    PhrasesByStart known;
    for (const NotePhrases& row : EndNotePhrases()) {
      for (const std::string_view phrase :
           SplitAt(row.phrases, std::to_array<std::string_view>({"|"}))) {
        known[StartOf(phrase)].push_back({.text = phrase, .kind = row.kind});
      }
    }
    for (auto& [start, phrases] : known) {
      std::stable_sort(
          phrases.begin(), phrases.end(),
          [](const KnownPhrase& a, const KnownPhrase& b) { return a.text.size() > b.text.size(); });
    }
    return known;
  }());
  if (text.size() < 2) return *kNone;
  const auto found = kPhrases->find(StartOf(text));
  return found == kPhrases->end() ? *kNone : found->second;
}

// In the form of the table: in lower case, with plain apostrophes; the end of a line is that of a
// sentence.
std::string InLowerCase(std::string_view paragraph) {
  constexpr UChar32 kApostrophe = 0x2019;
  std::string lower;
  lower.reserve(paragraph.size());
  for (size_t at = 0; at < paragraph.size();) {
    const auto byte = static_cast<unsigned char>(paragraph[at]);
    if (byte < 0x80) {
      if (byte == '\n') {
        lower += " | ";
      } else {
        lower += absl::ascii_tolower(byte);
      }
      ++at;
      continue;
    }
    const text::Character character = text::CharacterAt(paragraph, at);
    const UChar32 small = u_tolower(character.code_point);
    if (character.code_point == kApostrophe) {
      lower += '\'';
    } else if (small == character.code_point) {
      lower += paragraph.substr(at, character.end - at);
    } else {
      std::array<char, U8_MAX_LENGTH> bytes;
      int32_t size = 0;
      U8_APPEND_UNSAFE(bytes.data(), size, small);
      lower.append(bytes.data(), static_cast<size_t>(size));
    }
    at = character.end;
  }
  return lower;
}

bool IsLetterByte(char c) {
  const auto byte = static_cast<unsigned char>(c);
  return absl::ascii_isalnum(byte) || byte >= 0x80;
}

// Whether a phrase may start here. Scripts from Latin to Arabic put blanks between words; others
// need not.
bool MayStart(std::string_view text, size_t at) {
  const auto byte = static_cast<unsigned char>(text[at]);
  if (byte >= 0xE0) return true;
  return IsLetterByte(text[at]) && (at == 0 || !IsLetterByte(text[at - 1]));
}

bool StartsText(std::string_view text, size_t at) {
  return at == 0 || text.find_last_not_of(" \"'([*>-_", at - 1) == std::string_view::npos;
}

bool StartsSentence(std::string_view text, size_t at) {
  if (StartsText(text, at)) return true;
  const std::string_view before = text.substr(0, text.find_last_not_of(" \"'([*>-", at - 1) + 1);
  constexpr auto kEnds = std::to_array<std::string_view>({".", "!", "?", ":", "|", ";", "。", "…"});
  return std::any_of(kEnds.begin(), kEnds.end(),
                     [&](std::string_view end) { return before.ends_with(end); });
}

// Whether the phrase is at `at`, as whole words, where its kind must stand.
bool IsAt(std::string_view text, size_t at, const KnownPhrase& phrase) {
  if (!text.substr(at).starts_with(phrase.text)) return false;
  const size_t end = at + phrase.text.size();
  const bool cut = absl::ascii_isalnum(static_cast<unsigned char>(phrase.text.back())) &&
                   end < text.size() && IsLetterByte(text[end]);
  if (cut) return false;
  switch (phrase.kind) {
    case NotePhrase::kAsk:
    case NotePhrase::kFollow:
      return StartsSentence(text, at);
    case NotePhrase::kOrigin:
    case NotePhrase::kMore:
    case NotePhrase::kCorrection:
      return StartsText(text, at);
    default:
      return true;
  }
}

bool NamesNetwork(std::string_view text) {
  constexpr auto kNetworkMarks = std::to_array<std::string_view>(
      {"@", "twitter", "facebook", "instagram", "linkedin", "threads", "bluesky", "mastodon",
       "telegram", "whatsapp", "youtube", "tiktok", " on x", "google news", "weibo", "snapchat"});
  return std::any_of(kNetworkMarks.begin(), kNetworkMarks.end(), [&](std::string_view network) {
    return text.find(network) != std::string_view::npos;
  });
}

// "© 2031 The Lantern", "Copyright 2031".
bool StatesCopyright(std::string_view text) {
  const std::string_view bare = text.substr(std::min(text.find_first_not_of(" ([*-"), text.size()));
  return bare.starts_with("©") || bare.starts_with("copyright") || bare.starts_with("c) ");
}

struct Asks {
  int count = 0;
  bool rights = false;
  bool correction = false;

  void Add(NotePhrase kind, std::string_view text) {
    switch (kind) {
      case NotePhrase::kAsk:
      case NotePhrase::kAskAnywhere:
      case NotePhrase::kOrigin:
        ++count;
        break;
      case NotePhrase::kFollow:
        if (NamesNetwork(text)) ++count;
        break;
      case NotePhrase::kContact:
        if (text.find('@') != std::string_view::npos) ++count;
        break;
      case NotePhrase::kRights:
        rights = true;
        break;
      case NotePhrase::kCorrection:
        correction = true;
        break;
      case NotePhrase::kMore:
        break;
    }
  }
};

Asks FindAsks(std::string_view text) {
  Asks found;
  for (size_t at = 0; at < text.size(); ++at) {
    if (!MayStart(text, at)) continue;
    for (const KnownPhrase& phrase : PhrasesLike(text.substr(at))) {
      if (!IsAt(text, at, phrase)) continue;
      found.Add(phrase.kind, text);
      if (phrase.kind == NotePhrase::kMore) continue;
      at += phrase.text.size() - 1;
      break;
    }
  }
  return found;
}

}  // namespace

bool IsEndNote(std::string_view paragraph, bool has_link) {
  constexpr size_t kMaxWords = 30;
  constexpr size_t kMaxLinkedWords = 50;
  constexpr size_t kMaxWordsOfTwo = 90;
  const size_t words = CountWords(paragraph);
  if (words > kMaxWordsOfTwo) return false;
  const std::string text = InLowerCase(paragraph);
  const Asks found = FindAsks(text);
  if (found.correction) return false;
  if (found.rights || StatesCopyright(text)) return true;
  if (found.count == 0) return false;
  return found.count > 1 || words <= (has_link ? kMaxLinkedWords : kMaxWords);
}

bool IsMoreHeading(std::string_view heading) {
  constexpr size_t kMaxWords = 6;
  if (heading.empty() || CountWords(heading) > kMaxWords) return false;
  const std::string text = InLowerCase(heading);
  const auto& phrases = PhrasesLike(text);
  return std::any_of(phrases.begin(), phrases.end(), [&](const KnownPhrase& phrase) {
    return phrase.kind == NotePhrase::kMore && IsAt(text, 0, phrase);
  });
}

}  // namespace broadsheet::sources::page
