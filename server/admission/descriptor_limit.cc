// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/admission/descriptor_limit.h"

#include <sys/resource.h>

#include <algorithm>
#include <cerrno>
#include <cstring>

#include "absl/strings/str_format.h"

namespace broadsheet::server {

void RaiseDescriptorLimit() {
  rlimit limit = {};
  if (::getrlimit(RLIMIT_NOFILE, &limit) != 0) return;
  limit.rlim_cur = limit.rlim_max;
  // Where it stays as it is, fewer connections fit, which is told then.
  ::setrlimit(RLIMIT_NOFILE, &limit);
}

absl::StatusOr<size_t> ConnectionsThatFit(size_t wanted) {
  rlimit limit = {};
  if (::getrlimit(RLIMIT_NOFILE, &limit) != 0) {
    return absl::InternalError(
        absl::StrFormat("cannot read the limit of open files: %s", std::strerror(errno)));
  }
  if (limit.rlim_cur == RLIM_INFINITY) return wanted;
  if (limit.rlim_cur <= kOwnDescriptors) {
    return absl::FailedPreconditionError(absl::StrFormat(
        "%d open files are allowed, of which the index and its upkeep may take %d, so that none is "
        "left for a connection; raise the limit with `ulimit -n` or systemd's LimitNOFILE=",
        limit.rlim_cur, kOwnDescriptors));
  }
  return std::min<size_t>(wanted, limit.rlim_cur - kOwnDescriptors);
}

}  // namespace broadsheet::server
