// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/sources/html/visible/visible_date.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <cstdlib>
#include <string>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/time/time.h"
#include "indexer/sources/article/loose_date.h"
#include "indexer/sources/wording/date_line.h"
#include "indexer/sources/wording/words.h"

namespace broadsheet::sources::html {
namespace {

using Date = std::optional<schema::PublishedTime>;

constexpr size_t kMaxDateWords = 20;

bool IsWordByte(char c) {
  return absl::ascii_isalnum(static_cast<unsigned char>(c)) ||
         static_cast<unsigned char>(c) >= 0x80;
}
bool EndsInWord(std::string_view text) { return !text.empty() && IsWordByte(text.back()); }
bool BeginsInWord(std::string_view text) { return !text.empty() && IsWordByte(text.front()); }

class VisibleDateFinder {
 public:
  VisibleDateFinder(const Tree& tree, const VisiblePage& page, const ArticlePlace& place,
                    const DateReading& reading)
      : tree_(tree), page_(page), place_(place), reading_(reading) {
    own_article_ = tree.Enclosing(place.headline != kNoNode ? place.headline
                                  : place.body == kNoNode   ? 0
                                                            : place.body,
                                  Tag::kArticle);
  }

  Choice<Date> Find() {
    InTimeElements(place_.head, "time element beside the headline");
    InLines(place_.head, true, "date printed below the headline");
    InTimeElements({0, tree_.size()}, "time element");
    InLines({place_.all.begin, tree_.size()}, false, "printed date");
    return found_.empty() ? std::move(changed_) : std::move(found_);
  }

 private:
  // Reads time elements, and others with a datetime ("relative-time").
  void InTimeElements(NodeRange range, const char* rule) {
    for (NodeId at = range.begin; at < range.end && found_.empty(); ++at) {
      const std::string_view stated = tree_.attribute(at, Attribute::kDatetime);
      if ((tree_.tag(at) != Tag::kTime && stated.empty()) || page_.InFurniture(at)) continue;
      if (page_.InPost(at) || IsQuoted(at)) continue;
      const Block* block = BlockOf(at);
      const bool prose = block != nullptr && IsParagraph(*block) && block->ends_sentence;
      const bool other = block != nullptr && (prose || TellsNothing(*block));
      if (other || IsInOtherArticle(at)) continue;
      Date date = ReadStatedDate(stated, reading_.order);
      if (!date.has_value()) date = ReadStatedDate(TextBetween(at, tree_.end(at)), reading_.order);
      const bool changed =
          IsNamedUpdated(at) || (block != nullptr && page::SaysUpdated(block->text));
      Take(date, changed, rule);
    }
  }

  // Beside the headline even what is set aside tells of the article.
  void InLines(NodeRange range, bool furniture_too, const char* rule) {
    for (size_t i = 0; i < page_.blocks.size() && found_.empty(); ++i) {
      const Block& block = page_.blocks[i];
      if (block.first < range.begin || block.first >= range.end) continue;
      if ((block.furniture && !furniture_too) || page_.InPost(block.first)) continue;
      if (TellsNothing(block) || IsProse(block) || IsInOtherArticle(block.first)) continue;
      const NodeId end = i + 1 < page_.blocks.size() ? page_.blocks[i + 1].first : tree_.size();
      Take(ReadStatedDate(TextBetween(block.first, end), reading_.order),
           page::SaysUpdated(block.text), rule);
    }
  }

  void Take(const Date& date, bool changed, const char* rule) {
    // No paper was in the web before.
    constexpr int kFirstYear = 1993;
    if (!date.has_value() || date->local.year() < kFirstYear) return;
    if (absl::CivilDay(date->local) > reading_.latest) return;
    Choice<Date>& choice = changed ? changed_ : found_;
    if (choice.empty()) choice = {date, rule};
  }

  bool TellsNothing(const Block& block) const {
    const bool title = block.heading && tree_.tag(block.element) <= Tag::kH3;
    return title || IsCaption(block) || block.in_post || page::TellsOtherDate(block.text);
  }

  // A line beside a small picture, such as the author's, may tell when the page was published.
  bool IsCaption(const Block& block) const {
    if (!block.caption || block.ends_sentence) return block.caption;
    const std::vector<NodeId>& boxes = page_.picture_boxes;
    const auto after = std::upper_bound(boxes.begin(), boxes.end(), block.first);
    return after == boxes.begin() || !tree_.Within(block.first, *(after - 1));
  }

  // A sentence, unless it is one about the page.
  static bool IsProse(const Block& block) {
    constexpr size_t kMaxWordsBefore = 3;
    if (block.words > kMaxDateWords) return true;
    if (page::SaysPublished(block.text) || page::SaysUpdated(block.text)) return false;
    if (IsParagraph(block)) return true;
    if (!block.ends_sentence) return false;
    const std::vector<std::string_view> words = page::Words(block.text);
    const auto number = std::find_if(words.begin(), words.end(), page::HasDigit);
    return static_cast<size_t>(number - words.begin()) > kMaxWordsBefore;
  }

  // A teaser, or an article further down.
  bool IsInOtherArticle(NodeId node) const {
    if (own_article_ == kNoNode) return false;
    const NodeId article = tree_.Enclosing(node, Tag::kArticle);
    return article != kNoNode && article != own_article_ && !tree_.Within(own_article_, article);
  }

  // What is quoted, embedded ("wp-block-embed") or shown in a frame has a date of its own, unless
  // the headline is in it, too.
  bool IsQuoted(NodeId node) const {
    for (; node != kNoNode; node = tree_.parent(node)) {
      const Tag tag = tree_.tag(node);
      if (place_.headline != kNoNode && tree_.Within(place_.headline, node)) return false;
      if (tag == Tag::kBlockquote || tag == Tag::kIframe || IsNamedEmbed(node)) return true;
    }
    return false;
  }

  bool IsNamedEmbed(NodeId node) const {
    std::string names =
        absl::AsciiStrToLower(std::string(tree_.attribute(node, Attribute::kClass)));
    std::replace_if(
        names.begin(), names.end(), [](unsigned char c) { return !absl::ascii_isalpha(c); }, ' ');
    const std::vector<std::string_view> words = page::Words(names);
    return std::any_of(words.begin(), words.end(), [](std::string_view word) {
      return word == "embed" || word == "embedded" || word == "embeds";
    });
  }

  // class="updated", itemprop="dateModified"
  bool IsNamedUpdated(NodeId node) const {
    for (const Attribute name : {Attribute::kClass, Attribute::kItemprop}) {
      const std::string lower = absl::AsciiStrToLower(std::string(tree_.attribute(node, name)));
      const bool both = absl::StrContains(lower, "published");
      if (!both && (absl::StrContains(lower, "updated") || absl::StrContains(lower, "modified"))) {
        return true;
      }
    }
    return false;
  }

  // The block with the text of an element; nullptr where it has none.
  const Block* BlockOf(NodeId node) const {
    const auto after =
        std::lower_bound(page_.blocks.begin(), page_.blocks.end(), tree_.end(node),
                         [](const Block& block, NodeId end) { return block.first < end; });
    if (after == page_.blocks.begin()) return nullptr;
    const Block& block = *(after - 1);
    const NodeId element = block.element == kNoNode ? 0 : block.element;
    return block.first >= node || tree_.Within(node, element) ? &block : nullptr;
  }

  // The texts of elements side by side have a blank between them: "28.09.19" and "12:44".
  std::string TextBetween(NodeId begin, NodeId end) const {
    std::string text;
    for (NodeId at = begin; at < end;) {
      if (IsUnseen(tree_.tag(at))) {
        at = std::max(tree_.end(at), at + 1);
        continue;
      }
      if (tree_.tag(at) == Tag::kText) {
        const std::string_view added = tree_.text(at);
        if (EndsInWord(text) && BeginsInWord(added)) text += ' ';
        AppendCollapsed(added, &text);
      }
      ++at;
    }
    while (text.ends_with(' ')) text.pop_back();
    return text;
  }

  const Tree& tree_;
  const VisiblePage& page_;
  const ArticlePlace& place_;
  const DateReading& reading_;
  NodeId own_article_;
  Choice<Date> found_;
  Choice<Date> changed_;
};

size_t CountDigits(std::string_view text) {
  size_t digits = 0;
  while (digits < text.size() && absl::ascii_isdigit(static_cast<unsigned char>(text[digits]))) {
    ++digits;
  }
  return digits;
}

// Seconds or milliseconds since 1970, with as many digits as those of our years have.
Date DateOfNumber(std::string_view text) {
  constexpr size_t kSecondDigits = 10;
  constexpr size_t kMillisecondDigits = 13;
  if (text.size() != kSecondDigits && text.size() != kMillisecondDigits) return std::nullopt;
  const long long number = std::atoll(std::string(text.substr(0, kSecondDigits)).c_str());
  schema::PublishedTime date;
  date.local = absl::ToCivilSecond(absl::FromUnixSeconds(number), absl::UTCTimeZone());
  date.precision = v1::DATE_PRECISION_INSTANT;
  return date;
}

// What programs write that have no date, on pages also the first day of 1900 or of 1970, in any
// zone: no page is of then.
bool IsNoDate(const schema::PublishedTime& date) {
  if (IsZeroDate(date)) return true;
  for (const int year : {1900, 1970}) {
    const absl::CivilDay start(year, 1, 1);
    const absl::CivilDay day(date.local);
    if (day == start || day == start - 1) return true;
  }
  return false;
}

Date ReadAnyDate(std::string_view text, page::DayOrder order) {
  if (const auto parsed = schema::ParsePublishedTime(text);
      parsed.ok() && parsed->precision != v1::DATE_PRECISION_YEAR &&
      parsed->precision != v1::DATE_PRECISION_MONTH) {
    return *parsed;
  }
  const size_t digits = CountDigits(text);
  if (digits == text.size()) {
    if (Date date = DateOfNumber(text); date.has_value()) return date;
  }
  // 20240619 or 20240619T080000+0900
  constexpr size_t kDayDigits = 8;
  if (digits == kDayDigits) {
    std::string spelled(text.substr(0, 4));
    spelled += '-';
    spelled += text.substr(4, 2);
    spelled += '-';
    spelled += text.substr(6, 2);
    if (const auto parsed = schema::ParsePublishedTime(spelled); parsed.ok()) return *parsed;
  }
  return page::FindDate(text, order);
}

}  // namespace

Choice<std::optional<schema::PublishedTime>> FindVisibleDate(const Tree& tree,
                                                             const VisiblePage& page,
                                                             const ArticlePlace& place,
                                                             const DateReading& reading) {
  return VisibleDateFinder(tree, page, place, reading).Find();
}

std::optional<schema::PublishedTime> ReadStatedDate(std::string_view text, page::DayOrder order) {
  if (text.empty()) return std::nullopt;
  Date date = ReadAnyDate(text, order);
  return date.has_value() && IsNoDate(*date) ? std::nullopt : date;
}

std::optional<schema::PublishedTime> DateInUrl(std::string_view url) {
  // Parts of the path: a year of ours, a month, a day.
  for (size_t at = url.find("/20"); at != url.npos; at = url.find("/20", at + 1)) {
    std::string spelled;
    std::array<size_t, 3> lengths = {4, 2, 2};
    size_t from = at;
    for (const size_t length : lengths) {
      if (from >= url.size() || (url[from] != '/' && url[from] != '-')) return std::nullopt;
      const std::string_view part = url.substr(from + 1, length);
      for (const char c : part) {
        if (std::isdigit(static_cast<unsigned char>(c)) == 0) return std::nullopt;
      }
      if (!spelled.empty()) spelled += '-';
      spelled += part;
      from += 1 + length;
    }
    if (const auto parsed = schema::ParsePublishedTime(spelled); parsed.ok()) return *parsed;
  }
  return std::nullopt;
}

}  // namespace broadsheet::sources::html
