// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/monitoring/process_figures.h"

#include <sys/resource.h>

#include <filesystem>
#include <iterator>
#include <system_error>

namespace broadsheet::server {
namespace {

uint64_t EntriesOf(const char* folder) {
  std::error_code error;
  const std::filesystem::directory_iterator entries(folder, error);
  return error ? 0 : static_cast<uint64_t>(std::distance(begin(entries), end(entries)));
}

double SecondsOf(const timeval& time) {
  return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6;
}

}  // namespace

ProcessFigures ReadProcessFigures() {
  ProcessFigures figures;
  figures.memory = ReadProcessMemory();
  figures.open_files = EntriesOf("/proc/self/fd");
  figures.threads = EntriesOf("/proc/self/task");
  rlimit files = {};
  if (::getrlimit(RLIMIT_NOFILE, &files) == 0) figures.max_files = files.rlim_cur;
  rusage used = {};
  if (::getrusage(RUSAGE_SELF, &used) == 0) {
    figures.cpu_seconds = SecondsOf(used.ru_utime) + SecondsOf(used.ru_stime);
  }
  return figures;
}

}  // namespace broadsheet::server
