// SPDX-License-Identifier: GPL-3.0-or-later
// A caption and its credit in one line, in text that keeps neither the picture nor the markup.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "indexer/sources/plain_text/page_line.h"

namespace broadsheet::sources::page {

struct CaptionLine {
  std::string text;
  std::string credit;
};

// The parts of a line that ends in a credit: "A bell. (Jane Doe/Wire)", "A bell Foto: Jane Doe",
// "A bell.  Jane Doe", "A bell.Jane Doe/dpa", "A bell © Jane Doe | Wire". Nothing for running text
// and for a credit alone.
std::optional<CaptionLine> ReadCaptionLine(const PageLine& line);

// Names of agencies, photographers with their house, signs and labels: what is printed as a credit
// and nothing else. `apart` tells that something sets it apart from what stands before, so that a
// bare name is one too.
bool LooksLikeCredit(std::string_view text, bool apart);

}  // namespace broadsheet::sources::page
