// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/xapian/glass_check.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>

namespace broadsheet::xapian {

bool MayCheckGlass(const std::filesystem::path& folder) {
  // The one table that every database has. That it is missing is for the check to find.
  const std::filesystem::path table = folder / "postlist.glass";
  return ::faccessat(AT_FDCWD, table.c_str(), W_OK, AT_EACCESS) == 0 || errno == ENOENT;
}

}  // namespace broadsheet::xapian
