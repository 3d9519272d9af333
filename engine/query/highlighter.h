// SPDX-License-Identifier: GPL-3.0-or-later
// Shows what matched in an article, as structured fragments. It runs the same analyser and the same
// matcher over the article's own text as the search did over its token run, so what is lit is what
// matched: stems, accents, expansions; a phrase as a whole, and only where it stands.
#pragma once

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "broadsheet/v1/article.pb.h"
#include "broadsheet/v1/search_service.pb.h"
#include "engine/query/coded_text.h"
#include "engine/query/compiler.h"
#include "engine/query/fragment_cutter.h"
#include "engine/query/token_matcher.h"

namespace broadsheet::query {

struct HighlightSettings {
  size_t max_fragments = 3;
  size_t fragment_chars = 160;
};

// What the request asks for, in range. INVALID_ARGUMENT with BadRequest for a negative number.
absl::StatusOr<HighlightSettings> SettingsOf(const v1::HighlightOptions& options);

// Not thread-safe; made for one search. `analyzer` must outlive it.
class Highlighter {
 public:
  Highlighter(text::Analyzer& analyzer, uint64_t token_seed, const CompiledQuery& query,
              const HighlightSettings& settings);

  // The best fragments first. Looks at no more than the first 256 KiB of a text.
  std::vector<v1::Fragment> Fragments(const v1::Article& article);

 private:
  struct Pattern {
    FieldMask fields;
    TokenMatcher matcher;
  };
  struct Text {
    schema::FieldId field;
    const char* name;  // of the field of Article
    int index;
    std::string_view text;
  };

  static std::vector<Text> TextsOf(const v1::Article& article);
  void AddFragments(const Text& text, const std::string& language,
                    std::vector<CutFragment>* fragments);
  std::vector<LitRange> Lit(const Text& text, const std::string& language);
  bool IsAskedTag(const Text& text) const;

  text::Analyzer& analyzer_;
  uint64_t token_seed_;
  HighlightSettings settings_;
  std::vector<Pattern> patterns_;
  std::vector<std::string> tag_terms_;  // of the tags asked for as whole values
  CodedText coded_;
};

}  // namespace broadsheet::query
