// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/engine/query/invariants/gazette.h"

#include <array>
#include <cstddef>
#include <set>
#include <string_view>

namespace broadsheet::query::invariants {
namespace {

using Words = std::vector<std::string_view>;

struct Subject {
  std::string_view language;  // empty: the article states none
  Words words;                // the frequent ones first; spaces make a set phrase
  Words small_words;
};

const Words kEnglishSmall = {"the", "of", "and", "in", "a", "to", "for", "not", "us", "which"};

const std::vector<Subject>& Subjects() {
  static const std::vector<Subject> subjects = {
      {"en",
       {"ferry", "strike", "harbour", "ferries", "prime minister", "strikes", "sailing", "crew",
        "O'Brien", "ferry strike", "crews", "ministers", "24-hour", "sail", "minister's"},
       kEnglishSmall},
      {"en",
       {"summit", "Kim", "pact", "Putin", "peace talks", "signed", "U.S.", "signing", "leaders",
        "pacts", "Kim Jong Un", "cease-fire", "summits", "USA", "treaties", "treaty"},
       kEnglishSmall},
      {"en",
       {"flood", "river", "warning", "floods", "rain", "flood warning", "flooded", "bridge",
        "storm", "1,000", "river bridge", "rescued", "rescue", "mayor", "COVID-19"},
       kEnglishSmall},
      {"en",
       {"court", "trial", "judge", "judges", "fraud", "high court", "judging", "appeal", "AT&T",
        "appeals", "jury", "convicted", "sentence", "state of the art", "#MeToo", "covid19"},
       kEnglishSmall},
      {"",
       {"budget", "tax", "taxes", "vote", "voted", "budget vote", "voting", "senate", "C++",
        "deficit", "hospital", "hospitals", "minister", "café", "cafe"},
       kEnglishSmall},
      {"es",
       {"huelga", "puerto", "ministro", "ministros", "canción", "café", "acuerdo", "niño",
        "inundación", "inundaciones", "primer ministro", "Kim", "acuerdos"},
       {"el", "la", "de", "que", "los", "un"}},
      {"de",
       {"Hafen", "Fähre", "Fähren", "Streik", "Straße", "Überschwemmung", "Minister", "Häfen",
        "Hochwasser", "Fährstreik", "COVID-19", "streiken"},
       {"der", "die", "und", "nicht", "im", "für"}},
      {"fr",
       {"grève", "port", "ministre", "traité", "été", "ministres", "grèves", "premier ministre",
        "café", "sœur", "traités"},
       {"le", "la", "des", "et", "dans", "l'été"}},
      {"ru", {"министр", "порт", "ёлка", "саммит", "министры", "порты"}, {"и", "в", "не"}},
      {"ko", {"북한이", "정상회담", "서울", "장관"}, {"이", "그"}},
      {"zh", {"北京大学", "首脑会谈", "部长", "港口"}, {"的"}},
  };
  return subjects;
}

constexpr std::array<std::string_view, 8> kNames = {"Ana Núñez",  "Anna Nunez",   "Seán O'Brien",
                                                    "Kim Min-ji", "Jane Ferries", "Jane Miller",
                                                    "Li Na",      "Harbour Staff"};
constexpr std::array<std::string_view, 5> kPlaces = {"PORT CITY", "PARIS", "NEW YORK", "Seoul",
                                                     "Málaga"};
// Few, so that many articles are of one time.
constexpr std::array<std::string_view, 10> kTimes = {"2024-06-19T14:05:00-04:00",
                                                     "2024-06-19T18:05:00Z",
                                                     "2024-06-20T01:30:00+09:00",
                                                     "2024-06-19",
                                                     "2024-06",
                                                     "2024",
                                                     "2024-07-02T23:59:59Z",
                                                     "2023-12-31T23:30:00Z",
                                                     "2024-06-30T08:00:00",
                                                     "2024-07-01"};
constexpr std::array<std::string_view, 5> kStops = {". ", ". ", "? ", ", ", "; "};

std::string Capitalised(std::string word) {
  if (word[0] >= 'a' && word[0] <= 'z') word[0] = static_cast<char>(word[0] - 'a' + 'A');
  return word;
}

}  // namespace

const std::vector<std::string>& Tags() {
  static const std::vector<std::string> tags = {"Ferry Strike", "Kim Jong Un",   "Economy",
                                                "Café Culture", "U.S. Politics", "Floods",
                                                "Ministers",    "Health",        "no such tag"};
  return tags;
}

const std::vector<std::string>& Sections() {
  static const std::vector<std::string> sections = {"World", "Local News", "Sports", "no section"};
  return sections;
}

const std::vector<std::string>& Sources() {
  static const std::vector<std::string> sources = {"The Harbour Times", "AP", "El Faro",
                                                   "no source"};
  return sources;
}

const std::vector<std::string>& Languages() {
  static const std::vector<std::string> languages = {"en", "es", "de", "fr", "ru", "ko", "zh"};
  return languages;
}

testing::TestArticle Gazette::WriteArticle() {
  subject_ = chance_.OftenLow(Subjects().size());
  testing::TestArticle article;
  article.language = Subjects()[subject_].language;
  article.headline = Text(6);
  if (chance_.OneIn(2)) article.summary = Text(10);
  if (!chance_.OneIn(10)) article.body = Text(60, /*paragraphs=*/true);
  AddCaptions(&article);
  std::set<std::string> tags;
  for (size_t i = chance_.Below(4); i > 0; --i) tags.insert(chance_.Pick(Tags()));
  tags.erase(Tags().back());
  article.tags.assign(tags.begin(), tags.end());
  if (!chance_.OneIn(4)) article.bylines.push_back(Name());
  if (chance_.OneIn(3)) article.section = Sections()[chance_.Below(Sections().size() - 1)];
  if (!chance_.OneIn(3)) article.source = Sources()[chance_.Below(Sources().size() - 1)];
  if (chance_.OneIn(3)) article.dateline = chance_.Pick(kPlaces);
  article.published = Published();
  Hold(&article);
  return article;
}

std::string Gazette::Text(size_t most_words, bool paragraphs) {
  std::string text;
  bool starts = true;
  for (size_t left = 1 + chance_.Below(most_words); left > 0; --left) {
    const std::string word = Word();
    text += starts ? Capitalised(word) : word;
    starts = chance_.OneIn(8);
    if (left == 1) break;
    text += !starts ? " " : paragraphs && chance_.OneIn(3) ? ".\n\n" : chance_.Pick(kStops);
  }
  return text;
}

std::string Gazette::Word() {
  const Subject& subject = Subjects()[subject_];
  if (chance_.OneIn(3)) return std::string(chance_.Pick(subject.small_words));
  // Now and then a word of another subject, so that any two meet somewhere.
  const Words& words = chance_.OneIn(8) ? chance_.Pick(Subjects()).words : subject.words;
  return std::string(words[chance_.OftenLow(words.size())]);
}

std::string Gazette::Name() { return std::string(chance_.Pick(kNames)); }

std::string Gazette::Published() {
  return chance_.OneIn(8) ? "" : std::string(chance_.Pick(kTimes));
}

void Gazette::AddCaptions(testing::TestArticle* article) {
  for (size_t i = chance_.Below(3); i > 0; --i) {
    testing::TestCaption caption{.text = Text(6)};
    if (chance_.OneIn(2)) caption.credit = Name();
    article->captions.push_back(caption);
  }
}

void Gazette::Hold(testing::TestArticle* article) {
  switch (chance_.Below(24)) {
    case 0:
      article->status = v1::Article::STATUS_WITHHELD;
      break;
    case 1:
      article->status = v1::Article::STATUS_CANCELLED;
      break;
    case 2:
      article->embargo_seconds = absl::ToUnixSeconds(kNow) + 1;
      break;
    case 3:
      article->embargo_seconds = absl::ToUnixSeconds(kNow);
      break;
    default:
      break;
  }
}

}  // namespace broadsheet::query::invariants
