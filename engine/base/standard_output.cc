// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/base/standard_output.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <iostream>
#include <string>

namespace broadsheet::base {

void KeepStandardStreams() {
  for (int stream = STDIN_FILENO; stream <= STDERR_FILENO; ++stream) {
    const bool closed = fcntl(stream, F_GETFD) == -1 && errno == EBADF;
    // The lowest number that is free is this one. Standard input becomes one that cannot be read,
    // the others such that cannot be written.
    if (closed) open("/dev/null", stream == STDIN_FILENO ? O_WRONLY : O_RDONLY);
  }
}

int FinishStandardOutput(const char* program, int status, int failed) {
  errno = 0;
  std::cout.flush();
  if (std::fflush(stdout) == 0 && std::cout.good() && std::ferror(stdout) == 0) return status;
  const int why = errno;
  if (why == EPIPE) return status;
  std::cerr << program << ": standard output could not be written"
            << (why == 0 ? "" : std::string(": ") + std::strerror(why))
            << "; what it shows is not complete\n";
  return failed;
}

}  // namespace broadsheet::base
