// SPDX-License-Identifier: GPL-3.0-or-later
// broadsheet-indexer queries: what readers search for, and what they do not find, from the query
// log of a server.
#include <google/protobuf/struct.pb.h>
#include <google/protobuf/util/json_util.h>

#include <algorithm>
#include <cerrno>
#include <fstream>
#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "engine/base/file_error.h"
#include "indexer/commands/shared/command.h"
#include "indexer/commands/shared/figures.h"
#include "indexer/sources/json/json_string.h"

namespace broadsheet::commands {
namespace {

constexpr const char* kQueriesHelp =
    "Reads what `broadsheetd --query-log` has written, and prints the queries that were asked "
    "most\n"
    "often, and those that found nothing. Queries that differ in capitals and spaces count as "
    "one.\n"
    "Those asked but once are left out, since they may tell who asked: --at-least 1 shows them.\n"
    "\n"
    "  broadsheet-indexer queries /var/log/broadsheet/queries.log*\n"
    "  zcat queries.log.*.gz | broadsheet-indexer queries --json - | jq .withoutHits\n";

struct QueriesFlags {
  std::vector<std::string> files;
  size_t top = 20;
  uint64_t at_least = 2;
  bool json = false;
};

struct Asked {
  std::string query;  // as it was asked first
  uint64_t times = 0;
  uint64_t without_hits = 0;
};

struct QueryCounts {
  std::map<std::string, Asked> by_form;  // small letters, single spaces
  uint64_t searches = 0;
  uint64_t without_hits = 0;
  uint64_t unreadable = 0;  // lines
};

std::string FormOf(const std::string& query) {
  const std::vector<std::string> words =
      absl::StrSplit(query, absl::ByAnyChar(" \t"), absl::SkipEmpty());
  // AND is an operator, and `and` is a word; those who mean the one seldom type the other.
  return absl::AsciiStrToLower(absl::StrJoin(words, " "));
}

void CountLine(const std::string& line, QueryCounts& counts) {
  google::protobuf::Struct parsed;
  if (line.empty()) return;
  const bool readable = google::protobuf::util::JsonStringToMessage(line, &parsed).ok() &&
                        parsed.fields().contains("query") && parsed.fields().contains("hits");
  if (!readable) {
    ++counts.unreadable;
    return;
  }
  const std::string& query = parsed.fields().at("query").string_value();
  const bool found_nothing = parsed.fields().at("hits").number_value() == 0;
  Asked& asked = counts.by_form[FormOf(query)];
  if (asked.times == 0) asked.query = query;
  ++asked.times;
  ++counts.searches;
  if (!found_nothing) return;
  ++asked.without_hits;
  ++counts.without_hits;
}

absl::Status CountFile(const std::string& name, QueryCounts& counts) {
  std::ifstream in(name == "-" ? "/dev/stdin" : name);
  std::string line;
  while (std::getline(in, line)) CountLine(line, counts);
  // The end of a file sets both bits; one that cannot be opened or read, another.
  if (in.eof() && !in.bad()) return absl::OkStatus();
  return base::FileError(errno, "cannot read", name);
}

// The `top` with the highest number, if that is at least `least`; equals by name.
std::vector<std::pair<uint64_t, std::string>> Most(const QueryCounts& counts,
                                                   uint64_t Asked::*number,
                                                   const QueriesFlags& flags) {
  std::vector<std::pair<uint64_t, std::string>> most;
  for (const auto& [form, asked] : counts.by_form) {
    if (asked.*number > 0 && asked.times >= flags.at_least) {
      most.emplace_back(asked.*number, asked.query);
    }
  }
  std::stable_sort(most.begin(), most.end(),
                   [](const auto& a, const auto& b) { return a.first > b.first; });
  most.resize(std::min(most.size(), flags.top));
  return most;
}

void PrintText(const QueryCounts& counts, const QueriesFlags& flags, std::ostream& out) {
  out << absl::StrFormat("%s searches, %s different; %s without hits\n", Count(counts.searches),
                         Count(counts.by_form.size()), Count(counts.without_hits));
  if (counts.unreadable > 0) {
    out << Counted(counts.unreadable, "line") << " could not be read\n";
  }
  const auto print = [&](const char* title, uint64_t Asked::*number) {
    const auto most = Most(counts, number, flags);
    if (most.empty()) return;
    out << "\n" << title << "\n";
    for (const auto& [times, query] : most)
      out << absl::StrFormat("%8s  %s\n", Count(times), query);
  };
  print("Asked most often", &Asked::times);
  print("Without hits", &Asked::without_hits);
}

void PrintJson(const QueryCounts& counts, const QueriesFlags& flags, std::ostream& out) {
  const auto list = [&](uint64_t Asked::*number) {
    std::string json;
    for (const auto& [times, query] : Most(counts, number, flags)) {
      json += absl::StrFormat("%s{\"query\":%s,\"times\":%d}", json.empty() ? "" : ",",
                              sources::JsonString(query), times);
    }
    return json;
  };
  out << absl::StrFormat(
      "{\"searches\":%d,\"different\":%d,\"searchesWithoutHits\":%d,\"unreadableLines\":%d,"
      "\"mostAsked\":[%s],\"withoutHits\":[%s]}\n",
      counts.searches, counts.by_form.size(), counts.without_hits, counts.unreadable,
      list(&Asked::times), list(&Asked::without_hits));
}

ExitStatus Queries(const QueriesFlags& flags, const Io& io) {
  QueryCounts counts;
  for (const std::string& file : flags.files) {
    if (absl::Status read = CountFile(file, counts); !read.ok()) return Fail(io, read);
  }
  if (flags.json) {
    PrintJson(counts, flags, io.out);
  } else {
    PrintText(counts, flags, io.out);
  }
  return counts.unreadable == 0 ? kAllGood : kSomeRejected;
}

}  // namespace

void AddQueriesCommand(CLI::App& app, const Io& io, ExitStatus* status) {
  auto flags = std::make_shared<QueriesFlags>();
  CLI::App* command =
      AddCommand(app, "queries", "Count what readers search for and do not find", kQueriesHelp);
  AddArguments(*command, "FILE", &flags->files, "Query logs; - is standard input")->required();
  command->add_option("--top", flags->top, "How many queries to print of each kind")
      ->capture_default_str()
      ->type_name("N");
  command->add_option("--at-least", flags->at_least, "Leave out queries that were asked less often")
      ->capture_default_str()
      ->type_name("N");
  command->add_flag("--json", flags->json, "Print JSON");
  command->callback([flags, &io, status] { *status = Queries(*flags, io); });
}

}  // namespace broadsheet::commands
