// SPDX-License-Identifier: GPL-3.0-or-later
// Shapes in which pages and feeds everywhere say who wrote an article; all names are invented.
#include "indexer/sources/wording/people/byline.h"

#include <gtest/gtest.h>

#include <string>

#include "indexer/sources/wording/people/name_case.h"
#include "indexer/sources/wording/people/organisation.h"
#include "tests/indexer/sources/told_bylines.h"

namespace broadsheet::sources::people {
namespace {

using ::broadsheet::testing::ToldBylines;

struct Row {
  const char* text;
  const char* bylines;
};

TEST(BylineTest, LinesNamePeopleRolesAndHouses) {
  constexpr Row kRows[] = {
      // English
      {"By Rosalba Finnegan-Ito", "Rosalba Finnegan-Ito"},
      {"by Rosalba Finnegan-Ito", "Rosalba Finnegan-Ito"},
      {"BY ROSALBA FINNEGAN-ITO", "Rosalba Finnegan-Ito"},
      {"By: Rosalba Finnegan-Ito", "Rosalba Finnegan-Ito"},
      {"ByRosalba Finnegan", "Rosalba Finnegan"},
      {"By Rosalba Finnegan-Ito and Curtis Mbeki-Dahl", "Rosalba Finnegan-Ito; Curtis Mbeki-Dahl"},
      {"By Ann Lee & Bo Chan", "Ann Lee; Bo Chan"},
      {"By Ann Lee, Bo Chan and Cy Dorn", "Ann Lee; Bo Chan; Cy Dorn"},
      {"By Ann Lee, Bo Chan, and Cy Dorn", "Ann Lee; Bo Chan; Cy Dorn"},
      {"By JANE DOEY and Tom O'Neill-Smith, Associated Press",
       "Jane Doey; Tom O'Neill-Smith <Associated Press>"},
      {"by: Latoya Brinkerhoff-Diaz, Meridian Wire", "Latoya Brinkerhoff-Diaz <Meridian Wire>"},
      {"By Ann Lee, Senior Correspondent", "Ann Lee [Senior Correspondent]"},
      {"By Ann Lee, Health Reporter, Varnholm Herald",
       "Ann Lee [Health Reporter] <Varnholm Herald>"},
      {"By Ann Lee (Meridian Wire)", "Ann Lee <Meridian Wire>"},
      {"By Ann Lee/Meridian Wire", "Ann Lee <Meridian Wire>"},
      {"By Ann Lee, Reuters", "Ann Lee <Reuters>"},
      {"By Ann Lee and Reuters", "Ann Lee; Reuters <Reuters>"},
      {"By The Associated Press", "The Associated Press <The Associated Press>"},
      {"By Ludwig van der Berg in Antwerp", "Ludwig van der Berg"},
      {"By J. R. Hale", "J. R. Hale"},
      {"By James S.A. Corland", "James S.A. Corland"},
      {"By Ann Lee | Published March 3, 2025", "Ann Lee"},
      {"By Ann Lee - March 3, 2025", "Ann Lee"},
      {"By Ann Lee March 3, 2025", "Ann Lee"},
      {"By Ann Lee Updated 3 hours ago", "Ann Lee"},
      {"By Ann Lee | ann@meridian.example", "Ann Lee"},
      {"By Ann Lee ann@meridian.example", "Ann Lee"},
      {"By Ann Lee @annlee", "Ann Lee"},
      {"By Ann Lee 5 minute read", "Ann Lee"},
      {"Written by Ann Lee", "Ann Lee"},
      {"Posted by Ann Lee on Monday", "Ann Lee"},
      {"Story by Ann Lee", "Ann Lee"},
      {"Analysis by Ann Lee", "Ann Lee"},
      {"Words by Ann Lee", "Ann Lee"},
      {"By staff reporter Ann Lee", "Ann Lee [staff reporter]"},
      {"By Ann Lee is a reporter who covers the harbour", "Ann Lee"},
      // German
      {"Von Grit Überhorst", "Grit Überhorst"},
      {"Von Grit Überhorst und Ole Maaß", "Grit Überhorst; Ole Maaß"},
      {"von: Grit Überhorst", "Grit Überhorst"},
      {"Von Grit Überhorst, dpa", "Grit Überhorst <dpa>"},
      {"Ein Kommentar von Grit Überhorst", "Grit Überhorst"},
      {"Kolumne von Grit Überhorst", "Grit Überhorst"},
      {"Autor: Grit Überhorst", "Grit Überhorst"},
      {"Von Grit Überhorst, Redakteurin", "Grit Überhorst [Redakteurin]"},
      {"Von Grit von der Aue", "Grit von der Aue"},
      // French, Spanish, Italian and others
      {"Par Élodie Marchand", "Élodie Marchand"},
      {"Par Élodie Marchand et Luc Ferrand", "Élodie Marchand; Luc Ferrand"},
      {"par Élodie MARCHAND", "Élodie Marchand"},
      {"Por Inés Calderón y Marta Ruiz", "Inés Calderón; Marta Ruiz"},
      {"Por Inés Calderón, corresponsal", "Inés Calderón [corresponsal]"},
      {"di Chiara Bonetti e Paolo Verga", "Chiara Bonetti; Paolo Verga"},
      {"a cura di Chiara Bonetti", "Chiara Bonetti"},
      {"Door Sanne de Wilde", "Sanne de Wilde"},
      // What somebody is, in the same words
      {"By Ann Lee Staff Writer", "Ann Lee [Staff Writer]"},
      {"By Ann Lee Chief Political Correspondent", "Ann Lee [Chief Political Correspondent]"},
      {"Von Grit Überhorst, Hafenredakteurin", "Grit Überhorst [Hafenredakteurin]"},
      // Kinds of texts
      {"Report by Ann Lee", "Ann Lee"},
      {"Commentary by Ann Lee", "Ann Lee"},
      {"As told to Ann Lee", "Ann Lee"},
      {"Text von Grit Überhorst", "Grit Überhorst"},
      {"Ein Essay von Grit Überhorst", "Grit Überhorst"},
      {"Eine Reportage von Grit Überhorst und Ole Maaß", "Grit Überhorst; Ole Maaß"},
      {"Aufgezeichnet von Grit Überhorst", "Grit Überhorst"},
      {"Un texte de Luc Ferrand", "Luc Ferrand"},
      {"Una crónica de Inés Calderón", "Inés Calderón"},
      {"Texto: Inés Calderón", "Inés Calderón"},
      {"Reportagem de Inês Lobo", "Inês Lobo"},
      {"Articolo di Chiara Bonetti", "Chiara Bonetti"},
      {"Av Ola Nordby", "Ola Nordby"},
      {"Tekst: Ola Nordby", "Ola Nordby"},
      {"Teksti: Mia Virtanen", "Mia Virtanen"},
      {"Kirjoittanut Mia Virtanen", "Mia Virtanen"},
      {"Napsala Jana Horová", "Jana Horová"},
      {"Autorka: Jana Horová", "Jana Horová"},
      {"Yazan: Selin Aksoy", "Selin Aksoy"},
      {"Haber: Selin Aksoy", "Selin Aksoy"},
      {"Oleh: Dewi Sari", "Dewi Sari"},
      {"Penulis: Dewi Sari", "Dewi Sari"},
      {"Tác giả: Nguyễn Văn An", "Nguyễn Văn An"},
      {"Автор: Иван Петров", "Иван Петров"},
      {"Γράφει ο Νίκος Παππάς", "Νίκος Παππάς"},
      // Scripts without capitals
      {"文／田中花子", "田中花子"},
      {"撰文：王小明", "王小明"},
      {"김하늘 기자", "김하늘 [기자]"},
      {"بقلم أحمد سالم", "أحمد سالم"},
      {"מאת דנה לוי", "דנה לוי"},
      // Who took the pictures, drew or edited
      {"Text: Grit Überhorst, Fotos: Ole Maaß", "Grit Überhorst"},
      {"Words by Ann Lee, photography by Bo Chan", "Ann Lee"},
      {"By Ann Lee Photographs by Bo Chan", "Ann Lee"},
      {"Von Grit Überhorst (Text) und Ole Maaß (Foto)", "Grit Überhorst"},
      {"Photographs by Bo Chan", ""},
      {"Edited by Ann Lee", ""},
      {"Opinion: Ann Lee", ""},
      // No bylines
      {"By the end of the week", ""},
      {"By 2030", ""},
      {"Standing by Ann Lee", ""},
      {"By signing up you agree to our terms", ""},
      {"By using this page", ""},
      {"Von hier an geht es bergauf", ""},
      {"Por favor", ""},
      {"", ""},
  };
  for (const Row& row : kRows) {
    std::string first;
    for (const std::string_view segment : SplitSegments(row.text)) {
      if (first.empty()) first = ToldBylines(ReadByline(segment));
    }
    EXPECT_EQ(first, row.bylines) << row.text;
  }
}

TEST(BylineTest, StatementsNamePeopleWithoutSayingBy) {
  constexpr Row kRows[] = {
      {"Ann Lee", "Ann Lee"},
      {"By Ann Lee", "Ann Lee"},
      {"ANN LEE", "Ann Lee"},
      {"ann lee", "Ann Lee"},
      {"Ann Lee, Bo Chan", "Ann Lee; Bo Chan"},
      {"Ann Lee; Bo Chan", "Ann Lee; Bo Chan"},
      {"Ann Lee, Bo Chan, Cy Dorn and Di Ek", "Ann Lee; Bo Chan; Cy Dorn; Di Ek"},
      {"Ann Lee View all posts", "Ann Lee"},
      {"View all posts by Ann Lee", "Ann Lee"},
      {"Ann Lee Follow @annlee", "Ann Lee"},
      {"Ann LeeAnn Lee", "Ann Lee"},
      {"Ann Lee | Senior Editor", "Ann Lee [Senior Editor]"},
      {"Ann Lee is a reporter at the Varnholm Herald, where she covers ferries.", "Ann Lee"},
      {"Ann Lee has been writing about harbours since 2009.", "Ann Lee"},
      {"Grit Überhorst ist Redakteurin im Ressort Hafen.", "Grit Überhorst"},
      {"Grit Überhorst und Ole Maaß, dpa", "Grit Überhorst; Ole Maaß <dpa>"},
      {"Ann Lee (she/her)", "Ann Lee"},
      {"Ann Lee, ann@meridian.example", "Ann Lee"},
      {"Ann Lee December 29, 2016", "Ann Lee"},
      {"dpa", "dpa <dpa>"},
      {"Reuters", "Reuters <Reuters>"},
      {"The Canadian Press", "The Canadian Press <The Canadian Press>"},
      {"Varnholm Herald Staff", "Varnholm Herald Staff <Varnholm Herald Staff>"},
      {"News Desk", "News Desk <News Desk>"},
      {"Redaktion", "Redaktion <Redaktion>"},
      {"Ann Lee Political Editor", "Ann Lee [Political Editor]"},
      {"Ann Lee, Deputy Sports Editor", "Ann Lee [Deputy Sports Editor]"},
      {"Ann Lee - Redakteurin", "Ann Lee [Redakteurin]"},
      {"Ann Lee | Staff Reporter", "Ann Lee [Staff Reporter]"},
      {"Jane Mary Host", "Jane Mary Host"},
      {"kesm", "kesm"},
      {"kesm;hosb", "kesm; hosb"},
      {"谢若含、牛镛", "谢若含; 牛镛"},
      {"Lantern with Agencies", "Lantern"},
      {"| Ann Lee | Senior Writer", "Ann Lee [Senior Writer]"},
      {"Ann Lee | See full bio", "Ann Lee"},
      {"Autorin/Autor Grit Überhorst", "Grit Überhorst"},
      {"Paul", "Paul"},
      {"谢若含", "谢若含"},
      {"신현주 기자", "신현주 [기자]"},
      {"Ortega y Gasset", "Ortega y Gasset"},
      {"Josefina Ortega y Gasset", "Josefina Ortega y Gasset"},
      {"Gregor MacAllan III", "Gregor MacAllan III"},
      {"LUDWIG VAN DER BERG", "Ludwig van der Berg"},
      // Nobody
      {"Illustrations by Ann Lee", ""},
      {"https://social.example/annlee", ""},
      {"ann@meridian.example", ""},
      {"@meridian", ""},
      {"admin", ""},
      {"View all", ""},
      {"See full bio", ""},
      {"Last updated", ""},
      {"作者：", ""},
      {"105092", ""},
      {"", ""},
  };
  for (const Row& row : kRows) {
    EXPECT_EQ(ToldBylines(ReadStatedAuthors(row.text)), row.bylines) << row.text;
  }
}

// Labels beside the authors' names became people.
TEST(BylineTest, LabelsAccountsAndCountsAreNobody) {
  for (const char* text : {"Posted on",
                           "Written by",
                           "Published in",
                           "By",
                           "Posted on:",
                           "Published",
                           "Last updated on",
                           "Filed under",
                           "Story by",
                           "Author",
                           "Authors:",
                           "Date",
                           "Veröffentlicht am",
                           "Geschrieben von",
                           "Verfasst von",
                           "Von",
                           "Autor",
                           "Autorin:",
                           "Stand",
                           "Zuletzt aktualisiert",
                           "Erschienen in",
                           "Lesezeit",
                           "Publié le",
                           "Écrit par",
                           "Rédigé par",
                           "Par",
                           "Mis à jour le",
                           "Auteur :",
                           "Publicado el",
                           "Escrito por",
                           "Por",
                           "Actualizado",
                           "Publicado em",
                           "Postado por",
                           "Pubblicato il",
                           "Scritto da",
                           "A cura di",
                           "Di",
                           "Geplaatst op",
                           "Geschreven door",
                           "Door",
                           "Publiceret den",
                           "Skrevet af",
                           "Publisert",
                           "Skriven av",
                           "Publicerad",
                           "Af",
                           "Av",
                           "Julkaistu",
                           "Publikováno",
                           "Napsal",
                           "Opublikowano",
                           "Yayınlandı",
                           "Diterbitkan oleh",
                           "作者",
                           "記者",
                           "@harbourwatch",
                           "(@harbourwatch)",
                           "＠harbourwatch",

                           "ann@meridian",
                           "ann(at)meridian.example",
                           "mailto:ann@meridian.example",
                           "www.meridian.example",
                           "meridian.example/staff/ann",
                           "x.com/annlee",
                           "Admin",
                           "administrator",
                           "Super User",
                           "webmaster",
                           "wp-admin",
                           "Site Admin",
                           "Anonymous",
                           "undefined",
                           "3 min read",
                           "5 Minuten Lesezeit",
                           "4 min de lecture",
                           "12 comments",
                           "3min",
                           "3 hours ago",
                           "March 3, 2025",
                           "3 mars",
                           "03.03.2025",
                           "12:44",
                           "Monday",
                           "Donnerstag, 3. April",
                           "Published on March 3",
                           "Uhr"}) {
    EXPECT_EQ(ToldBylines(ReadStatedAuthors(text)), "") << text;
    EXPECT_EQ(ToldBylines(ReadByline(text)), "") << text;
  }
}

TEST(BylineTest, NamesWithWordsOfLabelsAreNames) {
  for (const char* text : {"Du Le", "April", "Jan", "August May", "Ann Read", "Read Moore",
                           "Mark Story", "Paul Vor der Au"}) {
    EXPECT_EQ(ToldBylines(ReadStatedAuthors(text)), text) << text;
  }
}

TEST(BylineTest, NamesFollowALabelWithADate) {
  constexpr Row kRows[] = {
      {"Posted on March 3, 2025 by Ann Lee", "Ann Lee"},
      {"Published 03/03/2025 by Ann Lee", "Ann Lee"},
      {"Veröffentlicht am 3. März 2025 von Grit Überhorst", "Grit Überhorst"},
      {"Publié le 3 mars 2025 par Élodie Marchand", "Élodie Marchand"},
      {"Publicado el 3 de marzo de 2025 por Inés Calderón", "Inés Calderón"},
      {"Publicado em 3 de março de 2025 por Inês Lobo", "Inês Lobo"},
      {"Pubblicato il 3 marzo 2025 da Chiara Bonetti", "Chiara Bonetti"},
      {"Geplaatst op 3 maart 2025 door Sanne de Wilde", "Sanne de Wilde"},
  };
  for (const Row& row : kRows) {
    EXPECT_EQ(ToldBylines(ReadStatedAuthors(row.text)), row.bylines) << row.text;
    EXPECT_EQ(ToldBylines(ReadByline(row.text)), row.bylines) << row.text;
  }
}

TEST(BylineTest, BareNameMayHaveAPlace) {
  EXPECT_EQ(ToldBylines(ReadBareByline("Ingeborg Castellan in Varnholm")), "Ingeborg Castellan");
  EXPECT_EQ(ToldBylines(ReadBareByline("Copy link")), "");
  EXPECT_EQ(ToldBylines(ReadBareByline("Varnholm News Desk")), "");
}

TEST(BylineTest, LinesAreCutWhereTheySayTwoThings) {
  EXPECT_EQ(SplitSegments("By Ann Lee | Published March 3, 2025").size(), 2U);
  EXPECT_EQ(SplitSegments("by Ann Lee - 03/14/25 9:00 AM ET").size(), 2U);
  EXPECT_EQ(SplitSegments("By Siân Olabode-Pryce").size(), 1U);
}

TEST(BylineTest, PersonNamedTwiceIsOneEntryThatKnowsBoth) {
  std::vector<v1::Byline> bylines = ReadStatedAuthors("ANN LEE, Senior Editor");
  MergeBylines(ReadStatedAuthors("Ann Lee (Meridian Wire)"), &bylines);
  EXPECT_EQ(ToldBylines(bylines), "Ann Lee [Senior Editor] <Meridian Wire>");
}

TEST(NameCaseTest, NamesInCapitalsAreWrittenAsNames) {
  constexpr Row kRows[] = {
      {"JANE O'NEILL-SMITH", "Jane O'Neill-Smith"},
      {"ÉLODIE MARCHAND", "Élodie Marchand"},
      {"J. R. HALE", "J. R. Hale"},
      {"ANGUS MCALLAN", "Angus McAllan"},
      {"ludwig van der berg", "Ludwig van der Berg"},
      {"AFP", "AFP"},
      {"kesm", "kesm"},
      {"Ann Lee", "Ann Lee"},
      {"ROBERT HALE IV", "Robert Hale IV"},
  };
  for (const Row& row : kRows) EXPECT_EQ(RepairNameCase(row.text), row.bylines) << row.text;
}

TEST(OrganisationTest, AgenciesGoByManyNames) {
  for (const char* agency :
       {"AP", "dpa", "The Associated Press", "Agence France-Presse", "(dpa)"}) {
    EXPECT_TRUE(IsAgency(agency)) << agency;
  }
  EXPECT_FALSE(IsAgency("Ann Lee"));
  EXPECT_TRUE(IsOrganisation("Varnholm Herald"));
  EXPECT_TRUE(IsOrganisation("lantern.example"));
  EXPECT_FALSE(IsOrganisation("Ann Lee"));
}

// A bug once: who is called d'Emilio was left out behind another name.
TEST(ReadStatedAuthorsTest, NamesWithAnElidedArticleAreNames) {
  for (const char* line : {"Paulo Santalucia and Frances d'Emilio", "Ann Lee and Jo dell’Orto"}) {
    EXPECT_EQ(ReadStatedAuthors(line).size(), 2U) << line;
  }
}

}  // namespace
}  // namespace broadsheet::sources::people
