// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/sources/html/visible/article_text.h"

#include <algorithm>
#include <utility>

namespace broadsheet::sources::html {
namespace {

ArticleText Read(const Tree& tree, const BodyHints& hints, NameTrust trust) {
  ArticleText text;
  text.page = ReadVisiblePage(tree, {.headline = hints.headline.node, .trust = trust});
  text.body = FindBody(tree, text.page, hints);
  return text;
}

size_t ShownParagraphs(const ArticleText& text) {
  size_t paragraphs = 0;
  for (const size_t at : text.body.value.blocks) {
    if (IsParagraph(text.page.blocks[at])) ++paragraphs;
  }
  return paragraphs;
}

size_t ShownWords(const ArticleText& text) {
  size_t words = 0;
  for (const size_t at : text.body.value.blocks) words += text.page.blocks[at].words;
  return words;
}

// Whether `more` has all the text of `less`: it is the same place of the page, without holes.
bool Covers(const ArticleText& more, const ArticleText& less) {
  const std::vector<size_t>& in = more.body.value.blocks;
  const std::vector<size_t>& of = less.body.value.blocks;
  return std::includes(in.begin(), in.end(), of.begin(), of.end());
}

}  // namespace

ArticleText FindText(const Tree& tree, const BodyHints& hints) {
  constexpr size_t kMuchMore = 2;
  constexpr size_t kMinParagraphs = 2;
  ArticleText text = Read(tree, hints, NameTrust::kAll);
  const size_t shown = ShownWords(text);
  if (text.page.doubtful_words > shown) {
    ArticleText more = Read(tree, hints, NameTrust::kSureWords);
    const size_t words = ShownWords(more);
    if (words > kMuchMore * shown && Covers(more, text)) {
      more.body.rule += "; names of elements that hid most of it count less";
      text = std::move(more);
    }
  }
  if (!text.body.value.blocks.empty() || hints.headline.node == kNoNode) return text;
  // A notice alone is no article.
  ArticleText all = Read(tree, hints, NameTrust::kNone);
  if (ShownParagraphs(all) < kMinParagraphs) return text;
  all.body.rule += "; names of elements that hid all of it do not count";
  return all;
}

}  // namespace broadsheet::sources::html
