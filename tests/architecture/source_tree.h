// SPDX-License-Identifier: GPL-3.0-or-later
// The project's own source files, as these tests read them.
#pragma once

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

namespace broadsheet::testing {

struct SourceFile {
  // From the top of the tree, e.g. "engine/text/fold.h".
  std::string path;
  std::vector<std::string> lines;
};

// Every .h and .cc below the folders named, sorted by path.
inline std::vector<SourceFile> ReadSources(const std::vector<std::string>& folders) {
  const std::filesystem::path top = SOURCE_DIR;
  std::vector<SourceFile> sources;
  for (const std::string& folder : folders) {
    for (const auto& entry : std::filesystem::recursive_directory_iterator(top / folder)) {
      const std::string extension = entry.path().extension();
      if (extension != ".h" && extension != ".cc") continue;
      SourceFile source{.path = std::filesystem::relative(entry.path(), top), .lines = {}};
      std::ifstream in(entry.path());
      for (std::string line; std::getline(in, line);) source.lines.push_back(line);
      sources.push_back(std::move(source));
    }
  }
  std::sort(sources.begin(), sources.end(),
            [](const SourceFile& a, const SourceFile& b) { return a.path < b.path; });
  return sources;
}

}  // namespace broadsheet::testing
