// SPDX-License-Identifier: GPL-3.0-or-later
// What speaks for and against a title of a page being the headline, and how much.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>

namespace broadsheet::sources::html {

enum class HeadlineSign : uint8_t {
  // It is an h1, whole or without its kicker; or it is stated, and an h1 that nothing states whole
  // ends with it, or begins with it where two state it.
  kHeading,
  // That h1 has a kicker, which is left out.
  kWithoutKicker,
  // An h2 or h3 has it, and no h1. JSON-LD, Open Graph or a listing states it, or the title element
  // does and nothing states the h1.
  kLowerHeading,
  kJsonLd,
  kOpenGraph,
  // JSON-LD and Open Graph both.
  kAgreement,
  kTitleElement,
  // Microdata, or a meta element for systems that list articles.
  kListing,
  // Of what an h1 has: 1 where JSON-LD, Open Graph or the title element states it, else the share
  // of
  // words that it has in common with the one most like it.
  kLikeness,
  // An h1 of fewer than four words that nothing states.
  kShort,
  // It is the name of the site or of the page's section.
  kName,
};
inline constexpr size_t kHeadlineSigns = 11;

// For each sign how far it holds: 0 or 1, likeness between.
using HeadlineSigns = std::array<double, kHeadlineSigns>;

inline double& At(HeadlineSigns& signs, HeadlineSign sign) {
  return signs[static_cast<size_t>(sign)];
}

// The sum of the weights of its signs; the highest of a page is the headline.
double HeadlineScore(const HeadlineSigns& signs);

// For a person to read: "h1, JSON-LD, likeness 0.71"; bench/headline_weights reads it too.
std::string DescribeSigns(const HeadlineSigns& signs);

}  // namespace broadsheet::sources::html
