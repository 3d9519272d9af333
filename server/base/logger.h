// SPDX-License-Identifier: GPL-3.0-or-later
// Where the server's parts say what happens. The program decides where it goes (main.cc: standard
// error); tests collect it.
#pragma once

#include <string>

namespace broadsheet::server {

// Safe from any thread. A message is one line without a final period and never holds query text,
// article text or ids, unless --log-queries asks for it.
class Logger {
 public:
  virtual ~Logger() = default;

  // What an operator expects to happen: start, stop, another generation.
  virtual void Info(const std::string& message) = 0;
  // What goes on working and ought to be looked at: slow or refused calls, a bad CURRENT.
  virtual void Warning(const std::string& message) = 0;
  // What has failed for a caller through no fault of theirs.
  virtual void Error(const std::string& message) = 0;
};

}  // namespace broadsheet::server
