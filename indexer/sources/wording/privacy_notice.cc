// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <array>
#include <string>

#include "absl/strings/ascii.h"
#include "indexer/sources/wording/furniture.h"

namespace broadsheet::sources::page {
namespace {

constexpr auto kNoticeWords = std::to_array<std::string_view>({"cookie",
                                                               "personal information",
                                                               "personal data",
                                                               "your consent",
                                                               "opt-out",
                                                               "opt out",
                                                               "privacy",
                                                               "your browser",
                                                               "your device",
                                                               "third part",
                                                               "targeted advert",
                                                               "personalis",
                                                               "personaliz",
                                                               "einwilligung",
                                                               "personenbezogen",
                                                               "datenschutz",
                                                               "ihrem gerät",
                                                               "données personnelles",
                                                               "votre consentement",
                                                               "confidentialité",
                                                               "datos personales",
                                                               "consentimiento",
                                                               "privacidad",
                                                               "dati personali",
                                                               "consenso",
                                                               "persoonsgegevens",
                                                               "toestemming",
                                                               "personopplysninger",
                                                               "samtykke",
                                                               "personuppgifter",
                                                               "samtycke"});

}  // namespace

bool IsPrivacyNotice(std::string_view paragraph) {
  const std::string lower = absl::AsciiStrToLower(std::string(paragraph));
  const auto found =
      std::count_if(kNoticeWords.begin(), kNoticeWords.end(),
                    [&](std::string_view word) { return lower.find(word) != std::string::npos; });
  return found >= 2;
}

}  // namespace broadsheet::sources::page
