// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/query/syntax/date_reading.h"

#include <array>
#include <string>
#include <utility>
#include <vector>

#include "engine/query/syntax/edit.h"
#include "engine/query/syntax/query_error.h"
#include "engine/query/syntax/scope.h"
#include "engine/query/syntax/tree_text.h"
#include "engine/text/char_class.h"

namespace broadsheet::query {
namespace {

using schema::DateExpression;

bool IsDate(std::string_view text, const DateContext& context) {
  return schema::ParseDateExpression(text, context.now, context.zone).ok();
}

// The numbers of a date in any order and with any separators; empty when there is anything else.
std::vector<std::string> NumbersOf(std::string_view text) {
  std::vector<std::string> numbers(1);
  for (const char c : text) {
    if (text::IsAsciiDigit(c)) {
      numbers.back() += c;
    } else if (std::string_view("-/. ").find(c) != std::string_view::npos) {
      numbers.emplace_back();
    } else {
      return {};
    }
  }
  return numbers;
}

// The date that `text` may mean: 2024-6-1, 20240601, 2024/06/01, 1.6.2024; for a day that does not
// exist its month. "" when there is no safe guess: 6/1/2024 is June or January.
std::string NearestDate(std::string_view text, const DateContext& context) {
  std::vector<std::string> numbers = NumbersOf(text);
  if (numbers.size() == 1 && numbers[0].size() == 8) {
    numbers = {numbers[0].substr(0, 4), numbers[0].substr(4, 2), numbers[0].substr(6)};
  }
  const bool dots = text.find('.') != std::string_view::npos;
  if (numbers.size() == 3 && numbers[2].size() == 4 && dots) std::swap(numbers[0], numbers[2]);
  if (numbers.empty() || numbers.size() > 3 || numbers[0].size() != 4) return "";
  std::string date = numbers[0];
  std::string nearest = IsDate(date, context) ? date : "";
  for (size_t i = 1; i < numbers.size() && !nearest.empty(); ++i) {
    date += (numbers[i].size() == 1 ? "-0" : "-") + numbers[i];
    if (!IsDate(date, context)) break;
    nearest = date;
  }
  return nearest;
}

class DateReader {
 public:
  DateReader(const Node& node, std::string_view query, const DateContext& context)
      : node_(node), query_(query), context_(context) {}

  absl::StatusOr<DateBounds> Within() const;
  absl::StatusOr<DateBounds> Single() const;

 private:
  // `mended` is a date to write in the place of the node's; "" = none.
  absl::Status Bad(std::string message, std::string hint, std::string_view mended,
                   DateRelation relation) const;
  absl::Status Bad(std::string message, std::string hint, std::string_view mended) const {
    return Bad(std::move(message), std::move(hint), mended, node_.relation);
  }
  // `text` is one end of a range or all of the date; `before` and `behind` are what surrounds it.
  absl::StatusOr<DateExpression> Read(std::string_view text, const std::string& before,
                                      const std::string& behind) const;

  const Node& node_;
  std::string_view query_;
  const DateContext& context_;
};

absl::Status DateReader::Bad(std::string message, std::string hint, std::string_view mended,
                             DateRelation relation) const {
  Mistake mistake{.reason = kBadDate,
                  .span = node_.span,
                  .message = std::move(message),
                  .hint = std::move(hint)};
  if (mended.empty() || query_.empty()) return ToStatus(mistake);
  const std::string_view typed = TextOf(query_, node_.span);
  if (FindScope(typed.substr(0, typed.find(':')))) {
    const Node clause{.kind = NodeKind::kDate, .text = std::string(mended), .relation = relation};
    mistake.suggested_query = Replaced(query_, node_.span, ToString(clause));
  } else if (relation == node_.relation) {
    // In a group the name stands before it.
    mistake.suggested_query = Replaced(query_, node_.span, mended);
  }
  return ToStatus(mistake);
}

absl::StatusOr<DateExpression> DateReader::Read(std::string_view text, const std::string& before,
                                                const std::string& behind) const {
  absl::StatusOr<DateExpression> date =
      schema::ParseDateExpression(text, context_.now, context_.zone);
  if (date.ok()) return date;
  const std::string nearest = NearestDate(text, context_);
  return Bad(
      std::string(date.status().message().data(), date.status().message().size()),
      "such as 2024, 2024-06, 2024-06-19, yesterday, monday or 7d; date: also takes A..B and "
      "none",
      nearest.empty() ? "" : before + nearest + behind);
}

absl::StatusOr<DateBounds> DateReader::Within() const {
  const std::string_view text = node_.text;
  const size_t dots = text.find("..");
  const bool range = dots != std::string_view::npos;
  const std::string from(text.substr(0, dots));
  const std::string to(range ? text.substr(dots + 2) : text);
  if (const size_t date = text.find_first_not_of("<>="); date > 0 && date != std::string::npos) {
    const std::string_view sign = text.substr(0, date);
    const DateRelation relation = sign[0] == '>'   ? DateRelation::kFrom
                                  : sign == "<"    ? DateRelation::kBefore
                                  : sign[0] == '<' ? DateRelation::kUntil
                                                   : DateRelation::kWithin;
    return Bad("dates are not compared by signs",
               "write since:, before: or until:", text.substr(date), relation);
  }
  if (from.empty() && to.empty()) {
    return Bad("a range of dates needs at least one end", "such as date:2024-01..2024-06", "");
  }
  DateBounds bounds;
  for (const bool start : {true, false}) {
    const std::string& end = start ? from : to;
    if (end.empty()) continue;
    absl::StatusOr<DateExpression> date =
        Read(end, range && !start ? from + ".." : "", range && start ? ".." + to : "");
    if (!date.ok()) return date.status();
    if (date->instant) {
      return Bad("date: compares days, not times of day",
                 "use after: and before:", text.substr(0, text.find_first_of("Tt ")));
    }
    (start ? bounds.first : bounds.last) = *std::move(date);
  }
  if (bounds.first && bounds.last && bounds.last->period.last < bounds.first->period.first) {
    return Bad("this range of dates ends before it starts", "put the earlier date first",
               to + ".." + from);
  }
  return bounds;
}

absl::StatusOr<DateBounds> DateReader::Single() const {
  const std::string_view text = node_.text;
  if (text.find("..") != std::string_view::npos) {
    return Bad("only date: takes a range", "write it behind date:", text, DateRelation::kWithin);
  }
  absl::StatusOr<DateExpression> date = Read(text, "", "");
  if (!date.ok()) return date.status();
  return DateBounds{.first = *date, .last = *date};
}

}  // namespace

bool AsksForUndated(const Node& node) {
  return node.kind == NodeKind::kDate && node.relation == DateRelation::kWithin &&
         node.text == "none";
}

absl::StatusOr<DateBounds> ReadDates(const Node& node, std::string_view query,
                                     const DateContext& context) {
  if (AsksForUndated(node)) return DateBounds();
  const DateReader reader(node, query, context);
  return node.relation == DateRelation::kWithin ? reader.Within() : reader.Single();
}

}  // namespace broadsheet::query
