// SPDX-License-Identifier: GPL-3.0-or-later
// Shows the matches in an article, as structured fragments.
//
// The same matcher that decided the search finds the matches in the document's token run: stems,
// accents, expansions; a phrase as a whole, and only where it occurs. The text is read only as far
// as the chosen fragments, to find the bytes of their words; it is never analysed again.
#pragma once

#include <string>
#include <vector>

#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "broadsheet/v1/article.pb.h"
#include "broadsheet/v1/search_service.pb.h"
#include "engine/base/call_control.h"
#include "engine/query/compile/compiler.h"
#include "engine/query/highlight/fragment_cutter.h"
#include "engine/query/highlight/located_words.h"
#include "engine/query/highlight/match_finder.h"
#include "engine/query/highlight/passages.h"
#include "engine/query/positions/run_layout.h"
#include "engine/schema/article_texts.h"
#include "engine/text/graphemes.h"

namespace broadsheet::query {

struct HighlightSettings {
  size_t max_fragments = 3;
  size_t fragment_chars = 160;
};

// Not thread-safe; made for one search. `analyzer` and `deadline` must outlive it.
class Highlighter {
 public:
  Highlighter(text::Analyzer& analyzer, const CompiledQuery& query,
              const HighlightSettings& settings, base::Deadline& deadline);

  // Gives the body of an article.
  using BodyReader = absl::FunctionRef<absl::Status(std::string* body)>;

  // The best fragments first. `article` may lack its body, which is read into it only where a match
  // lies in it; `run` is the token run of the whole; DATA_LOSS when it belongs to another text.
  // Time grows with the size of the run and with the offset of the last fragment. Errors of
  // `read_body`. Throws DeadlineError.
  absl::StatusOr<std::vector<v1::Fragment>> Fragments(v1::Article& article,
                                                      const storage::TokenRun& run,
                                                      BodyReader read_body);

 private:
  struct Shown {
    v1::Fragment fragment;
    double gain = 0;
  };

  absl::Status AddPassages(v1::Article& article, const storage::TokenRun& run,
                           BodyReader read_body);
  // Whether a match lies in the body.
  bool FoundInBody() const;
  // Sets the texts of the article; those of a body that is not read are empty. False when they are
  // not those of the run.
  bool AssignTexts(const v1::Article& article, bool body_read);
  void AddValues(const v1::Article& article);
  void AddValue(schema::FieldId field, int index, const std::string& value);
  void DropUnsatisfied();
  void MeasureCapacities();
  void LocateWords(size_t stretch, const std::vector<Passage>& passages);
  // Whether the text is short enough to be shown whole.
  bool ShowsWholeText(const Passage& passage) const;
  absl::StatusOr<v1::Fragment> Cut(const Passage& passage);
  // Calls `visit` for each match within `words`.
  template <typename Visit>
  void ForEachFoundIn(WordRange words, Visit visit) const;

  text::Analyzer& analyzer_;
  HighlightSettings settings_;
  base::Deadline& deadline_;
  std::vector<double> weights_;
  std::vector<PatternSet> needs_;  // by pattern; empty when no pattern needs another
  MatchFinder finder_;
  std::vector<std::string> asked_;  // terms of whole values in the query
  // The texts of the present article.
  std::vector<schema::ArticleText> texts_;
  RunLayout layout_;
  Capacities capacities_;
  std::vector<MatchedSpan> found_;
  LocatedWords located_;
  std::vector<TextRange> lit_;
  text::Graphemes graphemes_;
  std::vector<Shown> shown_;
};

}  // namespace broadsheet::query
