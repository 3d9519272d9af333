// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/query/highlight/highlighter.h"

#include <algorithm>

#include "engine/schema/error.h"
#include "engine/schema/field_values.h"
#include "engine/schema/terms.h"
#include "engine/text/utf8.h"

namespace broadsheet::query {
namespace {

using schema::ArticleText;
using schema::FieldId;

// The weight of a whole tag or section: as much as a frequent word of the text.
constexpr double kValueWeight = 1.0;
// How much of a text's start is read to estimate the length of its words.
constexpr size_t kSampleBytes = 512;

// True for short texts whose parts make no sense, unless somebody put a whole article into one.
bool IsShownWhole(const ArticleText& text) {
  constexpr size_t kMostBytes = 1000;
  return text.text.size() <= kMostBytes && schema::FieldOf(text.field).shown_whole;
}

std::vector<const TokenConstraint*> ConstraintsOf(const CompiledQuery& query) {
  std::vector<const TokenConstraint*> constraints;
  for (const HighlightPattern& pattern : query.highlights)
    constraints.push_back(&pattern.constraint);
  return constraints;
}

absl::Status WrongRun(const v1::Article& article) {
  return schema::Error(absl::StatusCode::kDataLoss, "INDEX_DAMAGED",
                       "the words that the index has of article " + article.id() +
                           " are not those of its text; rebuild the index");
}

}  // namespace

Highlighter::Highlighter(text::Analyzer& analyzer, const CompiledQuery& query,
                         const HighlightSettings& settings, base::Deadline& deadline)
    : analyzer_(analyzer),
      settings_(settings),
      deadline_(deadline),
      finder_(ConstraintsOf(query), deadline) {
  bool any_needs = false;
  for (const HighlightPattern& pattern : query.highlights) {
    weights_.push_back(pattern.weight);
    PatternSet needs = 0;
    for (const size_t other : pattern.needs) needs |= SetOf(other);
    needs_.push_back(needs);
    any_needs = any_needs || needs != 0;
  }
  // Patterns that share a bit cannot be told apart.
  if (!any_needs || needs_.size() > kPatternBits) needs_.clear();
  for (const AskedValue& asked : query.values) {
    if (!schema::ValuesOf(asked.field).shown_as.empty()) {
      asked_.push_back(schema::ValueTerm(asked.field, asked.value));
    }
  }
}

absl::StatusOr<std::vector<v1::Fragment>> Highlighter::Fragments(v1::Article& article,
                                                                 const storage::TokenRun& run,
                                                                 BodyReader read_body) {
  shown_.clear();
  if (!weights_.empty()) {
    if (absl::Status status = AddPassages(article, run, read_body); !status.ok()) return status;
  }
  if (!asked_.empty()) {
    AddValues(article);
    std::stable_sort(shown_.begin(), shown_.end(),
                     [](const Shown& a, const Shown& b) { return a.gain > b.gain; });
  }
  std::vector<v1::Fragment> best;
  for (Shown& shown : shown_) {
    if (best.size() == settings_.max_fragments) break;
    best.push_back(std::move(shown.fragment));
  }
  return best;
}

bool Highlighter::FoundInBody() const {
  for (const Stretch& stretch : layout_.stretches) {
    if (stretch.field != FieldId::kBody) continue;
    for (const MatchedSpan& found : found_) {
      if (found.first < stretch.past_word() && found.last >= stretch.first_word) return true;
    }
  }
  return false;
}

bool Highlighter::AssignTexts(const v1::Article& article, bool body_read) {
  texts_ = schema::TextsOf(article);
  if (!body_read && article.body().empty()) {
    const auto in_body = [](const Stretch& stretch) { return stretch.field == FieldId::kBody; };
    const auto body = std::find_if(layout_.stretches.begin(), layout_.stretches.end(), in_body);
    const auto place = static_cast<size_t>(body - layout_.stretches.begin());
    if (body != layout_.stretches.end() && place <= texts_.size()) {
      texts_.insert(texts_.begin() + static_cast<std::ptrdiff_t>(place),
                    ArticleText{.field = FieldId::kBody, .index = 0, .text = {}});
    }
  }
  return std::equal(
      texts_.begin(), texts_.end(), layout_.stretches.begin(), layout_.stretches.end(),
      [](const ArticleText& text, const Stretch& stretch) { return text.field == stretch.field; });
}

absl::Status Highlighter::AddPassages(v1::Article& article, const storage::TokenRun& run,
                                      BodyReader read_body) {
  layout_.Assign(run);
  finder_.Find(layout_, &found_);
  DropUnsatisfied();
  const bool read = FoundInBody();
  if (read) {
    if (absl::Status status = read_body(article.mutable_body()); !status.ok()) return status;
  }
  if (!AssignTexts(article, read)) return WrongRun(article);
  if (found_.empty()) return absl::OkStatus();
  MeasureCapacities();
  const std::vector<Passage> passages =
      PickPassages(layout_, found_, weights_, capacities_, settings_.max_fragments, deadline_);
  shown_.resize(passages.size());
  for (size_t i = 0; i < passages.size(); ++i) {
    const size_t stretch = passages[i].stretch;
    const auto same_text = [stretch](const Passage& one) { return one.stretch == stretch; };
    // Each text is read once, for all of its passages.
    if (std::any_of(passages.begin(), passages.begin() + static_cast<std::ptrdiff_t>(i),
                    same_text)) {
      continue;
    }
    LocateWords(stretch, passages);
    for (size_t j = i; j < passages.size(); ++j) {
      if (!same_text(passages[j])) continue;
      absl::StatusOr<v1::Fragment> fragment = Cut(passages[j]);
      if (!fragment.ok()) return WrongRun(article);
      shown_[j] = {.fragment = *std::move(fragment), .gain = passages[j].gain};
    }
  }
  return absl::OkStatus();
}

void Highlighter::DropUnsatisfied() {
  if (needs_.empty()) return;
  PatternSet there = 0;
  for (const MatchedSpan& found : found_) there |= found.patterns;
  PatternSet counted = 0;
  for (size_t i = 0; i < needs_.size(); ++i) {
    if ((needs_[i] & ~there) == 0) counted |= SetOf(i);
  }
  for (MatchedSpan& found : found_) found.patterns &= counted;
  std::erase_if(found_, [](const MatchedSpan& found) { return found.patterns == 0; });
}

// Uses the average length of a text's words, for which the run gives the number of words.
void Highlighter::MeasureCapacities() {
  capacities_.assign(texts_.size(), 0);
  for (size_t i = 0; i < texts_.size(); ++i) {
    const std::string_view text = texts_[i].text;
    // A body that is not read has no text, and no match.
    if (text.empty() || IsShownWhole(texts_[i]) || layout_.stretches[i].word_count == 0) continue;
    const std::string_view sample = text::PrefixOf(text, kSampleBytes);
    const double bytes_per_char =
        static_cast<double>(sample.size()) / static_cast<double>(text::CountCharacters(sample));
    const double bytes_per_word =
        static_cast<double>(text.size()) / static_cast<double>(layout_.stretches[i].word_count);
    const double words =
        static_cast<double>(settings_.fragment_chars) * bytes_per_char / bytes_per_word;
    capacities_[i] = std::max<uint32_t>(1, static_cast<uint32_t>(words));
  }
}

template <typename Visit>
void Highlighter::ForEachFoundIn(WordRange words, Visit visit) const {
  for (const MatchedSpan& found : found_) {
    if (found.first > words.last) break;
    if (found.last >= words.first) visit(found);
  }
}

void Highlighter::LocateWords(size_t stretch, const std::vector<Passage>& passages) {
  const uint32_t first_word = layout_.stretches[stretch].first_word;
  located_.Clear();
  for (const Passage& passage : passages) {
    if (passage.stretch != stretch) continue;
    const WordRange shown{passage.shown.first - first_word, passage.shown.last - first_word};
    if (capacities_[stretch] > 0) {
      located_.Want({shown.first - std::min(shown.first, kCutMargin), shown.last + kCutMargin});
      continue;
    }
    ForEachFoundIn(passage.shown, [&](const MatchedSpan& found) {
      located_.Want({found.first - first_word, found.first - first_word});
      located_.Want({found.last - first_word, found.last - first_word});
    });
  }
  located_.Locate(analyzer_, texts_[stretch].text, deadline_);
}

bool Highlighter::ShowsWholeText(const Passage& passage) const {
  if (capacities_[passage.stretch] == 0) return true;
  constexpr size_t kMostBytesOfCharacter = 4;
  const Stretch& stretch = layout_.stretches[passage.stretch];
  const std::string_view text = texts_[passage.stretch].text;
  return passage.shown.first == stretch.first_word &&
         passage.shown.last + 1 == stretch.past_word() &&
         text.size() <= settings_.fragment_chars * kMostBytesOfCharacter &&
         text::CountCharacters(text) <= settings_.fragment_chars;
}

absl::StatusOr<v1::Fragment> Highlighter::Cut(const Passage& passage) {
  const ArticleText& text = texts_[passage.stretch];
  const uint32_t first_word = layout_.stretches[passage.stretch].first_word;
  const WordRange shown{passage.shown.first - first_word, passage.shown.last - first_word};
  const WordRange core{passage.core.first - first_word, passage.core.last - first_word};
  const auto size = static_cast<uint32_t>(text.text.size());
  TextRange piece{0, size};
  WordRange visible = passage.shown;
  if (!ShowsWholeText(passage)) {
    piece = CutPiece(text.text, located_, shown, core, settings_.fragment_chars);
    visible.first -= std::min(shown.first, kCutMargin);
    visible.last += kCutMargin;
  }
  lit_.clear();
  bool all_there = true;
  ForEachFoundIn(visible, [&](const MatchedSpan& found) {
    const text::Place* first = located_.FormAt(found.first - first_word, found.first_form);
    const text::Place* last = located_.FormAt(found.last - first_word, found.last_form);
    const bool inside = found.first >= passage.shown.first && found.last <= passage.shown.last;
    if (inside && (first == nullptr || last == nullptr)) all_there = false;
    if (first == nullptr && last == nullptr) return;
    // A match that starts or ends outside the located words is marked up to the fragment's edge.
    lit_.push_back({first != nullptr ? first->begin : 0, last != nullptr ? last->end : size});
  });
  v1::Fragment fragment = MakeFragment(text.text, piece, lit_, graphemes_);
  if (!all_there || fragment.segments_size() == 0) {
    return absl::DataLossError("the words found are not in the text");
  }
  fragment.set_field(std::string(schema::ValuesOf(text.field).shown_as));
  fragment.set_index(text.index);
  return fragment;
}

void Highlighter::AddValues(const v1::Article& article) {
  for (const schema::Field& field : schema::Fields()) {
    if (field.kind != schema::FieldKind::kExact) continue;
    if (schema::ValuesOf(field.id).shown_as.empty()) continue;
    schema::ForEachValue(article, field.id, [&](int index, const std::string& value) {
      AddValue(field.id, index, value);
    });
  }
}

// Marks a whole value, instead of single words that it may share with the query.
void Highlighter::AddValue(FieldId field, int index, const std::string& value) {
  const std::string term = schema::ValueTerm(field, value);
  if (std::find(asked_.begin(), asked_.end(), term) == asked_.end()) return;
  const std::string_view name = schema::ValuesOf(field).shown_as;
  std::erase_if(shown_, [&](const Shown& shown) {
    return shown.fragment.field() == name && shown.fragment.index() == index;
  });
  Shown shown{.fragment = {}, .gain = kValueWeight};
  shown.fragment.set_field(std::string(name));
  shown.fragment.set_index(index);
  v1::Segment* segment = shown.fragment.add_segments();
  segment->set_text(value);
  segment->set_matched(true);
  shown_.push_back(std::move(shown));
}

}  // namespace broadsheet::query
