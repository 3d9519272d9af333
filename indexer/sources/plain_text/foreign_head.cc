// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/sources/plain_text/foreign_head.h"

#include <algorithm>
#include <array>
#include <cstddef>

#include "engine/text/char_class.h"
#include "indexer/sources/plain_text/line_shape.h"
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

// Fields of a mail's or a news posting's head; those that only a program writes.
constexpr auto kMailFields = std::to_array<std::string_view>(
    {"from", "to", "cc", "bcc", "subject", "date", "sender", "reply-to", "organization",
     "newsgroups", "path", "in-reply-to"});
constexpr auto kTechnicalFields = std::to_array<std::string_view>(
    {"message-id", "received", "mime-version", "return-path", "content-type",
     "content-transfer-encoding", "delivered-to", "references", "user-agent", "dkim-signature",
     "list-id", "x-mailer", "nntp-posting-host", "authentication-results"});

// Takes the first line off `rest`.
std::string_view TakeHeadLine(std::string_view* rest) {
  const size_t end = rest->find('\n');
  std::string_view line = rest->substr(0, end);
  *rest = end == rest->npos ? std::string_view() : rest->substr(end + 1);
  if (line.ends_with('\r')) line.remove_suffix(1);
  return line;
}

template <size_t N>
bool IsOneOfIgnoringCase(std::string_view name, const std::array<std::string_view, N>& names) {
  return std::any_of(names.begin(), names.end(),
                     [&](std::string_view known) { return EqualsIgnoringCase(name, known); });
}

// "From reader@example.org Sat Jan  3 01:05:34 1996" starts a mail of a mailbox. A mail without it
// starts with fields: three that people see, or two of which one is a program's.
bool IsMail(std::string_view text) {
  constexpr size_t kMostLines = 60;
  std::string_view rest = text;
  const bool in_mailbox = text.starts_with("From ");
  if (in_mailbox) TakeHeadLine(&rest);
  size_t seen = 0;
  size_t technical = 0;
  bool has_subject = false;
  bool has_sender = false;
  for (size_t lines = 0; lines < kMostLines && !rest.empty(); ++lines) {
    const std::string_view line = TakeHeadLine(&rest);
    if (line.empty()) break;
    const bool goes_on = line.front() == ' ' || line.front() == '\t';
    if (goes_on && seen + technical > 0) continue;
    const size_t colon = line.find(':');
    const std::string_view name = line.substr(0, colon);
    if (colon == line.npos || name.empty() || name.find(' ') != name.npos) break;
    if (IsOneOfIgnoringCase(name, kTechnicalFields) || StartsWithIgnoringCase(name, "x-")) {
      ++technical;
    } else if (IsOneOfIgnoringCase(name, kMailFields)) {
      ++seen;
      has_subject = has_subject || EqualsIgnoringCase(name, "subject");
      has_sender = has_sender || EqualsIgnoringCase(name, "from");
    }
  }
  if (seen + technical < 2) return false;
  return in_mailbox || seen >= 3 || technical >= 1 || (has_subject && has_sender);
}

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
  return text.find_first_not_of("0123456789abcdef", kCommit.size()) == kCommit.size() + kHashDigits;
}

// ["The mayor resigned.", "Talks ..."]
bool IsArrayOfTexts(std::string_view text) {
  return text.starts_with("[\"") && text.find("\",") != text.npos && Trim(text).ends_with(']');
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
  if (IsArrayOfTexts(text)) return "a JSON array of texts";
  if (IsSerialized(text)) return "data of PHP";
  if (IsUnifiedDiff(text)) return "a patch";
  return std::nullopt;
}

}  // namespace broadsheet::sources::page
