// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/query/missing_values.h"

#include <algorithm>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "engine/query/compile/make_notice.h"
#include "engine/query/complete/allowed_documents.h"
#include "engine/query/complete/value_completions.h"
#include "engine/schema/field_table.h"
#include "engine/schema/terms.h"
#include "engine/storage/columns/value_index.h"
#include "engine/text/fold.h"
#include "engine/text/utf8.h"

namespace broadsheet::query {
namespace {

// Values that are compared with the missing one, the most frequent first.
constexpr size_t kMostValuesCompared = 200;
// A request may name thousands of values.
constexpr size_t kMostReported = 20;
// From so many letters on one of them may be wrong, and from so many on two.
constexpr size_t kLettersForASlip = 4;
constexpr size_t kLettersForTwoSlips = 9;

std::vector<std::string_view> WordsIn(std::string_view folded) {
  std::vector<std::string_view> words;
  const std::vector<size_t> begins = storage::WordBegins(folded);
  for (size_t i = 0; i < begins.size(); ++i) {
    const size_t end = i + 1 < begins.size() ? begins[i + 1] : folded.size();
    std::string_view word = folded.substr(begins[i], end - begins[i]);
    while (!word.empty() && (word.back() == ' ' || word.back() == '-')) word.remove_suffix(1);
    words.push_back(word);
  }
  return words;
}

bool HasWord(std::string_view folded, std::string_view beginning) {
  const std::vector<size_t> begins = storage::WordBegins(folded);
  return std::any_of(begins.begin(), begins.end(),
                     [&](size_t begin) { return folded.substr(begin).starts_with(beginning); });
}

// The most frequent value that has words beginning as each of those of `folded`; "" when there is
// none.
std::string WithTheSameWords(const ValueSearch& search, const std::string& folded) {
  const std::vector<std::string_view> words = WordsIn(folded);
  if (words.empty()) return "";
  // The longest word tells most.
  const std::string_view longest =
      *std::max_element(words.begin(), words.end(),
                        [](std::string_view a, std::string_view b) { return a.size() < b.size(); });
  for (const OfferedValue& value :
       ValuesWithPrefix(search, std::string(longest), kMostValuesCompared)) {
    const std::string offered = text::FoldValue(value.value);
    if (std::all_of(words.begin(), words.end(),
                    [&](std::string_view word) { return HasWord(offered, word); })) {
      return value.value;
    }
  }
  return "";
}

// The value with the fewest wrong letters that begins as `folded` from one of its words on.
std::string WithASlip(const ValueSearch& search, const std::string& folded) {
  const size_t letters = text::CountCharacters(folded);
  if (letters < kLettersForASlip) return "";
  const int most = letters < kLettersForTwoSlips ? 1 : 2;
  const std::vector<OfferedValue> near = ValuesNear(search, folded, most, 1, 1);
  return near.empty() ? "" : near.front().value;
}

class MissingValues {
 public:
  MissingValues(const CompilerInput& input, VisibleVocabulary& vocabulary)
      : input_(input),
        context_(input.match),
        vocabulary_(vocabulary),
        allowed_(input.match, vocabulary.visible()) {}

  std::vector<v1::Notice> Take() { return std::move(notices_); }

  absl::Status Check(schema::FieldId field, const std::string& value) {
    if (field == schema::FieldId::kId || notices_.size() >= kMostReported) return absl::OkStatus();
    if (allowed_.HaveTerm(schema::ValueTerm(field, value))) return absl::OkStatus();
    // Few searches come here, and those of live are not read for the others.
    absl::Status read = vocabulary_.Update(context_, input_.analyzer, input_.dates.now);
    if (!read.ok()) return read;
    const std::string folded = text::FoldValue(value);
    const ValueSearch search{.context = context_,
                             .vocabulary = vocabulary_,
                             .allowed = allowed_,
                             .filtered = nullptr,
                             .field = field};
    std::string nearest = WithTheSameWords(search, folded);
    if (nearest.empty()) nearest = WithASlip(search, folded);
    const std::string name(schema::FieldOf(field).name);
    std::string message = "no article has the " + name + " \"" + value + "\"";
    std::map<std::string, std::string> metadata = {{"field", name}, {"value", value}};
    if (!nearest.empty()) {
      message += "; there is \"" + nearest + "\"";
      metadata["suggestion"] = std::move(nearest);
    }
    notices_.push_back(MakeNotice("NO_SUCH_VALUE", std::move(message), metadata));
    return absl::OkStatus();
  }

 private:
  const CompilerInput& input_;
  MatchContext& context_;
  VisibleVocabulary& vocabulary_;
  AllowedDocuments allowed_;
  std::vector<v1::Notice> notices_;
};

}  // namespace

absl::StatusOr<std::vector<v1::Notice>> FindMissingValues(const CompiledQuery& query,
                                                          const Filter& filter,
                                                          const CompilerInput& input,
                                                          VisibleVocabulary& vocabulary) {
  if (query.values.empty() && filter.values.empty()) return std::vector<v1::Notice>();
  vocabulary.UpdateBase(input.match, input.dates.now);
  MissingValues missing(input, vocabulary);
  absl::Status status;
  const auto check = [&](schema::FieldId field, const std::string& value) {
    if (status.ok()) status = missing.Check(field, value);
  };
  for (const AskedValue& asked : query.values) check(asked.field, asked.value);
  for (const ValueCondition& condition : filter.values) {
    for (const std::string& value : condition.any_of) check(condition.field, value);
    for (const std::string& value : condition.all_of) check(condition.field, value);
  }
  if (!status.ok()) return status;
  return missing.Take();
}

}  // namespace broadsheet::query
