// SPDX-License-Identifier: GPL-3.0-or-later
// Tells files that stand beside articles and are rightly none: pictures, video, audio, fonts, and
// what file managers leave in folders.
#pragma once

#include <optional>
#include <string_view>

namespace broadsheet::sources {

// "JPEG picture", for an input that begins with `head`; nullopt for anything else, also for
// documents (PDF, Word), which may hold an article. Pure.
std::optional<std::string_view> MediaKind(std::string_view head);

}  // namespace broadsheet::sources
