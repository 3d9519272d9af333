// SPDX-License-Identifier: GPL-3.0-or-later
// The folders' promises (ARCHITECTURE.md): includes point downwards, Xapian and gRPC stay where
// they belong, and the three programs know nothing of one another.
#include <gtest/gtest.h>

#include <optional>
#include <string>
#include <vector>

#include "tests/architecture/source_tree.h"

namespace broadsheet::testing {
namespace {

struct Include {
  std::string path;
  bool own = false;  // "quoted", which is how this tree includes its own files and generated ones
};

std::optional<Include> IncludeOf(const std::string& line) {
  if (!line.starts_with("#include ")) return std::nullopt;
  const size_t open = line.find_first_of("\"<");
  const size_t close = line.find_first_of("\">", open + 1);
  if (open == std::string::npos || close == std::string::npos) return std::nullopt;
  return Include{.path = line.substr(open + 1, close - open - 1), .own = line[open] == '"'};
}

bool StartsWithAny(const std::string& path, const std::vector<std::string>& prefixes) {
  for (const std::string& prefix : prefixes) {
    if (path.starts_with(prefix)) return true;
  }
  return false;
}

// A folder, and which of our folders its files may include.
struct Rule {
  std::string folder;
  std::vector<std::string> may_include;
};

const std::vector<Rule>& Rules() {
  static const std::vector<Rule> rules = {
      {"engine/text/", {"engine/text/"}},
      {"engine/schema/", {"engine/text/", "engine/schema/"}},
      {"engine/storage/", {"engine/text/", "engine/schema/", "engine/storage/"}},
      {"engine/build/", {"engine/text/", "engine/schema/", "engine/storage/", "engine/build/"}},
      {"engine/query/", {"engine/text/", "engine/schema/", "engine/storage/", "engine/query/"}},
      {"indexer/", {"engine/", "indexer/"}},
      {"server/", {"engine/", "server/"}},
      {"client/", {"client/"}},
  };
  return rules;
}

const std::vector<std::string> kProgramFolders = {"engine", "indexer", "server", "client"};
const std::vector<std::string> kOurFolders = {"engine/", "indexer/", "server/",
                                              "client/", "tests/",   "bench/"};

TEST(IncludeRulesTest, IncludesPointDownwards) {
  for (const SourceFile& source : ReadSources(kProgramFolders)) {
    for (const Rule& rule : Rules()) {
      if (!source.path.starts_with(rule.folder)) continue;
      for (const std::string& line : source.lines) {
        const std::optional<Include> include = IncludeOf(line);
        if (!include || !include->own || !StartsWithAny(include->path, kOurFolders)) continue;
        EXPECT_TRUE(StartsWithAny(include->path, rule.may_include))
            << source.path << " includes " << include->path;
      }
    }
  }
}

TEST(IncludeRulesTest, XapianStaysInStorageBuildAndQuery) {
  for (const SourceFile& source : ReadSources(kProgramFolders)) {
    if (StartsWithAny(source.path, {"engine/storage/", "engine/build/", "engine/query/"})) continue;
    for (const std::string& line : source.lines) {
      const std::optional<Include> include = IncludeOf(line);
      EXPECT_FALSE(include && include->path.starts_with("xapian")) << source.path << ": " << line;
    }
  }
}

TEST(IncludeRulesTest, TheEngineKnowsNoServiceAndNeverLogs) {
  for (const SourceFile& source : ReadSources({"engine"})) {
    for (const std::string& line : source.lines) {
      const std::optional<Include> include = IncludeOf(line);
      if (!include) continue;
      EXPECT_FALSE(StartsWithAny(include->path, {"grpc", "spdlog"})) << source.path << ": " << line;
      EXPECT_EQ(include->path.find(".grpc.pb.h"), std::string::npos) << source.path << ": " << line;
    }
  }
}

TEST(IncludeRulesTest, XapianExceptionsAreCaughtInOnePlace) {
  for (const SourceFile& source : ReadSources(kProgramFolders)) {
    if (source.path.starts_with("engine/storage/guard.")) continue;
    for (const std::string& line : source.lines) {
      EXPECT_EQ(line.find("catch (const Xapian"), std::string::npos) << source.path << ": " << line;
    }
  }
}

}  // namespace
}  // namespace broadsheet::testing
