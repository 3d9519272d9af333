// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/sources/plain_text/foreign/technical_line.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <string>
#include <vector>

#include "absl/strings/ascii.h"
#include "engine/text/char_class.h"
#include "indexer/sources/wording/word_set.h"
#include "indexer/sources/wording/words.h"

namespace broadsheet::sources::page {
namespace {

using text::IsAsciiAlnum;
using text::IsAsciiAlpha;
using text::IsAsciiDigit;
using text::IsAsciiUpper;

bool Has(std::string_view token, std::string_view part) { return token.find(part) != token.npos; }

bool IsLower(char c) { return c >= 'a' && c <= 'z'; }

// A checksum or the name of a version: "a1b2c3d".
bool IsHash(std::string_view token) {
  constexpr size_t kShortest = 7;
  if (token.starts_with('^')) token.remove_prefix(1);
  if (token.size() < kShortest || token.find_first_not_of("0123456789abcdef") != token.npos) {
    return false;
  }
  return std::any_of(token.begin(), token.end(), IsAsciiDigit) &&
         std::any_of(token.begin(), token.end(), IsLower);
}

// "h1:Jx0zQhbJq3m2YbFnRk1sTzq8VwXyQn7Zy0p="
bool IsPackedData(std::string_view token) {
  constexpr size_t kShortest = 32;
  return token.size() >= kShortest && std::any_of(token.begin(), token.end(), IsAsciiDigit) &&
         std::any_of(token.begin(), token.end(), IsLower) &&
         std::any_of(token.begin(), token.end(), IsAsciiUpper) && !Has(token, "://");
}

// "/usr/bin", "~/.wire", "./read", "C:\wire", "example.org/wire/feed".
bool IsPath(std::string_view token) {
  if (token.starts_with("~/") || token.starts_with("./") || token.starts_with("../")) {
    return token.size() > 3;
  }
  if (token.size() > 3 && IsAsciiAlpha(token[0]) && token.substr(1, 2) == ":\\") return true;
  if (Has(token, "://")) return false;
  if (token.starts_with('/')) {
    return token.size() > 2 && IsAsciiAlnum(token[1]) && token.find('/', 1) < token.size() - 1;
  }
  const size_t dot = token.find('.');
  const size_t slash = token.find('/');
  return dot < slash && dot > 0 && std::count(token.begin(), token.end(), '/') >= 2;
}

// "story.txt", "Reader.java:41", "editor.1.gz".
bool IsFileName(std::string_view token) {
  constexpr auto kEndings = std::to_array<std::string_view>(
      {"txt", "exe",  "conf", "cfg",  "log", "gz",   "zip", "py",  "js",  "cc",   "cpp",
       "h",   "o",    "so",   "java", "cs",  "rb",   "pl",  "go",  "rs",  "json", "xml",
       "yml", "yaml", "ini",  "sql",  "bak", "tmp",  "bat", "dll", "jar", "tar",  "deb",
       "rpm", "lock", "mod",  "toml", "ts",  "html", "css", "sh",  "md",  "php",  "tgz"});
  const size_t line_number = token.find(':');
  if (line_number != token.npos) {
    if (line_number + 1 >= token.size() || !IsAsciiDigit(token[line_number + 1])) return false;
    token = token.substr(0, line_number);
  }
  const size_t dot = token.rfind('.');
  return dot != token.npos && dot > 0 && IsOneOf(token.substr(dot + 1), kEndings);
}

// "wire.news.example", "192.0.2.7".
bool IsDotted(std::string_view token) {
  size_t parts = 1;
  size_t length = 0;
  bool is_number = true;
  for (const char c : token) {
    if (c == '.') {
      if (length == 0) return false;
      ++parts;
      length = 0;
    } else if (IsLower(c) || IsAsciiDigit(c) || c == '-') {
      is_number = is_number && IsAsciiDigit(c);
      ++length;
    } else {
      return false;
    }
  }
  return length > 1 && (is_number ? parts == 4 : parts >= 3);
}

// "client_encoding", "urgency=low", "a::b", "$HOME", "%PATH%", "next(Reader.java:41)".
bool IsIdentifier(std::string_view token) {
  constexpr auto kMarks = std::to_array<std::string_view>(
      {"::", ":=", "==", "!=", ">=", "<=", "&&", "||", "()", "('", "(\"", "[\"", "['", "${", "$("});
  if (token.starts_with('@') || Has(token, "://")) return false;
  if (std::any_of(kMarks.begin(), kMarks.end(),
                  [&](std::string_view mark) { return Has(token, mark); })) {
    return true;
  }
  for (size_t at = 1; at + 1 < token.size(); ++at) {
    const bool between = IsAsciiAlnum(token[at - 1]) && IsAsciiAlnum(token[at + 1]);
    if (between && (token[at] == '_' || token[at] == '=')) return true;
    if (token[at] == '(' && IsAsciiAlnum(token[at - 1]) && Has(token, ".") &&
        token.ends_with(')')) {
      return true;
    }
  }
  if (token.size() < 3) return false;
  const bool is_variable = token[0] == '$' && IsAsciiAlpha(token[1]) && !IsAsciiUpper(token[1]);
  const bool is_batch =
      token[0] == '%' && IsAsciiAlpha(token[1]) && token.find('%', 1) != token.npos;
  return is_variable || is_batch;
}

bool IsOption(std::string_view token) {
  if (token.starts_with("--")) return token.size() > 3 && IsLower(token[2]);
  return token.size() == 2 && token[0] == '-' && IsAsciiAlpha(token[1]);
}

// "request@2.88.2": a program of a version.
bool IsVersioned(std::string_view token) {
  const size_t mark = token.find('@', 1);
  return mark != token.npos && mark + 1 < token.size() && IsAsciiDigit(token[mark + 1]) &&
         Has(token.substr(mark), ".");
}

bool IsTechnicalToken(std::string_view token) {
  while (!token.empty() && std::string_view(",;\"'").find(token.back()) != token.npos) {
    token.remove_suffix(1);
  }
  while (!token.empty() && std::string_view("\"'(").find(token.front()) != token.npos) {
    token.remove_prefix(1);
  }
  // Most are words of a text: all of these have a digit or a mark.
  const auto is_of_word = [](char c) { return IsAsciiAlpha(c) || !text::IsAscii(c); };
  if (std::all_of(token.begin(), token.end(), is_of_word)) return false;
  constexpr size_t kFieldsOfAccount = 4;
  return IsPath(token) || IsFileName(token) || IsDotted(token) || IsIdentifier(token) ||
         IsOption(token) || IsVersioned(token) || IsHash(token) || IsPackedData(token) ||
         (std::count(token.begin(), token.end(), ':') >= static_cast<ptrdiff_t>(kFieldsOfAccount));
}

// "17 * * * *", "*/5 * * * *": when a program is started.
bool StartsWithTimes(const std::vector<std::string_view>& tokens) {
  constexpr size_t kFields = 5;
  if (tokens.size() <= kFields) return false;
  size_t stars = 0;
  for (size_t i = 0; i < kFields; ++i) {
    if (tokens[i].find_first_not_of("0123456789*/,-") != tokens[i].npos) return false;
    if (tokens[i].starts_with('*')) ++stars;
  }
  return stars > 0;
}

// "TI  - ", "%A ", "=245  ", ".SH ", "-rw-r--r--": what each line of a record begins with.
bool StartsLikeRecord(std::string_view line, std::string_view first) {
  if (first.size() == 10 && first.find_first_not_of("-dlrwxsStT") == first.npos &&
      Has(first, "r")) {
    return true;
  }
  if (first.size() == 2 && first[0] == '%' && IsAsciiAlnum(first[1])) return true;
  if (first.size() == 4 && first[0] == '=' &&
      first.find_first_not_of("0123456789", 1) == first.npos) {
    return true;
  }
  const bool is_macro = first.size() >= 2 && first.size() <= 4 && first[0] == '.' &&
                        IsAsciiUpper(first[1]) &&
                        std::all_of(first.begin() + 1, first.end(), IsAsciiAlpha);
  if (is_macro) return true;
  if (first.size() < 2 || first.size() > 5 || !std::all_of(first.begin(), first.end(), [](char c) {
        return IsAsciiUpper(c) || IsAsciiDigit(c) || c == '-';
      })) {
    return false;
  }
  const std::string_view rest = line.substr(first.size());
  return rest.starts_with("  - ") || rest.starts_with(" - ") ||
         (first.size() == 5 && first.ends_with('-'));
}

// Words that a line of a program begins with. Most are words of other texts as well.
bool IsKeyword(std::string_view word) {
  static const auto* const kWords = new FixedWords(
      "FROM RUN COPY ADD ENV ARG WORKDIR EXPOSE CMD ENTRYPOINT LABEL USER VOLUME HEALTHCHECK "
      "SHELL STOPSIGNAL ONBUILD set let syntax filetype map nmap nnoremap inoremap vnoremap "
      "colorscheme autocmd augroup hi program implicit integer real end do call print subroutine "
      "function write module use contains return stop import from require include export package "
      "class def func fn var const public private static begin echo cd mov add sub jmp int global "
      "section push pop ret typedef struct enum type where proc puts attr_reader exit exec sudo "
      "apt-get if else elif elsif fi then done for while case switch rem REM SET CD CALL IF GOTO "
      "ECHO DEL pause goto del move Public Private Dim End Sub Function Return Imports Module "
      "Property Option PRINT LET GOSUB NEXT INPUT READ DIM IDENTIFICATION PROGRAM-ID. DATA "
      "PROCEDURE WORKING-STORAGE ENVIRONMENT DISPLAY MOVE PERFORM STOP pass try except finally "
      "raise yield assert uses unit procedure main data instance deriving interface");
  return kWords->Has(word);
}

// A keyword alone or with one more word, or with a sign that sentences do not have. "set sail for
// the harbour" is of a song.
bool StartsLikeProgram(std::string_view line, const std::vector<std::string_view>& tokens) {
  // "10 PRINT", "01 STORY-RECORD."
  const bool is_numbered = tokens.size() > 1 && tokens[0].size() <= 4 &&
                           tokens[0].find_first_not_of("0123456789") == tokens[0].npos;
  if (is_numbered && Has(line, " PIC ")) return true;
  if (is_numbered && tokens[0].starts_with('0') && tokens[1].ends_with("-RECORD.")) return true;
  const std::string_view word = tokens[is_numbered ? 1 : 0];
  if (!IsKeyword(word)) return false;
  if (tokens.size() <= (is_numbered ? 3 : 2) && !EndsSentence(line)) return true;
  return line.find_first_of("=\"/:<>[]{}%$_()") != line.npos ||
         (word.size() > 1 && IsAsciiUpper(word[1]) && line.ends_with('.'));
}

// The name of a part of a program in COBOL: "PROCEDURE DIVISION."
bool IsDivision(std::string_view line) {
  return line.ends_with(" DIVISION.") || line.ends_with(" SECTION.");
}

}  // namespace

bool IsTechnicalLine(std::string_view line) {
  constexpr size_t kTokensForEach = 5;
  constexpr size_t kSentenceTokens = 8;
  const std::vector<std::string_view> tokens = Words(line);
  if (tokens.empty()) return false;
  if (IsHash(tokens.front()) || IsDivision(line) || StartsWithTimes(tokens) ||
      StartsLikeRecord(line, tokens.front()) || StartsLikeProgram(line, tokens)) {
    return true;
  }
  // Translations: msgid "The wire is closed."
  if (line.starts_with("msgid \"") || line.starts_with("msgstr \"")) return true;
  // "Share this story" = "Diese Geschichte teilen";
  if (line.starts_with('"') && line.ends_with("\";") && Has(line, "\" = \"")) return true;
  // A line of a report on calls, or of a compiler's.
  if (tokens.size() > 1 && tokens[0] == "at" && Has(tokens[1], ".") && Has(tokens[1], "("))
    return true;
  if (Has(tokens.front(), ".") &&
      IsFileName(tokens.front().substr(0, tokens.front().find_last_not_of(":") + 1)) &&
      tokens.front().ends_with(':'))
    return true;
  // An address alone.
  if (tokens.size() == 1 && Has(line, "://")) return true;
  const auto technical =
      static_cast<size_t>(std::count_if(tokens.begin(), tokens.end(), IsTechnicalToken));
  if (technical == 1 && tokens.size() >= kSentenceTokens && EndsSentence(line)) return false;
  return technical > 0 && technical * kTokensForEach >= tokens.size();
}

bool IsSqlStatement(std::string_view line) {
  constexpr auto kStatements = std::to_array<std::string_view>(
      {"insert into ", "insert ignore into ", "create table ", "drop table ", "alter table ",
       "lock tables ", "unlock tables", "create index ", "create database ", "replace into ",
       "create view ", "begin transaction", "commit;", "delete from "});
  if (line.starts_with("SELECT ") && Has(line, " FROM ")) return true;
  const bool is_update = StartsWithIgnoringCase(line, "update ");
  const bool is_copy = StartsWithIgnoringCase(line, "copy ");
  const bool is_other = std::any_of(
      kStatements.begin(), kStatements.end(),
      [&](std::string_view statement) { return StartsWithIgnoringCase(line, statement); });
  if (!is_update && !is_copy && !is_other) return false;
  if (line.find_first_of("(;=`") == line.npos) return false;
  if (is_update) {
    constexpr size_t kMostToSet = 200;
    const size_t assignment =
        absl::AsciiStrToLower(std::string(line.substr(0, kMostToSet))).find(" set ");
    return assignment != line.npos && line.find('=', assignment) != line.npos &&
           !Has(line.substr(0, assignment), ": ");
  }
  return !is_copy ||
         absl::AsciiStrToLower(std::string(line)).find(" from stdin") != std::string::npos;
}

}  // namespace broadsheet::sources::page
