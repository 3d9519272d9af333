// SPDX-License-Identifier: GPL-3.0-or-later
// Any bytes as a text: the analyser neither crashes nor breaks its promises, and says the same of
// places when it is asked for those alone. The first byte chooses the language.
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <iterator>
#include <string_view>
#include <vector>

#include "engine/text/analyzer.h"
#include "engine/text/utf8.h"

namespace {

using broadsheet::text::Analyzer;
using broadsheet::text::IsValidUtf8;
using broadsheet::text::kMaxTermBytes;
using broadsheet::text::Place;
using broadsheet::text::Token;

constexpr std::string_view kLanguages[] = {"",   "en", "fr", "de", "ru", "tr", "ar",
                                           "el", "hi", "ta", "yi", "hu", "nl"};

void Require(bool promise, const char* what) {
  if (promise) return;
  std::fprintf(stderr, "broken: %s\n", what);
  std::abort();
}

void CheckForm(std::string_view form) {
  Require(!form.empty() && IsValidUtf8(form), "a form is text");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  if (size == 0) return 0;
  static auto* const analyzer = new Analyzer();
  const std::string_view language = kLanguages[data[0] % std::size(kLanguages)];
  const std::string_view text(reinterpret_cast<const char*>(data) + 1, size - 1);
  std::vector<Place> places;
  analyzer->Analyze(text, language, [&](const Token& token) {
    CheckForm(token.term);
    CheckForm(token.exact);
    CheckForm(token.folded);
    Require(token.term.size() <= kMaxTermBytes, "a term is at most kMaxTermBytes");
    Require(token.term.front() < 'A' || token.term.front() > 'Z', "no term looks like a prefix");
    Require(token.begin < token.end && token.end <= text.size(), "a token has its bytes");
    Require(places.empty() || token.position >= places.back().position, "positions go up");
    places.push_back({token.position, token.begin, token.end, token.alternative});
  });
  size_t located = 0;
  analyzer->Locate(text, [&](const Place& place) {
    Require(located < places.size(), "as many places as tokens");
    const Place& expected = places[located++];
    Require(place.position == expected.position && place.begin == expected.begin &&
                place.end == expected.end && place.alternative == expected.alternative,
            "places are those of the tokens");
    return true;
  });
  Require(located == places.size(), "as many tokens as places");
  return 0;
}
