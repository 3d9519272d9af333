// SPDX-License-Identifier: GPL-3.0-or-later
// What the analyser makes of words: each row of the table is one decision.
#include "engine/text/analyzer.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <libstemmer.h>

#include <algorithm>
#include <cctype>
#include <cstdint>
#include <iterator>
#include <random>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

#include "engine/text/utf8.h"

namespace broadsheet::text {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

// "term@position", then [exact] where it differs from the term, a + for a word that continues the
// written word before it, and / for an alternative at the same position.
std::string Describe(const Token& token) {
  std::string text(token.term);
  text += "@" + std::to_string(token.position);
  if (token.exact != token.term) text += "[" + std::string(token.exact) + "]";
  if (token.continues_word) text += "+";
  if (token.alternative) text += "/";
  return text;
}

std::string Terms(std::string_view text, std::string_view language = "") {
  Analyzer analyzer;
  std::string all;
  analyzer.Analyze(text, language, [&all](const Token& token) {
    if (!all.empty()) all += " ";
    all += Describe(token);
  });
  return all;
}

struct Row {
  std::string_view decision;
  std::string_view text;
  std::string_view terms;
  std::string_view language = "";  // of the text; unknown unless given
};

// The specification of the analyser. "café" is found as "cafe" at position 0 of its text, and by
// =café as written. A query's words go through the same table.
constexpr Row kTable[] = {
    // Letters.
    {"case is folded", "North KOREA", "north@0 korea@1"},
    {"accents are folded, the exact form keeps them", "Café Müller",
     "cafe@0[café] muller@1[müller]"},
    {"composed and decomposed letters are one", "cafe\u0301", "cafe@0[café]"},
    {"full-width forms are plain letters", "ＡＢＣ １２", "abc@0 12@1"},
    {"ligatures are their letters", "ﬁnance", "finance@0"},
    {"sharp s is ss", "Straße STRAẞE", "strasse@0 strasse@1"},
    {"letters with strokes are plain", "Łódź Søren Đoković",
     "lodz@0[łódź] soren@1[søren] dokovic@2[đoković]"},
    {"joined letters are two", "Æsir œuvre", "aesir@0[æsir] oeuvre@1[œuvre]"},
    {"Turkish i with or without a dot is i", "İstanbul Diyarbakır",
     "istanbul@0[i̇stanbul] diyarbakir@1[diyarbakır]"},
    {"short i and yi are letters, io is not", "Зеленский Київ ёлка",
     "зеленский@0 київ@1 елка@2[ёлка]"},
    {"Greek accents are folded and final sigma is sigma", "Ἀθῆναι λόγος",
     "αθηναι@0[ἀθῆναι] λογοσ@1[λόγοσ]"},
    {"Arabic vowel points are folded", "كِتَاب", "كتاب@0[كِتَاب]"},
    {"hamza and madda over alef are optional, tatweel is not read", "أحمد احمد كـتاب",
     "احمد@0[أحمد] احمد@1 كتاب@2"},
    {"Hebrew vowel points are folded", "שָׁלוֹם", "שלום@0[שָׁלוֹם]"},
    {"teh marbuta is heh, alef maksura and the yeh of Persian are yeh", "مدرسة على علی",
     "مدرسه@0[مدرسة] علي@1[على] علي@2[علی]"},
    {"the kaf of Persian is kaf, its heh with hamza is heh", "کتاب خانۀ",
     "كتاب@0[کتاب] خانه@1[خانۀ]"},
    {"gershayim are part of a Hebrew word, however typed", "צה״ל צה\"ל צה”ל צה''ל צהל",
     "צהל@0 צהל@1 צהל@2 צהל@3 צהל@4"},
    {"with endings behind and prepositions before", "מנכ\"לית בארה\"ב ש\"ס",
     "מנכלית@0 בארהב@1 שס@2"},
    {"so is geresh", "ג׳ורג׳ ג'ורג'", "גורג@0 גורג@1"},
    {"quotes behind a Hebrew preposition are quotes", "ב\"הארץ\" ב'הארץ'",
     "ב@0 הארץ@1 ב@2 בהארץ@2/ הארץ@3+"},
    {"Persian joiners vanish", "می\u200Cخواهم", "ميخواهم@0[میخواهم]"},
    {"vowel signs of Indian scripts stay", "हिन्दी", "हिन्दी@0"},
    {"and so do viramas", "समाचार क्षेत्र", "समाचार@0 क्षेत्र@1"},
    // Apostrophes, quotes, dots.
    {"soft hyphens vanish", "co\u00ADoperate", "cooperate@0"},
    {"a possessive s is dropped", "Putin’s Kim's PUTIN'S", "putin@0 kim@1 putin@2"},
    {"an apostrophe at the end is dropped", "senators’ votes", "senators@0 votes@1"},
    {"quotes are no part of a word", "“Hello” 'world' ‘and’", "hello@0 world@1 and@2"},
    {"of any kind", "«mot»dit „Wort“ ‹un› 「東北」と『西』",
     "mot@0 dit@1 wort@2 un@3 东北@4[東北] と@5 西@6"},
    {"contractions are one word", "don’t we'll", "don't@0 we'll@1"},
    {"with any apostrophe", "don't don’t donʼt Київ об’єднання",
     "don't@0 don't@1 don't@2 київ@3 об@4 обєднання@4/ єднання@5+"},
    {"decades keep their s", "1990s ’90s 1990s’", "1990s@0 90s@1 1990s@2"},
    {"with an apostrophe too, and are their year as well", "1980's 50’s mid-1980's",
     "1980s@0 1980@0/ 50s@1 50@1/ mid@2 mid1980s@2/ 1980s@3+ 1980@3/"},
    {"other years have a possessive", "2024's", "2024@0"},
    {"names with an apostrophe are found whole and in parts", "O'Brien", "o@0 obrien@0/ brien@1+"},
    {"so are elisions", "l’homme", "l@0 lhomme@0/ homme@1+"},
    {"and their possessive", "O’Brien’s Xi'an", "o@0 obrien@0/ brien@1+ xi@2 xian@2/ an@3+"},
    {"U.S. is not us", "U.S. us Us", "u.s@0 us@1 us@2"},
    {"capital US is U.S.", "US (US) US's US$5 pro-US U.S",
     "u.s@0 u.s@1 u.s@2 u.s@3 5@4 pro@5 u.s@6+ u.s@7"},
    {"in compounds as well", "US-led U.S.-led us-led",
     "u.s@0 led@1+ u.s@2 led@3+ us@4 usled@4/ led@5+"},
    {"the tag of either is also that word", "#US #us", "#us@0 u.s@0/ #us@1 us@1/"},
    {"in a line of capitals US may be us", "JOIN US TODAY\nUS GDP",
     "join@0 u.s@1 us@1/ today@2 u.s@3 gdp@4"},
    {"so are AM, IT, LA and WHO, which are also the word", "11 AM, a.m.; IT's WHO in LA",
     "11@0 a.m@1 am@1/ a.m@2 i.t@3 it@3/ w.h.o@4 who@4/ in@5 l.a@6 la@6/"},
    {"not in small letters, nor other words", "it who la am It Who AS NOT W.H.O. L.A.",
     "it@0 who@1 la@2 am@3 it@4 who@5 as@6 not@7 w.h.o@8 l.a@9"},
    {"U.S.A. and USA are one", "U.S.A. USA", "usa@0 usa@1"},
    {"so are U.K. and UK", "U.K. UK D.C.", "uk@0 uk@1 dc@2"},
    {"and others, whatever their case", "p.m. e.g. U.S.S.R. Ph.D.", "pm@0 eg@1 ussr@2 phd@3"},
    {"degrees are initialisms", "Ph.D. PhD M.Sc. D.Phil. Ed.D.'s",
     "phd@0 phd@1 msc@2 dphil@3 edd@4"},
    {"but not the end of a sentence without a space", "high tech.A new",
     "high@0 tech@1 a@2+ new@3"},
    {"an initialism has possessives and compounds", "U.S.'s U.S.-led", "u.s@0 u.s@1 led@2+"},
    {"initials stand beside a name", "J.K. Rowling J.K.Rowling", "jk@0 rowling@1 jk@2 rowling@3+"},
    // Numbers.
    {"1,000 is 1000", "1,000 1000 1,000,000.50", "1000@0 1000@1 1000000.50@2"},
    {"a comma elsewhere separates", "1,2 2024,300 one,two", "1@0 2@1 2024@2 300@3 one@4 two@5"},
    {"decimals are one word", "1.5 $3.50m", "1.5@0 3.50m@1"},
    {"dates and versions are parts", "19.06.2024 2024-06-19",
     "19@0 06@1+ 2024@2+ 2024@3 06@4+ 19@5+"},
    {"times are parts", "12:30", "12@0 30@1+"},
    {"a percent or currency sign is no part", "10% €5 $7", "10@0 5@1 7@2"},
    {"digits of all scripts are digits", "٢٠٢٤", "2024@0[٢٠٢٤]"},
    {"fractions are two numbers", "½ 1/2 1⁄2 2½ ¾-mile",
     "1@0 2@1+ 1@2 2@3+ 1@4 2@5+ 2@6 1@7+ 2@8+ 3@9 4@10+ mile@11+"},
    {"raised digits are digits", "km²", "km2@0"},
    // Compounds and signs.
    {"hyphenated words are found whole and in parts", "COVID-19", "covid@0 covid19@0/ 19@1+"},
    {"of any length", "state-of-the-art", "state@0 stateoftheart@0/ of@1+ the@2+ art@3+"},
    {"all hyphens are one", "e‑mail e–mail", "e@0 email@0/ mail@1+ e@2 email@2/ mail@3+"},
    {"those of digits only in parts", "9-11 24/7", "9@0 11@1+ 24@2 7@3+"},
    {"numbers join words", "mid-2024 3.5-litre", "mid@0 mid2024@0/ 2024@1+ 3.5@2 litre@3+"},
    {"dashes separate", "war—and - peace -- now", "war@0 and@1 peace@2 now@3"},
    {"a single letter and an ampersand are one word", "AT&T R&D Q&A",
     "at&t@0 att@0/ r&d@1 rd@1/ q&a@2 qa@2/"},
    {"an ampersand between words joins like a hyphen", "Barnes&Noble this & that",
     "barnes@0 barnesnoble@0/ noble@1+ this@2 that@3"},
    {"signs of programming languages", "C++, C# and C.", "c++@0 c@0/ c#@1 c@1/ and@2 c@3"},
    {"a single plus is no part", "LGBTQ+ 50+", "lgbtq@0 50@1"},
    {"tags with and without their sign", "#MeToo", "#metoo@0 metoo@0/"},
    {"names with and without their sign", "@jane_doe", "@jane_doe@0 jane_doe@0/"},
    {"a number sign is no tag", "#1 # 2", "1@0 2@1"},
    {"e-mail addresses are parts", "jane@example.com", "jane@0 example@1+ com@2+"},
    {"web addresses are parts", "https://www.example.com/a-b/?id=7.",
     "https@0 www@1+ example@2+ com@3+ a@4+ b@5+ id@6+ 7@7+"},
    {"with or without a scheme", "example.com/news", "example@0 com@1+ news@2+"},
    {"addresses keep their underscores", "jane_doe@mail.example.com",
     "jane_doe@0 mail@1+ example@2+ com@3+"},
    {"slashes make parts", "and/or", "and@0 or@1+"},
    {"emoji are ignored", "peace 🕊️ now👍🏽 ❤️", "peace@0 now@1"},
    {"also of several characters", "a👩‍👩‍👧b 🇩🇪c ☎️", "a@0 b@1 c@2"},
    {"a digit in a box is the digit", "1️⃣", "1@0"},
    {"trademark signs are no part", "News™ ©2024", "news@0 2024@1"},
    // Scripts without spaces.
    {"Chinese is pairs of characters", "北京大学", "北京@0 京大@1+ 大学@2+"},
    {"a lone character is itself", "人", "人@0"},
    {"traditional and simplified characters are one", "臺灣 台灣 台湾 頭髮 头发",
     "台湾@0[臺灣] 台湾@1[台灣] 台湾@2 头发@3[頭髮] 头发@4"},
    {"so is Japanese", "東京タワー", "东京@0[東京] 京タ@1+ タワ@2+ ワー@3+"},
    {"kanji and kana run on", "日本語ニュース",
     "日本@0 本语@1[本語]+ 语ニ@2[語ニ]+ ニュ@3+ ュー@4+ ース@5+"},
    {"half-width kana is kana", "ﾊﾞｽ", "バス@0"},
    {"Thai marks stay with their letter", "ที่นี่", "ที่นี่@0"},
    {"and so pairs find any part of a word", "ประเทศไทย",
     "ปร@0 ระ@1+ ะเ@2+ เท@3+ ทศ@4+ ศไ@5+ ไท@6+ ทย@7+"},
    {"Korean particles cling, so pairs too", "북한이", "북한@0 한이@1+"},
    {"scripts that meet are parts", "iPhone手机 2024年", "iphone@0 手机@1+ 2024@2 年@3+"},
    {"punctuation of Chinese separates", "战争，和平。", "战争@0 和平@1"},
    // The rest.
    {"underscores join", "_under_ snake_case", "under@0 snake_case@1"},
    {"ill-formed bytes end a word",
     "ab\xFF"
     "cd \xC3",
     "ab@0 cd@1"},
    {"half a surrogate pair is ill-formed",
     "ab\xED\xA0\x80"
     "cd",
     "ab@0 cd@1"},
    {"nothing but marks is nothing", "... — ’ \u0301 \u00AD", ""},
    // Stemming: in the language of the article, after accents are folded.
    {"English", "running ceremonies", "run@0[running] ceremoni@1[ceremonies]", "en"},
    {"whatever the region", "ceremonies", "ceremoni@0[ceremonies]", "en-GB"},
    {"compounds: the whole and each part", "e-mails", "e@0 email@0[emails]/ mail@1[mails]+", "en"},
    {"words with digits or signs are not stemmed, but the word after # is",
     "1990s 737s #protests U.S. AT&T",
     "1990s@0 737s@1 #protests@2 protest@2[protests]/ u.s@3 at&t@4 att@4/", "en"},
    {"an unknown language is not stemmed", "running", "running@0", ""},
    {"nor one without a stemmer", "running", "running@0", "xx"},
    {"a language is a code, not a name", "running", "running@0", "english"},
    {"nor are scripts that a stemmer does not know", "北京大学", "北京@0 京大@1+ 大学@2+", "zh"},
    {"Arabic", "المدارس", "مدارس@0[المدارس]", "ar"},
    {"Armenian", "լրագրողների", "լրագրող@0[լրագրողների]", "hy"},
    {"Basque", "etxeak", "etxe@0[etxeak]", "eu"},
    {"Catalan", "eleccions", "elec@0[eleccions]", "ca"},
    {"Danish", "valgene", "valg@0[valgene]", "da"},
    {"Dutch", "verkiezingen", "verkiez@0[verkiezingen]", "nl"},
    {"Finnish", "vaaleissa", "vaale@0[vaaleissa]", "fi"},
    {"French", "élections", "elect@0[élections]", "fr"},
    {"German", "Wahlen", "wahl@0[wahlen]", "de"},
    {"Greek", "εκλογές", "εκλογ@0[εκλογέσ]", "el"},
    {"Hindi", "चुनावों", "चुनाव@0[चुनावों]", "hi"},
    {"Hungarian", "választások", "valasztas@0[választások]", "hu"},
    {"Indonesian", "pemilihan", "pilih@0[pemilihan]", "id"},
    {"Irish", "toghcháin", "toghch@0[toghcháin]", "ga"},
    {"Italian", "elezioni", "elezion@0[elezioni]", "it"},
    {"Lithuanian", "rinkimai", "rinkim@0[rinkimai]", "lt"},
    {"Nepali", "चुनावहरू", "चुनाव@0[चुनावहरू]", "ne"},
    {"Norwegian, in both its forms", "valgene", "valg@0[valgene]", "no"},
    {"Bokmål", "valgene", "valg@0[valgene]", "nb"},
    {"Nynorsk", "valgene", "valg@0[valgene]", "nn"},
    {"Portuguese", "eleições", "eleico@0[eleições]", "pt"},
    {"Romanian", "alegerilor", "aleger@0[alegerilor]", "ro"},
    {"Russian", "переговоры", "переговор@0[переговоры]", "ru"},
    {"Serbian", "izborima", "izbor@0[izborima]", "sr"},
    {"Spanish", "elecciones", "eleccion@0[elecciones]", "es"},
    {"Swedish", "valen", "val@0[valen]", "sv"},
    {"Tamil", "தேர்தல்கள்", "தேர்தல்@0[தேர்தல்கள்]", "ta"},
    {"Turkish", "seçimler", "secim@0[seçimler]", "tr"},
    {"Yiddish", "װאַלן", "װאל@0[װאַלן]", "yi"},
    {"accents never decide a stem", "régions regions", "region@0[régions] region@1[regions]", "fr"},
};

TEST(AnalyzerTest, MakesTheDecisionsOfItsTable) {
  for (const Row& row : kTable) {
    EXPECT_EQ(Terms(row.text, row.language), row.terms) << row.decision;
  }
}

TEST(AnalyzerTest, HasARowForEveryLanguageOfSnowball) {
  for (const char** name = sb_stemmer_list(); *name != nullptr; ++name) {
    const std::string_view language = *name;
    if (language == "porter") continue;  // the older English one, which has no code of its own
    EXPECT_TRUE(std::any_of(std::begin(kTable), std::end(kTable), [language](const Row& row) {
      std::string decision(row.decision.substr(0, language.size()));
      decision[0] = static_cast<char>(std::tolower(decision[0]));
      return !row.language.empty() && decision == language;
    })) << language;
  }
}

TEST(AnalyzerTest, SwitchesLanguagesFromTextToText) {
  Analyzer analyzer;
  const auto first_term = [&analyzer](std::string_view text, std::string_view language) {
    std::string term;
    analyzer.Analyze(text, language, [&term](const Token& token) { term = token.term; });
    return term;
  };
  for (int round = 0; round < 2; ++round) {
    EXPECT_EQ(first_term("nations", "en"), "nation");
    EXPECT_EQ(first_term("nations", ""), "nations");
    EXPECT_EQ(first_term("nations", "fi"), "nations");
    EXPECT_EQ(first_term("nations", "fr"), "nation");
  }
}

TEST(AnalyzerTest, GivesTheFoldedFormBesideTheStem) {
  Analyzer analyzer;
  std::string folded;
  analyzer.Analyze("Élections", "fr", [&folded](const Token& token) { folded = token.folded; });
  EXPECT_EQ(folded, "elections");
}

// Writes each token as the bytes of the text that it came from.
std::string Sources(std::string_view text) {
  Analyzer analyzer;
  std::string all;
  analyzer.Analyze(text, "en", [&](const Token& token) {
    if (!all.empty()) all += "|";
    all += text.substr(token.begin, token.end - token.begin);
  });
  return all;
}

TEST(AnalyzerTest, TokensKnowWhereTheyCameFrom) {
  EXPECT_EQ(Sources("“Putin’s  café,” he said."), "Putin|café|he|said");
  EXPECT_EQ(Sources("COVID-19 in the U.S."), "COVID|COVID-19|19|in|the|U.S.");
  EXPECT_EQ(Sources("#tag C++ 1,000"), "#tag|tag|C++|C|1,000");
  EXPECT_EQ(Sources("北京大学"), "北京|京大|大学");
  EXPECT_EQ(Sources("2½ pints"), "2|½|½|pints");
  EXPECT_EQ(Sources("the 1980's, Ph.D. צה\"ל"), "the|1980's|1980|Ph.D.|צה\"ל");
  EXPECT_EQ(Sources("US-led #LA"), "US|led|#LA|LA|LA");
}

std::vector<std::string> TermsOf(std::string_view text, std::string_view language = "") {
  Analyzer analyzer;
  std::vector<std::string> terms;
  analyzer.Analyze(text, language,
                   [&terms](const Token& token) { terms.emplace_back(token.term); });
  return terms;
}

std::string Repeated(std::string_view letter, size_t times) {
  std::string word;
  for (size_t i = 0; i < times; ++i) word += letter;
  return word;
}

// A word of more than 64 bytes was left out of the index, which are 32 letters of Cyrillic.
TEST(AnalyzerTest, LongWordsAreCountedInLetters) {
  for (const std::string_view letter : {"x", "й", "ก", "𐓐"}) {
    const std::string longest = Repeated(letter, letter.size() > 3 ? 48 : 64);
    for (const std::string& term : TermsOf(longest)) EXPECT_THAT(term, Not(HasSubstr("~")));
    const std::vector<std::string> longer = TermsOf(longest + std::string(letter));
    if (letter == "ก") continue;  // pairs
    ASSERT_EQ(longer.size(), 2u) << letter;
    EXPECT_LE(longer[0].size(), kMaxTermBytes);
    EXPECT_THAT(longer[0], StartsWith(longer[1]));
  }
}

TEST(AnalyzerTest, ALongWordHasAHashOfAllOfItAndItsBeginning) {
  const std::string beginning(64, 'x');
  const std::vector<std::string> terms = TermsOf("a " + beginning + "ay b");
  ASSERT_EQ(terms.size(), 4u);
  EXPECT_THAT(terms[1], StartsWith(beginning + "~"));
  EXPECT_EQ(terms[2], beginning + "~");
  EXPECT_EQ(TermsOf(Repeated("X", 64) + "AY")[0], terms[1]) << "case is folded";
  EXPECT_EQ(TermsOf(beginning + "áy")[0], terms[1]) << "accents are folded";
  EXPECT_NE(TermsOf(beginning + "az")[0], terms[1]) << "other words of that beginning are others";
  EXPECT_EQ(TermsOf("#" + beginning + "ay")[2], terms[1]) << "without its sign";
}

TEST(AnalyzerTest, FormsOfALongWordMeet) {
  const std::string compound =
      "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft";
  EXPECT_EQ(TermsOf(compound, "de")[0], TermsOf(compound + "en", "de")[0]);
  EXPECT_NE(TermsOf(compound, "de")[0], TermsOf(compound + "shaus", "de")[0]);
  const std::string law = "Rindfleischetikettierungsüberwachungsaufgabenübertragungsgesetz";
  EXPECT_EQ(TermsOf(law, "de")[0], TermsOf(law + "es", "de")[0]) << "63 letters and 65";
}

TEST(AnalyzerTest, AMegabyteWithoutASpaceIsOneWord) {
  const std::string word(1 << 20, 'x');
  EXPECT_EQ(TermsOf("a " + word + " b").size(), 4u);
  EXPECT_EQ(TermsOf(Repeated("é", 1 << 19), "fr").size(), 2u);
}

TEST(AnalyzerTest, WordsOfEveryLengthAreReadWhole) {
  std::string word;
  for (size_t length = 1; length <= 64; ++length) {
    word.push_back(static_cast<char>('a' + length % 26));
    EXPECT_EQ(Terms(word), word + "@0");
    EXPECT_EQ(Terms(word + ", b"), word + "@0 b@1");
  }
}

TEST(AnalyzerTest, LettersAndDigitsAreToldFromTheirNeighboursInAscii) {
  std::string all;
  for (int c = 1; c < 128; ++c) {
    all += "x ";
    all.push_back(static_cast<char>(c));
    all += " ";
  }
  Analyzer analyzer;
  std::string single;
  analyzer.Analyze(all, "", [&single](const Token& token) {
    if (token.term != "x") single += token.term;
  });
  EXPECT_EQ(single, "0123456789abcdefghijklmnopqrstuvwyzabcdefghijklmnopqrstuvwyz");
}

// Random bytes, and random pieces of what the analyser treats specially.
std::string RandomText(std::mt19937& random) {
  constexpr std::string_view kPieces[] = {
      "a",        "B",
      "s",        "19",
      "1,000",    "'",
      "’",        "-",
      "‑",        ".",
      ",",        "&",
      "@",        "#",
      "+",        "/",
      ":",        "_",
      " ",        "\n",
      "\"",       "é",
      "É",        "ﬁ",
      "\xCC\x81", "\u00AD",
      "\u200B",   "北",
      "ー",       "ｶ",
      "ﾞ",        "ที่",
      "한",       "İ",
      "ß",        "½",
      "🕊",     "://",
      "US",       "Ph",
      "0",        "1980",
      "צ",        "ה",
      "״",        "ב",
      "灣",       "ی",
      "⁄",        "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx",
      "www.",     "\xFF",
      "\xE5",     "Ⅳ",
      "𝐀",        "ﷺ",
      "ǅ",        "٢",
      "ʼ"};
  std::uniform_int_distribution<size_t> length(0, 40);
  std::uniform_int_distribution<size_t> piece(0, std::size(kPieces) - 1);
  std::uniform_int_distribution<int> byte(0, 255);
  const bool bytes = byte(random) < 80;
  std::string text;
  for (size_t i = length(random); i > 0; --i) {
    if (bytes) {
      text.push_back(static_cast<char>(byte(random)));
    } else {
      text += kPieces[piece(random)];
    }
  }
  return text;
}

using PlaceTuple = std::tuple<uint32_t, uint32_t, uint32_t, bool>;

std::vector<PlaceTuple> PlacesOfTokens(Analyzer& analyzer, std::string_view text) {
  std::vector<PlaceTuple> places;
  analyzer.Analyze(text, "en", [&places](const Token& token) {
    places.emplace_back(token.position, token.begin, token.end, token.alternative);
  });
  return places;
}

std::vector<PlaceTuple> PlacesByLocating(Analyzer& analyzer, std::string_view text) {
  std::vector<PlaceTuple> places;
  analyzer.Locate(text, [&places](const Place& place) {
    places.emplace_back(place.position, place.begin, place.end, place.alternative);
    return true;
  });
  return places;
}

TEST(AnalyzerTest, LocatesWordsWhereItsTokensAre) {
  Analyzer analyzer;
  const std::string text =
      "COVID-19 in the U.S.: “1,000 #tags”. 北京大学 2½ LA 1980's " + std::string(65, 'x') + " end";
  const std::vector<PlaceTuple> places = PlacesByLocating(analyzer, text);
  EXPECT_EQ(places, PlacesOfTokens(analyzer, text));
}

TEST(AnalyzerTest, StopsLocatingWhenToldTo) {
  Analyzer analyzer;
  int calls = 0;
  analyzer.Locate("one two-three four", [&calls](const Place& place) {
    ++calls;
    return place.position < 1;
  });
  EXPECT_EQ(calls, 2);
}

TEST(AnalyzerTest, HoldsItsPromisesOnAnyBytes) {
  constexpr unsigned kSeed = 20240619;
  std::mt19937 random(kSeed);
  Analyzer analyzer;
  const std::vector<std::string_view> languages = {"", "en", "fr", "de", "ru", "tr", "ar", "nl"};
  for (size_t round = 0; round < 20'000; ++round) {
    const std::string text = RandomText(random);
    uint32_t last_begin = 0;
    uint32_t next_position = 0;
    analyzer.Analyze(text, languages[round % languages.size()], [&](const Token& token) {
      ASSERT_FALSE(token.term.empty());
      ASSERT_FALSE(token.exact.empty());
      ASSERT_FALSE(token.folded.empty());
      ASSERT_LE(token.term.size(), kMaxTermBytes);
      ASSERT_FALSE(token.term.front() >= 'A' && token.term.front() <= 'Z') << token.term;
      ASSERT_TRUE(IsValidUtf8(token.term)) << ::testing::PrintToString(token.term);
      ASSERT_TRUE(IsValidUtf8(token.exact)) << ::testing::PrintToString(token.exact);
      ASSERT_LT(token.begin, token.end);
      ASSERT_LE(token.end, text.size());
      if (token.alternative) {
        ASSERT_EQ(token.position, next_position - 1);
        ASSERT_EQ(token.before, Break::kNone);
      } else {
        ASSERT_GE(token.begin, last_begin);
        ASSERT_GE(token.position, next_position);
        last_begin = token.begin;
        next_position = token.position + 1;
      }
    });
    ASSERT_EQ(PlacesByLocating(analyzer, text), PlacesOfTokens(analyzer, text));
    ASSERT_FALSE(HasFailure()) << "round " << round << ": " << ::testing::PrintToString(text);
  }
}

}  // namespace
}  // namespace broadsheet::text
