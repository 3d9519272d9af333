// SPDX-License-Identifier: GPL-3.0-or-later
#include <iostream>
#include <string>
#include <vector>

#include "client/program.h"

int main(int argc, char** argv) {
  const std::vector<std::string> arguments(argv + 1, argv + argc);
  return broadsheet::client::RunClient(arguments,
                                       {.in = std::cin, .out = std::cout, .err = std::cerr});
}
