// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/schema/field_table.h"

#include <algorithm>
#include <array>
#include <numeric>
#include <vector>

#include "absl/strings/ascii.h"

namespace broadsheet::schema {
namespace {

// Weights to start from; the measured ones belong to the analyser version.
constexpr std::array kFields = {
    Field{.id = FieldId::kHeadline,
          .name = "headline",
          .alias = "title",
          .prefix = "S",
          .kind = FieldKind::kText,
          .weight = 3,
          .facet = false,
          .help = "Words or phrases of the headline: headline:summit, headline:\"arms deal\"",
          .run_place = 1,
          .cover = 1,
          .shown_whole = true,
          .elsewhere = "intitle allintitle hlead"},
    Field{.id = FieldId::kSummary,
          .name = "summary",
          .alias = "",
          .prefix = "B",
          .kind = FieldKind::kText,
          .weight = 2,
          .facet = false,
          .help = "Words or phrases of the standfirst or abstract",
          .run_place = 2},
    Field{.id = FieldId::kBody,
          .name = "body",
          .alias = "",
          .prefix = "",
          .kind = FieldKind::kText,
          .weight = 1,
          .facet = false,
          .help = "Words or phrases of the text itself",
          .run_place = 3,
          .elsewhere = "intext allintext inbody"},
    Field{.id = FieldId::kByline,
          .name = "byline",
          .alias = "author",
          .prefix = "A",
          .kind = FieldKind::kText,
          .weight = 1,
          .facet = true,
          .help = "Who wrote it: byline:nakashima, byline:\"ellen nakashima\"",
          .stemmed = false,
          .run_place = 6,
          .cover = 0.5,
          .shown_whole = true,
          .value_prefix = "XBYLINE:",
          .telling = true},
    Field{.id = FieldId::kCaption,
          .name = "caption",
          .alias = "",
          .prefix = "XCAPTION:",
          .kind = FieldKind::kText,
          .weight = 1,
          .facet = false,
          .help = "Captions of pictures; a phrase never crosses from one to the next",
          .run_place = 4},
    Field{.id = FieldId::kCredit,
          .name = "credit",
          .alias = "",
          .prefix = "XCREDIT:",
          .kind = FieldKind::kText,
          .weight = 0,
          .facet = false,
          .help = "Whom pictures are credited to",
          .stemmed = false,
          .run_place = 4,
          .shown_whole = true},
    Field{.id = FieldId::kDateline,
          .name = "dateline",
          .alias = "",
          .prefix = "XDATELINE:",
          .kind = FieldKind::kText,
          .weight = 0,
          .facet = false,
          .help = "Where and when it was written, as printed: dateline:paris",
          .stemmed = false,
          .run_place = 7,
          .shown_whole = true},
    Field{.id = FieldId::kTag,
          .name = "tag",
          .alias = "",
          .prefix = "K",
          .kind = FieldKind::kExact,
          .weight = 2,
          .facet = true,
          .help = "A whole tag, case and accents ignored: tag:\"kim jong un\"",
          .run_place = 5,
          .cover = 0.5,
          .shown_whole = true,
          .telling = true,
          .elsewhere = "keyword keywords"},
    Field{.id = FieldId::kSection,
          .name = "section",
          .alias = "",
          .prefix = "XSECTION:",
          .kind = FieldKind::kExact,
          .weight = 0,
          .facet = true,
          .help = "The section of the publication: section:world"},
    Field{.id = FieldId::kSource,
          .name = "source",
          .alias = "",
          .prefix = "XSOURCE:",
          .kind = FieldKind::kExact,
          .weight = 0,
          .facet = true,
          .help = "The publication: source:\"the example times\"",
          .elsewhere = "site domain publisher publication"},
    Field{.id = FieldId::kLanguage,
          .name = "language",
          .alias = "lang",
          .prefix = "L",
          .kind = FieldKind::kExact,
          .weight = 0,
          .facet = true,
          .help = "The language, by its code: language:en"},
    Field{.id = FieldId::kId,
          .name = "id",
          .alias = "",
          .prefix = "Q",
          .kind = FieldKind::kExact,
          .weight = 0,
          .facet = false,
          .help = "The article of this id, to the letter"},
    Field{.id = FieldId::kDate,
          .name = "date",
          .alias = "",
          .prefix = "",
          .kind = FieldKind::kDate,
          .weight = 0,
          .facet = false,
          .help = "When it was published: date:2024-06, date:2024-06-01..2024-06-19, date:none"},
};

std::string Lower(std::string_view name) {
  std::string lower(name);
  std::transform(lower.begin(), lower.end(), lower.begin(),
                 [](char c) { return absl::ascii_tolower(static_cast<unsigned char>(c)); });
  return lower;
}

// Letters added, dropped, changed or swapped with the next (optimal string alignment).
size_t EditDistance(std::string_view a, std::string_view b) {
  std::vector<std::vector<size_t>> rows(a.size() + 1, std::vector<size_t>(b.size() + 1));
  std::iota(rows[0].begin(), rows[0].end(), size_t{0});
  for (size_t i = 1; i <= a.size(); ++i) {
    rows[i][0] = i;
    for (size_t j = 1; j <= b.size(); ++j) {
      const size_t changed = rows[i - 1][j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
      rows[i][j] = std::min({changed, rows[i - 1][j] + 1, rows[i][j - 1] + 1});
      const bool swapped = i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1];
      if (swapped) rows[i][j] = std::min(rows[i][j], rows[i - 2][j - 2] + 1);
    }
  }
  return rows[a.size()][b.size()];
}

constexpr size_t kMaxNameBytes = 32;
constexpr size_t kNoSlip = kMaxNameBytes;

// The distance of a slip; kNoSlip for what is none. `typed` is in lower case.
size_t SlipDistance(std::string_view typed, std::string_view name) {
  constexpr size_t kLongName = 6;
  // A name that would have to change altogether is not near.
  if (typed.size() < 2 || typed.size() > kMaxNameBytes || name.empty()) return kNoSlip;
  const size_t distance = EditDistance(typed, name);
  const bool dropped = typed.size() + distance == name.size() && typed.size() > 3;
  const bool twice = typed.front() == name.front() && (dropped || typed.size() >= kLongName);
  const size_t most = twice ? 2 : 1;
  return distance <= most ? distance : kNoSlip;
}

}  // namespace

std::span<const Field> Fields() { return kFields; }

const Field* FindField(std::string_view name) {
  const std::string lower = Lower(name);
  const auto found = std::find_if(kFields.begin(), kFields.end(), [&lower](const Field& field) {
    return lower == field.name || (!field.alias.empty() && lower == field.alias);
  });
  return found == kFields.end() ? nullptr : &*found;
}

const Field* FindElsewhere(std::string_view name) {
  const auto has = [name](const Field& field) {
    const std::string_view names = field.elsewhere;
    for (size_t at = 0; at < names.size();) {
      const size_t end = std::min(names.find(' ', at), names.size());
      if (names.substr(at, end - at) == name) return true;
      at = end + 1;
    }
    return false;
  };
  const auto found = std::find_if(kFields.begin(), kFields.end(), has);
  return found == kFields.end() ? nullptr : &*found;
}

const Field& FieldOf(FieldId id) {
  // Every FieldId has a row; a test holds the table to it.
  return *std::find_if(kFields.begin(), kFields.end(),
                       [id](const Field& field) { return field.id == id; });
}

bool IsSlipOf(std::string_view typed, std::string_view name) {
  return SlipDistance(Lower(typed), name) != kNoSlip;
}

const Field* NearestField(std::string_view name) {
  const std::string lower = Lower(name);
  const Field* nearest = nullptr;
  size_t best = kNoSlip;
  for (const Field& field : kFields) {
    for (const std::string_view known : {field.name, field.alias}) {
      const size_t distance = SlipDistance(lower, known);
      if (distance < best) {
        best = distance;
        nearest = &field;
      }
    }
  }
  return nearest;
}

}  // namespace broadsheet::schema
