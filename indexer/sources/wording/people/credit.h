// SPDX-License-Identifier: GPL-3.0-or-later
// Reads credits and captions of pictures as pages print them.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace broadsheet::sources::page {

// The names in a line that is only a credit: "Photo: Jane Doe / Wire" -> "Jane Doe / Wire", "Image
// source, Wire" -> "Wire", "Jane Doe, Pool Photo via Wire" -> itself. nullopt for any other line.
std::optional<std::string> CreditOfLine(std::string_view line);

// The text of a line that is labelled as a caption: "Image caption, The choir" -> "The choir".
std::optional<std::string_view> LabelledCaption(std::string_view line);

// The credit without brackets, labels and signs: "(Photo: Jane Doe | Wire)" -> "Jane Doe, Wire", "©
// Jane Doe" -> "Jane Doe".
std::string PlainCredit(std::string_view credit);

}  // namespace broadsheet::sources::page
