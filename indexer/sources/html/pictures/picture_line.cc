// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/sources/html/pictures/picture_line.h"

#include <algorithm>
#include <array>
#include <string>
#include <vector>

#include "absl/strings/ascii.h"
#include "engine/text/fold.h"
#include "indexer/sources/wording/people/credit.h"
#include "indexer/sources/wording/people/credit_label.h"
#include "indexer/sources/wording/word_set.h"
#include "indexer/sources/wording/words.h"

namespace broadsheet::sources::html {
namespace {

// Folded.
constexpr auto kPictureButtons = std::to_array<std::string_view>({"vis mer",
                                                                  "vis mindre",
                                                                  "visa mer",
                                                                  "les mer",
                                                                  "laes mere",
                                                                  "lue lisaa",
                                                                  "mehr anzeigen",
                                                                  "mehr lesen",
                                                                  "weiterlesen",
                                                                  "show more",
                                                                  "show less",
                                                                  "read more",
                                                                  "see more",
                                                                  "expand",
                                                                  "enlarge",
                                                                  "enlarge image",
                                                                  "enlarge this image",
                                                                  "open image",
                                                                  "open image modal",
                                                                  "view image",
                                                                  "view image in fullscreen",
                                                                  "view gallery",
                                                                  "view fullscreen",
                                                                  "fullscreen",
                                                                  "full screen",
                                                                  "zoom",
                                                                  "zoom in",
                                                                  "click to enlarge",
                                                                  "tap to enlarge",
                                                                  "vergrossern",
                                                                  "bild vergrossern",
                                                                  "bild in grossansicht offnen",
                                                                  "in grossansicht anzeigen",
                                                                  "grossansicht",
                                                                  "vollbild",
                                                                  "agrandir",
                                                                  "agrandir l'image",
                                                                  "voir plus",
                                                                  "voir en plein ecran",
                                                                  "ampliar",
                                                                  "ampliar foto",
                                                                  "ampliar imagen",
                                                                  "ver mas",
                                                                  "ver mais",
                                                                  "ingrandisci",
                                                                  "apri immagine",
                                                                  "leggi tutto",
                                                                  "vergroot",
                                                                  "vergroot afbeelding",
                                                                  "zvetsit",
                                                                  "powieksz",
                                                                  "buyut",
                                                                  "perbesar",
                                                                  "play",
                                                                  "play video",
                                                                  "watch",
                                                                  "hide caption",
                                                                  "toggle caption",
                                                                  "caption",
                                                                  "video",
                                                                  "image",
                                                                  "photo",
                                                                  "advertisement",
                                                                  "anzeige",
                                                                  "powered by",
                                                                  "loading...",
                                                                  "copy link",
                                                                  "download image",
                                                                  "legende ein-/ausblenden"});

// "Source: Wire", which labels nothing but credits.
bool BeginsWithSource(std::string_view text) {
  constexpr auto kSources = std::to_array<std::string_view>(
      {"source", "quelle", "bildquelle", "bildrechte", "image source", "image credit", "credit",
       "photo credit", "fuente", "fonte", "bron", "kilde", "kalla", "lahde", "sumber", "zdroj",
       "zrodlo", "kaynak", "copyright"});
  const std::string folded = text::FoldValue(text.substr(0, text.find(':')));
  return std::any_of(kSources.begin(), kSources.end(),
                     [&](std::string_view source) { return folded.starts_with(source); });
}

}  // namespace

bool IsCounter(std::string_view text) {
  constexpr size_t kMaxWords = 5;
  static const auto* const kWords = new page::FixedWords(
      "see view show open all alle the of von de di sur da les las le i av af van z image images "
      "picture pictures photo photos foto fotos foto's foto bild bilder bildern gallery galerie "
      "bildergalerie fotostrecke imagenes immagini anzeigen ansehen voir toutes ver todas tutte "
      "slideshow slide diaporama galeria fotogaleria in more weitere zur zum guarda se bekijk "
      "katso kuvat kuva zobrazit zdjecia zdjec galleria immagine imagen imagem beeld bilde "
      "photogallery fotogalerie min minuten minutes sek sec");
  const std::vector<std::string_view> words = page::Words(text);
  if (words.empty() || words.size() > kMaxWords) return false;
  size_t numbers = 0;
  size_t known = 0;
  for (const std::string_view word : words) {
    const std::string folded = text::FoldValue(page::StripMarks(word));
    const bool number = std::none_of(folded.begin(), folded.end(), [](unsigned char c) {
      return absl::ascii_isalpha(c) || c >= 0x80;
    });
    if (number) {
      ++numbers;
    } else if (kWords->Has(folded)) {
      ++known;
    } else {
      return false;
    }
  }
  const bool parted = text.find_first_of("/:") != text.npos;
  constexpr auto kAlone = std::to_array<std::string_view>(
      {"gallery", "galerie", "bildergalerie", "fotostrecke", "slideshow", "diaporama", "galeria",
       "fotogaleria", "galleria", "photogallery", "fotogalerie"});
  const std::string last = text::FoldValue(page::StripMarks(words.back()));
  const bool gallery = IsOneOf(last, kAlone);
  return (numbers > 0 && (known > 0 || parted)) || known > 2 || gallery;
}

bool IsPlayerMessage(std::string_view text) {
  constexpr size_t kMaxWords = 8;
  constexpr auto kStarts =
      std::to_array<std::string_view>({"the player ",           "player ",
                                       "video player ",         "media player ",
                                       "audio player ",         "the video player ",
                                       "der player ",           "loading the player",
                                       "loading player",        "loading video",
                                       "this video is loading", "video wird geladen",
                                       "player wird geladen",   "this video file cannot",
                                       "this video cannot",     "video unavailable",
                                       "le lecteur ",           "lecteur vid",
                                       "chargement du ",        "el reproductor",
                                       "reproductor de ",       "il player ",
                                       "caricamento "});
  if (page::Words(text).size() > kMaxWords) return false;
  return std::any_of(kStarts.begin(), kStarts.end(), [&](std::string_view start) {
    return page::StartsWithIgnoringCase(text, start);
  });
}

bool IsPictureButton(std::string_view text) {
  constexpr size_t kMaxBytes = 48;
  if (text.size() > kMaxBytes) return false;
  const std::string folded = text::FoldValue(text);
  return IsOneOf(folded, kPictureButtons);
}

bool IsLabelledCredit(std::string_view text) {
  constexpr size_t kFewWords = 4;
  const bool in_brackets = text.starts_with('(') && text.ends_with(')');
  if (in_brackets) text = page::Trim(text.substr(1, text.size() - 2));
  const std::string_view rest = page::StripCreditLabel(text);
  if (rest.size() == text.size()) return false;
  const size_t words = page::Words(rest).size();
  if (words <= kFewWords || in_brackets) return true;
  if (page::EndsSentence(rest)) return false;
  return (BeginsWithSource(text) && words <= page::kMaxLabelledWords) ||
         rest.find('/') != rest.npos || page::CreditOfLine(rest).has_value();
}

}  // namespace broadsheet::sources::html
