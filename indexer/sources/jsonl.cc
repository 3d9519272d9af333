// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/sources/jsonl.h"

#include <charconv>
#include <optional>
#include <utility>

#include "absl/strings/str_format.h"
#include "engine/text/utf8.h"
#include "indexer/sources/json_article.h"

namespace broadsheet::sources {
namespace {

static_assert(LineReader::kPadding >= simdjson::SIMDJSON_PADDING);

constexpr std::string_view kByteOrderMark = "\xef\xbb\xbf";
// After a longer line the parser's tables are freed again.
constexpr size_t kKeepParserBytes = 1 << 20;

bool IsBlank(std::string_view text) {
  return text.find_first_not_of(" \t\r\f\v") == std::string_view::npos;
}

// The code unit of the escape at `at`, or nothing when there is no \uXXXX.
std::optional<uint16_t> EscapeAt(std::string_view json, size_t at) {
  if (at + 6 > json.size() || json[at] != '\\' || json[at + 1] != 'u') return std::nullopt;
  uint16_t unit = 0;
  const char* digits = json.data() + at + 2;
  const auto [end, error] = std::from_chars(digits, digits + 4, unit, 16);
  if (error != std::errc() || end != digits + 4) return std::nullopt;
  return unit;
}

bool IsHigh(uint16_t unit) { return unit >= 0xD800 && unit <= 0xDBFF; }
bool IsLow(uint16_t unit) { return unit >= 0xDC00 && unit <= 0xDFFF; }

absl::Status Refused(Input& input, const TextLine& line, std::string reason,
                     const RejectSink& rejects) {
  return rejects({.input = input.name(),
                  .line = line.number,
                  .byte_offset = line.byte_offset,
                  .reason = std::move(reason),
                  .record = std::string(line.text)});
}

std::string TooLong(const TextLine& line) {
  return absl::StrFormat("a line of %d bytes: more than %d cannot be one article", line.bytes,
                         kMaxJsonLineBytes);
}

}  // namespace

size_t RepairSurrogateEscapes(std::string* json) {
  size_t repaired = 0;
  size_t at = 0;
  while ((at = json->find('\\', at)) != std::string::npos) {
    const std::optional<uint16_t> unit = EscapeAt(*json, at);
    if (!unit.has_value()) {
      // Past the escaped character, which may be a backslash itself.
      at += 2;
      continue;
    }
    if (IsHigh(*unit) && IsLow(EscapeAt(*json, at + 6).value_or(0))) {
      at += 12;
      continue;
    }
    if (IsHigh(*unit) || IsLow(*unit)) {
      json->replace(at, 6, "\\ufffd");
      ++repaired;
    }
    at += 6;
  }
  return repaired;
}

absl::Status JsonlSource::ReadAll(Input& input, const ArticleSink& articles,
                                  const RejectSink& rejects) {
  LineReader lines(input, kMaxJsonLineBytes);
  TextLine line;
  while (true) {
    const absl::StatusOr<bool> more = lines.Next(&line);
    if (absl::IsCancelled(more.status())) return more.status();
    if (!more.ok()) {
      return rejects({.input = input.name(),
                      .line = lines.next_number(),
                      .byte_offset = lines.next_offset(),
                      .reason = std::string(more.status().message()),
                      .record = ""});
    }
    if (!*more) return absl::OkStatus();
    if (IsBlank(line.text)) continue;

    v1::Article article;
    absl::Status read = ReadLine(line, &article);
    if (read.ok()) read = articles(std::move(article));
    if (absl::IsInvalidArgument(read)) {
      read = Refused(input, line, std::string(read.message()), rejects);
    }
    if (!read.ok()) return read;
  }
}

absl::Status JsonlSource::ReadLine(const TextLine& line, v1::Article* article) {
  if (line.too_long) return absl::InvalidArgumentError(TooLong(line));
  std::string_view text = line.text;
  if (line.number == 1 && text.starts_with(kByteOrderMark)) text.remove_prefix(3);
  if (text.size() > kKeepParserBytes) parser_ = simdjson::dom::parser();

  const absl::StatusOr<simdjson::dom::element> root = Parse(text);
  if (!root.ok()) return root.status();
  simdjson::dom::object object;
  if (root->get(object) != simdjson::SUCCESS) {
    return absl::InvalidArgumentError("not an article: expected a JSON object, {...}");
  }
  absl::Status read = ReadJsonArticle(
      object, article, [this](std::string_view name) { counts_.CountIgnored(name); });
  if (text.size() > kKeepParserBytes) parser_ = simdjson::dom::parser();
  return read;
}

absl::StatusOr<simdjson::dom::element> JsonlSource::Parse(std::string_view line) {
  simdjson::dom::element root;
  bool repaired = false;
  // simdjson lets some lone surrogates through as ill-formed UTF-8, so they are looked for first.
  if (line.find("\\ud") != std::string_view::npos || line.find("\\uD") != std::string_view::npos) {
    repaired_.assign(line);
    repaired = RepairSurrogateEscapes(&repaired_) > 0;
    if (repaired) line = repaired_;
  }
  // Copies when the line has no padding behind it, as after a repair.
  auto error = parser_.parse(line.data(), line.size(), repaired).get(root);
  if (error == simdjson::UTF8_ERROR) {
    if (!repaired) repaired_.assign(line);
    repaired = text::RepairUtf8(&repaired_) > 0;
    error = parser_.parse(repaired_).get(root);
  }
  if (error != simdjson::SUCCESS) {
    return absl::InvalidArgumentError(
        absl::StrFormat("not valid JSON: %s", simdjson::error_message(error)));
  }
  if (repaired) ++counts_.repaired;
  return root;
}

}  // namespace broadsheet::sources
