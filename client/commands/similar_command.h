// SPDX-License-Identifier: GPL-3.0-or-later
// `broadsheet similar`: the articles most like given ones, or like a text.
#pragma once

#include <string>
#include <vector>

#include "client/request/search_options.h"
#include "client/session/command_context.h"

namespace CLI {
class App;
}

namespace broadsheet::client {

struct SimilarOptions {
  std::vector<std::string> ids;  // ids, or numbers of hits
  bool literal = false;
  std::string text;      // a file, "-" for standard input
  SearchOptions search;  // the filters, limit, output and fields
};

CLI::App* DeclareSimilar(CLI::App& app, SimilarOptions& options);
int RunSimilar(const SimilarOptions& options, CommandContext& context);

}  // namespace broadsheet::client
