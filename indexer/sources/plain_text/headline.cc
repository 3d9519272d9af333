// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/sources/plain_text/headline.h"

#include <algorithm>
#include <cmath>
#include <string>
#include <unordered_set>
#include <vector>

#include "indexer/sources/plain_text/lines/repeated_lines.h"
#include "indexer/sources/plain_text/lines/title_line.h"
#include "indexer/sources/wording/page_date.h"
#include "indexer/sources/wording/words.h"

namespace broadsheet::sources::page {
namespace {

// How far above the text a headline may be, and how far below its believed start.
constexpr size_t kFarthestAbove = 150;
constexpr size_t kFarthestBelow = 12;
// Lines that may repeat one; bounds the work on pages without end.
constexpr size_t kComparedAbove = 3000;
constexpr size_t kComparedBelow = 3000;
constexpr size_t kFewestHeadlineWords = 2;
constexpr size_t kMostHeadlineWords = 35;
constexpr size_t kTitleWords = 5;
// Shorter lines are repeated by chance.
constexpr double kFewestRepeatedLetters = 25;
constexpr size_t kFewestWordsWithin = 4;
// A standfirst is longer than its title by so much; sections are shorter than titles.
constexpr double kDeckLength = 1.3;
constexpr double kFewestTitleLetters = 18;
constexpr double kFewestShared = 0.2;

// What a line has, and how much that speaks for it. Fitted on half of the sites of a set of pages,
// checked on the other half, and rounded; they matter by their order of size.
constexpr double kSharedWords = 3;
constexpr double kRepeated = 1;
constexpr double kWithinAnother = 1.4;
constexpr double kSentence = -2;
constexpr double kLongSentence = -0.7;
constexpr double kSeveralSentences = -1;
constexpr double kRunTogether = -1.3;
constexpr double kSignedBelow = 2.8;
constexpr double kSignedFarther = -0.22;
constexpr double kSignedTitleBetween = -0.3;
constexpr double kNamesBelow = 0.4;
constexpr double kTextBelow = 0.9;
constexpr double kSectionAbove = 0.5;
constexpr double kTitleAbove = -0.7;
constexpr double kAmongTitles = -1;
constexpr double kTeaserLabelAbove = -3.5;
constexpr double kDeckBelow = 2.6;
constexpr double kDeck = -2;
constexpr double kDistance = -0.12;
constexpr double kRunningText = -1;
constexpr double kWithinBody = -0.5;
constexpr double kUnsignedWithinBody = -1;
constexpr double kParagraphAbove = -0.9;

bool IsRunningText(const PageLine& line) {
  return line.kind == LineKind::kParagraph || line.kind == LineKind::kSentence;
}

// Rises to the length that most headlines have and falls where standfirsts begin.
double LengthScore(double letters) {
  const auto share = [letters](double from, double to) {
    return std::clamp((letters - from) / (to - from), 0.0, 1.0);
  };
  return share(0, 20) + 2.4 * share(20, 40) + 1.5 * share(40, 70) - 1.2 * share(110, 170) -
         1.5 * share(170, 230);
}

// What a line is about: its words of more than three bytes; of scripts without spaces, every two
// characters.
std::vector<std::string> TopicWords(std::string_view text) {
  constexpr size_t kMinWordBytes = 4;
  constexpr size_t kCharacterBytes = 3;
  std::vector<std::string> topics;
  for (std::string& word : FoldedWords(text)) {
    if (word.size() < kMinWordBytes) continue;
    if (CountWords(word) == 1) {
      topics.push_back(std::move(word));
      continue;
    }
    for (size_t at = 0; at + 2 * kCharacterBytes <= word.size(); at += kCharacterBytes) {
      topics.push_back(word.substr(at, 2 * kCharacterBytes));
    }
  }
  return topics;
}

class HeadlinePass {
 public:
  HeadlinePass(const Page& page, Stretch body)
      : page_(page),
        body_(body),
        first_(body.begin > kFarthestAbove ? body.begin - kFarthestAbove : 0),
        end_(std::min(body.begin + kFarthestBelow, body.end)),
        lines_(page, first_ > kComparedAbove ? first_ - kComparedAbove : 0,
               std::min(page.size(), end_ + kComparedBelow)) {
    for (size_t at = body.begin; at < body.end; ++at) {
      if (!IsRunningText(page[at]) && page[at].kind != LineKind::kCaption) continue;
      for (std::string& word : TopicWords(page[at].text)) topics_.insert(std::move(word));
    }
  }

  size_t Run() const {
    size_t best = page_.size();
    double best_score = 0;
    for (size_t at = first_; at < end_; ++at) {
      if (!MayBeHeadline(page_[at])) continue;
      const double score = Score(at);
      if (best < page_.size() && score <= best_score) continue;
      best = at;
      best_score = score;
    }
    return best;
  }

 private:
  static bool MayBeHeadline(const PageLine& line) {
    if (line.words < kFewestHeadlineWords || line.words > kMostHeadlineWords) return false;
    if (IsPath(line.text)) return false;
    return line.kind == LineKind::kShort || IsRunningText(line);
  }

  double Score(size_t at) const {
    return kSharedWords * SharedWords(at) + Repetition(at) + Wording(page_[at]) + Above(at) +
           Below(at) + Place(at);
  }

  double SharedWords(size_t at) const {
    const std::vector<std::string> words = TopicWords(page_[at].text);
    const auto shared = std::count_if(words.begin(), words.end(), [&](const std::string& word) {
      return topics_.count(word) > 0;
    });
    // One word that the text has is less than many.
    return static_cast<double>(shared) / static_cast<double>(words.size() + 1);
  }

  double Repetition(size_t at) const {
    double score = 0;
    if (LetterCount(page_[at].text) >= kFewestRepeatedLetters && lines_.IsRepeated(at)) {
      score += kRepeated;
    }
    if (page_[at].words >= kFewestWordsWithin && lines_.IsWithinAnother(at)) {
      score += kWithinAnother;
    }
    return score;
  }

  static double Wording(const PageLine& line) {
    constexpr size_t kLongSentenceWords = 15;
    double score = LengthScore(LetterCount(line.text));
    if (line.ends_sentence && !AsksOrCalls(line.text)) {
      score += kSentence;
      if (line.words >= kLongSentenceWords) score += kLongSentence;
    }
    if (HasSeveralSentences(line.text)) score += kSeveralSentences;
    if (FindSeamOfWords(line.text) < line.text.size()) score += kRunTogether;
    if (IsRunningText(line)) score += kRunningText;
    return score;
  }

  double Above(size_t at) const {
    constexpr size_t kSectionWords = 3;
    if (at == 0) return 0;
    const PageLine& above = page_[at - 1];
    if (IsTeaserLabel(above.text)) return kTeaserLabelAbove;
    double score = 0;
    if (above.words <= kSectionWords) score += kSectionAbove;
    if (IsTitle(at - 1) || IsRunningText(above)) score += kTitleAbove;
    return score;
  }

  double Below(size_t at) const {
    double score = 0;
    if (const size_t lines = LinesToSignature(at); lines > 0) {
      score += kSignedBelow + kSignedFarther * static_cast<double>(lines);
      if (HasTitleBetween(at, at + lines)) score += kSignedTitleBetween;
    }
    if (HasNamesBelow(at)) score += kNamesBelow;
    if (HasDeck(at)) score += kDeckBelow;
    if (at > 0 && HasDeck(at - 1)) score += kDeck;
    if (at + 1 < page_.size() && IsRunningText(page_[at + 1])) score += kTextBelow;
    return score;
  }

  // A standfirst without a full stop: a longer line between a title and the authors or the time.
  // Where it is written like a title, the line above is its kicker.
  bool HasDeck(size_t at) const {
    if (at + 2 >= page_.size() || !MayBeTitleOfDeck(page_[at]) || !SignedAt(at + 2)) return false;
    const PageLine& deck = page_[at + 1];
    if (deck.kind != LineKind::kShort || deck.words < kTitleWords || IsTitleCase(deck.text)) {
      return false;
    }
    return LetterCount(deck.text) >= kDeckLength * LetterCount(page_[at].text) &&
           SharedWords(at) >= kFewestShared;
  }

  static bool MayBeTitleOfDeck(const PageLine& line) {
    constexpr size_t kFewestWords = 3;
    return line.kind == LineKind::kShort && line.words >= kFewestWords && !line.ends_sentence &&
           LetterCount(line.text) >= kFewestTitleLetters && !HasPathMark(line.text) &&
           !StartsSmall(line.text);
  }

  bool SignedAt(size_t at) const {
    const PageLine& line = page_[at];
    return line.kind == LineKind::kByline || line.kind == LineKind::kDate ||
           (line.kind != LineKind::kParagraph && LooksLikeTime(line.text));
  }

  // Another title above the authors, other than a standfirst right below: they are its authors.
  bool HasTitleBetween(size_t title, size_t signature) const {
    for (size_t at = title + 2; at < signature; ++at) {
      if (IsTitle(at) && MayBeHeadline(page_[at])) return true;
    }
    return false;
  }

  // How many lines below the first one with authors or a time is; 0 when none is near.
  size_t LinesToSignature(size_t at) const {
    constexpr size_t kNear = 8;
    for (size_t lines = 1; lines <= kNear && at + lines < page_.size(); ++lines) {
      const PageLine& line = page_[at + lines];
      if (line.kind == LineKind::kByline || line.kind == LineKind::kDate) return lines;
      if (LooksLikeTime(line.text)) return lines;
    }
    return 0;
  }

  bool HasNamesBelow(size_t at) const {
    constexpr size_t kNear = 4;
    for (size_t lines = 1; lines <= kNear && at + lines < page_.size(); ++lines) {
      const PageLine& line = page_[at + lines];
      if (line.kind == LineKind::kShort && LooksLikeName(line.text)) return true;
    }
    return false;
  }

  double Place(size_t at) const {
    double score = 0;
    if (at > 0 && IsTitle(at - 1) && IsTitle(at + 1)) score += kAmongTitles;
    if (at < body_.begin) return score + kDistance * std::log(1.0 + LinesToText(at));
    score += kWithinBody;
    if (LinesToSignature(at) == 0) score += kUnsignedWithinBody;
    for (size_t above = body_.begin; above < at; ++above) {
      if (page_[above].kind == LineKind::kParagraph) score += kParagraphAbove;
    }
    return score;
  }

  // Furniture between the headline and the text is no distance.
  double LinesToText(size_t at) const {
    const auto begin = page_.begin() + static_cast<std::ptrdiff_t>(at);
    const auto end = page_.begin() + static_cast<std::ptrdiff_t>(body_.begin);
    return static_cast<double>(std::count_if(
        begin, end, [](const PageLine& line) { return line.kind != LineKind::kFurniture; }));
  }

  // As long as headlines are: what lists of other articles are made of.
  bool IsTitle(size_t at) const {
    return at < page_.size() && page_[at].kind == LineKind::kShort &&
           page_[at].words >= kTitleWords;
  }

  const Page& page_;
  const Stretch body_;
  const size_t first_;
  const size_t end_;
  const RepeatedLines lines_;
  std::unordered_set<std::string> topics_;
};

}  // namespace

size_t FindHeadline(const Page& page, Stretch body) { return HeadlinePass(page, body).Run(); }

std::string HeadlineOf(const PageLine& line) {
  constexpr size_t kMostKickerWords = 5;
  constexpr size_t kFewestRestWords = 4;
  const std::string_view text = line.text;
  for (auto gap = line.gaps.rbegin(); gap != line.gaps.rend(); ++gap) {
    const std::string_view kicker = Trim(text.substr(0, *gap));
    const std::string_view headline = text.substr(*gap);
    if (CountWords(headline) < kFewestRestWords) continue;
    const bool cut = CountWords(kicker) <= kMostKickerWords && !kicker.ends_with(':');
    return std::string(cut ? headline : text);
  }
  const size_t seam = FindSeamOfWords(text);
  const bool kicker = seam < text.size() && CountWords(text.substr(0, seam)) <= kMostKickerWords &&
                      CountWords(text.substr(seam)) >= kFewestRestWords;
  if (!kicker) return line.text;
  return std::string(text.substr(0, seam)) + ": " + std::string(text.substr(seam));
}

}  // namespace broadsheet::sources::page
