// SPDX-License-Identifier: GPL-3.0-or-later
// How a line of a log is written: the time in UTC with its zone, what kind of line it is, and what
// it says, as text for people or as JSON for programs.
//
//   2026-11-30T15:04:05.123Z warning still serving generation 7: ...
//   {"time":"2026-11-30T15:04:05.123Z","level":"warning","message":"still serving ..."}
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "absl/time/time.h"

namespace broadsheet::server {

enum class LogFormat : uint8_t { kText, kJson };

// A line that consists of fields: `name=value` in text, with quotes where a value has spaces; or
// members of a JSON object.
class LogLine {
 public:
  // `kind` is a literal, such as "access".
  LogLine(LogFormat format, absl::Time time, std::string_view kind);

  LogLine& Add(std::string_view name, std::string_view value);
  LogLine& Add(std::string_view name, int64_t value);
  // With three digits behind the point.
  LogLine& Add(std::string_view name, double value);
  // Not Add: a literal would turn into a bool rather than into a string_view.
  LogLine& AddFlag(std::string_view name, bool value);

  // The line, without its end. Nothing is added afterwards.
  std::string Take();

 private:
  void Begin(std::string_view name);

  const LogFormat format_;
  std::string text_;
};

// A line that says a sentence.
std::string LogMessage(LogFormat format, absl::Time time, std::string_view level,
                       std::string_view message);

// "2026-11-30T15:04:05Z"
std::string LogTime(absl::Time time);

}  // namespace broadsheet::server
