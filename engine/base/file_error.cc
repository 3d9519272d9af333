// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/base/file_error.h"

#include <cerrno>
#include <string>
#include <system_error>

#include "absl/strings/str_format.h"

namespace broadsheet::base {
namespace {

absl::StatusCode CodeOf(int error) {
  switch (error) {
    case ENOENT:
    case ENOTDIR:
      return absl::StatusCode::kNotFound;
    case EACCES:
    case EPERM:
    case EROFS:
      return absl::StatusCode::kPermissionDenied;
    case ENOSPC:
    case EDQUOT:
    case EFBIG:
    case EMFILE:
    case ENFILE:
      return absl::StatusCode::kResourceExhausted;
    case EIO:
      return absl::StatusCode::kDataLoss;
    default:
      return absl::StatusCode::kInternal;
  }
}

}  // namespace

bool IsDiskFull(int error) { return error == ENOSPC || error == EDQUOT; }

absl::Status FileError(int error, std::string_view action, const std::filesystem::path& path) {
  const std::string reason =
      IsDiskFull(error) ? std::string(kDiskFull) : std::generic_category().message(error);
  return absl::Status(CodeOf(error), absl::StrFormat("%s %s: %s", action, path.string(), reason));
}

}  // namespace broadsheet::base
