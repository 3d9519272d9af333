// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/sources/plain_text/foreign/foreign_head.h"

#include <algorithm>
#include <array>
#include <cstddef>

#include "engine/text/char_class.h"
#include "indexer/sources/plain_text/foreign/line_shape.h"
#include "indexer/sources/plain_text/lines/mail_head.h"
#include "indexer/sources/wording/words.h"

namespace broadsheet::sources::page {
namespace {

struct Head {
  std::string_view begin;
  std::string_view kind;
};

constexpr auto kHeads = std::to_array<Head>({
    {"-----BEGIN ", "a key or certificate (PEM)"},
    {"%!PS", "a PostScript document"},
    {"{\\rtf", "an RTF document"},
    {"#!", "a script"},
    {"#include", "a program"},
    {"#ifndef ", "a program"},
    {"#define ", "a program"},
    {"#pragma ", "a program"},
    {"/*", "a program"},
    {"<?php", "a script"},
    {"diff --git ", "a patch"},
    {"diff -", "a patch"},
    {"--- a/", "a patch"},
    {"BEGIN:V", "a calendar or an address book"},
    {"WEBVTT", "subtitles"},
    {"#EXTM3U", "a playlist"},
    {"\\documentclass", "a TeX document"},
    {"\\documentstyle", "a TeX document"},
    {"\\input ", "a TeX document"},
    {"\\begin{", "a TeX document"},
    {"%YAML", "settings (YAML)"},
    {"HTTP/1.", "an HTTP response"},
    {"HTTP/2 ", "an HTTP response"},
    {"@charset ", "a stylesheet"},
    {"@import ", "a stylesheet"},
    {"begin 644 ", "encoded data (uuencode)"},
    {"begin 666 ", "encoded data (uuencode)"},
    {"begin-base64 ", "encoded data (base64)"},
    {"data:image/", "encoded data (base64)"},
    {"=ybegin ", "encoded data (yEnc)"},
    {"!<arch>", "an archive of programs"},
    {"Return-Path:", "a mail"},
    {"MIME-Version:", "a mail"},
    {"msgid \"", "translations (PO)"},
    {"TY  - ", "references (RIS)"},
    {"0 HEAD", "a family tree (GEDCOM)"},
    {".TH ", "a page of a manual"},
    {".Dd ", "a page of a manual"},
    {".\\\"", "a page of a manual"},
    {"# pack-refs", "a file of a program"},
    {"apiVersion:", "settings (YAML)"},
    {"@echo off", "a script"},
    {"@ECHO OFF", "a script"},
    {"Exception in thread \"", "a report of a program"},
    {"Traceback (most recent call last)", "a report of a program"},
    {"dn: ", "entries of a directory (LDIF)"},
    {"INSERT INTO ", "statements of a database (SQL)"},
    {"REPLACE INTO ", "statements of a database (SQL)"},
});

// Settings between two lines of "---" or "+++" before a text: of a text for a site's generator.
bool HasFrontMatter(std::string_view text) {
  constexpr size_t kMostLines = 100;
  std::string_view rest = text;
  const std::string_view fence = Trim(TakeHeadLine(&rest));
  if (fence != "---" && fence != "+++" && fence != ";;;") return false;
  size_t settings = 0;
  for (size_t lines = 0; lines < kMostLines && !rest.empty(); ++lines) {
    const std::string_view line = Trim(TakeHeadLine(&rest));
    if (line == fence) return settings > 0;
    if (!SettingName(line).empty()) ++settings;
  }
  return false;
}

// "1", "00:00:01,000 --> 00:00:04,000", a line of speech.
bool IsSubtitles(std::string_view text) {
  std::string_view rest = text;
  const std::string_view first = Trim(TakeHeadLine(&rest));
  const std::string_view second = TakeHeadLine(&rest);
  return !first.empty() && first.find_first_not_of("0123456789") == first.npos &&
         second.find(" --> ") != second.npos;
}

// "a:3:{s:5:", "O:8:"Story":": data that PHP keeps.
bool IsSerialized(std::string_view text) {
  if (!text.starts_with("a:") && !text.starts_with("O:")) return false;
  const size_t end = text.find_first_not_of("0123456789", 2);
  return end != text.npos && end > 2 &&
         (text.substr(end).starts_with(":{") || text.substr(end).starts_with(":\""));
}

// "commit 1f0e…", as a history of versions begins.
bool IsHistory(std::string_view text) {
  constexpr std::string_view kCommit = "commit ";
  constexpr size_t kHashDigits = 40;
  if (!text.starts_with(kCommit)) return false;
  return text.find_first_not_of("0123456789abcdef", kCommit.size()) >= kCommit.size() + kHashDigits;
}

// ["The mayor resigned.", "Talks ..."], also over several lines and in single quotes; a text in
// quotes with the escapes of one: "The mayor resigned.\nTalks ...".
bool IsListOfTexts(std::string_view text) {
  const std::string_view all = Trim(text);
  if (all.starts_with('"')) {
    return all.size() > 2 && all.ends_with('"') && all.find('\n') == all.npos &&
           (all.find("\\n") != all.npos || all.find("\\u") != all.npos ||
            all.find("\\\"") != all.npos);
  }
  if (!all.starts_with('[') || !all.ends_with(']')) return false;
  const size_t first = all.find_first_not_of(" \t\r\n", 1);
  if (first == all.npos || (all[first] != '"' && all[first] != '\'')) return false;
  const size_t end = all.find(all[first], first + 1);
  const size_t mark = end == all.npos ? end : all.find_first_not_of(" \t\r\n", end + 1);
  return mark != all.npos && (all[mark] == ',' || all[mark] == ']');
}

// ".story{color:#333}": names and values in braces behind a name.
bool IsStyleRule(std::string_view text) {
  constexpr size_t kLongestSelector = 200;
  const size_t open = text.find('{');
  if (open == text.npos || open == 0 || open > kLongestSelector || !Trim(text).ends_with('}')) {
    return false;
  }
  if (text.substr(0, open).find_first_of("=(\"") != text.npos) return false;
  size_t at = text.find_first_not_of(" \t\r\n", open + 1);
  const size_t name = at;
  while (at < text.size() && (text::IsAsciiAlnum(text[at]) || text[at] == '-')) ++at;
  return at > name && at + 1 < text.size() && text[at] == ':' && text.find('\n', name) >= at &&
         text.find_first_of(";}", at) != text.npos;
}

// "wire (1.4-1) unstable; urgency=medium", as the changes of a package begin.
bool IsPackageHistory(std::string_view text) {
  const std::string_view line = text.substr(0, text.find('\n'));
  const size_t open = line.find(" (");
  return open != line.npos && line.find(' ') == open && line.find("; urgency=", open) != line.npos;
}

// "WIRE(1)      User Commands      WIRE(1)", a page of a manual as it is shown.
bool IsManualPage(std::string_view text) {
  const std::string_view line = Trim(text.substr(0, text.find('\n')));
  const size_t open = line.find('(');
  const size_t space = line.find(' ');
  if (open == line.npos || open == 0 || open + 2 >= space || space == line.npos) return false;
  const std::string_view name = line.substr(0, space);
  return name.ends_with(')') && text::IsAsciiDigit(name[open + 1]) && line.size() > name.size() &&
         line.ends_with(name);
}

// ".. status: draft", the settings of a text in reStructuredText.
bool HasFieldComment(std::string_view text) {
  return text.starts_with(".. ") && !SettingName(text.substr(3, text.find('\n') - 3)).empty();
}

bool IsUnifiedDiff(std::string_view text) {
  std::string_view rest = text;
  const std::string_view first = TakeHeadLine(&rest);
  const std::string_view second = TakeHeadLine(&rest);
  const std::string_view third = TakeHeadLine(&rest);
  return (first.starts_with("--- ") && second.starts_with("+++ ") && third.starts_with("@@")) ||
         (first.starts_with("*** ") && second.starts_with("--- ") && third.starts_with("****"));
}

}  // namespace

std::optional<std::string_view> KindByHead(std::string_view text) {
  const size_t start = text.find_first_not_of(" \t\r\n\f\v");
  if (start == text.npos) return std::nullopt;
  text.remove_prefix(start);
  for (const Head& head : kHeads) {
    if (text.starts_with(head.begin)) return head.kind;
  }
  if (IsMail(text)) return "a mail or a mailbox";
  if (HasFrontMatter(text)) return "a text with front matter, which may say that it is a draft";
  if (IsSubtitles(text)) return "subtitles";
  if (IsHistory(text)) return "a history of versions";
  if (IsListOfTexts(text)) return "a JSON array of texts, or one of its texts";
  if (IsPackageHistory(text)) return "a history of versions";
  if (IsManualPage(text)) return "a page of a manual";
  if (HasFieldComment(text)) return "a text with settings, which may say that it is a draft";
  if (IsSerialized(text)) return "data of PHP";
  if (IsStyleRule(text)) return "a stylesheet";
  if (IsUnifiedDiff(text)) return "a patch";
  return std::nullopt;
}

}  // namespace broadsheet::sources::page
