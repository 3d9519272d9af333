// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/base/log_line.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_format.h"

namespace broadsheet::server {
namespace {

// A string of JSON. Bytes are taken as they are, as all that is logged is UTF-8 but names of files.
std::string Quoted(std::string_view text) {
  std::string quoted = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') {
      quoted += '\\';
      quoted += c;
    } else if (static_cast<unsigned char>(c) < 0x20 || c == 0x7f) {
      quoted += absl::StrFormat("\\u%04x", static_cast<unsigned char>(c));
    } else {
      quoted += c;
    }
  }
  return quoted + "\"";
}

bool IsPlain(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) {
    return static_cast<unsigned char>(c) > 0x20 && c != '"' && c != '\\' && c != '=' && c != 0x7f;
  });
}

std::string Millis(absl::Time time) {
  return absl::FormatTime("%Y-%m-%dT%H:%M:%E3SZ", time, absl::UTCTimeZone());
}

// Nobody can write lines of their own into a log by what they send.
std::string OnOneLine(std::string_view text) {
  std::string line(text);
  std::replace_if(
      line.begin(), line.end(), [](char c) { return static_cast<unsigned char>(c) < 0x20; }, ' ');
  return line;
}

}  // namespace

LogLine::LogLine(LogFormat format, absl::Time time, std::string_view kind) : format_(format) {
  if (format_ == LogFormat::kText) {
    text_ = Millis(time) + " " + std::string(kind);
  } else {
    text_ = "{\"time\":\"" + Millis(time) + "\"";
    Add("level", kind);
  }
}

void LogLine::Begin(std::string_view name) {
  if (format_ == LogFormat::kText) {
    text_ += absl::StrFormat(" %s=", name);
  } else {
    text_ += absl::StrFormat(",\"%s\":", name);
  }
}

LogLine& LogLine::Add(std::string_view name, std::string_view value) {
  Begin(name);
  text_ += format_ == LogFormat::kText && IsPlain(value) ? std::string(value) : Quoted(value);
  return *this;
}

LogLine& LogLine::Add(std::string_view name, int64_t value) {
  Begin(name);
  text_ += std::to_string(value);
  return *this;
}

LogLine& LogLine::Add(std::string_view name, double value) {
  Begin(name);
  text_ += absl::StrFormat("%.3f", value);
  return *this;
}

LogLine& LogLine::AddFlag(std::string_view name, bool value) {
  Begin(name);
  text_ += value ? "true" : "false";
  return *this;
}

std::string LogLine::Take() {
  if (format_ == LogFormat::kJson) text_ += "}";
  return std::move(text_);
}

std::string LogMessage(LogFormat format, absl::Time time, std::string_view level,
                       std::string_view message) {
  if (format == LogFormat::kText) {
    return absl::StrFormat("%s %s %s", Millis(time), level, OnOneLine(message));
  }
  return LogLine(format, time, level).Add("message", message).Take();
}

std::string LogTime(absl::Time time) {
  return absl::FormatTime("%Y-%m-%dT%H:%M:%SZ", time, absl::UTCTimeZone());
}

}  // namespace broadsheet::server
