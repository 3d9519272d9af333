// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/sources/wording/people/organisation.h"

#include <string>
#include <vector>

#include "absl/container/flat_hash_set.h"
#include "absl/strings/string_view.h"
#include "engine/text/fold.h"
#include "indexer/sources/wording/words.h"

namespace broadsheet::sources::people {
namespace {

using WordSet = absl::flat_hash_set<absl::string_view>;

// Folded, without "the" before and marks at the ends.
const WordSet& Agencies() {
  static const auto* const kAgencies = new WordSet{"aap",
                                                   "abc news",
                                                   "adnkronos",
                                                   "afp",
                                                   "agence france-presse",
                                                   "agence france presse",
                                                   "agencia efe",
                                                   "agencias",
                                                   "agenzia ansa",
                                                   "ani",
                                                   "anp",
                                                   "ansa",
                                                   "antara",
                                                   "ap",
                                                   "apa",
                                                   "ap news",
                                                   "asianet",
                                                   "associated press",
                                                   "australian associated press",
                                                   "belga",
                                                   "bernama",
                                                   "bloomberg",
                                                   "bloomberg news",
                                                   "canadian press",
                                                   "cnn wire",
                                                   "cp",
                                                   "ctk",
                                                   "cna",
                                                   "dapd",
                                                   "deutsche presse-agentur",
                                                   "dpa",
                                                   "dts nachrichtenagentur",
                                                   "efe",
                                                   "epa",
                                                   "epd",
                                                   "europa press",
                                                   "getty images",
                                                   "ians",
                                                   "interfax",
                                                   "irna",
                                                   "itar-tass",
                                                   "jiji press",
                                                   "keystone-sda",
                                                   "kna",
                                                   "kyodo",
                                                   "kyodo news",
                                                   "lusa",
                                                   "mti",
                                                   "ntb",
                                                   "pa",
                                                   "pa media",
                                                   "pa news",
                                                   "pap",
                                                   "press association",
                                                   "press trust of india",
                                                   "presse canadienne",
                                                   "pti",
                                                   "reuters",
                                                   "ria novosti",
                                                   "ritzau",
                                                   "sapa",
                                                   "sda",
                                                   "sid",
                                                   "stt",
                                                   "tass",
                                                   "the ap",
                                                   "tt",
                                                   "united press international",
                                                   "upi",
                                                   "xinhua",
                                                   "yonhap",
                                                   "yonhap news agency"};
  return *kAgencies;
}

// A name with one of these words is a house's.
const WordSet& HouseWords() {
  static const auto* const kWords = new WordSet{
      "agencies",    "agency",     "agentur",     "associates", "board",        "broadcasting",
      "bureau",      "center",     "centre",      "company",    "contributors", "corporation",
      "council",     "courier",    "daily",       "desk",       "department",   "editorial",
      "editors",     "gazette",    "gmbh",        "group",      "herald",       "inc",
      "institute",   "journal",    "llc",         "ltd",        "magazin",      "magazine",
      "media",       "ministry",   "nachrichten", "network",    "news",         "newspaper",
      "newsroom",    "observer",   "office",      "online",     "post",         "press",
      "presse",      "publishing", "radio",       "redaktion",  "redaccion",    "redacao",
      "redazione",   "redakce",    "redaction",   "report",     "review",       "staff",
      "submissions", "team",       "telegraph",   "times",      "tribune",      "tv",
      "university",  "wire",       "writers",     "zeitung"};
  return *kWords;
}

// "lantern.example": a host name.
bool IsHost(std::string_view word) {
  const size_t dot = word.rfind('.');
  if (dot == word.npos || dot == 0 || word.find(' ') != word.npos) return false;
  const size_t ending = word.size() - dot - 1;
  constexpr size_t kLongestEnding = 7;
  if (ending < 2 || ending > kLongestEnding || dot < 3) return false;
  for (const char c : word.substr(dot + 1)) {
    if (c < 'a' || c > 'z') return false;
  }
  return true;
}

std::string Folded(std::string_view name) {
  std::string folded = text::FoldValue(name);
  if (folded.starts_with("the ")) folded.erase(0, 4);
  return folded;
}

}  // namespace

bool IsAgency(std::string_view name) {
  std::string folded = Folded(page::StripMarks(name));
  return Agencies().contains(absl::string_view(folded));
}

bool IsOrganisation(std::string_view name) {
  if (IsAgency(name)) return true;
  const std::string folded = Folded(name);
  for (const std::string_view word : page::Words(folded)) {
    const std::string_view bare = page::StripMarks(word);
    if (HouseWords().contains(absl::string_view(bare.data(), bare.size()))) return true;
  }
  for (const std::string_view word : page::Words(name)) {
    if (IsHost(word)) return true;
  }
  return false;
}

}  // namespace broadsheet::sources::people
