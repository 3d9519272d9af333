// SPDX-License-Identifier: GPL-3.0-or-later
// Reads a caption and its credit in one line, in text without pictures and markup.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "indexer/sources/plain_text/lines/page_line.h"

namespace broadsheet::sources::page {

struct CaptionLine {
  std::string text;
  std::string credit;
};

// The parts of a line that ends in a credit: "A bell. (Jane Doe/Wire)", "A bell Foto: Jane Doe", "A
// bell. Jane Doe", "A bell.Jane Doe/dpa", "A bell © Jane Doe | Wire". nullopt for running text and
// for a credit without a caption.
std::optional<CaptionLine> ReadCaptionLine(const PageLine& line);

// Whether `text` can only be a credit: names of agencies, photographers with their agency, credit
// signs and labels. With `apart`, the text is set apart from the text before it, so a bare name is
// a credit too.
bool LooksLikeCredit(std::string_view text, bool apart);

}  // namespace broadsheet::sources::page
