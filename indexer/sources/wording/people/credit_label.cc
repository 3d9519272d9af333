// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/sources/wording/people/credit_label.h"

#include <algorithm>
#include <array>
#include <string>
#include <vector>

#include "engine/text/fold.h"
#include "indexer/sources/wording/people/byline_role.h"
#include "indexer/sources/wording/word_set.h"
#include "indexer/sources/wording/words.h"

namespace broadsheet::sources::page {
namespace {

// Before a colon they open a credit; folded.
bool IsLabelOfCredit(const std::string& folded) {
  static const auto* const kWords = new FixedWords(
      "credit credits creditos credito credits: source sources quelle quellen bildquelle "
      "bildquellen bildrechte bildnachweis fotoquelle copyright fuente fonte fuentes fonti "
      "bron kilde kalla lahde zdroj zrodlo kaynak sumber nguon dok dokumentasi isithombe "
      "image-source pressefoto archivfoto archivbild symbolbild symbolfoto agenturfoto "
      "fotomontage montage screenshot illustration ilustrasi ilustrace ilustracja ilustracni "
      "infografis fotoilustrasi naslovna φωτο φωτογραφια источник صورة تصوير 사진제공 출처 "
      "图片来源 圖片來源 图源 資料写真 写真提供 提供");
  return kWords->Has(folded) || people::IsPictureWork(folded);
}

std::string FoldedLabel(std::string_view word) { return text::FoldValue(StripMarks(word)); }

// A label as words of a text: the first of them, and the first behind it.
struct CreditLabel {
  size_t first;
  size_t behind;
};

// "Photo: Jane Doe", "Bildquelle :Wire", where the word at `i` has the colon.
CreditLabel ReadColonLabel(const std::vector<std::string_view>& words, size_t i) {
  const CreditLabel none = {words.size(), words.size()};
  const bool apart = words[i] == ":";
  constexpr std::string_view kWideColon = "：";
  const size_t wide = words[i].find(kWideColon);
  const size_t colon = std::min(words[i].find(':'), wide);
  if (colon == std::string_view::npos || (colon == 0 && !apart) || (apart && i == 0)) return none;
  const size_t behind = colon + (colon == wide ? kWideColon.size() : 1);
  const bool glued = !apart && behind < words[i].size();
  if (glued && words[i].substr(behind).starts_with('/')) return none;
  const size_t label = apart ? i - 1 : i;
  const std::string folded = FoldedLabel(apart ? words[label] : words[i].substr(0, colon));
  if (!IsLabelOfCredit(folded) || (!glued && i + 1 == words.size())) return none;
  // "Image credit:", "Agency photo:"
  constexpr auto kBefore = std::to_array<std::string_view>(
      {"image", "photo", "picture", "bild", "foto", "agency", "file", "video", "credit"});
  const std::string before = label > 0 ? FoldedLabel(words[label - 1]) : "";
  const bool pair = IsOneOf(before, kBefore);
  return {pair ? label - 1 : label, glued ? i : i + 1};
}

// "Picture by Jane Doe", where the word at `i` is "by".
CreditLabel ReadByLabel(const std::vector<std::string_view>& words, size_t i) {
  constexpr auto kBy = std::to_array<std::string_view>(
      {"by", "von", "di", "de", "par", "por", "av", "af", "door", "oleh", "courtesy"});
  const bool by = i > 0 && i + 1 < words.size() && IsOneOf(words[i], kBy);
  const bool named = by && IsCapitalised(words[i + 1]) && IsCapitalised(words[i - 1]) &&
                     people::IsPictureWork(words[i - 1]);
  return named ? CreditLabel{i - 1, i + 1} : CreditLabel{words.size(), words.size()};
}

// The first label whose credit is short enough.
CreditLabel FindLabel(const std::vector<std::string_view>& words) {
  CreditLabel found = {words.size(), words.size()};
  for (size_t i = words.size(); i-- > 0 && words.size() - i <= kMaxLabelledWords + 1;) {
    CreditLabel label = ReadColonLabel(words, i);
    if (label.first == words.size()) label = ReadByLabel(words, i);
    if (label.first < words.size()) found = label;
  }
  return found;
}

}  // namespace

size_t FindCreditLabel(std::string_view text) {
  const std::vector<std::string_view> words = Words(text);
  const CreditLabel label = FindLabel(words);
  if (label.first == words.size()) return text.size();
  return static_cast<size_t>(words[label.first].data() - text.data());
}

std::string_view StripCreditLabel(std::string_view text) {
  const std::vector<std::string_view> words = Words(text);
  const CreditLabel label = FindLabel(words);
  if (label.first != 0 || label.behind >= words.size()) return text;
  std::string_view rest =
      text.substr(static_cast<size_t>(words[label.behind].data() - text.data()));
  if (label.behind == 0) {
    constexpr std::string_view kWideColon = "：";
    const size_t wide = rest.find(kWideColon);
    const size_t colon = rest.find(':');
    rest = rest.substr(wide < colon ? wide + kWideColon.size() : colon + 1);
  }
  return Trim(rest);
}

}  // namespace broadsheet::sources::page
