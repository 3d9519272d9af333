// SPDX-License-Identifier: GPL-3.0-or-later
// Tells lines that stand below pictures and are no captions, by their words. Pure; safe from any
// thread.
#pragma once

#include <string_view>

namespace broadsheet::sources::html {

// "44 pictures", "See all 6 photos", "Alle Bilder anzeigen", "1 / 12", "01:48", "Fotostrecke"
bool IsCounter(std::string_view text);

// "The player is starting", "Video player is loading"
bool IsPlayerMessage(std::string_view text);

// "Show more", "Bild vergrößern": what stands below pictures to be clicked.
bool IsPictureButton(std::string_view text);

// "Photo: Jane Doe/Wire" and nothing else; "Video: The ferry leaves the quay" is a caption.
bool IsLabelledCredit(std::string_view text);

}  // namespace broadsheet::sources::html
