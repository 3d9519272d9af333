// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/sources/html/read_html.h"

#include <algorithm>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_join.h"
#include "engine/schema/published_time.h"
#include "indexer/sources/html/article_dates.h"
#include "indexer/sources/html/held_page.h"
#include "indexer/sources/html/metadata/metadata.h"
#include "indexer/sources/html/page_trace.h"
#include "indexer/sources/html/pictures/captions.h"
#include "indexer/sources/html/titles/headline.h"
#include "indexer/sources/html/tree/article_place.h"
#include "indexer/sources/html/tree/blocks.h"
#include "indexer/sources/html/tree/tree.h"
#include "indexer/sources/html/visible/article_text.h"
#include "indexer/sources/html/visible/body.h"
#include "indexer/sources/html/visible/bylines.h"
#include "indexer/sources/html/visible/tags.h"
#include "indexer/sources/markup/address.h"
#include "indexer/sources/markup/charset.h"

namespace broadsheet::sources::html {
namespace {

// How far above the headline bylines and dates may stand.
constexpr NodeId kNodesAboveHeadline = 60;
// And below it on a page without text.
constexpr NodeId kNodesBelowHeadline = 200;

class Assembly {
 public:
  Assembly(const Tree& tree, std::string_view url, absl::Time now)
      : tree_(tree), url_(url), now_(now) {}

  absl::StatusOr<HtmlArticle> Run() {
    meta_ = ReadMetaElements(tree_);
    json_ld_ = ReadJsonLd(tree_, meta_);
    microdata_ = ReadMicrodata(tree_);
    headline_ = FindHeadline(tree_, json_ld_, meta_, microdata_);
    ReadText();
    if (headline_.empty()) return absl::InvalidArgumentError("no page of an article: no headline");
    if (body_.value.text.empty() && !SaysItIsArticle()) {
      return absl::InvalidArgumentError(
          "no page of an article: no running text, and no statement that it is one");
    }
    place_ = Place();
    TakeText();
    TakeBylines();
    TakeDates();
    TakeMedia();
    TakeRest();
    return std::move(result_);
  }

  // Call it after Run. `article` is null when the page was refused.
  void Trace(const v1::Article* article, RecordTrace* trace) const {
    TracePage(tree_, page_, body_.value, article, trace);
  }

 private:
  void ReadText() {
    ArticleText text =
        FindText(tree_, {.headline = headline_.value,
                         .summary = json_ld_.summary.empty() ? meta_.summary : json_ld_.summary,
                         .stated = json_ld_.body,
                         .live = json_ld_.live});
    page_ = std::move(text.page);
    body_ = std::move(text.body);
  }

  v1::Article& article() { return result_.article; }

  void Note(std::string field, std::string rule) {
    if (rule.empty()) return;
    // What was mended is told where it was used.
    if (!json_ld_.mended.empty() && rule.find("JSON-LD") != std::string::npos) {
      absl::StrAppend(&rule, "; mended: ", absl::StrJoin(json_ld_.mended, ", "));
    }
    result_.rules.push_back({.field = std::move(field), .rule = std::move(rule)});
  }

  // A page without text, such as one that a script or a video fills, may still state what it holds.
  bool SaysItIsArticle() const {
    const bool dated = !json_ld_.published.empty() || !json_ld_.page_published.empty() ||
                       !meta_.published.empty() || !microdata_.published.empty();
    const bool typed = !json_ld_.headline.empty() || meta_.type.starts_with("article") ||
                       meta_.type.starts_with("video");
    return typed && (dated || !meta_.authors.empty());
  }

  // Where the n-th paragraph of the text stands, or the last one; the end of a page without text.
  NodeId Paragraph(size_t n) const {
    const std::vector<size_t>& blocks = body_.value.blocks;
    if (body_.value.element == kNoNode) return tree_.size();
    return page_.blocks[blocks.empty() ? 0 : blocks[std::min(n, blocks.size() - 1)]].first;
  }

  ArticlePlace Place() const {
    ArticlePlace place{.headline = headline_.value.node, .body = body_.value.element};
    const bool has_body = place.body != kNoNode;
    const NodeId above = place.headline == kNoNode ? (has_body ? place.body : 0)
                                                   : std::min(place.headline, Paragraph(0));
    place.head = {above - std::min(above, kNodesAboveHeadline), Paragraph(1)};
    if (!has_body && place.headline != kNoNode) {
      place.head.end = std::min(tree_.size(), tree_.end(place.headline) + kNodesBelowHeadline);
    }
    place.text_begins = Paragraph(2);
    // A picture may stand above the headline.
    const NodeId article = tree_.Enclosing(has_body ? place.body : 0, Tag::kArticle);
    const NodeId top = article == kNoNode || !has_body ? above : std::min(above, article);
    place.all = {std::min(top, has_body ? place.body : above),
                 has_body ? tree_.end(place.body) : tree_.size()};
    return place;
  }

  void TakeText() {
    article().set_headline(headline_.value.text);
    Note("headline", headline_.rule);
    result_.rules.back().considered = std::move(headline_.considered);
    article().set_body(body_.value.text);
    Note("body", body_.rule);
    if (!json_ld_.summary.empty()) {
      article().set_summary(json_ld_.summary);
      Note("summary", "JSON-LD description");
    } else if (!meta_.summary.empty()) {
      article().set_summary(meta_.summary);
      Note("summary", "meta description");
    }
  }

  void TakeBylines() {
    auto chosen = FindBylines(tree_, page_, place_, json_ld_, meta_, microdata_);
    for (v1::Byline& byline : chosen.value) *article().add_bylines() = std::move(byline);
    Note("bylines", chosen.rule);
  }

  void TakeDates() {
    const ArticleDates dates = FindDates({.tree = tree_,
                                          .page = page_,
                                          .place = place_,
                                          .json_ld = json_ld_,
                                          .meta = meta_,
                                          .microdata = microdata_,
                                          .url = url_,
                                          .now = now_});
    Note("published_time", dates.published.rule);
    if (dates.published.value.has_value()) {
      schema::SetPublishedTime(*dates.published.value, &article());
    }
    if (dates.updated.has_value()) {
      v1::Article scratch;
      schema::SetPublishedTime(*dates.updated, &scratch);
      *article().mutable_updated_time() = scratch.published_time();
      Note("updated_time", "stated time of the last change");
    }
    TakeRelease(dates.ahead);
  }

  void TakeRelease(std::string_view ahead) {
    ReleaseDecision decision =
        ReadReleaseOfPage(tree_, page_, place_, {&json_ld_, &meta_, &microdata_}, ahead).Decide();
    decision.ApplyTo(&article());
    if (article().status() != v1::Article::STATUS_UNSPECIFIED) Note("status", decision.given_by);
    if (article().has_embargo_time()) Note("embargo_time", decision.given_by);
    result_.warnings = std::move(decision.warnings);
    if (json_ld_.held_updates > 0) {
      result_.warnings.push_back(
          absl::StrCat("updates of the live blog that may not be shown yet were left out: ",
                       json_ld_.held_updates));
    }
    if (json_ld_.unreadable > 0) {
      result_.warnings.push_back(absl::StrCat("JSON-LD that cannot be read was passed over, in ",
                                              json_ld_.unreadable,
                                              json_ld_.unreadable == 1 ? " place" : " places"));
    }
  }

  void TakeMedia() {
    std::vector<v1::Caption> captions = FindCaptions(tree_, page_, place_);
    CompleteCredits(json_ld_.media, &captions);
    for (v1::Caption& caption : captions) {
      *article().add_captions() = std::move(caption);
    }
    if (article().captions_size() > 0) {
      Note("captions", "captions between headline and the end of the text");
      return;
    }
    for (v1::Caption& caption : CaptionsOf(json_ld_.media)) {
      *article().add_captions() = std::move(caption);
    }
    if (article().captions_size() > 0) Note("captions", "JSON-LD image caption");
  }

  void TakeRest() {
    auto tags =
        FindTags(tree_, page_, place_, json_ld_, meta_, microdata_,
                 article().headline() + "\n" + article().summary() + "\n" + article().body());
    for (std::string& tag : tags.value) article().add_tags(std::move(tag));
    Note("tags", tags.rule);
    struct Statement {
      std::string value;
      const char* rule;
    };
    const auto take = [&](const char* field, std::string* to, const Statement& better,
                          const Statement& other) {
      const Statement& taken = better.value.empty() ? other : better;
      if (taken.value.empty()) return;
      *to = taken.value;
      Note(field, taken.rule);
    };
    const auto json_ld = [](const std::string& value) { return Statement{value, "JSON-LD"}; };
    const auto meta = [](const std::string& value) { return Statement{value, "meta element"}; };
    const auto first = [](const std::vector<std::string>& list) {
      return list.empty() ? std::string() : list.front();
    };
    take("section", article().mutable_section(), json_ld(first(json_ld_.sections)),
         meta(first(meta_.sections)));
    take("source", article().mutable_source(), meta(meta_.source), json_ld(json_ld_.source));
    take("copyright", article().mutable_copyright(), json_ld(json_ld_.copyright),
         meta(meta_.copyright));
    TakeLanguage();
    TakeUrl();
  }

  void TakeLanguage() {
    std::string language = json_ld_.language;
    if (language.empty()) language = std::string(LanguageOf(tree_));
    if (language.empty()) language = meta_.language;
    std::replace(language.begin(), language.end(), '_', '-');
    constexpr size_t kLongestTag = 12;
    const bool plain = std::all_of(language.begin(), language.end(), [](unsigned char c) {
      return std::isalnum(c) != 0 || c == '-';
    });
    if (language.empty() || !plain || language.size() > kLongestTag) return;
    article().set_language(language);
    Note("language", "stated by the page");
  }

  void TakeUrl() {
    const auto absolute = [](std::string_view url) {
      return url.starts_with("http://") || url.starts_with("https://");
    };
    // What a page states may have breaks and blanks in it, or be no address at all.
    const auto mended = [](const std::string& stated) {
      std::string url = markup::ResolveAddress("", stated);
      return markup::IsAbsoluteAddress(url) ? url : std::string();
    };
    for (const std::string& url : {mended(meta_.url), mended(json_ld_.url), std::string(url_)}) {
      if (!absolute(url)) continue;
      article().set_url(url);
      Note("url", url == url_ && url != meta_.url ? "where it was fetched" : "canonical address");
      return;
    }
  }

  const Tree& tree_;
  const std::string_view url_;
  const absl::Time now_;
  Metadata json_ld_;
  Metadata meta_;
  Metadata microdata_;
  VisiblePage page_;
  Choice<Headline> headline_;
  Choice<Body> body_;
  ArticlePlace place_;
  HtmlArticle result_;
};

}  // namespace

absl::StatusOr<HtmlArticle> ReadHtml(const HtmlPage& page) {
  if (page.bytes.size() > kMaxHtmlBytes) {
    return absl::InvalidArgumentError(
        absl::StrFormat("a page of more than %d bytes cannot be one article", kMaxHtmlBytes));
  }
  const markup::Decoded decoded = markup::DecodePage(page.bytes, page.charset);
  const absl::StatusOr<Tree> tree = Tree::Parse(decoded.utf8);
  if (!tree.ok()) return tree.status();
  Assembly assembly(*tree, page.url, page.now);
  absl::StatusOr<HtmlArticle> result = assembly.Run();
  if (page.trace != nullptr) {
    assembly.Trace(result.ok() ? &result->article : nullptr, page.trace);
  }
  if (!result.ok()) return result;
  result->repaired = decoded.repaired;
  return result;
}

}  // namespace broadsheet::sources::html
