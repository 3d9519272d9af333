// SPDX-License-Identifier: GPL-3.0-or-later
// The engine gives reasons, the programs give remedies
// (docs/decisions/0009-reasons-and-remedies.md): what people read from engine/ names no program, no
// command and no option.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <regex>
#include <string>
#include <vector>

#include "tests/architecture/source_tree.h"

namespace broadsheet::testing {
namespace {

using ::testing::IsEmpty;

// What people read of a line: its comment, and what is between quotes.
std::string ReadableIn(const std::string& line) {
  if (line.starts_with("#include")) return "";
  std::string readable;
  bool quoted = false;
  for (size_t i = 0; i < line.size(); ++i) {
    if (!quoted && line.compare(i, 2, "//") == 0) return readable + " " + line.substr(i);
    if (!quoted && line.compare(i, 3, "'\"'") == 0) {
      i += 2;
    } else if (line[i] == '"') {
      quoted = !quoted;
      readable += ' ';
    } else if (quoted) {
      readable += line[i];
      if (line[i] == '\\' && i + 1 < line.size()) readable += line[++i];
    }
  }
  return readable;
}

// "build|add|...": the commands of the indexer, as its sources declare them.
std::string IndexerCommands() {
  static const std::regex declaration(R"re(AddCommand\(\s*app,\s*"([a-z]+)")re");
  std::string names;
  for (const SourceFile& source : ReadSources({"indexer"})) {
    std::string text;
    for (const std::string& line : source.lines) text += line + "\n";
    for (std::sregex_iterator found(text.begin(), text.end(), declaration), end; found != end;
         ++found) {
      names += (names.empty() ? "" : "|") + (*found)[1].str();
    }
  }
  return names;
}

// What `line` names that is a program's to name.
std::vector<std::string> NamedIn(const std::string& line) {
  // A command of the client is named with its program, since words such as `get` name parameters.
  static const std::regex naming(
      "(^|[^-\\w])--[a-z]|broadsheetd|broadsheet-indexer|`broadsheet |`(" + IndexerCommands() +
      ")[` ]");
  const std::string readable = ReadableIn(line);
  std::vector<std::string> named;
  for (std::sregex_iterator found(readable.begin(), readable.end(), naming), end; found != end;
       ++found) {
    named.push_back(found->str());
  }
  return named;
}

TEST(MessagesTest, TheEngineNamesNoProgramAndNoneOfItsCommandsAndOptions) {
  for (const SourceFile& source : ReadSources({"engine"})) {
    // It quotes the words of any command, and shows how.
    if (source.path == "engine/base/shell_word.h") continue;
    for (const std::string& line : source.lines) {
      EXPECT_THAT(NamedIn(line), IsEmpty())
          << source.path << ": " << line
          << "\nsay why, by a reason (engine/schema/index_fault.h); a program's remedy.cc says "
             "what "
             "to do";
    }
  }
}

TEST(MessagesTest, WhatTheEngineMustNotNameIsFound) {
  for (const std::string line : {
           R"(  return Error("go back with `broadsheet-indexer rollback --index %s`");)",
           R"(      "--force",)",
           R"(  "anew: run `build` or",)",
           R"(  "see `broadsheet admin`",)",
           R"(  // The message says to `compact` first.)",
           R"(  int memory = 0;  // of --rebuild-memory)",
           R"(  std::string holder = "broadsheetd";)",
       }) {
    EXPECT_FALSE(NamedIn(line).empty()) << line;
  }
  for (const std::string line : {
           R"(  --pos;  // one back)",
           R"(  if (c == '"') --pos;)",
           R"(// `get` is called once.)",
           R"(#include "broadsheet/v1/article.pb.h")",
           R"(  "a -- b")",
       }) {
    EXPECT_THAT(NamedIn(line), IsEmpty()) << line;
  }
  EXPECT_NE(IndexerCommands().find("rollback"), std::string::npos);
}

}  // namespace
}  // namespace broadsheet::testing
