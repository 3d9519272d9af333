// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/base/protobuf_log.h"

#include <algorithm>
#include <atomic>
#include <string_view>

#include "absl/strings/ascii.h"
#include "absl/strings/str_format.h"

namespace broadsheet::server {
namespace {

constexpr size_t kMostBytes = 300;

// Whom libprotobuf's handler, a plain function, tells.
std::atomic<ProtobufLog*> protobuf_listener = nullptr;

bool IsName(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) {
    return absl::ascii_isalnum(static_cast<unsigned char>(c)) || c == '.' || c == '_';
  });
}

}  // namespace

std::string WithoutWords(const std::string& message) {
  std::string kept;
  for (size_t at = 0; at < message.size();) {
    const size_t quote = message.find_first_of("'\"", at);
    kept += message.substr(at, quote == std::string::npos ? quote : quote - at);
    if (quote == std::string::npos) break;
    const size_t end = message.find(message[quote], quote + 1);
    // Without its end, nobody knows what it quotes.
    if (end == std::string::npos) break;
    const std::string quoted = message.substr(quote + 1, end - quote - 1);
    kept += message[quote] + (IsName(quoted) ? quoted : "...") + message[quote];
    at = end + 1;
  }
  return kept.substr(0, kMostBytes);
}

ProtobufLog::ProtobufLog(Logger& logger, absl::Duration interval)
    : logger_(logger), interval_(interval), before_(google::protobuf::SetLogHandler(&Handle)) {
  protobuf_listener = this;
}

ProtobufLog::~ProtobufLog() {
  google::protobuf::SetLogHandler(before_);
  protobuf_listener = nullptr;
}

void ProtobufLog::Handle(google::protobuf::LogLevel level, const char* file, int line,
                         const std::string& message) {
  ProtobufLog* log = protobuf_listener;
  if (log != nullptr) log->Note(level, absl::StrFormat("%s:%d", file, line), message);
}

void ProtobufLog::Note(google::protobuf::LogLevel level, const std::string& place,
                       const std::string& message) {
  uint64_t times = 0;
  {
    base::MutexLock lock(mutex_);
    Said& said = said_[place];
    ++said.times;
    const base::SteadyTime now = base::SteadyNow();
    if (now < said.next) return;
    said.next = now + absl::ToChronoNanoseconds(interval_);
    times = std::exchange(said.times, 0);
  }
  const std::string text = absl::StrFormat(
      "libprotobuf: %s (%s%s)", WithoutWords(message), place,
      times > 1 ? absl::StrFormat(", %d times since this was last said", times) : std::string());
  if (level == google::protobuf::LOGLEVEL_FATAL) {
    logger_.Error(text);
  } else {
    logger_.Warning(text);
  }
}

}  // namespace broadsheet::server
