// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/sources/html/tree/tag.h"

#include "absl/container/flat_hash_map.h"
#include "absl/strings/string_view.h"

namespace broadsheet::sources::html {

Tag TagByName(std::string_view name) {
  static const auto* const kTags = new absl::flat_hash_map<absl::string_view, Tag>{
      {"a", Tag::kA},
      {"abbr", Tag::kAbbr},
      {"address", Tag::kAddress},
      {"article", Tag::kArticle},
      {"aside", Tag::kAside},
      {"audio", Tag::kAudio},
      {"b", Tag::kB},
      {"blockquote", Tag::kBlockquote},
      {"body", Tag::kBody},
      {"br", Tag::kBr},
      {"button", Tag::kButton},
      {"cite", Tag::kCite},
      {"code", Tag::kCode},
      {"dd", Tag::kDd},
      {"del", Tag::kDel},
      {"dialog", Tag::kDialog},
      {"div", Tag::kDiv},
      {"dl", Tag::kDl},
      {"dt", Tag::kDt},
      {"em", Tag::kEm},
      {"figcaption", Tag::kFigcaption},
      {"figure", Tag::kFigure},
      {"font", Tag::kFont},
      {"footer", Tag::kFooter},
      {"form", Tag::kForm},
      {"h1", Tag::kH1},
      {"h2", Tag::kH2},
      {"h3", Tag::kH3},
      {"h4", Tag::kH4},
      {"h5", Tag::kH5},
      {"h6", Tag::kH6},
      {"head", Tag::kHead},
      {"header", Tag::kHeader},
      {"hr", Tag::kHr},
      {"html", Tag::kHtml},
      {"i", Tag::kI},
      {"iframe", Tag::kIframe},
      {"img", Tag::kImg},
      {"input", Tag::kInput},
      {"ins", Tag::kIns},
      {"label", Tag::kLabel},
      {"li", Tag::kLi},
      {"link", Tag::kLink},
      {"main", Tag::kMain},
      {"mark", Tag::kMark},
      {"menu", Tag::kMenu},
      {"meta", Tag::kMeta},
      {"nav", Tag::kNav},
      {"noscript", Tag::kNoscript},
      {"object", Tag::kObject},
      {"ol", Tag::kOl},
      {"option", Tag::kOption},
      {"p", Tag::kP},
      {"picture", Tag::kPicture},
      {"pre", Tag::kPre},
      {"q", Tag::kQ},
      {"s", Tag::kS},
      {"script", Tag::kScript},
      {"section", Tag::kSection},
      {"select", Tag::kSelect},
      {"small", Tag::kSmall},
      {"source", Tag::kSource},
      {"span", Tag::kSpan},
      {"strong", Tag::kStrong},
      {"style", Tag::kStyle},
      {"sub", Tag::kSub},
      {"sup", Tag::kSup},
      {"svg", Tag::kSvg},
      {"table", Tag::kTable},
      {"tbody", Tag::kTbody},
      {"td", Tag::kTd},
      {"template", Tag::kTemplate},
      {"textarea", Tag::kTextarea},
      {"th", Tag::kTh},
      {"time", Tag::kTime},
      {"title", Tag::kTitle},
      {"tr", Tag::kTr},
      {"u", Tag::kU},
      {"ul", Tag::kUl},
      {"video", Tag::kVideo},
      {"wbr", Tag::kWbr},
  };
  const auto found = kTags->find(absl::string_view(name.data(), name.size()));
  return found == kTags->end() ? Tag::kOther : found->second;
}

bool IsInline(Tag tag) {
  switch (tag) {
    case Tag::kText:
    case Tag::kA:
    case Tag::kAbbr:
    case Tag::kB:
    case Tag::kCite:
    case Tag::kCode:
    case Tag::kDel:
    case Tag::kEm:
    case Tag::kFont:
    case Tag::kI:
    case Tag::kImg:
    case Tag::kIns:
    case Tag::kLabel:
    case Tag::kMark:
    case Tag::kQ:
    case Tag::kS:
    case Tag::kSmall:
    case Tag::kSpan:
    case Tag::kStrong:
    case Tag::kSub:
    case Tag::kSup:
    case Tag::kTime:
    case Tag::kU:
    case Tag::kWbr:
      return true;
    default:
      return false;
  }
}

bool IsUnseen(Tag tag) {
  switch (tag) {
    case Tag::kHead:
    case Tag::kIframe:
    case Tag::kInput:
    case Tag::kLink:
    case Tag::kMeta:
    case Tag::kNoscript:
    case Tag::kObject:
    case Tag::kScript:
    case Tag::kSelect:
    case Tag::kStyle:
    case Tag::kSvg:
    case Tag::kTemplate:
    case Tag::kTextarea:
    case Tag::kTitle:
      return true;
    default:
      return false;
  }
}

}  // namespace broadsheet::sources::html
