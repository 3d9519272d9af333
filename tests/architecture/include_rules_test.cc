// SPDX-License-Identifier: GPL-3.0-or-later
// The rooms' promises (ARCHITECTURE.md): includes point downwards, no module includes itself by way
// of others, Xapian and gRPC stay where they belong, and the programs know nothing of one another.
#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "tests/architecture/rooms.h"
#include "tests/architecture/source_tree.h"

namespace broadsheet::testing {
namespace {

using Modules = std::map<std::string, std::set<std::string>>;

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
  return std::any_of(prefixes.begin(), prefixes.end(),
                     [&](const std::string& prefix) { return path.starts_with(prefix); });
}

const std::vector<std::string> kProgramFolders = {"arguments", "engine", "indexer",
                                                  "server",    "client", "desk"};
const std::vector<std::string> kOurFolders = {"arguments/", "engine/", "indexer/", "server/",
                                              "client/",    "desk/",   "tests/",   "bench/"};

// Calls `visit` with each include of a file of ours in the programs.
template <typename Visit>
void ForEachOwnInclude(Visit visit) {
  for (const SourceFile& source : ReadSources(kProgramFolders)) {
    for (const std::string& line : source.lines) {
      const std::optional<Include> include = IncludeOf(line);
      if (!include || !include->own || !StartsWithAny(include->path, kOurFolders)) continue;
      visit(source.path, include->path);
    }
  }
}

bool IsOf(const std::string& room, const std::string& folder) {
  return room == folder || room.starts_with(folder + "/");
}

// Its list of rooms, in order; empty for a room that nobody has told of.
std::vector<std::string> ListOf(const std::string& room) {
  for (const auto& rooms :
       {kSharedRooms, kEngineRooms, kIndexerRooms, kServerRooms, kClientRooms, kDeskRooms}) {
    if (std::find(rooms.begin(), rooms.end(), room) != rooms.end()) return rooms;
  }
  return {};
}

bool MayInclude(const std::string& from, const std::string& to) {
  if (from == to) return true;
  if (IsOf(from, "engine/query") && IsOf(to, "engine/indexing")) return false;
  const std::vector<std::string> rooms = ListOf(from);
  if (to == "arguments") return !IsOf(from, "engine");
  // These see a few files of others, by their names.
  const bool is_choosy = from == "arguments" || IsOf(from, "client") || IsOf(from, "desk");
  if (IsOf(to, "engine") && !IsOf(from, "engine")) return !is_choosy;
  const auto own = std::find(rooms.begin(), rooms.end(), from);
  return std::find(rooms.begin(), own, to) != own;
}

// "engine/text/fold.h" and "engine/text/fold.cc" are the module "engine/text/fold".
std::string ModuleOf(const std::string& path) { return path.substr(0, path.rfind('.')); }

Modules ReadModules() {
  Modules modules;
  ForEachOwnInclude([&](const std::string& file, const std::string& included) {
    if (ModuleOf(file) != ModuleOf(included)) modules[ModuleOf(file)].insert(ModuleOf(included));
  });
  return modules;
}

// The shortest way from `from` to `to` along includes, both named; empty when there is none.
std::vector<std::string> WayBetween(const Modules& modules, const std::string& from,
                                    const std::string& to) {
  std::map<std::string, std::string> came_from = {{from, ""}};
  std::vector<std::string> queue = {from};
  for (size_t next = 0; next < queue.size() && !came_from.contains(to); ++next) {
    const auto found = modules.find(queue[next]);
    if (found == modules.end()) continue;
    for (const std::string& included : found->second) {
      if (came_from.emplace(included, found->first).second) queue.push_back(included);
    }
  }
  if (!came_from.contains(to)) return {};
  std::vector<std::string> way;
  for (std::string at = to; !at.empty(); at = came_from[at]) way.insert(way.begin(), at);
  return way;
}

TEST(IncludeRulesTest, EveryRoomIsToldOf) {
  for (const SourceFile& source : ReadSources(kProgramFolders)) {
    EXPECT_FALSE(ListOf(RoomOf(source.path)).empty())
        << source.path << " is in a room that tests/architecture/rooms.h does not list";
  }
}

TEST(IncludeRulesTest, IncludesPointDownwards) {
  ForEachOwnInclude([](const std::string& file, const std::string& included) {
    if (RoomOf(file) == "arguments" && StartsWithAny(included, kArgumentsSee)) return;
    if (IsOf(RoomOf(file), "client") && StartsWithAny(included, kClientSees)) return;
    if (IsOf(RoomOf(file), "desk") && StartsWithAny(included, kDeskSees)) return;
    EXPECT_TRUE(MayInclude(RoomOf(file), RoomOf(included)))
        << "remove the include of " << included << " from " << file << ": " << RoomOf(file)
        << " may not know " << RoomOf(included);
  });
}

TEST(IncludeRulesTest, NoModuleIncludesItselfByWayOfOthers) {
  const Modules modules = ReadModules();
  std::set<std::string> told;
  for (const auto& [module, includes] : modules) {
    for (const std::string& included : includes) {
      const std::vector<std::string> back = WayBetween(modules, included, module);
      if (back.empty() || !told.insert(module).second) continue;
      std::string circle = module;
      for (const std::string& step : back) circle += " -> " + step;
      for (const std::string& step : back) told.insert(step);
      ADD_FAILURE() << "remove one of these includes: " << circle;
    }
  }
}

TEST(IncludeRulesTest, XapianStaysInFourRooms) {
  for (const SourceFile& source : ReadSources(kProgramFolders)) {
    if (StartsWithAny(source.path,
                      {"engine/xapian/", "engine/storage/", "engine/indexing/", "engine/query/"})) {
      continue;
    }
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

// What a search is asked for is checked once, and defaults are filled in once.
TEST(IncludeRulesTest, OnlyThePlanOfASearchReadsItsRequest) {
  const std::vector<std::string> parts = {
      "v1::SearchArticlesRequest", "v1::Filter",    "v1::ValueFilter",
      "v1::HighlightOptions",      "v1::MatchMode", "v1::SortOrder"};
  for (const SourceFile& source : ReadSources({"engine/query"})) {
    if (StartsWithAny(source.path, {"engine/query/plan/", "engine/query/searcher."})) continue;
    for (const std::string& line : source.lines) {
      for (const std::string& part : parts) {
        EXPECT_EQ(line.find(part), std::string::npos) << source.path << ": " << line;
      }
    }
  }
}

// Or a licence would be kept to by some methods and not by others.
TEST(IncludeRulesTest, QueriesAskWhatIsBarredAndNeverOnlyWhatIsSuperseded) {
  for (const SourceFile& source : ReadSources({"engine/query"})) {
    for (const std::string& line : source.lines) {
      EXPECT_EQ(line.find("IsSuperseded("), std::string::npos) << source.path << ": " << line;
      EXPECT_EQ(line.find("has_superseded("), std::string::npos) << source.path << ": " << line;
    }
  }
}

TEST(IncludeRulesTest, XapianExceptionsAreCaughtInOnePlace) {
  for (const SourceFile& source : ReadSources(kProgramFolders)) {
    if (source.path.starts_with("engine/xapian/guard.")) continue;
    for (const std::string& line : source.lines) {
      EXPECT_EQ(line.find("catch (const Xapian"), std::string::npos) << source.path << ": " << line;
    }
  }
}

}  // namespace
}  // namespace broadsheet::testing
