// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/query/aggregate/matched_documents.h"

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

void RemoveBarred(MatchContext& context, Segment segment, uint32_t last, DocumentSet* documents) {
  if (!context.snapshot.has_barred()) return;
  for (uint32_t docid = 1; docid <= last; ++docid) {
    if (context.snapshot.IsBarred({.segment = segment, .docid = docid})) {
      documents->Remove(docid);
    }
  }
}

}  // namespace

MatchedDocuments NoDocuments(const storage::Snapshot& snapshot) {
  return {.base = DocumentSet(snapshot.base().get_lastdocid()),
          .live = DocumentSet(snapshot.has_live() ? snapshot.live().get_lastdocid() : 0)};
}

void CollectFrom(MatchContext& context, const Xapian::Database& database,
                 const Xapian::Query& query, DocumentSet* documents) {
  Xapian::Enquire enquire(database);
  enquire.set_query(query);
  enquire.set_weighting_scheme(Xapian::BoolWeight());
  enquire.set_docid_order(Xapian::Enquire::ASCENDING);
  CollectingSpy spy(context.deadline, documents);
  enquire.add_matchspy(&spy);
  // No page, but every document.
  enquire.get_mset(0, 0, database.get_doccount());
}

MatchedDocuments CollectMatches(MatchContext& context, const Xapian::Query& query) {
  MatchedDocuments matched = NoDocuments(context.snapshot);
  if (query.empty()) return matched;
  const Xapian::Query seen = NotBarred(context, query);
  CollectFrom(context, context.snapshot.base(), seen, &matched.base);
  if (context.snapshot.has_live()) {
    CollectFrom(context, context.snapshot.live(), seen, &matched.live);
  }
  return matched;
}

MatchedDocuments CollectVisible(MatchContext& context, absl::Time now) {
  const storage::Snapshot& snapshot = context.snapshot;
  MatchedDocuments visible = NoDocuments(snapshot);
  // Docids of base have no gaps.
  const uint32_t last = snapshot.base().get_lastdocid();
  visible.base.AddUpTo(last);
  RemoveBarred(context, Segment::kBase, last, &visible.base);
  RemoveWithheld(context, snapshot.base(), now, &visible.base);
  if (!snapshot.has_live()) return visible;
  const auto end = snapshot.live().postlist_end("");
  for (auto at = snapshot.live().postlist_begin(""); at != end; ++at) {
    context.deadline.Poll();
    visible.live.Add(*at);
  }
  RemoveBarred(context, Segment::kLive, snapshot.live().get_lastdocid(), &visible.live);
  RemoveWithheld(context, snapshot.live(), now, &visible.live);
  return visible;
}

}  // namespace broadsheet::query
