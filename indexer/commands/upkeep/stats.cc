// SPDX-License-Identifier: GPL-3.0-or-later
// broadsheet-indexer stats: what the published generation holds.
#include <algorithm>
#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_format.h"
#include "absl/time/clock.h"
#include "absl/time/time.h"
#include "engine/schema/article_language.h"
#include "engine/storage/base/generation.h"
#include "engine/storage/index/manifest.h"
#include "engine/storage/live/article_counter.h"
#include "indexer/commands/shared/command.h"
#include "indexer/commands/shared/figures.h"
#include "indexer/commands/shared/generation_option.h"
#include "indexer/sources/json/json_string.h"

namespace broadsheet::commands {
namespace {

constexpr const char* kStatsHelp =
    "Prints what the published generation, or the one of --generation, held when it was built:\n"
    "articles, dates, languages, sources, size. And how many articles it has now, with what was\n"
    "written and taken down since, and how many of them readers may not see: withheld, under an\n"
    "embargo that has not ended, cancelled.\n"
    "\n"
    "  broadsheet-indexer stats --index /srv/news --json | jq .articles\n";

struct StatsFlags {
  std::string index;
  uint64_t generation = 0;
  bool json = false;
};

using Counts = std::map<std::string, uint64_t>;

std::string Day(const std::optional<int64_t>& seconds, const char* format) {
  if (!seconds.has_value()) return "";
  return absl::FormatTime(format, absl::FromUnixSeconds(*seconds), absl::UTCTimeZone());
}

// Most first, equals by name.
std::vector<std::pair<std::string, uint64_t>> Ranked(const Counts& counts) {
  std::vector<std::pair<std::string, uint64_t>> ranked(counts.begin(), counts.end());
  std::stable_sort(ranked.begin(), ranked.end(),
                   [](const auto& a, const auto& b) { return a.second > b.second; });
  return ranked;
}

// "en 2,071, fr 5, unknown 3 and 4 more".
std::string Listed(const Counts& counts) {
  constexpr size_t kListed = 10;
  const auto ranked = Ranked(counts);
  std::string text;
  for (size_t i = 0; i < ranked.size() && i < kListed; ++i) {
    const std::string& name = ranked[i].first;
    text += (i > 0 ? ", " : "") + (name.empty() ? "unknown" : name) + " " + Count(ranked[i].second);
  }
  if (ranked.size() > kListed) text += " and " + Count(ranked.size() - kListed) + " more";
  return text;
}

// "taken as English, as given"; "" where there is nothing to say.
std::string OfNoLanguage(const storage::Manifest& manifest) {
  const storage::AssumedLanguage& assumed = manifest.assumed_language;
  if (!assumed.tag.empty()) {
    return "taken as " + schema::LanguageName(assumed.tag) +
           (assumed.given ? ", as given" : ", which prevails");
  }
  return manifest.languages.contains("") ? "found by words as written only" : "";
}

// What is true now; MANIFEST says what was when the generation was built.
using FiguresNow = absl::StatusOr<storage::ArticleFigures>;

void PrintText(const storage::Manifest& manifest, const FiguresNow& now, std::ostream& out) {
  const auto row = [&out](const char* name, const std::string& value) {
    if (!value.empty()) out << absl::StrFormat("%-12s%s\n", name, value);
  };
  row("generation", std::to_string(manifest.ref.number));
  row("built", absl::FormatTime("%Y-%m-%d %H:%M:%S UTC", manifest.built, absl::UTCTimeZone()) +
                   " by " + manifest.software);
  row("articles", Count(manifest.articles) + ", of them undated " + Count(manifest.undated));
  if (!now.ok()) {
    row("now", "not counted: " + std::string(now.status().message()));
  } else {
    if (now->articles != manifest.articles) row("now", Counted(now->articles, "article"));
    row("not shown", DescribeWithheld(*now->withheld));
  }
  const std::string oldest = Day(manifest.oldest_seconds, "%Y-%m-%d");
  if (!oldest.empty()) {
    row("published", oldest + " to " + Day(manifest.newest_seconds, "%Y-%m-%d"));
  }
  row("languages", Listed(manifest.languages));
  row("no language", OfNoLanguage(manifest));
  row("sources", Listed(manifest.sources));
  row("text", Bytes(manifest.input_bytes));
  row("index", Bytes(manifest.IndexBytes()));
  row("versions", absl::StrFormat("format %d, analyser %d", manifest.format_version,
                                  manifest.analyzer_version));
}

std::string JsonCounts(const Counts& counts) {
  std::string json;
  for (const auto& [name, count] : counts) {
    json += (json.empty() ? "" : ",") + sources::JsonString(name) + ":" + std::to_string(count);
  }
  return "{" + json + "}";
}

std::string JsonTime(const std::optional<int64_t>& seconds) {
  return seconds.has_value() ? sources::JsonString(Day(seconds, "%Y-%m-%dT%H:%M:%SZ")) : "null";
}

std::string JsonNow(const FiguresNow& now) {
  if (!now.ok())
    return ",\"notCounted\":" + sources::JsonString(std::string(now.status().message()));
  const schema::WithheldCounts& withheld = *now->withheld;
  return absl::StrFormat(",\"articlesNow\":%d,\"withheld\":%d,\"embargoed\":%d,\"cancelled\":%d",
                         now->articles, withheld.withheld, withheld.embargoed, withheld.cancelled);
}

void PrintJson(const storage::Manifest& manifest, const FiguresNow& now, std::ostream& out) {
  out << "{\"generation\":" << manifest.ref.number
      << ",\"buildId\":" << sources::JsonString(manifest.ref.build_id)
      << ",\"built\":" << JsonTime(absl::ToUnixSeconds(manifest.built))
      << ",\"software\":" << sources::JsonString(manifest.software)
      << ",\"formatVersion\":" << manifest.format_version
      << ",\"analyzerVersion\":" << manifest.analyzer_version
      << ",\"articles\":" << manifest.articles << ",\"undated\":" << manifest.undated
      << JsonNow(now) << ",\"oldest\":" << JsonTime(manifest.oldest_seconds)
      << ",\"newest\":" << JsonTime(manifest.newest_seconds)
      << ",\"languages\":" << JsonCounts(manifest.languages)
      << ",\"assumedLanguage\":" << sources::JsonString(manifest.assumed_language.tag)
      << ",\"assumedLanguageGiven\":" << (manifest.assumed_language.given ? "true" : "false")
      << ",\"sources\":" << JsonCounts(manifest.sources)
      << ",\"textBytes\":" << manifest.input_bytes << ",\"indexBytes\":" << manifest.IndexBytes()
      << "}\n";
}

FiguresNow CountNow(const std::filesystem::path& folder) {
  auto generation = storage::Generation::Open(folder);
  if (!generation.ok()) return generation.status();
  return storage::ArticleCounter(*std::move(generation)).CountOrExplain(absl::Now());
}

ExitStatus Stats(const StatsFlags& flags, const Io& io) {
  const auto folder = GenerationFolder(storage::Layout{flags.index}, flags.generation);
  if (!folder.ok()) return Fail(io, folder.status());
  const absl::StatusOr<storage::Manifest> manifest = storage::ReadManifest(*folder);
  if (!manifest.ok()) return Fail(io, manifest.status());
  const FiguresNow now = CountNow(*folder);
  flags.json ? PrintJson(*manifest, now, io.out) : PrintText(*manifest, now, io.out);
  return kAllGood;
}

}  // namespace

void AddStatsCommand(CLI::App& app, const Io& io, ExitStatus* status) {
  auto flags = std::make_shared<StatsFlags>();
  CLI::App* command = AddCommand(app, "stats", "Print what an index holds", kStatsHelp);
  AddIndexOption(*command, &flags->index);
  AddGenerationOption(*command, &flags->generation);
  command->add_flag("--json", flags->json, "As one JSON object");
  command->callback([flags, &io, status] { *status = Stats(*flags, io); });
}

}  // namespace broadsheet::commands
