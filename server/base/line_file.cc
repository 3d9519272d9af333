// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/base/line_file.h"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <utility>

#include "absl/strings/str_format.h"
#include "absl/time/clock.h"
#include "engine/base/file_error.h"
#include "server/base/log_line.h"

namespace broadsheet::server {
namespace {

// Some ten thousand lines.
constexpr size_t kMostWaiting = 4 << 20;

base::FileDescriptor OpenToAppend(const std::filesystem::path& path) {
  return base::FileDescriptor(
      ::open(path.c_str(), O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC | O_NOCTTY, 0640));
}

uint64_t LinesIn(const std::string& text) {
  return static_cast<uint64_t>(std::count(text.begin(), text.end(), '\n'));
}

}  // namespace

absl::StatusOr<std::unique_ptr<LineFile>> LineFile::Open(std::filesystem::path path,
                                                         Logger& logger) {
  base::FileDescriptor file = OpenToAppend(path);
  if (!file.open()) return base::FileError(errno, "cannot append to", path);
  return std::unique_ptr<LineFile>(new LineFile(std::move(path), std::move(file), logger));
}

LineFile::LineFile(std::filesystem::path path, base::FileDescriptor file, Logger& logger)
    : path_(std::move(path)),
      logger_(logger),
      file_(std::move(file)),
      thread_([this] { Work(); }) {}

LineFile::~LineFile() {
  {
    base::MutexLock lock(mutex_);
    stopping_ = true;
  }
  changed_.NotifyAll();
  thread_.join();
}

void LineFile::Loss::Add(uint64_t more_lines, uint64_t more_bytes) {
  if (lines == 0) since = absl::Now();
  lines += more_lines;
  bytes += more_bytes;
}

void LineFile::Write(std::string line) {
  line += '\n';
  {
    base::MutexLock lock(mutex_);
    if (waiting_.size() + line.size() > kMostWaiting) {
      refused_.Add(1, line.size());
    } else {
      waiting_ += line;
    }
  }
  changed_.NotifyAll();
}

void LineFile::Reopen() {
  {
    base::MutexLock lock(mutex_);
    reopen_ = true;
  }
  changed_.NotifyAll();
}

void LineFile::Work() {
  for (;;) {
    std::string text;
    Loss lost;
    bool reopen = false;
    {
      base::MutexLock lock(mutex_);
      while (waiting_.empty() && !reopen_ && !stopping_) changed_.Wait(mutex_);
      if (waiting_.empty() && !reopen_) return;
      text.swap(waiting_);
      lost = std::exchange(refused_, {});
      reopen = std::exchange(reopen_, false);
    }
    if (reopen) OpenAgain();
    const bool had_lines = !text.empty();
    const absl::Status written = text.empty() ? absl::OkStatus() : Append(text);
    if (!written.ok()) lost.Add(LinesIn(text), text.size());
    if (had_lines) NoteResult(written, lost);
  }
}

void LineFile::OpenAgain() {
  base::FileDescriptor file = OpenToAppend(path_);
  if (!file.open()) {
    logger_.Error(absl::StrFormat("%s; lines still go to the file that had the name before",
                                  base::FileError(errno, "cannot append to", path_).message()));
    return;
  }
  file_ = std::move(file);
  in_line_ = false;
}

absl::Status LineFile::Append(std::string& text) {
  // The rest of a line that was cut off is lost; the next one begins anew.
  if (in_line_) text.insert(0, "\n");
  size_t done = 0;
  int error = 0;
  while (done < text.size() && error == 0) {
    const ssize_t wrote = ::write(file_.get(), text.data() + done, text.size() - done);
    if (wrote >= 0) {
      done += static_cast<size_t>(wrote);
    } else if (errno != EINTR) {
      error = errno;
    }
  }
  if (done > 0) in_line_ = text[done - 1] != '\n';
  text.erase(0, done);
  return error == 0 ? absl::OkStatus() : base::FileError(error, "cannot append to", path_);
}

void LineFile::NoteResult(const absl::Status& result, const Loss& lost) {
  if (lost.lines > 0) {
    const absl::Time since = loss_.lines == 0 ? lost.since : loss_.since;
    loss_.Add(lost.lines, lost.bytes);
    loss_.since = since;
  }
  if (!result.ok() && !failing_) {
    logger_.Error(absl::StrFormat("%s; its lines are lost until that works again",
                                  std::string(result.message())));
  }
  failing_ = !result.ok();
  if (failing_ || loss_.lines == 0) return;
  logger_.Warning(absl::StrFormat("%s lacks %d lines, %d bytes, since %s", path_.string(),
                                  loss_.lines, loss_.bytes, LogTime(loss_.since)));
  loss_ = {};
}

}  // namespace broadsheet::server
