// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/query/complete/allowed_documents.h"

#include <algorithm>

#include "engine/query/positions/word_codes.h"
#include "engine/storage/base/token_run.h"

namespace broadsheet::query {
namespace {

// For one word, and for all of a completion: a run takes some µs.
constexpr int kRunsOfWord = 100;
constexpr int kRunsInAll = 600;

}  // namespace

AllowedDocuments::AllowedDocuments(MatchContext& context, const MatchedDocuments& allowed)
    : context_(context), allowed_(allowed), runs_left_(kRunsInAll) {}

template <typename Visit>
bool AllowedDocuments::AnyIn(storage::Segment segment, const std::string& term, Visit visit) {
  const bool in_base = segment == storage::Segment::kBase;
  const Xapian::Database& database = in_base ? context_.snapshot.base() : context_.snapshot.live();
  const DocumentSet& allowed = in_base ? allowed_.base : allowed_.live;
  const auto end = database.postlist_end(term);
  auto at = database.postlist_begin(term);
  while (at != end) {
    context_.deadline.Poll();
    // On to the next allowed one, and from there to the next posting.
    const uint32_t docid = allowed.FirstFrom(*at);
    if (docid == 0) return false;
    if (docid == *at) {
      if (visit(storage::DocRef{.segment = segment, .docid = docid})) return true;
      ++at;
    } else {
      at.skip_to(docid);
    }
  }
  return false;
}

template <typename Visit>
bool AllowedDocuments::AnyWithTerm(const std::string& term, Visit visit) {
  if (AnyIn(storage::Segment::kBase, term, visit)) return true;
  return context_.snapshot.has_live() && AnyIn(storage::Segment::kLive, term, visit);
}

bool AllowedDocuments::HaveLiveTerm(const std::string& term) {
  return context_.snapshot.has_live() &&
         AnyIn(storage::Segment::kLive, term, [](storage::DocRef) { return true; });
}

bool AllowedDocuments::HaveTerm(const std::string& term) {
  return AnyWithTerm(term, [](storage::DocRef) { return true; });
}

size_t AllowedDocuments::CountWith(const std::vector<std::string>& terms, size_t most) {
  size_t count = 0;
  for (const std::string& term : terms) {
    if (AnyWithTerm(term, [&](storage::DocRef) { return ++count >= most; })) break;
  }
  return count;
}

bool AllowedDocuments::Write(const WordToFind& word) {
  const bool in_base = word.segment == storage::Segment::kBase;
  const Xapian::Database& database = in_base ? context_.snapshot.base() : context_.snapshot.live();
  uint64_t with_stem = 0;
  for (const std::string& term : word.terms) with_stem += database.get_termfreq(term);
  if (word.articles * kRunsOfWord < with_stem) return false;
  const uint64_t seed = context_.snapshot.generation().manifest().token_seed;
  WordCodes codes({.terms = {}, .exact = {storage::HashTerm(word.written, seed)}});
  int left = std::min(kRunsOfWord, runs_left_);
  bool found = false;
  for (const std::string& term : word.terms) {
    if (found || left <= 0) break;
    AnyIn(word.segment, term, [&](storage::DocRef doc) {
      const storage::TokenRun run = context_.snapshot.ReadTokens(doc);
      codes.Enter(run);
      found = codes.Find(run.codes, 0) != kNoCode;
      --runs_left_;
      return found || --left <= 0;
    });
  }
  return found;
}

}  // namespace broadsheet::query
