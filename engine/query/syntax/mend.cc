// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/query/syntax/mend.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "absl/strings/cord.h"
#include "broadsheet/v1/search_service.pb.h"
#include "engine/query/syntax/lexer.h"
#include "engine/text/char_class.h"

namespace broadsheet::query {
namespace {

// Mistakes that are mended one after another in one query.
constexpr int kMostMistakes = 8;

constexpr const char* kTypeUrl = "type.googleapis.com/broadsheet.v1.QueryError";

std::optional<v1::QueryError> ErrorOf(const absl::Status& status) {
  const auto payload = status.GetPayload(kTypeUrl);
  v1::QueryError error;
  if (!payload || !error.ParseFromString(std::string(*payload))) return std::nullopt;
  return error;
}

// The words of `query` without any mark: nothing in it is an operator.
std::string PlainWords(std::string_view query) {
  std::string plain;
  for (size_t at = 0; at < query.size();) {
    const size_t quote = QuoteLength(query.substr(at));
    if (quote > 0 || std::string_view("()=*~!:\\").find(query[at]) != std::string_view::npos) {
      plain += ' ';
      at += std::max<size_t>(quote, 1);
      continue;
    }
    plain += text::AsciiLower(query[at++]);
  }
  // One space between words, and no dash before one.
  std::string words;
  for (const char c : plain) {
    const bool gap = words.empty() || words.back() == ' ';
    if (!gap || (c != ' ' && c != '-' && c != '/')) words += c;
  }
  while (!words.empty() && words.back() == ' ') words.pop_back();
  return words;
}

}  // namespace

std::string SuggestionOf(const absl::Status& mistake) {
  const std::optional<v1::QueryError> error = ErrorOf(mistake);
  return error ? error->suggested_query() : "";
}

absl::Status WithAcceptedMend(std::string_view query, absl::Status mistake,
                              absl::FunctionRef<absl::Status(const std::string&)> check) {
  std::optional<v1::QueryError> error = ErrorOf(mistake);
  if (!error || error->suggested_query().empty()) return mistake;
  const auto accepted = [&](const std::string& candidate, absl::Status* refused) {
    if (IsBlank(candidate) || candidate == query) return false;
    *refused = check(candidate);
    return refused->ok();
  };
  std::string candidate = error->suggested_query();
  bool found = false;
  for (int i = 0; i < kMostMistakes && !candidate.empty() && !found; ++i) {
    absl::Status refused;
    found = accepted(candidate, &refused);
    if (!found) candidate = SuggestionOf(refused);
  }
  if (!found) {
    absl::Status refused;
    candidate = PlainWords(query);
    if (!accepted(candidate, &refused)) candidate.clear();
  }
  error->set_suggested_query(candidate);
  mistake.SetPayload(kTypeUrl, absl::Cord(error->SerializeAsString()));
  return mistake;
}

}  // namespace broadsheet::query
