// SPDX-License-Identifier: GPL-3.0-or-later
// What one run of a load observed.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "bench/load/histogram.h"

namespace broadsheet::bench {

struct ClassMeasurement {
  std::string name;
  // Of answered calls: in a closed loop from when they were sent, in an open loop from when they
  // were due.
  Histogram latency;
  // Failed calls by gRPC code. They are in no other figure.
  std::map<int, uint64_t> errors;

  uint64_t CountErrors() const {
    uint64_t count = 0;
    for (const auto& [code, errors_of_code] : errors) count += errors_of_code;
    return count;
  }
};

// A value; safe to read from any thread.
struct Measurement {
  // "closed", "constant" or "poisson".
  std::string kind;
  // Of a closed loop: calls under way at a time; else 0.
  int callers = 0;
  // Of an open loop: calls due in a second; else 0.
  double planned_per_second = 0;
  // From the start of the measuring to the last answer.
  double seconds = 0;
  uint64_t answer_bytes = 0;
  std::vector<ClassMeasurement> classes;
  // Of an open loop: how much later than due calls were sent. Part of their latency.
  Histogram send_lag;
  // Of an open loop: calls that were due while the most allowed were under way, and never sent.
  uint64_t unsent = 0;

  // All classes in one, named "all".
  ClassMeasurement All() const {
    ClassMeasurement all{.name = "all", .latency = {}, .errors = {}};
    for (const ClassMeasurement& one : classes) {
      all.latency.Merge(one.latency);
      for (const auto& [code, count] : one.errors) all.errors[code] += count;
    }
    return all;
  }
  double PerSecond(const ClassMeasurement& one) const {
    return seconds > 0 ? static_cast<double>(one.latency.count()) / seconds : 0;
  }
};

}  // namespace broadsheet::bench
