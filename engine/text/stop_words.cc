// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/text/stop_words.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <string>
#include <unordered_set>

#include "engine/text/language.h"

namespace broadsheet::text {
namespace {

struct WordList {
  std::string_view language;
  std::string_view words;  // folded: lower case, without accents
};

// Function words: articles, pronouns, prepositions, conjunctions, auxiliary verbs and their like.
// Words with a meaning of their own ("first", "new", "state") are left out, however frequent.
// Measured (docs/relevance.md): the English list is worth .018 of nDCG over none, and cutting words
// by how many articles have them is worth nothing in its stead.
constexpr std::array kLists = {
    WordList{
        .language = "en",
        .words =
            "a about above after again against all am an and any are aren't as at be because been "
            "before being below between both but by can can't cannot could couldn't did didn't do "
            "does doesn't doing don't down during each few for from further had hadn't has hasn't "
            "have haven't having he he'd he'll her here hers herself him himself his how i i'd "
            "i'll i'm i've if in into is isn't it its itself just let me more most mustn't my "
            "myself no nor not now of off on once only or other ought our ours ourselves out over "
            "own same shan't she she'd she'll should shouldn't so some such than that the their "
            "theirs them themselves then there these they they'd they'll they're they've this "
            "those through to too under until up very was wasn't we we'd we'll we're we've were "
            "weren't what when where which while who whom why will with won't would wouldn't you "
            "you'd you'll you're you've your yours yourself yourselves"},
    WordList{
        .language = "de",
        .words =
            "aber alle allem allen aller alles als also am an ander andere anderem anderen anderer "
            "anderes auch auf aus bei bin bis bist da damit dann das dass dein deine dem den denn "
            "der des dich die dies diese diesem diesen dieser dieses dir doch dort du durch ein "
            "eine einem einen einer eines er es etwas euch euer eure fur gegen habe haben hat "
            "hatte hatten hier hin hinter ich ihm ihn ihnen ihr ihre ihrem ihren ihrer im in indem "
            "ins ist jede jedem jeden jeder jedes jene jenem jenen jener jenes jetzt kann kein "
            "keine keinem keinen keiner konnen konnte man manche mein meine mich mir mit muss "
            "musste nach nicht nichts noch nun nur ob oder ohne sehr sein seine seinem seinen "
            "seiner selbst sich sie sind so solche soll sollte sondern uber um und uns unser unter "
            "viel vom von vor wahrend war waren warst was weil welche welchem welchen welcher "
            "welches wenn werde werden wie wieder will wir wird wirst wo wollen wollte wurde "
            "wurden zu zum zur zwar zwischen"},
    WordList{
        .language = "fr",
        .words =
            "a ai aient ainsi as au aucun aucune aussi autre autres aux avait avaient "
            "avec avez avons ayant c ce ceci cela celle celles celui ces cet cette ceux chaque "
            "chez comme d dans de des donc dont du elle elles en encore entre es est et etaient "
            "etait etant ete etes etre eu eux il ils j je l la le les leur leurs lui m ma mais me "
            "meme memes mes moi mon n ne ni nos notre nous on ont ou par parce pas plus pour qu "
            "quand que quel quelle quelles quels qui s sa sans se sera seront ses si son sont sous "
            "suis sur t ta te tes toi ton tous tout toute toutes tu un une vers vos votre vous y"},
    WordList{
        .language = "es",
        .words =
            "a al algo algun alguna algunas alguno algunos ante antes asi aun aunque cada como con "
            "contra cual cuales cuando de del desde donde dos durante e el ella ellas ello ellos "
            "en entre era eran eres es esa esas ese eso esos esta estaba estaban estamos estan "
            "estas este esto estos fue fueron ha habia habian han has hasta hay he la las le les "
            "lo los mas me mi mientras mis mucho muy nada ni no nos nosotros o os otra otras otro "
            "otros para pero poco por porque pues que quien quienes se sea sean ser si sido sin "
            "sino sobre sois somos son soy su sus tal tambien tanto te tiene tienen todo todos tu "
            "tus un una unas uno unos y ya yo"},
    WordList{
        .language = "it",
        .words =
            "a abbiamo agli ai al alla alle allo anche avere aveva avevano che chi ci cio come "
            "con contro cosi cui d da dagli dai dal dalla dalle dallo degli dei del della delle "
            "dello di dopo dove e ed era erano essere fra gli ha hai hanno ho i il in io l la le "
            "lei li lo loro lui ma me mentre mi mia mie miei mio ne negli nei nel nella nelle "
            "nello noi non nostro o ogni per perche piu poi prima qua quale quali quando quanto "
            "quella quelle quelli quello questa queste questi questo qui se sei senza si sia siamo "
            "siete sono sta stato stata su sua sue sugli sui sul sulla sulle sullo suo suoi ti tra "
            "tu tutte tutti tutto un una uno vi voi"},
    WordList{
        .language = "pt",
        .words =
            "a ainda ante ao aos apos aquela aquelas aquele aqueles as ate cada com como contra da "
            "das de dela delas dele deles depois desde do dos durante e ela elas ele eles em entre "
            "era eram essa essas esse esses esta estas estao estava estavam este estes eu foi "
            "foram ha isso isto ja lhe lhes mais mas me mesmo meu meus minha muito na nao nas nem "
            "no nos nossa nosso num numa o os ou para pela pelas pelo pelos perante pois por "
            "porque qual quando quanto que quem se seja sem ser sera seu seus so sob sobre somos "
            "sou sua suas tal tambem te tem tinha todo todos tu tua um uma umas uns voce voces"},
    WordList{
        .language = "nl",
        .words =
            "aan al alle als bij daar dan dat de der deze die dit doch doen door dus een eens en "
            "er ge geen had hadden heb hebben heeft hem het hier hij hoe hun ik in is ja je kan "
            "kon kunnen maar me meer men met mij mijn moet na naar niet niets nog nu of om omdat "
            "onder ons ook op over reeds te tegen toch toen tot u uit uw van veel voor want waren "
            "was wat we wel werd werden wezen wie wij wil worden wordt zal ze zelf zich zij zijn "
            "zo zonder zou zouden"},
};

using WordSet = std::unordered_set<std::string_view>;

std::array<WordSet, kLists.size()> MakeSets() {
  std::array<WordSet, kLists.size()> sets;
  for (size_t i = 0; i < kLists.size(); ++i) {
    std::string_view words = kLists[i].words;
    while (!words.empty()) {
      const size_t end = std::min(words.find(' '), words.size());
      sets[i].insert(words.substr(0, end));
      words.remove_prefix(std::min(end + 1, words.size()));
    }
  }
  return sets;
}

// The number of the language's list; kLists.size() when there is none.
size_t ListOf(std::string_view language) {
  const std::string primary = PrimaryLanguage(language);
  size_t i = 0;
  while (i < kLists.size() && kLists[i].language != primary) ++i;
  return i;
}

}  // namespace

bool IsStopWord(std::string_view language, std::string_view folded) {
  static const std::array<WordSet, kLists.size()> sets = MakeSets();
  const size_t list = ListOf(language);
  return list < sets.size() && sets[list].contains(folded);
}

std::string_view StopWordsOf(std::string_view language) {
  const size_t list = ListOf(language);
  return list < kLists.size() ? kLists[list].words : std::string_view();
}

std::span<const std::string_view> StopWordLanguages() {
  static const std::array<std::string_view, kLists.size()> languages = [] {
    std::array<std::string_view, kLists.size()> result;
    std::transform(kLists.begin(), kLists.end(), result.begin(),
                   [](const WordList& list) { return list.language; });
    return result;
  }();
  return languages;
}

}  // namespace broadsheet::text
