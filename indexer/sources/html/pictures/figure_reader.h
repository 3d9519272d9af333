// SPDX-License-Identifier: GPL-3.0-or-later
// Reads one figure: which of its words are the caption, and which the credit.
#pragma once

#include <cstddef>
#include <optional>

#include "broadsheet/v1/article.pb.h"
#include "indexer/sources/html/tree/tree.h"

namespace broadsheet::sources::html {

// A longer line beside a caption is no credit.
inline constexpr size_t kMaxCreditWords = 14;
inline constexpr size_t kMaxCaptionWords = 120;

// The caption in `holder`, an element with a picture and its words, or with the words alone.
// nullopt where there are none, or what is no caption: counters, buttons, dates, teasers.
std::optional<v1::Caption> ReadFigure(const Tree& tree, NodeId holder);

}  // namespace broadsheet::sources::html
