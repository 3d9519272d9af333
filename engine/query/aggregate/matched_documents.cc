// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/query/aggregate/matched_documents.h"

#include <algorithm>
#include <numeric>

#include "engine/query/match/visibility.h"
#include "engine/schema/terms.h"

namespace broadsheet::query {
namespace {

using storage::Segment;

// Xapian shows a spy each document that matches, by its docid within the one database.
class CollectingSpy : public Xapian::MatchSpy {
 public:
  CollectingSpy(base::Deadline& deadline, DocumentSet* documents)
      : deadline_(deadline), documents_(documents) {}
  void operator()(const Xapian::Document& document, double /*weight*/) override {
    deadline_.Poll();
    documents_->Add(document.get_docid());
  }

 private:
  base::Deadline& deadline_;
  DocumentSet* documents_;
};

void CollectFrom(MatchContext& context, const Xapian::Database& database,
                 const Xapian::Query& query, DocumentSet* documents) {
  Xapian::Enquire enquire(database);
  enquire.set_query(NotSuperseded(context, query));
  enquire.set_weighting_scheme(Xapian::BoolWeight());
  enquire.set_docid_order(Xapian::Enquire::ASCENDING);
  CollectingSpy spy(context.deadline, documents);
  enquire.add_matchspy(&spy);
  // No page, but every document.
  enquire.get_mset(0, 0, database.get_doccount());
}

void RemoveWithheld(MatchContext& context, const Xapian::Database& database, absl::Time now,
                    DocumentSet* documents) {
  const std::string withheld(schema::kWithheldTerm);
  const auto withheld_end = database.postlist_end(withheld);
  for (auto at = database.postlist_begin(withheld); at != withheld_end; ++at) {
    context.deadline.Poll();
    documents->Remove(*at);
  }
  const std::string ahead = schema::EncodeSeconds(absl::ToUnixSeconds(now) + 1);
  if (context.snapshot.last_embargo() < ahead) return;
  const Xapian::valueno embargo = schema::SlotNumber(schema::Slot::kEmbargo);
  const auto end = database.valuestream_end(embargo);
  for (auto at = database.valuestream_begin(embargo); at != end; ++at) {
    context.deadline.Poll();
    if (*at >= ahead) documents->Remove(at.get_docid());
  }
}

void RemoveSuperseded(MatchContext& context, Segment segment, uint32_t last,
                      DocumentSet* documents) {
  if (!context.snapshot.has_superseded()) return;
  for (uint32_t docid = 1; docid <= last; ++docid) {
    if (context.snapshot.IsSuperseded({.segment = segment, .docid = docid})) {
      documents->Remove(docid);
    }
  }
}

}  // namespace

void DocumentSet::AddUpTo(uint32_t last) {
  std::fill_n(words_.begin(), last / kBits, ~uint64_t{0});
  for (uint32_t docid = last / kBits * kBits; docid <= last; ++docid) Add(docid);
  Remove(0);
}

uint32_t DocumentSet::FirstFrom(uint32_t docid) const {
  size_t word = docid / kBits;
  if (word >= words_.size()) return 0;
  uint64_t rest = words_[word] >> docid % kBits << docid % kBits;
  while (rest == 0) {
    if (++word == words_.size()) return 0;
    rest = words_[word];
  }
  return static_cast<uint32_t>(word * kBits) + static_cast<uint32_t>(std::countr_zero(rest));
}

uint64_t DocumentSet::Count() const {
  return std::accumulate(
      words_.begin(), words_.end(), uint64_t{0},
      [](uint64_t sum, uint64_t word) { return sum + static_cast<uint64_t>(std::popcount(word)); });
}

MatchedDocuments NoDocuments(const storage::Snapshot& snapshot) {
  return {.base = DocumentSet(snapshot.base().get_lastdocid()),
          .live = DocumentSet(snapshot.has_live() ? snapshot.live().get_lastdocid() : 0)};
}

MatchedDocuments CollectMatches(MatchContext& context, const Xapian::Query& query) {
  MatchedDocuments matched = NoDocuments(context.snapshot);
  if (query.empty()) return matched;
  CollectFrom(context, context.snapshot.base(), query, &matched.base);
  if (context.snapshot.has_live()) {
    CollectFrom(context, context.snapshot.live(), query, &matched.live);
  }
  return matched;
}

MatchedDocuments CollectVisible(MatchContext& context, absl::Time now) {
  const storage::Snapshot& snapshot = context.snapshot;
  MatchedDocuments visible = NoDocuments(snapshot);
  // Docids of base have no gaps.
  const uint32_t last = snapshot.base().get_lastdocid();
  visible.base.AddUpTo(last);
  RemoveSuperseded(context, Segment::kBase, last, &visible.base);
  RemoveWithheld(context, snapshot.base(), now, &visible.base);
  if (!snapshot.has_live()) return visible;
  const auto end = snapshot.live().postlist_end("");
  for (auto at = snapshot.live().postlist_begin(""); at != end; ++at) {
    context.deadline.Poll();
    visible.live.Add(*at);
  }
  RemoveSuperseded(context, Segment::kLive, snapshot.live().get_lastdocid(), &visible.live);
  RemoveWithheld(context, snapshot.live(), now, &visible.live);
  return visible;
}

}  // namespace broadsheet::query
