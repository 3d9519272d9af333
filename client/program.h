// SPDX-License-Identifier: GPL-3.0-or-later
// The client as a function, so that tests run what main() runs.
#pragma once

#include <iosfwd>
#include <string>
#include <vector>

namespace broadsheet::client {

// What scripts branch on.
inline constexpr int kExitFound = 0;
inline constexpr int kExitNothingFound = 1;
inline constexpr int kExitError = 2;

// Where a program reads and writes. References outlive the call.
struct Streams {
  std::istream& in;
  std::ostream& out;
  std::ostream& err;
};

// `arguments` without the program's name. Returns the exit status; never throws.
int RunClient(const std::vector<std::string>& arguments, const Streams& streams);

}  // namespace broadsheet::client
