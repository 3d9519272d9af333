// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/query/highlighter.h"

#include <algorithm>

#include "engine/schema/error.h"
#include "engine/schema/terms.h"
#include "engine/text/utf8.h"

namespace broadsheet::query {
namespace {

using schema::FieldId;

constexpr size_t kMaxTextBytes = 256 << 10;
constexpr int kMostFragments = 20;
constexpr int kFewestChars = 40;
constexpr int kMostChars = 1000;

// Short texts that make no sense cut up.
bool IsShownWhole(FieldId field) {
  return field == FieldId::kHeadline || field == FieldId::kTag || field == FieldId::kByline;
}

}  // namespace

absl::StatusOr<HighlightSettings> SettingsOf(const v1::HighlightOptions& options) {
  if (options.max_fragments() < 0) {
    return schema::BadField("highlight.max_fragments", "the number of fragments is negative");
  }
  if (options.fragment_chars() < 0) {
    return schema::BadField("highlight.fragment_chars", "the length of a fragment is negative");
  }
  HighlightSettings settings;
  if (options.max_fragments() > 0) {
    settings.max_fragments = static_cast<size_t>(std::min(options.max_fragments(), kMostFragments));
  }
  if (options.fragment_chars() > 0) {
    settings.fragment_chars =
        static_cast<size_t>(std::clamp(options.fragment_chars(), kFewestChars, kMostChars));
  }
  return settings;
}

Highlighter::Highlighter(text::Analyzer& analyzer, uint64_t token_seed, const CompiledQuery& query,
                         const HighlightSettings& settings)
    : analyzer_(analyzer), token_seed_(token_seed), settings_(settings) {
  for (const TokenConstraint& constraint : query.highlights) {
    patterns_.push_back({.fields = constraint.fields, .matcher = TokenMatcher(constraint)});
  }
  for (const AskedValue& asked : query.values) {
    if (asked.field != FieldId::kTag) continue;
    tag_terms_.push_back(schema::ValueTerm(FieldId::kTag, asked.value));
  }
}

std::vector<Highlighter::Text> Highlighter::TextsOf(const v1::Article& article) {
  std::vector<Text> texts = {{FieldId::kHeadline, "headline", 0, article.headline()},
                             {FieldId::kSummary, "summary", 0, article.summary()}};
  for (int i = 0; i < article.captions_size(); ++i) {
    texts.push_back({FieldId::kCaption, "captions", i, article.captions(i).text()});
  }
  texts.push_back({FieldId::kBody, "body", 0, article.body()});
  for (int i = 0; i < article.tags_size(); ++i) {
    texts.push_back({FieldId::kTag, "tags", i, article.tags(i)});
  }
  for (int i = 0; i < article.bylines_size(); ++i) {
    texts.push_back({FieldId::kByline, "bylines", i, article.bylines(i).name()});
  }
  return texts;
}

std::vector<v1::Fragment> Highlighter::Fragments(const v1::Article& article) {
  std::vector<CutFragment> fragments;
  for (const Text& text : TextsOf(article)) AddFragments(text, article.language(), &fragments);
  std::stable_sort(
      fragments.begin(), fragments.end(),
      [](const CutFragment& a, const CutFragment& b) { return a.distinct > b.distinct; });
  std::vector<v1::Fragment> best;
  for (CutFragment& cut : fragments) {
    if (best.size() == settings_.max_fragments) break;
    best.push_back(std::move(cut.fragment));
  }
  return best;
}

void Highlighter::AddFragments(const Text& text, const std::string& language,
                               std::vector<CutFragment>* fragments) {
  Text bounded = text;
  bounded.text = text::PrefixOf(text.text, kMaxTextBytes);
  const std::vector<LitRange> lit = Lit(bounded, language);
  if (lit.empty()) return;
  std::vector<CutFragment> cut;
  if (IsShownWhole(text.field)) {
    cut.push_back(WholeText(bounded.text, lit));
  } else {
    cut = BestWindows(bounded.text, coded_, lit, settings_.fragment_chars, settings_.max_fragments);
  }
  for (CutFragment& one : cut) {
    one.fragment.set_field(text.name);
    one.fragment.set_index(text.index);
    if (bounded.text.size() < text.text.size()) one.fragment.set_clipped_end(true);
    fragments->push_back(std::move(one));
  }
}

std::vector<LitRange> Highlighter::Lit(const Text& text, const std::string& language) {
  std::vector<LitRange> lit;
  if (IsAskedTag(text)) {
    lit.push_back({.range = {0, static_cast<uint32_t>(text.text.size())}, .patterns = 1});
    return lit;
  }
  const FieldMask field = MaskOf(text.field);
  const bool wanted = std::any_of(patterns_.begin(), patterns_.end(), [&](const Pattern& pattern) {
    return (pattern.fields & field) != 0;
  });
  if (!wanted || text.text.empty()) return lit;
  coded_.Assign(analyzer_, text.field, text.text, language, token_seed_);
  for (size_t i = 0; i < patterns_.size(); ++i) {
    if ((patterns_[i].fields & field) == 0) continue;
    // More patterns than bits share the last bit: only the order of fragments depends on it.
    const uint64_t bit = uint64_t{1} << std::min<size_t>(i, 63);
    for (const Occurrence& found : patterns_[i].matcher.Find(coded_.codes)) {
      lit.push_back({.range = {coded_.words[found.first].begin, coded_.words[found.last].end},
                     .patterns = bit});
    }
  }
  JoinOverlapping(&lit);
  return lit;
}

bool Highlighter::IsAskedTag(const Text& text) const {
  if (text.field != FieldId::kTag || tag_terms_.empty() || text.text.empty()) return false;
  const std::string term = schema::ValueTerm(FieldId::kTag, text.text);
  return std::find(tag_terms_.begin(), tag_terms_.end(), term) != tag_terms_.end();
}

}  // namespace broadsheet::query
