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

// Where the credit at the end of a caption starts: "A bell (AP)", "A bell, Foto: Jane Doe",
// "A bell © Jane Doe | Wire", "A bell / Jane Doe"; the caption's size when there is none. More
// is taken for a credit than in running text: the line is known to be a caption.
size_t FindCreditInCaption(std::string_view caption);

// Without brackets, labels and signs: "(Photo: Jane Doe | Wire)" -> "Jane Doe, Wire",
// "© Jane Doe" -> "Jane Doe".
std::string PlainCredit(std::string_view credit);

}  // namespace broadsheet::sources::page
