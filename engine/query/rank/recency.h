// SPDX-License-Identifier: GPL-3.0-or-later
// The gain of newer articles under the ranking profile "recent".
//
// An article gains cap · unit · 2^(-age / half-life), where the unit is the sum of the idf of the
// query's words: the score of an article of typical length that has each word once, as typed. So
// an article of today gains cap · unit, one that is a half-life old half as much, and a match whose
// score is higher by more than cap · unit stays ahead however old it is. Articles dated after `now`
// gain as much as those of now, undated ones nothing.
//
// The matcher adds the gain to all articles that match, not only to the best.
#pragma once

#include <xapian.h>
#include <string>

#include "absl/time/time.h"
#include "engine/base/call_control.h"

namespace broadsheet::query {

struct RecencySettings {
  absl::Time now;
  absl::Duration half_life;  // more than zero
  double cap = 0;
};

// Immutable; safe from any thread.
class RecencyGain {
 public:
  RecencyGain(const RecencySettings& settings, double unit);

  double most() const { return most_; }

  // `published` is a value of schema::Slot::kPublishedTime, empty when undated. From 0 to most().
  double Of(const std::string& published) const;

 private:
  double now_seconds_;
  double half_life_seconds_;
  double most_;
};

// `query`, with the gain added to the score of every match. The result keeps a pointer to
// `deadline`.
Xapian::Query WithRecency(const Xapian::Query& query, const RecencyGain& gain,
                          base::Deadline& deadline);

}  // namespace broadsheet::query
