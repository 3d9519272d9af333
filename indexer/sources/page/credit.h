// SPDX-License-Identifier: GPL-3.0-or-later
// Credits and captions of pictures as pages print them.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace broadsheet::sources::page {

// Whom a line that is nothing but a credit names: "Photo: Jane Doe / Wire" -> "Jane Doe / Wire",
// "Image source, Wire" -> "Wire", "Jane Doe, Pool Photo via Wire" -> itself. Nothing for any other
// line.
std::optional<std::string> CreditOfLine(std::string_view line);

// The text of a line that says that it is a caption: "Image caption, The choir" -> "The choir".
std::optional<std::string_view> LabelledCaption(std::string_view line);

struct CreditedCaption {
  std::string text;
  std::string credit;
};

// A caption with its credit behind it: "A bell. (Jane Doe/Wire)", "A bell. Photograph: Jane Doe".
std::optional<CreditedCaption> CaptionWithCredit(std::string_view line);

}  // namespace broadsheet::sources::page
