// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/query/rank/recency.h"

#include <algorithm>
#include <cmath>

#include "engine/schema/terms.h"

namespace broadsheet::query {
namespace {

// Reads the published times of a shard's matches. The matcher stops asking once no gain can bring
// another article among the hits.
class RecencySource : public Xapian::ValuePostingSource {
 public:
  RecencySource(const RecencyGain& gain, base::Deadline& deadline)
      : ValuePostingSource(schema::SlotNumber(schema::Slot::kPublishedTime)),
        gain_(gain),
        deadline_(deadline) {}

  void init(const Xapian::Database& shard) override {
    ValuePostingSource::init(shard);
    // The gain of the shard's newest article is the upper bound.
    set_maxweight(gain_.Of(shard.get_value_upper_bound(get_slot())));
  }
  double get_weight() const override {
    deadline_.Poll();
    return gain_.Of(get_value());
  }
  RecencySource* clone() const override { return new RecencySource(gain_, deadline_); }

 private:
  RecencyGain gain_;
  base::Deadline& deadline_;
};

}  // namespace

RecencyGain::RecencyGain(const RecencySettings& settings, double unit)
    : now_seconds_(static_cast<double>(absl::ToUnixSeconds(settings.now))),
      half_life_seconds_(absl::ToDoubleSeconds(settings.half_life)),
      most_(settings.cap * unit) {}

double RecencyGain::Of(const std::string& published) const {
  if (published.empty()) return 0;
  const auto seconds = static_cast<double>(schema::DecodeSeconds(published));
  const double age = std::max(now_seconds_ - seconds, 0.0);
  return most_ * std::exp2(-age / half_life_seconds_);
}

Xapian::Query WithRecency(const Xapian::Query& query, const RecencyGain& gain,
                          base::Deadline& deadline) {
  if (query.empty() || gain.most() <= 0) return query;
  auto* source = new RecencySource(gain, deadline);
  return {Xapian::Query::OP_AND_MAYBE, query, Xapian::Query(source->release())};
}

}  // namespace broadsheet::query
