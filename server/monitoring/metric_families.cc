// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/monitoring/metric_families.h"

#include <prometheus/text_serializer.h>

#include <cstddef>
#include <limits>
#include <sstream>

namespace broadsheet::server {

prometheus::ClientMetric& MetricFamilies::Add(const std::string& name, const std::string& help,
                                              prometheus::MetricType type,
                                              const MetricLabels& labels) {
  if (families_.empty() || families_.back().name != name) {
    families_.push_back({.name = name, .help = help, .type = type, .metric = {}});
  }
  prometheus::ClientMetric& added = families_.back().metric.emplace_back();
  for (const auto& [label, value] : labels) added.label.push_back({label, value});
  return added;
}

void MetricFamilies::AddCounter(const std::string& name, const std::string& help, double value,
                                const MetricLabels& labels) {
  Add(name, help, prometheus::MetricType::Counter, labels).counter.value = value;
}

void MetricFamilies::AddGauge(const std::string& name, const std::string& help, double value,
                              const MetricLabels& labels) {
  Add(name, help, prometheus::MetricType::Gauge, labels).gauge.value = value;
}

void MetricFamilies::AddHistogram(const std::string& name, const std::string& help,
                                  const Histogram::Counts& counts, const MetricLabels& labels) {
  auto& histogram = Add(name, help, prometheus::MetricType::Histogram, labels).histogram;
  histogram.sample_sum = counts.sum_seconds;
  for (size_t i = 0; i < counts.in_bucket.size(); ++i) {
    histogram.sample_count += counts.in_bucket.at(i);
    const double bound = i < Histogram::kBounds.size() ? Histogram::kBounds.at(i)
                                                       : std::numeric_limits<double>::infinity();
    histogram.bucket.push_back({.cumulative_count = histogram.sample_count, .upper_bound = bound});
  }
}

std::string MetricFamilies::Text() const {
  std::ostringstream text;
  prometheus::TextSerializer().Serialize(text, families_);
  return text.str();
}

}  // namespace broadsheet::server
