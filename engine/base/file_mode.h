// SPDX-License-Identifier: GPL-3.0-or-later
// Who may use the files that a program makes.
#pragma once

#include <sys/stat.h>

namespace broadsheet::base {

// From now on all users but the owner and the group have no part in files and folders that this
// process makes, and the group only reads them: 0640 and 0750 at most, whatever the umask was. For
// whoever can open a lock file can hold the lock. Call before there are threads.
inline void KeepFilesFromOthers() {
  constexpr mode_t kNotForOthers = S_IWGRP | S_IRWXO;
  ::umask(::umask(kNotForOthers) | kNotForOthers);
}

}  // namespace broadsheet::base
