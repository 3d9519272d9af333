// SPDX-License-Identifier: GPL-3.0-or-later
// A server's figures at one moment, read from the text format of Prometheus.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"

namespace broadsheet::client {

struct Figure {
  std::map<std::string, std::string> labels;
  double value = 0;
};

// Immutable.
class FigureSet {
 public:
  // Without any figure, as a server that has just started: every count is 0.
  FigureSet() = default;
  // INVALID_ARGUMENT, naming the line, for another text.
  static absl::StatusOr<FigureSet> Parse(std::string_view page);

  // All of this name, in the order of the page.
  const std::vector<Figure>& Named(const std::string& name) const;
  // The first of this name; nullopt when there is none.
  std::optional<double> Find(const std::string& name) const;
  // The sum of all that have the labels of `only`; 0 when none has.
  double Sum(const std::string& name, const std::map<std::string, std::string>& only = {}) const;

 private:
  std::map<std::string, std::vector<Figure>> figures_;
};

// The time, in seconds, within which `share` (0 to 1) of what the histogram `name` has observed
// from `before` to `now` was done, where the labels are those of `only`; as Prometheus computes it,
// infinite beyond the last bound. nullopt when nothing was observed.
std::optional<double> Quantile(const FigureSet& before, const FigureSet& now,
                               const std::string& name, double share,
                               const std::map<std::string, std::string>& only = {});

}  // namespace broadsheet::client
