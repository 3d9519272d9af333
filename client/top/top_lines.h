// SPDX-License-Identifier: GPL-3.0-or-later
// What `broadsheet top` shows of a server's figures.
#pragma once

#include <string>
#include <vector>

#include "absl/time/time.h"
#include "client/top/figure_set.h"
#include "client/view/terminal.h"

namespace broadsheet::client {

struct TopLine {
  std::string text;  // safe for a terminal
  // kError for what an admin has to look at.
  Style style = Style::kPlain;
};

// What happened from `before` to `now`, which are `span` apart, and what is so at `time`. Each line
// fits into 80 columns. Pure.
std::vector<TopLine> MakeTopLines(const FigureSet& before, const FigureSet& now,
                                  absl::Duration span, absl::Time time);

}  // namespace broadsheet::client
