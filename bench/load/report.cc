// SPDX-License-Identifier: GPL-3.0-or-later
#include "bench/load/report.h"

#include <chrono>
#include <string_view>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_join.h"

namespace broadsheet::bench {
namespace {

double Millis(std::chrono::microseconds micros) {
  return static_cast<double>(micros.count()) / 1000;
}

std::string What(const Measurement& measurement) {
  if (measurement.kind == "closed") return absl::StrFormat("%d callers", measurement.callers);
  return absl::StrFormat("%s %.0f/s", measurement.kind, measurement.planned_per_second);
}

std::string Row(std::string_view what, const Measurement& measurement,
                const ClassMeasurement& one) {
  const Histogram& latency = one.latency;
  return absl::StrFormat("%-16s %-12s %9d %9.1f %9.3f %9.3f %9.3f %9.3f %9.3f %8d\n",
                         std::string(what), one.name, latency.count(), measurement.PerSecond(one),
                         Millis(latency.Quantile(0.5)), Millis(latency.Quantile(0.9)),
                         Millis(latency.Quantile(0.99)), Millis(latency.Quantile(0.999)),
                         Millis(latency.longest()), one.CountErrors());
}

std::string ErrorsByCode(const ClassMeasurement& one) {
  return absl::StrJoin(one.errors, ", ", [](std::string* out, const auto& error) {
    absl::StrAppendFormat(out, R"("%d": %d)", error.first, error.second);
  });
}

// The members that all classes and each class have.
std::string Figures(const Measurement& measurement, const ClassMeasurement& one) {
  const Histogram& latency = one.latency;
  return absl::StrFormat(
      R"("calls": %d, "perSecond": %.1f, "meanMs": %.3f, "p50Ms": %.3f, "p90Ms": %.3f, )"
      R"("p99Ms": %.3f, "p999Ms": %.3f, "maxMs": %.3f, "errors": %d, "errorsByCode": {%s})",
      latency.count(), measurement.PerSecond(one), latency.mean() / 1000,
      Millis(latency.Quantile(0.5)), Millis(latency.Quantile(0.9)), Millis(latency.Quantile(0.99)),
      Millis(latency.Quantile(0.999)), Millis(latency.longest()), one.CountErrors(),
      ErrorsByCode(one));
}

std::string BucketsOf(const Histogram& histogram) {
  return absl::StrJoin(
      histogram.Buckets(), ", ", [](std::string* out, const Histogram::Bucket& bucket) {
        absl::StrAppendFormat(out, "[%.3f, %d]", Millis(bucket.up_to), bucket.count);
      });
}

// A name in JSON; names come from a file of JSON, and quotes and backslashes are all that would
// end the string.
std::string Quote(std::string_view name) {
  std::string quoted = "\"";
  for (const char c : name) {
    if (c == '"' || c == '\\') quoted += '\\';
    quoted += static_cast<unsigned char>(c) < ' ' ? ' ' : c;
  }
  return quoted + "\"";
}

}  // namespace

std::string TableHead() {
  return absl::StrFormat("%-16s %-12s %9s %9s %9s %9s %9s %9s %9s %8s\n", "load", "class", "calls",
                         "a second", "p50 ms", "p90 ms", "p99 ms", "p99.9 ms", "longest", "errors");
}

std::string TableRows(const Measurement& measurement) {
  std::string rows = Row(What(measurement), measurement, measurement.All());
  if (measurement.classes.size() > 1) {
    for (const ClassMeasurement& one : measurement.classes) rows += Row("", measurement, one);
  }
  const ClassMeasurement all = measurement.All();
  if (!all.errors.empty()) {
    absl::StrAppend(&rows, "  errors by gRPC code: {", ErrorsByCode(all), "}\n");
  }
  if (measurement.send_lag.count() > 0) {
    absl::StrAppendFormat(&rows, "  sent later than due by: p50 %.3f ms, p99 %.3f, longest %.3f\n",
                          Millis(measurement.send_lag.Quantile(0.5)),
                          Millis(measurement.send_lag.Quantile(0.99)),
                          Millis(measurement.send_lag.longest()));
  }
  if (measurement.unsent > 0) {
    absl::StrAppend(&rows, "  never sent, since too many were under way: ", measurement.unsent,
                    "\n");
  }
  return rows;
}

std::string JsonLine(const Measurement& measurement) {
  const ClassMeasurement all = measurement.All();
  const double bytes = all.latency.count() == 0 ? 0
                                                : static_cast<double>(measurement.answer_bytes) /
                                                      static_cast<double>(all.latency.count());
  std::string line = absl::StrFormat(
      R"({"kind": "%s", "callers": %d, "plannedPerSecond": %.1f, "seconds": %.3f, %s, )"
      R"("bytesPerAnswer": %.0f, "unsent": %d, "sendLagP50Ms": %.3f, "sendLagP99Ms": %.3f, )"
      R"("sendLagMaxMs": %.3f, "classes": [)",
      measurement.kind, measurement.callers, measurement.planned_per_second, measurement.seconds,
      Figures(measurement, all), bytes, measurement.unsent,
      Millis(measurement.send_lag.Quantile(0.5)), Millis(measurement.send_lag.Quantile(0.99)),
      Millis(measurement.send_lag.longest()));
  line +=
      absl::StrJoin(measurement.classes, ", ", [&](std::string* out, const ClassMeasurement& one) {
        absl::StrAppend(out, "{\"name\": ", Quote(one.name), ", ", Figures(measurement, one), "}");
      });
  absl::StrAppend(&line, "], \"histogram\": [", BucketsOf(all.latency), "]}");
  return line;
}

}  // namespace broadsheet::bench
