// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/query/notices.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "engine/query/match/matches.h"
#include "engine/query/match/visibility.h"
#include "engine/schema/terms.h"
#include "engine/text/fold.h"

namespace broadsheet::query {
namespace {

using schema::FieldId;

// Values looked at for one that is near; some milliseconds.
constexpr int kMaxValuesScanned = 50000;

v1::Notice MakeNotice(std::string_view reason, std::string message) {
  v1::Notice notice;
  notice.set_reason(std::string(reason));
  notice.set_message(std::move(message));
  return notice;
}

std::vector<std::string> ValuesOf(const v1::Article& article, FieldId field) {
  switch (field) {
    case FieldId::kTag:
      return {article.tags().begin(), article.tags().end()};
    case FieldId::kSection:
      return {article.section()};
    case FieldId::kSource:
      return {article.source()};
    case FieldId::kLanguage:
      return {article.language()};
    default:
      return {};
  }
}

// The term of the nearest value, or "".
std::string NearestTerm(MatchContext& context, VisibleTerms& visible, const AskedValue& asked) {
  const Xapian::Database& database = context.snapshot.both();
  const std::string wanted = text::FoldValue(asked.value);
  if (wanted.empty()) return "";
  // What all values of the field start with.
  std::string prefix = schema::ValueTerm(asked.field, "x");
  prefix.pop_back();
  std::string best;
  Xapian::doccount best_frequency = 0;
  int scanned = 0;
  const Xapian::TermIterator end = database.allterms_end(prefix);
  for (auto at = database.allterms_begin(prefix); at != end && scanned < kMaxValuesScanned; ++at) {
    ++scanned;
    context.deadline.Poll();
    if ((*at).find(wanted, prefix.size()) == std::string::npos) continue;
    if (at.get_termfreq() <= best_frequency || !visible.Has(*at)) continue;
    best = *at;
    best_frequency = at.get_termfreq();
  }
  return best;
}

// A value as an article spells it.
std::string SpellingOf(MatchContext& context, FieldId field, const std::string& term) {
  const Xapian::Database& database = context.snapshot.both();
  const Xapian::PostingIterator first = database.postlist_begin(term);
  if (first == database.postlist_end(term)) return "";
  const absl::StatusOr<v1::Article> article =
      context.snapshot.ReadArticle(context.snapshot.FromBoth(*first));
  // Advice is not worth failing a search for.
  if (!article.ok()) return "";
  for (const std::string& value : ValuesOf(*article, field)) {
    if (schema::ValueTerm(field, value) == term) return value;
  }
  return "";
}

std::optional<v1::Notice> MissingValue(MatchContext& context, VisibleTerms& visible,
                                       const AskedValue& asked) {
  if (asked.field == FieldId::kId) return std::nullopt;
  const std::string term = schema::ValueTerm(asked.field, asked.value);
  if (context.snapshot.both().term_exists(term) && visible.Has(term)) return std::nullopt;
  const std::string field(schema::FieldOf(asked.field).name);
  const std::string nearest = NearestTerm(context, visible, asked);
  const std::string spelling = nearest.empty() ? "" : SpellingOf(context, asked.field, nearest);
  std::string message = "no article has the " + field + " \"" + asked.value + "\"";
  if (!spelling.empty()) message += "; there is \"" + spelling + "\"";
  v1::Notice notice = MakeNotice("NO_SUCH_VALUE", std::move(message));
  (*notice.mutable_metadata())["field"] = field;
  (*notice.mutable_metadata())["value"] = asked.value;
  if (!spelling.empty()) (*notice.mutable_metadata())["suggestion"] = spelling;
  return notice;
}

std::string CountText(const v1::Total& total) {
  const bool exact = total.relation() == v1::Total::RELATION_EXACT;
  return (exact ? "" : "at least ") + std::to_string(total.value());
}

}  // namespace

v1::Notice UnquotedNotice(const UnquotedValue& value) {
  const std::string field(schema::FieldOf(value.field).name);
  v1::Notice notice = MakeNotice(
      "UNQUOTED_VALUE", "only \"" + value.value + "\" was taken as the " + field + "; for a " +
                            field + " of several words write " + value.quoted);
  (*notice.mutable_metadata())["field"] = field;
  (*notice.mutable_metadata())["value"] = value.value;
  (*notice.mutable_metadata())["suggestion"] = value.quoted;
  return notice;
}

std::vector<v1::Notice> MissingValueNotices(MatchContext& context,
                                            const std::vector<AskedValue>& values, absl::Time now) {
  VisibleTerms visible(context, now);
  std::vector<v1::Notice> notices;
  for (const AskedValue& asked : values) {
    std::optional<v1::Notice> notice = MissingValue(context, visible, asked);
    if (notice) notices.push_back(*std::move(notice));
  }
  return notices;
}

std::vector<v1::Notice> UndatedNotices(MatchContext& context, const Xapian::Query& undated,
                                       const Limits& limits) {
  const v1::Total total = CountMatches(context, undated, limits.total_check_limit);
  if (total.value() == 0) return {};
  v1::Notice notice = MakeNotice(
      "UNDATED_EXCLUDED", CountText(total) + " undated article" + (total.value() == 1 ? "" : "s") +
                              " would match but for the date; date:none finds them");
  (*notice.mutable_metadata())["count"] = std::to_string(total.value());
  return {notice};
}

std::optional<Node> AskingForUndated(const Node& root) {
  Node copy = root;
  bool replaced = false;
  const auto replace = [&](Node* node) {
    if (node->kind != NodeKind::kDate || AsksForUndated(*node)) return;
    node->relation = DateRelation::kWithin;
    node->text = "none";
    replaced = true;
  };
  replace(&copy);
  if (copy.kind == NodeKind::kAnd) {
    for (Node& child : copy.children) replace(&child);
  }
  return replaced ? std::optional<Node>(std::move(copy)) : std::nullopt;
}

}  // namespace broadsheet::query
