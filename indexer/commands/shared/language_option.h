// SPDX-License-Identifier: GPL-3.0-or-later
// --language, of the commands that choose the assumed language, and what summaries say of it.
#pragma once

#include <CLI/CLI.hpp>
#include <cstdint>
#include <optional>
#include <string>

#include "engine/storage/index/manifest.h"

namespace broadsheet::commands {

class LanguageOption {
 public:
  // `otherwise` says what is assumed without the option. This outlives `command`.
  void AddTo(CLI::App& command, const std::string& otherwise);

  // nullopt without the option.
  std::optional<storage::AssumedLanguage> given() const;

 private:
  std::string tag_;
};

// "3 without a language taken as English"; without "taken as ..." where none is assumed.
std::string DescribeWithoutLanguage(uint64_t articles, const storage::AssumedLanguage& assumed);

// "" or a line of its own: no language is assumed for these articles, and what helps.
std::string AdviceOnLanguage(uint64_t articles, const storage::AssumedLanguage& assumed);

}  // namespace broadsheet::commands
