// SPDX-License-Identifier: GPL-3.0-or-later
// The templates, the style sheet and the script, which the build puts into the program
// (cmake/embed_files.cmake).
#pragma once

#include <span>
#include <string_view>

namespace broadsheet::desk {

struct EmbeddedFile {
  std::string_view name;  // without folders: "search.html"
  std::string_view text;
};

// Lives as long as the program.
std::span<const EmbeddedFile> EmbeddedFiles();

}  // namespace broadsheet::desk
