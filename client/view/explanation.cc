// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/view/explanation.h"

#include <algorithm>
#include <ostream>
#include <string>

#include "absl/strings/str_join.h"
#include "client/view/text_layout.h"

namespace broadsheet::client {
namespace {

// The rest of a wildcard's hundred terms is told by its number; --output json has them all.
constexpr int kMostTermsShown = 12;
constexpr size_t kListIndent = 2;

std::string TermsText(const v1::WordMeaning& meaning) {
  if (meaning.terms().empty()) return "in no article";
  std::string text;
  const int shown = std::min(meaning.terms_size(), kMostTermsShown);
  for (int i = 0; i < shown; ++i) {
    const v1::IndexTerm& term = meaning.terms(i);
    text += (i == 0 ? "" : ", ") + term.term() + " (" + std::to_string(term.article_count()) + ")";
  }
  const int rest = meaning.terms_size() - shown;
  if (rest > 0) text += " and " + std::to_string(rest) + " more";
  if (meaning.reached() > meaning.terms_size()) {
    text += ", of " + std::to_string(meaning.reached()) + " words that it reaches";
  }
  return text;
}

std::string FilterText(const v1::AppliedFilter& filter) {
  std::string condition = filter.condition();
  std::replace(condition.begin(), condition.end(), '_', ' ');
  return filter.field() + " " + condition + " " + absl::StrJoin(filter.values(), ", ");
}

void PrintLine(const std::string& label, const std::string& text, const Terminal& terminal,
               std::ostream& out) {
  Paragraph paragraph(terminal, kListIndent);
  paragraph.Add(Style::kDim, label + ": ");
  paragraph.Add(Style::kPlain, text);
  out << paragraph.Take();
}

}  // namespace

void PrintExplanation(const v1::SearchArticlesResponse& response, const Terminal& terminal,
                      std::ostream& out) {
  if (!response.has_explanation()) return;
  const v1::Explanation& explanation = response.explanation();
  out << terminal.Styled(Style::kBold, "Understood as") << '\n';
  if (!response.parsed_query().empty()) PrintLine("query", response.parsed_query(), terminal, out);
  for (const v1::WordMeaning& meaning : explanation.words()) {
    PrintLine(meaning.word(), TermsText(meaning), terminal, out);
  }
  for (const v1::AppliedSynonyms& synonyms : explanation.synonyms()) {
    PrintLine("synonyms of " + synonyms.typed(), absl::StrJoin(synonyms.alternatives(), ", "),
              terminal, out);
  }
  for (const v1::AppliedFilter& filter : explanation.filters()) {
    PrintLine("filter", FilterText(filter), terminal, out);
  }
  if (!explanation.languages().empty()) {
    PrintLine("forms of words in", absl::StrJoin(explanation.languages(), ", "), terminal, out);
  }
  out << '\n';
}

}  // namespace broadsheet::client
