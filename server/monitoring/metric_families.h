// SPDX-License-Identifier: GPL-3.0-or-later
// Metrics on their way into a page: prometheus-cpp's families, filled in one line each.
#pragma once

#include <prometheus/metric_family.h>

#include <string>
#include <utility>
#include <vector>

#include "server/figures/histogram.h"

namespace broadsheet::server {

// {{"grpc_method", "GetStatus"}}
using MetricLabels = std::vector<std::pair<std::string, std::string>>;

// Not thread-safe.
class MetricFamilies {
 public:
  // Of one name, each Add... continues the family, unless another was begun meanwhile; `help` is
  // that of the first.
  void AddCounter(const std::string& name, const std::string& help, double value,
                  const MetricLabels& labels = {});
  void AddGauge(const std::string& name, const std::string& help, double value,
                const MetricLabels& labels = {});
  void AddHistogram(const std::string& name, const std::string& help,
                    const Histogram::Counts& counts, const MetricLabels& labels = {});

  // As Prometheus reads it.
  std::string Text() const;

 private:
  prometheus::ClientMetric& Add(const std::string& name, const std::string& help,
                                prometheus::MetricType type, const MetricLabels& labels);

  std::vector<prometheus::MetricFamily> families_;
};

}  // namespace broadsheet::server
