// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/sources/wording/end_note.h"

#include <algorithm>
#include <array>
#include <string>
#include <vector>

#include "absl/strings/ascii.h"
#include "engine/text/fold.h"
#include "indexer/sources/wording/end_note_table.h"
#include "indexer/sources/wording/words.h"

namespace broadsheet::sources::page {
namespace {

struct FoldedPhrase {
  std::string text;
  NotePhrase kind;
};

// The table as paragraphs are compared with it, by the first byte of the phrases; of phrases of one
// kind that start alike the longer comes first.
using PhrasesByByte = std::array<std::vector<FoldedPhrase>, 256>;

const PhrasesByByte& FoldedPhrases() {
  static const auto* const kPhrases = new PhrasesByByte([] {
    PhrasesByByte folded;
    for (const NotePhrases& row : EndNotePhrases()) {
      for (const std::string_view phrase :
           SplitAt(row.phrases, std::to_array<std::string_view>({"|"}))) {
        std::string text = text::FoldValue(phrase);
        auto& phrases = folded[static_cast<unsigned char>(text.front())];
        phrases.push_back({.text = std::move(text), .kind = row.kind});
      }
    }
    for (auto& phrases : folded) {
      std::stable_sort(phrases.begin(), phrases.end(),
                       [](const FoldedPhrase& a, const FoldedPhrase& b) {
                         return a.text.size() > b.text.size();
                       });
    }
    return folded;
  }());
  return *kPhrases;
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
bool IsAt(std::string_view text, size_t at, const FoldedPhrase& phrase) {
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
    for (const FoldedPhrase& phrase : FoldedPhrases()[static_cast<unsigned char>(text[at])]) {
      if (!IsAt(text, at, phrase)) continue;
      found.Add(phrase.kind, text);
      if (phrase.kind == NotePhrase::kMore) continue;
      at += phrase.text.size() - 1;
      break;
    }
  }
  return found;
}

// In the form of the table, where a line counts as a sentence.
std::string FoldedLines(std::string_view paragraph) {
  std::string lines;
  for (const char c : paragraph) {
    if (c == '\n') {
      lines += " | ";
    } else {
      lines += c;
    }
  }
  return text::FoldValue(lines);
}

}  // namespace

bool IsEndNote(std::string_view paragraph, bool has_link) {
  constexpr size_t kMaxWords = 30;
  constexpr size_t kMaxLinkedWords = 50;
  constexpr size_t kMaxWordsOfTwo = 90;
  const size_t words = CountWords(paragraph);
  if (words > kMaxWordsOfTwo) return false;
  const std::string text = FoldedLines(paragraph);
  const Asks found = FindAsks(text);
  if (found.correction) return false;
  if (found.rights || StatesCopyright(text)) return true;
  if (found.count == 0) return false;
  return found.count > 1 || words <= (has_link ? kMaxLinkedWords : kMaxWords);
}

bool IsMoreHeading(std::string_view heading) {
  constexpr size_t kMaxWords = 6;
  if (heading.empty() || CountWords(heading) > kMaxWords) return false;
  const std::string text = text::FoldValue(heading);
  if (text.empty()) return false;
  const auto& phrases = FoldedPhrases()[static_cast<unsigned char>(text.front())];
  return std::any_of(phrases.begin(), phrases.end(), [&](const FoldedPhrase& phrase) {
    return phrase.kind == NotePhrase::kMore && IsAt(text, 0, phrase);
  });
}

}  // namespace broadsheet::sources::page
