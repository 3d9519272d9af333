// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/xapian/guard.h"

#include <cerrno>
#include <string>
#include <system_error>
#include <utility>

#include "absl/strings/str_format.h"
#include "engine/base/file_error.h"

namespace broadsheet::xapian {
namespace {

// Xapian reports a full disk as a plain DatabaseError; only its text tells.
bool SaysDiskFull(const std::string& message) {
  for (const int error : {ENOSPC, EDQUOT}) {
    if (message.find(std::generic_category().message(error)) != std::string::npos) return true;
  }
  return false;
}

// By the name of the type, since Xapian::Error has no virtual function to cast by. A derived class
// has a name of its own: each that matters has a row.
absl::StatusCode CodeOf(std::string_view type) {
  using enum absl::StatusCode;
  static constexpr std::pair<std::string_view, absl::StatusCode> kCodes[] = {
      {"DatabaseModifiedError", kAborted},
      {"DatabaseLockError", kFailedPrecondition},
      // A database of another Xapian: it opens with that one.
      {"DatabaseVersionError", kFailedPrecondition},
      {"DatabaseNotFoundError", kNotFound},
      {"DocNotFoundError", kNotFound},
      {"DatabaseCorruptError", kDataLoss},
      {"InvalidArgumentError", kInvalidArgument},
      {"QueryParserError", kInvalidArgument},
      {"WildcardError", kInvalidArgument},
  };
  for (const auto& [name, code] : kCodes) {
    if (name == type) return code;
  }
  return kInternal;
}

}  // namespace

absl::Status FromDeadline(std::string_view action, const base::DeadlineError& error) {
  return absl::Status(error.why().code(),
                      absl::StrFormat("%s: %s", action, std::string(error.why().message())));
}

absl::Status FromXapian(std::string_view action, const Xapian::Error& error) {
  // get_msg() and the system's reason only: the context and description name paths and terms.
  std::string message = error.get_msg();
  if (const char* reason = error.get_error_string(); reason != nullptr) {
    if (message.find(reason) == std::string::npos) message += absl::StrFormat(" (%s)", reason);
  }
  if (SaysDiskFull(message)) {
    return absl::ResourceExhaustedError(absl::StrFormat("%s: %s", action, base::kDiskFull));
  }
  return absl::Status(CodeOf(error.get_type()), absl::StrFormat("%s: %s", action, message));
}

}  // namespace broadsheet::xapian
