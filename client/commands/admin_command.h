// SPDX-License-Identifier: GPL-3.0-or-later
// `broadsheet admin`: rebuilds the index of a server that takes writes, and chooses what it serves.
#pragma once

#include <cstdint>
#include <string>

#include "client/session/command_context.h"

namespace CLI {
class App;
}

namespace broadsheet::client {

struct AdminOptions {
  // The subcommands, to find out which one was given.
  const CLI::App* rebuild = nullptr;
  const CLI::App* operation = nullptr;
  const CLI::App* cancel = nullptr;
  const CLI::App* generations = nullptr;
  const CLI::App* publish = nullptr;
  const CLI::App* rollback = nullptr;
  const CLI::App* prune = nullptr;

  bool no_publish = false;
  bool detach = false;
  std::string language;
  std::string operation_id;
  int32_t number = 0;
  bool keep_writes = false;
  bool discard_writes = false;
  int32_t keep = 1;
  std::string output = "text";
};

CLI::App* DeclareAdmin(CLI::App& app, AdminOptions& options);
// kExitFound on success, kExitNothingFound when a rebuild was cancelled.
int RunAdmin(const AdminOptions& options, CommandContext& context);

}  // namespace broadsheet::client
