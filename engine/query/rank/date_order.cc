// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/query/rank/date_order.h"

#include "engine/schema/terms.h"

namespace broadsheet::query {
namespace {

using Range = DocidRangeSource::Range;

// The first docid in [first, end) for which `is_behind` is true, or `end`.
template <typename Predicate>
Xapian::docid Bisect(Xapian::docid first, Xapian::docid end, Predicate is_behind) {
  while (first < end) {
    const Xapian::docid middle = first + (end - first) / 2;
    if (is_behind(middle)) {
      end = middle;
    } else {
      first = middle + 1;
    }
  }
  return first;
}

// Reads the values of a slot, in ascending order of docid.
class ValuesInOrder {
 public:
  ValuesInOrder(const Xapian::Database& database, schema::Slot slot)
      : value_(database.valuestream_begin(schema::SlotNumber(slot))),
        end_(database.valuestream_end(schema::SlotNumber(slot))) {}

  // Empty where the document has none.
  std::string Of(Xapian::docid docid) {
    if (value_ != end_) value_.skip_to(docid);
    return value_ != end_ && value_.get_docid() == docid ? *value_ : "";
  }

 private:
  Xapian::ValueIterator value_;
  Xapian::ValueIterator end_;
};

std::optional<int64_t> SecondsIn(const std::string& value) {
  if (value.empty()) return std::nullopt;
  return schema::DecodeSeconds(value);
}

}  // namespace

DatedDoc DateOrder::Read(storage::DocRef doc) const {
  const bool in_base = doc.segment == storage::Segment::kBase;
  const Xapian::Database& database = in_base ? context_.snapshot.base() : context_.snapshot.live();
  const std::string value =
      database.get_document(doc.docid).get_value(schema::SlotNumber(schema::Slot::kPublishedTime));
  return {.doc = doc, .seconds = SecondsIn(value)};
}

std::vector<DatedDoc> DateOrder::ReadLive(const Xapian::MSet& ascending) const {
  ValuesInOrder published(context_.snapshot.live(), schema::Slot::kPublishedTime);
  ValuesInOrder ids(context_.snapshot.live(), schema::Slot::kId);
  std::vector<DatedDoc> docs;
  docs.reserve(ascending.size());
  for (Xapian::MSetIterator hit = ascending.begin(); hit != ascending.end(); ++hit) {
    context_.deadline.Poll();
    docs.push_back({.doc = {.segment = storage::Segment::kLive, .docid = *hit},
                    .seconds = SecondsIn(published.Of(*hit)),
                    .id = ids.Of(*hit)});
  }
  return docs;
}

const std::string& DateOrder::IdOf(const DatedDoc& doc) {
  if (!doc.id.empty()) return doc.id;
  context_.deadline.Poll();
  const absl::StatusOr<v1::Article> article = context_.snapshot.ReadArticle(doc.doc);
  status_.Update(article.status());
  if (article.ok()) doc.id = article->id();
  return doc.id;
}

int DateOrder::CompareTimes(const std::optional<int64_t>& a,
                            const std::optional<int64_t>& b) const {
  if (a == b) return 0;
  if (!a || !b) return a ? -1 : 1;
  return (*a > *b) == newest_ ? -1 : 1;
}

bool DateOrder::Before(const DatedDoc& a, const DatedDoc& b) {
  const int times = CompareTimes(a.seconds, b.seconds);
  return times != 0 ? times < 0 : IdOf(a) < IdOf(b);
}

bool DateOrder::After(const DatedDoc& doc, const DateKey& key) {
  const int times = CompareTimes(doc.seconds, key.seconds);
  return times != 0 ? times > 0 : IdOf(doc) > key.id;
}

// The order of base: newer than the key | of the key's time, by id | older | undated, by id.
std::vector<Range> DateOrder::RangesAfter(const DateKey& key) {
  const Xapian::docid end = context_.snapshot.base().get_lastdocid() + 1;
  const auto seconds_of = [&](Xapian::docid docid) {
    return Read({.segment = storage::Segment::kBase, .docid = docid}).seconds;
  };
  const auto undated = [&](Xapian::docid docid) { return !seconds_of(docid).has_value(); };
  const Xapian::docid undated_from = Bisect(1, end, undated);
  Xapian::docid same = undated_from;
  Xapian::docid older = end;
  if (key.seconds) {
    same = Bisect(1, undated_from, [&](auto docid) { return *seconds_of(docid) <= *key.seconds; });
    older =
        Bisect(same, undated_from, [&](auto docid) { return *seconds_of(docid) < *key.seconds; });
  }
  const Xapian::docid behind = Bisect(same, older, [&](Xapian::docid docid) {
    return IdOf({.doc = {.segment = storage::Segment::kBase, .docid = docid}}) > key.id;
  });
  std::vector<Range> ranges;
  const auto add = [&](Xapian::docid first, Xapian::docid past) {
    if (first < past) ranges.push_back({first, past - 1});
  };
  if (newest_ || !key.seconds) {
    add(behind, end);
    return ranges;
  }
  add(1, same);
  add(behind, older);
  add(undated_from, end);
  return ranges;
}

}  // namespace broadsheet::query
