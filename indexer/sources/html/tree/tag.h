// SPDX-License-Identifier: GPL-3.0-or-later
// The elements that rules distinguish.
#pragma once

#include <cstdint>
#include <string_view>

namespace broadsheet::sources::html {

enum class Tag : uint8_t {
  kText,
  // Any other element, such as a custom one.
  kOther,
  kA,
  kAbbr,
  kAddress,
  kArticle,
  kAside,
  kAudio,
  kB,
  kBlockquote,
  kBody,
  kBr,
  kButton,
  kCite,
  kCode,
  kDd,
  kDel,
  kDialog,
  kDiv,
  kDl,
  kDt,
  kEm,
  kFigcaption,
  kFigure,
  kFont,
  kFooter,
  kForm,
  kH1,
  kH2,
  kH3,
  kH4,
  kH5,
  kH6,
  kHead,
  kHeader,
  kHr,
  kHtml,
  kI,
  kIframe,
  kImg,
  kInput,
  kIns,
  kLabel,
  kLi,
  kLink,
  kMain,
  kMark,
  kMenu,
  kMeta,
  kNav,
  kNoscript,
  kObject,
  kOl,
  kOption,
  kP,
  kPicture,
  kPre,
  kQ,
  kS,
  kScript,
  kSection,
  kSelect,
  kSmall,
  kSource,
  kSpan,
  kStrong,
  kStyle,
  kSub,
  kSup,
  kSvg,
  kTable,
  kTbody,
  kTd,
  kTemplate,
  kTextarea,
  kTh,
  kTime,
  kTitle,
  kTr,
  kU,
  kUl,
  kVideo,
  kWbr,
};

// The tag of a lower-case name.
Tag TagByName(std::string_view name);

// True for elements within a line of text.
bool IsInline(Tag tag);

// True for elements whose text is not text of the page: scripts, styles, fields, pictograms.
bool IsUnseen(Tag tag);

inline bool IsHeading(Tag tag) { return tag >= Tag::kH1 && tag <= Tag::kH6; }

}  // namespace broadsheet::sources::html
