// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/commands/ingest/explain.h"

#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "engine/text/clean.h"
#include "engine/text/utf8.h"
#include "indexer/commands/report/explained_fields.h"

namespace broadsheet::commands {
namespace {

constexpr size_t kMaxValueBytes = 100;

std::string Shortened(std::string value) {
  text::CleanLine(&value);
  if (value.size() <= kMaxValueBytes) return value;
  return absl::StrCat(std::string(text::PrefixOf(value, kMaxValueBytes)), "...");
}

void PrintConsidered(const std::string& field, const sources::FieldRules& rules,
                     std::ostream& out) {
  for (const sources::FieldRule& rule : rules) {
    if (rule.field != field) continue;
    for (sources::ConsideredValue value : rule.considered) {
      text::CleanLine(&value.value);
      out << absl::StrFormat("    %5.1f  %s  %s\n", value.score, value.signs, value.value);
    }
  }
}

}  // namespace

absl::Status Explain(v1::Article& article, const sources::FieldRules& rules, bool considered,
                     std::ostream& out) {
  const absl::StatusOr<std::vector<ExplainedField>> fields = ExplainFields(article, rules);
  if (!fields.ok()) return fields.status();
  out << article.id() << "\n";
  for (const ExplainedField& field : *fields) {
    if (field.value.empty()) continue;
    // Labels may have any names.
    out << absl::StrFormat("  %-14s  %-50s  %s\n", Shortened(field.name), field.rule,
                           Shortened(field.value));
    if (considered) PrintConsidered(field.name, rules, out);
  }
  if (!out) return absl::UnavailableError("cannot write to standard output");
  return absl::OkStatus();
}

}  // namespace broadsheet::commands
