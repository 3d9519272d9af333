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

std::vector<DatedDoc> DateOrder::ReadBase(const Xapian::MSet& ascending) const {
  ValuesInOrder published(context_.snapshot.base(), schema::Slot::kPublishedTime);
  std::vector<DatedDoc> docs;
  docs.reserve(ascending.size());
  for (Xapian::MSetIterator hit = ascending.begin(); hit != ascending.end(); ++hit) {
    context_.deadline.Poll();
    docs.push_back({.doc = {.segment = storage::Segment::kBase, .docid = *hit},
                    .seconds = SecondsIn(published.Of(*hit))});
  }
  return docs;
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

Xapian::docid DateOrder::FindUndated() const {
  return Bisect(1, BaseEnd(), [&](auto docid) { return !SecondsOf(docid).has_value(); });
}

Xapian::docid DateOrder::StartOfTime(Xapian::docid docid) const {
  const std::optional<int64_t> time = SecondsOf(docid);
  return Bisect(1, docid, [&](auto before) { return SecondsOf(before) <= time; });
}

DateOrder::SameTime DateOrder::FindSameTime(const DateKey& key) {
  SameTime same{.first = FindUndated(), .behind = 0, .end = BaseEnd()};
  if (key.seconds) {
    const Xapian::docid undated = same.first;
    same.first = Bisect(1, undated, [&](auto docid) { return *SecondsOf(docid) <= *key.seconds; });
    same.end =
        Bisect(same.first, undated, [&](auto docid) { return *SecondsOf(docid) < *key.seconds; });
  }
  same.behind = Bisect(same.first, same.end, [&](Xapian::docid docid) {
    return IdOf({.doc = {.segment = storage::Segment::kBase, .docid = docid}}) > key.id;
  });
  return same;
}

// The order of base: newer than the key | of the key's time, by id | older | undated, by id.
std::vector<Range> DateOrder::RangesAfter(const DateKey& key) {
  const Xapian::docid behind = FindSameTime(key).behind;
  const Xapian::docid end = BaseEnd();
  if (behind == end) return {};
  return {{behind, end - 1}};
}

OldestPlaces DateOrder::PlacesAfter(const std::optional<DateKey>& key) {
  const Xapian::docid end = BaseEnd();
  const Xapian::docid undated = FindUndated();
  if (!key) {
    return {.same = 1, .same_end = 1, .newer_end = undated, .undated = undated, .undated_end = end};
  }
  const SameTime same = FindSameTime(*key);
  if (!key->seconds) {
    return {.same = 1, .same_end = 1, .newer_end = 1, .undated = same.behind, .undated_end = end};
  }
  return {.same = same.behind,
          .same_end = same.end,
          .newer_end = same.first,
          .undated = undated,
          .undated_end = end};
}

}  // namespace broadsheet::query
