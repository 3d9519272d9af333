// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/sources/plain_text/text_end.h"

#include <algorithm>
#include <array>
#include <string>
#include <string_view>
#include <vector>

#include "indexer/sources/plain_text/lines/topic.h"
#include "indexer/sources/wording/word_set.h"
#include "indexer/sources/wording/words.h"

namespace broadsheet::sources::page {
namespace {

// A text is cut behind so many paragraphs, at a run of so many short lines.
constexpr size_t kFewestParagraphs = 4;
constexpr size_t kFewestLines = 3;
constexpr size_t kMostLineWords = 4;

// Weighed on text copies of pages, each publisher's pages left out in turn.
constexpr double kNetwork = 0.7;
constexpr double kMostNetworks = 3;
constexpr double kHeading = 0.6;
constexpr double kMostHeadings = 2;
constexpr double kAccount = -0.9;
constexpr double kMostAccounts = 2;
constexpr size_t kAccountNear = 4;
constexpr double kTags = 1.6;
constexpr double kWordsBelow = -0.75;
constexpr double kFreeWordsBelow = 0.3;
constexpr double kMostWordsBelow = 3;
constexpr double kSameTopic = -4;
constexpr double kUsualTopic = 0.3;
// A shorter text has less of the topic.
constexpr double kWholeTopicWords = 200;
constexpr double kEnough = 0.1;

// Folded. Names of networks and the buttons beside them.
constexpr auto kNetworks = std::to_array<std::string_view>(
    {"facebook",  "twitter",       "x",           "whatsapp",     "linkedin",  "pinterest",
     "reddit",    "email",         "e-mail",      "mail",         "print",     "telegram",
     "tumblr",    "share",         "copy",        "link",         "teilen",    "drucken",
     "partager",  "compartir",     "condividi",   "dela",         "del",       "jaa",
     "delen",     "sdilet",        "udostepnij",  "paylas",       "imprimir",  "imprimer",
     "stampa",    "messenger",     "bluesky",     "threads",      "instagram", "youtube",
     "tiktok",    "xing",          "viber",       "line",         "vk",        "digg",
     "flipboard", "delicious",     "stumbleupon", "google+",      "mastodon",  "pocket",
     "вконтакте", "одноклассники", "поделиться",  "compartilhar", "微信",      "微博",
     "카카오톡",  "페이스북"});

// Folded. How words of the headings start that stand between a text and what follows it.
constexpr auto kHeadings = std::to_array<std::string_view>(
    {"comment",   "komment",   "coment",   "diskuss",   "discuss",  "repl",         "antwort",
     "related",   "verwandt",  "ahnlich",  "relaterad", "relatert", "relacionad",   "correlat",
     "connexe",   "recommend", "empfehl",  "empfiehl",  "conseil",  "recomend",     "anbefal",
     "author",    "autor",     "auteur",   "tags",      "topic",    "thema",        "themen",
     "sujets",    "subjects",  "temas",    "schlag",    "emne",     "previous",     "next",
     "precedent", "suivant",   "anterior", "siguiente", "seguinte", "mehr",         "more",
     "read",      "lire",      "lea",      "leia",      "leggi",    "leserbrief",   "share",
     "teilen",    "partager",  "compart",  "condivid",  "most",     "meistgelesen", "mest",
     "trending",  "popular",   "latest",   "auch",      "aussi",    "tambien",      "anche",
     "также",     "читайте",   "коммент",  "관련",      "댓글",     "関連",         "コメント",
     "相关",      "评论"});

// Folded. Words of forms to read on, which stand within texts.
constexpr auto kAccounts = std::to_array<std::string_view>(
    {"subscri", "unlock", "sign",     "login", "log",    "password", "account", "register",
     "abonn",   "anmeld", "passwort", "konto", "connex", "connect",  "suscri",  "assin",
     "abbon",   "accedi", "prenumer", "logga", "logg",   "zaloguj",  "prihlas"});

// True if a word of `line` starts with one of `table`. Folding changes some characters of Han, so
// that the line's own start counts, too.
template <typename Table>
bool HasStart(const Table& table, std::string_view line) {
  const std::vector<std::string> words = FoldedWords(line);
  return std::any_of(table.begin(), table.end(), [&](std::string_view start) {
    return line.starts_with(start) ||
           std::any_of(words.begin(), words.end(),
                       [&](const std::string& word) { return word.starts_with(start); });
  });
}

class TextEnd {
 public:
  TextEnd(const Page& page, Stretch found) : page_(page), found_(found) {
    for (size_t at = found.begin; at < found.end; ++at) words_left_ += ParagraphWords(at);
  }

  Stretch Cut() {
    size_t paragraphs = 0;
    for (size_t at = found_.begin; at < found_.end;) {
      if (const size_t words = ParagraphWords(at); words > 0) {
        ++paragraphs;
        words_before_ += words;
        words_left_ -= words;
      }
      const size_t end = RunEnd(at);
      const bool run = end > at && Lines(at, end) >= kFewestLines;
      if (run && paragraphs >= kFewestParagraphs && words_left_ > 0 &&
          Evidence(at, end) > kEnough) {
        return {.begin = found_.begin, .end = at};
      }
      at = std::max(end, at + 1);
    }
    return found_;
  }

 private:
  size_t ParagraphWords(size_t at) const {
    return page_[at].kind == LineKind::kParagraph ? page_[at].words : 0;
  }

  static bool IsPicture(const PageLine& line) {
    return line.kind == LineKind::kCaption || line.kind == LineKind::kCredit;
  }

  static bool IsShort(const PageLine& line) {
    if (line.kind == LineKind::kParagraph || IsPicture(line)) return false;
    if (line.ends_sentence) return false;
    if (line.text.ends_with(':') || line.text.ends_with("\xc2\xbb")) return false;
    return line.words <= kMostLineWords || Networks(line) > kMostLineWords;
  }

  // Networks in a line of nothing else.
  static size_t Networks(const PageLine& line) {
    constexpr size_t kMostNetworkBytes = 120;
    if (line.text.size() > kMostNetworkBytes) return 0;
    const std::vector<std::string> words = FoldedWords(line.text);
    const bool all = std::all_of(words.begin(), words.end(),
                                 [](const std::string& word) { return IsOneOf(word, kNetworks); });
    return all ? words.size() : 0;
  }

  size_t RunEnd(size_t at) const {
    while (at < found_.end && IsShort(page_[at])) ++at;
    return at;
  }

  // A line of several networks is as many lines.
  size_t Lines(size_t begin, size_t end) const {
    size_t lines = 0;
    for (size_t at = begin; at < end && lines < kFewestLines; ++at) {
      lines += std::max<size_t>(1, Networks(page_[at]));
    }
    return lines;
  }

  double Evidence(size_t begin, size_t end) {
    LearnTopicTo(begin);
    const double text_below =
        static_cast<double>(words_left_) / static_cast<double>(std::max<size_t>(words_before_, 1));
    return std::min(kMostNetworks, CountNetworks(begin, end)) * kNetwork +
           std::min(kMostHeadings, CountLines(begin, end, kHeadings)) * kHeading +
           std::min(kMostAccounts, CountLines(begin - std::min(begin - found_.begin, kAccountNear),
                                              end, kAccounts)) *
               kAccount +
           ShareOfTags(begin, end) * kTags +
           std::clamp(text_below - kFreeWordsBelow, 0.0, kMostWordsBelow) * kWordsBelow +
           (SharedTopic(end) - UsualTopic()) * kSameTopic;
  }

  void LearnTopicTo(size_t end) {
    learnt_ = std::max(learnt_, found_.begin);
    for (; learnt_ < end; ++learnt_) {
      if (ParagraphWords(learnt_) > 0) topic_.Add(page_[learnt_].text);
    }
  }

  double CountNetworks(size_t begin, size_t end) const {
    size_t networks = 0;
    for (size_t at = begin; at < end; ++at) networks += Networks(page_[at]);
    return static_cast<double>(networks);
  }

  // Lines with a word of `table`; a heading may be longer than the lines above it.
  template <typename Table>
  double CountLines(size_t begin, size_t end, const Table& table) const {
    double lines = 0;
    for (size_t at = begin; at < std::min(end + 2, found_.end); ++at) {
      if (ParagraphWords(at) > 0 || page_[at].ends_sentence) continue;
      if (HasStart(table, page_[at].text)) ++lines;
    }
    return lines;
  }

  double ShareOfTags(size_t begin, size_t end) const {
    double tags = 0;
    for (size_t at = begin; at < end; ++at) {
      Topic tag;
      tag.Add(page_[at].text);
      if (topic_.Share(tag) == 1) ++tags;
    }
    return tags / static_cast<double>(end - begin);
  }

  double UsualTopic() const {
    return kUsualTopic * std::min(1.0, static_cast<double>(words_before_) / kWholeTopicWords);
  }

  // How much of what the next paragraphs are about is in the text above, too.
  double SharedTopic(size_t at) const {
    constexpr size_t kNextParagraphs = 5;
    Topic below;
    size_t paragraphs = 0;
    for (; at < found_.end && paragraphs < kNextParagraphs; ++at) {
      if (ParagraphWords(at) == 0) continue;
      below.Add(page_[at].text);
      ++paragraphs;
    }
    return topic_.Share(below);
  }

  const Page& page_;
  const Stretch found_;
  size_t words_before_ = 0;
  size_t words_left_ = 0;
  size_t learnt_ = 0;
  Topic topic_;
};

}  // namespace

Stretch CutAtEnd(const Page& page, Stretch found) { return TextEnd(page, found).Cut(); }

}  // namespace broadsheet::sources::page
