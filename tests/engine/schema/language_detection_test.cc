// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/schema/language_detection.h"

#include <gtest/gtest.h>

#include <string>

namespace broadsheet::schema {
namespace {

constexpr std::string_view kEnglish =
    "The ferry runs again. After three weeks of repairs the morning boat left the harbour on time, "
    "and the islanders went back to their old ways. The mayor thanked the workers of the port, who "
    "had worked through the nights so that the children could get to school.";
constexpr std::string_view kGerman =
    "Die Fähre fährt wieder. Nach drei Wochen Reparatur verließ das Morgenschiff pünktlich den "
    "Hafen, und die Inselbewohner kehrten zu ihren Gewohnheiten zurück. Die Bürgermeisterin dankte "
    "den Arbeitern, die nachts gearbeitet hatten.";

TEST(DetectLanguageTest, FindsTheLanguageOfAText) {
  EXPECT_EQ(DetectLanguage(kEnglish), "en");
  EXPECT_EQ(DetectLanguage(kGerman), "de");
}

// Texts under 200 bytes had no language, so their words were found as written only.
TEST(DetectLanguageTest, FindsTheLanguageOfShortSentences) {
  for (const char* text : {"Ferries stop at midnight\n\nFirst paragraph.\n\nSecond.\nThe last boat",
                           "The mayor said the ferries would stop at midnight on Friday.",
                           "Council approves new bridge over the river after a long debate",
                           "A fire broke out on a boat in the harbour on Monday. No one was hurt.",
                           "Police arrest two men who were seen at the pier"}) {
    EXPECT_EQ(DetectLanguage(text), "en") << text;
  }
  for (const char* text :
       {"Die Fähren fahren ab Mitternacht nicht mehr. Das letzte Boot legt um 23 Uhr ab.",
        "Zwei Männer nach dem Brand im Hafen festgenommen",
        "Warum die Preise in diesem Jahr wieder steigen", "Der Hafen bleibt bis Montag geschlossen",
        "Die Bürgermeisterin hat sich bei den Arbeitern bedankt"}) {
    EXPECT_EQ(DetectLanguage(text), "de") << text;
  }
  for (const char* text : {"La tour est fermée jusqu'à lundi pour des travaux",
                           "Les bateaux ne partiront plus après minuit, a annoncé la compagnie",
                           "Le maire a inauguré un nouveau pont sur la rivière",
                           "Les îliens s'inquiètent pour leur ravitaillement",
                           "Deux hommes ont été arrêtés après l'incendie du port"}) {
    EXPECT_EQ(DetectLanguage(text), "fr") << text;
  }
  for (const char* text : {"El alcalde se reunió con los vecinos para hablar del puente",
                           "Detenidos dos hombres por el incendio del puerto",
                           "Los barcos no saldrán después de la medianoche",
                           "El último barco salió del puerto sin pasajeros",
                           "La isla se queda sin barcos hasta el lunes"}) {
    EXPECT_EQ(DetectLanguage(text), "es") << text;
  }
}

TEST(DetectLanguageTest, IsUnsureOfAFewWords) {
  for (const char* text : {"", "Boats", "The last boat", "Ferries stop", "El último barco",
                           "Trump wins; Biden concedes"}) {
    EXPECT_EQ(DetectLanguage(text), "") << text;
  }
}

TEST(DetectLanguageTest, NamesTellNoLanguage) {
  for (const char* names :
       {"Ursula von der Leyen, Annalena Baerbock, Friedrich Merz",
        "Angela Merkel, Emmanuel Macron, Boris Johnson",
        "Charles de Gaulle, Brigitte Bardot, Gérard Depardieu",
        "Robert de Niro, Leonardo DiCaprio, Al Pacino, Martin Scorsese",
        "Goals: Kane 12, Son 45. Arsenal 2 Chelsea 1 Liverpool 3 Everton 0 Tottenham 3 Leicester 1",
        "Real Madrid - FC Barcelona 2:1, Bayern München - Borussia Dortmund 3:3, Manchester City - "
        "Liverpool FC 1:0, Juventus - AC Milan 0:0, Paris Saint-Germain - Olympique Marseille 4:2, "
        "Ajax - PSV Eindhoven 1:1, Benfica - Porto 2:2"}) {
    EXPECT_EQ(DetectLanguage(names), "") << names;
  }
}

TEST(DetectLanguageTest, ShortTextsInSeveralLanguagesTellNone) {
  for (const char* text :
       {"The ferry is late. Die Fähre kommt nicht. Le bac est en retard.",
        "Photo: A boat in the harbour. Foto: Ein Boot im Hafen.",
        "Der Film \"The Lord of the Rings: The Return of the King\" läuft wieder im Kino",
        "The harbour is closed / Le port est fermé",
        "No boats today, said the mayor. Hoy no hay barcos."}) {
    EXPECT_EQ(DetectLanguage(text), "") << text;
  }
}

// Without a list of stop words there is no second witness, so more text is asked for.
TEST(DetectLanguageTest, OtherLanguagesTakeMoreText) {
  const std::string swedish = "Färjorna slutar gå vid midnatt, säger borgmästaren. ";
  EXPECT_EQ(DetectLanguage(swedish), "");
  EXPECT_EQ(DetectLanguage(swedish +
                           "Den sista båten lämnar hamnen klockan elva på kvällen, och "
                           "öborna får vänta till måndag innan trafiken kommer i gång igen efter "
                           "strejken."),
            "sv");
}

TEST(DetectLanguageTest, IsUnsureOfWhatIsNoLanguage) {
  std::string numbers;
  for (int i = 0; i < 100; ++i) numbers += "12.5 | 99 | ";
  EXPECT_EQ(DetectLanguage(numbers), "");
}

TEST(DetectLanguageTest, ReadsLongTexts) {
  std::string text;
  while (text.size() < (1U << 20)) text.append(kGerman).append("\n");
  EXPECT_EQ(DetectLanguage(text), "de");
}

}  // namespace
}  // namespace broadsheet::schema
