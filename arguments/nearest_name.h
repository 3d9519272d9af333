// SPDX-License-Identifier: GPL-3.0-or-later
// The name that was probably meant by a mistyped one: of a command, an option, a column, a key.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace broadsheet::arguments {

// The name with the fewest letters wrong, missing, too many or in the wrong order, if that is at
// most a third of those typed; of equal ones the first. Else a name that begins as `typed` does,
// if only one does. "" = none is near.
std::string NearestName(std::string_view typed, const std::vector<std::string>& names);

}  // namespace broadsheet::arguments
