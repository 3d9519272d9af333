// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/schema/withheld.h"

#include "engine/schema/article.h"

namespace broadsheet::schema {

std::optional<Withholding> WhyWithheld(const v1::Article& article, absl::Time now) {
  if (IsReleased(article, now)) return std::nullopt;
  switch (article.status()) {
    case v1::Article::STATUS_WITHHELD:
      return Withholding::kWithheld;
    case v1::Article::STATUS_CANCELLED:
      return Withholding::kCancelled;
    default:
      return Withholding::kEmbargoed;
  }
}

void WithheldCounts::Add(std::optional<Withholding> why) {
  if (!why.has_value()) return;
  switch (*why) {
    case Withholding::kWithheld:
      ++withheld;
      break;
    case Withholding::kEmbargoed:
      ++embargoed;
      break;
    case Withholding::kCancelled:
      ++cancelled;
      break;
  }
}

WithheldCounts& WithheldCounts::operator+=(const WithheldCounts& other) {
  withheld += other.withheld;
  embargoed += other.embargoed;
  cancelled += other.cancelled;
  return *this;
}

}  // namespace broadsheet::schema
